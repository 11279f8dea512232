"""Is a graph sound?  SHACL shapes and a few checks beyond SHACL, each finding explained in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec
import pyoxigraph as ox
from rdflib import Dataset, Graph

from kg.errors import KgError, VocabularyError
from kg.graph import PREFIXES
from kg.ontology import ontology_dir
from kg.store import RdflibQuad, Store, from_rdflib
from kg.validate.checks import beyond_shacl
from kg.validate.engines import ENGINES, Result

__all__ = ["ENGINES", "Finding", "Report", "validate"]

_SHOWN = 60  # characters of a label or value that a sentence shows
_FOUND = {"MinCountConstraintComponent": "none found", "MaxCountConstraintComponent": "several found"}
_LABEL = "SELECT ?node ?label WHERE { ?node rdfs:label|skos:prefLabel|nif:anchorOf ?label } ORDER BY ?label LIMIT 1"


class Finding(msgspec.Struct, frozen=True, order=True):
    """One breach: the node at fault, the property and value where there are any, and the shape broken.

    ``message`` is a whole sentence.  ``path`` is the IRI of a property, after "^" where it is followed
    backwards; the strings are "" where they do not apply.
    """

    focus: str
    path: str
    value: str
    message: str
    shape: str

    def __str__(self) -> str:
        return self.message


class Report(msgspec.Struct, frozen=True):
    """All findings, sorted; none means that the graph conforms."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def validate(source: Path | str | Store | Graph, engine: str = "shacl") -> Report:
    """Check a graph: a file, a store, or an rdflib Graph or Dataset.

    `engine` is a key of `ENGINES`.  What stands in named graphs is also checked for standing in the right one.
    Raises `GraphError` when a file cannot be read.
    """
    if engine not in ENGINES:
        raise KgError(f"unknown engine {engine!r}: choose one of {', '.join(ENGINES)}")
    store = _store(source)
    results = chain(ENGINES[engine](_triples(store) + _background(ontology_dir())), beyond_shacl(store))
    return Report(tuple(sorted({_explained(result, store) for result in results})))


def _store(source: Path | str | Store | Graph) -> Store:
    if isinstance(source, Store):
        return source
    if isinstance(source, Graph):
        return Store.memory(from_rdflib(_rdflib_quads(source)))
    store = Store.memory()
    store.load(source)
    return store


def _rdflib_quads(graph: Graph) -> Iterator[RdflibQuad]:
    if isinstance(graph, Dataset):
        yield from graph.quads((None, None, None, None))
    else:
        yield from ((*triple, None) for triple in graph)


def _triples(store: Store) -> str:
    """All graphs as one, in N-Triples: what SHACL engines take."""
    merged = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return bytes(merged.serialize(format=ox.RdfFormat.N_TRIPLES)).decode()


@cache
def _background(folder: Path) -> str:
    """The ontology and the event types in N-Triples: what is a kind of what."""
    triples = (triple for name in ("kg.ttl", "types.ttl") for triple in _parsed(folder / name))
    return bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _parsed(path: Path) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except (OSError, SyntaxError) as error:
        raise VocabularyError(f"{path}: cannot be read as Turtle: {error}") from error


def _explained(result: Result, store: Store) -> Finding:
    """The finding as a sentence: who is at fault, what must hold, what was found instead."""
    found = _FOUND.get(result.component, "")
    if result.value:
        found = f"found {_shown(_short(result.value))}"
    sentence = f"{_called(result.focus, store)} {result.words}" + (f"; {found}" if found else "")
    return Finding(result.focus, result.path, result.value, sentence, result.shape)


def _called(node: str, store: Store) -> str:
    """The node's IRI, with its label where it has one."""
    if node.startswith("_:"):
        return "A blank node"
    if node.startswith('"'):
        return f"The literal {_shown(node)}"
    for row in store.query(_LABEL, {"node": ox.NamedNode(node)}, PREFIXES):
        return f"“{_shown(row[1].value)}” <{node}>"
    return f"<{node}>"


def _shown(text: str) -> str:
    """`text` on one line, cut, without characters that a terminal would act on."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _short(iri: str) -> str:
    """The CURIE of an IRI in a known namespace, else the text as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri[len(namespace) :].isidentifier():
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
