"""Events of neighbouring documents compared: how likely each two are one occurrence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from math import sqrt
from typing import NamedTuple

import msgspec

from kg.model import Ref
from kg.resolve.sheets import Sheets
from kg.resolve.stories.likenesses import Outline, outline, pairs, strangers
from kg.resolve.stories.neighbours import Circle, Neighbour, Standing, standing
from kg.resolve.stories.similarity import Meeting, likelihood, traits
from kg.resolve.stories.tellings import Page, Telling
from kg.shelf import Shelf, Table

_NONE = Standing()  # of a document that may meet no other

Pair = tuple[str, str]
Rate = Callable[[Sequence[Sequence[float]]], list[float]]  # features of pairs in, likelihoods out
Scores = dict[tuple[Ref, Ref], float | None]  # None where two are not compared any more


class Likeness(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An event of one document and one of another, or of the same, compared."""

    left: str
    right: str
    score: float
    features: tuple[float, ...]


class _Meet(NamedTuple):
    """Two documents, in order, and how near they were to one another and are, where they could and can meet."""

    one: str
    other: str
    was: Neighbour | None
    now: Neighbour | None


class Encounters:
    """The events of each two documents that meet, compared; each document meets itself."""

    def __init__(
        self,
        shelf: Shelf,
        circles: Mapping[str, Circle],
        strict: bool,
        rate: Rate = likelihood,
    ) -> None:
        """Keep how alike events are, as `rate` says; where `strict`, none are compared that are `strangers`."""
        self._circles, self._strict, self._rate = circles, strict, rate
        self.tellings = Sheets[Telling](shelf, "tellings of events", Telling)
        self._outlines: Table[str, Outline] = shelf.table("outlines of documents", str, Outline, 1_000, packed=True)
        self._standings: Table[str, Standing] = shelf.table("standings of documents", str, Standing, 20_000)
        self._company: Table[str, tuple[str, ...]] = shelf.table("documents alike", str, tuple[str, ...], 20_000)
        self.likenesses: Table[Pair, tuple[Likeness, ...]] = shelf.table(
            "likenesses of events", Pair, tuple[Likeness, ...], 2_000, packed=True
        )

    def settle(self, former: Mapping[str, Circle], pages: Mapping[str, Page | None]) -> Scores:
        """Compare anew where circles are other than the `former` ones, and the documents of `pages`.

        None is the page of a document that is gone.  Returns the scores that changed.
        """
        for document, page in pages.items():
            self._take(document, page)
        retold = pages.keys()
        self._standings.load(former)
        old = {document: self._standings.get(document, _NONE) for document in former}
        moved = {document for document in former if self._stand(document) != old[document]}
        fresh: dict[Pair, list[Likeness]] = {}
        meets = list(self._stale(former, old, retold))
        around = {document for meet in meets for document in (meet.one, meet.other)}
        self._standings.load(around)
        self._outlines.load(around)
        for meet in meets:
            pair = meet.one, meet.other
            met = self._meets(meet, meet.was, old)
            if not self._meets(meet, meet.now, {}):
                if met or meet.one == meet.other:
                    fresh[pair] = []
            elif not met or not retold.isdisjoint(pair):
                fresh[pair] = self._compared(meet)
            elif not moved.isdisjoint(pair) and pair in self.likenesses:
                fresh[pair] = self._seen_anew(meet)
        return self._score(fresh)

    def _take(self, document: str, page: Page | None) -> None:
        """Keep what a document tells in place of what it told."""
        self.tellings.put(document, {telling.ref.record: telling for telling in page.tellings} if page else {})
        if page:
            self._outlines[document] = outline(page)
        else:
            self._outlines.pop(document, None)

    def _stand(self, document: str) -> Standing:
        """Where a document stands now, and keep it."""
        found = standing(self._circles.get(document, ()))
        if found != _NONE:
            self._standings[document] = found
        elif document in self._standings:
            del self._standings[document]
        return found

    def _stale(self, former: Mapping[str, Circle], old: Mapping[str, Standing], retold: Set[str]) -> Iterator[_Meet]:
        """The documents that may have come to meet, or ceased to, or meet in other company; each two once."""
        seen = set[Pair]()
        for document in sorted({*former, *retold}):
            now = {neighbour.document: neighbour for neighbour in self._circles.get(document, ())}
            was = {neighbour.document: neighbour for neighbour in former[document]} if document in former else now
            others = {document, *was, *now} if document in retold else self._upset(document, old[document], was, now)
            for other in sorted(others):
                pair = (document, other) if document <= other else (other, document)
                if pair not in seen:
                    seen.add(pair)
                    yield _Meet(*pair, was.get(other), now.get(other))

    def _upset(
        self, document: str, old: Standing, was: Mapping[str, Neighbour], now: Mapping[str, Neighbour]
    ) -> Set[str]:
        """The others for which it makes a difference that a document's circle is no more what it was."""
        others = set(was.keys() ^ now.keys())
        new = self._standings.get(document, _NONE)
        if new.last != old.last:
            others.update(n.document for n in now.values() if old.holds(n.place) != new.holds(n.place))
        if (new.crowd, new.crowd_names) != (old.crowd, old.crowd_names):
            others.update(self._company.get(document, ()))
        return others

    def _meets(self, meet: _Meet, neighbour: Neighbour | None, standings: Mapping[str, Standing]) -> bool:
        """Whether the two are among the nearest of one side at least, as they stand, or stood by `standings`."""
        if meet.one == meet.other:
            return meet.one in self._outlines
        if neighbour is None:
            return False
        one, other = (standings.get(d) or self._standings.get(d, _NONE) for d in (meet.one, meet.other))
        return one.holds((-neighbour.bags, meet.other)) or other.holds((-neighbour.bags, meet.one))

    def _compared(self, meet: _Meet) -> list[Likeness]:
        """The pairs of events worth comparing, not yet scored."""
        one, other = self._outlines[meet.one], self._outlines[meet.other]
        told = ((self.tellings[left], self.tellings[right]) for left, right in pairs(one, other, self._strict))
        found = [pair for pair in told if not (self._strict and strangers(*pair))]
        if not found:
            return []
        meeting = _meeting(one, other, meet.now)
        around = self._around(meet)
        return [
            Likeness(left.ref.record, right.ref.record, 0.0, traits(left, right, meeting) + around)
            for left, right in found
        ]

    def _seen_anew(self, meet: _Meet) -> list[Likeness]:
        """The same pairs where others stand around the two documents, not yet scored."""
        around = self._around(meet)
        return [
            Likeness(known.left, known.right, 0.0, known.features[: -len(around)] + around)
            for known in self.likenesses[meet.one, meet.other]
        ]

    def _around(self, meet: _Meet) -> tuple[float, float]:
        """How alike the two documents are, and the names in them, against how alike others are to either."""
        one, other = (self._standings.get(side, _NONE) for side in (meet.one, meet.other))
        bags, names = (meet.now.bags, meet.now.names) if meet.now else (1.0, 1.0)
        return bags / sqrt(one.crowd * other.crowd), names / sqrt(one.crowd_names * other.crowd_names)

    def _score(self, fresh: Mapping[Pair, list[Likeness]]) -> Scores:
        """Score these pairs and keep them; returns the scores that are others than before."""
        scores: Scores = {}
        self.likenesses.load(fresh)
        found = iter(self._rate([likeness.features for row in fresh.values() for likeness in row]))
        for pair, row in fresh.items():
            was = {_refs(pair, known): known.score for known in self.likenesses.get(pair, ())}
            rated = tuple(Likeness(each.left, each.right, next(found), each.features) for each in row)
            now = {_refs(pair, each): each.score for each in rated}
            scores.update({refs: now.get(refs) for refs in (*was, *now) if was.get(refs) != now.get(refs)})
            if rated:
                self.likenesses[pair] = rated
            elif was:
                del self.likenesses[pair]
            if bool(rated) != bool(was):
                self._accompany(pair, bool(rated))
        return scores

    def _accompany(self, pair: Pair, alike: bool) -> None:
        """Note whether two documents have events that are alike."""
        for one, other in {pair, pair[::-1]}:
            company = {*self._company.get(one, ()), other} - (set() if alike else {other})
            if company:
                self._company[one] = tuple(sorted(company))
            else:
                del self._company[one]


def _meeting(one: Outline, other: Outline, near: Neighbour | None) -> Meeting:
    """How alike two documents are; None is that of one with itself."""
    if near is None:
        return Meeting(1.0, 1.0, 1.0)
    shared = sum((value for key, value in one.named.items() if key in other.named), 0.0)
    either = 1 + sum(one.named.values()) + sum(other.named.values()) - shared
    return Meeting(near.bags, near.names, shared / either)


def _refs(pair: Pair, likeness: Likeness) -> tuple[Ref, Ref]:
    return Ref(pair[0], likeness.left), Ref(pair[1], likeness.right)
