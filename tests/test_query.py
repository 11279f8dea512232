"""Questions: what they answer, what they refuse, and that no text a user gives becomes part of a query."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, QueryError, VocabularyError
from kg.graph import PREFIXES
from kg.ontology import load_event_types
from kg.query import Result, ask, named_questions, render
from kg.query.question import Kind, catalogue, parse
from kg.query.result import Value, safe_cell, shown
from kg.store import Store
from tests.small_graph import BASE, HERALD, HOSTILE, small_store

NAMES = [question.name for question in named_questions()]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


def column(result: Result, name: str) -> list[Value]:
    return [record[name] for record in result.records()]


# ---------------------------------------------------------------- what they answer


def test_who_said_what_about_a_place_counts_mentions_in_the_words(store: Store) -> None:
    result = ask(store, "who-said", {"about": "BRESK"})
    assert result.records() == [
        {
            "date": "2023-05-02",
            "speaker": "Ardanian Defence Ministry",
            "does": "Accuses",
            "words": "Bresk, not Ardania, fired on Tolvik",
            "outlet": "Northern Wire",
            "begin": 40,
            "statement": f"{BASE}doc/northern-wire-2023-05-03/statement/blame",
            "document": f"{BASE}doc/northern-wire-2023-05-03",
        }
    ]
    assert result.notes == ("about: Bresk",)


def test_a_quote_in_pieces_is_one_row_in_text_order(store: Store) -> None:
    result = ask(store, "who-said", {"by": "korr"})
    assert column(result, "words") == ["There were no weapons here … None at all."]


def test_words_serve_where_no_name_matches(store: Store) -> None:
    assert column(ask(store, "who-said", {"about": "no Weapons"}), "speaker") == ["Ilse Körr"]
    assert not ask(store, "who-said", {"about": "weapon"}).rows


def test_a_place_includes_the_places_inside(store: Store) -> None:
    result = ask(store, "happened", {"place": "Oland"})
    assert column(result, "where") == ["Marsh End", "Tolvik"]


@pytest.mark.parametrize(
    ("since", "until", "dates"),
    [
        ("", "", ["2023-03", "2023-05-01"]),
        ("2023-03-15", "", ["2023-03", "2023-05-01"]),  # some day of March
        ("2023-04-01", "", ["2023-05-01"]),
        ("", "2023-04", ["2023-03"]),
        ("2023", "2023", ["2023-03", "2023-05-01"]),
        ("2023-05-01", "2023-05-01", ["2023-05-01"]),
        ("2023-05-02", "2024", []),
    ],
)
def test_dates_compare_as_the_stretches_they_are(store: Store, since: str, until: str, dates: list[str]) -> None:
    result = ask(store, "happened", {"place": "Oland", "from": since, "to": until})
    assert column(result, "date") == dates


def test_claims_are_not_told_as_events(store: Store) -> None:
    claims = column(ask(store, "claims-only"), "what")
    assert claims == ["struck: gunners → arms depot", "fired: Bresk → Tolvik"]
    assert not set(claims) & set(column(ask(store, "happened"), "what"))


def test_a_contradiction_shows_both_sides(store: Store) -> None:
    (row,) = ask(store, "contradictions", {"about": "Bresk"}).records()
    assert (row["voice"], row["against"]) == ("Coastal Herald", "Ardanian Defence Ministry")
    assert str(row["words"]).startswith("Ardanian troops shelled")
    assert str(row["their_words"]).startswith("Bresk, not Ardania")
    assert row["reason"] == "different agents: Ardanian troops, Bresk"
    assert ask(store, "contradictions", {"by": "ministry"}).rows
    assert not ask(store, "contradictions", {"by": "korr"}).rows


def test_who_acts_with_and_against_whom(store: Store) -> None:
    result = ask(store, "together", {"actor": "Bresk"})
    pairs = [(r["relation"], r["actor_two"], r["status"]) for r in result.records()]
    assert pairs == [("against", "Ardania", "claimed"), ("with", "Oland", "reported"), ("towards", "Oland", "reported")]
    assert column(ask(store, "together", {"actor": "Bresk", "how": "with"}), "actor_two") == ["Oland"]


def test_hostile_types_are_types_of_the_scheme() -> None:
    named = set(re.findall(r"kgt:(\w+)", catalogue()["together"].sparql))
    assert named
    assert named <= set(load_event_types())


def test_a_timeline_is_in_order(store: Store) -> None:
    dates = [str(date) for date in column(ask(store, "timeline"), "date")]
    assert dates == sorted(dates)
    assert len(dates) == 7


def test_evidence_is_the_very_characters(store: Store) -> None:
    rows = ask(store, "evidence", {"subject": "Ilse Körr", "predicate": "leads"}).records()
    assert [(row["text"], row["the_object"]) for row in rows] == [("Ilse Körr, the mayor of Tolvik", "Tolvik")]
    begin, end = rows[0]["begin"], rows[0]["end"]
    assert isinstance(begin, int)
    assert isinstance(end, int)
    assert HERALD[begin:end] == rows[0]["text"]


def test_evidence_of_an_event_holds_its_trigger_and_roles(store: Store) -> None:
    event = f"{BASE}doc/coastal-herald-2023-05-02/event/shelled"
    properties = set(column(ask(store, "evidence", {"subject": event}), "property"))
    assert properties >= {"trigger", "sentence", "agent", "patient", "place", "timeSpan"}


def test_relations_tell_claimed_from_reported(store: Store) -> None:
    rows = ask(store, "relations").records()
    assert [(row["predicate"], row["object"], row["status"]) for row in rows] == [
        ("opposes", "Ardania", "claimed"),
        ("leads", "Tolvik", "reported"),
        ("position", "mayor", "reported"),
    ]


def test_counts(store: Store) -> None:
    assert column(ask(store, "sources"), "direct") == [0, 1, 0]
    assert column(ask(store, "documents"), "statements") == [2, 1]
    (number,) = ask(store, "quantities", {"about": "tolvik"}).records()
    assert (number["number"], number["part"], number["whom"]) == (3, "patient", "three people")
    assert ask(store, "central").records()[0]["actor"] == "Bresk"


@pytest.mark.parametrize("name", NAMES)
def test_every_question_answers_an_empty_graph(name: str) -> None:
    assert not ask(Store.memory(), name).rows


@pytest.mark.parametrize("name", NAMES)
def test_every_question_runs_with_all_its_parameters(name: str, store: Store) -> None:
    given = {Kind.ENTITY: "Bresk", Kind.PLACE: "Oland", Kind.TOPIC: "Tolvik", Kind.DATE: "2023", Kind.PROPERTY: "leads"}
    question = catalogue()[name]
    values = {p.name: p.choices[0] if p.choices else given[p.kind] for p in question.parameters}
    ask(store, name, values)
    for parameter, value in values.items():
        ask(store, name, {parameter: value})


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_the_same_whatever_the_order_of_loading(name: str, store: Store) -> None:
    quads = list(store.quads())
    random.Random(3).shuffle(quads)
    assert ask(Store.memory(quads), name) == ask(store, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_declares_itself(name: str) -> None:
    question = catalogue()[name]
    assert question.title
    assert question.description.endswith(".")
    assert all(parameter.help for parameter in question.parameters)
    assert set(question.example) <= {parameter.name for parameter in question.parameters}


# ---------------------------------------------------------------- any SPARQL


def test_sparql_knows_the_prefixes_and_all_graphs(store: Store) -> None:
    result = ask(store, "SELECT ?label { ?e a kg:Event ; rdfs:label ?label }", limit=2)
    assert column(result, "label") == ["join: Bresk → talks", "shelled: Ardanian troops → market"]


def test_sparql_takes_bound_parameters(store: Store) -> None:
    query = "SELECT ?x ?label { ?x skos:prefLabel ?label }"
    assert len(ask(store, query, {"label": "Tolvik"})) == 1
    assert column(ask(store, query, {"x": f"<{BASE}thing/oland>"}), "label") == ["Oland"]
    with pytest.raises(QueryError, match="projection"):
        ask(store, query, {"other": "x"})


def test_sparql_keeps_its_own_order(store: Store) -> None:
    result = ask(store, "SELECT ?label { ?x skos:prefLabel ?label } ORDER BY DESC(?label)")
    assert column(result, "label") == sorted(map(str, column(result, "label")), reverse=True)


def test_ask_and_construct(store: Store) -> None:
    assert render(ask(store, "ASK { ?e a kg:Event }"), "table") == "yes\n"
    assert json.loads(render(ask(store, "ASK { ?e a kg:Nothing }"), "json")) == {"head": {}, "boolean": False}
    graph = ask(store, "CONSTRUCT { ?e a kg:Event } WHERE { ?e a kg:Event }")
    assert len(rdflib.Graph().parse(data=render(graph, "turtle"), format="turtle")) == len(graph) == 3
    assert render(graph, "csv").startswith("subject,predicate,object\n")


def test_a_file_is_run(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT (COUNT(*) AS ?n) { ?e a kg:Event }", "utf-8")
    assert column(ask(store, str(path)), "n") == [3]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x#' . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s kg:a\\#b ?o . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "LOAD <http://example.org/> # {",
        "DROP ALL # {",
    ],
)
def test_the_network_and_updates_are_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="refused"):
        ask(store, query)


def test_the_word_service_is_no_service(store: Store) -> None:
    ask(store, "SELECT ?service { ?service rdfs:label 'SERVICE \\' # SERVICE', \"SERVICE\" } # SERVICE")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x { ?x nope:y ?z }", r"line 1, column \d+ at '.*': a prefix is not declared"),
        ("SELECT ?x {\n ?x ?y }", r"line 2, column \d+"),
        ("SELECT ?x { ?x ?y ?z ", r"line 1, column \d+"),
    ],
)
def test_bad_sparql_is_placed_in_one_line(store: Store, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        ask(store, query)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- what a user may give


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who-sad", {}, "did you mean who-said"),
        ("zzzz", {}, "there are agreements"),
        ("who-said", {"abuot": "x"}, "--about --by"),
        ("who-said", {"from": "yesterday"}, "2022-09-11"),
        ("who-said", {"from": "2023-13"}, "2022-09-11"),
        ("who-said", {"by": "Tolvikk"}, "did you mean tolvik"),
        ("who-said", {"stance": "Sings"}, "Asserts, Denies"),
        ("evidence", {"subject": "<no iri>"}, "not a valid IRI"),
        ("evidence", {"predicate": "a b"}, "not a valid IRI"),
    ],
)
def test_mistakes_are_told_in_one_line(store: Store, name: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        ask(store, name, parameters)
    assert "\n" not in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.sampled_from(["about", "by", "from"]))
def test_no_given_text_becomes_part_of_a_query(text: str, parameter: str) -> None:
    try:
        ask(small_store(), "who-said", {parameter: text})
    except QueryError as error:
        assert "SPARQL" not in str(error)  # noqa: PT017 - most texts are no name or date


@settings(deadline=None)
@given(TEXT)
def test_any_term_is_bound_as_itself(text: str) -> None:
    question = parse("SELECT ?given {\n#if given\n#end\n}", "any")
    query = question.text({"given": [ox.Literal(text)]})
    (row,) = Store.memory().query(query)
    assert row["given"] == ox.Literal(text)


def test_a_wrong_header_is_told() -> None:
    with pytest.raises(VocabularyError, match=r"mine\.rq"):
        parse("#: titel = 'x'\nSELECT * {}", "mine")


def test_every_error_is_of_the_project(store: Store) -> None:
    with pytest.raises(KgError):
        ask(store, "SELECT")


# ---------------------------------------------------------------- how they are printed


def test_hostile_text_prints_as_text() -> None:
    store = small_store(HOSTILE)
    result = ask(store, "relations")
    table = render(result, "table")
    assert "\x0b" not in table
    assert "[red]" in table.replace("\n", "")
    rows = list(csv.DictReader(io.StringIO(render(result, "csv"))))
    assert rows[1]["subject"] == f"'{HOSTILE}"
    assert json.loads(render(result, "json"))["results"]["bindings"][1]["subject"]["value"] == HOSTILE


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(-1) == -1


def test_json_is_sparql_results_json(store: Store) -> None:
    result = json.loads(render(ask(store, "SELECT (1 AS ?n) ('a'@en AS ?t) (kg:Event AS ?i) (?x AS ?none) {}"), "json"))
    assert result["head"] == {"vars": ["n", "t", "i", "none"]}
    assert result["results"]["bindings"] == [
        {
            "n": {"type": "literal", "value": "1", "datatype": f"{PREFIXES['xsd']}integer"},
            "t": {"type": "literal", "value": "a", "xml:lang": "en"},
            "i": {"type": "uri", "value": f"{PREFIXES['kg']}Event"},
        }
    ]


def test_rows_become_turtle_when_described(store: Store) -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        render(ask(store, "who-said"), "turtle")
    described = ask(store, "who-said", {"by": "korr"}, describe=True)
    graph = rdflib.Graph().parse(data=render(described, "turtle"), format="turtle")
    statement = rdflib.URIRef(f"{BASE}doc/coastal-herald-2023-05-02/statement/weapons")
    assert (statement, rdflib.RDF.type, rdflib.URIRef(f"{PREFIXES['kg']}Statement")) in graph


def test_names_are_shortened() -> None:
    assert shown(ox.NamedNode(f"{PREFIXES['kg']}Event")) == "kg:Event"
    assert shown(ox.NamedNode("http://a/b")) == "http://a/b"
    assert shown(None) == ""


def test_an_unknown_form_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="table, csv"):
        render(ask(store, "sources"), "xml")
