"""Reporting constructions as the parse, the cue lexicon and the quote marks show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import SectionKind
from kg.nlp.annotations import Stretch, sections_of
from kg.nlp.statements.boundaries import Settler
from kg.nlp.statements.headlines import colon_quotes, colon_reports, label_report
from kg.nlp.statements.linking import Linker
from kg.nlp.statements.nominal import according_report, adjective_report, noun_report, opinion_report
from kg.nlp.statements.quotes import Quote, find_quotes, without_reports
from kg.nlp.statements.report import Report
from kg.nlp.statements.spans import mask, minus, trimmed, union
from kg.nlp.statements.verbs import verb_report

TITLES = frozenset({SectionKind.HEADLINE, SectionKind.SUBHEADING})
_READ = TITLES | {SectionKind.PARAGRAPH}
_LONGEST = 400  # tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules see in a Doc: its reports with their final extent, and its quotes.

    ``quoted`` marks the tokens inside quotes; ``loose`` are the quotes that no report was found for.
    """

    reports: list[Report]
    quotes: list[Quote]
    quoted: bytearray
    loose: list[Quote]


def read(doc: Doc) -> Reading:
    """The reports of `doc`, inner ones too, by head."""
    sections = read_sections(doc)
    paragraphs = [stretch for _, stretch in sections]
    quotes = find_quotes(doc, paragraphs)
    reports = sorted(_reports(doc, sections), key=lambda report: (report.head, report.cue))
    said = sorted(report.box for report in reports if report.quotable and report.source)
    quotes = without_reports(quotes, said, doc)
    links = Linker(doc, reports, quotes, paragraphs).run()
    reports += colon_quotes(doc, quotes, links, reports)
    Settler(doc, reports, quotes, links, paragraphs).run()
    quoted = mask(len(doc), [quote.stretch for quote in quotes])
    for report in reports:
        own = [report.cue, *report.source]
        report.content = [trimmed(doc, piece, quoted) for piece in minus(union(report.content), own)]
    loose = [quote for quote, link in zip(quotes, links, strict=True) if link < 0]
    return Reading(reports, quotes, quoted, loose)


def read_sections(doc: Doc) -> list[tuple[SectionKind, Stretch]]:
    """The sections that can hold statements; a Doc without a document is one paragraph."""
    if doc._.document is None:
        return [(SectionKind.PARAGRAPH, Stretch(0, len(doc)))] if len(doc) else []
    return [(kind, stretch) for kind, stretch in sections_of(doc) if kind in _READ]


def _reports(doc: Doc, sections: list[tuple[SectionKind, Stretch]]) -> Iterator[Report]:
    endless = _endless(doc)
    for kind, stretch in sections:
        if kind in TITLES:
            yield from colon_reports(doc, stretch)
        elif (label := label_report(doc, stretch)) is not None:
            yield label
        for i in range(*stretch):
            if not endless[i] and (report := _report_at(doc[i])) is not None:
                yield report


def _endless(doc: Doc) -> bytearray:
    """Marks the tokens of "sentences" that are tables or noise: each look at their grammar would cost their length."""
    long = [Stretch(sentence.start, sentence.end) for sentence in doc.sents if len(sentence) > _LONGEST]
    return mask(len(doc), long)


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
