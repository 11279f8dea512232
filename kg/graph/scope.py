"""What the records of one document share: its IRI, the node of each record, and the spans named so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from rdflib import Literal, URIRef

from kg.errors import GraphError
from kg.graph.terms import NIF, TYPE, Triple, integer, kg
from kg.ids import Minter
from kg.model import Analysis, Canonical, Entity, Event, Identity, Ref, Relation, Span, Statement

Told: TypeAlias = Event | Statement | Relation

_BEGIN, _END = URIRef(NIF + "beginIndex"), URIRef(NIF + "endIndex")
_ANCHOR, _CONTEXT = URIRef(NIF + "anchorOf"), URIRef(NIF + "referenceContext")


class Scope:
    """Turns the ids and spans of one Analysis into nodes; refuses those that the document does not have."""

    def __init__(self, analysis: Analysis, identity: Identity, minter: Minter, activity: URIRef) -> None:
        self.document = analysis.document
        self.activity = activity
        self.iri = URIRef(minter.document(self.document.id))
        self.told: tuple[Told, ...] = (*analysis.events, *analysis.statements, *analysis.relations)
        self._minter = minter
        self._identity = identity
        self._labels = {entity.id: entity.label for entity in analysis.entities}
        self._nodes = {e.id: URIRef(minter.canonical(self.canonical(e).key)) for e in analysis.entities}
        self._nodes |= {r.id: URIRef(minter.record(self.document.id, r.id)) for r in self.told}
        self._spans: dict[Span, URIRef] = {}

    def canonical(self, entity: Entity) -> Canonical:
        """What is known of the real thing that `entity` is."""
        key = self._identity.keys.get(Ref(self.document.id, entity.id), "")
        if key not in self._identity.entities:
            raise GraphError(f"{self.document.id}: {entity.id} has no identity; resolve the batch first")
        return self._identity.entities[key]

    def node(self, record: str, wanted_by: str) -> URIRef:
        """The IRI of the record with that id, which the record `wanted_by` names."""
        if record not in self._nodes:
            raise GraphError(f"{self.document.id}: {wanted_by} names {record!r}, which is not in the document")
        return self._nodes[record]

    def label(self, entity: str, otherwise: str = "") -> str:
        """The label of an entity of the document."""
        return self._labels.get(entity, otherwise)

    def text(self, span: Span) -> str:
        """The characters of `span`."""
        return span.of(self.document.text)

    def span(self, span: Span) -> URIRef:
        """The IRI of `span`, which `spans` will describe."""
        iri = self._spans.get(span)
        if iri is None:
            if not 0 <= span.begin < span.end <= len(self.document.text):
                raise GraphError(f"{self.document.id}: [{span.begin}, {span.end}) is no stretch of the text")
            iri = URIRef(self._minter.span(self.document.id, span.begin, span.end))
            self._spans[span] = iri
        return iri

    def graph(self, name: str) -> URIRef:
        """The IRI of the document's named graph: source, narrative or claims."""
        return URIRef(self._minter.graph(self.document.id, name))

    def spans(self) -> Iterator[Triple]:
        """The description of every span named so far, in text order."""
        kind = kg("Span")
        for span, iri in sorted(self._spans.items()):
            yield iri, TYPE, kind
            yield iri, _BEGIN, integer(span.begin)
            yield iri, _END, integer(span.end)
            yield iri, _ANCHOR, Literal(self.text(span))
            yield iri, _CONTEXT, self.iri
