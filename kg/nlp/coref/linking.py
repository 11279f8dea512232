"""The ranker at work: each noun phrase takes its likeliest antecedent, or none, from left to right.

What the rules for actors and places decided is evidence here, not law: corpora of coreference join other phrases than
a graph of actors does (no appositions, no predicates, a ministry apart from its country).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.model import MentionKind
from kg.nlp.annotations import Stretch
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.ranker import Ranker
from kg.nlp.coref.view import View

EAGER = 0.5  # taken off the score of a new entity; from 0.25 to 0.75 held-out texts fare alike
FAINT = 0.02  # odds under which a candidate is not counted
SURE = 0.9  # least probability of what the graph takes over: 87 % of held-out pronouns are right
_TAKEN = ("he", "she", "i")  # pronouns that the graph takes over; the others are wrong too often
_MANY = ("we", "you", "they")  # pronouns that no "he" takes up


class Choice(NamedTuple):
    """What a phrase takes up: the first phrase of its chain (itself if none), and how likely that is."""

    first: int
    probability: float = 0.0


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
    best = max(totals, key=lambda first: (totals[first], first), default=place)
    if best == place or totals[best] < 1:
        return Choice(place)
    return Choice(best, totals[best] / (1 + sum(totals.values())))


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


def take_over(view: View, grid: Grid, choices: Sequence[Choice]) -> None:
    """Join pronouns that the rules left alone with the actor that the ranker is sure of.

    A pronoun has no name and no country, and joins one cluster only: no two named actors become one by this.
    """
    marks = np.cumsum(view.doc.to_array("ORTH") == view.doc.vocab.strings.add('"'))
    latest: dict[int, int] = {}  # first phrase of a chain -> the last mention of one actor or place in it
    for phrase, trait, choice in zip(grid.phrases, grid.traits, choices, strict=True):
        note, before = phrase.note, latest.get(choice.first)
        if note is None or trait.type in _MANY:
            continue
        sure = trait.type in _TAKEN and choice.probability >= SURE
        if before is not None and sure and _is_free(view, note, before, marks):
            view.clusters.join(before, note)
        latest[choice.first] = note


def _is_free(view: View, note: int, before: int, marks: npt.NDArray[np.int_]) -> bool:
    """Whether the rules left a pronoun alone, and who speaks does not forbid to join it.

    "I" is joined up to the next quotation mark only, where another may speak; nobody calls himself "he".
    """
    mention = view.notes[note]
    if mention.form != MentionKind.PRONOUN or len(view.clusters.profile(note).members) > 1:
        return False
    if view.doc[mention.head].lower_ in view.words.pronouns.first:
        return bool(marks[mention.head] == marks[view.notes[before].head])
    quoter = view.quoter(note)
    return quoter is None or not view.clusters.same(quoter, before)
