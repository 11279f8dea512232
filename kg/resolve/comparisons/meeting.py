"""Two accounts by different voices, and what they share.

Inside one document, which tells one story, a shared side is enough to take two accounts for accounts of one thing.
Across documents it takes the same place or the same named parties at the same time, or to have been found the same
story; a country alone never does.
"""

from __future__ import annotations

import msgspec

from kg.resolve.comparisons.accounts import Account
from kg.resolve.comparisons.oppositions import Oppositions

ANSWER = 400  # characters between a statement and one that answers it: two or three sentences


class Meeting(msgspec.Struct, frozen=True, gc=False):
    """Two accounts by different voices."""

    left: Account
    right: Account
    words: Oppositions

    @property
    def story(self) -> bool:
        """Whether both were found to tell of one occurrence."""
        return bool(self.left.story) and self.left.story == self.right.story

    @property
    def together(self) -> bool:
        """Whether one document holds both."""
        return self.left.ref.document == self.right.ref.document

    @property
    def one_event(self) -> bool:
        """Whether both are of one event of one document."""
        return self.together and self.left.event == self.right.event

    @property
    def adjacent(self) -> bool:
        """Whether one may answer the other: next to each other in one document."""
        return self.together and abs(self.left.position - self.right.position) <= ANSWER

    @property
    def timely(self) -> bool:
        """Whether both may be of one time; in one document what has no time of its own goes with the rest."""
        left, right = self.left.spell, self.right.spell
        if left is None or right is None:
            return self.together or self.story
        if self.together and not (left.certain and right.certain):
            return left.first <= right.last + 366 and right.first <= left.last + 366
        return left.near(right) and (self.together or self.story or (left.short and right.short))

    @property
    def undated(self) -> bool:
        """Whether one document holds both and tells no time for one of them."""
        spells = (self.left.spell, self.right.spell)
        return self.together and not all(spell and spell.certain for spell in spells)

    @property
    def same_day(self) -> bool:
        """Whether both tell the same day."""
        left, right = self.left.spell, self.right.spell
        return left is not None and left == right and left.certain and left.first == left.last

    @property
    def same_name(self) -> bool:
        """Whether a person or organisation by name is in both."""
        left, right = self.left, self.right
        return bool((left.doers.single | left.targets.single) & (right.doers.single | right.targets.single))

    @property
    def same_topic(self) -> bool:
        """Whether both tell the same kind of thing."""
        return not self.left.topics.isdisjoint(self.right.topics)

    @property
    def same_place(self) -> bool:
        """Whether a place of both is the same, or lies in the other."""
        return self.left.sites.meets(self.right.sites)

    @property
    def clash(self) -> bool:
        """Whether parties or places show that two things are told of."""
        left, right = self.left, self.right
        parts = ((left.sites, right.sites), (left.doers, right.doers), (left.targets, right.targets))
        return any(a.clashes(b, self.together) for a, b in parts)

    @property
    def both_actual(self) -> bool:
        """Whether both tell it as past or going on."""
        return self.left.actual and self.right.actual

    @property
    def both_claimed(self) -> bool:
        """Whether both are said by somebody whom the outlets quote."""
        return bool(self.left.outer and self.right.outer)

    @property
    def one_story(self) -> bool:
        """Whether they were found to be one occurrence, and a party, a place or the day and word bear that out."""
        left, right = self.left, self.right
        shared = left.doers.keys & right.doers.keys or left.targets.keys & right.targets.keys
        return self.story and (bool(shared) or self.same_place or (self.same_day and left.lemma == right.lemma))

    @property
    def anchored(self) -> bool:
        """Whether enough is shared to take them for accounts of one thing."""
        return self.bound or self.one_story

    @property
    def bound(self) -> bool:
        """Whether place, parties and time show them to be of one thing, whatever else was found."""
        left, right = self.left, self.right
        doers, targets = left.doers.beside(right.doers), left.targets.beside(right.targets)
        if self.same_place and (doers or targets):
            return True
        if doers and targets:
            return self.together or self.same_name
        same_name = left.doers.single & right.doers.single or left.targets.single & right.targets.single
        return bool(same_name) and self.same_day and self.same_topic
