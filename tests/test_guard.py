from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.guard import names_graphs, refusal

FETCHING = [
    "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://a/> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "PREFIX : <http://a/> SELECT * { SERVICE:a{ ?s ?p ?o } }",
    "PREFIX ex: <http://a/> SELECT * { ?s ?p ex:.SERVICE<http://a/>{ ?s ?p ?x } }",
    "SELECT * { ?s ?p 1SERVICE<http://a/>{ ?s ?p ?x } }",
    "SELECT * { ?s ?p 'x'SERVICE<http://a/>{ ?s ?p ?x } }",
    "SELECT * { SERVICE#>\n<http://a/>#{\n{ ?s ?p ?o } }",
    "PREFIX : <http://a/> SELECT * { SERVICE # <\r SILENT #{\n :a#foo bar\n#x\n{} }",
    "PREFIX : <http://a/> SELECT * { FILTER(1<2)SERVICE:a#>\n{} }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://a/> { ?s ?p ?o } } } } }",
    "SELECT * { ?s ?p '#' . SERVICE <http://a/> { ?s ?p ?o } }",
    "SELECT * { ?s <http://a/#b> ?o . SERVICE <http://a/> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <http://a/> { ?s ?p ?o } } }",
]


@pytest.mark.parametrize("query", FETCHING)
def test_a_query_that_would_fetch_is_refused_however_written(query: str) -> None:
    ox.Store().query(query)  # valid as the evaluator reads it
    assert "SERVICE" in refusal(query, update=False)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://a/>",
        "load silent <http://a/> into graph <http://b/>",
        "PREFIX a: <http://a/>LOAD a:b",
        "DROP ALL;LOAD#>\n<http://a/>",
        "#x\nLOAD<http://a/>#y",
        "CLEAR ALL ; LOAD <http://a/> ; CLEAR ALL",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a/> { ?s ?p ?o } }",
    ],
)
def test_an_update_that_would_fetch_is_refused(update: str) -> None:
    assert "is refused" in refusal(update, update=True)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ex:service ?o }",
        "SELECT * { ?s a ex:Service . GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { ?s ex:service ?o { ?o ?p ?q } }",
        "SELECT * { ?s rdfs:label 'the security service said' }",
        "SELECT ?service { ?service a ex:Thing { ?service ?p ?o } }",
        "SELECT * { ?s rdfs:label 'a heavy load: grain' }",
    ],
)
def test_words_alone_are_no_reason(query: str) -> None:
    assert not refusal(query, update=False)
    assert not refusal("INSERT DATA { ex:lorry ex:load <http://a/> ; rdfs:label 'a load: <grain>' }", update=True)


def test_from_is_seen_where_it_is_a_clause() -> None:
    assert names_graphs("SELECT * FROM <http://a/> { ?s ?p ?o }")
    assert names_graphs("SELECT * # all\nfrom named <http://a/> { GRAPH ?g { ?s ?p ?o } }")
    assert not names_graphs("SELECT ?from { ?from ex:from 'from' } # from")
