"""Dates by a closed grammar, never completed from the clock: a date without its year stays unknown."""

from __future__ import annotations

import datetime
import re
from functools import cache

from kg.read.words import any_of, words

_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")


@cache
def date_pattern() -> re.Pattern[str]:
    """Finds a day as datelines write it, with weekday, clock time and zone; groups are named by field and form."""
    lex = words()
    month = rf"(?P<{{}}>{any_of(lex.months)})\.?"
    day = r"(?P<{}>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?"
    year = r"(?:\s*,?\s+(?P<{}>\d{{4}}))?"  # content systems glue a second date to the year
    clock = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
    zone = rf"(?:\s*(?:\(?(?:{any_of(lex.zones)})\)?(?!\w)|[+-]\d{{2}}:?\d{{2}}))?"
    return re.compile(
        rf"(?<!\w)(?:(?:{any_of(lex.weekdays)})\.?,?\s+)?(?:"
        rf"(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?:T[\d:.]+Z?)?(?!\d)"
        rf"|(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?P<y2>\d{{4}})(?!\d)"
        rf"|(?P<m3>\d{{1,2}})/(?P<d3>\d{{1,2}})/(?P<y3>\d{{4}})(?!\d)"
        rf"|{day.format('d4')}\s+(?:of\s+)?{month.format('m4')}{year.format('y4')}"
        rf"|{month.format('m5')}\s+{day.format('d5')}{year.format('y5')})(?![^\W\d])"
        rf"(?:,?\s*(?:at\s+|-\s+)?{clock}{zone})?",
        re.IGNORECASE,
    )


def parse_date(text: str) -> str:
    """The first date in `text` as ISO; "" where there is none, its year is missing, or it is ambiguous."""
    match = date_pattern().search(text)
    return iso(match) if match else ""


def month_and_day(match: re.Match[str]) -> str:
    """Month and day as "09-11" for a match without its year, else ""."""
    month, day = match["m4"] or match["m5"], match["d4"] or match["d5"]
    return "" if match["y4"] or match["y5"] or not month else f"{_month(month):02}-{int(day):02}"


def iso(match: re.Match[str]) -> str:
    """The ISO date of a match; "" where the year is missing, there is no such day, or day and month can be swapped."""
    fields = {k[0]: v for k, v in match.groupdict().items() if v}
    if "y" not in fields:
        return ""
    day, month, year = int(fields["d"]), _month(fields["m"]), int(fields["y"])
    if match["m3"] and day <= 12 < month:  # 25/12/2022
        day, month = month, day
    elif match["m3"] and day <= 12 and day != month:  # 9/11/2022 is November or September
        return ""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # no such day
        return ""


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return [month[:3] for month in words().months[:12]].index(word[:3].casefold()) + 1


def year_in(text: str) -> str:
    """The only year that `text` names, "" where it names none or several."""
    years = {m.group() for m in _YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else ""
