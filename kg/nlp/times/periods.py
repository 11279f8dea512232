"""What time expressions mean on the calendar: a `Period` for the words of each kind, against a reference date.

Nothing is resolved for which neither the words nor the given reference dates say enough.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
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
    seasons: dict[str, tuple[int, int]]
    days: dict[str, int]
    units: dict[str, str]
    directions: Directions
    bounds: dict[str, str]
    indefinite: frozenset[str]
    causal: frozenset[str]


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
    """What a relative expression is resolved against; ``None`` where unknown."""

    today: date | None  # the document's date
    anchor: date | None  # the last day that the text named
    tense: Tense = Tense.PAST


@cache
def time_lexicon() -> TimeLexicon:
    """Words of dates and times."""
    return lexicon.load("times", TimeLexicon)


Groups = dict[str, str]


def _month_number(groups: Groups) -> int:
    return time_lexicon().months[groups["m"].rstrip(".")]


def _number(text: str | None, default: int = 1) -> int:
    if not text:
        return default
    return int(text) if text.isdigit() else time_lexicon().numbers[" ".join(text.split())]


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _unit(text: str) -> str:
    units = time_lexicon().units
    return units.get(text) or units[text.removesuffix("s")]


def _day(day: date) -> Period:
    return Period(value=day.isoformat())


def _iso(groups: Groups, reference: Reference) -> Period | None:
    return _day(date(int(groups["y"]), int(groups["m"]), int(groups["d"])))


def _month_day(groups: Groups, reference: Reference) -> Period | None:
    day = _dated(groups, "d", reference)
    return _day(day) if day else None


def _dated(groups: Groups, key: str, reference: Reference) -> date | None:
    month, day = _month_number(groups), _day_number(groups[key])
    if "y" in groups:
        return date(int(groups["y"]), month, day)
    if reference.today is None:
        return None
    return _nearest_year(month, day, reference.today, reference.tense)


def _nearest_year(month: int, day: int, today: date, tense: Tense) -> date:
    """The year that makes the day the last one before `today`, or the next one after it."""
    candidate = _in_year(today.year, month, day)
    if tense is Tense.PAST and candidate > today + timedelta(days=1):
        return _in_year(today.year - 1, month, day)
    if tense is Tense.FUTURE and candidate < today:
        return _in_year(today.year + 1, month, day)
    return candidate


def _in_year(year: int, month: int, day: int) -> date:
    if (month, day) == (2, 29) and not calendar.isleap(year):
        day = 28
    return date(year, month, day)


def _days(groups: Groups, reference: Reference) -> Period | None:
    first, last = _dated(groups, "d", reference), _dated(groups, "d2", reference)
    if first is None or last is None or first > last:
        return None
    return Period(start=first.isoformat(), end=last.isoformat())


def _month_year(groups: Groups, reference: Reference) -> Period | None:
    return Period(value=f"{int(groups['y']):04d}-{_month_number(groups):02d}")


def _years(groups: Groups, reference: Reference) -> Period | None:
    first, last = sorted((groups["y"], groups["y2"]))
    return Period(start=first, end=last)


def _decade(groups: Groups, reference: Reference) -> Period | None:
    return Period(start=groups["y"], end=str(int(groups["y"]) + 9))


def _season(groups: Groups, reference: Reference) -> Period | None:
    side = groups.get("side", "")
    if not (side or "y" in groups):
        return None  # "spring" and "fall" alone are no dates
    first, last = time_lexicon().seasons[groups["s"]]
    if "y" in groups:
        year = int(groups["y"])
    elif reference.today is None:
        return None
    else:
        year = _season_year(first, side, reference.today)
    return Period(start=_year_month(year, first), end=_year_month(year, last))


def _season_year(first: int, side: str, today: date) -> int:
    directions = time_lexicon().directions
    if side in directions.back:
        return today.year if today.month > first + 2 else today.year - 1
    if side in directions.forward:
        return today.year if today.month < first else today.year + 1
    return today.year


def _year_month(year: int, month: int) -> str:
    years, index = divmod(month - 1, 12)
    return f"{year + years:04d}-{index + 1:02d}"


def _quarter(groups: Groups, reference: Reference) -> Period | None:
    number, year = time_lexicon().ordinals[groups.get("q") or groups["q2"]], int(groups["y"])
    return Period(start=_year_month(year, 3 * number - 2), end=_year_month(year, 3 * number))


def _weekday(groups: Groups, reference: Reference) -> Period | None:
    day = _weekday_date(groups["w"], groups.get("side", ""), reference)
    return _day(day) if day else None


def _weekday_date(name: str, side: str, reference: Reference) -> date | None:
    today = reference.today
    if today is None:
        return None
    target = time_lexicon().weekdays[name]
    back, ahead = (today.weekday() - target) % 7, (target - today.weekday()) % 7
    if side == "last":
        return today - timedelta(days=back or 7)
    if side in ("next", "coming"):
        return today + timedelta(days=ahead or 7)
    return today + timedelta(days=ahead) if reference.tense is Tense.FUTURE else today - timedelta(days=back)


def _weekdays(groups: Groups, reference: Reference) -> Period | None:
    first, last = (_weekday_date(groups[key], "", reference) for key in ("w", "w2"))
    if first is None or last is None:
        return None
    if first > last and reference.tense is Tense.FUTURE:
        last += timedelta(days=7)
    elif first > last:
        first -= timedelta(days=7)
    return Period(start=first.isoformat(), end=last.isoformat())


def _named_day(groups: Groups, reference: Reference) -> Period | None:
    if reference.today is None:
        return None
    return _day(reference.today + timedelta(days=time_lexicon().days[" ".join(groups["n"].split())]))


def _same(groups: Groups, reference: Reference) -> Period | None:
    if reference.anchor is None:
        return None
    return _around(reference.anchor, _unit(groups.get("u") or groups["u2"]), 0)


def _shift(groups: Groups, reference: Reference) -> Period | None:
    if reference.anchor is None:
        return None
    word = groups.get("rel") or groups.get("rel0") or groups.get("rel1") or groups["side"]
    sign = -1 if word in ("earlier", "before", "previous") else 1
    unit = _unit(groups.get("u") or groups.get("u2") or "day")
    if unit == "h":
        return None  # of what hour, only the story around it tells
    return _around(reference.anchor, unit, sign * _number(groups.get("n")))


def _ago(groups: Groups, reference: Reference) -> Period | None:
    unit = _unit(groups["u"])
    if reference.today is None or ("n" not in groups and unit != "h"):
        return None  # "years ago" says nothing
    return _around(reference.today, unit, -_number(groups.get("n")))


def _hours(groups: Groups, reference: Reference) -> Period | None:
    """ "Hours after": the news of the day, or of the evening before."""
    today = reference.today
    return Period(start=(today - timedelta(days=1)).isoformat(), end=today.isoformat()) if today else None


def _around(day: date, unit: str, count: int) -> Period | None:
    """The day, week, month or year that lies `count` units from `day`."""
    if unit == "h":
        return _day(day)
    if unit == "d":
        return _day(day + timedelta(days=count))
    if unit in ("w", "f"):
        return _week(day + timedelta(days=count * (14 if unit == "f" else 7)))
    if unit == "m":
        return Period(value=_year_month(day.year, day.month + count))
    if unit == "y":
        return Period(value=f"{day.year + count:04d}")
    return None


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(start=monday.isoformat(), end=(monday + timedelta(days=6)).isoformat())


def _span(groups: Groups, reference: Reference) -> Period | None:
    """ "last week" is a calendar week; "the past week" and "the last three weeks" run up to today."""
    today, side, unit = reference.today, groups["side"].split()[-1], _unit(groups["u"])
    if today is None or side in ("following", "previous", "preceding"):
        return None
    directions = time_lexicon().directions
    sign = -1 if side in directions.back else 1 if side in directions.forward else 0
    if unit == "e":
        return _weekend(today, sign, reference.tense)
    running = "n" in groups or side in ("past", "coming") or unit == "x" or (unit in ("h", "d") and sign != 0)
    if sign and running:
        return _running(today, unit, sign * _number(groups.get("n")))
    return None if unit in ("h", "d") else _around(today, unit, sign)


def _running(today: date, unit: str, count: int) -> Period:
    """The stretch of `count` units that ends or begins with `today`."""
    if unit in ("m", "y", "x"):
        months = count * {"m": 1, "y": 12, "x": 120}[unit]
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        other = date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    else:
        hours = max(1, abs(count) // 24) * (1 if count > 0 else -1)
        days = {"h": hours, "d": count, "w": 7 * count, "f": 14 * count}[unit]
        other = today + timedelta(days=days)
    first, last = sorted((today, other))
    return Period(start=first.isoformat(), end=last.isoformat())


def _weekend(today: date, sign: int, tense: Tense) -> Period:
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if sign > 0 or (sign == 0 and tense is Tense.FUTURE and today.weekday() < 5):
        saturday += timedelta(days=7)
    elif sign < 0 and today.weekday() >= 5:
        saturday -= timedelta(days=7)
    return Period(start=saturday.isoformat(), end=(saturday + timedelta(days=1)).isoformat())


def _month(groups: Groups, reference: Reference) -> Period | None:
    today, side = reference.today, groups.get("side", "")
    if today is None:
        return None
    month = _month_number(groups)
    tense = Tense.PAST if side == "last" else Tense.FUTURE if side == "next" else reference.tense
    year = today.year
    if tense is Tense.PAST and (month > today.month or (side == "last" and month == today.month)):
        year -= 1
    elif tense is Tense.FUTURE and (month < today.month or (side == "next" and month == today.month)):
        year += 1
    return Period(value=_year_month(year, month))


def _year(groups: Groups, reference: Reference) -> Period | None:
    return Period(value=groups["y"])


RESOLVERS: dict[str, Callable[[Groups, Reference], Period | None]] = {
    "iso": _iso,
    "days": _days,
    "monthday": _month_day,
    "daymonth": _month_day,
    "monthyear": _month_year,
    "years": _years,
    "decade": _decade,
    "season": _season,
    "quarter": _quarter,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "day": _named_day,
    "same": _same,
    "shift": _shift,
    "ago": _ago,
    "hours": _hours,
    "span": _span,
    "month": _month,
    "year": _year,
}
