"""The RDF terms: namespaces, names in them and literals, each in the canonical form of its datatype.

Canonical forms matter because stores rewrite others: what was written would not be what is read back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeAlias

from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef

from kg.errors import GraphError
from kg.ids import KG, KGT, check_iri

Term: TypeAlias = URIRef | Literal
Triple: TypeAlias = tuple[URIRef, URIRef, Term]
Quad: TypeAlias = tuple[URIRef, URIRef, Term, URIRef]

SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
GEO = "http://www.opengis.net/ont/geosparql#"
WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
GEONAMES = "https://sws.geonames.org/"

PREFIXES: dict[str, str] = {
    "kg": KG,
    "kgt": KGT,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "prov": str(PROV),
    "schema": SCHEMA,
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "nif": NIF,
    "time": "http://www.w3.org/2006/time#",
    "geo": GEO,
    "wgs84_pos": WGS84,
    "dcterms": "http://purl.org/dc/terms/",
}

# Bound once: looking a term up in its namespace costs more than building a quad.
TYPE, LABEL, COMMENT = RDF.type, RDFS.label, RDFS.comment
DERIVED, GENERATED = PROV.wasDerivedFrom, PROV.wasGeneratedBy

_CALENDAR = {10: XSD.date, 7: XSD.gYearMonth, 4: XSD.gYear}  # by the length of the ISO form
_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_INTEGER, _DECIMAL, _ANY_URI, _WKT = XSD.integer, XSD.decimal, XSD.anyURI, URIRef(GEO + "wktLiteral")


@cache
def kg(name: str) -> URIRef:
    """The term `name` of the project's own vocabulary."""
    return URIRef(check_iri(KG + name))


@cache
def event_type(notation: str) -> URIRef:
    """The concept `notation` of the event type scheme."""
    return URIRef(check_iri(KGT + notation))


@cache
def schema(name: str) -> URIRef:
    """A schema.org term."""
    return URIRef(SCHEMA + name)


@lru_cache(maxsize=65_536)
def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER, normalize=False)


def decimal(value: float) -> Literal:
    """An xsd:decimal without trailing zeros: "49.98", "50"."""
    if not math.isfinite(value):
        raise GraphError(f"{value!r} is not a number that a graph can hold")
    return Literal(format(Decimal(repr(float(value))).normalize(), "f"), datatype=_DECIMAL, normalize=False)


def number(value: float) -> Literal:
    """An xsd:integer where `value` is whole, else an xsd:decimal."""
    return integer(int(value)) if math.isfinite(value) and value == int(value) else decimal(value)


@lru_cache(maxsize=4_096)
def calendar(value: str) -> Literal:
    """An ISO day, month or year as xsd:date, xsd:gYearMonth or xsd:gYear."""
    if not _ISO.fullmatch(value) or not _exists(value):
        raise GraphError(f"{value!r} is not an ISO day, month or year")
    return Literal(value, datatype=_CALENDAR[len(value)], normalize=False)


def _exists(value: str) -> bool:
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def any_uri(value: str) -> Literal:
    """A web address as the source gave it: a literal, since it may not be a valid IRI."""
    return Literal(value, datatype=_ANY_URI, normalize=False)


def point(lat: float, lon: float) -> Literal:
    """A geo:wktLiteral; WKT has the longitude first."""
    return Literal(f"POINT({decimal(lon)} {decimal(lat)})", datatype=_WKT, normalize=False)


def in_graph(graph: URIRef, triples: Iterable[Triple]) -> Iterator[Quad]:
    """`triples` as quads of `graph`."""
    for subject, predicate, value in triples:
        yield subject, predicate, value, graph
