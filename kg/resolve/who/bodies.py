"""Bodies' names: brought to one spelling, and those of branches told from the body's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from kg import lexicon
from kg.gazetteer import open_gazetteer
from kg.ids import fold
from kg.resolve.words import names

POSSESSIVE = re.compile(r"['’]s?(?!\w)")  # "Russia's Defence Ministry"
_WORDS = 4  # of a country's name, at most


class Actor(msgspec.Struct, frozen=True):
    """What matters here of a well-known actor; see `known_actors.toml`."""

    key: str
    names: tuple[str, ...]
    country: str = ""


class Actors(msgspec.Struct, frozen=True):
    """The word list `known_actors.toml`."""

    actor: tuple[Actor, ...]


@lru_cache(maxsize=100_000)
def plain(label: str) -> str:
    """The words of a body's name that outlets agree on, sorted: no articles, possessives or legal forms."""
    rules = names()
    words = (rules.spellings.get(word, word) for word in fold(POSSESSIVE.sub("", label)).split())
    return " ".join(sorted(word for word in words if word not in rules.institutions.stop)) or fold(label)


@lru_cache(maxsize=10_000)
def branch(label: str, known: str) -> bool:
    """Whether `label` names the branch of a known actor in some country, which is a body of its own: "Kenya Red Cross",
    but not "the U.S. Federal Reserve", which is of that country itself.
    """
    home, called = _actors().get(known, ("", ()))
    words = fold(POSSESSIVE.sub("", label)).split()
    for name in called:
        at = next((i for i in range(len(words)) if words[i : i + len(name)] == list(name)), None)
        if at is not None:
            rest = (words[:at], words[at + len(name) :])
            return any(code != home for part in rest for code in _countries(part))
    return False


@cache
def _actors() -> dict[str, tuple[str, tuple[tuple[str, ...], ...]]]:
    """The country of each known actor and its names, the longest first."""
    return {
        actor.key: (actor.country, tuple(sorted({tuple(fold(name).split()) for name in actor.names}, key=_longest)))
        for actor in lexicon.load("known_actors", Actors).actor
    }


def _longest(name: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(name), name


def _countries(words: list[str]) -> Iterator[str]:
    """The countries that are named, by their own name or as an adjective, among these words."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _WORDS) + 1):
            if code := country_of(" ".join(words[start:end])):
                yield code


@lru_cache(maxsize=100_000)
def country_of(name: str) -> str:
    """The country that `name`, folded, is the name or the demonym of."""
    found = open_gazetteer().lookup(name)
    if found and found[0].level == "country":
        return found[0].country
    return open_gazetteer().demonym(name) or ""
