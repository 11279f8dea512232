"""Gold of what conflicts and agrees in groups of reports, `tests/golden/groups/*/gold.toml`, written from the text.

[documents]                                   # a letter for each report, by its path from the project's root
A = "seeds/some-report.txt"

[[conflict]]
name = "what it is about"
dimension = "quantity"                        # or polarity, cause, agent, place, date, characterisation
one = ["A: killed [fourteen] people"]         # the words of one side, in brackets, with enough of the text around
other = ["A: 120-134"]                        # ... or characters, where the text is not ours to keep

[[agreement]]
name = "what it is about"
tellings = ["A: ...", "B: ..."]               # any two of which agree
arguable = true                               # may be found and need not be
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from benchmarks.corpora import ROOT, CorpusMalformed, CorpusMissing, anchors
from kg.config import Settings
from kg.model import Document, Span
from kg.read import read

GOLD = ROOT / "tests" / "golden" / "groups"

Dimension = Literal["polarity", "quantity", "cause", "agent", "place", "date", "characterisation"]

_OFFSETS = re.compile(r"(\d+)-(\d+)")


class Conflict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[conflict]]` as written."""

    name: str
    dimension: Dimension
    one: tuple[str, ...]
    other: tuple[str, ...]
    arguable: bool = False


class Agreement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[agreement]]` as written."""

    name: str
    tellings: tuple[str, ...]
    arguable: bool = False


class Entries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole `gold.toml` as written."""

    documents: dict[str, str]
    conflict: tuple[Conflict, ...] = ()
    agreement: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of a report, by its document's id."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """Something on which reports conflict, one side against the other, or agree, both sides then being all of them."""

    name: str
    conflict: bool
    one: tuple[Place, ...]
    other: tuple[Place, ...]
    arguable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that are read together, and what a careful reader finds between them."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def ours(settings: Settings) -> list[Group]:
    """The groups of the demo reports."""
    return list(_groups(settings, outside=False))


def article(settings: Settings) -> list[Group]:
    """The real article, which stands outside the project; raises `CorpusMissing` where it is not there."""
    return list(_groups(settings, outside=True))


def _groups(settings: Settings, outside: bool) -> Iterator[Group]:
    for path in sorted(GOLD.glob("*/gold.toml")):
        try:
            entries = msgspec.toml.decode(path.read_bytes(), type=Entries)
        except msgspec.DecodeError as error:
            raise CorpusMalformed(f"{path.parent.name}/{path.name}: {error}") from error
        if any(name.startswith("../") for name in entries.documents.values()) is outside:
            yield load(path.parent.name, entries, _documents(entries.documents, settings))


def _documents(paths: Mapping[str, str], settings: Settings) -> dict[str, Document]:
    for path in paths.values():
        if not (ROOT / path).is_file():
            raise CorpusMissing(f"{path} is missing: its comparisons cannot be looked at")
    return {letter: read(ROOT / path, settings) for letter, path in paths.items()}


def load(name: str, entries: Entries, documents: Mapping[str, Document]) -> Group:
    """The gold over its documents; raises `CorpusMalformed`, which names what cannot be found in the text."""

    def places(written: tuple[str, ...]) -> tuple[Place, ...]:
        return tuple(_place(name, one, documents) for one in written)

    conflicts = (Question(c.name, True, places(c.one), places(c.other), c.arguable) for c in entries.conflict)
    told = ((a, places(a.tellings)) for a in entries.agreement)
    agreements = (Question(a.name, False, found, found, a.arguable) for a, found in told)
    return Group(name, tuple(documents.values()), (*conflicts, *agreements))


def _place(group: str, written: str, documents: Mapping[str, Document]) -> Place:
    letter, _, anchor = written.partition(": ")
    if letter not in documents:
        raise CorpusMalformed(f"{group}: {written!r} names none of {', '.join(documents)}")
    document = documents[letter]
    if offsets := _OFFSETS.fullmatch(anchor):
        return Place(document.id, Span(int(offsets[1]), int(offsets[2])))
    try:
        return Place(document.id, Span(*anchors.find(anchor, document.text)))
    except ValueError as error:
        raise CorpusMalformed(f"{group}: {error}") from error
