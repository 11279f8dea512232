"""Coreference scores: MUC (Vilain 1995), B³ (Bagga 1998), CEAF-e (Luo 2005) and their mean, the CoNLL F1.

Clusters are frozensets of mentions; a mention is in at most one cluster of each side.  Mentions that only
one side has count as the CoNLL scorer counts them: missed in recall, spurious in precision.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from benchmarks.metrics import Counts

Cluster = frozenset[Hashable]


def _owners(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: index for index, cluster in enumerate(clusters) for mention in cluster}


def _muc_half(of: Sequence[Cluster], against: Sequence[Cluster]) -> tuple[float, float]:
    owner = _owners(against)
    right = total = 0
    for cluster in of:
        held = {owner[m] for m in cluster if m in owner}
        loose = sum(m not in owner for m in cluster)
        right += len(cluster) - len(held) - loose
        total += len(cluster) - 1
    return right, total


def muc(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Counts:
    """Links that a spanning tree of each cluster shares with the other side."""
    found, links = _muc_half(gold, predicted)
    right, given = _muc_half(predicted, gold)
    return Counts(links, given, found, right)


def _b_cubed_half(of: Sequence[Cluster], against: Sequence[Cluster]) -> tuple[float, float]:
    owner = _owners(against)
    right = 0.0
    for cluster in of:
        shared = Counter(owner[m] for m in cluster if m in owner)
        right += sum(count * count for count in shared.values()) / len(cluster)
    return right, sum(len(cluster) for cluster in of)


def b_cubed(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Counts:
    """Per mention, the share of its cluster that the other side puts with it."""
    found, mentions = _b_cubed_half(gold, predicted)
    right, given = _b_cubed_half(predicted, gold)
    return Counts(mentions, given, found, right)


def ceaf_e(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Counts:
    """Entities aligned one to one for the highest total of 2·|shared| / (|gold| + |predicted|)."""
    owner = _owners(predicted)
    shared: dict[int, Counter[int]] = {
        left: Counter(owner[m] for m in cluster if m in owner) for left, cluster in enumerate(gold)
    }
    weights = {
        (left, right): 2 * count / (len(gold[left]) + len(predicted[right]))
        for left, counts in shared.items()
        for right, count in counts.items()
    }
    worth = sum(_best_total(part) for part in _components(weights))
    return Counts.matched(len(gold), len(predicted), worth)


def conll(scores: Sequence[Counts]) -> float:
    """Mean F1 of MUC, B³ and CEAF-e counts, each added up over documents first."""
    return sum(score.f1 for score in scores) / len(scores) if scores else 0.0


def _components(weights: dict[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """The connected parts of the weighted bipartite graph: each can be aligned alone."""
    edges: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for left, right in weights:
        edges["g", left].append(("p", right))
        edges["p", right].append(("g", left))
    part: dict[tuple[str, int], int] = {}
    count = 0
    for start in edges:
        if start in part:
            continue
        stack = [start]
        while stack:
            node = stack.pop()
            if node not in part:
                part[node] = count
                stack.extend(edges[node])
        count += 1
    parts: list[dict[tuple[int, int], float]] = [{} for _ in range(count)]
    for (left, right), weight in weights.items():
        parts[part["g", left]][left, right] = weight
    return parts


def _best_total(weights: dict[tuple[int, int], float]) -> float:
    """Highest total weight of a one-to-one alignment."""
    rows = sorted({left for left, _ in weights})
    columns = sorted({right for _, right in weights})
    if len(rows) == 1 or len(columns) == 1:
        return max(weights.values())
    if len(rows) > len(columns):
        weights = {(right, left): weight for (left, right), weight in weights.items()}
        rows, columns = columns, rows
    cost = [[-weights.get((row, column), 0.0) for column in columns] for row in rows]
    return -_assignment_cost(cost)


def _assignment_cost(cost: list[list[float]]) -> float:
    """Least total cost of giving each row a column of its own (Hungarian method, rows <= columns).

    Shortest augmenting paths with potentials, O(rows² · columns); column 0 is a virtual start.
    """
    rows, columns = len(cost), len(cost[0])
    row_potential, column_potential = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        holder[0], column = row, 0
        slack, done = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while holder[column]:
            done[column] = True
            here, step, nearest = holder[column], float("inf"), 0
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                gap = cost[here - 1][other - 1] - row_potential[here] - column_potential[other]
                if gap < slack[other]:
                    slack[other], came_from[other] = gap, column
                if slack[other] < step:
                    step, nearest = slack[other], other
            for other in range(columns + 1):
                if done[other]:
                    row_potential[holder[other]] += step
                    column_potential[other] -= step
                else:
                    slack[other] -= step
            column = nearest
        while column:
            holder[column], column = holder[came_from[column]], came_from[column]
    return sum(cost[holder[column] - 1][column - 1] for column in range(1, columns + 1) if holder[column])
