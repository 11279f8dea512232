"""What stands behind a node or edge of the page: where in which documents, and why it is marked there.

A passage is a run of whole sentences of one document; a mark is a stretch of the document with the reason for
marking.  Each document is written once, with the marks of all that rests on it; the rest names places in it.
All places are counted in UTF-16 units, which is how browsers count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
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


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """A run of sentences of the document with that number."""

    document: int
    begin: int
    end: int


class Evidence(msgspec.Struct, frozen=True):
    """The passages that a node or edge rests on, and how many more of its marks stand elsewhere."""

    passages: tuple[Passage, ...] = ()
    more: int = 0


class Placed(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A mark: where, why, the node that it names (-1 for none), and what it is evidence of.

    That is a node by its number, or an edge by -1 less its number.
    """

    begin: int
    end: int
    reason: str
    node: int
    owner: int


class Text(msgspec.Struct, frozen=True):
    """A document as the reader shows it: its text, its sections as (begin, end, kind), and its marks."""

    text: str
    sections: tuple[tuple[int, int, str], ...]
    marks: tuple[Placed, ...]


class _Text:
    """A document's text with the places where its sentences and sections begin."""

    def __init__(self, facts: Facts, iri: str) -> None:
        self.text = facts.value(iri, f"{NIF}isString")
        self.cuts = [0, *(match.end() for match in _END.finditer(self.text)), len(self.text)]
        spans = ((span_of(iri), iri) for iri in facts.values(iri, f"{KG}section"))
        self.sections = sorted((s.begin, s.end, facts.value(i, f"{KG}sectionKind")) for s, i in spans)
        self.units = _units(self.text)
        self.marks: set[Placed] = set()

    def sentences(self, span: Span) -> Span:
        """The smallest run of whole sentences that holds `span`."""
        first = self.cuts[bisect_right(self.cuts, span.begin) - 1]
        last = self.cuts[min(bisect_left(self.cuts, span.end), len(self.cuts) - 1)]
        return Span(first, max(span.end, first + len(self.text[first:last].rstrip())))

    def take(self, marks: Iterable[Mark], owner: int) -> None:
        """Keep marks that are evidence of `owner`."""
        for mark in marks:
            begin, end = self.units(mark.span.begin), self.units(mark.span.end)
            self.marks.add(Placed(begin, end, mark.reason, mark.node, owner))

    def written(self) -> Text:
        """The text for the page."""
        kinds = ((begin, end, spaced(kind.removeprefix(KG))) for begin, end, kind in self.sections)
        sections = tuple((self.units(begin), self.units(end), kind) for begin, end, kind in kinds)
        return Text(shown(self.text, keep=True), sections, tuple(sorted(self.marks)))


class Library:
    """Hands out documents by number while the evidence of one node after the other is gathered.

    Each document that a passage was taken from keeps its text, and takes up marks from then on: the text of a
    document that only a hub names, and many others with it, is not needed.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._texts: dict[str, _Text] = {}
        self._numbers: dict[str, int] = {}
        self.sources: list[Source] = []

    def document(self, iri: str) -> int:
        """The number of a document in `sources`."""
        if iri not in self._numbers:
            title, outlet, date = (
                shown(self._facts.value(iri, SCHEMA + name)) for name in ("headline", "publisher", "datePublished")
            )
            self._numbers[iri] = len(self.sources)
            self.sources.append(Source(title, outlet, date))
        return self._numbers[iri]

    @property
    def texts(self) -> list[Text | None]:
        """The texts of `sources`, None where no passage was taken from one."""
        return [self._texts[iri].written() if iri in self._texts else None for iri in self._numbers]

    def evidence(self, marks: Iterable[Mark], owner: int, whole: bool = False) -> Evidence:
        """The sentences that hold the marks; `whole` keeps what lies between them, as a broken quotation needs.

        Each document's first sentence comes before any document's second, the oldest documents first, until
        there are `MOST`.
        """
        groups = _by_document(marks)
        oldest = sorted(groups, key=lambda iri: (self.sources[self.document(iri)].date, iri))[:MOST]
        found = [
            (rank, place, *passage)
            for place, document in enumerate(oldest)
            for rank, passage in enumerate(self._held(document, groups[document], whole))
        ]
        chosen = sorted(sorted(found, key=lambda entry: entry[0])[:MOST], key=lambda entry: entry[1:3])
        for document in groups:
            if document in self._texts:
                self._texts[document].take(groups[document], owner)
        passages = tuple(self._passage(oldest[place], span) for _, place, span, _ in chosen)
        return Evidence(passages, sum(map(len, groups.values())) - sum(held for *_, held in chosen))

    def _held(self, document: str, marks: list[Mark], whole: bool) -> list[tuple[Span, int]]:
        """The passages of one document that hold the marks, in text order, each with how many it holds."""
        hull = Span(min(mark.span.begin for mark in marks), max(mark.span.end for mark in marks))
        together = whole and len(hull) <= LONGEST
        text = self._text(document)
        return sorted(Counter(text.sentences(hull if together else mark.span) for mark in marks).items())

    def _text(self, iri: str) -> _Text:
        if iri not in self._texts:
            self._texts[iri] = _Text(self._facts, iri)
        return self._texts[iri]

    def _passage(self, document: str, span: Span) -> Passage:
        units = self._text(document).units
        return Passage(self.document(document), units(span.begin), units(span.end))


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
