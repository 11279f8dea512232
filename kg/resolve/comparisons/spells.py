"""Spells of time: the first and last day on which something may have been, as day numbers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

import msgspec

from kg.model import Time

NEAR = 3  # days within which two accounts may tell of one occurrence where a day is assumed
WEEK = 7


class Spell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """From `first` to `last`, both in it; `certain` where the text says so, not the date of the saying or report."""

    first: int
    last: int
    certain: bool = False

    @property
    def short(self) -> bool:
        """Whether it says when: within a week."""
        return self.last - self.first < WEEK

    def near(self, other: Spell) -> bool:
        """Whether both may be one time: a day apart where both are told, else a few."""
        reach = 1 if self.certain and other.certain else NEAR
        return self.first - other.last <= reach and other.first - self.last <= reach


def spell(time: Time | None, told: Spell | None = None) -> Spell | None:
    """The days of `time`; one that is still going on lasts until it was `told`; `None` where it names no start."""
    if time is None:
        return None
    if time.value:
        return _between(time.value, time.value)
    if time.start and time.end:
        return _between(time.start, time.end)
    if time.start and told:
        begin = _between(time.start, time.start)
        return begin and Spell(begin.first, max(begin.last, told.last), certain=True)
    return None


def assumed(told: Spell | None) -> Spell | None:
    """The time of telling as that of what is told, for want of a better."""
    return told and Spell(told.first, told.last)


def _between(start: str, end: str) -> Spell:
    return Spell(_days(start)[0], max(_days(start)[0], _days(end)[1]), certain=True)


@lru_cache(maxsize=4_096)
def _days(iso: str) -> tuple[int, int]:
    """The first and last day of an ISO day, month or year."""
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    last = day or monthrange(year, month or 12)[1]
    return date(year, month or 1, day or 1).toordinal(), date(year, month or 12, last).toordinal()
