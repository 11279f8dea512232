"""CrossRE: sentences of news and political text with typed relations between given entities."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import CorpusMalformed, locate
from benchmarks.corpora.tokens import join
from benchmarks.metrics import Offsets

DOMAINS = ("news", "politics")


@dataclass(frozen=True, slots=True)
class Tie:
    """One gold relation: from the first entity to the second."""

    source: Offsets
    target: Offsets
    type: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its entities and the relations between them."""

    name: str
    domain: str
    text: str
    entities: tuple[Offsets, ...]
    ties: tuple[Tie, ...]


def sentences(part: str) -> Iterator[Sentence]:
    """Sentences of "train" or "dev" of every domain, joined to running text."""
    for domain in DOMAINS:
        path = locate("crossre", f"{domain}-{part}.json")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                yield _sentence(path, number, domain, line)


def _sentence(path: Path, number: int, domain: str, line: str) -> Sentence:
    try:
        row = json.loads(line)
        joined = join(row["sentence"])
        entities = tuple(joined.span(first, last + 1) for first, last, _ in row["ner"])
        ties = tuple(
            Tie(joined.span(a, b + 1), joined.span(c, d + 1), kind) for a, b, c, d, kind, *_ in row["relations"]
        )
        return Sentence(row["doc_key"], domain, joined.text, entities, ties)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise CorpusMalformed(f"{path.name}, line {number}: {error!r}") from error
