"""Which documents may tell of the same occurrences: those near in time that share rare words.

Documents are filed under their weightiest words; within a word's file, in the order of their days, each meets a bounded
number of those after it.  So a document that comes or goes changes its own files around its place in them and
nothing else, and the order in which documents came makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from kg.resolve.stories.neighbours import REACH, SHARED, Circle, Neighbour, Subject, likeness, near
from kg.shelf import Shelf, Table

_PAGE = 2 * REACH  # rows of a file read at once

Place = tuple[str, str, str]  # in the file of a word, by day: a document
Pair = tuple[str, str]


class Circles:
    """For each document those that it may meet: `circles` holds a row for every one that may meet any."""

    def __init__(self, shelf: Shelf) -> None:
        self.circles: Table[str, Circle] = shelf.table("circles of documents", str, Circle, 1_000)
        self._subjects: Table[str, Subject] = shelf.table("subjects of documents", str, Subject, 1_000, packed=True)
        self._files: Table[Place, bool] = shelf.table("documents by word", Place, bool, 20_000)

    def settle(self, subjects: Mapping[str, Subject | None]) -> dict[str, Circle]:
        """Take in what these documents are about, None of those that are gone.

        Returns the former circles of all documents whose circle is another now.
        """
        former: dict[str, Circle] = {}
        stale = {document for document in subjects if self._subjects.get(document) != subjects[document]}
        self._leave({document for document in stale if document in self._subjects}, former)
        self._enter({document: found for document in sorted(stale) if (found := subjects[document])}, former)
        return {document: was for document, was in former.items() if self.circles.get(document, ()) != was}

    def _enter(self, come: Mapping[str, Subject], former: dict[str, Circle]) -> None:
        files: dict[str, set[Place]] = defaultdict(set)
        for document, found in come.items():
            self._subjects[document] = found
            for place in _places(document, found):
                self._files[place] = True
                files[place[0]].add(place)
        met, parted = self._shifts(files)
        drafts = _Drafts(self.circles, former)
        drafts.load({*met, *parted})
        self._subjects.load({document for pair, shared in met.items() if shared >= SHARED for document in pair})
        for pair, shared in met.items():
            self._meet(drafts, *pair, shared)
        for pair, shift in parted.items():
            drafts.shift(*pair, -shift)
        drafts.write()

    def _meet(self, drafts: _Drafts, one: str, other: str, shared: int) -> None:
        """Two that meet under so many words may meet, where these are enough and they are alike."""
        if shared >= SHARED:
            found = likeness(self._subjects[one], self._subjects[other])
            if found is not None:
                drafts.put(one, other, *found, shared)

    def _leave(self, gone: Set[str], former: dict[str, Circle]) -> None:
        files: dict[str, set[Place]] = defaultdict(set)
        for document in gone:
            for place in _places(document, self._subjects[document]):
                files[place[0]].add(place)
        _, joined = self._shifts(files)
        self._subjects.load({document for pair in joined for document in pair})
        for places in files.values():
            for place in places:
                del self._files[place]
        drafts = _Drafts(self.circles, former)
        drafts.load(joined)
        for document in sorted(gone):
            drafts.drop(document)
            del self._subjects[document]
        for pair, shift in joined.items():
            if not drafts.shift(*pair, shift):
                self._meet_again(drafts, *pair)
        drafts.write()

    def _meet_again(self, drafts: _Drafts, one: str, other: str) -> None:
        """Two that met under too few words before may meet under enough of them now that another is gone."""
        left, right = self._subjects[one], self._subjects[other]
        common = sorted(set(left.anchors) & set(right.anchors))
        if len(common) >= SHARED:
            shared = sum(self._within(word, (left.day, one), (right.day, other)) for word in common)
            self._meet(drafts, one, other, shared)

    def _within(self, word: str, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether two places of one file are within reach of one another."""
        first, second = sorted(((word, *one), (word, *other)), key=_encoded)
        return second in [place for place, _ in self._files.following(first, REACH + 1, word)]

    def _shifts(self, files: Mapping[str, Set[Place]]) -> tuple[Counter[Pair], Counter[Pair]]:
        """How often two meet with the `files`' places taken, one of them theirs, and how often others do without only.

        The table holds these places.
        """
        met, parted = Counter[Pair](), Counter[Pair]()
        for word in sorted(files):
            for run in self._runs(word, files[word]):
                others = [place for place in run if place not in files[word]]
                met.update(_meetings(run, files[word]))
                parted.update(_partings(run, others, files[word]))
        return met, parted

    def _runs(self, word: str, changed: Set[Place]) -> Iterator[list[Place]]:
        """Stretches of a word's file around the changed places, as far as one place reaches."""
        wanted = sorted(changed, key=_encoded)
        at = 0
        while at < len(wanted):
            run = [place for place, _ in self._files.preceding(wanted[at], REACH, word)][::-1]
            quiet = 0
            for place in self._onward(wanted[at]):
                run.append(place)
                quiet = 0 if place in changed else quiet + 1
                at += not quiet
                if quiet == REACH:
                    break
            yield run

    def _onward(self, place: Place) -> Iterator[Place]:
        """The places of a file from one on."""
        rows = self._files.following(place, _PAGE, place[0])
        while True:
            yield from (found for found, _ in rows)
            if len(rows) < _PAGE:
                return
            rows = self._files.following(rows[-1][0], _PAGE + 1, place[0])[1:]


class _Drafts:
    """Circles under change."""

    def __init__(self, circles: Table[str, Circle], former: dict[str, Circle]) -> None:
        self._circles, self._former = circles, former
        self._drafts: dict[str, dict[str, Neighbour]] = {}

    def load(self, pairs: Iterable[Pair]) -> None:
        """These may be asked for."""
        self._circles.load({document for pair in pairs for document in pair})

    def _of(self, document: str) -> dict[str, Neighbour]:
        if document not in self._drafts:
            circle = self._circles.get(document, ())
            self._drafts[document] = {neighbour.document: neighbour for neighbour in circle}
        return self._drafts[document]

    def put(self, one: str, other: str, bags: float, names: float, shared: int) -> None:
        """The two may meet."""
        self._of(one)[other] = Neighbour(other, bags, names, shared)
        self._of(other)[one] = Neighbour(one, bags, names, shared)

    def shift(self, one: str, other: str, more: int) -> bool:
        """The two, where they may meet, share `more` anchors, which may be too few; whether they could meet."""
        known = self._of(one).get(other)
        if known is not None and known.shared + more >= SHARED:
            self.put(one, other, known.bags, known.names, known.shared + more)
        elif known is not None:
            del self._of(one)[other], self._of(other)[one]
        return known is not None

    def drop(self, document: str) -> None:
        """The document meets none."""
        for other in self._of(document):
            del self._of(other)[document]
        self._drafts[document] = {}

    def write(self) -> None:
        """Set the rows, and note the former ones."""
        for document, draft in self._drafts.items():
            self._former.setdefault(document, self._circles.get(document, ()))
            if draft:
                self._circles[document] = tuple(sorted(draft.values(), key=lambda each: (-each.bags, each.document)))
            elif document in self._circles:
                del self._circles[document]


def _encoded(place: Place) -> bytes:
    """What tables are ordered by."""
    return msgspec.json.encode(place)


def _places(document: str, found: Subject) -> list[Place]:
    return [(word, found.day, document) for word in found.anchors]


def _meetings(run: Sequence[Place], changed: Container[Place]) -> Iterator[Pair]:
    """Pairs within reach one of which is changed."""
    for at, place in enumerate(run):
        always = place in changed
        for other in run[at + 1 : at + 1 + REACH]:
            if (always or other in changed) and near(place[1], other[1]):
                yield _pair(place, other)


def _partings(run: Sequence[Place], others: Sequence[Place], changed: Container[Place]) -> Iterator[Pair]:
    """Pairs of unchanged places that are within reach only where the changed ones are left out."""
    rank = {place: at for at, place in enumerate(others)}
    for at, place in enumerate(run):
        if place in changed:
            continue
        between = sum(other in changed for other in run[at + 1 : at + 1 + REACH])
        end = rank[place] + 1 + REACH
        for other in others[end - between : end]:
            if near(place[1], other[1]):
                yield _pair(place, other)


def _pair(one: Place, other: Place) -> Pair:
    return (one[2], other[2]) if one[2] < other[2] else (other[2], one[2])
