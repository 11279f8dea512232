"""Spans with their probabilities, against every labelling of short texts counted out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.tagger.decoding import LONGEST, Likely, likely_spans
from kg.nlp.tagger.labels import EDGES, FORBIDDEN, LABEL_IDS, LABELS, ROLES, Floats, legal

PLAIN: Floats = np.where(legal(), 0, FORBIDDEN).astype(np.float32)
Key = tuple[int, int, str]


@cache
def labellings(words: int) -> list[tuple[int, ...]]:
    """Every labelling of a text that begins and ends outside spans or at their edges."""
    follows = legal()
    found: list[tuple[int, ...]] = [(label,) for label in range(len(LABELS)) if LABELS[label][0] in "OBS"]
    for _ in range(words - 1):
        found = [(*path, label) for path in found for label in range(len(LABELS)) if follows[path[-1], label]]
    return [path for path in found if LABELS[path[-1]][0] in "OES"]


def spans_of(path: tuple[int, ...]) -> Iterator[Key]:
    first = 0
    for place, label in enumerate(path):
        kind, role = LABELS[label][0], LABELS[label][2:]
        first = place if kind in "BS" else first
        if kind in "ES":
            yield first, place + 1, role


def counted(scores: Floats, transitions: Floats) -> dict[Key, float]:
    """The probability of every span, by summing over all labellings."""
    paths = labellings(len(scores))
    index = np.asarray(paths)
    totals = scores.astype(np.float64)[np.arange(len(scores)), index].sum(axis=1)
    totals += transitions.astype(np.float64)[index[:, :-1], index[:, 1:]].sum(axis=1)
    weights = np.exp(totals - totals.max())
    weights /= weights.sum()
    found: dict[Key, float] = defaultdict(float)
    for path, weight in zip(paths, weights.tolist(), strict=True):
        for span in spans_of(path):
            found[span] += weight
    return found


def most(probabilities: dict[Key, float], words: int, threshold: float) -> float:
    """The largest sum of probability less threshold of any spans that do not overlap."""
    best = [0.0] * (words + 1)
    for first in range(words - 1, -1, -1):
        chances = [p - threshold + best[end] for (begin, end, _), p in probabilities.items() if begin == first]
        best[first] = max([best[first + 1], *chances])
    return best[0]


@st.composite
def scored(draw: st.DrawFn, scales: tuple[float, ...] = (0, 0.5, 2, 8, 20)) -> tuple[Floats, Floats]:
    """Scores from flat to very sure, and what one label may think of the next."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = random.normal(size=(draw(st.integers(1, 5)), len(LABELS))) * draw(st.sampled_from(scales))
    learned = random.normal(size=PLAIN.shape) * draw(st.sampled_from((0.0, 1.0, 3.0)))
    return scores.astype(np.float32), np.where(legal(), learned, FORBIDDEN).astype(np.float32)


def in_order(spans: list[Likely]) -> bool:
    return all(span.first < span.end for span in spans) and all(a.end <= b.first for a, b in pairwise(spans))


@settings(deadline=None)
@given(scored(), st.sampled_from((0.05, 0.3, 0.5)))
def test_probabilities_are_those_of_all_labellings(given_scores: tuple[Floats, Floats], threshold: float) -> None:
    expected = counted(*given_scores)
    for span in likely_spans(*given_scores, threshold):
        assert span.probability == pytest.approx(expected[span[:3]], abs=1e-9)
        assert span.probability > threshold


@settings(deadline=None)
@given(scored(), st.sampled_from((0.05, 0.3, 0.5)))
def test_no_other_choice_promises_more(given_scores: tuple[Floats, Floats], threshold: float) -> None:
    found = likely_spans(*given_scores, threshold)
    assert in_order(found)
    value = sum(span.probability - threshold for span in found)
    assert value == pytest.approx(most(counted(*given_scores), len(given_scores[0]), threshold), abs=1e-9)


def test_a_flat_chain_counts_labellings() -> None:
    flat = np.zeros((2, len(LABELS)), dtype=np.float32)
    assert likely_spans(flat, PLAIN, 0.22) == []  # 19 labellings: the words apart 4 * 4, together 3
    found = likely_spans(flat, PLAIN, 0.2)
    assert [(span.first, span.end, span.role) for span in found] == [(0, 1, "source"), (1, 2, "source")]
    assert [span.probability for span in found] == pytest.approx([4 / 19, 4 / 19])


def sure(*labels: str) -> Floats:
    """Scores that leave no doubt."""
    scores = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    for place, label in enumerate(labels):
        scores[place, LABEL_IDS[label]] = 30
    return scores


def test_sure_labels_are_read_as_they_stand() -> None:
    labels = ("S-source", "B-cue", "E-cue", "B-content", "I-content", "E-content", "O", "S-content", "S-content")
    found = likely_spans(sure(*labels), PLAIN)
    assert [span[:3] for span in found] == [
        (0, 1, "source"), (1, 3, "cue"), (3, 6, "content"), (7, 8, "content"), (8, 9, "content"),
    ]  # fmt: skip
    assert all(span.probability > 0.999 for span in found)


def test_of_two_readings_the_longer_wins_where_it_is_likelier() -> None:
    scores = sure("B-content", "I-content", "I-content", "E-content")
    scores[1, LABEL_IDS["E-content"]], scores[2, LABEL_IDS["B-content"]] = 29.5, 30
    (whole,) = likely_spans(scores, PLAIN, 0.4)
    assert whole[:3] == (0, 4, "content")
    scores[1, LABEL_IDS["E-content"]] = 30.5
    assert [span[:3] for span in likely_spans(scores, PLAIN, 0.4)] == [(0, 2, "content"), (2, 4, "content")]


def test_only_spans_above_the_threshold_count() -> None:
    scores = np.full((1, len(LABELS)), -30, dtype=np.float32)
    scores[0, LABEL_IDS["O"]], scores[0, LABEL_IDS["S-cue"]] = np.log(0.6), np.log(0.4)
    ((first, end, role, probability),) = likely_spans(scores, PLAIN, 0.39)
    assert (first, end, role) == (0, 1, "cue")
    assert probability == pytest.approx(0.4)
    assert likely_spans(scores, PLAIN, 0.41) == []


def test_no_words_no_spans() -> None:
    assert likely_spans(np.zeros((0, len(LABELS)), dtype=np.float32), PLAIN) == []


@pytest.mark.parametrize(("inside", "found"), [(LONGEST - 2, 1), (LONGEST - 1, 0)])
def test_a_span_has_its_longest(inside: int, found: int) -> None:
    assert len(likely_spans(sure("B-content", *["I-content"] * inside, "E-content"), PLAIN)) == found


def test_a_line_break_may_stand_inside_a_span_only() -> None:
    scores = sure("B-content", "E-content", "B-content", "E-content")
    scores[1, EDGES] = FORBIDDEN  # as of a line break
    for span in likely_spans(scores, PLAIN, 0.05):
        assert span.first != 1
        assert span.end != 2


@settings(deadline=None, max_examples=10)
@given(st.lists(scored((0.5, 2, 5)), min_size=1, max_size=3))
def test_a_long_text_is_its_parts(parts: list[tuple[Floats, Floats]]) -> None:
    transitions = parts[0][1]
    apart = sure("O") * 5  # nothing reaches across
    repeats = 600 // len(parts)
    text = np.concatenate([apart, *[block for scores, _ in parts for block in (scores, apart)] * repeats])
    found = likely_spans(text, transitions)
    expected, begin = [], 0
    for scores, _ in parts * repeats:
        alone = likely_spans(np.concatenate((apart, scores, apart)), transitions)
        expected += [Likely(s.first + begin, s.end + begin, s.role, s.probability) for s in alone]
        begin += len(scores) + 1
    assert [span[:3] for span in found] == [span[:3] for span in expected]
    assert [span.probability for span in found] == pytest.approx([span.probability for span in expected], abs=1e-7)


@settings(deadline=None)
@given(
    st.integers(0, 2**32 - 1), st.sampled_from((1, 2, 7, 300)), st.sampled_from((100.0, 1e4, 1e30)),
)  # fmt: skip
def test_extreme_scores_stay_numbers(seed: int, words: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    scores = (random.choice((-1, -0.5, 0, 0.5, 1), (words, len(LABELS))) * scale).astype(np.float32)
    with np.errstate(invalid="raise", over="raise"):
        found = likely_spans(scores, PLAIN, 0.05)
    assert in_order(found)
    assert all(0.05 < span.probability < 1 + 1e-6 for span in found)


@pytest.mark.parametrize("labels", [("O", "I-cue"), ("B-cue", "O"), ("I-cue", "I-content"), ("E-source", "B-source")])
def test_sure_nonsense_is_no_trouble(labels: tuple[str, str]) -> None:
    with np.errstate(invalid="raise"):
        found = likely_spans(sure(*labels) * 1000, PLAIN)
    assert in_order(found)


def test_legal_pairs() -> None:
    follows = legal()
    assert follows.sum() == len(ROLES) * 2 * 2 + (1 + 2 * len(ROLES)) * (1 + 2 * len(ROLES))
    for pair, allowed in {
        ("O", "O"): True, ("O", "B-cue"): True, ("O", "I-cue"): False, ("O", "E-cue"): False,
        ("B-cue", "I-cue"): True, ("B-cue", "E-cue"): True, ("B-cue", "O"): False, ("B-cue", "E-source"): False,
        ("I-cue", "E-cue"): True, ("I-cue", "S-cue"): False, ("E-cue", "S-source"): True, ("S-cue", "E-cue"): False,
    }.items():  # fmt: skip
        assert follows[LABEL_IDS[pair[0]], LABEL_IDS[pair[1]]] == allowed, pair
