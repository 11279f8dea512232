"""Persons' names taken apart: which word they are filed under, and what the longer of two forms adds.

Names come as `skeleton` gives them.  Nobody knows of every name which word is the family's, so that the parts are a
guess good enough to file a name where its other forms are; whether two are one is then weighed.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from kg import lexicon
from kg.resolve.words import consonants, distance, given_names, skeleton

_NEAR = 0.25  # share of letters that differ in spellings of one middle name
_SYLLABLES = 6  # letters, at most, of a word of an eastern given name
_NICKNAME = 0.03  # what it counts that one text has "Bill" and the other "William"
_EASTERN = 2.5  # by which letters count more in a short name that outlets spell by one standard
_GREATEST = 4  # words, at most, of an eastern name


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `person_names.toml`; words in one string are separated by white space."""

    particles: str
    titles: str
    joined: str
    suffixes: str
    patronymics: tuple[str, ...]
    eastern: str
    paternal: str
    same: tuple[str, ...]


class Parts(msgspec.Struct, frozen=True):
    """A name's parts: `core` are the words that all its forms have; shorter ones leave out the `middle` names and the
    `mother`'s family name.
    """

    core: tuple[str, ...]
    middle: tuple[str, ...] = ()
    mother: tuple[str, ...] = ()
    suffix: str = ""
    eastern: bool = False


class Difference(msgspec.Struct, frozen=True):
    """How two names differ: the share of letters of their cores, less for letters that are taken for each other; and
    whether other parts are in both and agree, are in both and clash, or are in one of the two alone.
    """

    spelling: float
    agree: bool
    clash: bool
    fuller: bool
    generation: bool


@cache
def _lists() -> Lists:
    return lexicon.load("person_names", Lists)


def _words(text: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in text.split())


@cache
def _set(name: str) -> frozenset[str]:
    """One of the lists of words, as skeletons."""
    return _words(getattr(_lists(), name))


@cache
def _patronymics() -> tuple[str, ...]:
    return tuple(dict.fromkeys(skeleton(ending) for ending in _lists().patronymics))


@cache
def _same() -> dict[str, frozenset[int]]:
    """Given name -> the lines of `same` that have it."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lists().same):
        for word in _words(line):
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def standard(word: str) -> str:
    """The given name that `word` is filed as: the first of its line, where it stands in one line alone."""
    lines = _same().get(word, frozenset())
    return skeleton(_lists().same[min(lines)].split()[0]) if len(lines) == 1 else word


@lru_cache(maxsize=100_000)
def parts(form: str) -> Parts:
    """The parts of a name in skeleton form."""
    words = list(_joined(form.split()))
    suffix = words.pop() if len(words) > 1 and words[-1] in _set("suffixes") else ""
    while len(words) > 1 and words[0] in _set("titles"):
        del words[0]
    initials = tuple(word for word in words if len(word) == 1)
    long = [word for word in words if len(word) > 1]
    core = [word for word in long if word not in _set("particles")]
    core = core if len(core) > 1 or len(core) == len(long) else long
    eastern = _eastern(core)
    if len(core) < 3 or eastern:
        return Parts(tuple(core or words), initials if core else (), (), suffix, eastern)
    first, last, middle, mother = _western(core)
    return Parts((first, last), (*middle, *initials), mother, suffix)


def _joined(words: list[str]) -> list[str]:
    """The words, with "Abdul Rahman" written as "Abdulrahman"."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in _set("joined"):
            found[-1] += word
        else:
            found.append(word)
    return found


def _eastern(core: list[str]) -> bool:
    if len(core) < 2 or len(core) > _GREATEST or any(len(word) > _SYLLABLES + 2 * (len(core) == 2) for word in core):
        return False
    return bool(_set("eastern").intersection((core[0], core[-1]))) and given_names().keys().isdisjoint(core)


def _western(core: list[str]) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """Given name, family name, middle names and mother's name."""
    given = given_names()
    if core[0] not in given and core[-1] in given:  # the family name first
        return core[1], core[0], tuple(core[2:]), ()
    rest = core[1:]
    if rest[-2] not in given and _paternal(rest[-2]):
        return core[0], rest[-2], tuple(rest[:-2]), (rest[-1],)
    return core[0], rest[-1], tuple(word for word in rest[:-1] if not word.endswith(_patronymics())), ()


def _paternal(word: str) -> bool:
    return (word.endswith("ez") and len(word) > 4) or word in _set("paternal")


def filed(form: str) -> str:
    """What the forms of one person's name have in common: names that share it are compared."""
    found = parts(form)
    core = found.core if len(found.core) != 2 else tuple(map(standard, found.core))
    return consonants(" ".join(core))


@lru_cache(maxsize=100_000)
def difference(left: str, right: str) -> Difference:
    """How two names in skeleton form differ."""
    one, other = map(parts, sorted((left, right)))
    rest = [(a, b, _agree(a, b)) for a, b in ((one.middle, other.middle), (one.mother, other.mother))]
    return Difference(
        spelling=_apart(one, other),
        agree=any(a and b and agree for a, b, agree in rest),
        clash=any(a and b and not agree for a, b, agree in rest),
        fuller=any(bool(a) != bool(b) for a, b, _ in rest) or bool(one.suffix) != bool(other.suffix),
        generation=bool(one.suffix and other.suffix and one.suffix != other.suffix),
    )


def plainer(left: str, right: str) -> bool:
    """Whether the first of two names of one core leaves out what the second has."""
    one, other = parts(left), parts(right)
    less = not one.middle and not one.mother and not one.suffix
    return less and one != other and sorted(one.core) == sorted(other.core)


def _agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether each of the fewer names is one of the other's, or its initial."""
    fewer, more = sorted((left, right), key=len)
    if all(len(word) == 1 for word in (*fewer, *more)):
        return fewer == more
    return all(any(_alike(word, other) for other in more) for word in fewer)


def _alike(left: str, right: str) -> bool:
    if 1 in (len(left), len(right)):
        return left[0] == right[0]
    return distance(left, right) <= _NEAR * max(len(left), len(right))


def _apart(one: Parts, other: Parts) -> float:
    """The share of letters that differ, in whatever order the words stand."""
    if sorted(one.core) == sorted(other.core):
        return 0.0
    found = _share(one.core, other.core)
    plain = tuple(map(standard, one.core)), tuple(map(standard, other.core))
    if plain != (one.core, other.core):
        found = min(found, _NICKNAME + _share(*plain))
    return found * _EASTERN if one.eastern and other.eastern else found


def _share(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    longest = max(sum(map(len, left)), sum(map(len, right)))
    ways = ((left, right), (left[::-1], right), (left, right[::-1]), (tuple(sorted(left)), tuple(sorted(right))))
    return min(distance("".join(a), "".join(b)) for a, b in ways) / longest
