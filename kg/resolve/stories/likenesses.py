"""Which events of two documents are worth comparing: those whose words, participants and days allow one occurrence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product

import msgspec

from kg.model import Ref
from kg.resolve.stories.tellings import GENERIC, Page, Telling
from kg.resolve.stories.wording import kin

_SIDES = ("agent", "patient", "recipient")
_NEAR = 3  # days by which accounts of one occurrence differ
_STEM = 4  # letters that "meet" and "meeting" share

_Index = Mapping[str, Sequence[int]]  # where a document tells of what, by number of its events


class Sketch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of an event only what shows whether it is worth comparing."""

    record: str
    lemma: str
    type: str
    day: str
    habit: bool
    sides: int  # which roles that tell apart somebody named fills, one bit for each


class Outline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One document with its events, and in which of them whom and what it names; habits are left out of that."""

    id: str
    named: dict[str, float]  # as a page has them
    events: tuple[Sketch, ...]
    parts: dict[str, tuple[int, ...]]  # roles that tell apart, and who fills them
    keys: dict[str, tuple[int, ...]]  # the named that take part
    said: dict[str, tuple[int, ...]]  # stems of names, and numbers
    bare: dict[str, tuple[int, ...]]  # the same, where nobody named takes part


def outline(page: Page) -> Outline:
    """What is to be known of `page` to find its like."""
    parts, keys, said, bare = (defaultdict[str, list[int]](list) for _ in range(4))
    for number, telling in enumerate(page.tellings):
        if telling.habit:
            continue
        for part in (f"{role} {key}" for role in _SIDES for key in telling.core.get(role, ())):
            parts[part].append(number)
        for key in telling.anchors:
            keys[key].append(number)
        for word in {*telling.names, *telling.numbers}:
            said[word].append(number)
            if not telling.core:
                bare[word].append(number)
    indexes = ({key: tuple(index[key]) for key in index} for index in (parts, keys, said, bare))
    return Outline(page.id, page.named, tuple(_sketch(telling) for telling in page.tellings), *indexes)


def _sketch(telling: Telling) -> Sketch:
    sides = sum(1 << place for place, role in enumerate(_SIDES) if role in telling.core)
    return Sketch(telling.ref.record, telling.lemma, telling.type, telling.day, telling.habit, sides)


def pairs(one: Outline, other: Outline, strict: bool) -> Iterator[tuple[Ref, Ref]]:
    """Events of two documents, or of one, whose word, type or sense is alike and whose days allow it, in order.

    Where `strict`, those are left out that have nothing named in common, as `strangers` demands it.
    """
    found = _clued(one, other) if strict else _every(one, other)
    for place, number in found:
        left, right = one.events[place], other.events[number]
        if (one.id == other.id and place >= number) or left.habit or right.habit:
            continue
        if alike(left, right) and not _days_apart(left.day, right.day):
            yield Ref(one.id, left.record), Ref(other.id, right.record)


def alike(left: Sketch, right: Sketch) -> bool:
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


def _every(one: Outline, other: Outline) -> Iterator[tuple[int, int]]:
    return product(range(len(one.events)), range(len(other.events)))


def _clued(one: Outline, other: Outline) -> list[tuple[int, int]]:
    found = set(_common(one.parts, other.parts))
    found.update(
        (place, number)
        for place, number in _common(one.keys, other.keys)
        if not one.events[place].sides & other.events[number].sides
    )
    found.update(_common(one.bare, other.said))
    found.update(_common(one.said, other.bare))
    return sorted(found)


def _common(one: _Index, other: _Index) -> Iterator[tuple[int, int]]:
    return ((i, j) for key in one.keys() & other.keys() for i in one[key] for j in other[key])


def _days_apart(left: str, right: str) -> bool:
    """Whether two resolved days are too far from one another for one occurrence."""
    return len(left) >= 10 <= len(right) and abs(_ordinal(left[:10]) - _ordinal(right[:10])) > _NEAR


@lru_cache(maxsize=4_096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
