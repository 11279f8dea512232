"""Texts for the statement tagger: PolNeAR with its spans, plain news without any, and what a teacher says of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.corpora import geoparsing, polnear
from training.tagging import LABELS, ROLES, Floats, Ints, Offsets, Pieces, Splitter, tags_of

VALIDATION_STEP = 14  # every so many articles of train are kept out of it, to choose by


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its pieces, the label of each word and the gold spans of each role; none of these if not annotated.

    `taught` are a teacher's probabilities [word, label], or None.
    """

    name: str
    text: str
    pieces: Pieces
    tags: Ints
    gold: dict[str, set[Offsets]]
    annotated: bool = True
    taught: Floats | None = None


def articles(splitter: Splitter, part: str) -> list[Example]:
    """The articles of "train" or "dev"."""
    found = []
    for article in polnear.articles(part):
        gold = {role: {span for a in article.attributions for span in a.role(role)} for role in ROLES}
        found.append(_example(splitter, article.name, article.text, gold))
    return found


def passages(splitter: Splitter) -> list[Example]:
    """The dev passages, each a text of its own without the article around it."""
    return [
        _example(splitter, p.name, p.text, {role: set(p.spans[role]) for role in ROLES}) for p in polnear.passages()
    ]


def plain_news(splitter: Splitter) -> list[Example]:
    """Local news of many countries without annotation, for a teacher to label; no text twice."""
    texts = {article.text: article.name for article in geoparsing.lgl()}
    unknown: dict[str, set[Offsets]] = {role: set() for role in ROLES}
    return [replace(_example(splitter, name, text, unknown), annotated=False) for text, name in texts.items()]


def teach(examples: Sequence[Example], labels: Path) -> list[Example]:
    """The examples with the teacher's probabilities that `labels` holds for each, by name."""
    with np.load(labels) as found:
        return [replace(e, taught=_probabilities(e, found[e.name])) for e in examples]


def _probabilities(example: Example, found: Floats) -> Floats:
    if found.shape != (len(example.pieces.firsts), len(LABELS)):
        raise ValueError(f"the teacher read other words in {example.name}")
    return found.astype(np.float32)


def _example(splitter: Splitter, name: str, text: str, gold: dict[str, set[Offsets]]) -> Example:
    pieces = splitter.pieces(text)
    spans = sorted(((role, span) for role in ROLES for span in gold[role]), key=lambda found: (found[1], found[0]))
    return Example(name, text, pieces, tags_of(pieces, spans), gold)


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Examples to train on and to choose by."""
    chosen = [e for i, e in enumerate(examples) if i % VALIDATION_STEP == 0]
    return [e for i, e in enumerate(examples) if i % VALIDATION_STEP], chosen
