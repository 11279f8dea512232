"""PolNeAR: attributions in US political news, as brat standoff over raw text and as tokenised passages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import CorpusMalformed, locate, read_exact
from benchmarks.corpora.tokens import join, runs
from benchmarks.metrics import Offsets, trim

ROLES = ("source", "cue", "content")
Spans = tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution's fragments by role; a role may be absent (empty)."""

    source: Spans
    cue: Spans
    content: Spans

    def role(self, name: str) -> Spans:
        """Fragments of "source", "cue" or "content"."""
        spans: Spans = getattr(self, name)
        return spans


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its attributions."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A short text with the spans of each role; which belong together is not annotated."""

    name: str
    text: str
    spans: dict[str, Spans]


def articles(part: str) -> Iterator[Article]:
    """Articles of "train" or "dev" by name; of several annotators the first by name."""
    folder = locate("polnear", part)
    notes = sorted((folder / "attributions").glob("*.ann"))
    for path in sorted((folder / "text").glob("*.txt")):
        mine = [note for note in notes if note.stem.rpartition("_")[0] == path.stem]
        if mine:
            text = read_exact(path)
            yield Article(path.stem, text, tuple(_attributions(mine[0], text)))


def passages() -> Iterator[Passage]:
    """The dev passages that published systems are scored on, joined back to running text."""
    lines = locate("polnear", "passages-dev.jsonl").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        record = json.loads(line)
        joined = join(record["tokens"])
        found: dict[str, list[Offsets]] = {role: [] for role in ROLES}
        for label, first, end in runs(record["labels"]):
            found[label].append(joined.span(first, end))
        yield Passage(f"passage-{number}", joined.text, {role: tuple(spans) for role, spans in found.items()})


def _attributions(path: Path, text: str) -> Iterator[Attribution]:
    fragments: dict[str, Spans] = {}
    events: list[list[tuple[str, str]]] = []
    for line in read_exact(path).split("\n"):
        fields = line.rstrip("\r").split("\t")
        if len(fields) < 2:
            continue
        if fields[0].startswith("T"):
            fragments[fields[0]] = _offsets(fields[1], text, path)
        elif fields[0].startswith("E"):
            pairs = [argument.split(":") for argument in fields[1].split()]
            events.append([(role.rstrip("0123456789").lower(), target) for role, target in pairs])
    for event in events:
        roles = {
            role: tuple(sorted(span for name, target in event if name == role for span in fragments[target]))
            for role in ROLES
        }
        if roles["content"] or roles["cue"]:
            yield Attribution(**roles)


def _offsets(field: str, text: str, path: Path) -> Spans:
    """Fragments of "Content 315 448;463 553", trimmed of white space."""
    try:
        pairs = [tuple(map(int, piece.split())) for piece in field.split(" ", 1)[1].split(";")]
        spans = [trim(text, (begin, end)) for begin, end in pairs]
    except (ValueError, IndexError) as error:
        raise CorpusMalformed(f"{path.name}: not a span: {field!r}") from error
    return tuple(span for span in spans if span[0] < span[1])
