"""A change in requests that any server takes, each of a size that it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TypeVar

import pyoxigraph as ox

from kg.store import Pattern

T = TypeVar("T")

TRIPLES = 500  # Virtuoso compiles an update into lines of SQL, of which it takes 10,000
SUBJECTS = 100


def deletions(patterns: Iterable[Pattern]) -> Iterator[str]:
    """Updates that delete what these patterns name, many at a time."""
    for (graph, *bound), alike in groupby(sorted(patterns, key=_shape), _shape):
        names = [name for name, is_bound in zip("spo", (True, *bound), strict=True) if is_bound]
        for chunk in chunks(alike, SUBJECTS):
            rows = " ".join(f"({' '.join(str(term) for term in pattern[1:] if term)})" for pattern in chunk)
            known = " ".join(f"?{name}" for name in names)
            yield (
                f"DELETE {{ GRAPH {graph} {{ ?s ?p ?o }} }} "
                f"WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} VALUES ({known}) {{ {rows} }} }}"
            )


def _shape(pattern: Pattern) -> tuple[str, bool, bool]:
    return str(pattern.graph), pattern.predicate is not None, pattern.object is not None


def insertions(graph: str, triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Updates that add triples to a graph."""
    for chunk in chunks(triples, TRIPLES):
        lines = "\n".join(f"{triple} ." for triple in chunk)
        yield f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{lines}\n}} }}"


def drop(graph: str) -> str:
    """The update that takes a whole graph away."""
    return f"DROP SILENT GRAPH {ox.NamedNode(graph)}"


def by_graph(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Triple]]:
    """The triples of each named graph."""
    found: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return found


def n_triples(triples: Iterable[ox.Triple]) -> bytes:
    """Triples as the Graph Store Protocol sends them."""
    return bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size` items."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
