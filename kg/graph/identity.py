"""What was decided across documents -> the triples of the identity graph, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import SKOS, Literal, URIRef

from kg.errors import InvalidIri
from kg.graph.terms import (
    COMMENT,
    GEO,
    GEONAMES,
    LABEL,
    TYPE,
    WGS84,
    Triple,
    calendar,
    decimal,
    event_type,
    kg,
    point,
    schema,
)
from kg.ids import Minter, check_iri
from kg.model import Canonical, Comparison, EntityKind, Geo, Judgement, Ref, Span, Story

_PLACES = (EntityKind.PLACE, EntityKind.GPE)
_LAT, _LONG, _AS_WKT = URIRef(WGS84 + "lat"), URIRef(WGS84 + "long"), URIRef(GEO + "asWKT")
_OUTCOMES = {True: ("Conflict", "conflictsWith"), False: ("Agreement", "agreesWith")}


def canonical_triples(canonical: Canonical, minter: Minter) -> Iterator[Triple]:
    """What is known of one real thing beyond any one document; coordinates belong to places alone."""
    iri = URIRef(minter.canonical(canonical.key))
    if not canonical.mentioned:  # no document says what it is
        yield iri, TYPE, kg("Area")
    yield iri, SKOS.prefLabel, Literal(canonical.label)
    if canonical.country:
        yield iri, kg("countryCode"), Literal(canonical.country)
    for name in canonical.same_as:
        yield _elsewhere(iri, name)
    if canonical.geo is not None and canonical.kind in _PLACES:
        yield from _position(iri, canonical.geo)
        if canonical.within:
            yield iri, kg("locatedIn"), URIRef(minter.canonical(canonical.within))


def _elsewhere(iri: URIRef, name: str) -> Triple:
    """What a user's knowledge base calls it: an IRI, or an identifier that is none."""
    try:
        return iri, SKOS.exactMatch, URIRef(check_iri(name))
    except InvalidIri:
        return iri, schema("identifier"), Literal(name)


def _position(iri: URIRef, geo: Geo) -> Iterator[Triple]:
    yield iri, _LAT, decimal(geo.lat)
    yield iri, _LONG, decimal(geo.lon)
    yield iri, _AS_WKT, point(geo.lat, geo.lon)
    if geo.id:
        yield iri, SKOS.exactMatch, URIRef(f"{GEONAMES}{geo.id}/")


def story_triples(story: Story, minter: Minter) -> Iterator[Triple]:
    """What is told of in several accounts: the accounts keep their own nodes, who says what staying with them."""
    iri = URIRef(minter.canonical(story.key))
    yield iri, TYPE, kg("MergedEvent")
    yield iri, LABEL, Literal(story.label)
    yield iri, kg("eventType"), event_type(story.type)
    if story.date:
        yield iri, kg("date"), calendar(story.date)


def account_triple(ref: Ref, story: str, minter: Minter) -> Triple:
    """That one event is an account of what the story with that key tells of."""
    account = URIRef(minter.record(ref.document, ref.record))
    return account, kg("accountOf"), URIRef(minter.canonical(story))


def judgement_triples(judgement: Judgement, minter: Minter) -> Iterator[Triple]:
    """A decision that two records are, or are not, the same thing.

    Entities are named by where they stand in the texts, since merged records share one node; events by their own IRIs.
    """
    iri = URIRef(judgement_iri(minter, judgement.left, judgement.right))
    yield iri, TYPE, kg("Judgement")
    yield iri, kg("left"), _named(judgement.left, judgement.left_span, minter)
    yield iri, kg("right"), _named(judgement.right, judgement.right_span, minter)
    yield iri, kg("decision"), kg(judgement.decision.value)
    yield iri, kg("method"), Literal(judgement.method)
    yield iri, COMMENT, Literal(judgement.evidence)
    if judgement.score is not None:
        yield iri, kg("score"), decimal(judgement.score)


def _named(ref: Ref, span: Span | None, minter: Minter) -> URIRef:
    if span is None:
        return URIRef(minter.record(ref.document, ref.record))
    return URIRef(minter.span(ref.document, span.begin, span.end))


def comparison_triples(comparison: Comparison, minter: Minter) -> Iterator[Triple]:
    """Why two statements or events conflict or agree; the plain triple is asserted both ways."""
    outcome, name = _OUTCOMES[comparison.conflict]
    left, right = (URIRef(minter.record(r.document, r.record)) for r in (comparison.left, comparison.right))
    iri = URIRef(comparison_iri(minter, comparison.left, comparison.right, comparison.conflict))
    yield left, kg(name), right
    yield right, kg(name), left
    yield iri, TYPE, kg("Comparison")
    yield iri, LABEL, Literal(outcome.lower())
    yield iri, kg("outcome"), kg(outcome)
    yield iri, kg("left"), left
    yield iri, kg("right"), right
    yield iri, COMMENT, Literal(comparison.reason)


def comparison_iri(minter: Minter, left: Ref, right: Ref, conflict: bool) -> str:
    """The IRI of the conflict or agreement of two records."""
    names = (minter.record(ref.document, ref.record) for ref in (left, right))
    return minter.pair(_OUTCOMES[conflict][0].lower(), *names)


def judgement_iri(minter: Minter, left: Ref, right: Ref) -> str:
    """The IRI of what is decided about two records, from their names alone: it stays when the decision changes."""
    return minter.pair("judgement", *(minter.record(ref.document, ref.record) for ref in (left, right)))
