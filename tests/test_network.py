"""The network that the page draws."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from kg.errors import QueryError
from kg.network import network
from kg.query.central import METHODS, centrality, projection
from kg.store import Store
from tests.small_graph import BASE, small_store

HERALD, WIRE = f"{BASE}doc/coastal-herald-2023-05-02", f"{BASE}doc/northern-wire-2023-05-03"


def thing(name: str) -> str:
    return f"{BASE}thing/{name}"


def test_every_actor_place_event_and_statement_is_a_node() -> None:
    families = Counter(str(family) for _, family in network(small_store()).nodes(data="family"))
    assert families == {"actor": 7, "event": 5, "place": 2, "statement": 3}


def test_an_event_has_flat_attributes() -> None:
    node = network(small_store()).nodes[f"{HERALD}/event/shelled"]
    assert node == {
        "family": "event",
        "kind": "Event",
        "label": "shelled: Ardanian troops → market",
        "is_place": False,
        "claimed": False,
        "mentions": 2,
        "documents": HERALD,
        "outlets": "Coastal Herald",
        "event_type": "assault",
        "date": "2023-05-01",
        "stance": "",
        "quotation": "",
    }


def test_claims_are_marked() -> None:
    whole = network(small_store())
    assert whole.nodes[f"{WIRE}/event/fired"]["claimed"]
    assert whole.nodes[f"{WIRE}/event/fired"]["date"] == "2023-05-01/2023-05-02"
    assert whole.edges[f"{WIRE}/event/fired", thing("bresk"), "agent"]["claimed"]
    assert whole.edges[thing("bresk"), thing("ardania"), "opposes"]["claimed"]  # no plain triple holds it
    assert not whole.edges[thing("mayor"), thing("tolvik"), "leads"]["claimed"]


def test_an_entity_gathers_all_its_documents() -> None:
    node = network(small_store()).nodes[thing("bresk")]
    assert node["outlets"] == "Coastal Herald; Northern Wire"
    assert node["documents"] == f"{HERALD}; {WIRE}"
    assert node["mentions"] == 2
    assert node["is_place"]


def test_places_have_coordinates() -> None:
    node = network(small_store()).nodes[thing("tolvik")]
    assert (node["lat"], node["long"]) == (55.25, 21.5)


def test_a_conflict_is_drawn_once() -> None:
    names = [name for _, _, name in network(small_store()).edges(keys=True)]
    assert names.count("conflictsWith") == 1


def test_order_does_not_depend_on_the_store() -> None:
    quads = list(small_store().quads())
    random.Random(7).shuffle(quads)
    one, other = network(small_store()), network(Store.memory(quads))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_actors_meet_in_events_statements_and_relations() -> None:
    graph = projection(network(small_store()))
    met = {(one.rpartition("/")[2], other.rpartition("/")[2]) for one, other in map(sorted, graph.edges)}
    assert met == {
        ("people", "troops"),
        ("bresk", "oland"),
        ("ministry", "troops"),
        ("bresk", "ministry"),
        ("ardania", "bresk"),
    }
    assert graph[thing("bresk")][thing("oland")]["weight"] == 2


@pytest.mark.parametrize("method", METHODS)
def test_the_best_connected_actor_is_found(method: str) -> None:
    scores = centrality(network(small_store()), method)
    assert len(scores) == 7
    assert scores[thing("bresk")] == max(scores.values())


def test_pagerank_sums_to_one() -> None:
    assert sum(centrality(network(small_store()), "pagerank").values()) == pytest.approx(1)


@pytest.mark.parametrize("method", METHODS)
def test_an_empty_graph_has_no_actors(method: str) -> None:
    assert centrality(network(Store.memory()), method) == {}


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(QueryError, match="degree, betweenness"):
        centrality(network(small_store()), "fame")
