"""What the trained model finds, joined to what the rules know of the same words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.nlp.annotations import Stretch
from kg.nlp.statements.lexis import verb_word
from kg.nlp.statements.report import Report
from kg.nlp.statements.rules import Reading, read_sections
from kg.nlp.statements.spans import mask, minus, union, wordless
from kg.nlp.tagger.labels import Offsets
from kg.nlp.tagger.linking import Linked

Finder = Callable[[Doc], Sequence[Linked]]


def combined(doc: Doc, found: Sequence[Linked], reading: Reading) -> list[Report]:
    """Reports of the model's attributions, and those of the rules that stand inside the words of one."""
    known = {report.head: report for report in reading.reports}
    readable = mask(len(doc), (stretch for _, stretch in read_sections(doc)))
    reports = [report for linked in found if (report := _report(doc, linked, known, readable)) is not None]
    contents = union(stretch for report in reports for stretch in report.content)
    cues = mask(len(doc), (stretch for report in reports for stretch in (report.cue, *report.source)))
    inner = [nested for report in reading.reports if (nested := _nested(report, contents, cues)) is not None]
    return sorted([*reports, *inner], key=lambda report: (report.head, report.cue))


def _report(doc: Doc, linked: Linked, known: dict[int, Report], readable: bytearray) -> Report | None:
    """The model's attribution in tokens, with what the rules know of its cue."""
    cue = _stretch(doc, linked.cue)
    source = [] if linked.source is None else [_stretch(doc, linked.source)]
    content = minus(union(_stretch(doc, piece) for piece in linked.content), [cue, *source])
    content = [piece for piece in content if not wordless(doc, piece)]
    if not content or not all(readable[start] for start, _ in (cue, *source, *content)):
        return None
    rules = [known[head] for head in range(*cue) if head in known]
    if rules:
        rule = max(rules, key=lambda report: min(report.cue.end, cue.end) - max(report.cue.start, cue.start))
        report = replace(rule, cue=cue, content=content, source=source, certain=True)
        if source and (rule.speaker is None or rule.speaker.i not in source[0]):
            report.speaker = _root(doc, source[0])
        return report
    head = _root(doc, cue)
    speaker = _root(doc, source[0]) if source else None
    return Report(head.i, _word(head), cue, content, source, speaker, certain=True)


def _nested(report: Report, contents: list[Stretch], cues: bytearray) -> Report | None:
    """A report of the rules that stands inside what the model takes for another's words, cut to those."""
    place = bisect_right(contents, report.head, key=lambda part: part.start) - 1
    if place < 0 or report.head not in contents[place] or cues[report.head]:
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
