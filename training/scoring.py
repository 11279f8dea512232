"""Exact and overlap F1 of predicted spans, by the rules of `benchmarks`."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.metrics import Counts, Words, exact, soft, trim
from kg.nlp.tagger.decoding import likely_spans
from kg.nlp.tagger.labels import ROLES, Floats
from kg.nlp.tagger.pieces import Splitter
from kg.nlp.tagger.windows import Scorer, word_scores
from training.statement_data import Example

Figures = dict[str, dict[str, float]]


def evaluate(
    examples: Sequence[Example], scorer: Scorer, transitions: Floats, splitter: Splitter, size: int, overlap: int
) -> Figures:
    """Precision, recall and F1 of exact spans and overlap F1, by role, in percent."""
    strict = {role: Counts() for role in ROLES}
    loose = {role: Counts() for role in ROLES}
    for example in examples:
        scores = word_scores(example.pieces, scorer, splitter, size, overlap)
        found = likely_spans(scores, transitions)
        places = {span: trim(example.text, example.pieces.offsets(span.first, span.end)) for span in found}
        words = Words(example.text)
        for role in ROLES:
            given = {place for span, place in places.items() if span.role == role}
            strict[role] += exact(example.gold[role], given)
            loose[role] += soft(
                [words.inside([span]) for span in sorted(example.gold[role])],
                [words.inside([span]) for span in sorted(given)],
            )
    return {
        role: {
            "precision": round(100 * strict[role].precision, 1),
            "recall": round(100 * strict[role].recall, 1),
            "exact": round(100 * strict[role].f1, 1),
            "overlap": round(100 * loose[role].f1, 1),
        }
        for role in ROLES
    }


def line(name: str, figures: Figures) -> str:
    """One row: exact F1 of the three roles, then overlap F1."""
    strict = " / ".join(f"{figures[role]['exact']:.1f}" for role in ROLES)
    loose = " / ".join(f"{figures[role]['overlap']:.1f}" for role in ROLES)
    content = figures["content"]
    return f"{name}: exact {strict}; overlap {loose}; content P {content['precision']:.1f} R {content['recall']:.1f}"
