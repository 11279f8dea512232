"""The word list `oppositions.toml`: which words tell one thing in opposite ways, and how what is said is taken up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Literal

import msgspec

from kg import lexicon
from kg.model import Event, Stance

NOUN = 5  # words of a content within which the noun that takes something up must stand

Shared = Literal["any", "doers", "targets", "movers", "place"]


Side = tuple[int, bool]  # the number of an opposition, and whether it is its first side


class Opposition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two ways of telling one thing; `shared` says in what two accounts must coincide."""

    name: str
    shared: Shared
    one: frozenset[str]
    other: frozenset[str]
    moves: bool = False


class Alike(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell the same step."""

    name: str
    words: frozenset[str]
    forces: bool = False


Kind = Literal["accusing", "counting", "any", ""]


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which a denial takes up what another said."""

    any: frozenset[str]
    accusing: frozenset[str]
    counting: frozenset[str]
    holding: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    numerals: frozenset[str]

    def referring(self, content: str) -> Kind:
        """How a content takes up what was said before, "" where it says itself what is said or denied."""
        spoken = _bare_words(content)
        if not spoken or "that" in spoken[1:]:
            return ""
        if self.bare(content):
            return "any"
        if len(spoken) > 1 and spoken[0] not in self.determiners:
            return ""
        return next((kind for word in spoken[:NOUN] if (kind := self._kind(word))), "")

    def bare(self, content: str) -> bool:
        """Whether a content is a pronoun alone, for what stands right before it."""
        spoken = _bare_words(content)
        return len(spoken) == 1 and spoken[0] in self.pronouns

    def _kind(self, noun: str) -> Kind:
        if noun in self.accusing:
            return "accusing"
        if noun in self.counting:
            return "counting"
        return "any" if noun in self.any else ""


class Oppositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The whole word list."""

    tolerance: float
    exact: frozenset[str]
    open_bound: float
    generic: frozenset[str]
    slight: frozenset[str]
    light: frozenset[str]
    growing: frozenset[str]
    single: frozenset[str]
    contested: frozenset[str]
    charging: frozenset[str]
    moves: frozenset[str]
    counted_alike: tuple[frozenset[str], ...]
    naming: frozenset[str]
    opposition: tuple[Opposition, ...]
    alike: tuple[Alike, ...]
    stances: dict[Stance, bool]
    topics: dict[str, str]
    answers: Answers

    def topic(self, event: Event) -> str:
        """What the event counts as: its type, or the type that it implies; else its word."""
        return event.lemma if event.type in self.generic else self.topics.get(event.type, event.type)

    def topics_of(self, event: Event, word: str) -> frozenset[str]:
        """The topic, and the word as written where the type does not say enough."""
        return frozenset(
            (self.topic(event), word) if event.type in self.generic | self.contested else (self.topic(event),)
        )

    def steps(self, event: Event, forces: bool) -> frozenset[str]:
        """The names of the groups of like words that the event is in, given whether troops take part."""
        return frozenset(group.name for group in self.alike if forces >= group.forces and _in(event, group.words))

    @cached_property
    def sides(self) -> dict[str, list[Side]]:
        """The sides that a word or type is on."""
        found: dict[str, list[Side]] = defaultdict(list)
        for number, opposition in enumerate(self.opposition):
            for first, words in ((True, opposition.one), (False, opposition.other)):
                for word in words:
                    found[word].append((number, first))
        return dict(found)

    def told_in(self, event: Event) -> frozenset[Side]:
        """The oppositions that the event is told in, and on which side."""
        found = (*self.sides.get(event.lemma, ()), *self.sides.get(f":{event.type}", ()))
        moving = event.type in self.moves
        return frozenset(side for side in found if moving or not self.opposition[side[0]].moves)

    def opposed(self, left: Iterable[Side], right: frozenset[Side]) -> list[Opposition]:
        """The oppositions that two events are told in on different sides."""
        return [self.opposition[number] for number, one in sorted(left) if (number, not one) in right]


@cache
def load() -> Oppositions:
    """The word list of the package."""
    return lexicon.load("oppositions", Oppositions)


def _in(event: Event, words: frozenset[str]) -> bool:
    return event.lemma in words or f":{event.type}" in words


def _bare_words(content: str) -> list[str]:
    return [word.strip("“”\"',;:.") for word in content.lower().split()]
