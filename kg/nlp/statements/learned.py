"""What the trained model finds, joined to what the rules know of the same words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.model import SectionKind
from kg.nlp.annotations import Stretch
from kg.nlp.events.words import event_lexicon
from kg.nlp.statements.asides import Asides
from kg.nlp.statements.hearers import hearer_of
from kg.nlp.statements.lexis import lexis, verb_word
from kg.nlp.statements.report import Report
from kg.nlp.statements.rules import TITLES, Reading, read_sections
from kg.nlp.statements.sources import antecedent
from kg.nlp.statements.spans import mask, minus, runs, union, wordless
from kg.nlp.tagger.labels import Offsets
from kg.nlp.tagger.linking import Linked

Finder = Callable[[Doc], Sequence[Linked]]


def combined(doc: Doc, found: Sequence[Linked], reading: Reading) -> list[Report]:
    """Reports of the model's attributions, and those of the rules that stand inside the words of one.

    Beside a headline's colon the rules alone tell who speaks: the layout shows it, and the model has seen few.
    """
    sections = read_sections(doc)
    colons = mask(len(doc), _colons(sections, reading))
    own = mask(len(doc), (stretch for _, stretch in sections))
    readable = bytearray(a and not b for a, b in zip(own, colons, strict=True))
    known = {report.head: report for report in reading.reports}
    learned = [
        report for linked in found if (report := _report(doc, linked, known, readable, reading.quoted)) is not None
    ]
    cues = mask(len(doc), (stretch for report in learned for stretch in (report.cue, *report.source)))
    rules = [report for report in reading.reports if not cues[report.head]]
    for report in learned:
        report.content = _whole(report, known.get(report.head), learned)
    asides = Asides(doc, [*learned, *rules], reading.quotes)
    for report in learned:
        report.content = asides.cut(report, report.content)
    contents = union(stretch for report in learned for stretch in report.content)
    titles = mask(len(doc), (stretch for kind, stretch in sections if kind in TITLES))
    taken = mask(len(doc), (s for report in learned for s in (report.cue, *report.source, *report.content)))
    kept = list(learned)
    for report in rules:
        inner = _nested(report, contents)
        if inner is not None:
            kept.append(inner)
        elif _beside(report, learned, titles, taken):
            kept.append(report)
    return sorted(kept, key=lambda report: (report.head, report.cue))


def _colons(sections: Iterable[tuple[SectionKind, Stretch]], reading: Reading) -> list[Stretch]:
    """Headlines in which a speaker stands beside a colon."""
    heads = sorted(report.head for report in reading.reports if report.word == ":")
    return [
        stretch
        for kind, stretch in sections
        if kind in TITLES and bisect_left(heads, stretch.start) < bisect_left(heads, stretch.end)
    ]


def _report(
    doc: Doc, linked: Linked, known: dict[int, Report], readable: bytearray, quoted: bytearray
) -> Report | None:
    """The model's attribution in tokens, with what the rules know of its cue."""
    cue = _stretch(doc, linked.cue)
    source = [] if linked.source is None else [_stretch(doc, linked.source)]
    if not all(readable[start] for start, _ in (cue, *source)):
        return None
    pieces = minus(union(_stretch(doc, piece) for piece in linked.content), [cue, *source])
    content = [run for piece in pieces for run in runs(piece, readable) if not wordless(doc, run)]
    if not content:
        return None
    rule = _rule(cue, known)
    content = [_before_next_deed(doc, cue, piece) for piece in content]
    if rule is not None and rule.firm:
        return replace(rule, certain=True)
    if rule is not None and rule.impersonal and source and _undergoes(doc[rule.head], source[0]):
        source = []
    head = _root(doc, cue) if rule is None else doc[rule.head]
    unquoted = not any(quoted[start] for start, _ in content)
    if unquoted and (rule is None or not rule.content) and _acts(head, _root(doc, content[0])):
        return None
    if rule is None:
        speaker = _root(doc, source[0]) if source else None
        word = _word(head)
        hearer = hearer_of(head, word) if head.pos_ == "VERB" else None
        return Report(head.i, word, cue, content, source, speaker, hearer=hearer, certain=True)
    source = source or rule.source
    speaker = rule.speaker
    if source and (speaker is None or speaker.i not in source[0]):
        speaker = _root(doc, source[0])
    return replace(rule, cue=cue, content=minus(content, source), source=source, speaker=speaker, certain=True)


def _before_next_deed(doc: Doc, cue: Stretch, piece: Stretch) -> Stretch:
    """ "Declared [an emergency] and sent soldiers": what the speaker does besides is not said."""
    head = _root(doc, cue)
    thing = _root(doc, piece)
    if thing.head != head or thing.dep_ != "dobj":
        return piece
    deeds = (child for child in head.rights if child.dep_ == "conj" and child.tag_ == head.tag_ and thing.i < child.i)
    typed = (child.i for child in deeds if child.i in piece and child.lemma_.lower() in event_lexicon().verbs)
    end = next(typed, None)
    if end is None:
        return piece
    while end > thing.i + 1 and (doc[end - 1].dep_ in ("cc", "punct") or doc[end - 1].head.i == end):
        end -= 1
    return Stretch(piece.start, end)


def _undergoes(verb: Token, source: Stretch) -> bool:
    """Whether the words are the subject of the passive "is expected to", or what its "which" stands for."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubjpass"), None)
    expected = verb_word(verb) in lexis().passives
    return expected and subject is not None and (subject.i in source or antecedent(subject).i in source)


def _rule(cue: Stretch, known: dict[int, Report]) -> Report | None:
    """The report of the rules whose cue shares most with `cue`."""
    rules = [known[head] for head in range(*cue) if head in known]
    return max(rules, key=lambda rule: min(rule.cue.end, cue.end) - max(rule.cue.start, cue.start), default=None)


def _whole(report: Report, rule: Report | None, learned: Sequence[Report]) -> list[Stretch]:
    """The content with the attributions in its own clause: "the paper reported that the minister had denied it".

    The model never puts one inside another, so it ends the outer one where the inner begins.
    """
    if rule is None or len(rule.content) != 1 or len(report.content) != 1:
        return report.content
    clause, told = rule.content[0], report.content[0]
    inner = [other for other in learned if told.end <= other.cue.start < clause.end]
    parts = [part for other in inner for part in (other.cue, *other.source, *other.content)]
    within = all(clause.start <= part.start and part.end <= clause.end for part in parts)
    if not inner or not within or not clause.start <= told.start or rule.head >= clause.start:
        return report.content
    return rule.content


def _acts(head: Token, told: Token) -> bool:
    """Whether a cue that no rule reads tells of a deed: "imposed sanctions" is what happened, not what was said.

    A verb may say something of a clause but nothing of an object: "accepted that ...", "accepted the offer".
    """
    lemma = head.lemma_.lower()
    types = {name for phrase, name in event_lexicon().verbs.get(lemma, ()) if not phrase}
    nominal = told.pos_ in ("NOUN", "PROPN", "PRON")
    reports = lemma in lexis().object - lexis().naming if nominal else lemma in lexis().stances
    return head.pos_ == "VERB" and not reports and bool(types) and (nominal or not types & event_lexicon().spoken)


def _beside(report: Report, learned: Sequence[Report], titles: bytearray, taken: bytearray) -> bool:
    """Whether a report of the rules holds though the model has none there.

    In a headline, of which the model has seen few; or one that says what the model takes for an attribution by itself:
    "X has agreed to buy Y, the two companies said".
    """
    if titles[report.head]:
        parts = (report.cue, *report.source, *report.content)
        told = bool(report.source) or report.impersonal
        return told and not any(taken[i] for part in parts for i in range(*part))
    says = report.word in lexis().clause and bool(report.source) and bool(report.content)
    return says and any(
        other.cue.start in part and all(inner.start >= part.start and inner.end <= part.end for inner in other.content)
        for other in learned
        for part in report.content
    )


def _nested(report: Report, contents: list[Stretch]) -> Report | None:
    """A report of the rules that stands inside what the model takes for another's words, cut to those."""
    place = bisect_right(contents, report.head, key=lambda part: part.start) - 1
    if place < 0 or report.head not in contents[place]:
        return None
    around = contents[place]
    whole = all(around.start <= start and end <= around.end for start, end in (report.cue, *report.source))
    content = [Stretch(max(start, around.start), min(end, around.end)) for start, end in report.content]
    content = [piece for piece in content if piece.start < piece.end]
    return replace(report, content=content) if whole and content else None


def _stretch(doc: Doc, offsets: Offsets) -> Stretch:
    """The tokens that share a character with `offsets`."""
    span = doc.char_span(*offsets, alignment_mode="expand")
    assert span is not None  # offsets are of words of this text
    return Stretch(span.start, span.end)


def _root(doc: Doc, stretch: Stretch) -> Token:
    return doc[stretch.start : stretch.end].root


def _word(head: Token) -> str:
    """A cue's entry in the lexicon."""
    return verb_word(head) if head.pos_ in ("VERB", "AUX") else head.lemma_.lower()
