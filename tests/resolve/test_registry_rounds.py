"""Documents in and out, in any order, any rounds, with the file closed and opened between: the same rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import documents
from kg.model import Analysis, Decision, Ref
from kg.resolve.rulings import Ruling, Side
from kg.resolve.who.registry import Registry
from kg.shelf import Shelf
from tests.resolve.test_registry import LABELS, batches, document, entity, ruled

Rows = dict[str, dict[Any, Any]]


def rows(registry: Registry) -> Rows:
    """All that the registry gives out."""
    return {
        "keys": dict(registry.keys),
        "entities": dict(registry.entities),
        "judgements": dict(registry.judgements),
    }


def fresh(batch: Sequence[Analysis], rulings: Sequence[Ruling] = ()) -> Rows:
    registry = Registry(Shelf(), rulings)
    for analysis in sorted(batch, key=lambda analysis: analysis.document.id):
        registry.add(analysis)
    registry.settle()
    return rows(registry)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_documents_in_and_out_in_any_order_give_the_same(data: st.DataObject) -> None:
    batch = data.draw(batches())
    rulings = data.draw(ruled(batch))
    whole = fresh(batch, rulings)
    order = random.Random(data.draw(st.integers(0, 99)))
    registry = Registry(Shelf(), rulings)
    for analysis in order.sample(batch, len(batch)):
        registry.add(analysis)
        if order.random() < 0.6:
            registry.settle()
    registry.settle()
    assert rows(registry) == whole
    gone = order.choice(batch)
    registry.remove(gone.document.id)
    registry.settle()
    assert rows(registry) == fresh([analysis for analysis in batch if analysis is not gone], rulings)
    registry.add(gone)
    registry.settle()
    assert rows(registry) == whole


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_other_rulings_bring_an_old_shelf_up_to_date(data: st.DataObject) -> None:
    batch = data.draw(batches())
    before, after = data.draw(ruled(batch)), data.draw(ruled(batch))
    shelf = Shelf()
    registry = Registry(shelf, before)
    for analysis in batch:
        registry.add(analysis)
    registry.settle()
    registry = Registry(shelf, after)
    registry.settle()
    assert rows(registry) == fresh(batch, after)
    registry = Registry(shelf)
    registry.remove(batch[0].document.id)
    registry.settle()
    assert rows(registry) == fresh(batch[1:])


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_document_told_otherwise_leaves_nothing_of_what_it_told(data: st.DataObject) -> None:
    batch, others = data.draw(batches()), data.draw(batches())
    rulings = data.draw(ruled(batch))
    registry = Registry(Shelf(), rulings)
    for analysis in batch:
        registry.add(analysis)
    registry.settle()
    held = {analysis.document.id: analysis for analysis in batch}
    for analysis in others:
        registry.add(analysis)
        held[analysis.document.id] = analysis
        if data.draw(st.booleans()):
            registry.settle()
    registry.settle()
    assert rows(registry) == fresh(list(held.values()), rulings)


@pytest.mark.parametrize("seed", range(3))
def test_a_file_that_is_closed_and_opened_again_goes_on_as_if_it_had_not_been(seed: int, tmp_path: Path) -> None:
    order = random.Random(seed)
    pool = [one.analysis for one in documents(120)]
    order.shuffle(pool)
    held: dict[str, Analysis] = {}
    shelf = Shelf(tmp_path / "records.sqlite")
    rulings: list[Ruling] = []
    registry = Registry(shelf)
    for _ in range(12):
        for _ in range(order.randint(1, 15)):
            analysis = order.choice(pool)
            name = analysis.document.id
            if name in held and order.random() < 0.6:
                registry.remove(name)
                del held[name]
            else:
                registry.add(analysis)
                held[name] = analysis
        registry.settle()
        shelf.next_round()
        if order.random() < 0.5:
            shelf.commit()
            shelf.close()
            shelf = Shelf(tmp_path / "records.sqlite")
            rulings = some_rulings(order, list(held.values()))
            registry = Registry(shelf, rulings)
            registry.settle()
    assert rows(registry) == fresh(list(held.values()), rulings)
    shelf.close()


def some_rulings(order: random.Random, batch: Sequence[Analysis]) -> list[Ruling]:
    refs = [Ref(a.document.id, e.id) for a in batch for e in a.entities]
    found = []
    for number in range(order.randint(0, 6)):
        left, right = order.sample(refs, 2)
        sides = (Side(left.document, left.record), Side(right.document, right.record))
        found.append(Ruling(str(number), order.choice((Decision.SAME, Decision.DIFFERENT)), *sides))
    return found


def test_a_document_taken_out_leaves_nothing_behind() -> None:
    shelf = Shelf()
    registry = Registry(shelf)
    told = [(entity(i, label, "SK", linked=True), "Mayor") for i, label in enumerate(LABELS)]
    for number in range(3):
        registry.add(document(f"d{number}", "2031-05-01", *told))
    registry.settle()
    assert len(registry.judgements)
    for number in range(3):
        registry.remove(f"d{number}")
    registry.settle()
    assert {name: list(table) for name, table in shelf._tables.items() if len(table)} == {}


def test_one_document_more_rewrites_what_it_touches_however_many_there_are() -> None:
    pool = [one.analysis for one in documents(412)]
    few, many = (written(pool[400 - size : 400], pool[400:]) for size in (40, 400))
    assert many < 1.5 * few


def written(held: Sequence[Analysis], following: Sequence[Analysis]) -> int:
    """Rows that are set to another value as some documents follow those held, one by one."""
    shelf = Shelf()
    registry = Registry(shelf)
    for analysis in held:
        registry.add(analysis)
    registry.settle()
    shelf.flush()
    before = shelf._db.total_changes
    for analysis in following:
        registry.add(analysis)
        registry.settle()
        shelf.flush()
    return shelf._db.total_changes - before
