"""What the entities of the graph take over from the ranker, which weighs more evidence than the sieves do.

A pronoun that the sieves joined stays there unless the ranker finds that most unlikely; then, or where the sieves
found nothing, it goes where the ranker is sure, or stands alone.  No two named actors become one by this, since only
pronouns move.  Nominals are left to the sieves: the ranker knows too little of the meaning of nouns.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.model import MentionKind
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.linking import Choice
from kg.nlp.coref.view import View

# Least probabilities: of what the sieves found, for it to stay; and of what the ranker alone found, to be believed.
# On held-out texts of GUM seven to nine tenths of what either lets pass are right, of "he" and "she" nine tenths.
KEPT = {"he": 0.05, "she": 0.05, "they": 0.2, "it": 0.1}
SURE = {"he": 0.8, "she": 0.8, "they": 0.7, "it": 0.8, "i": 0.9, "we": 0.85}
_SPEECH = ("i", "we")
_MANY = ("we", "you", "they")  # pronouns that no "he" takes up


def adopt(view: View, grid: Grid, choices: Sequence[Choice]) -> None:
    """Join pronouns anew, from left to right, by what sieves and ranker say together."""
    sieved = dict(view.taken_up)
    before = [view.clusters.find(index) for index in range(len(view.notes))]
    view.clusters.part(sieved)
    adoption = _Adoption(view, before)
    seen = set()
    for phrase, trait, choice in zip(grid.phrases, grid.traits, choices, strict=True):
        if phrase.note is not None:
            seen.add(phrase.note)
            adoption.settle(phrase.note, trait.type, choice)
    for index in sorted(sieved.keys() - seen):
        view.clusters.join(sieved[index], index)


class _Adoption:
    """The mentions of each chain so far; `before` is the cluster of each mention as the sieves left it."""

    def __init__(self, view: View, before: Sequence[int]) -> None:
        self.view, self.before = view, before
        self.marks = np.cumsum(view.doc.to_array("ORTH") == view.doc.vocab.strings.add('"'))
        self.latest: dict[tuple[int, bool], int] = {}  # chain, and whether "we" and "they" count -> mention
        self.agreed: dict[tuple[int, int], int] = {}  # chain and cluster -> the latest mention of both

    def settle(self, index: int, type_: str, choice: Choice) -> None:
        """Join the mention `index`, a phrase of `type_`, where it may be joined, and remember it in its chain."""
        view = self.view
        if index in view.taken_up:
            self._settle_again(index, type_, choice)
        elif choice.probability >= SURE.get(type_, 2) and len(view.clusters.profile(index).members) == 1:
            self._follow(index, type_, choice)
        self.latest[choice.first, True] = index
        if type_ not in _MANY:
            self.latest[choice.first, False] = index
        self.agreed[choice.first, self.before[index]] = index

    def _settle_again(self, index: int, type_: str, choice: Choice) -> None:
        """Join what the sieves found if the ranker finds it likely, else what the ranker is sure of."""
        cluster = self.before[index]
        kept = {first: odds for first, odds in choice.likely.items() if (first, cluster) in self.agreed}
        if kept and sum(kept.values()) >= KEPT.get(type_, 0):
            self.view.clusters.join(self.agreed[max(kept, key=lambda first: kept[first]), cluster], index)
        elif choice.probability >= SURE.get(type_, 2):
            self._follow(index, type_, choice)

    def _follow(self, index: int, type_: str, choice: Choice) -> None:
        """Join the latest mention of the chain, if who speaks allows it."""
        other = self.latest.get((choice.first, type_ in _MANY))
        if other is None or (type_ == "it" and self._only_pronouns(other)):
            return
        if self._may_be(index, other, type_):
            self.view.clusters.join(other, index)

    def _only_pronouns(self, index: int) -> bool:
        """Whether nothing says yet what the cluster is: one "it" after another is mostly a thing or an idea."""
        members = self.view.clusters.profile(index).members
        return all(self.view.notes[member].form == MentionKind.PRONOUN for member in members)

    def _may_be(self, index: int, other: int, type_: str) -> bool:
        """ "I" and "we" up to the next quotation mark only, where another may speak; nobody calls himself "he"."""
        view = self.view
        if type_ in _SPEECH:
            return bool(self.marks[view.notes[index].head] == self.marks[view.notes[other].head])
        quoter = view.quoter(index)
        return quoter is None or not view.clusters.same(quoter, other)
