"""Regular expressions of time expressions, one per kind, made from the word list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.nlp.times.periods import TimeLexicon, time_lexicon

_YEAR, _DAY = r"(?:1[5-9]|20)\d\d", r"[0-3]?\d(?:st|nd|rd|th)?"
_DASH = r"\s*(?:-|–|—|to|until|till|through)\s*"
_AND = r"\s*(?:-|–|—|to|and|until|till|through)\s*"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """One pattern per kind of expression, tried in this order."""
    words = time_lexicon()
    raw = _dates(words) | _stretches(words) | _relative(words) | _coarse(words)
    return {kind: re.compile(raw[kind]) for kind in _ORDER}


@cache
def everything() -> re.Pattern[str]:
    """All kinds in one pattern, an optional bounding preposition before."""
    words = time_lexicon()
    bounds, edges = _any(words.bounds), _any(words.edges)
    near = rf"(?:(?i:early|late|the\s+(?:very\s+)?{edges}\s+of)\s+)?"
    kinds = "|".join(f"(?P<{kind}>{_anonymous(p.pattern)})" for kind, p in patterns().items())
    # Tried at the beginning of words alone, which saves most of the work.
    return re.compile(rf"(?<!\w)(?=\w)(?:(?P<cue>(?i:{bounds}))\s+{near})?(?<![\w$€£.,-])(?:{kinds})(?![\w%])")


_ORDER = (
    "iso",
    "numeric",
    "daysmonths",
    "days",
    "daysmonth",
    "monthday",
    "daymonth",
    "dayalone",
    "monthyear",
    "holiday",
    "years",
    "decade",
    "season",
    "quarter",
    "half",
    "weekdays",
    "weekday",
    "day",
    "overnight",
    "same",
    "then",
    "shift",
    "ago",
    "hours",
    "span",
    "weekend",
    "edge",
    "month",
    "year",
)


def _dates(words: TimeLexicon) -> dict[str, str]:
    """Days as they are written, a weekday before or not, and weekdays alone."""
    month, weekday = _month(words), "(?:" + "|".join(m.capitalize() for m in words.weekdays) + ")"
    on = rf"(?:{weekday},?\s+(?:the\s+)?)?"
    year = rf"(?:,?\s+(?:(?P<y>{_YEAR})|(?:of\s+)?(?P<ys>last|this|next|that)\s+year))?"
    part = r"(?:\s+(?i:morning|afternoon|evening|night))?"
    return {
        "iso": rf"(?P<y>{_YEAR})(?P<sep>[-/])(?P<m>[01]?\d)(?P=sep)(?P<d>[0-3]?\d)",
        "numeric": rf"(?P<a>[0-3]?\d)(?P<sep>[/.])(?P<b>[0-3]?\d)(?P=sep)(?P<y>{_YEAR})",
        "days": rf"(?P<m>{month})\s+(?P<d>{_DAY}){_AND}(?P<d2>{_DAY})(?!\d){year}",
        "daysmonths": rf"(?P<m>{month})\s+(?P<d>{_DAY}){_DASH}(?P<m2>{month})\s+(?P<d2>{_DAY})(?!\d){year}",
        "daysmonth": rf"(?:the\s+)?(?P<d>{_DAY}){_AND}(?:the\s+)?(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m>{month})\b{year}",
        "monthday": rf"{on}(?P<m>{month})\s+(?P<d>{_DAY})(?![\d:]){year}",
        "daymonth": rf"{on}(?:the\s+)?(?P<d>{_DAY})[\s-]+(?:of\s+)?(?P<m>{month})(?!\w){year}",
        "dayalone": r"(?i:on)\s+the\s+(?P<d>[0-3]?\d(?:st|nd|rd|th))(?=\s*(?:[.,;:)]|$))",
        "holiday": rf"(?P<holiday>(?i:{_any(words.holidays)}))(?:,?\s+(?P<y>{_YEAR}))?",
        "weekdays": rf"(?P<w>{weekday}){_DASH}(?P<w2>{weekday})",
        "weekday": (
            rf"(?:(?P<side>(?i:last|next|this\s+coming|this|coming))\s+)?(?P<w>{weekday})(?:s\b)?{part}"
            r"(?:\s+(?:of\s+)?(?P<ws>last|next|this)\s+week)?"
        ),
        "day": rf"(?P<n>(?i:{_any(words.days)})){part}",
        "overnight": r"(?i:overnight)(?!\s+(?:on|into|to|from)\b)",
    }


def _stretches(words: TimeLexicon) -> dict[str, str]:
    """Years, quarters, seasons, "the past week", "the end of the month"."""
    side = rf"(?i:{_any(words.directions.back)}|{_any(words.directions.forward)}|{_any(words.directions.here)})"
    year = rf"(?:(?P<y>{_YEAR})|(?P<ys>last|this|next)\s+year)"
    ordinal = rf"(?i:{_any(words.ordinals)})"
    return {
        "years": rf"(?P<y>{_YEAR})(?:{_DASH}(?P<y2>{_YEAR})|[-–/](?P<y3>\d\d)(?![\d/-]))",
        "decade": r"(?:the\s+)?(?P<y>(?:19|20)\d0)s",
        "season": rf"(?:(?P<side>{side})\s+)?(?P<s>(?i:{_any(words.seasons)}))(?:\s+(?:of\s+)?(?P<y>{_YEAR}))?",
        "quarter": rf"(?:(?:the\s+)?(?P<q>{ordinal})\s+(?i:quarter)\s+(?:of\s+)?|(?i:(?P<q2>q[1-4]))\s+){year}",
        "half": rf"(?:(?:the\s+)?(?P<h>{_any(words.halves)})\s+half\s+of\s+|(?i:(?P<h2>h[12]))\s+){year}",
        "span": (
            rf"(?i:(?P<the>the\s+)?(?P<side>{side})\s+(?:(?P<n>{_number(words)})\s+)?(?P<u>{_units(words)}))"
            r"(?!\s+(?:of|ago)\b)"
        ),
        "weekend": r"(?i:(?:over|at|during)\s+the\s+weekend)",
        "edge": rf"(?:the\s+)?(?P<edge>{_any(words.edges)})\s+of\s+the\s+(?P<u>week|month|year)",
    }


def _relative(words: TimeLexicon) -> dict[str, str]:
    """What counts from another time."""
    part = "(?:morning|afternoon|evening|night)"
    counted = rf"(?:(?P<n>{_number(words)})\s+)?(?P<u2>{_units(words)})"
    return {
        "same": (
            r"(?i:(?:on\s+|in\s+)?(?:the|that)\s+(?:very\s+)?same\s+(?P<u>day|month|year|week)"
            r"|that\s+(?:(?P<u2>day|month|year|week)|morning|afternoon|evening|night))"
        ),
        "then": r"(?i:(?<=since\s)then)",
        "shift": (
            rf"(?i:(?:the\s+)?(?P<side>(?:following|previous)(?=\s+(?:day|month|year|{part}))|next(?=\s+(?:day|{part})))"
            rf"\s+(?:(?P<u>day|month|year)|{part})\b"
            r"|the\s+day\s+(?P<rel0>before|after)(?=[\s,.]*$|[,.])"
            rf"|{counted}\s+(?:(?P<rel>earlier|later|afterwards)|(?P<rel1>before|after)(?=\s*$|\s*[,.;])))"
        ),
        "ago": rf"(?i:(?:(?P<n>{_number(words)})\s+)?(?P<u>{_units(words)})\s+ago)",
        "hours": r"(?i:(?:just\s+|only\s+)?(?:hours|minutes))(?=\s+(?:after|before)\s)",
    }


def _coarse(words: TimeLexicon) -> dict[str, str]:
    """Months and years: tried last, for the finer ones begin with them."""
    part = r"(?:(?i:early|late|mid)[\s-]+)?"
    year = rf",?\s+(?:(?:of\s+)?(?P<y>{_YEAR})|(?:of\s+)?(?P<ys>last|this|next|that)\s+year)"
    return {
        "monthyear": rf"{part}(?P<m>{_month(words)}){year}",
        "month": rf"(?:(?P<side>(?i:last|next|this|that|early|late|mid))[\s-]+)?(?P<m>{_month(words)})",
        "year": rf"{part}(?P<y>{_YEAR})",
    }


def _any(options: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(o) for o in sorted(options, key=lambda o: (-len(o), o))) + ")"


def _units(words: TimeLexicon) -> str:
    return _any(words.units) + "s?"


def _number(words: TimeLexicon) -> str:
    return rf"(?:\d{{1,3}}|(?i:{_any(words.numbers)}))"


def _month(words: TimeLexicon) -> str:
    """Month names must be capitalised ("may", "march"), so that patterns are case sensitive but for first letters."""
    return "(?:" + "|".join(_cased(m, words.months) for m in sorted(words.months, key=lambda m: (-len(m), m))) + ")"


def _cased(month: str, months: Iterable[str]) -> str:
    """`month` capitalised or, when long, in capitals; a short form of another name may end in a full stop."""
    short = any(other != month and other.startswith(month) for other in months)
    spelt = f"{month.capitalize()}|{month.upper()}" if len(month) > 3 else month.capitalize()
    return rf"(?:{spelt})\.?" if short else spelt


def _anonymous(pattern: str) -> str:
    """The pattern with nameless groups; a reference back to one becomes what it may hold."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.replace("(?P=sep)", "[-/.]"))
