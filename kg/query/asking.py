"""Questions in everyday words: which named question they are, and what its parameters are given."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import msgspec

from kg.lexicon import load


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of words, with the question that it asks.

    Names in braces are parameters.  ``fixed`` gives others their values, ``same`` those of parameters that the words
    fill.
    """

    pattern: str
    question: str
    fixed: dict[str, str] = {}
    same: dict[str, str] = {}


class Patterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `asking.toml`."""

    asking: tuple[Asking, ...]


class Asked(NamedTuple):
    """A named question and its parameters."""

    question: str
    parameters: dict[str, str]


def patterns() -> tuple[Asking, ...]:
    """All patterns, in the order in which they are tried."""
    found: Patterns = load("asking", Patterns)
    return found.asking


def understood(words: str) -> Asked | None:
    """The question that `words` ask, None where no pattern fits."""
    text = " ".join(words.replace("\0", " ").split()).rstrip("?!. ")
    for asking in patterns():
        found = _expression(asking.pattern).fullmatch(text)
        if found:
            given = {name: value.strip() for name, value in found.groupdict().items()}
            same = {name: given[other] for name, other in asking.same.items()}
            return Asked(asking.question, given | same | asking.fixed)
    return None


def suggestions(words: str) -> list[str]:
    """What can be asked, as patterns: those that begin as `words` do, or all."""
    first = words.split()[:1]
    begun = [a.pattern for a in patterns() if first and a.pattern.split()[0] == first[0].lower()]
    return begun or [a.pattern for a in patterns()]


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    expressions = (f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile("".join(expressions), re.IGNORECASE)
