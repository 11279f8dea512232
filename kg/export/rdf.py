"""RDF formats: Turtle of all graphs merged; TriG, N-Quads and JSON-LD with each graph by its name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.export.turtle import Writer
from kg.graph.terms import PREFIXES
from kg.store import Store

_IDENTITY = "identity"


def base_of(store: Store) -> str:
    """The base under which the graph's IRIs were minted, told by the identity graph; "" when it has none."""
    found = [graph.removesuffix(_IDENTITY) for graph in store.graphs if graph.endswith(f"/{_IDENTITY}")]
    return found[0] if len(found) == 1 else ""


class Turtle:
    """All graphs merged into one."""

    def write(self, store: Store, path: Path) -> None:
        """Write `store` as Turtle."""
        writer = Writer(base_of(store))
        _write(path, (writer.head(), *writer.blocks(quad.triple for quad in store.quads())))


class TriG:
    """One block for each named graph, in the order of their names."""

    def write(self, store: Store, path: Path) -> None:
        """Write `store` as TriG."""
        writer = Writer(base_of(store))
        _write(path, self._parts(store, writer))

    def _parts(self, store: Store, writer: Writer) -> Iterator[str]:
        yield writer.head()
        yield from writer.blocks(_unnamed(store))
        for graph in store.graphs:
            yield f"\n{writer.term(ox.NamedNode(graph))} {{\n"
            yield from writer.blocks((quad.triple for quad in store.quads(graph)), "    ")
            yield "}\n"


class NQuads:
    """One quad a line, sorted."""

    def write(self, store: Store, path: Path) -> None:
        """Write `store` as N-Quads."""
        _write(path, (f"{line} .\n" for line in sorted(map(str, store.quads()))))


class JsonLd:
    """Compact JSON-LD: the prefixes as context, a node object for each subject of each graph."""

    def write(self, store: Store, path: Path) -> None:
        """Write `store` as JSON-LD."""
        content = {"@context": dict(sorted(PREFIXES.items())), "@graph": [*self._graphs(store)]}
        _write(path, [json.dumps(content, ensure_ascii=False, indent=1), "\n"])

    def _graphs(self, store: Store) -> Iterator[dict[str, Any]]:
        yield from _nodes(_unnamed(store))
        for graph in store.graphs:
            yield {"@id": graph, "@graph": _nodes(quad.triple for quad in store.quads(graph))}


def _unnamed(store: Store) -> Iterator[ox.Triple]:
    """The triples that stand in no named graph."""
    return (quad.triple for quad in store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def _nodes(triples: Iterable[ox.Triple]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for triple in sorted(triples, key=str):
        name = _id(triple.subject)
        node = nodes.setdefault(name, {"@id": name})
        if triple.predicate.value == f"{PREFIXES['rdf']}type":
            node.setdefault("@type", []).append(_short(triple.object.value))  # type: ignore[union-attr]
        else:
            node.setdefault(_short(triple.predicate.value), []).append(_value(triple.object))
    return [{name: _single(held) for name, held in node.items()} for node in nodes.values()]


def _single(held: Any) -> Any:
    return held[0] if isinstance(held, list) and len(held) == 1 else held


def _value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == f"{PREFIXES['xsd']}string":
        return term.value
    return {"@value": term.value, "@type": _short(term.datatype.value)}


def _id(term: Any) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _short(iri: str) -> str:
    """A class, property or datatype as prefix:name."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").isalnum():
            return f"{prefix}:{local}"
    return iri


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
