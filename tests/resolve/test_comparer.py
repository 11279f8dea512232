"""Comparisons kept up while documents come, go and change: those of the documents held, however it came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from benchmarks.generate import document
from kg.model import Analysis, Comparison, Ref
from kg.resolve.comparisons import Comparer, compare, windows
from kg.resolve.comparisons.accounts import Account, accounts
from kg.resolve.comparisons.blocks import Block, Row, meet, named, rows
from kg.resolve.comparisons.findings import Finding, finding, weight
from kg.resolve.comparisons.meeting import Meeting
from kg.resolve.comparisons.oppositions import load
from kg.shelf import Shelf

GENERATED = [document(number) for number in range(48)]
ANALYSES = {one.analysis.document.id: one.analysis for one in GENERATED}
KEYS = {ref: key for one in GENERATED for ref, key in one.truth.items() if not ref.record.startswith("event")}
STORIES = {ref: key for one in GENERATED for ref, key in one.truth.items() if ref.record.startswith("event")}
TABLES = (
    "accounts compared",
    "blocks of accounts",
    "comparisons",
    "comparisons within documents",
    "findings",
)


class World:
    """Documents held, the keys that they have at present, and a comparer on a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held: dict[str, Analysis] = {}
        self.keys, self.stories = dict(KEYS), dict(STORIES)
        self.open()

    def open(self) -> None:
        self.shelf = Shelf(self.path)
        self.comparer = Comparer(self.shelf, self.held, self.keys, self.stories)

    def reopen(self) -> None:
        self.comparer.settle()
        self.shelf.commit()
        self.shelf.close()
        self.open()

    def step(self, rng: Random) -> None:
        """One thing that can happen."""
        match rng.choice(("come", "come", "come", "go", "rename", "retell", "settle", "reopen")):
            case "come":
                for name in rng.sample(sorted(ANALYSES), rng.randint(1, 4)):
                    self.held[name] = ANALYSES[name]
                    self.comparer.touch(name)
            case "go" if self.held:
                name = rng.choice(sorted(self.held))
                del self.held[name]
                self.comparer.touch(name)
            case "rename":
                self.rename(self.keys, rng)
            case "retell":
                self.rename(self.stories, rng)
            case "settle":
                self.comparer.settle()
                self.shelf.next_round()
            case "reopen":
                self.reopen()

    def rename(self, keys: dict[Ref, str], rng: Random) -> None:
        """Some records turn out to be what others are."""
        old, new = rng.sample(sorted(set(keys.values())), 2)
        for ref in [ref for ref, key in keys.items() if key == old]:
            keys[ref] = new
            self.comparer.touch(ref.document)

    def fresh(self) -> Shelf:
        shelf = Shelf()
        comparer = Comparer(shelf, self.held, self.keys, self.stories)
        for name in self.held:
            comparer.touch(name)
        comparer.settle()
        return shelf


def kept(shelf: Shelf) -> dict[str, dict[object, object]]:
    tables = {name: shelf.table(name, object, object, packed=name == "accounts compared") for name in TABLES}
    return {name: {key: table[key] for key in table} for name, table in tables.items()}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> int:
    """Each account meets few others, so that a handful of documents fills the blocks."""
    monkeypatch.setattr(windows, "POSITIONS", 3)
    monkeypatch.setattr(windows, "_REACH", 5)
    return 3


@pytest.mark.parametrize("seed", range(12))
def test_any_way_to_a_set_of_documents_gives_the_same_rows(seed: int, narrow: int, tmp_path: Path) -> None:
    rng, world = Random(seed), World(tmp_path / "shelf")
    for _ in range(40):
        world.step(rng)
    world.reopen()
    with world.shelf as shelf, world.fresh() as fresh:
        assert kept(shelf) == kept(fresh)


def plainly(positions: int) -> dict[tuple[Ref, Ref], Comparison]:
    """What documents make of each other, by putting all accounts into blocks at once."""
    people: dict[str, Account] = {}
    blocks: dict[Block, list[Row]] = defaultdict(list)
    for analysis in ANALYSES.values():
        told = named(accounts(analysis, KEYS, STORIES, load()))
        people |= told
        for place, standing in rows(told).items():
            blocks[place[0], place[1]].append((place, standing))
    found: dict[tuple[Ref, Ref], list[Finding]] = defaultdict(list)
    for block in blocks.values():
        for one, other in _near(sorted(block), positions):
            left, right = sorted((people[one], people[other]), key=lambda account: account.ref)
            outcome = finding(Meeting(left, right, load()))
            found[left.ref, right.ref] += [outcome] if outcome else []
    return {refs: min(several, key=weight).between(*refs) for refs, several in found.items() if several}


def _near(block: list[Row], positions: int) -> Iterator[tuple[str, str]]:
    for at, row in enumerate(block):
        yield from ((row[0][3], other[0][3]) for other in block[at + 1 : at + 1 + positions] if meet(row, other))


@pytest.mark.parametrize("positions", [3, 20])
def test_between_documents_each_account_of_a_block_meets_the_next_few(
    positions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "POSITIONS", positions)
    given = compare(list(ANALYSES.values()), KEYS, STORIES)
    across = {(c.left, c.right): c for c in given if c.left.document != c.right.document}
    assert across == plainly(positions)
    assert any(c.conflict for c in across.values())
    assert not all(c.conflict for c in across.values())


def test_an_emptied_comparer_keeps_nothing(tmp_path: Path) -> None:
    world = World(tmp_path / "shelf")
    for name in list(ANALYSES)[:20]:
        world.held[name] = ANALYSES[name]
        world.comparer.touch(name)
    world.comparer.settle()
    for name in list(world.held):
        del world.held[name]
        world.comparer.touch(name)
    world.comparer.settle()
    with world.shelf as shelf:
        assert all(not table for table in kept(shelf).values())


def test_what_is_not_changed_is_not_written_again(tmp_path: Path) -> None:
    world = World(tmp_path / "shelf")
    world.held |= ANALYSES
    for name in ANALYSES:
        world.comparer.touch(name)
    world.comparer.settle()
    world.shelf.flush()
    done = world.shelf._db.total_changes
    for name in ANALYSES:
        world.comparer.touch(name)
    world.comparer.settle()
    with world.shelf as shelf:
        shelf.flush()
        assert shelf._db.total_changes == done
