"""Datelines: who published, where and when, on a line of its own or before the first paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model import Span
from kg.read.dates import date_pattern, iso, month_and_day
from kg.read.words import capitalised, opens, plain, split_words, words

_PREFIX_LIMIT = 120  # characters before the dash that a dateline at the start of a paragraph can take
_LETTER = re.compile(r"[^\W_]")
_UNDATED = 5  # words of "Baltic Herald, Tartu"
_DASH = re.compile(r"\s*(?:\s[-–]{1,3}\s|\s?[—―]\s?|\s?--\s?|–\s)\s*")
_SLASHED = re.compile(r"\s*/([^/\n]{2,40})/\s*[.:–—-]*\s*")
_BRACKETED = re.compile(r"\(([^()\n]{2,60})\)|/([^/\n]{2,40})/")
_SEPARATOR = re.compile(r"\s*[|/•·;\t]+\s*|\s+[-–—]+\s*|\s*[—―]+\s*|\s*[()\[\]]+\s*")
_NEVER_IN_PLACE = re.compile(r"[\d\"“”‘!?:;]")


class Dateline(NamedTuple):
    """What a dateline says, "" where it does not; `date` is ISO, and "" unless day, month and year are there."""

    span: Span
    publisher: str = ""
    place: str = ""
    date: str = ""
    day: str = ""  # month and day as "09-11" where the year is missing


def is_outlet(name: str) -> bool:
    """Whether `name` reads as that of a publisher."""
    key = plain(name).rstrip(".")
    found = split_words(key)
    lex = words()
    return bool(found) and (key in lex.outlets or found[-1] in lex.outlet_words or found[0] in lex.outlets)


def line_dateline(text: str, span: Span) -> Dateline | None:
    """`span` as a dateline of its own: a date with at most an outlet and a place beside it."""
    line = span.of(text)
    if len(line) > _PREFIX_LIMIT:
        return None
    dates = list(date_pattern().finditer(line))
    if not dates:
        return _undated_line(line, span)
    parts = _parts(date_pattern().sub(" | ", line))
    if len(parts) > 3 or not all(capitalised(part) and len(split_words(part)) <= 6 for part in parts):
        return None
    date = next((day for match in dates if (day := iso(match))), "")
    comma = line[: dates[0].start()].rstrip().endswith(",")
    return _sorted_parts(parts, comma)._replace(span=span, date=date, day=month_and_day(dates[0]))


def _parts(line: str) -> list[str]:
    """What stands between the dates of a line: outlets and places, without cues such as "Updated:" and clock times."""
    parts = [_uncued(part) for part in _SEPARATOR.split(line)]
    parts = [part for part in parts if any(c.isalpha() for c in part) and not part[0].isdigit()]
    return [piece for part in parts for piece in _outlet_first(part)]


def _outlet_first(part: str) -> list[str]:
    """ "Baltic Herald, Tartu" in two; any other part whole."""
    head, _, tail = part.partition(", ")
    return [head, tail] if tail and is_outlet(head) else [part]


def _undated_line(line: str, span: Span) -> Dateline | None:
    """A dateline without a date, the text on the next line: "KYIV (Outlet) —"."""
    outlet, *place = _outlet_first(line.strip())
    if place and is_outlet(outlet) and capitalised(line) and len(split_words(line)) <= _UNDATED:
        return Dateline(span, publisher=outlet, place=place[0])
    match = _BRACKETED.search(line)
    head = (line[: match.start()] if match else line).strip(" —–-")
    dashed = bool(match) or line.rstrip().endswith(("—", "–", " -", "--"))
    rest = line[match.end() :].strip(" —–-") if match else ""
    if not dashed or rest or not _is_place(head):
        return None
    return Dateline(span, publisher=_outlet_in(match), place=_neat(head))


def _uncued(part: str) -> str:
    """`part` without words like "Updated:" and the punctuation around it."""
    bare = part.strip(" \t\u00a0,.:")
    match = opens(words().date_cues).match(bare.casefold())
    if match and (match.end() == len(bare) or bare[match.end()] in " :"):
        bare = bare[match.end() :].strip(" \t\u00a0,.:")
    return bare


def _sorted_parts(parts: list[str], comma: bool) -> Dateline:
    """Tell the outlet from the place among the parts beside a date."""
    publisher = place = ""
    for part in parts:
        is_place = not is_outlet(part) and (part.isupper() or comma or bool(publisher))
        if is_place and not place:
            place = part
        elif not publisher:
            publisher = part
    return Dateline(Span(0, 0), publisher, place)


def prefix_dateline(text: str, span: Span) -> Dateline | None:
    """A dateline at the start of the paragraph `span`: "KYIV, Sept 11 (Outlet) — " or "MOSCOW, May 3. /Outlet/. "."""
    head = text[span.begin : min(span.end, span.begin + _PREFIX_LIMIT)]
    for pattern in (_SLASHED, _DASH):
        cut = pattern.search(head)
        if cut is None or not _LETTER.search(text, span.begin + cut.end(), span.end):
            continue
        stop = cut.end() if pattern is _SLASHED else cut.start()
        found = _prefix(head[:stop].rstrip(" -–—"))
        if found:
            # the dash belongs to the dateline, so that the paragraph starts with its first word
            end = span.begin + len(head[: cut.end()].rstrip())
            return found._replace(span=Span(span.begin, end))
    return None


def _prefix(head: str) -> Dateline | None:
    bracket = _BRACKETED.search(head)
    publisher = _outlet_in(bracket)
    bare = head[: bracket.start()] + head[bracket.end() :] if bracket else head
    match = date_pattern().search(bare)
    before = bare[: match.start()] + " " + bare[match.end() :] if match else bare
    place = _neat(before)
    if len(split_words(place)) > 8 or _NEVER_IN_PLACE.search(place) or (place and not capitalised(place)):
        return None
    shown = bool(match) or is_outlet(publisher)  # by which words in any case are known for a place
    if place and (is_outlet(place) or not (shown or _is_place(place) or _is_town_and_country(place))):
        return None
    if not place and not is_outlet(publisher):
        return None
    date, day = (iso(match), month_and_day(match)) if match else ("", "")
    return Dateline(Span(0, 0), publisher, place, date, day)


def _is_place(text: str) -> bool:
    """Whether `text` opens with a town in capitals, a region in any case after it: "NASHUA, N.H."."""
    town = split_words(text.split(",")[0])
    if plain(text).rstrip(" 0123456789") in words().kickers:
        return False
    shouted = bool(town) and len(town[0]) > 1 and all(word.isupper() for word in town)
    return shouted and capitalised(text) and len(split_words(text)) <= 6


def _is_town_and_country(text: str) -> bool:
    """Whether `text` is of the form "Kyiv, Ukraine"."""
    return capitalised(text) and text.count(",") == 1 and len(split_words(text)) <= 4


def _outlet_in(bracket: re.Match[str] | None) -> str:
    inside = _neat(bracket[1] or bracket[2]) if bracket else ""
    return inside if capitalised(inside) and not date_pattern().fullmatch(inside) else ""


def _neat(text: str) -> str:
    tidy = re.sub(r"\s*,(?:\s*,)*\s*", ", ", " ".join(text.split()))
    return re.sub(r"(?:[\s,;:–—-]|(?<=[\s,])\.)+$", "", tidy).lstrip(" ,.;:-–—")
