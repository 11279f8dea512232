"""The measure of the endpoint: a small run in full, and what the figures are made of."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.measures import endpoint
from benchmarks.measures.base import Request, Sheet
from benchmarks.system import System
from kg.config import Settings
from kg.graph.terms import PREFIXES
from kg.store import Store


def test_every_query_of_the_crowd_finds_something() -> None:
    with Store.memory(quad for number in range(20) for quad in endpoint.quads(number)) as store:
        for query in endpoint.QUERIES:
            answer = store.query(query, prefixes=PREFIXES)
            assert not query.startswith(("SELECT", "CONSTRUCT")) or list(answer)


def test_a_fault_counts_and_is_named() -> None:
    sheet = Sheet()
    log = endpoint.Log([0.01 * n for n in range(1, 101)], Counter({"503": 2, "TimeoutError": 1}), [7, 9, 12])
    endpoint.report(log, 10.0, 6, [5.0, 5.25], sheet)
    figures = {figure.name: figure.value for figure in sheet.figures}
    assert figures["answers"] == 10.0
    assert figures["faults"] == 3
    assert figures["faults, 503"] == 2
    assert figures["time of an answer, 50 in 100 under"] == pytest.approx(505, abs=10)
    assert figures["of these seen by clients"] == 5
    assert figures["endless query stopped after its 5 seconds, the latest"] == 0.25


def test_a_run_has_no_fault_while_a_writer_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "CLIENTS", 8)
    monkeypatch.setattr(endpoint, "_LIMIT", 2.0)
    monkeypatch.setattr(endpoint, "_ENDLESS", 1)
    sheet = Sheet()
    endpoint.MEASURE.run(System(Settings()), Request(limit=20), sheet)
    figures = {figure.name: figure.value for figure in sheet.figures}
    assert figures["faults"] == 0
    assert figures["documents written meanwhile"] > 0
    assert figures["of these seen by clients"] > 0
    assert -0.1 < figures["endless query stopped after its 2 seconds, the latest"] < 2
