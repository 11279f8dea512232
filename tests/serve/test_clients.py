"""The clients that people use, unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLExceptions, SPARQLWrapper

from tests.serve.client import Site
from tests.serve.conftest import TOKEN, serving

LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?name { ?s rdfs:label ?name } ORDER BY ?name LIMIT 3"""
TRIPLES = "CONSTRUCT WHERE { ?s a ?type } LIMIT 5"


def read(asked: SPARQLWrapper) -> Any:
    """What a client makes of the answer."""
    return asked.queryAndConvert()


def wrapper(site: Site, query: str, form: str) -> SPARQLWrapper:
    found = SPARQLWrapper(site.sparql)
    found.setQuery(query)
    found.setReturnFormat(form)
    return found


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_rows_in_every_form(site: Site, method: str) -> None:
    for form in (JSON, XML, CSV, TSV):
        asked = wrapper(site, LABELS, form)
        asked.setMethod(method)
        assert asked.query().convert()
    rows = read(wrapper(site, LABELS, JSON))["results"]["bindings"]
    assert len(rows) == 3


@pytest.mark.parametrize("form", [TURTLE, N3, XML, RDFXML, JSONLD])
def test_sparqlwrapper_reads_graphs_in_every_form(site: Site, form: str) -> None:
    found = read(wrapper(site, TRIPLES, form))
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert 0 < len(graph) <= 5


def test_sparqlwrapper_raises_what_it_should(site: Site) -> None:
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="line 1, column"):
        wrapper(site, "SELECT * {", JSON).query()


def test_sparqlwrapper_updates_with_the_token(own: Path) -> None:
    with serving(own, "--workers", "1", token=TOKEN) as site:
        asked = wrapper(site, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }", JSON)
        asked.setMethod(POST)
        asked.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
        asked.query()
        assert read(wrapper(site, "ASK { <urn:a> <urn:b> <urn:c> }", JSON))["boolean"] is True


def test_pandas_reads_a_frame_from_the_address(site: Site) -> None:
    by_name = pandas.read_csv(f"{site.sparql}?{urlencode({'query': LABELS, 'format': 'csv'})}")
    by_header = pandas.read_csv(f"{site.sparql}?{urlencode({'query': LABELS})}", storage_options={"Accept": "text/csv"})
    assert list(by_name.columns) == ["name"]
    assert len(by_name) == 3
    assert by_name.equals(by_header)


def test_rdflib_s_remote_store_reads(site: Site) -> None:
    graph = rdflib.Graph(SPARQLStore(site.sparql))
    assert len(list(graph.query(LABELS))) == 3
