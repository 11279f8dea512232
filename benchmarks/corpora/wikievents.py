"""WikiEvents: attack and conflict news with typed events, their triggers and their arguments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.corpora import locate
from benchmarks.metrics import Offsets

_FINAL = ".?!…:;”\"'’)"


@dataclass(frozen=True, slots=True)
class Argument:
    """A role of an event and where the text names what fills it."""

    role: str
    span: Offsets


@dataclass(frozen=True, slots=True)
class Event:
    """A salient event with its KAIROS type."""

    type: str
    trigger: Offsets
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its salient events."""

    name: str
    text: str
    events: tuple[Event, ...]


def articles() -> Iterator[Article]:
    """The dev articles.

    The corpus glues sentences together without a space, so the text is laid out anew: sentences that end in a
    mark are followed by a space, others (headings, list items) by an empty line.
    """
    for line in locate("wikievents", "dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        text, places = _layout(record["sentences"])
        mentions = {m["id"]: (m["start"], m["end"]) for m in record["entity_mentions"]}
        events = tuple(_event(event, mentions, places) for event in record["event_mentions"])
        yield Article(record["doc_id"], text, events)


def roles() -> tuple[str, ...]:
    """Every role name that the KAIROS ontology knows, sorted."""
    ontology = json.loads(locate("wikievents", "event_role_KAIROS.json").read_text("utf-8"))
    return tuple(sorted({role for entry in ontology.values() for role in entry["roles"]}))


def types() -> tuple[str, ...]:
    """Every type name of the KAIROS ontology, sorted."""
    return tuple(sorted(json.loads(locate("wikievents", "event_role_KAIROS.json").read_text("utf-8"))))


def _layout(sentences: list[tuple[list[tuple[str, int, int]], str]]) -> tuple[str, list[Offsets]]:
    parts: list[str] = []
    places: list[Offsets] = []
    length = 0
    for tokens, sentence in sentences:
        start = tokens[0][1] if tokens else 0
        places += [(length + begin - start, length + end - start) for _, begin, end in tokens]
        gap = " " if sentence[-1:] in _FINAL else "\n\n"
        parts += [sentence, gap]
        length += len(sentence) + len(gap)
    return "".join(parts).rstrip(), places


def _event(record: dict[str, Any], mentions: dict[str, tuple[int, int]], places: list[Offsets]) -> Event:
    def offsets(first: int, end: int) -> Offsets:
        return places[first][0], places[end - 1][1]

    trigger = record["trigger"]
    arguments = tuple(
        Argument(argument["role"], offsets(*mentions[argument["entity_id"]]))
        for argument in record["arguments"]
        if argument["entity_id"] in mentions
    )
    return Event(record["event_type"], offsets(trigger["start"], trigger["end"]), arguments)
