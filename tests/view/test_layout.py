from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import CROWDED, layout


def placed(graph: nx.Graph[int], radius: float = 10) -> dict[int, tuple[int, int]]:
    return layout(graph, dict.fromkeys(graph, radius))


def test_no_node_no_place() -> None:
    assert placed(nx.Graph()) == {}


def test_one_node_stands_at_the_origin() -> None:
    assert placed(nx.empty_graph(1)) == {0: (0, 0)}


@settings(max_examples=30, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_every_node_has_a_place_of_its_own(pairs: set[tuple[int, int]]) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(31))
    graph.add_edges_from(sorted(pairs))
    places = placed(graph)
    assert places.keys() == set(graph)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 0.7 * CROWDED for a, b in combinations(places.values(), 2))


def test_large_shapes_do_not_overlap() -> None:
    places = placed(nx.complete_graph(12), radius=30)
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 60 for a, b in combinations(places.values(), 2))


def test_neighbours_stand_closer_than_strangers() -> None:
    clusters = [nx.relabel_nodes(nx.complete_graph(8), {n: n + 8 * k for n in range(8)}) for k in range(12)]
    graph = nx.compose_all(clusters)
    graph.add_edges_from((8 * a, 8 * b) for a, b in pairwise(range(12)))
    places = placed(graph)

    def distance(a: int, b: int) -> float:
        return hypot(places[a][0] - places[b][0], places[a][1] - places[b][1])

    joined = sorted(distance(a, b) for a, b in graph.edges)
    strangers = sorted(distance(a, b) for a, b in nx.non_edges(graph))
    assert joined[len(joined) // 2] < 0.5 * strangers[len(strangers) // 2]


def test_components_are_packed_without_overlap() -> None:
    graph = nx.disjoint_union_all([nx.star_graph(6), nx.path_graph(5), nx.cycle_graph(4), nx.empty_graph(3)])
    places = placed(graph)
    boxes = []
    for group in nx.connected_components(graph):
        xs, ys = zip(*(places[node] for node in group), strict=True)
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for a, b in combinations(boxes, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


@pytest.mark.parametrize("count", [40, 700])
def test_same_graph_same_places(count: int) -> None:
    graph = nx.barabasi_albert_graph(count, 2, seed=7)
    shuffled: nx.Graph[int] = nx.Graph()
    shuffled.add_nodes_from(graph)
    shuffled.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert placed(graph) == placed(shuffled)
