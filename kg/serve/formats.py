"""Which form an answer takes: media types that clients ask for, as those that the store writes."""

from __future__ import annotations

from typing import TypeVar

import pyoxigraph as ox

Form = TypeVar("Form")

_RESULTS: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/javascript": ox.QueryResultsFormat.JSON,
    "application/javascript": ox.QueryResultsFormat.JSON,
}
_GRAPHS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
}
OFFERED = (
    "SELECT and ASK are answered in SPARQL JSON, XML, CSV or TSV, "
    "CONSTRUCT and DESCRIBE in Turtle, N-Triples, RDF/XML or JSON-LD"
)
# Short names that clients give in the address: ?format=csv.
SHORT: dict[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "turtle": ("text/turtle",),
    "ttl": ("text/turtle",),
    "nt": ("application/n-triples",),
    "n-triples": ("application/n-triples",),
    "rdf+xml": ("application/rdf+xml",),
    "rdfxml": ("application/rdf+xml",),
    "json-ld": ("application/ld+json",),
    "jsonld": ("application/ld+json",),
}


def accepted(header: str) -> tuple[str, ...]:
    """The media types of an Accept header, the best first and in order where equally good; "*/*" without one."""
    ranked: list[tuple[float, int, str]] = []
    for position, part in enumerate(header.split(",")):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((_quality(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if media and quality > 0:
            ranked.append((-quality, position, media))
    return tuple(media for _, _, media in sorted(ranked)) or ("*/*",)


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def results(accept: tuple[str, ...]) -> ox.QueryResultsFormat | None:
    """The form of the answer to SELECT or ASK; None where the client takes none that there is."""
    return _first(accept, _RESULTS)


def graph(accept: tuple[str, ...]) -> ox.RdfFormat | None:
    """The form of the answer to CONSTRUCT or DESCRIBE; None where the client takes none that there is."""
    return _first(accept, _GRAPHS)


def _first(accept: tuple[str, ...], forms: dict[str, Form]) -> Form | None:
    for media in accept:
        if media in forms:
            return forms[media]
        kind = media.removesuffix("*")
        if media.endswith("/*"):
            return next((form for name, form in forms.items() if kind == "*/" or name.startswith(kind)), None)
    return None
