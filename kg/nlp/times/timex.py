"""Time expressions in text, found by pattern.  Pure: no parse needed; ``kg.nlp.times.periods`` tells what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.nlp.times.periods import RESOLVERS, Period, Reference, time_lexicon

_NEAR = 8  # characters that hold the word before an expression


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at characters [begin, end), not yet resolved; `cue` is a bounding preposition before it."""

    begin: int
    end: int
    kind: str
    groups: dict[str, str]
    cue: str = ""

    def resolve(self, reference: Reference) -> Period | None:
        """The period it names, or ``None`` where that cannot be known."""
        try:
            period = RESOLVERS[self.kind](self.groups, reference)
        except (ValueError, OverflowError):  # the thirty-first of June; a million years ago
            return None
        return _bounded(period, self.cue) if period is not None else None


def find(text: str) -> Iterator[Expression]:
    """Time expressions of `text` in order, the longest at each place; none overlap."""
    for match in _pattern().finditer(text):
        kind = match.lastgroup or ""
        inner = _patterns()[kind].match(text, match.start(kind))
        if inner is None or inner.end() != match.end(kind):
            inner = _patterns()[kind].fullmatch(match[kind])
        if inner is None:
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()].split()[-1:]
        if kind in ("weekday", "month") and before and before[0].lower() in time_lexicon().indefinite:
            continue  # "on a Tuesday morning"
        if kind == "weekday" and match[kind].endswith("s"):
            continue  # "on Fridays"
        groups = {key: value.lower() for key, value in inner.groupdict().items() if value}
        cue = (match["cue"] or "").lower().strip()
        yield Expression(match.start(kind), match.end(kind), kind, groups, cue)


def _bounded(period: Period, cue: str) -> Period:
    """ "since 2014" begins with 2014 and "until Monday" ends with it."""
    side = time_lexicon().bounds.get(cue)
    if period.start and period.end and cue == "from":
        return period  # "from Monday to Wednesday"
    if side == "start":
        return Period(start=period.value or period.start)
    if side == "end":
        return Period(end=period.value or period.end)
    return period


# --- patterns ------------------------------------------------------------------------------------------------


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """One pattern per kind of expression, tried in this order."""
    words = time_lexicon()

    def any_of(options: object) -> str:
        assert isinstance(options, dict | tuple)
        return "(?:" + "|".join(re.escape(o) for o in sorted(options, key=lambda o: (-len(o), o))) + ")"

    # Month names must be capitalised ("may", "march"), so that patterns are case sensitive but for first letters.
    month = r"(?:" + "|".join(_cased(m, words.months) for m in sorted(words.months, key=lambda m: (-len(m), m))) + ")"
    weekday = r"(?:" + "|".join(m.capitalize() for m in words.weekdays) + ")"
    unit = any_of(words.units) + "s?"
    number = rf"(?:\d{{1,3}}|(?i:{any_of(words.numbers)}))"
    back, forward, here = (any_of(d) for d in (words.directions.back, words.directions.forward, words.directions.here))
    side = rf"(?i:{back}|{forward}|{here})"
    year, day = r"(?:1[5-9]|20)\d\d", r"[0-3]?\d(?:st|nd|rd|th)?"
    dash = r"\s*(?:-|–|—|to|and)\s*"
    part = r"(?:\s+(?i:morning|afternoon|evening|night))?"
    raw = {
        "iso": rf"(?P<y>{year})-(?P<m>[01]\d)-(?P<d>[0-3]\d)",
        "days": rf"(?P<m>{month})\s+(?P<d>{day}){dash}(?P<d2>{day})(?!\d)(?:,?\s+(?P<y>{year}))?",
        "monthday": rf"(?P<m>{month})\s+(?P<d>{day})(?![\d:])(?:,?\s+(?P<y>{year}))?",
        "daymonth": rf"(?:the\s+)?(?P<d>{day})\s+(?:of\s+)?(?P<m>{month})\b(?:,?\s+(?P<y>{year}))?",
        "monthyear": rf"(?P<m>{month}),?\s+(?:of\s+)?(?P<y>{year})",
        "years": rf"(?P<y>{year}){dash}(?P<y2>{year})",
        "decade": r"(?:the\s+)?(?P<y>(?:19|20)\d0)s",
        "season": rf"(?:(?P<side>{side})\s+)?(?P<s>(?i:{any_of(words.seasons)}))(?:\s+(?:of\s+)?(?P<y>{year}))?",
        "quarter": (
            rf"(?:(?:the\s+)?(?P<q>(?i:{any_of(words.ordinals)}))\s+(?i:quarter)\s+(?:of\s+)?|(?i:(?P<q2>q[1-4]))\s+)(?P<y>{year})"
        ),
        "weekdays": rf"(?P<w>{weekday}){dash}(?P<w2>{weekday})",
        "weekday": rf"(?:(?P<side>(?i:last|next|this|coming))\s+)?(?P<w>{weekday})(?:s\b)?{part}",
        "day": rf"(?P<n>(?i:{any_of(words.days)})){part}",
        "same": (
            r"(?i:(?:on\s+)?(?:the|that)\s+(?:very\s+)?same\s+(?P<u>day|month|year|week)"
            r"|that\s+(?P<u2>day|month|year|week))"
        ),
        "shift": (
            rf"(?i:(?:the\s+)?(?P<side>next|following|previous)\s+(?P<u>day)|the\s+day\s+(?P<rel0>before|after)(?=[\s,.]*$|[,.])"
            rf"|(?P<n>{number})\s+(?P<u2>{unit})\s+(?:(?P<rel>earlier|later|afterwards)|(?P<rel1>before|after)(?=\s*$|\s*[,.;])))"
        ),
        "ago": rf"(?i:(?:(?P<n>{number})\s+)?(?P<u>{unit})\s+ago)",
        "hours": r"(?i:(?:just\s+|only\s+)?(?:hours|minutes))(?=\s+(?:after|before)\s)",
        "span": rf"(?i:(?:the\s+)?(?P<side>{side})\s+(?:(?P<n>{number})\s+)?(?P<u>{unit}))",
        "month": rf"(?:(?P<side>(?i:last|next|this|early|late|mid))[\s-]+)?(?P<m>{month})",
        "year": rf"(?P<y>{year})",
    }
    return {kind: re.compile(pattern) for kind, pattern in raw.items()}


def _cased(month: str, months: Iterable[str]) -> str:
    """`month` capitalised or, when long, in capitals; a short form of another name may end in a full stop."""
    short = any(other != month and other.startswith(month) for other in months)
    spelt = f"{month.capitalize()}|{month.upper()}" if len(month) > 3 else month.capitalize()
    return rf"(?:{spelt})\.?" if short else spelt


@cache
def _pattern() -> re.Pattern[str]:
    """All kinds in one pattern, an optional bounding preposition before."""
    bounds = "|".join(re.escape(b) for b in sorted(time_lexicon().bounds, key=lambda b: (-len(b), b)))
    kinds = "|".join(f"(?P<{kind}>{_anonymous(p.pattern)})" for kind, p in _patterns().items())
    return re.compile(rf"(?:(?<!\w)(?P<cue>(?i:{bounds}))\s+(?:early\s+|late\s+)?)?(?<![\w$€£.,-])(?:{kinds})(?![\w%])")


def _anonymous(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
