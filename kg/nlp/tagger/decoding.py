"""Scores of words to spans with probabilities.

The best path through a text is the likeliest labelling as a whole, which is not what exact spans are counted by.
Here the chain gives every span its own probability, and of spans that exclude one another those are kept that
together promise most: each is worth its probability less a threshold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.nlp.tagger.labels import LABEL_IDS, LABELS, ROLES, Floats

THRESHOLD = 0.3  # best on validation articles, spans and whole statements taken together
UNLIKELY = 0.02  # where no span is tried to begin or end
LONGEST = 400  # words
FLOOR = -200.0  # a score this far below a word's best is as good as impossible; keeps the passes from running dry

Doubles = NDArray[np.float64]


class Likely(NamedTuple):
    """Words [first, end) as a span of `role`."""

    first: int
    end: int
    role: str
    probability: float


@dataclass(frozen=True, slots=True)
class _Chain:
    """Logarithms [word, label]: scores, and of all that may come before and after (normalised as one)."""

    scores: Doubles
    transitions: Doubles
    before: Doubles
    after: Doubles

    def likely(self, label: int) -> NDArray[np.int64]:
        """Words that may well have `label`."""
        return np.flatnonzero(np.exp(self.before[:, label] + self.after[:, label]) > UNLIKELY)


def likely_spans(scores: Floats, transitions: Floats, threshold: float = THRESHOLD) -> list[Likely]:
    """The spans of a text given its words' scores, in text order; they never overlap."""
    if not len(scores):
        return []
    chain = _passes(scores.astype(np.float64), transitions.astype(np.float64))
    found = [span for role in ROLES for span in _spans(chain, role, threshold)]
    return _best(sorted(found, key=lambda span: (span.end, span.first)), threshold)


def _passes(scores: Doubles, transitions: Doubles) -> _Chain:
    """The forward and the backward pass, scaled at every word so that nothing overflows."""
    opened = np.asarray([float(label[0] in "OBS") for label in LABELS])
    closed = np.asarray([float(label[0] in "OES") for label in LABELS])
    scores = np.maximum(scores - scores.max(axis=1, keepdims=True), FLOOR)
    factors, moves = np.exp(scores), np.exp(transitions)
    before, after = np.empty_like(factors), np.empty_like(factors)
    scale_before, scale_after = np.empty(len(scores)), np.empty(len(scores))
    step = opened * factors[0]
    for index in range(len(scores)):
        if index:
            step = (before[index - 1] @ moves) * factors[index]
        scale_before[index] = step.sum()
        before[index] = step / scale_before[index]
    step = closed
    for index in range(len(scores) - 1, -1, -1):
        if index + 1 < len(scores):
            step = moves @ (factors[index + 1] * after[index + 1])
        scale_after[index] = step.sum()
        after[index] = step / scale_after[index]
    with np.errstate(divide="ignore"):
        logs = np.log(before) + np.log(scale_before).cumsum()[:, None]
        rest = np.log(after) + np.log(scale_after)[::-1].cumsum()[::-1, None]
        total = np.logaddexp.reduce(logs[-1] + np.log(closed))
    return _Chain(scores, transitions, logs, rest - total)


def _spans(chain: _Chain, role: str, threshold: float) -> Iterator[Likely]:
    """The spans of `role` from a likely beginning to a likely end that the chain gives more than `threshold`."""
    begin, inside, end, single = (LABEL_IDS[f"{place}-{role}"] for place in "BIES")
    alone = np.exp(chain.before[:, single] + chain.after[:, single])
    for first in np.flatnonzero(alone > threshold).tolist():
        yield Likely(first, first + 1, role, float(alone[first]))
    moves = chain.transitions
    run = np.concatenate(([0.0], (chain.scores[:, inside] + moves[inside, inside]).cumsum()))
    stops = chain.likely(end)
    for first in chain.likely(begin).tolist():
        lasts = stops[(stops > first) & (stops < first + LONGEST)]
        middle = moves[begin, inside] + run[lasts] - run[first + 1] - moves[inside, inside] + moves[inside, end]
        path = np.where(lasts > first + 1, middle, moves[begin, end])
        whole = np.exp(chain.before[first, begin] + path + chain.scores[lasts, end] + chain.after[lasts, end])
        for place in np.flatnonzero(whole > threshold).tolist():
            yield Likely(first, int(lasts[place]) + 1, role, float(whole[place]))


def _best(spans: Sequence[Likely], threshold: float) -> list[Likely]:
    """Of spans sorted by end the disjoint ones with the largest sum of probability less threshold."""
    ends = [span.end for span in spans]
    worth, taken = [0.0], [False]
    fits = [bisect_right(ends, span.first, 0, index) for index, span in enumerate(spans)]
    for index, span in enumerate(spans):
        value = worth[fits[index]] + span.probability - threshold
        taken.append(value > worth[-1])
        worth.append(max(value, worth[-1]))
    chosen = []
    index = len(spans)
    while index:
        if taken[index]:
            chosen.append(spans[index - 1])
            index = fits[index - 1]
        else:
            index -= 1
    return chosen[::-1]
