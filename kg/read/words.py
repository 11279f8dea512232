"""The reader's word list, `kg/data/layout.toml`, and the tests of a line that need nothing else."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from kg.lexicon import load

WORD = re.compile(r"\w(?:[\w'’.-]*\w)?")
_QUOTES = str.maketrans("‘’“”\u00a0\u202f", "''\"\"  ")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's keys; what each list is for is said there."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    zones: tuple[str, ...]
    kickers: frozenset[str]
    date_cues: tuple[str, ...]
    outlet_words: frozenset[str]
    outlets: frozenset[str]
    name_particles: frozenset[str]
    byline_cues: tuple[str, ...]
    posts: tuple[str, ...]
    caption_openers: tuple[str, ...]
    caption_endings: tuple[str, ...]
    caption_phrases: tuple[str, ...]
    clause_words: frozenset[str]
    prose_words: frozenset[str]
    narrative_phrases: tuple[str, ...]
    note_labels: frozenset[str]
    labels: frozenset[str]
    list_labels: frozenset[str]
    openers: tuple[str, ...]
    phrases: tuple[str, ...]
    credit_verbs: tuple[str, ...]
    calls: frozenset[str]
    addresses: frozenset[str]
    abbreviations: frozenset[str]


def words() -> Words:
    """The word list, checked and loaded once."""
    return load("layout", Words)


def plain(text: str) -> str:
    """`text` for looking up: lower case, straight quotes, single spaces, no marks of lists or emphasis around it."""
    return " ".join(text.translate(_QUOTES).casefold().split()).strip("*_#>|•·–—- ")


def split_words(text: str) -> list[str]:
    """The words of `text`, punctuation left out."""
    return WORD.findall(text)


def any_of(phrases: tuple[str, ...]) -> str:
    """A regular expression for any of `phrases`, the longest first, in straight quotes or curly ones."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace("'", "['’]").replace("\\ ", r"\s+") for phrase in ordered)


@cache
def opens(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches a plain line that begins with one of `phrases` as whole words."""
    return re.compile(rf"(?:{any_of(phrases)})(?!\w)")


@cache
def holds(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of `phrases` as whole words in a plain line."""
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)")


@cache
def ends(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of `phrases` as whole words at the end of a plain line, closing brackets allowed."""
    return re.compile(rf"(?<!\w)(?:{any_of(phrases)})[)\].]*$")


def capitalised(text: str) -> bool:
    """Whether every word of `text` starts with a capital or digit, small words of names aside."""
    found = split_words(text)
    small = words().name_particles
    return bool(found) and all(not w[0].islower() or w in small for w in found) and not found[0][0].islower()
