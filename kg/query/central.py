"""Who is well connected: networkx measures over the actors of the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import NamedTuple, TypeAlias

import msgspec
import networkx as nx
import numpy as np
import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.terms import PREFIXES
from kg.network import Network, network
from kg.query.result import Row
from kg.search import Index, Wanted
from kg.store import Store

Projection: TypeAlias = "nx.Graph[str]"

_WHERE = frozenset(("place", "origin", "destination"))  # being the scene of an event connects nobody
_SAMPLE = 500  # sources from which betweenness counts shortest paths in a larger network
_DAMPING, _ROUNDS, _TOLERANCE = 0.85, 100, 1e-9


def projection(network: Network) -> Projection:
    """Actors alone, joined where they share an event, a statement or a lasting relation; ``weight`` counts how often.

    A statement joins its speaker and addressee with the actors of the events it reports.
    """
    result: Projection = nx.Graph()
    result.add_nodes_from(node for node in network if _is_actor(network, node))
    for group in _groups(network):
        for one, other in combinations(sorted(group), 2):
            weight = result[one][other]["weight"] if result.has_edge(one, other) else 0
            result.add_edge(one, other, weight=weight + 1)
    return result


class Actors(NamedTuple):
    """Who there is, by IRI: label and kind.  Who meets whom how often, and how well known one is."""

    known: Mapping[str, tuple[str, str]]
    met: Mapping[str, Mapping[str, int]]
    fame: Callable[[str], tuple[int, str]]  # how often the texts name one, and the outlets that do


def actors(store: Store, index: Index | None = None) -> Actors:
    """The actors of a store, read from the lists of its index where it has one."""
    if index:
        return _listed(index)
    whole = network(store)
    of = {iri: whole.nodes[iri] for iri in whole if _is_actor(whole, iri)}
    return Actors(
        {iri: (str(node["label"]), str(node["kind"])) for iri, node in of.items()},
        {one: {other: edge["weight"] for other, edge in near.items()} for one, near in projection(whole).adjacency()},
        lambda iri: (int(of[iri]["mentions"]), str(of[iri]["outlets"])),
    )


def _listed(index: Index) -> Actors:
    lists = index.lists
    named = (_decoded(line) for _, line in lists.ordered("actors", Wanted()))
    known = {iri: (label, kind) for iri, label, kind in named}
    met: dict[str, dict[str, int]] = {iri: {} for iri in lists.tagged("mentions", "actor") if iri in known}
    for (lasting, line), times in Counter(lists.ordered("meetings", Wanted())).items():
        group = [iri for iri in _decoded(line) if iri in met]
        for one, other in permutations(group, 2):
            met[one][other] = met[one].get(other, 0) + (1 if lasting else times)

    def fame(iri: str) -> tuple[int, str]:
        found = [_decoded(line) for _, line in lists.ordered("mentions", Wanted({"actor": [iri]}))]
        return sum(count for count, _ in found), "; ".join(sorted({outlet for _, outlet in found if outlet}))

    return Actors(known, met, fame)


def _degrees(found: Actors) -> dict[str, float]:
    """As networkx has it."""
    others = len(found.met) - 1
    return {iri: len(near) / others if others > 0 else 1.0 for iri, near in found.met.items()}


def _scores(found: Actors, method: str) -> dict[str, float]:
    if method == "degree":
        return _degrees(found)
    graph: Projection = nx.Graph()
    graph.add_nodes_from(found.met)
    for one, near in found.met.items():
        graph.add_edges_from((one, other, {"weight": weight}) for other, weight in near.items() if one < other)
    return METHODS[method](graph)


def centrality(network: Network, method: str = "degree") -> dict[str, float]:
    """Centrality of each actor, by IRI: degree, betweenness, closeness or pagerank.

    Raises `QueryError` on another method.
    """
    if method not in METHODS:
        raise QueryError(f"unknown centrality {method!r}; choose one of {', '.join(METHODS)}")
    return METHODS[method](projection(network))


def _groups(network: Network) -> Iterator[set[str]]:
    """Sets of actors that something connects."""
    for node in network:
        if _is_actor(network, node):
            yield from ({node, other} for other in network.successors(node) if _is_actor(network, other))
        else:
            reported = (target for _, target, name in network.out_edges(node, keys=True) if name == "reports")
            yield _taking_part(network, node).union(*(_taking_part(network, other) for other in reported))


def _taking_part(network: Network, node: str) -> set[str]:
    """The actors that an event or statement names other than as its scene."""
    edges = network.out_edges(node, keys=True)
    return {target for _, target, name in edges if name not in _WHERE and _is_actor(network, target)}


def _is_actor(network: Network, node: str) -> bool:
    return str(network.nodes[node]["family"]) == "actor"


def _betweenness(graph: Projection) -> dict[str, float]:
    sources = _SAMPLE if len(graph) > _SAMPLE else None
    return dict(nx.betweenness_centrality(graph, k=sources, seed=0))


def _pagerank(graph: Projection) -> dict[str, float]:
    """Weighted PageRank by power iteration; networkx's own would need SciPy."""
    count, places = len(graph), {node: place for place, node in enumerate(graph)}
    if not count:
        return {}
    edges = [(places[one], places[other], weight) for one, other, weight in graph.edges(data="weight")]
    ends = np.array([(one, other) for one, other, _ in edges], dtype=np.intp).reshape(-1, 2)
    begin, end = np.concatenate((ends, ends[:, ::-1])).T
    weights = np.tile(np.array([weight for *_, weight in edges], dtype=float), 2)
    strength = np.bincount(begin, weights, count)
    ranks = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        given = ranks[begin] * weights / strength[begin]
        lost = ranks[strength == 0].sum()
        fresh = (1 - _DAMPING + _DAMPING * lost) / count + _DAMPING * np.bincount(end, given, count)
        moved, ranks = np.abs(fresh - ranks).sum(), fresh
        if moved < _TOLERANCE:
            break
    return dict(zip(graph, ranks.tolist(), strict=True))


METHODS: dict[str, Callable[[Projection], dict[str, float]]] = {
    "degree": nx.degree_centrality,
    "betweenness": _betweenness,
    "closeness": nx.closeness_centrality,
    "pagerank": _pagerank,
}


_COLUMNS = ("rank", "actor", "kind", "score", "meets", "mentions", "outlets", "actor_iri")


def answer(store: Store, values: Mapping[str, str], index: Index | None = None) -> tuple[Sequence[str], Iterator[Row]]:
    """Actors by centrality, the most central first, with how many others each meets."""
    found = actors(store, index)
    scores = _scores(found, values["method"])
    best = sorted(scores, key=lambda iri: (-round(scores[iri], 9), found.known[iri][0], iri))
    return _COLUMNS, (_row(found, rank, iri, scores[iri]) for rank, iri in enumerate(best, 1))


def _row(found: Actors, rank: int, iri: str, score: float) -> Row:
    rounded = ox.Literal(f"{score:.4f}", datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal"))
    label, kind = map(ox.Literal, found.known[iri])
    mentions, outlets = found.fame(iri)
    meets = ox.Literal(len(found.met[iri]))
    return ox.Literal(rank), label, kind, rounded, meets, ox.Literal(mentions), ox.Literal(outlets), ox.NamedNode(iri)


_decoded = msgspec.json.decode
