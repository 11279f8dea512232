"""Time expressions in text, found by pattern.  Pure: no parse needed; the modules beside tell what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kg.nlp.times.days import DAYS
from kg.nlp.times.patterns import everything, patterns
from kg.nlp.times.periods import Groups, Period, Reference, shifted, time_lexicon
from kg.nlp.times.relative import RELATIVE
from kg.nlp.times.stretches import STRETCHES

_RESOLVERS: dict[str, Callable[[Groups, Reference], Period | None]] = DAYS | STRETCHES | RELATIVE
_NEAR = 8  # characters that hold the word before an expression
_DAY_OF_HOURS = 24
_AND = (["and"], ["and", "on"], ["and", "early"], ["and", "late"])
_RANGED = ("from", "between")
_LINKED = ("weekday", "monthday", "daymonth", "month", "year")  # of which two may follow each other: "2018 and 2019"
_JOINED = ("iso", "numeric", "monthday", "daymonth", "monthyear", "weekday", "month", "year", "day", "span")


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at characters [begin, end), not yet resolved; `cue` is a bounding preposition before it.

    `until` is the second part of "from March 3 to April 9, 2020".
    """

    begin: int
    end: int
    kind: str
    groups: Groups
    cue: str = ""
    until: Expression | None = None

    def resolve(self, reference: Reference) -> Period | None:
        """What it means, or ``None`` where the reference says too little or the calendar has no such day."""
        try:
            return self._range(self.until, reference) if self.until is not None else self._alone(reference)
        except (ValueError, OverflowError):  # February 30; more years ago than the calendar has
            return None

    def _alone(self, reference: Reference) -> Period | None:
        period = _RESOLVERS[self.kind](self.groups, reference)
        if self.kind == "ago" and self.cue == "from":
            return period  # "tactics from eight years ago"
        return _bounded(period, self.cue) if period is not None else None

    def _range(self, until: Expression, reference: Reference) -> Period | None:
        """The year told with the second part holds for the first, unless the stretch runs over its turn."""
        if self.cue not in _RANGED:
            return self._both(until, reference)
        last = _RESOLVERS[until.kind](until.groups, reference)
        if last is None:
            return None
        year = (last.end or last.value)[:4]
        alone = self.kind in ("monthday", "daymonth", "month") and not {"y", "ys"} & self.groups.keys()
        kind = "monthyear" if alone and self.kind == "month" else self.kind
        groups = self.groups | {"y": year} if alone else self.groups
        first = _RESOLVERS[kind](groups, reference)
        if alone and first is not None and first.value > last.value:
            first = _RESOLVERS[kind](groups | {"y": str(int(year) - 1)}, reference)
        start, end = (first.value or first.start) if first else "", last.value or last.end
        return Period(start=start, end=end) if start and start <= end else None

    def _both(self, until: Expression, reference: Reference) -> Period | None:
        """ "On Monday and Tuesday" is one stretch where nothing lies between the two; else the first is told."""
        first, last = self._alone(reference), until._alone(reference)
        if first is None or last is None or not (first.value and last.value):
            return first
        unit = {len("2014"): "y", len("2014-05"): "m"}.get(len(first.value), "d")
        return Period(start=first.value, end=last.value) if shifted(first.value, unit, 1) == last else first


def find(text: str) -> Iterator[Expression]:
    """Time expressions of `text` in order, the longest at each place; none overlap."""
    waiting: Expression | None = None
    for expression in _all(text):
        if waiting is not None and _joins(text, waiting, expression):
            yield replace(waiting, end=expression.end, until=expression)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = expression
    if waiting is not None:
        yield waiting


def _all(text: str) -> Iterator[Expression]:
    for match in everything().finditer(text):
        kind = match.lastgroup or ""
        inner = patterns()[kind].match(text, match.start(kind))
        if inner is None or inner.end() != match.end(kind):
            inner = patterns()[kind].fullmatch(match[kind])
        if inner is None:
            continue
        before = "".join(text[max(0, match.start() - _NEAR) : match.start()].split()[-1:])
        if _no_time(kind, match[kind], before):
            continue
        groups = {key: value.lower() for key, value in inner.groupdict().items() if value}
        if before.lower() in time_lexicon().lasting:
            groups["over"] = before.lower()
        cue = " ".join((match["cue"] or "").lower().split())
        yield Expression(match.start(kind), match.end(kind), kind, groups, cue)


def _no_time(kind: str, words: str, before: str) -> bool:
    """Whether the words are no date: "on a Tuesday morning", "on Fridays", "48 hours after", "USA Today"."""
    if kind in ("weekday", "month") and before.lower() in time_lexicon().indefinite:
        return True
    if kind == "hours" and before.isdecimal():
        return int(before) >= _DAY_OF_HOURS
    if kind in ("day", "span") and words[0].isupper():
        return before[-1:].isalnum() or (" " in words and words.istitle())
    return kind == "weekday" and words.endswith("s")


def _joins(text: str, first: Expression, second: Expression) -> bool:
    """Whether the two are the ends of one stretch: "from November to January", "between 5 May and 3 June"."""
    between = text[first.end : second.begin].split()
    if not first.cue and first.kind == second.kind and first.kind in _LINKED and first.until is None:
        return between in _AND
    if first.cue not in _RANGED or first.kind not in _JOINED or second.kind not in _JOINED:
        return False
    return len(between) == 1 and between[0].lower() in time_lexicon().joiners


def _bounded(period: Period, cue: str) -> Period:
    """ "since 2014" begins with 2014 and "until Monday" ends with it."""
    side = time_lexicon().bounds.get(cue)
    if period.start and period.end and cue in _RANGED:
        return period  # "from Monday to Wednesday"
    if side == "range":
        return period
    if side == "start":
        return Period(start=period.value or period.start)
    if side == "end":
        return Period(end=period.value or period.end)
    return period
