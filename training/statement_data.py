"""Texts for the statement tagger: PolNeAR with its spans, plain news without any, and what a teacher says of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import spacy

from benchmarks.corpora import geoparsing, polnear
from benchmarks.system import article, passage
from kg.config import Settings
from kg.model import Document
from kg.nlp import annotate
from kg.nlp.tagger.grammar import Grammar
from kg.nlp.tagger.labels import LABEL_IDS, LABELS, ROLES, Floats, Ints, Offsets
from kg.nlp.tagger.pieces import Pieces, Splitter, flowing

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
    found = list(polnear.articles(part))
    golds = [
        {role: {span for a in article.attributions for span in a.role(role)} for role in ROLES} for article in found
    ]
    return _examples(splitter, [article(a.name, a.text) for a in found], golds)


def passages(splitter: Splitter) -> list[Example]:
    """The dev passages, each a text of its own without the article around it."""
    found = list(polnear.passages())
    golds = [{role: set(p.spans[role]) for role in ROLES} for p in found]
    return _examples(splitter, [passage(p.name, p.text) for p in found], golds)


def plain_news(splitter: Splitter) -> list[Example]:
    """Local news of many countries without annotation, for a teacher to label; no text twice."""
    texts = {found.text: found.name for found in geoparsing.lgl()}
    found = [article(name, text) for text, name in texts.items()]
    unknown: list[dict[str, set[Offsets]]] = [{role: set() for role in ROLES} for _ in found]
    return [replace(example, annotated=False) for example in _examples(splitter, found, unknown)]


def _examples(splitter: Splitter, documents: list[Document], golds: list[dict[str, set[Offsets]]]) -> list[Example]:
    parser = spacy.load(Settings().spacy_model, exclude=["ner", "lemmatizer"])
    docs = annotate(parser, documents, 16)
    found = []
    for document, doc, gold in zip(documents, docs, golds, strict=True):
        text = flowing(document)
        pieces = splitter.pieces(text, Grammar(doc))
        spans = sorted(((role, span) for role in ROLES for span in gold[role]), key=lambda found: (found[1], found[0]))
        found.append(Example(document.name, text, pieces, tags_of(pieces, spans), gold))
    return found


def teach(examples: Sequence[Example], labels: Path) -> list[Example]:
    """The examples with the teacher's probabilities that `labels` holds for each, by name."""
    with np.load(labels) as found:
        return [replace(e, taught=_probabilities(e, found[e.name])) for e in examples]


def _probabilities(example: Example, found: Floats) -> Floats:
    if found.shape != (len(example.pieces.firsts), len(LABELS)):
        raise ValueError(f"the teacher read other words in {example.name}")
    return found.astype(np.float32)


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Examples to train on and to choose by."""
    chosen = [e for i, e in enumerate(examples) if i % VALIDATION_STEP == 0]
    return [e for i, e in enumerate(examples) if i % VALIDATION_STEP], chosen


def tags_of(pieces: Pieces, spans: Iterable[tuple[str, Offsets]]) -> Ints:
    """The label of each word given spans by role; of spans that share words the first keeps them."""
    tags = np.zeros(len(pieces.firsts), dtype=np.int64)
    for role, span in spans:
        first, end = pieces.words_in(span)
        if first >= end or tags[first:end].any():
            continue
        tags[first:end] = LABEL_IDS[f"I-{role}"]
        tags[first], tags[end - 1] = LABEL_IDS[f"B-{role}"], LABEL_IDS[f"E-{role}"]
        if end - first == 1:
            tags[first] = LABEL_IDS[f"S-{role}"]
    return tags
