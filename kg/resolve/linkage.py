"""Average-link clustering of sparse likelihoods: two groups are joined while their members are alike on the whole."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from kg.model import Ref

Pair = tuple[Ref, Ref]


def average_link(scores: Mapping[Pair, float], threshold: float) -> list[list[Ref]]:
    """Groups of two and more whose mean pairwise likelihood reached `threshold`, each sorted, and sorted.

    A pair without a score counts as nil.  The likeliest two are joined first, of equals the first in order, so
    that the order in which pairs come makes no difference.
    """
    refs = sorted({ref for pair in scores for ref in pair})
    return [[refs[i] for i in group] for group in _Groups(refs, scores, threshold).run()]


class _Groups:
    """Groups under way, by the number of their first member."""

    def __init__(self, refs: Sequence[Ref], scores: Mapping[Pair, float], threshold: float) -> None:
        number = {ref: i for i, ref in enumerate(refs)}
        self.threshold = threshold
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(refs))}
        self.totals: dict[int, dict[int, float]] = {i: {} for i in range(len(refs))}
        for (left, right), score in scores.items():
            one, other = number[left], number[right]
            self.totals[one][other] = self.totals[other][one] = score
        self.heap: list[tuple[float, int, int, int, int]] = []
        for one, others in self.totals.items():
            for other in others:
                if one < other:
                    self._offer(one, other)

    def run(self) -> list[list[int]]:
        heapq.heapify(self.heap)
        while self.heap:
            _, kept, gone, size, other = heapq.heappop(self.heap)
            if len(self.members.get(kept, ())) == size and len(self.members.get(gone, ())) == other:
                self._join(kept, gone)
        return sorted(sorted(group) for group in self.members.values() if len(group) > 1)

    def _offer(self, one: int, other: int) -> None:
        sizes = len(self.members[one]), len(self.members[other])
        mean = self.totals[one][other] / (sizes[0] * sizes[1])
        if mean >= self.threshold:
            heapq.heappush(self.heap, (-round(mean, 6), one, other, *sizes))

    def _join(self, kept: int, gone: int) -> None:
        self.members[kept] += self.members.pop(gone)
        ours, theirs = self.totals[kept], self.totals.pop(gone)
        for third, total in theirs.items():
            if third != kept:
                ours[third] = ours.get(third, 0.0) + total
        del ours[gone]
        for third in ours:
            self.totals[third].pop(gone, None)
            self.totals[third][kept] = ours[third]
            self._offer(min(kept, third), max(kept, third))
