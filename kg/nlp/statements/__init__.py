"""kg_statements: who says what, by which words, in which words of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import EntityKind, Quotation, SectionKind
from kg.nlp.annotations import Attribution, Stretch, sections_of
from kg.nlp.statements import manner
from kg.nlp.statements.boundaries import Settler
from kg.nlp.statements.headlines import colon_quotes, colon_reports, label_report
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.linking import Linker
from kg.nlp.statements.nominal import according_report, adjective_report, noun_report, opinion_report
from kg.nlp.statements.quotes import Quote, find_quotes, without_reports
from kg.nlp.statements.report import Report
from kg.nlp.statements.sources import antecedent
from kg.nlp.statements.spans import minus, trimmed, union, wordless
from kg.nlp.statements.verbs import verb_report

_TITLES = frozenset({SectionKind.HEADLINE, SectionKind.SUBHEADING})
_LONGEST = 400  # tokens
_READ = _TITLES | {SectionKind.PARAGRAPH}


def read_sections(doc: Doc) -> list[tuple[SectionKind, Stretch]]:
    """The sections that can hold statements; a Doc without a document is one paragraph."""
    if doc._.document is None:
        return [(SectionKind.PARAGRAPH, Stretch(0, len(doc)))] if len(doc) else []
    return [(kind, stretch) for kind, stretch in sections_of(doc) if kind in _READ]


def find_attributions(doc: Doc) -> list[Attribution]:
    """All statements of `doc`, nested ones too, by first content or cue token."""
    sections = read_sections(doc)
    paragraphs = [stretch for _, stretch in sections]
    quotes = find_quotes(doc, paragraphs)
    reports = sorted(_reports(doc, sections), key=lambda report: (report.head, report.cue))
    said = sorted(report.box for report in reports if report.quotable and report.source)
    quotes = without_reports(quotes, said, doc)
    links = Linker(doc, reports, quotes, paragraphs).run()
    reports += colon_quotes(doc, quotes, links, reports)
    Settler(doc, reports, quotes, links, paragraphs).run()
    quoted = bytearray(len(doc))
    for quote in quotes:
        quoted[quote.stretch.start : quote.stretch.end] = b"\x01" * (quote.stretch.end - quote.stretch.start)
    speakers = _mention_heads(doc)
    found = [note for report in reports if (note := _attribution(doc, report, quoted, speakers)) is not None]
    found = _without_murmurs(doc, found)
    found += _orphans(quotes, links, found)
    return sorted(found, key=lambda note: (min(note.content + note.cue), note.cue))


def _reports(doc: Doc, sections: list[tuple[SectionKind, Stretch]]) -> Iterator[Report]:
    endless = _endless(doc)
    for kind, stretch in sections:
        if kind in _TITLES:
            yield from colon_reports(doc, stretch)
        elif (label := label_report(doc, stretch)) is not None:
            yield label
        for i in range(*stretch):
            if not endless[i] and (report := _report_at(doc[i])) is not None:
                yield report


def _endless(doc: Doc) -> bytearray:
    """Marks the tokens of "sentences" that are tables or noise: each look at their grammar would cost their length."""
    mask = bytearray(len(doc))
    for sentence in doc.sents:
        if len(sentence) > _LONGEST:
            mask[sentence.start : sentence.end] = b"\x01" * len(sentence)
    return mask


def _report_at(token: Token) -> Report | None:
    match token.pos_:
        case "VERB" | "AUX":
            return according_report(token) or verb_report(token)
        case "NOUN":
            return noun_report(token) or opinion_report(token)
        case "ADJ":
            return adjective_report(token)
        case _:
            return according_report(token) if token.lower_ == "according" else None


def _attribution(doc: Doc, report: Report, quoted: bytearray, speakers: dict[int, int]) -> Attribution | None:
    own = [report.cue, *report.source]
    pieces = minus(union(report.content), own)
    content = [piece for part in pieces if not wordless(doc, piece := trimmed(doc, part, quoted))]
    if not content or _of_people(doc, report, content):
        return None
    quotation = manner.quotation(doc, content, quoted)
    if not manner.clear(doc, report, quotation):
        return None
    return Attribution(
        content=content,
        cue=[report.cue],
        source=minus(report.source, [report.cue]),
        speaker=None if report.speaker is None else speakers.get(antecedent(report.speaker).i),
        quotation=quotation,
        stance=manner.stance(doc, report, content),
        polarity=manner.polarity(doc, report, content),
        medium=manner.medium(doc, report),
        addressee=None if report.hearer is None else speakers.get(report.hearer.i),
        cue_head=report.head,
        vouched=manner.vouched(doc, report, content, quotation),
    )


def _without_murmurs(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """`found` without what adds nothing inside another's words: no source, an infinitive, an attitude or intention."""
    inside = bytearray(len(doc))
    for note in found:
        if not note.vouched:
            for start, end in note.content:
                inside[start:end] = b"\x01" * (end - start)
    return [
        note
        for note in found
        if note.cue_head is None
        or not inside[note.cue_head]
        or (note.source and not note.vouched and not _unsaid(doc, note.cue[0]))
    ]


def _unsaid(doc: Doc, cue: Stretch) -> bool:
    """ "to say that ...", but not "to have said that ..." """
    return doc[cue.start].tag_ == "TO" and doc[cue.start + 1].lower_ != "have"


def _of_people(doc: Doc, report: Report, content: list[Stretch]) -> bool:
    """ "Dismissed the claim" reports; "dismissed 120 workers" does not."""
    if report.word not in lexis().impersonal:
        return False
    heads = {mention.head for mention in doc._.mentions if mention.kind in (EntityKind.PERSON, EntityKind.GROUP)}
    return doc[content[0].start : content[0].end].root.i in heads


def _mention_heads(doc: Doc) -> dict[int, int]:
    """Head token -> mention, the longest where several share a head."""
    heads: dict[int, int] = {}
    for index, mention in enumerate(doc._.mentions):
        heads.setdefault(mention.head, index)  # sorted by (start, -end): the longest comes first
    return heads


def _orphans(quotes: list[Quote], links: list[int], found: list[Attribution]) -> list[Attribution]:
    """Quoted sentences that nothing attributes: somebody's words all the same."""
    starts = [quote.stretch.start for quote in quotes]
    taken = {q for q, link in enumerate(links) if link >= 0}
    for note in found:
        for start, end in note.content:
            q = bisect_right(starts, end - 1) - 1
            if q >= 0 and start <= quotes[q].stretch.start < end:
                taken.add(q)
    return [
        Attribution(content=[quote.stretch], quotation=Quotation.DIRECT)
        for q, quote in enumerate(quotes)
        if q not in taken and quote.verbal and quote.sentence
    ]


class StatementFinder:
    """The spaCy component; stateless."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.attributions``."""
        doc._.attributions = find_attributions(doc)
        return doc


@Language.factory("kg_statements", assigns=["doc._.attributions"], requires=["doc._.document", "token.dep"])
def make_statements(nlp: Language, name: str) -> StatementFinder:
    """The factory behind ``nlp.add_pipe("kg_statements")``."""
    return StatementFinder(name)
