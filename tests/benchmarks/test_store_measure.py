"""What a store costs as documents grow: the sizes, the figures, the graph under the truth and the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from benchmarks.generate import document
from benchmarks.graphs import BRIEF, brief, quads
from benchmarks.measures import store
from benchmarks.measures.base import Request, Sheet
from benchmarks.plot import picture
from benchmarks.report import Outcome
from benchmarks.system import System
from kg.config import Settings
from kg.store import Store, from_rdflib


def cost(documents: int, seconds: float = 0.01) -> store.Cost:
    compared = {"load": 10.0} if documents <= 1_000 else {}
    questions = {"who-said by a hub": seconds, "evidence subject a rare": seconds / 2}
    return store.Cost(documents, 20 * documents, 260 * documents, seconds, seconds, seconds, 50.0, questions, compared)


def outcome(*costs: store.Cost) -> Outcome:
    sheet = Sheet()
    store.report(costs, sheet)
    return Outcome(
        measure="store",
        data="generated",
        documents=0,
        words=0,
        words_per_cpu_second=0.0,
        configuration={},
        figures=tuple(sheet.figures),
    )


def test_a_limit_is_the_largest_size_and_the_others_keep_their_proportion() -> None:
    assert store.sizes(None) == (1_000, 10_000, 40_000)
    assert store.sizes(400) == (10, 100, 400)
    assert store.sizes(1) == (1, 1, 1)


def test_the_slowest_question_is_told_beside_its_aim() -> None:
    figures = {figure.name: figure for figure in outcome(cost(1_000), cost(10_000, 0.25)).figures}
    slowest = figures["questions, 10,000 documents"]
    assert (slowest.value, slowest.aim) == (250.0, "under 100 (who-said by a hub)")
    assert figures["evidence subject a rare, 10,000 documents"].detail
    assert figures["rdflib, load, 1,000 documents"].value == 10.0
    assert "rdflib, load, 10,000 documents" not in figures


def test_a_brief_is_the_beginning_of_its_document() -> None:
    whole, cut = document(3), brief(document(3), BRIEF)
    assert whole.analysis.document.text.startswith(cut.analysis.document.text)
    assert len(cut.analysis.events) == BRIEF < len(whole.analysis.events)
    assert {ref.record for ref in cut.truth} >= {entity.id for entity in cut.analysis.entities}
    assert Store.memory(from_rdflib(quads(12, Settings())))


def test_a_size_is_loaded_asked_and_written() -> None:
    found = store.cost(12)
    assert found.documents == 12
    assert found.quads > 12 * 100
    assert {"load", "write"} < set(found.compared)
    assert len(found.questions) > 20


def test_the_measure_runs_every_size_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_apart", cost)
    assert store.MEASURE.measure(System(Settings()), Request(limit=400)).documents == 510


def test_the_picture_is_well_formed() -> None:
    root = ET.fromstring(picture(outcome(cost(1_000), cost(10_000, 0.1), cost(40_000, 0.4))))
    assert sum(child.tag.endswith("circle") for child in root) == 9
