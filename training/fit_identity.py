"""Fit the weights of `kg/data/identity.toml` on generated documents: python -m training.fit_identity

The persons in them are others than those that `benchmarks growth` measures.  Prints both sets of weights as the file
has them, and for the documents of a third set how often what was given a score was truly one.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise
from math import exp
from typing import cast

import numpy as np

from benchmarks import world
from benchmarks.generate import DAILY, Generated, document
from kg.model import Ref
from kg.resolve.who import pairs, shorts
from kg.resolve.who.atoms import Atom, Page, Sighting, page
from kg.resolve.who.blocks import CAP, decide
from kg.resolve.who.profiles import Profile
from kg.resolve.who.shorts import Scene
from kg.resolve.words import NameWeights, ShortWeights, names

COUNT = 6_000
LEARNT, TOLD = (era * world.ERA * DAILY for era in (1, 2))  # eras of documents to fit on and to report on
ROUNDS, RIDGE = 200, 1.0
HELD = {"base": 0.4, "whole": 1.2}  # a surname alone is not enough, however few bear it; an acronym alone is
SURE = {"later_office": -1.0, "other_suffix": -9.0}  # what so few days and such names show too seldom
BANDS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.75, 0.9, 0.97, 1.001)


@dataclass(frozen=True, slots=True)
class Row:
    """Findings of a pair, and how likely a record of one and a record of the other are truly one."""

    found: Mapping[str, float]
    right: float


@dataclass(slots=True)
class Bearer:
    """Whom the records of an atom truly are, and the days of their texts."""

    truth: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)

    def meets(self, other: Bearer) -> bool:
        """As profiles have it: whether texts tell of the two in one stretch of time."""
        mine, others = (tuple(map(date.fromisoformat, (min(b.days), max(b.days)))) for b in (self, other))
        return max(others[0] - mine[1], mine[0] - others[1]).days < names().decision.tenure

    @property
    def foremost(self) -> str:
        """Whom most of the records are."""
        return min(self.truth, key=lambda key: (-self.truth[key], key))

    def one(self, other: Bearer) -> float:
        """How likely two records are one's."""
        total = self.truth.total() * other.truth.total()
        return sum(times * other.truth[key] for key, times in self.truth.items()) / total


class Corpus:
    """Documents as the registry sees them, without its care for what changes."""

    def __init__(self, made: Iterable[Generated]) -> None:
        self.truth: dict[Ref, str] = {}
        self.pages: dict[str, Page] = {}
        self.bearers: dict[Atom, Bearer] = defaultdict(Bearer)
        self.blocks: dict[str, set[Atom]] = defaultdict(set)
        for one in made:
            self.truth |= one.truth
            found = page(one.analysis, lambda _: "")
            self.pages[found.document] = found
            for sighting in found.sightings:
                self._enter(found, sighting)

    def _enter(self, found: Page, sighting: Sighting) -> None:
        atom = sighting.atom
        bearer = self.bearers[atom]
        bearer.truth[self.truth[Ref(found.document, sighting.record)]] += 1
        bearer.days.add(found.day)
        if not atom.loose and atom.family != "doc":
            self.blocks[atom.block].add(atom)

    def scene(self) -> tuple[Scene, frozenset[Atom]]:
        """What short forms are placed by, and the full names that several bear."""
        homes: dict[Atom, Atom] = {}
        undecided: set[Atom] = set()
        for atoms in self.blocks.values():
            outcome = decide(atoms, cast(Mapping[Atom, Profile], self.bearers), ())
            homes |= {atom: group[0] for group in outcome.groups for atom in group}
            undecided |= outcome.open
        seen: dict[tuple[str, str], dict[str, list[Atom]]] = defaultdict(dict)
        called: dict[str, dict[Atom, None]] = defaultdict(dict)
        for found in self.pages.values():
            for sighting in found.sightings:
                for short in () if sighting.atom.loose else sighting.shorts:
                    seen[short, found.day].setdefault(found.document, []).append(sighting.atom)
                    called[short][sighting.atom] = None
        settled = {atom: home for atom, home in homes.items() if atom not in undecided}
        return Scene(self.pages, seen, called, settled.get), frozenset(undecided)


def name_rows(corpus: Corpus) -> Iterator[Row]:
    """Every pair of persons' atoms of one block."""
    for block, atoms in corpus.blocks.items():
        for left, right in combinations(sorted(atoms)[:CAP], 2) if block.startswith("person ") else ():
            mine, others = corpus.bearers[left], corpus.bearers[right]
            meet = bool(left.office and right.office) and mine.meets(others)
            yield Row(pairs.named_alike(left, right, meet).found, mine.one(others))


def short_rows(corpus: Corpus) -> Iterator[Row]:
    """Every short form that is to be placed, with every atom that it may stand for."""
    seen: list[tuple[Atom, dict[str, float]]] = []
    original = pairs.short_for

    def noted(left: Atom, right: Atom, company: tuple[str, ...], rivals: int) -> pairs.Evidence:
        evidence = original(left, right, company, rivals)
        seen.append((right, evidence.found))
        return evidence

    scene, undecided = corpus.scene()
    pairs.short_for = noted
    try:
        for found in corpus.pages.values():
            for sighting in found.sightings:
                ref = Ref(found.document, sighting.record)
                if sighting.shorts and (sighting.atom.loose or sighting.atom in undecided):
                    seen.clear()
                    shorts.place(ref, sighting.atom, sighting.shorts[0], scene, frozenset())
                    for right, told in seen:
                        yield Row(told, float(corpus.bearers[right].foremost == corpus.truth[ref]))
    finally:
        pairs.short_for = original


def fit(rows: Sequence[Row], free: Sequence[str], held: Mapping[str, float]) -> dict[str, float]:
    """Logistic regression by Newton's method, with a ridge that keeps what is never seen at nought."""
    x = np.array([[row.found.get(name, 0.0) for name in free] for row in rows])
    given = np.array([_sum(row.found, held) for row in rows])
    y = np.array([row.right for row in rows])
    weights = np.zeros(len(free))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights + given, -30, 30)))
        gradient = x.T @ (y - chance) - RIDGE * weights
        curve = (x.T * (chance * (1 - chance))) @ x + RIDGE * np.eye(len(free))
        step = np.linalg.solve(curve, gradient)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 2) for name, weight in zip(free, weights, strict=True)}


def _sum(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(value * weights.get(name, 0.0) for name, value in found.items())


def reliability(rows: Iterable[Row], weights: Mapping[str, float]) -> Iterator[tuple[float, float, int, float, float]]:
    """For each band of scores its bounds, the rows in it, their mean score and how many of them are right."""
    scored = [(1 / (1 + exp(-_sum(row.found, weights))), row.right) for row in rows]
    for low, high in pairwise(BANDS):
        band = [(score, right) for score, right in scored if low <= score < high]
        if band:
            count = len(band)
            yield low, high, count, sum(score for score, _ in band) / count, sum(right for _, right in band) / count


def _report(
    title: str, learnt: Sequence[Row], told: Sequence[Row], names: Sequence[str], held: Mapping[str, float]
) -> None:
    weights = {**held, **fit(learnt, [name for name in names if name not in held], held)}
    print(f"[weights.{title}]  # {len(learnt)} pairs")
    for name in names:
        print(f"{name} = {weights[name]}")
    print(f"# of {len(told)} other pairs: score, pairs, mean score, share that is one")
    for low, high, count, mean, right in reliability(told, weights):
        print(f"# {low:.2f} to {min(high, 1):.2f} {count:8} {mean:6.3f} {right:6.3f}")


def main(count: int) -> None:
    """Fit both sets and report on documents of another era."""
    learnt, told = (Corpus(document(first + number) for number in range(count)) for first in (LEARNT, TOLD))
    _report("name", list(name_rows(learnt)), list(name_rows(told)), NameWeights.__struct_fields__, SURE)
    _report("short", list(short_rows(learnt)), list(short_rows(told)), ShortWeights.__struct_fields__, HELD)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
