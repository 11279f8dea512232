"""SPARQL 1.1 Protocol, as a client sees it."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import rdflib

from tests.serve.client import FORM, Site

LABELS = "SELECT DISTINCT (STR(?label) AS ?name) { ?s skos:prefLabel ?label FILTER(STR(?label) = 'Tolvik') }"
TRIPLES = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s skos:prefLabel ?name FILTER(STR(?name) = 'Tolvik') }"
GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY DESC(?n)"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_the_three_ways_to_ask_give_one_answer(site: Site) -> None:
    asked = [
        site.get(LABELS),
        site.post({"query": LABELS}),
        site.send("POST", "/sparql", LABELS, {"Content-Type": "application/sparql-query; charset=utf-8"}),
    ]
    assert [one.status for one in asked] == [200] * 3
    assert {one.body for one in asked} == {asked[0].body}
    assert asked[0].rows == [{"name": "Tolvik"}]
    assert asked[0].headers["vary"] == "Accept"


def test_rows_come_as_json_xml_csv_or_tsv(site: Site) -> None:
    assert site.get(LABELS, "application/sparql-results+json").rows == [{"name": "Tolvik"}]
    xml = site.get(LABELS, "application/sparql-results+xml")
    assert ElementTree.fromstring(xml.body).findtext(".//{*}literal") == "Tolvik"
    assert list(csv.reader(io.StringIO(site.get(LABELS, "text/csv").text))) == [["name"], ["Tolvik"]]
    assert site.get(LABELS, "text/tab-separated-values").text == '?name\n"Tolvik"\n'


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_ask_is_answered_in_each_form(site: Site, accept: str) -> None:
    answer = site.get("ASK { ?s skos:prefLabel ?label FILTER(STR(?label) = 'Tolvik') }", accept)
    assert answer.kind == accept
    assert "true" in answer.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_graphs_come_as_turtle_n_triples_rdf_xml_or_json_ld(site: Site, accept: str, form: str) -> None:
    answer = site.get(TRIPLES, accept)
    assert answer.kind == accept
    graph = rdflib.Graph().parse(data=answer.body, format=form)
    assert {str(label) for label in graph.objects()} == {"Tolvik"}
    described = site.get("DESCRIBE ?s { ?s skos:prefLabel ?label FILTER(STR(?label) = 'Tolvik') }", accept)
    assert len(rdflib.Graph().parse(data=described.body, format=form)) > len(graph)


def test_a_short_name_in_the_address_wins_over_the_header(site: Site) -> None:
    assert site.get(LABELS, "*/*", {"format": "csv"}).kind == "text/csv"
    assert site.get(LABELS, fields={"output": "xml"}).kind == "application/sparql-results+xml"
    assert site.get(TRIPLES, fields={"format": "turtle"}).kind == "text/turtle"
    assert site.get(TRIPLES, fields={"format": "xml"}).kind == "application/rdf+xml"


def test_what_a_browser_sends_gets_the_usual_form(site: Site) -> None:
    accept = "text/html,application/xhtml+xml,image/webp,*/*;q=0.8"
    assert site.get(LABELS, accept).kind == "application/sparql-results+json"


def test_a_form_that_there_is_not_is_406(site: Site) -> None:
    answer = site.get(LABELS, "image/png")
    assert (answer.status, answer.kind) == (406, "text/plain")
    assert answer.text.count("\n") == 1
    assert "JSON, XML, CSV or TSV" in answer.text


def test_all_graphs_are_one_unless_some_are_named(site: Site) -> None:
    graphs = site.get(GRAPHS).rows
    assert len(graphs) > 2
    largest, other = graphs[0], graphs[1]
    whole = int(site.get(COUNT).rows[0]["n"])
    assert whole > int(largest["n"])
    by_clause = site.get(COUNT.replace("{", f"FROM <{largest['g']}> {{"))
    by_request = site.get(COUNT, fields={"default-graph-uri": largest["g"]})
    assert by_clause.rows == by_request.rows == [{"n": largest["n"]}]
    both = site.get(COUNT, fields={"default-graph-uri": [largest["g"], other["g"]]})
    assert int(largest["n"]) < int(both.rows[0]["n"]) <= int(largest["n"]) + int(other["n"])


def test_named_graphs_of_the_request_are_the_only_ones(site: Site) -> None:
    name = site.get(GRAPHS).rows[0]["g"]
    assert [row["g"] for row in site.get(GRAPHS, fields={"named-graph-uri": name}).rows] == [name]
    assert site.get(COUNT, fields={"named-graph-uri": name}).rows == [{"n": "0"}]
    assert site.get(GRAPHS, fields={"default-graph-uri": name}).rows == []
    direct = site.send(
        "POST", f"/sparql?named-graph-uri={quote(name)}", GRAPHS, {"Content-Type": "application/sparql-query"}
    )
    assert [row["g"] for row in direct.rows] == [name]
    form = site.post({"query": GRAPHS, "named-graph-uri": name})
    assert [row["g"] for row in form.rows] == [name]


def test_a_syntax_error_names_line_and_column(site: Site) -> None:
    answer = site.get("SELECT ?s\nWHERE { ?s ?p }")
    assert (answer.status, answer.kind) == (400, "text/plain")
    assert "line 2, column 16" in answer.text
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "words"),
    [
        ("GET", "/sparql", None, {}, 400, "no query"),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400, "exactly one"),
        ("GET", "/sparql?update=DROP%20ALL", None, {}, 405, "POST"),
        ("POST", "/sparql", "x=y", {"Content-Type": FORM}, 400, "exactly one"),
        ("POST", "/sparql", "query=ASK{}&update=DROP+ALL", {"Content-Type": FORM}, 400, "exactly one"),
        ("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"}, 415, "application/sparql-query"),
        ("POST", "/sparql", b"ASK {\xff}", {"Content-Type": "application/sparql-query"}, 400, "byte 5"),
        ("GET", "/sparql?query=%ff", None, {}, 400, "UTF-8"),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", None, {}, 400, "no IRI"),
        ("PUT", "/sparql", "x", {}, 405, ""),
        ("GET", "/elsewhere", None, {}, 404, ""),
    ],
)
def test_each_fault_is_one_line_with_its_status(
    site: Site, method: str, path: str, body: bytes | str | None, headers: dict[str, str], status: int, words: str
) -> None:
    answer = site.send(method, path, body, headers)
    assert (answer.status, answer.kind) == (status, "text/plain"), answer.text
    assert words in answer.text
    assert answer.text.count("\n") == 1


def test_an_unknown_function_is_the_query_s_fault(site: Site) -> None:
    answer = site.get("SELECT * { BIND(<https://example.org/f>(1) AS ?x) }")
    assert (answer.status, "cannot be evaluated" in answer.text) == (400, True)


def test_head_says_what_get_would(site: Site) -> None:
    answer = site.send("HEAD", "/sparql?query=ASK%7B%7D")
    assert (answer.status, answer.kind, answer.body) == (200, "application/sparql-results+json", b"")


def test_texts_of_any_script_come_through(site: Site) -> None:
    query = "SELECT ('Ізюм “ß” \u202e 𝔸' AS ?x) {}"
    assert json.loads(site.post({"query": query}).body)["results"]["bindings"][0]["x"]["value"] == "Ізюм “ß” \u202e 𝔸"
