"""Events, statements and relations -> triples; which named graph they go into is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import RDF, Literal, URIRef

from kg.graph.scope import Scope
from kg.graph.terms import DERIVED, GENERATED, LABEL, TYPE, Term, Triple, calendar, event_type, kg, number, schema
from kg.ids import check_iri
from kg.model import Event, Modality, Polarity, Quantity, Relation, Role, RoleName, Statement, Time

_EXCERPT = 80  # characters of a statement's words that its label shows


def event_triples(scope: Scope, event: Event) -> Iterator[Triple]:
    """An event, or a claimed one, with its roles and quantities."""
    iri, sentence = scope.node(event.id, event.id), scope.span(event.sentence)
    yield iri, TYPE, kg("Event" if event.narrated else "ClaimedEvent")
    yield iri, LABEL, Literal(event.label)
    yield iri, kg("eventType"), event_type(event.type)
    yield iri, kg("polarity"), kg(event.polarity.value)
    yield iri, kg("modality"), kg(event.modality.value)
    for trigger in event.triggers:
        yield iri, kg("trigger"), scope.span(trigger)
        yield iri, kg("mention"), scope.span(trigger)
    yield iri, kg("sentence"), sentence
    yield iri, DERIVED, sentence
    yield iri, GENERATED, scope.activity
    yield from _time(scope, iri, event.time)
    yield from _participations(scope, iri, event)
    for quantity in event.quantities:
        yield from _quantity(scope, iri, event, quantity)


def statement_triples(scope: Scope, statement: Statement, reports: Iterable[str]) -> Iterator[Triple]:
    """A statement that reports the records with the ids `reports`."""
    iri = scope.node(statement.id, statement.id)
    yield iri, TYPE, kg("Statement")
    yield iri, LABEL, Literal(_words(scope, statement))
    yield iri, kg("quotation"), kg(statement.quotation.value)
    yield iri, kg("stance"), kg(statement.stance.value)
    yield iri, kg("polarity"), kg(statement.polarity.value)
    for name, spans in (("contentSpan", statement.content), ("cueSpan", statement.cue)):
        for span in spans:
            yield iri, kg(name), scope.span(span)
            yield iri, DERIVED, scope.span(span)
    if statement.speaker_span is not None:
        yield iri, kg("speakerSpan"), scope.span(statement.speaker_span)
    for name, entity in (("speaker", statement.speaker), ("addressee", statement.addressee)):
        if entity:
            yield iri, kg(name), scope.node(entity, statement.id)
    if statement.medium:
        yield iri, kg("medium"), Literal(statement.medium)
    for reported in reports:
        yield iri, kg("reports"), scope.node(reported, statement.id)
    yield iri, GENERATED, scope.activity
    yield from _time(scope, iri, statement.time)


def relation_triples(scope: Scope, relation: Relation) -> Iterator[Triple]:
    """A lasting relation; its plain triple only where the publisher tells that it holds."""
    iri, predicate = scope.node(relation.id, relation.id), kg(relation.predicate)
    subject = scope.node(relation.subject, relation.id)
    value: Term = Literal(relation.literal)
    if relation.object:
        value = scope.node(relation.object, relation.id)
    if relation.holds:
        yield subject, predicate, value
    shown = f"{relation.literal or scope.label(relation.object)}{_proviso(relation)}"
    yield iri, TYPE, kg("Relation")
    yield iri, LABEL, Literal(f"{scope.label(relation.subject)} {_spaced(relation.predicate)} {shown}")
    yield iri, RDF.subject, subject
    yield iri, RDF.predicate, predicate
    yield iri, RDF.object, value
    yield iri, DERIVED, scope.span(relation.evidence)
    yield iri, GENERATED, scope.activity
    yield from _circumstances(scope, iri, relation)


def _circumstances(scope: Scope, iri: URIRef, relation: Relation) -> Iterator[Triple]:
    """When a relation began and ended, and what keeps it from holding: said only where it is not as usual."""
    if relation.polarity is not Polarity.AFFIRMED:
        yield iri, kg("polarity"), kg(relation.polarity.value)
    if relation.modality is not Modality.ACTUAL:
        yield iri, kg("modality"), kg(relation.modality.value)
    if relation.ended:
        yield iri, kg("ended"), Literal(True)
    for name, day in (("dateStart", relation.start), ("dateEnd", relation.end)):
        if day:
            yield iri, kg(name), calendar(day)
    for name, event in (("startedBy", relation.started_by), ("endedBy", relation.ended_by)):
        if event:
            yield iri, kg(name), scope.node(event, relation.id)


def _proviso(relation: Relation) -> str:
    """What a reader of the label must know: " (ended)", " (negated, possible)"."""
    marks = ["negated"] if relation.polarity is Polarity.NEGATED else []
    marks += [relation.modality.value.lower()] if relation.modality is not Modality.ACTUAL else []
    marks += ["ended"] if relation.ended else []
    return f" ({', '.join(marks)})" if marks else ""


def _participations(scope: Scope, event_iri: URIRef, event: Event) -> Iterator[Triple]:
    """The plain role triples and, for each, a node that holds its evidence."""
    fillings: dict[tuple[RoleName, str], list[Role]] = {}
    for role in event.roles:
        fillings.setdefault((role.role, role.filler), []).append(role)
    for (name, filler), roles in fillings.items():
        part = URIRef(check_iri(f"{event_iri}/{name.value}/{filler}"))
        node = scope.node(filler, event.id)
        yield event_iri, kg(name.value), node
        yield part, TYPE, kg("Participation")
        yield part, kg("inEvent"), event_iri
        yield part, kg("roleProperty"), kg(name.value)
        yield part, kg("filler"), node
        for role in roles:
            yield part, kg("basis"), Literal(role.basis)
            yield part, DERIVED, scope.span(role.span)


def _quantity(scope: Scope, event_iri: URIRef, event: Event, quantity: Quantity) -> Iterator[Triple]:
    span = quantity.span
    iri = URIRef(f"{event_iri}/quantity/{span.begin}-{span.end}")
    yield event_iri, kg("quantity"), iri
    yield iri, TYPE, kg("Quantity")
    yield iri, LABEL, Literal(scope.text(span))
    yield iri, DERIVED, scope.span(span)
    bounds = {"value": quantity.value, "minValue": quantity.minimum, "maxValue": quantity.maximum}
    for name, value in bounds.items():
        if value is not None:
            yield iri, schema(name), number(value)
    if quantity.unit:
        yield iri, schema("unitText"), Literal(quantity.unit)
    if quantity.counts:
        yield iri, kg("counts"), Literal(quantity.counts)
    if quantity.role is not None and quantity.filler:
        yield iri, kg("quantityRole"), kg(quantity.role.value)
        yield iri, kg("quantityOf"), scope.node(quantity.filler, event.id)


def _time(scope: Scope, iri: URIRef, time: Time | None) -> Iterator[Triple]:
    if time is None:
        return
    for name, value in (("date", time.value), ("dateStart", time.start), ("dateEnd", time.end)):
        if value:
            yield iri, kg(name), calendar(value)
    if time.span is not None:
        yield iri, kg("timeSpan"), scope.span(time.span)


def _spaced(name: str) -> str:
    """A property's name in words: "basedIn" -> "based in"."""
    return re.sub("[A-Z]", lambda capital: f" {capital[0].lower()}", name)


def _words(scope: Scope, statement: Statement) -> str:
    """The speaker and the start of what is said, on one line."""
    said = " ".join(" … ".join(scope.text(span) for span in statement.content).split())
    short = said if len(said) <= _EXCERPT else said[: _EXCERPT - 1].rstrip() + "…"
    return f"{scope.label(statement.speaker, 'unnamed source')}: {short}"
