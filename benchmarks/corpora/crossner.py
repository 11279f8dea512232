"""CrossNER politics: named entities in political text, one sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpora import locate
from benchmarks.corpora.tokens import join, runs
from benchmarks.metrics import Offsets


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its names: (label, span)."""

    name: str
    text: str
    names: tuple[tuple[str, Offsets], ...]


def sentences(part: str) -> Iterator[Sentence]:
    """Sentences of "train" or "dev", joined to running text."""
    blocks = locate("crossner_politics", f"{part}.txt").read_text("utf-8").split("\n\n")
    for number, block in enumerate(block for block in blocks if block.strip()):
        pairs = [line.split() for line in block.splitlines() if line.strip()]
        joined = join([pair[0] for pair in pairs])
        names = tuple((label, joined.span(first, end)) for label, first, end in runs([pair[-1] for pair in pairs]))
        yield Sentence(f"{part}-{number}", joined.text, names)
