"""Which events of two documents are worth comparing: those whose words, participants and days allow one occurrence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from kg.resolve.tellings import GENERIC, Page, Telling
from kg.resolve.wording import kin

_SIDES = ("agent", "patient", "recipient")
_NEAR = 3  # days by which accounts of one occurrence differ
_STEM = 4  # letters that "meet" and "meeting" share

K = TypeVar("K")
_Index = defaultdict[str, list[int]]


class _Clues(NamedTuple):
    """Where a page tells of what; by number of its tellings."""

    parts: Mapping[tuple[str, str], list[int]]  # roles that tell accounts apart, and who fills them
    named: _Index  # canonical keys
    said: _Index  # stems of names, and numbers
    bare: list[int]  # those in which nobody named takes part
    filled: list[frozenset[str]]  # the roles that tell apart and that somebody named fills


def pairs(one: Page, other: Page, strict: bool) -> Iterator[tuple[Telling, Telling]]:
    """Tellings of two pages, or of one, whose word, type or sense is alike and whose days allow it, in order.

    Where `strict`, those whose named participants are others are left out.
    """
    found = _clued(_clues(one), _clues(other)) if strict else _every(one, other)
    for place, number in found:
        left, right = one.tellings[place], other.tellings[number]
        if (one.id == other.id and place >= number) or left.habit or right.habit:
            continue
        if alike(left, right) and not _days_apart(left.day, right.day) and not (strict and strangers(left, right)):
            yield left, right


def alike(left: Telling, right: Telling) -> bool:
    """Whether the words of two tellings, their types or what the words mean may be those of one occurrence."""
    if left.lemma[:_STEM] == right.lemma[:_STEM] or left.type == right.type != GENERIC:
        return True
    return kin(left.lemma, right.lemma)


def strangers(left: Telling, right: Telling) -> bool:
    """Whether nothing named is common to both, or the named who take part are others, on the whole or in one part.

    Two tellings of one document, which looks for those of one event itself, must besides have one word.
    """
    if left.ref.document == right.ref.document and left.lemma != right.lemma:
        return True
    if left.anchors.isdisjoint(right.anchors):
        named = left.names.keys() & right.names.keys() or left.numbers & right.numbers
        if not named or (left.anchors and right.anchors):
            return True
    sides = (role for role in _SIDES if role in left.core and role in right.core)
    return any(left.core[role].isdisjoint(right.core[role]) for role in sides)


def _every(one: Page, other: Page) -> Iterator[tuple[int, int]]:
    return ((place, number) for place in range(len(one.tellings)) for number in range(len(other.tellings)))


def _clued(one: _Clues, other: _Clues) -> list[tuple[int, int]]:
    """The pairs with something named in common, as `strangers` demands it."""
    found = set(_common(one.parts, other.parts))
    found.update((i, j) for i, j in _common(one.named, other.named) if one.filled[i].isdisjoint(other.filled[j]))
    if one.bare or other.bare:
        bare, barred = set(one.bare), set(other.bare)
        found.update(pair for pair in _common(one.said, other.said) if pair[0] in bare or pair[1] in barred)
    return sorted(found)


def _common(one: Mapping[K, list[int]], other: Mapping[K, list[int]]) -> Iterator[tuple[int, int]]:
    return ((i, j) for key in one.keys() & other.keys() for i in one[key] for j in other[key])


@lru_cache(maxsize=1_024)
def _clues(page: Page) -> _Clues:
    parts, named, said = defaultdict[tuple[str, str], list[int]](list), _Index(list), _Index(list)
    for place, telling in enumerate(page.tellings):
        for part in ((role, key) for role in _SIDES for key in telling.core.get(role, ())):
            parts[part].append(place)
        for key in telling.anchors:
            named[key].append(place)
        for word in (*telling.names, *telling.numbers):
            said[word].append(place)
    bare = [place for place, telling in enumerate(page.tellings) if not telling.anchors]
    return _Clues(parts, named, said, bare, [frozenset(_SIDES) & telling.core.keys() for telling in page.tellings])


def _days_apart(left: str, right: str) -> bool:
    """Whether two resolved days are too far from one another for one occurrence."""
    return len(left) >= 10 <= len(right) and abs(_ordinal(left[:10]) - _ordinal(right[:10])) > _NEAR


@lru_cache(maxsize=4_096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
