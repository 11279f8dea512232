"""Stories of documents that come and go: what stands in the tables is what a fresh build would put there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.generate import documents
from kg.model import Analysis, Decision, Ref
from kg.resolve.identity import identify
from kg.resolve.rulings import Ruling, Side
from kg.resolve.stories import circles, neighbours
from kg.resolve.stories.events import Stories
from kg.shelf import Shelf, Table

Rows = dict[str, dict[object, object]]


@pytest.fixture(scope="module")
def pool() -> list[Analysis]:
    """Documents of two days."""
    return [generated.analysis for generated in documents(70)]


@pytest.fixture(scope="module")
def keys(pool: list[Analysis]) -> dict[Ref, str]:
    return {ref: key for ref, key in identify(pool).keys.items() if ref.record.startswith("entity/")}


@pytest.fixture(params=[3, 40])
def reach(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Narrow windows too, so that documents push one another out of them."""
    found: int = request.param
    monkeypatch.setattr(circles, "REACH", found)
    monkeypatch.setattr(circles, "_PAGE", 2 * found)
    monkeypatch.setattr(neighbours, "_MOST", found)
    monkeypatch.setattr(neighbours, "_CROWD", 2)
    return found


def rows(stories: Stories) -> Rows:
    """Everything that is decided, and all that it rests on."""
    tables: dict[str, Table[Any, Any]] = {
        "accounts": stories.accounts,
        "stories": stories.stories,
        "judgements": stories.judgements,
        "likenesses": stories.encounters.likenesses,
        "circles": stories.circles.circles,
    }
    return {name: dict(table.items()) for name, table in tables.items()}


def fresh(held: Mapping[str, Analysis], keys: Mapping[Ref, str], rulings: Sequence[Ruling] = ()) -> Rows:
    with Shelf() as shelf:
        return rows(settled(Stories(shelf, held, keys, rulings), held))


def settled(stories: Stories, documents: Mapping[str, Analysis]) -> Stories:
    for document in documents:
        stories.touch(document)
    stories.settle()
    return stories


def ruling(left: Ref, right: Ref, decision: Decision) -> Ruling:
    return Ruling("j", decision, Side(left.document, left.record), Side(right.document, right.record))


def change(rng: Random, pool: Sequence[Analysis], held: dict[str, Analysis], keys: dict[Ref, str]) -> str:
    """Add a document, take it out, or name those in it otherwise; returns its id."""
    analysis = rng.choice(pool)
    name, what = analysis.document.id, rng.random()
    if what < 0.6:
        held[name] = analysis
    elif what < 0.9:
        held.pop(name, None)
    else:
        keys.update({Ref(name, entity.id): rng.choice(["person/x", "person/y"]) for entity in analysis.entities})
    return name


def rule(rng: Random, stories: Stories, pool: Sequence[Analysis], given: Sequence[Ruling]) -> list[Ruling]:
    """Some rulings are kept, and others made: on pairs that were judged, and on any."""
    refs = [Ref(analysis.document.id, event.id) for analysis in pool for event in analysis.events]
    judged = list(stories.judgements)
    kept = {frozenset((r.left.ref, r.right.ref)): r for r in given if rng.random() < 0.7}
    for _ in range(rng.choice([0, 2, 6])):
        left, right = rng.choice(judged) if judged and rng.random() < 0.7 else rng.sample(refs, 2)
        kept[frozenset((left, right))] = ruling(left, right, rng.choice([Decision.SAME, Decision.DIFFERENT]))
    return list(kept.values())


@pytest.mark.parametrize("seed", range(6))
def test_any_history_leads_to_what_a_fresh_build_gives(
    seed: int, reach: int, pool: list[Analysis], keys: dict[Ref, str], tmp_path: Path
) -> None:
    rng, held, named = Random(f"{seed} {reach}"), dict[str, Analysis](), dict(keys)
    some = pool[: rng.choice([12, 30, 70])]
    rulings: list[Ruling] = []
    shelf = Shelf(tmp_path / "shelf")
    stories = Stories(shelf, held, named)
    for _ in range(6):
        for _ in range(rng.choice([1, 1, 4, 12])):
            stories.touch(change(rng, some, held, named))
        stories.settle()
        if rng.random() < 0.5:
            rulings = rule(rng, stories, some, rulings)
            shelf.commit()
            shelf.close()
            shelf = Shelf(tmp_path / "shelf")
            stories = Stories(shelf, held, named, rulings)
            stories.settle()
        assert rows(stories) == fresh(held, named, rulings)
    shelf.close()


def test_the_same_in_one_round_or_in_many(pool: list[Analysis], keys: dict[Ref, str]) -> None:
    held: dict[str, Analysis] = {}
    with Shelf() as shelf:
        stories = Stories(shelf, held, keys)
        for analysis in Random(1).sample(pool, len(pool)):
            held[analysis.document.id] = analysis
            settled(stories, {analysis.document.id: analysis})
        found = rows(stories)
    assert found["stories"]
    assert found == fresh(held, keys)


def test_nothing_is_left_of_documents_that_are_gone(pool: list[Analysis], keys: dict[Ref, str]) -> None:
    held = {analysis.document.id: analysis for analysis in pool}
    with Shelf() as shelf:
        stories = settled(Stories(shelf, held, keys), held)
        assert stories.accounts
        gone = dict(held)
        held.clear()
        settled(stories, gone)
        assert not any(rows(stories).values())


def test_what_is_unchanged_is_not_written_again(pool: list[Analysis], keys: dict[Ref, str]) -> None:
    held = {analysis.document.id: analysis for analysis in pool}
    with Shelf() as shelf:
        stories = settled(Stories(shelf, held, keys), held)
        last = shelf.round
        shelf.next_round()
        settled(stories, held)
        assert not [*stories.accounts.since(last), *stories.stories.since(last), *stories.judgements.since(last)]


# -- rulings ---------------------------------------------------------------------------------------------------------


def test_a_ruling_joins_events_whatever_their_words(pool: list[Analysis], keys: dict[Ref, str]) -> None:
    held = {analysis.document.id: analysis for analysis in pool[:2]}
    left, right = sorted(Ref(analysis.document.id, analysis.events[0].id) for analysis in pool[:2])
    with Shelf() as shelf:
        stories = settled(Stories(shelf, held, keys, [ruling(right, left, Decision.SAME)]), held)
        assert stories.accounts[left] == stories.accounts[right]
        judgement = stories.judgements[left, right]
        assert (judgement.decision, judgement.method, judgement.score) == (Decision.SAME, "ruling", None)
        assert judgement.left_name == next(e.label for e in held[left.document].events if e.id == left.record)
        again = Stories(shelf, held, keys)
        again.settle()
        assert left not in again.accounts
        assert (left, right) not in again.judgements


def test_a_ruling_keeps_apart_what_would_be_joined(pool: list[Analysis], keys: dict[Ref, str]) -> None:
    held = {analysis.document.id: analysis for analysis in pool}
    with Shelf() as shelf:
        stories = settled(Stories(shelf, held, keys), held)
        left, right = next(pair for pair, j in stories.judgements.items() if j.decision is Decision.SAME)
        assert stories.accounts[left] == stories.accounts[right]
        apart = Stories(shelf, held, keys, [ruling(left, right, Decision.DIFFERENT)])
        apart.settle()
        assert apart.accounts.get(left, "left") != apart.accounts.get(right, "right")
        assert apart.judgements[left, right].decision is Decision.DIFFERENT
        missing = held.pop(right.document)
        settled(apart, {right.document: missing})
        assert (left, right) not in apart.judgements


def test_rulings_on_other_records_are_not_for_events(pool: list[Analysis], keys: dict[Ref, str]) -> None:
    held = {analysis.document.id: analysis for analysis in pool[:2]}
    left, right = (Ref(analysis.document.id, analysis.entities[0].id) for analysis in pool[:2])
    assert fresh(held, keys, [ruling(left, right, Decision.SAME)]) == fresh(held, keys)
