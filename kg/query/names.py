"""From the name that a user types to the resources that bear it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol

import pyoxigraph as ox

from kg.graph.terms import PREFIXES
from kg.ids import fold
from kg.search import Index
from kg.store import Store

_NAMED = "SELECT DISTINCT ?thing ?name { ?thing skos:prefLabel|skos:altLabel ?name }"
_PLACES = """SELECT DISTINCT ?thing {
  VALUES ?thing { %s } ?thing a ?kind FILTER(?kind IN (kg:Place, kg:GeopoliticalEntity)) }"""


class Known(Protocol):
    """Where names are looked up."""

    def named(self, name: str, /) -> Iterable[tuple[str, str]]:
        """(IRI, folded name) of each name that holds the words of `name` one after the other."""

    def near(self, name: str, /) -> list[str]:
        """Folded names among which are misspellings of `name`, sorted."""


class Scan:
    """The names of a store that has no index, read from its labels: quick enough for some hundred documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _bearers(self) -> dict[str, set[str]]:
        """Folded name -> IRIs."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._store.query(_NAMED, prefixes=PREFIXES):
            found[fold(row["name"].value)].add(row["thing"].value)
        return found

    def named(self, name: str) -> Iterator[tuple[str, str]]:
        """(IRI, folded name) of each name that holds the words of `name` one after the other."""
        wanted = f" {fold(name)} "
        for held, iris in self._bearers.items():
            if wanted.strip() and wanted in f" {held} ":
                yield from ((iri, held) for iri in iris)

    def near(self, name: str) -> list[str]:
        """All folded names, sorted."""
        return sorted(self._bearers)


class Names:
    """The names of all actors and places of a store, compared without case, accents and punctuation."""

    def __init__(self, store: Store, index: Index | None = None) -> None:
        self._store = store
        self._known: Known = index or Scan(store)

    def find(self, name: str) -> list[str]:
        """The IRIs of what `name` names, sorted.

        All that bear the very name, and places whose name begins or ends with it: "Kharkiv" is "Kharkiv region"
        too.  Where nothing bears it, all with a name that holds its words: "Lovelace" is "Ada Lovelace".
        """
        wanted = fold(name)
        found = list(self._known.named(name))
        exact = {iri for iri, held in found if held == wanted}
        if not exact:
            return sorted({iri for iri, _ in found})
        begins, ends = f"{wanted} ", f" {wanted}"
        wider = {iri for iri, held in found if held.startswith(begins) or held.endswith(ends)}
        return sorted(exact | self._places(wider - exact))

    def near(self, name: str) -> list[str]:
        """Names spelt like `name`, best first."""
        return get_close_matches(fold(name), self._known.near(name), n=3, cutoff=0.6)

    def labels(self, iris: Iterable[str]) -> list[str]:
        """The name that the graph prefers for each, else its IRI."""
        return [self._label(iri) for iri in iris]

    def _label(self, iri: str) -> str:
        text = "SELECT ?thing ?label { ?thing skos:prefLabel ?label }"
        found = self._store.query(text, {"thing": ox.NamedNode(iri)}, PREFIXES)
        return min((row["label"].value for row in found), default=iri)

    def _places(self, iris: set[str]) -> set[str]:
        terms = " ".join(str(ox.NamedNode(iri)) for iri in sorted(iris))
        return {row["thing"].value for row in self._store.query(_PLACES % terms, prefixes=PREFIXES)} if iris else set()
