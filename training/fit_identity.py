"""Fit the weights of short forms in `kg/data/identity.toml` on generated documents: python -m training.fit_identity

The documents are others than those that `benchmarks growth` measures.  Each short form that is to be placed gives one
row for every group that it may stand for: what was found of the two, and whether they are truly one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from benchmarks.generate import document
from kg.model import Analysis, Ref
from kg.resolve import pairs, shorts
from kg.resolve.atoms import Atom
from kg.resolve.registry import Registry
from kg.resolve.words import ShortWeights

FIRST, COUNT = 60_000, 4_000  # beyond what is measured
ROUNDS, RIDGE = 200, 1.0
HELD = {"base": 0.4, "whole": 1.2}  # a surname alone is not enough, however few bear it; an acronym alone is

Row = tuple[dict[str, float], bool]


def rows(analyses: Sequence[Analysis], truth: Mapping[Ref, str]) -> Iterator[Row]:
    """Findings and truth of every short form with every atom that it may stand for."""
    seen: list[tuple[Atom, Atom, dict[str, float]]] = []
    original = pairs.short_for

    def noted(left: Atom, right: Atom, company: tuple[str, ...], rivals: int) -> pairs.Evidence:
        evidence = original(left, right, company, rivals)
        seen.append((left, right, evidence.found))
        return evidence

    registry = Registry()
    for analysis in analyses:
        registry.add(analysis)
    registry.settle()
    holders = {atom: Counter(truth.get(ref, "") for ref in p.records) for atom, p in registry.profiles.items()}
    pairs.short_for = noted
    try:
        scene = registry.scene()
        for short, ref, atom in registry.waiting():
            seen.clear()
            shorts.place(ref, atom, short, scene, frozenset())
            if ref in truth:
                for _, right, found in seen:
                    yield dict(found), holders[right].most_common(1)[0][0] == truth[ref]
    finally:
        pairs.short_for = original


def fit(found: Sequence[Row], names: Sequence[str]) -> dict[str, float]:
    """Logistic regression by Newton's method, with a ridge that keeps what is never seen at nought."""
    x = np.array([[row.get(name, 0.0) for name in names] for row, _ in found])
    held = np.array([sum(row.get(name, 0.0) * weight for name, weight in HELD.items()) for row, _ in found])
    y = np.array([float(right) for _, right in found])
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-x @ weights - held))
        gradient = x.T @ (y - chance) - RIDGE * weights
        curve = (x.T * (chance * (1 - chance))) @ x + RIDGE * np.eye(len(names))
        step = np.linalg.solve(curve, gradient)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    """Print the weights as the data file has them."""
    made = [document(FIRST + number) for number in range(COUNT)]
    truth = {ref: key for one in made for ref, key in one.truth.items()}
    found = list(rows([one.analysis for one in made], truth))
    print(f"# {len(found)} rows, {sum(right for _, right in found)} of them right")
    free = [name for name in ShortWeights.__struct_fields__ if name not in HELD]
    for name, weight in (HELD | fit(found, free)).items():
        print(f"{name} = {weight}")


if __name__ == "__main__":
    main()
