"""The store as the page reads it: values of one property of one resource."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import RDFS

from kg.ids import KG
from kg.store import Store


class Facts:
    """Reads single values out of the store by plain quad patterns: no query is ever put together."""

    def __init__(self, store: Store) -> None:
        self._inner = store.inner

    def values(self, subject: str, predicate: str) -> list[str]:
        """Lexical forms or IRIs of the objects, sorted."""
        quads = self._inner.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return sorted({quad.object.value for quad in quads if not isinstance(quad.object, ox.Triple)})

    def value(self, subject: str, predicate: str) -> str:
        """The first of `values`, "" when there is none."""
        return next(iter(self.values(subject, predicate)), "")

    def named(self, subject: str, predicate: str) -> list[str]:
        """The objects as a reader names them, sorted: literals, names of `kg:` individuals, labels of the rest."""
        quads = self._inner.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        found = {quad.object for quad in quads}
        literals = {term.value for term in found if isinstance(term, ox.Literal)}
        resources = (term.value for term in found if isinstance(term, ox.NamedNode))
        return sorted(literals | {self._name(iri) for iri in resources})

    def _name(self, iri: str) -> str:
        return iri.removeprefix(KG) if iri.startswith(KG) else self.value(iri, str(RDFS.label)) or iri

    def subjects(self, predicate: str, value: str) -> list[str]:
        """IRIs of what has the resource `value` as `predicate`, sorted."""
        quads = self._inner.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), None)
        return sorted({quad.subject.value for quad in quads if not isinstance(quad.subject, ox.Triple)})
