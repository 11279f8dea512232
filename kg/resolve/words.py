"""The word lists and weights of `identity.toml`, and names brought to forms that can be compared."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from kg import lexicon
from kg.ids import fold
from kg.model import EntityKind

_NUMERAL = re.compile(r"[ivx]+\Z")
_HABIT, _VOWEL = 0.3, 0.5  # what these count of a letter that nothing explains
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}\Z")


class Institutions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that matter, or do not, in an institution's name."""

    stop: frozenset[str]
    generic: frozenset[str]
    forces: frozenset[str]
    single: frozenset[str]


class Sounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to leave out of a name so that other spellings of it are found."""

    alike: tuple[tuple[str, str], ...]
    vowels: str
    changes: tuple[str, ...]


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles and the offices that they tell of."""

    lesser: frozenset[str]
    titles: dict[str, tuple[str, ...]]


class NameWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each finding adds where two full names are compared."""

    base: float
    spelling: float
    country: float
    other_country: float
    office: float
    other_office: float
    later_office: float
    gender: float
    middle: float
    other_middle: float
    fuller: float
    other_suffix: float


class ShortWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each finding adds where a short form is compared with one that it may stand for."""

    base: float
    whole: float
    namesake: float
    company: float
    country: float
    other_country: float
    office: float
    other_office: float
    rivals: float


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both sets of weights."""

    name: NameWeights
    short: ShortWeights


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which score on two are the same, or in doubt, up to which different; what the best of several must be ahead
    by; how near two texts' days must be; and the days between two offices, fewer than which nobody takes to change.
    """

    same: float
    different: float
    doubt: float
    margin: float
    days: int
    tenure: int


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `identity.toml`."""

    transliteration: tuple[tuple[str, str], ...]
    saying: frozenset[str]
    spellings: dict[str, str]
    institutions: Institutions
    sounds: Sounds
    offices: Offices
    weights: Weights
    decision: Thresholds


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Given names as `given_names.toml` lists them."""

    m: str
    f: str


@cache
def names() -> Names:
    """The word list, loaded once."""
    return lexicon.load("identity", Names)


@lru_cache(maxsize=100_000)
def skeleton(name: str) -> str:
    """`name` folded so that transliterations of one name are equal ("Zelenskyy", "Zelenskiy", "Zelensky")."""
    return " ".join(word if _NUMERAL.match(word) else _plain(word) for word in fold(name).split())


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    for variant, plain in names().transliteration:
        word = word.replace(variant, plain)
    return word


@lru_cache(maxsize=100_000)
def consonants(name: str) -> str:
    """What is left of a name whatever its spelling, hyphens and order of words: its consonants, sorted."""
    words = [word for word in fold(name).split() if len(word) > 1]
    return "".join(sorted(letter for word in words for letter in _consonants(word))) or fold(name)


def _consonants(word: str) -> str:
    for spelt, plain in names().sounds.alike:
        word = word.replace(spelt, plain)
    return "".join(c for c in re.sub(r"(.)\1+", r"\1", word) if c not in names().sounds.vowels)


def distance(left: str, right: str) -> float:
    """Letters to change, leave out or put in, less where outlets often do so."""
    row = [0.0]
    for letter, before in zip(right, " " + right, strict=False):
        row.append(row[-1] + _extra(letter, before))
    for letter, before in zip(left, " " + left, strict=False):
        above, row = row, [row[0] + _extra(letter, before)]
        for place, other in enumerate(right):
            changed = above[place] + _change(letter, other)
            left_out = above[place + 1] + _extra(letter, before)
            put_in = row[place] + _extra(other, right[place - 1 : place])
            row.append(min(changed, left_out, put_in))
    return row[-1]


@lru_cache(maxsize=2_000)
def _change(left: str, right: str) -> float:
    if left == right:
        return 0.0
    return _HABIT if any(left in pair and right in pair for pair in names().sounds.changes) else 1.0


@lru_cache(maxsize=2_000)
def _extra(letter: str, before: str) -> float:
    """A letter too many: a doubled one or an "h" is of habit, a vowel may be."""
    if letter == before or letter == "h":
        return _HABIT
    return _VOWEL if letter in names().sounds.vowels else 1.0


def office(title: str) -> str:
    """The office that a title's words tell of, "" where they tell none that excludes others."""
    words = fold(title).split()
    if not words or not names().offices.lesser.isdisjoint(words):
        return ""
    return _titles().get(" ".join(words[-2:])) or _titles().get(words[-1], "")


@cache
def _titles() -> dict[str, str]:
    return {title: held for held, titles in names().offices.titles.items() for title in titles}


@cache
def given_names() -> dict[str, str]:
    """The skeletons of common given names, with the gender that they tell, "" where both bear them."""
    lists = lexicon.load("given_names", Given)
    men, women = (frozenset(skeleton(word) for word in words.split()) for words in (lists.m, lists.f))
    both = dict.fromkeys(sorted(men & women), "")
    return dict.fromkeys(sorted(men - women), "m") | dict.fromkeys(sorted(women - men), "f") | both


def gender(name: str) -> str:
    """The gender that the first word of a person's name, as a skeleton, tells, "" where it tells none."""
    return given_names().get(name.partition(" ")[0], "")


def acronyms(label: str) -> tuple[str, ...]:
    """The initials of a name of several words, with its small words and without them."""
    words = re.split(r"[\s\-]+", label)
    if len(words) < 2:
        return ()
    stop = names().institutions.stop
    whole = fold("".join(word[:1] for word in words if word[:1].isalnum()))
    main = fold("".join(word[:1] for word in words if word[:1].isalnum() and fold(word) not in stop))
    return tuple(dict.fromkeys(form for form in (main, whole) if len(form) > 1))


PLACES = (EntityKind.GPE, EntityKind.PLACE)
