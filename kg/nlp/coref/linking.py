"""The ranker at work: each noun phrase takes its likeliest antecedent, or none, from left to right.

What the rules for actors and places decided is evidence here, not law: corpora of coreference join other phrases than
a graph of actors does (no appositions, no predicates, a ministry apart from its country).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.nlp.annotations import Stretch
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.ranker import Ranker

EAGER = 0.5  # taken off the score of a new entity; from 0.25 to 0.75 held-out texts fare alike
FAINT = 0.02  # odds under which a candidate is not counted


class Choice(NamedTuple):
    """What a phrase takes up: the first phrase of its chain (itself if none), and how likely that is.

    `likely` has every chain that it may take up, by its first phrase.
    """

    first: int
    probability: float = 0.0
    likely: Mapping[int, float] = MappingProxyType({})


def choose(grid: Grid, ranker: Ranker) -> list[Choice]:
    """The choice of each phrase; a chain counts with all its phrases together."""
    if not grid.phrases:
        return []
    odds = np.exp(ranker.pairs(grid) - (ranker.new(grid) - EAGER)[:, None])  # of each candidate against none
    likely, apart = _columns((odds > FAINT) & ~grid.barred), _columns(grid.disjoint)
    choices = [Choice(place) for place in range(len(grid.phrases))]
    for place, columns in likely.items():
        others = {choices[grid.candidates[place, column]].first for column in apart.get(place, ())}
        totals: dict[int, float] = {}
        for column in columns:
            first = choices[grid.candidates[place, column]].first
            if first not in others:
                totals[first] = totals.get(first, 0.0) + float(odds[place, column])
        choices[place] = _likeliest(place, totals)
    return choices


def _likeliest(place: int, totals: Mapping[int, float]) -> Choice:
    if not totals:
        return Choice(place)
    best = max(totals, key=lambda first: (totals[first], first))
    whole = 1 + sum(totals.values())
    likely = {first: odds / whole for first, odds in totals.items()}
    return Choice(place, 0.0, likely) if totals[best] < 1 else Choice(best, likely[best], likely)


def _columns(chosen: npt.NDArray[np.bool_]) -> dict[int, Sequence[int]]:
    """The columns that are chosen in each row that has any."""
    found: dict[int, list[int]] = {}
    for row, column in np.argwhere(chosen).tolist():
        found.setdefault(row, []).append(column)
    return dict(found)


def chains(grid: Grid, choices: Sequence[Choice]) -> list[list[Stretch]]:
    """The phrases of whatever the text takes up again, in text order."""
    found: dict[int, list[Stretch]] = {}
    for phrase, choice in zip(grid.phrases, choices, strict=True):
        found.setdefault(choice.first, []).append(phrase.stretch)
    return [chain for chain in found.values() if len(chain) > 1]
