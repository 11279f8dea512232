"""What time expressions are resolved to and against: a `Period` on the calendar, a `Reference`, the word list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache

import msgspec

from kg import lexicon


class Directions(msgspec.Struct, frozen=True, kw_only=True):
    """Words that look back, forward or at the present unit."""

    back: tuple[str, ...]
    forward: tuple[str, ...]
    here: tuple[str, ...]


class TimeLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of `kg/data/times.toml`."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    halves: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    holidays: dict[str, tuple[int, int]]
    days: dict[str, int]
    units: dict[str, str]
    directions: Directions
    bounds: dict[str, str]
    joiners: tuple[str, ...]
    lasting: frozenset[str]
    edges: tuple[str, ...]
    starts: tuple[str, ...]
    indefinite: frozenset[str]
    causal: frozenset[str]
    effects: frozenset[str]
    scheduling: frozenset[str]
    backward: frozenset[str]
    eves: frozenset[str]
    shifting: frozenset[str]


class Tense(Enum):
    """Where the clause that holds a date looks: it picks among equal weekdays and months."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Period:
    """A resolved time: one ISO `value`, or `start` and `end` of a stretch, or one of these when half open."""

    value: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a relative expression is resolved against; ``None`` and "" where unknown."""

    today: date | None  # the document's date
    anchor: str = ""  # the last day, month or year that the text named, as ISO
    tense: Tense = Tense.PAST
    nearest: bool = False  # whether a month may as well lie on the other side: "to talk about the attack in May"


@cache
def time_lexicon() -> TimeLexicon:
    """Words of dates and times."""
    return lexicon.load("times", TimeLexicon)


Groups = dict[str, str]


def full_day(iso: str) -> date | None:
    """A full ISO day as a date; months, years and the empty string are none."""
    return date.fromisoformat(iso) if len(iso) == len("2022-09-11") else None


def number(text: str | None, default: int = 1) -> int:
    """The value of a counting word or numeral."""
    if not text:
        return default
    return int(text) if text.isdigit() else time_lexicon().numbers[" ".join(text.split())]


def unit_of(text: str) -> str:
    """The unit that a word names: h, d, w, f, e, m, y or x, as in `kg/data/times.toml`."""
    units = time_lexicon().units
    return units.get(text) or units[text.removesuffix("s")]


def day_period(day: date) -> Period:
    """One day."""
    return Period(value=day.isoformat())


def year_month(year: int, month: int) -> str:
    """ISO month; months below 1 or above 12 run into the years beside."""
    years, index = divmod(month - 1, 12)
    return f"{year + years:04d}-{index + 1:02d}"


def week_around(day: date) -> Period:
    """The week from Monday to Sunday that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(start=monday.isoformat(), end=(monday + timedelta(days=6)).isoformat())


def shifted(iso: str, unit: str, count: int) -> Period | None:
    """The day, week, month or year that lies `count` units from the day, month or year `iso`.

    `None` where `iso` is too coarse: three days after 2014 is no date.
    """
    day = full_day(iso)
    if unit in ("h", "d"):
        return day_period(day + timedelta(days=count if unit == "d" else 0)) if day else None
    if unit in ("w", "f"):
        return week_around(day + timedelta(days=count * (14 if unit == "f" else 7))) if day else None
    year = int(iso[:4])
    if unit == "m":
        return Period(value=year_month(year, int(iso[5:7]) + count)) if len(iso) > len("2022") else None
    if unit in ("y", "x"):
        return Period(value=f"{year + count * (10 if unit == 'x' else 1):04d}")
    return None
