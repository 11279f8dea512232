"""The words that tell of lasting relations: the shape of `kg/data/relations.toml`, loaded once."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import msgspec

from kg import lexicon


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before an office or tie that say how it is held."""

    ended: frozenset[str]
    future: frozenset[str]
    possible: frozenset[str]
    lesser: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """The words that are no part of an office's name."""
        return self.ended | self.future | self.possible


class Tie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns whose holder stands in `predicate` to whatever owns the noun; where `inverse`, the owner to the holder.

    What is `lasting` does not end with the past tense; `kin` is between persons.
    """

    predicate: str
    nouns: tuple[str, ...]
    links: tuple[str, ...] = ("poss", "of")
    inverse: bool = False
    ended: bool = False
    kin: bool = False
    lasting: bool = False


class StateVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that state a relation; without `prepositions`, to their direct object."""

    predicate: str
    lemmas: tuple[str, ...]
    subjects: str
    objects: str
    prepositions: tuple[str, ...] = ()
    lasting: bool = False


class Stakes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes the holder of a stake an owner; `majority` is in per cent."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    words: frozenset[str]
    percent: frozenset[str]
    majority: float


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs, with their particle or preposition, that begin or end a relation of a kind for their subject or object."""

    kind: str
    who: str
    effect: str
    verbs: tuple[str, ...]


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that stand for an office, or for the seat of a body."""

    posts: frozenset[str]
    seats: frozenset[str]


class RelationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The shape of `relations.toml`, with its lists turned into look-ups."""

    leads: frozenset[str]
    rules: frozenset[str]
    serves: frozenset[str]
    state_service: frozenset[str]
    spokesperson: frozenset[str]
    undoing: frozenset[str]
    speaking: frozenset[str]
    state: frozenset[str]
    soldiery: frozenset[str]
    some: frozenset[str]
    state_heads: frozenset[str]
    based: frozenset[str]
    located: frozenset[str]
    within: frozenset[str]
    chosen: frozenset[str]
    copulas: frozenset[str]
    composed: dict[str, str]
    standing: Standing
    ties: tuple[Tie, ...]
    hyphened: dict[str, str]
    prefixed: dict[str, str]
    verbs: tuple[StateVerb, ...]
    stakes: Stakes
    changes: tuple[Change, ...]
    offices: Offices
    premises: frozenset[str]
    deaths: dict[str, tuple[str, ...]]

    @cached_property
    def held(self) -> frozenset[str]:
        """All offices."""
        return self.leads | self.serves | self.spokesperson

    @cached_property
    def bodies(self) -> frozenset[str]:
        """All nouns for bodies that are part of, or at home in, what owns them."""
        return self.state | self.soldiery | self.based

    @cached_property
    def tie_nouns(self) -> dict[str, list[Tie]]:
        """Noun -> the ties that it may tell of, by the link to its owner."""
        found: dict[str, list[Tie]] = {}
        for tie in self.ties:
            for noun in tie.nouns:
                found.setdefault(noun, []).append(tie)
        return found

    @cached_property
    def tie_heads(self) -> frozenset[str]:
        """Last words of the nouns that tell of ties, so that most tokens are passed over at once."""
        return frozenset(noun.split()[-1] for noun in self.tie_nouns)

    @cached_property
    def state_verbs(self) -> dict[str, StateVerb]:
        """Lemma -> what it states."""
        return {lemma: verb for verb in self.verbs for lemma in verb.lemmas}

    @cached_property
    def change_verbs(self) -> dict[str, list[Phrase]]:
        """Verb -> the changes that it may tell of, with the words that must stand with it."""
        found: dict[str, list[Phrase]] = {}
        for change in self.changes:
            for text in change.verbs:
                verb, _, rest = text.partition(" ")
                found.setdefault(verb, []).append(Phrase(rest, change))
        return found


class Phrase(NamedTuple):
    """A change with the particle, preposition or object that its verb needs, "" when none."""

    rest: str
    change: Change


def relation_words() -> RelationWords:
    """The word list, loaded once."""
    return lexicon.load("relations", RelationWords)
