"""One document's records -> the quads of its three named graphs."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import PROV, SKOS, Literal, URIRef

from kg.errors import GraphError
from kg.graph.scope import Scope
from kg.graph.terms import (
    DERIVED,
    GENERATED,
    LABEL,
    NIF,
    TYPE,
    Quad,
    Triple,
    any_uri,
    calendar,
    in_graph,
    kg,
    schema,
)
from kg.graph.told import event_triples, relation_triples, statement_triples
from kg.model import Analysis, Document, Entity

_IS_STRING = URIRef(NIF + "isString")


def describe(scope: Scope, analysis: Analysis) -> Iterator[Quad]:
    """All quads of the document; the spans come last because the other records name them."""
    source, narrative, claims = (scope.graph(name) for name in ("source", "narrative", "claims"))
    reports = _reports(scope, analysis)
    for event in analysis.events:
        yield from in_graph(narrative if event.narrated else claims, event_triples(scope, event))
    for statement in analysis.statements:
        graph = claims if statement.within else narrative
        yield from in_graph(graph, statement_triples(scope, statement, reports[statement.id]))
    for relation in analysis.relations:
        yield from in_graph(narrative if relation.narrated else claims, relation_triples(scope, relation))
    yield from in_graph(source, _document(scope))
    for entity in analysis.entities:
        yield from in_graph(source, _entity(scope, entity))
    yield from in_graph(source, scope.spans())


def _reports(scope: Scope, analysis: Analysis) -> dict[str, dict[str, None]]:
    """What each statement reports, whichever side recorded it, each once and in a fixed order."""
    found = {statement.id: dict.fromkeys(statement.reports) for statement in analysis.statements}
    for record in scope.told:
        for outer in record.within:
            if outer not in found:
                raise GraphError(f"{scope.document.id}: {record.id} is within {outer!r}, which is no statement there")
            found[outer][record.id] = None
    return found


def _document(scope: Scope) -> Iterator[Triple]:
    document, iri = scope.document, scope.iri
    yield iri, TYPE, kg("Document")
    yield iri, LABEL, Literal(document.title or document.name or document.id)
    for name, value in _metadata(document):
        yield iri, schema(name), Literal(value)
    if document.date:
        yield iri, schema("datePublished"), calendar(document.date)
    if document.url:
        yield iri, schema("url"), any_uri(document.url)
    yield iri, _IS_STRING, Literal(document.text)
    yield iri, GENERATED, scope.activity
    yield scope.activity, PROV.used, iri
    for section in document.sections:
        span = scope.span(section.span)
        yield iri, kg("section"), span
        yield span, TYPE, kg("Section")
        yield span, kg("sectionKind"), kg(section.kind.value.capitalize())


def _metadata(document: Document) -> Iterator[tuple[str, str]]:
    """(schema.org property, value) of what is known of the document in words."""
    values = {
        "identifier": document.id,
        "headline": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "dateline": document.place,
        "inLanguage": document.language,
    }
    return ((name, value) for name, value in values.items() if value)


def _entity(scope: Scope, entity: Entity) -> Iterator[Triple]:
    """What this document says of an actor or place; its canonical name stands in the identity graph."""
    iri, canonical = scope.node(entity.id, entity.id), scope.canonical(entity)
    yield iri, TYPE, kg(canonical.kind.value)
    yield iri, DERIVED, scope.iri
    yield iri, GENERATED, scope.activity
    for alias in dict.fromkeys((entity.label, *entity.aliases)):
        if alias != canonical.label:
            yield iri, SKOS.altLabel, Literal(alias)
    for mention in entity.mentions:
        span = scope.span(mention.span)
        yield iri, kg("mention"), span
        yield span, kg("mentionKind"), kg(mention.kind.value)
        yield span, kg("headSpan"), scope.span(mention.head)
