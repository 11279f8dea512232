"""Expressions that name a month, a year or a longer stretch: "in June", "last week", "the third quarter of 2021"."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from kg.nlp.times.days import month_number, told_year
from kg.nlp.times.periods import (
    Groups,
    Period,
    Reference,
    Tense,
    number,
    shifted,
    time_lexicon,
    unit_of,
    year_month,
)

_SIDES = ("last", "next", "this")


def _month_year(groups: Groups, reference: Reference) -> Period | None:
    year = told_year(groups, reference)
    return Period(value=year_month(year, month_number(groups))) if year is not None else None


def _years(groups: Groups, reference: Reference) -> Period | None:
    """ "2014-2019", "2022-23"; of "2010-08", where the second is no later year, nothing is sure but the year."""
    first, last = groups["y"], groups.get("y2") or groups["y"][:2] + groups["y3"]
    if "y3" in groups and last <= first:
        return Period(value=first)
    first, last = sorted((first, last))
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
    return Period(start=year_month(year, first), end=year_month(year, last))


def _season_year(first: int, side: str, today: date) -> int:
    directions = time_lexicon().directions
    if side in directions.back:
        return today.year if today.month > first + 2 else today.year - 1
    if side in directions.forward:
        return today.year if today.month < first else today.year + 1
    return today.year


def _part_of_year(months: int, key: str, groups: Groups, reference: Reference) -> Period | None:
    """The quarter or half, `months` long, of the year told."""
    words = time_lexicon()
    table = words.ordinals if months == 3 else words.halves
    year, index = told_year(groups, reference), table[groups.get(key) or groups[f"{key}2"]]
    if year is None:
        return None
    return Period(start=year_month(year, months * (index - 1) + 1), end=year_month(year, months * index))


def _quarter(groups: Groups, reference: Reference) -> Period | None:
    return _part_of_year(3, "q", groups, reference)


def _half(groups: Groups, reference: Reference) -> Period | None:
    return _part_of_year(6, "h", groups, reference)


def _span(groups: Groups, reference: Reference) -> Period | None:
    """ "last week" is a calendar week; "the past week" and "the last three weeks" run up to today."""
    today, side, word = reference.today, groups["side"].split()[-1], groups["u"]
    unit, several = unit_of(word), word.endswith("s") and "n" not in groups
    directions = time_lexicon().directions
    sign = -1 if side in directions.back else 1 if side in directions.forward else 0
    if today is None or several or (sign == 0 and "n" in groups):
        return None  # "in the coming days"
    if unit == "e":
        return _weekend(today, sign, reference.tense)
    if sign > 0 and "the" in groups and not {"n", "over"} & groups.keys() and side != "coming":
        return shifted(reference.anchor, unit, 1) if reference.anchor else None  # "the next year" of a story
    lasting = "the" in groups and sign != 0
    running = "n" in groups or lasting or side in ("past", "coming") or unit in ("x", "h", "d")
    if sign and running:
        return _running(today, unit, sign * number(groups.get("n")))
    return None if unit in ("h", "d") else shifted(today.isoformat(), unit, sign)  # "this day"


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


def _the_weekend(groups: Groups, reference: Reference) -> Period | None:
    return _weekend(reference.today, 0, reference.tense) if reference.today else None


def _weekend(today: date, sign: int, tense: Tense) -> Period:
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if sign > 0 or (sign == 0 and tense is Tense.FUTURE and today.weekday() < 5):
        saturday += timedelta(days=7)
    elif sign < 0 and today.weekday() >= 5:
        saturday -= timedelta(days=7)
    return Period(start=saturday.isoformat(), end=(saturday + timedelta(days=1)).isoformat())


def _edge(groups: Groups, reference: Reference) -> Period | None:
    """ "The end of the year": of the present one, where the clause looks ahead; "since the start of the year"."""
    begun = groups["edge"] in time_lexicon().starts
    if reference.today is None or begun == (reference.tense is Tense.FUTURE):
        return None
    return shifted(reference.today.isoformat(), unit_of(groups["u"]), 0)


def _month(groups: Groups, reference: Reference) -> Period | None:
    today, side = reference.today, groups.get("side", "")
    if today is None:
        return None
    month = month_number(groups)
    if side == "that":
        return Period(value=year_month(int(reference.anchor[:4]), month)) if reference.anchor else None
    tense = Tense.PAST if side == "last" else Tense.FUTURE if side == "next" else reference.tense
    year = today.year
    if reference.nearest and side not in _SIDES:
        off = (month - today.month + 5) % 12 - 5
        return Period(value=year_month(year, today.month + off))
    if tense is Tense.PAST and (month > today.month or (side == "last" and month == today.month)):
        year -= 1
    elif tense is Tense.FUTURE and (month < today.month or (side == "next" and month == today.month)):
        year += 1
    return Period(value=year_month(year, month))


def _year(groups: Groups, reference: Reference) -> Period | None:
    return Period(value=groups["y"])


STRETCHES: dict[str, Callable[[Groups, Reference], Period | None]] = {
    "monthyear": _month_year,
    "years": _years,
    "decade": _decade,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "span": _span,
    "weekend": _the_weekend,
    "edge": _edge,
    "month": _month,
    "year": _year,
}
