"""What holds events together: how likely each two are one occurrence, and what the user has ruled of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from kg.model import Decision, Ref
from kg.resolve.rulings import Ruling
from kg.resolve.sheets import Sheets
from kg.resolve.stories.encounters import Scores
from kg.resolve.stories.linkage import Pair, average_link
from kg.resolve.stories.tellings import Telling
from kg.shelf import Shelf, Table

Ties = tuple[tuple[Ref, float], ...]
EVENT = "event/"


class Bonds:
    """Ties between events, and the rulings on them; of all that is asked, only what the documents hold counts."""

    def __init__(self, shelf: Shelf, tellings: Sheets[Telling], rulings: Iterable[Ruling], threshold: float) -> None:
        self._tellings, self._threshold = tellings, threshold
        self._ties: Table[Ref, Ties] = shelf.table("ties of events", Ref, Ties, 20_000)
        self._applied: Table[Pair, Decision] = shelf.table("rulings on events", Pair, Decision)
        self._given = dict(_pairs(rulings))
        self._ruled: dict[Ref, dict[Ref, Decision]] = defaultdict(dict)
        self._documents: dict[str, set[Ref]] = defaultdict(set)
        for pair, decision in self._given.items():
            for one, other in (pair, pair[::-1]):
                self._ruled[one][other] = decision
                self._documents[one.document].add(one)

    # -- changes -----------------------------------------------------------------------------------------------------

    def rule(self) -> set[Ref]:
        """Take the rulings for the ones that hold from now on; returns the events of which others were ruled."""
        was = dict(self._applied.items())
        changed = [pair for pair in {**was, **self._given} if was.get(pair) is not self._given.get(pair)]
        for pair in changed:
            if pair in self._given:
                self._applied[pair] = self._given[pair]
            else:
                del self._applied[pair]
        return {ref for pair in changed for ref in pair}

    def tie(self, scores: Scores) -> set[Ref]:
        """Keep these scores; returns the events that they are of."""
        drafts: dict[Ref, dict[Ref, float]] = {}
        self._ties.load({ref for pair in scores for ref in pair})
        for pair, score in scores.items():
            for one, other in (pair, pair[::-1]):
                draft = drafts.setdefault(one, dict(self._ties.get(one, ())))
                if score is None:
                    draft.pop(other, None)
                else:
                    draft[other] = score
        for ref, draft in drafts.items():
            if draft:
                self._ties[ref] = tuple(sorted(draft.items()))
            elif ref in self._ties:
                del self._ties[ref]
        return set(drafts)

    def of(self, documents: Set[str]) -> set[Ref]:
        """The events of documents that hang together with any, or that a ruling names."""
        tied = {ref for document in documents for ref in self._ties.under(document)}
        return tied.union(*(self._documents.get(document, ()) for document in documents))

    # -- what holds --------------------------------------------------------------------------------------------------

    def telling(self, ref: Ref) -> Telling | None:
        """The event as its document tells of it, None where it is not there."""
        return self._tellings.get(ref)

    def __contains__(self, ref: Ref) -> bool:
        """Whether the event is there."""
        return ref in self._ties or ref in self._tellings

    def ties(self, ref: Ref) -> Ties:
        """The events that one was compared with, in order, and how likely each is the same."""
        return self._ties.get(ref, ())

    def rulings(self, ref: Ref) -> dict[Ref, Decision]:
        """What the user says of an event and others that are there."""
        ruled = self._ruled.get(ref)
        if not ruled:
            return {}
        return {other: ruled[other] for other in sorted(ruled) if other in self}

    def components(self, refs: Iterable[Ref]) -> Iterator[list[Ref]]:
        """The events that may be of one story with one of `refs`, which are there, by story; sorted."""
        seen = set[Ref]()
        for ref in sorted(refs):
            if ref not in seen:
                component = self._component(ref)
                seen.update(component)
                yield component

    def _component(self, ref: Ref) -> list[Ref]:
        found, open_ = {ref}, [ref]
        while open_:
            one = open_.pop()
            beside = [other for other, score in self.ties(one) if score >= self._threshold]
            beside += [other for other, decision in self.rulings(one).items() if decision is Decision.SAME]
            fresh = [other for other in beside if other not in found]
            found.update(fresh)
            open_ += fresh
        return sorted(found)

    def groups(self, component: Sequence[Ref]) -> list[list[Ref]]:
        """The stories of a component: groups of two and more, each sorted."""
        inside = set(component)
        scores = {(one, other): score for one in component for other, score in self.ties(one) if one < other in inside}
        ruled: dict[Decision, list[Pair]] = {Decision.SAME: [], Decision.DIFFERENT: []}
        for one in component:
            for other, decision in self.rulings(one).items():
                if one < other and other in inside:
                    ruled[decision].append((one, other))
        return average_link(scores, self._threshold, ruled[Decision.SAME], ruled[Decision.DIFFERENT])


def _pairs(rulings: Iterable[Ruling]) -> Iterator[tuple[Pair, Decision]]:
    """The pairs of events that were ruled on, each in order."""
    for ruling in rulings:
        left, right = sorted((ruling.left.ref, ruling.right.ref))
        if left.record.startswith(EVENT) and right.record.startswith(EVENT):
            yield (left, right), ruling.decision
