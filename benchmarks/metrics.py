"""Scores over spans and sets; every rule that more than one measure uses, and nothing else.

Spans here are sets of token indices (`frozenset[int]`) or pairs of offsets; the functions say which.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

Offsets = tuple[int, int]
Tokens = frozenset[int]
T = TypeVar("T", bound=Hashable)
S = TypeVar("S")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were expected, how many given, and how much of it was right; adds up over documents.

    `found` is the right part of what was expected and `right` that of what was given: they are the same
    number unless a rule lets several predictions stand for one expected item.
    """

    gold: float = 0
    predicted: float = 0
    found: float = 0
    right: float = 0

    @classmethod
    def matched(cls, gold: float, predicted: float, right: float) -> Counts:
        """Counts of a one-to-one rule."""
        return cls(gold, predicted, right, right)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.found + other.found,
            self.right + other.right,
        )

    @property
    def precision(self) -> float:
        """Share of the predictions that are right; 0 without predictions."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the expected items that were found; 0 where nothing is expected."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def exact(gold: AbstractSet[T], predicted: AbstractSet[T]) -> Counts:
    """Counts of items that are the same on both sides."""
    return Counts.matched(len(gold), len(predicted), len(gold & predicted))


def jaccard(a: AbstractSet[int], b: AbstractSet[int]) -> float:
    """Intersection over union of two token sets; 0 where both are empty."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def dice(a: AbstractSet[int], b: AbstractSet[int]) -> float:
    """Token F1 of two token sets; 0 where both are empty."""
    both = len(a) + len(b)
    return 2 * len(a & b) / both if both else 0.0


def best_pairs(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs by falling weight, ties by index; pairs without weight are left out."""
    lefts: set[int] = set()
    rights: set[int] = set()
    chosen = []
    for (left, right), weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if weight > 0 and left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            chosen.append((left, right))
    return chosen


def most_pairs(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """A largest one-to-one matching of a bipartite graph, left to right (augmenting paths)."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for left, right in sorted(set(edges)):
        neighbours[left].append(right)
    owner: dict[int, int] = {}

    def place(left: int, seen: set[int]) -> bool:
        for right in neighbours[left]:
            if right not in seen:
                seen.add(right)
                if right not in owner or place(owner[right], seen):
                    owner[right] = left
                    return True
        return False

    for left in list(neighbours):
        place(left, set())
    return {left: right for right, left in owner.items()}


def overlaps(
    gold: Sequence[Tokens], predicted: Sequence[Tokens], weight: Callable[[Tokens, Tokens], float] = jaccard
) -> dict[tuple[int, int], float]:
    """Weight of every (gold, predicted) pair that shares a token; others are not listed."""
    holders: dict[int, list[int]] = defaultdict(list)
    for right, tokens in enumerate(predicted):
        for token in tokens:
            holders[token].append(right)
    pairs = {(left, right) for left, tokens in enumerate(gold) for token in tokens for right in holders[token]}
    return {(left, right): weight(gold[left], predicted[right]) for left, right in sorted(pairs)}


def soft(gold: Sequence[Tokens], predicted: Sequence[Tokens]) -> Counts:
    """Overlap counts: greedy one-to-one pairs by token Jaccard, each worth its Jaccard."""
    weights = overlaps(gold, predicted)
    worth = sum(weights[pair] for pair in best_pairs(weights))
    return Counts.matched(len(gold), len(predicted), worth)


class Words:
    """The words and marks of a text, to compare spans in tokens that belong to neither side."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _TOKEN.finditer(text)]
        self._begins = [begin for begin, _ in found]
        self._ends = [end for _, end in found]

    def __len__(self) -> int:
        return len(self._begins)

    def inside(self, spans: Iterable[Offsets]) -> Tokens:
        """Indices of the tokens that share a character with one of the spans."""
        return frozenset(
            index
            for begin, end in spans
            for index in range(bisect_right(self._ends, begin), bisect_left(self._begins, end))
        )


def trim(text: str, span: Offsets) -> Offsets:
    """The span without white space at its edges."""
    begin, end = span
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end


def spread(items: Sequence[S], limit: int) -> list[S]:
    """At most `limit` of `items`, evenly spaced, in order."""
    count = min(limit, len(items))
    return [items[index * len(items) // count] for index in range(count)]


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (latitude, longitude) pairs in degrees (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x) for x in pair) for pair in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
