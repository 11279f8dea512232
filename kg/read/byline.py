"""Bylines: who wrote, and from where."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.read.dateline import is_outlet
from kg.read.dates import date_pattern
from kg.read.words import any_of, capitalised, plain, split_words, words

_NAME = r"(?:[^\W\d_](?:[\w'’.-]*\w|\.)?)"


@cache
def _byline_pattern() -> re.Pattern[str]:
    lex = words()
    name = rf"{_NAME}(?:\s+{_NAME}){{0,4}}"
    names = rf"{name}(?:(?:,\s+|\s+and\s+|,\s+and\s+|\s+&\s+){name})*"
    return re.compile(rf"(?i:(?P<cue>{any_of(lex.byline_cues)})):?\s+(?P<names>{names})")


class Byline(NamedTuple):
    """Who wrote, several names parted by commas, and from where."""

    author: str
    place: str = ""
    publisher: str = ""


def byline(line: str) -> Byline | None:
    """What `line` says when it is a byline: "By Jane Doe in Kyiv", "By Jane Doe, Staff Writer"."""
    found = split_words(line)
    if not 2 <= len(found) <= 20 or len(line) > 160 or line.rstrip().endswith((".", "!", "?", ":", ";")):
        return _signature(line)
    match = _byline_pattern().match(line.strip("*_ "))
    if match is None:
        return _signature(line)
    people, *where = re.split(r"\s+in\s+", re.split(r"\s+(?:at|for)\s+", match["names"])[0])
    named = [n for n in re.split(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+", people) if _is_person(n)]
    names = [n for n in named if not is_outlet(n)]
    outlet = next((n for n in named if is_outlet(n)), "")
    rest = line.strip("*_ ")[match.end() :]
    lowered = [w for w in split_words(rest) if w[0].islower() and w not in words().name_particles and not _is_post(w)]
    return Byline(", ".join(names), "".join(where[:1]), outlet) if names and len(lowered) <= 3 else None


def _signature(line: str) -> Byline | None:
    """The author in "Jane Doe, Staff Writer"."""
    name, comma, post = line.strip("*_ ").partition(",")
    job = re.split(r",| in ", plain(post))[0].strip()
    if not comma or len(split_words(line)) > 10 or not _is_post(job) or not _is_person(name):
        return None
    return Byline(name.strip())


def _is_person(name: str) -> bool:
    found = split_words(name)
    dated = date_pattern().search(name) or plain(name) in words().weekdays
    if not 1 <= len(found) <= 5 or dated or any(c.isdigit() for c in name):
        return False
    return capitalised(name) and not _is_post(plain(name))


def _is_post(text: str) -> bool:
    return text in words().posts or any(text.endswith(" " + post) for post in words().posts)
