"""Expressions that name a day: dates as they are written, weekdays, holidays, "yesterday"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from kg.nlp.times.periods import Groups, Period, Reference, Tense, day_period, time_lexicon


def month_number(groups: Groups) -> int:
    """The month that group "m" names."""
    return time_lexicon().months[groups["m"].rstrip(".")]


def told_year(groups: Groups, reference: Reference) -> int | None:
    """The year that stands with a date: "2014", "last year", "that year"; `None` where none does."""
    if "y" in groups:
        return int(groups["y"])
    side = groups.get("ys")
    if side == "that":
        return int(reference.anchor[:4]) if reference.anchor else None
    if side is None or reference.today is None:
        return None
    return reference.today.year + {"last": -1, "next": 1}.get(side, 0)


def dated(groups: Groups, key: str, reference: Reference) -> date | None:
    """The day of the month in group `key`, in the year told or else the nearest that the tense allows."""
    month, day = month_number(groups), int(re.sub(r"\D", "", groups[key]))
    year = told_year(groups, reference)
    if year is not None:
        return date(year, month, day)
    if reference.today is None or "ys" in groups:
        return None
    return _nearest_year(month, day, reference.today, reference)


def weekday_date(name: str, side: str, reference: Reference) -> date | None:
    """The day of the week nearest to the document's date, on the side that the tense or the words tell."""
    today = reference.today
    if today is None:
        return None
    target = time_lexicon().weekdays[name]
    back, ahead = (today.weekday() - target) % 7, (target - today.weekday()) % 7
    if side == "last":
        return today - timedelta(days=back or 7)
    if side == "next" or side.endswith("coming"):
        return today + timedelta(days=ahead or 7)
    return today + timedelta(days=ahead) if reference.tense is Tense.FUTURE else today - timedelta(days=back)


def _nearest_year(month: int, day: int, today: date, reference: Reference) -> date:
    """The year that makes the day the last one before `today`, or the next one after it."""
    candidate, tense = _in_year(today.year, month, day), reference.tense
    if reference.nearest:
        years = (today.year, today.year - 1, today.year + 1)
        return min((_in_year(year, month, day) for year in years), key=lambda day: abs(day - today))
    if tense is Tense.PAST and candidate > today + timedelta(days=1):
        return _in_year(today.year - 1, month, day)
    if tense is Tense.FUTURE and candidate < today:
        return _in_year(today.year + 1, month, day)
    return candidate


def _in_year(year: int, month: int, day: int) -> date:
    if (month, day) == (2, 29) and not calendar.isleap(year):
        day = 28
    return date(year, month, day)


def _iso(groups: Groups, reference: Reference) -> Period | None:
    return day_period(date(int(groups["y"]), int(groups["m"]), int(groups["d"])))


def _numeric(groups: Groups, reference: Reference) -> Period | None:
    """ "25/12/2020" and "12/25/2020"; of "03/04/2020" only the year is sure, unless full stops tell the order."""
    first, second, year = int(groups["a"]), int(groups["b"]), int(groups["y"])
    if first > 12 or groups["sep"] == "." or first == second:
        return day_period(date(year, second, first))
    return day_period(date(year, first, second)) if second > 12 else Period(value=groups["y"])


def _month_day(groups: Groups, reference: Reference) -> Period | None:
    day = dated(groups, "d", reference)
    return day_period(day) if day else None


def _days(groups: Groups, reference: Reference) -> Period | None:
    first, last = dated(groups, "d", reference), dated(groups, "d2", reference)
    if first is None or last is None or first > last:
        return None
    return Period(start=first.isoformat(), end=last.isoformat())


def _days_of_months(groups: Groups, reference: Reference) -> Period | None:
    """ "March 20 to Dec. 21", over the turn of the year where the second month is the earlier one."""
    last = dated(groups | {"m": groups["m2"]}, "d2", reference)
    if last is None:
        return None
    day, month = int(re.sub(r"\D", "", groups["d"])), month_number(groups)
    first = date(last.year, month, day)
    if first > last:
        first = date(last.year - 1, month, day)
    return Period(start=first.isoformat(), end=last.isoformat())


def _month_day_alone(groups: Groups, reference: Reference) -> Period | None:
    """ "On the 5th": of this month, or of the one beside it that the tense tells."""
    today, number = reference.today, int(re.sub(r"\D", "", groups["d"]))
    if today is None:
        return None
    step = -1 if reference.tense is Tense.PAST and number > today.day else 0
    step = 1 if reference.tense is Tense.FUTURE and number < today.day else step
    years, month = divmod(today.month - 1 + step, 12)
    return day_period(date(today.year + years, month + 1, number))


def _holiday(groups: Groups, reference: Reference) -> Period | None:
    month, day = time_lexicon().holidays[" ".join(groups["holiday"].split())]
    if "y" in groups:
        return day_period(date(int(groups["y"]), month, day))
    return day_period(_nearest_year(month, day, reference.today, reference)) if reference.today else None


def _weekday(groups: Groups, reference: Reference) -> Period | None:
    week = groups.get("ws")
    if week is None:
        day = weekday_date(groups["w"], groups.get("side", ""), reference)
        return day_period(day) if day else None
    if reference.today is None:
        return None
    monday = reference.today - timedelta(days=reference.today.weekday())
    offset = {"last": -7, "next": 7}.get(week, 0) + time_lexicon().weekdays[groups["w"]]
    return day_period(monday + timedelta(days=offset))


def _weekdays(groups: Groups, reference: Reference) -> Period | None:
    first, last = (weekday_date(groups[key], "", reference) for key in ("w", "w2"))
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
    return day_period(reference.today + timedelta(days=time_lexicon().days[" ".join(groups["n"].split())]))


def _overnight(groups: Groups, reference: Reference) -> Period | None:
    """The night before the document's day, or the one after it."""
    today = reference.today
    if today is None:
        return None
    first = today if reference.tense is Tense.FUTURE else today - timedelta(days=1)
    return Period(start=first.isoformat(), end=(first + timedelta(days=1)).isoformat())


DAYS: dict[str, Callable[[Groups, Reference], Period | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "daysmonths": _days_of_months,
    "days": _days,
    "daysmonth": _days,
    "monthday": _month_day,
    "daymonth": _month_day,
    "dayalone": _month_day_alone,
    "holiday": _holiday,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "day": _named_day,
    "overnight": _overnight,
}
