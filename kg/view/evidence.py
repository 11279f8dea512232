"""What stands behind a node of the page: its sentences, the marks in them, and the documents they come from.

A passage is a run of whole sentences of one document; a mark is a stretch of it with the reason for marking.
Passages and documents are numbered in shared tables, so that a sentence that ten nodes rest on is written once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from kg.graph.terms import NIF, SCHEMA
from kg.ids import KG
from kg.model import Span
from kg.view.facts import Facts
from kg.view.marks import Mark, span_of
from kg.view.words import spaced

LONGEST = 1_500  # characters of one passage: a statement that is longer is shown sentence by sentence
MOST = 12  # passages of one node

# A sentence ends at a line break, or after a word of two letters or more and a stop, before a capital or a quote.
_END = re.compile(r"\s*\n\s*|(?<=\w\w[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|(?<=[.!?][\"”’])\s+(?=[\"“‘]*[A-Z])")
# Characters that steer the direction of the text around them: shown as what they are, never obeyed.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Source(msgspec.Struct, frozen=True):
    """What the page tells of a document."""

    title: str
    outlet: str
    date: str


class Excerpt(msgspec.Struct, frozen=True, array_like=True):
    """A passage's number and its marks as (begin, end, reason, node), counted in UTF-16 units."""

    passage: int
    marks: tuple[tuple[int, int, str, int], ...]


class Evidence(msgspec.Struct, frozen=True):
    """The passages that a node or edge rests on, and how many more of its marks stand elsewhere."""

    excerpts: tuple[Excerpt, ...] = ()
    more: int = 0


class _Text:
    """A document's text with the places where its sentences and sections begin."""

    def __init__(self, facts: Facts, iri: str) -> None:
        self.text = facts.value(iri, f"{NIF}isString")
        self.cuts = [0, *(match.end() for match in _END.finditer(self.text)), len(self.text)]
        spans = ((span_of(iri), iri) for iri in facts.values(iri, f"{KG}section"))
        self.sections = sorted((s.begin, s.end, facts.value(i, f"{KG}sectionKind")) for s, i in spans)

    def sentences(self, span: Span) -> Span:
        """The smallest run of whole sentences that holds `span`."""
        first = self.cuts[bisect_right(self.cuts, span.begin) - 1]
        last = self.cuts[min(bisect_left(self.cuts, span.end), len(self.cuts) - 1)]
        return Span(first, max(span.end, first + len(self.text[first:last].rstrip())))

    def section(self, at: int) -> str:
        """The kind of section at an offset, in words; "" for a plain paragraph or none."""
        place = bisect_right(self.sections, (at, len(self.text) + 1, "")) - 1
        kind = self.sections[place][2].removeprefix(KG) if place >= 0 and at < self.sections[place][1] else ""
        return "" if kind == "Paragraph" else spaced(kind)


class Library:
    """Hands out passages and documents by number while `evidence` is gathered for one node after the other."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._texts: dict[str, _Text] = {}
        self._numbers: dict[str, int] = {}
        self._passages: dict[tuple[str, Span], int] = {}
        self.sources: list[Source] = []
        self.passages: list[tuple[int, str, str]] = []  # document's number, section, text

    def document(self, iri: str) -> int:
        """The number of a document in `sources`."""
        if iri not in self._numbers:
            title, outlet, date = (
                shown(self._facts.value(iri, SCHEMA + name)) for name in ("headline", "publisher", "datePublished")
            )
            self._numbers[iri] = len(self.sources)
            self.sources.append(Source(title, outlet, date))
        return self._numbers[iri]

    def evidence(self, marks: Iterable[Mark], whole: bool = False) -> Evidence:
        """The sentences that hold the marks; `whole` keeps what lies between them, as a broken quotation needs.

        Each document's first sentence comes before any document's second, the oldest documents first, until
        there are `MOST`; texts beyond are not even read.
        """
        groups = _by_document(marks)
        oldest = sorted(groups, key=lambda iri: (self.sources[self.document(iri)].date, iri))[:MOST]
        found = [
            (rank, document, *passage)
            for document in oldest
            for rank, passage in enumerate(self._held(document, groups[document], whole))
        ]
        chosen = sorted(found, key=lambda entry: entry[0])[:MOST]
        chosen.sort(key=lambda entry: (oldest.index(entry[1]), entry[2]))
        excerpts = tuple(self._excerpt(document, passage, held) for _, document, passage, held in chosen)
        return Evidence(excerpts, sum(map(len, groups.values())) - sum(len(held) for *_, held in chosen))

    def _held(self, document: str, marks: list[Mark], whole: bool) -> list[tuple[Span, list[Mark]]]:
        """The passages of one document that hold the marks, in text order, each with its marks."""
        hull = Span(min(mark.span.begin for mark in marks), max(mark.span.end for mark in marks))
        together = whole and len(hull) <= LONGEST
        passages: dict[Span, list[Mark]] = defaultdict(list)
        for mark in marks:
            passages[self._text(document).sentences(hull if together else mark.span)].append(mark)
        return sorted(passages.items())

    def _text(self, iri: str) -> _Text:
        if iri not in self._texts:
            self._texts[iri] = _Text(self._facts, iri)
        return self._texts[iri]

    def _excerpt(self, document: str, passage: Span, marks: Iterable[Mark]) -> Excerpt:
        text = self._text(document)
        words = passage.of(text.text)
        if (document, passage) not in self._passages:
            self._passages[document, passage] = len(self.passages)
            self.passages.append((self.document(document), text.section(passage.end - 1), shown(words, keep=True)))
        units = _units(words)
        places = {
            (units(m.span.begin - passage.begin), units(m.span.end - passage.begin), m.reason, m.node) for m in marks
        }
        return Excerpt(self._passages[document, passage], tuple(sorted(places)))


def shown(text: str, keep: bool = False) -> str:
    """`text` without characters that steer their surroundings; `keep` puts a sign in place of each."""
    return _STEERING.sub("\ufffd" if keep else "", text)


def _by_document(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    groups: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[mark.document].append(mark)
    return groups


def _units(text: str) -> Callable[[int], int]:
    """What turns code point offsets of `text` into UTF-16 ones, which is how browsers count."""
    wide = [place for place, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)
