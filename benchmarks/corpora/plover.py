"""PLOVER records: single sentences coded to an event type with marked source, target and trigger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpora import locate
from benchmarks.metrics import Offsets

_OPEN = re.compile(r"\(((?:SRC|TAR|EVT|LOC|DATE|SIZE|CONTEXT|[A-Z]{3,})(?:/[A-Z]{3,})*): ?")


@dataclass(frozen=True, slots=True)
class Record:
    """A sentence, its event type in lower case, and the marked spans; an absent role is empty."""

    name: str
    text: str
    type: str
    source: tuple[Offsets, ...]
    target: tuple[Offsets, ...]
    trigger: tuple[Offsets, ...]


def records() -> Iterator[Record]:
    """The coded records with a sentence; documentation entries are left out."""
    for entry in json.loads(locate("plover", "PLOVER_GSR_CAMEO.txt").read_text("utf-8")):
        markup = entry.get("textInfo", {}).get("markup") if isinstance(entry.get("textInfo"), dict) else None
        if not markup:
            continue
        text, marks = unmark(markup.strip().removeprefix("{").removesuffix("}"))
        spans = {tag: tuple(span for tags, span in marks if tag in tags.split("/")) for tag in ("SRC", "TAR", "EVT")}
        yield Record(entry["id"], text, entry["event"].lower(), spans["SRC"], spans["TAR"], spans["EVT"])


def unmark(markup: str) -> tuple[str, list[tuple[str, Offsets]]]:
    """The plain sentence of "(SRC: Peru) has (EVT: granted) ..." and its marked spans, which may nest.

    A mark that is never closed (the corpus has a few) is dropped, its words kept.
    """
    parts: list[str] = []
    marks: list[tuple[str, Offsets]] = []
    stack: list[tuple[str, int]] = []  # the tag is "" for a bracket of the sentence itself
    position = length = 0
    while position < len(markup):
        opened = _OPEN.match(markup, position)
        if opened:
            stack.append((opened[1], length))
            position = opened.end()
            continue
        character = markup[position]
        position += 1
        if character == "(":
            stack.append(("", length))
        elif character == ")" and stack:
            tag, start = stack.pop()
            if tag:
                marks.append((tag, (start, length)))
                continue
        parts.append(character)
        length += 1
    return "".join(parts), sorted(marks, key=lambda mark: mark[1])
