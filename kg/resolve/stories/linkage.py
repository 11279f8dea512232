"""Average-link clustering of sparse likelihoods: two groups are joined while their members are alike on the whole."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Ref
from kg.resolve.clustering import Link, clusters

Pair = tuple[Ref, Ref]


def average_link(
    scores: Mapping[Pair, float], threshold: float, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[Ref]]:
    """Groups of two and more whose mean pairwise likelihood reached `threshold`, each sorted, and sorted.

    A pair without a score counts as nil.  The likeliest two are joined first, of equals the first in order, so
    that the order in which pairs come makes no difference.  Pairs that are `together` are so whatever their
    likelihood, but for those that would bring together two that stay `apart`.
    """
    joined, parted = list(together), list(apart)
    refs = sorted({ref for pair in (*scores, *joined, *parted) for ref in pair})
    groups = _Groups(refs, scores, threshold, parted)
    for group in clusters(refs, (Link(*pair) for pair in joined), parted):
        groups.unite(group)
    return [[refs[i] for i in group] for group in groups.run()]


class _Groups:
    """Groups under way, by the number of their first member."""

    def __init__(
        self, refs: Sequence[Ref], scores: Mapping[Pair, float], threshold: float, apart: Iterable[Pair]
    ) -> None:
        self.number = {ref: i for i, ref in enumerate(refs)}
        self.threshold = threshold
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(refs))}
        self.totals: dict[int, dict[int, float]] = {i: {} for i in range(len(refs))}
        self.foes: dict[int, set[int]] = {i: set() for i in range(len(refs))}
        self.heap: list[tuple[float, int, int, int, int]] = []
        for (left, right), score in scores.items():
            one, other = self.number[left], self.number[right]
            self.totals[one][other] = self.totals[other][one] = score
        for left, right in apart:
            one, other = self.number[left], self.number[right]
            self.foes[one].add(other)
            self.foes[other].add(one)

    def unite(self, group: Sequence[Ref]) -> None:
        """Make one group of these, which are sorted, before all others are joined."""
        first, *others = (self.number[ref] for ref in group)
        for other in others:
            self._merge(first, other)

    def run(self) -> list[list[int]]:
        for one in self.members:
            for other in self.totals[one]:
                if one < other:
                    self._offer(one, other)
        while self.heap:
            _, kept, gone, size, other = heapq.heappop(self.heap)
            if len(self.members.get(kept, ())) == size and len(self.members.get(gone, ())) == other:
                self._merge(kept, gone)
                for third in self.totals[kept]:
                    self._offer(min(kept, third), max(kept, third))
        return sorted(sorted(group) for group in self.members.values() if len(group) > 1)

    def _offer(self, one: int, other: int) -> None:
        if other in self.foes[one]:
            return
        sizes = len(self.members[one]), len(self.members[other])
        mean = self.totals[one][other] / (sizes[0] * sizes[1])
        if mean >= self.threshold:
            heapq.heappush(self.heap, (-round(mean, 6), one, other, *sizes))

    def _merge(self, kept: int, gone: int) -> None:
        self.members[kept] += self.members.pop(gone)
        ours, theirs = self.totals[kept], self.totals.pop(gone)
        for third, total in theirs.items():
            self.totals[third].pop(gone)
            if third != kept:
                ours[third] = self.totals[third][kept] = ours.get(third, 0.0) + total
        for foe in self.foes.pop(gone):
            self.foes[foe].remove(gone)
            self.foes[foe].add(kept)
            self.foes[kept].add(foe)
