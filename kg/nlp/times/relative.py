"""Expressions that count from the document's day or from the time named last: "two days earlier", "a decade ago"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kg.nlp.times.periods import Groups, Period, Reference, full_day, number, shifted, unit_of

_EARLIER = ("earlier", "before", "previous")


def _same(groups: Groups, reference: Reference) -> Period | None:
    if not reference.anchor:
        return None
    return shifted(reference.anchor, unit_of(groups.get("u") or groups.get("u2") or "day"), 0)


def _shift(groups: Groups, reference: Reference) -> Period | None:
    if not reference.anchor:
        return None
    word = groups.get("rel") or groups.get("rel0") or groups.get("rel1") or groups["side"]
    sign = -1 if word in _EARLIER else 1
    told = groups.get("u") or groups.get("u2") or "day"
    unit = unit_of(told)
    if unit == "h":
        return _hours_off(reference.anchor, sign)
    if "n" not in groups and told.endswith("s"):
        return None  # "days later"
    return shifted(reference.anchor, unit, sign * number(groups.get("n")))


def _hours_off(anchor: str, sign: int) -> Period | None:
    """ "Hours later": on that day or the night after."""
    day = full_day(anchor)
    if day is None:
        return None
    first, last = sorted((day, day + timedelta(days=sign)))
    return Period(start=first.isoformat(), end=last.isoformat())


def _since_then(groups: Groups, reference: Reference) -> Period | None:
    return Period(value=reference.anchor) if reference.anchor else None


def _ago(groups: Groups, reference: Reference) -> Period | None:
    unit = unit_of(groups["u"])
    if reference.today is None or ("n" not in groups and unit != "h"):
        return None  # "years ago" says nothing
    return shifted(reference.today.isoformat(), unit, -number(groups.get("n")))


def _hours(groups: Groups, reference: Reference) -> Period | None:
    """ "Hours after": the news of the day, or of the evening before."""
    today = reference.today
    return Period(start=(today - timedelta(days=1)).isoformat(), end=today.isoformat()) if today else None


RELATIVE: dict[str, Callable[[Groups, Reference], Period | None]] = {
    "same": _same,
    "shift": _shift,
    "then": _since_then,
    "ago": _ago,
    "hours": _hours,
}
