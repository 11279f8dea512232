"""Who is well connected: networkx measures over the actors of the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

import networkx as nx
import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.terms import PREFIXES
from kg.network import Network, network
from kg.query.result import Result, Row
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
    count = len(graph)
    strength = dict(graph.degree(weight="weight"))
    ranks = dict.fromkeys(graph, 1 / count) if count else {}
    for _ in range(_ROUNDS):
        lost = sum(ranks[node] for node in graph if not strength[node])
        base = (1 - _DAMPING + _DAMPING * lost) / count if count else 0.0
        fresh = {
            node: base
            + _DAMPING * sum(ranks[near] * edge["weight"] / strength[near] for near, edge in graph[node].items())
            for node in graph
        }
        moved = sum(abs(fresh[node] - ranks[node]) for node in graph)
        ranks = fresh
        if moved < _TOLERANCE:
            break
    return ranks


METHODS: dict[str, Callable[[Projection], dict[str, float]]] = {
    "degree": nx.degree_centrality,
    "betweenness": _betweenness,
    "closeness": nx.closeness_centrality,
    "pagerank": _pagerank,
}


_COLUMNS = ("rank", "actor", "kind", "score", "meets", "mentions", "outlets", "actor_iri")


def answer(store: Store, values: Mapping[str, str]) -> Result:
    """Actors by centrality, the most central first, with how many others each meets."""
    whole = network(store)
    scores, near = centrality(whole, values["method"]), projection(whole)
    best = sorted(scores, key=lambda iri: (-round(scores[iri], 9), whole.nodes[iri]["label"], iri))
    rows = tuple(_row(whole, rank, iri, scores[iri], near.degree[iri]) for rank, iri in enumerate(best, 1))
    return Result(columns=_COLUMNS, rows=rows, notes=(f"method: {values['method']}",))


def _row(whole: Network, rank: int, iri: str, score: float, meets: int) -> Row:
    of = whole.nodes[iri]
    rounded = ox.Literal(f"{score:.4f}", datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal"))
    label, kind, outlets = (ox.Literal(str(of[name])) for name in ("label", "kind", "outlets"))
    return (
        ox.Literal(rank),
        label,
        kind,
        rounded,
        ox.Literal(meets),
        ox.Literal(of["mentions"]),
        outlets,
        ox.NamedNode(iri),
    )
