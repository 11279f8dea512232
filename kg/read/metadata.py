"""What is known of a document beside its text: front matter, sidecar files and what the layout says."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from pathlib import Path

import msgspec

from kg.errors import InvalidIri, ReadError
from kg.ids import check_iri
from kg.read.dates import parse_date
from kg.read.sections import Layout

SIDECARS = {".meta.json": json.loads, ".meta.toml": tomllib.loads}
_FENCE = re.compile(r"---[ \t]*(?:\r\n|[\n\r])")
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(.*))?$")


class Metadata(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of a sidecar or front matter; "" is unknown, and the layout of the text then tells."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    date: str = ""
    place: str = ""
    url: str = ""
    language: str = ""

    def over(self, other: Metadata) -> Metadata:
        """These values, with those of `other` where they are unknown."""
        mine = {key: value for key, value in msgspec.structs.asdict(self).items() if value}
        return msgspec.structs.replace(other, **mine)


def checked(values: dict[str, object], where: str) -> Metadata:
    """`values` as Metadata with an ISO date and a valid address; ReadError names the key that is wrong."""
    plain = {k: v.isoformat() if isinstance(v, datetime.date | datetime.datetime) else v for k, v in values.items()}
    try:
        found = msgspec.convert(plain, Metadata)
    except msgspec.ValidationError as error:
        known = ", ".join(Metadata.__struct_fields__)
        raise ReadError("metadata", f"{where}: {error}; known keys: {known}") from error
    found = msgspec.structs.replace(found, **{k: " ".join(v.split()) for k, v in msgspec.structs.asdict(found).items()})
    return msgspec.structs.replace(found, date=_date(found.date, where), url=_url(found.url, where))


def _date(value: str, where: str) -> str:
    iso = parse_date(value)
    if value and not iso:
        raise ReadError("metadata", f"{where}: date {value!r} is not one full day; write it as in 2022-09-11")
    return iso


def _url(value: str, where: str) -> str:
    try:
        return check_iri(value) if value else ""
    except InvalidIri as error:
        raise ReadError("metadata", f"{where}: url: {error}") from error


def sidecar(path: Path) -> Metadata:
    """The metadata in `<name>.meta.json` or `<name>.meta.toml` beside `path`, with or without its suffix."""
    names = sorted({path.name, path.stem})
    found = [(path.with_name(name + end), end) for name in names for end in SIDECARS]
    found = [(file, end) for file, end in found if file.is_file()]
    if not found:
        return Metadata()
    if len(found) > 1:
        raise ReadError("metadata", f"{path}: several sidecars, keep one: {', '.join(f.name for f, _ in found)}")
    file, end = found[0]
    try:
        values = SIDECARS[end](file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:  # ValueError: bad UTF-8, JSON or TOML
        raise ReadError("metadata", f"{file}: cannot read the sidecar: {error}") from error
    if not isinstance(values, dict):
        raise ReadError("metadata", f"{file}: a sidecar holds one table of keys and values")
    return checked(values, str(file))


def front_matter(text: str, where: str) -> tuple[Metadata, int]:
    """The metadata in a leading block of "key: value" lines between "---" lines, and where the text goes on."""
    entries, end = _entries(text)
    known = {key: value for key, value in entries.items() if key in Metadata.__struct_fields__}
    return checked(known, f"{where}: front matter"), end


def _entries(text: str) -> tuple[dict[str, object], int]:
    """Key, value pairs and the offset behind the closing fence; nothing and 0 where the text has no front matter."""
    fence = _FENCE.match(text)
    entries: dict[str, object] = {}
    position = fence.end() if fence else len(text)
    while position < len(text):
        newline = re.compile(r"\r\n|[\n\r]").search(text, position)
        stop, following = (newline.start(), newline.end()) if newline else (len(text), len(text))
        line = text[position:stop]
        if line.rstrip() == "---":
            return entries, following
        entry = _ENTRY.match(line)
        if entry:
            entries[entry[1].casefold()] = (entry[2] or "").strip().strip("\"'")
        elif line.strip() and line[0] not in " \t#-":  # lists, comments and nested keys of other tools
            break
        position = following
    return {}, 0


def of_layout(layout: Layout) -> Metadata:
    """What the document's own lines say: the first dateline that names a thing wins."""
    lines = layout.datelines
    dated = (f"{layout.year}-{d.day}" for d in lines if d.day and layout.year)
    date = next((d.date for d in lines if d.date), "") or parse_date(next(dated, ""))
    return Metadata(
        title=layout.title,
        author=layout.author,
        publisher=next((d.publisher for d in lines if d.publisher), ""),
        place=next((d.place for d in lines if d.place), ""),
        date=date,
    )
