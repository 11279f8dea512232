"""Turtle and TriG for people to read: a block for each subject, its class first, names shortened.

rdflib's own writer takes far longer, and pyoxigraph's neither sorts nor breaks lines between values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

import pyoxigraph as ox

from kg.graph.terms import PREFIXES

_XSD = PREFIXES["xsd"]
_FIRST = {
    f"{PREFIXES['rdf']}type": 0,
    f"{PREFIXES['skos']}prefLabel": 1,
    f"{PREFIXES['rdfs']}label": 1,
    f"{PREFIXES['skos']}altLabel": 2,
}
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")  # the plain part of what Turtle allows
_RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)*(?:#[A-Za-z0-9_=,-]+)?")
_BARE = {
    f"{_XSD}integer": re.compile(r"-?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"-?[0-9]+\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
_DIGITS = re.compile(r"([0-9]{1,18})")

Object: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
SortKey: TypeAlias = tuple[tuple[str | int, ...], str]


class Writer:
    """Writes triples as Turtle; IRIs under `base` are shortened against it where it is given."""

    def __init__(self, base: str = "") -> None:
        self.base = base
        self.term = lru_cache(maxsize=65_536)(self._term)

    def head(self) -> str:
        """The declarations that everything else needs."""
        lines = [f"@base <{self.base}> ."] if self.base else []
        lines += [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in sorted(PREFIXES.items())]
        return "".join(f"{line}\n" for line in lines)

    def blocks(self, triples: Iterable[ox.Triple], indent: str = "") -> Iterator[str]:
        """A block for each subject, by IRI; numbers in IRIs count as numbers, so spans follow the text."""
        held: dict[ox.NamedNode | ox.BlankNode | ox.Triple, dict[str, set[Object]]] = {}
        for triple in triples:
            held.setdefault(triple.subject, {}).setdefault(triple.predicate.value, set()).add(triple.object)
        for subject in sorted(held, key=lambda term: natural(str(term).rstrip(">"))):
            predicates = sorted(held[subject], key=lambda name: (_FIRST.get(name, 3), name))
            lines = [f"{self._verb(name)} {self._objects(held[subject][name], indent)}" for name in predicates]
            joined = f" ;\n{indent}    ".join(lines)
            yield f"\n{indent}{self.term(subject)} {joined} .\n"

    def _verb(self, predicate: str) -> str:
        return "a" if predicate == f"{PREFIXES['rdf']}type" else self.term(ox.NamedNode(predicate))

    def _objects(self, objects: set[Object], indent: str) -> str:
        ordered = sorted(objects, key=lambda term: natural(str(term))) if len(objects) > 1 else objects
        return f",\n{indent}        ".join(map(self.term, ordered))

    def _term(self, term: Object) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if isinstance(term, ox.Literal) and not term.language:
            kind = term.datatype.value
            if kind in _BARE and _BARE[kind].fullmatch(term.value):
                return term.value
            return str(term) if kind == f"{_XSD}string" else f"{ox.Literal(term.value)}^^{self._iri(kind)}"
        return str(term)

    def _iri(self, iri: str) -> str:
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        rest = iri.removeprefix(self.base)
        return f"<{rest}>" if self.base and rest != iri and _RELATIVE.fullmatch(rest) else f"<{iri}>"


def natural(text: str) -> SortKey:
    """A key that sorts digits by their value: "x=9" before "x=10"; two texts have one key only if equal."""
    parts = _DIGITS.split(text)
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), text
