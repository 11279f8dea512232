"""What was decided across documents -> the quads of the identity graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from kg.model import (
    Analysis,
    Comparison,
    Entity,
    EntityKind,
    Geo,
    Identity,
    Judgement,
    MentionKind,
    Ref,
    Span,
)

_PLACES = (EntityKind.PLACE, EntityKind.GPE)
_LAT, _LONG, _AS_WKT = URIRef(WGS84 + "lat"), URIRef(WGS84 + "long"), URIRef(GEO + "asWKT")


def canonicals(identity: Identity, minter: Minter) -> Iterator[Triple]:
    """What is known of each real thing beyond any one document; coordinates belong to places alone."""
    atlas = _Atlas(identity)
    named = set(identity.keys.values())
    for key in sorted(identity.entities):
        canonical = identity.entities[key]
        iri = URIRef(minter.canonical(key))
        if key not in named:  # no document says what it is
            yield iri, TYPE, kg("Area")
        yield iri, SKOS.prefLabel, Literal(canonical.label)
        if canonical.country:
            yield iri, kg("countryCode"), Literal(canonical.country)
        for name in canonical.same_as:
            yield _elsewhere(iri, name)
        if canonical.geo is not None and canonical.kind in _PLACES:
            yield from _position(iri, canonical.geo)
            container = atlas.container(canonical.geo)
            if container:
                yield iri, kg("locatedIn"), URIRef(minter.canonical(container))


def stories(identity: Identity, minter: Minter) -> Iterator[Triple]:
    """What is told of in several accounts: the accounts keep their own nodes, who says what staying with them."""
    for key in sorted(identity.stories):
        story, iri = identity.stories[key], URIRef(minter.canonical(key))
        yield iri, TYPE, kg("MergedEvent")
        yield iri, LABEL, Literal(story.label)
        yield iri, kg("eventType"), event_type(story.type)
        if story.date:
            yield iri, kg("date"), calendar(story.date)
    for ref in sorted(identity.keys):
        if identity.keys[ref] in identity.stories:
            account = URIRef(minter.record(ref.document, ref.record))
            yield account, kg("accountOf"), URIRef(minter.canonical(identity.keys[ref]))


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


class _Atlas:
    """The countries and their regions among the batch's places, to say which place lies in which."""

    def __init__(self, identity: Identity) -> None:
        self.keys: dict[tuple[str, str], str] = {}
        for key in sorted(identity.entities):
            geo = identity.entities[key].geo
            if geo is not None and geo.level == "country":
                self.keys.setdefault((geo.country, ""), key)
            elif geo is not None and geo.level == "region" and not geo.region:
                self.keys.setdefault((geo.country, geo.name), key)

    def container(self, geo: Geo) -> str:
        """The key of the smallest known place that `geo` lies in, "" when none is known."""
        if not geo.country or geo.level == "country":
            return ""
        country = self.keys.get((geo.country, ""), "")
        return self.keys.get((geo.country, geo.region), country)


class Evidence:
    """Describes judgements and comparisons, which name records by where they stand in the texts."""

    def __init__(self, analyses: Iterable[Analysis], minter: Minter) -> None:
        self.minter = minter
        self.spans = {
            Ref(analysis.document.id, entity.id): _representative(entity)
            for analysis in analyses
            for entity in analysis.entities
            if entity.mentions
        }

    def _name(self, ref: Ref) -> str:
        """An entity's best mention, since merged records share one node; other records' own IRI."""
        span = self.spans.get(ref)
        if span is None:
            return self.minter.record(ref.document, ref.record)
        return self.minter.span(ref.document, span.begin, span.end)

    def _pair(self, kind: str, left: Ref, right: Ref) -> tuple[URIRef, URIRef, URIRef]:
        """The IRI of a decision over two records, and theirs."""
        names = self._name(left), self._name(right)
        return URIRef(self.minter.pair(kind, *names)), URIRef(names[0]), URIRef(names[1])

    def judgement(self, judgement: Judgement) -> Iterator[Triple]:
        """A decision that two records are, or are not, the same thing."""
        _, left, right = self._pair("judgement", judgement.left, judgement.right)
        iri = URIRef(judgement_iri(self.minter, judgement.left, judgement.right))
        yield iri, TYPE, kg("Judgement")
        yield iri, kg("left"), left
        yield iri, kg("right"), right
        yield iri, kg("decision"), kg(judgement.decision.value)
        yield iri, kg("method"), Literal(judgement.method)
        yield iri, COMMENT, Literal(judgement.evidence)
        if judgement.score is not None:
            yield iri, kg("score"), decimal(judgement.score)

    def comparison(self, comparison: Comparison) -> Iterator[Triple]:
        """Why two statements or events conflict or agree; the plain triple is asserted both ways."""
        outcome, name = ("Conflict", "conflictsWith") if comparison.conflict else ("Agreement", "agreesWith")
        iri, left, right = self._pair(outcome.lower(), comparison.left, comparison.right)
        yield left, kg(name), right
        yield right, kg(name), left
        yield iri, TYPE, kg("Comparison")
        yield iri, LABEL, Literal(outcome.lower())
        yield iri, kg("outcome"), kg(outcome)
        yield iri, kg("left"), left
        yield iri, kg("right"), right
        yield iri, COMMENT, Literal(comparison.reason)


def judgement_iri(minter: Minter, left: Ref, right: Ref) -> str:
    """The IRI of what is decided about two records, from their names alone: it stays when the decision changes."""
    return minter.pair("judgement", *(minter.record(ref.document, ref.record) for ref in (left, right)))


def _representative(entity: Entity) -> Span:
    """The first mention by name, else the first mention."""
    named = (mention.span for mention in entity.mentions if mention.kind is MentionKind.NAME)
    return next(named, entity.mentions[0].span)
