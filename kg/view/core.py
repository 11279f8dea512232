"""What is drawn first of a graph too large to draw at once: the best connected, with what joins them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import networkx as nx

from kg.view.layout import layout

HUBS = 150  # actors and places that the rest is chosen by
JOINED = 2  # of them that an event or statement must join


def core(
    families: Sequence[str], pairs: Sequence[tuple[int, int]], sizes: Sequence[int], most: int
) -> dict[int, tuple[int, int]]:
    """The numbers of at most `most` nodes, with places of their own; nodes are in the order of their importance."""
    hubs = [number for number, family in enumerate(families) if family in ("actor", "place")][: min(HUBS, most // 2)]
    among = set(hubs)
    joined: Counter[int] = Counter()
    for one, other in pairs:
        for near, far in ((one, other), (other, one)):
            if far in among and near not in among:
                joined[near] += 1
    others = sorted((node for node, count in joined.items() if count >= JOINED), key=lambda node: (-joined[node], node))
    chosen = sorted([*hubs, *others[: max(0, most - len(hubs))]])
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(chosen)
    graph.add_edges_from(sorted((min(pair), max(pair)) for pair in pairs if pair[0] in graph and pair[1] in graph))
    return layout(graph, {number: sizes[number] for number in chosen})
