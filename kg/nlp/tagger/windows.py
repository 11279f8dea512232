"""Whole texts through a tagger that reads windows.

Each word takes its scores from the window in which it stands farthest from an edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from kg.nlp.tagger.grammar import GOVERNORS
from kg.nlp.tagger.labels import EDGES, FORBIDDEN, LABELS, Floats, Ints
from kg.nlp.tagger.pieces import PLAIN, Pieces, Splitter

# sub-words [window, sub-word], their forms and governors -> scores [window, sub-word, label]
Scorer = Callable[[Ints, Ints, Ints], Floats]


@dataclass(frozen=True, slots=True)
class Window:
    """Sub-words [start, end) to read together, of which [keep_start, keep_end) take their scores from here."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def windows(total: int, size: int, overlap: int) -> Iterator[Window]:
    """Windows of at most `size` that cover `total` sub-words and overlap by about `overlap`."""
    count = 1 if total <= size else -(-(total - overlap) // (size - overlap))
    starts = [round(index * (total - size) / max(count - 1, 1)) for index in range(count)]
    ends = [min(start + size, total) for start in starts]
    cuts = [0, *((end + start) // 2 for end, start in zip(ends, starts[1:], strict=False)), total]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        yield Window(start, end, cuts[index], cuts[index + 1])


def word_scores(pieces: Pieces, scorer: Scorer, splitter: Splitter, size: int, overlap: int) -> Floats:
    """Scores [word, label] of a whole text, window by window; a line break neither begins nor ends a span."""
    scores = np.zeros((len(pieces.ids), len(LABELS)), dtype=np.float32)
    nothing = np.full((1, GOVERNORS), splitter.nothing)
    for window in windows(len(pieces.ids), size - 2, overlap):
        inside = slice(window.start, window.end)
        ids = np.concatenate(([splitter.start], pieces.ids[inside], [splitter.stop]))
        forms = np.concatenate((PLAIN[None], pieces.forms[inside], PLAIN[None]))
        governors = np.concatenate((nothing, pieces.governors[inside], nothing))
        found = scorer(ids[None], forms[None], governors[None])[0]
        offset = 1 - window.start
        scores[window.keep_start : window.keep_end] = found[window.keep_start + offset : window.keep_end + offset]
    of_words = scores[pieces.firsts]
    of_words[np.ix_(pieces.breaks, EDGES)] = FORBIDDEN
    return of_words
