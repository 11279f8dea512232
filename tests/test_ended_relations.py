"""Relations that do not hold now: in the graph, the network, the questions and under validation."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from rdflib import RDFS, XSD, Literal, Namespace, URIRef

from kg.config import Settings
from kg.graph import PREFIXES, Quad, graph_quads
from kg.ids import Minter
from kg.model import Modality, Polarity
from kg.network import network
from kg.query import ask
from kg.store import Store, from_rdflib
from kg.validate import validate
from tests.small_graph import BASE, herald, identity, wire

KG = Namespace(PREFIXES["kg"])
DOCUMENT = f"{BASE}doc/coastal-herald-2023-05-02"
MAYOR, TOLVIK = URIRef(f"{BASE}thing/mayor"), URIRef(f"{BASE}thing/tolvik")
LEADS, NARRATIVE = URIRef(f"{DOCUMENT}/relation/mayor"), URIRef(f"{DOCUMENT}/narrative")
SHELLED = URIRef(f"{DOCUMENT}/event/shelled")


def quads(**changes: Any) -> list[Quad]:
    """The small graph, with the relation that the mayor leads the town told otherwise."""
    report = herald()
    first, *others = report.relations
    report = msgspec.structs.replace(report, relations=(msgspec.structs.replace(first, **changes), *others))
    return list(graph_quads((report, wire()), identity(), Minter(BASE), Settings(base=BASE)))


def faults(graph: list[Quad]) -> set[str]:
    """What validation finds beyond the faults that the small graph has anyway."""
    return _found(graph) - _found(quads())


def _found(graph: list[Quad]) -> set[str]:
    return {finding.shape.rpartition("#")[2] for finding in validate(Store.memory(from_rdflib(graph))).findings}


TOLD = [
    ({"ended": True}, (KG.ended, Literal(True)), "ended"),
    ({"polarity": Polarity.NEGATED}, (KG.polarity, KG.Negated), "denied"),
    ({"modality": Modality.FUTURE}, (KG.modality, KG.Future), "future"),
    ({"modality": Modality.POSSIBLE}, (KG.modality, KG.Possible), "possible"),
]


@pytest.mark.parametrize(("changes", "fact", "state"), TOLD)
def test_what_does_not_hold_is_no_plain_triple(
    changes: dict[str, Any], fact: tuple[URIRef, URIRef], state: str
) -> None:
    graph = quads(**changes)
    triples = {quad[:3] for quad in graph}
    assert (MAYOR, KG.leads, TOLVIK) not in triples
    assert (LEADS, *fact) in triples
    rows = ask(Store.memory(from_rdflib(graph)), "relations", {"about": "Tolvik"}).records()
    assert [(row["predicate"], row["status"], row["state"]) for row in rows] == [("leads", "reported", state)]
    assert not network(Store.memory(from_rdflib(graph))).has_edge(str(MAYOR), str(TOLVIK), "leads")
    assert faults(graph) == set()


def test_a_relation_that_holds_may_have_begun() -> None:
    graph = quads(start="2019", started_by="event/shelled")
    triples = {quad[:3] for quad in graph}
    assert (MAYOR, KG.leads, TOLVIK) in triples
    assert (LEADS, KG.dateStart, Literal("2019", datatype=XSD.gYear, normalize=False)) in triples
    assert (LEADS, KG.startedBy, SHELLED) in triples
    assert faults(graph) == set()


def test_the_label_says_that_it_has_ended() -> None:
    labels = [str(value) for s, p, value, _ in quads(ended=True, end="2021-03") if s == LEADS and p == RDFS.label]
    assert labels == ["Ilse Körr leads Tolvik (ended)"]


def test_an_ended_relation_must_not_be_asserted() -> None:
    assert faults([*quads(ended=True), (MAYOR, KG.leads, TOLVIK, NARRATIVE)]) == {"relation-evidence"}


@pytest.mark.parametrize(
    ("fact", "fault"),
    [
        ((KG.polarity, KG.Affirmed), "relation-polarity"),
        ((KG.modality, KG.Actual), "relation-modality"),
        ((KG.ended, Literal(False)), "relation-ended"),
        ((KG.startedBy, TOLVIK), "relation-changes"),
        ((KG.dateEnd, Literal("last year")), "date-end"),
    ],
)
def test_circumstances_are_of_their_kind(fact: tuple[URIRef, URIRef | Literal], fault: str) -> None:
    assert fault in faults([*quads(ended=True), (LEADS, *fact, NARRATIVE)])
