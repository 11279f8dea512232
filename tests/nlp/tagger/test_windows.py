"""Whole texts through a scorer that reads windows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.tagger.grammar import GOVERNORS, Grammar
from kg.nlp.tagger.labels import EDGES, FORBIDDEN, LABELS, Floats, Ints
from kg.nlp.tagger.pieces import FIELDS, PLAIN, Pieces, Splitter
from kg.nlp.tagger.windows import Window, windows, word_scores


@st.composite
def sizes(draw: st.DrawFn) -> tuple[int, int, int]:
    """Total, size and overlap."""
    size = draw(st.integers(1, 40))
    return draw(st.integers(0, 300)), size, draw(st.integers(0, size - 1))


def margin(window: Window, place: int) -> int:
    """Sub-words between `place` and the nearer edge of the window."""
    return min(place - window.start, window.end - 1 - place)


@settings(deadline=None)
@given(sizes())
def test_every_piece_is_kept_once(given_sizes: tuple[int, int, int]) -> None:
    total, size, overlap = given_sizes
    assert [i for w in windows(total, size, overlap) for i in range(w.keep_start, w.keep_end)] == list(range(total))


@settings(deadline=None)
@given(sizes())
def test_windows_stay_within_the_limit_and_the_text(given_sizes: tuple[int, int, int]) -> None:
    total, size, overlap = given_sizes
    for window in windows(total, size, overlap):
        assert 0 <= window.start <= window.keep_start <= window.keep_end <= window.end <= total
        assert window.end - window.start == min(size, total)


@settings(deadline=None)
@given(sizes())
def test_neighbours_overlap_at_least_as_asked(given_sizes: tuple[int, int, int]) -> None:
    total, size, overlap = given_sizes
    assert all(left.end - right.start >= overlap for left, right in pairwise(windows(total, size, overlap)))


@settings(deadline=None)
@given(sizes())
def test_each_piece_is_read_where_it_is_farthest_from_the_edges(given_sizes: tuple[int, int, int]) -> None:
    found = list(windows(*given_sizes))
    for window in found:
        for place in range(window.keep_start, window.keep_end):
            assert margin(window, place) == max(margin(w, place) for w in found if w.start <= place < w.end)


def test_no_more_windows_than_needed() -> None:
    assert list(windows(100, 100, 20)) == [Window(0, 100, 0, 100)]
    assert list(windows(180, 100, 20)) == [Window(0, 100, 0, 90), Window(80, 180, 90, 180)]
    assert list(windows(0, 100, 20)) == [Window(0, 0, 0, 0)]


@st.composite
def texts(draw: st.DrawFn) -> Pieces:
    """Words of one to three sub-words, some of them line breaks."""
    lengths = np.asarray(draw(st.lists(st.integers(1, 3), max_size=120)), dtype=np.int64)
    total = int(lengths.sum())
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return Pieces(
        ids=random.integers(10, 90, total),
        forms=random.integers(0, 90, (total, FIELDS)),
        governors=random.integers(0, 90, (total, GOVERNORS)),
        firsts=np.cumsum(lengths) - lengths,
        begins=list(range(len(lengths))),
        ends=list(range(1, len(lengths) + 1)),
        breaks=[place for place in range(1, len(lengths) - 1) if random.random() < 0.1],
    )


def alone(ids: Ints, forms: Ints, governors: Ints) -> Floats:
    """Scores that see no context."""
    seed = ids * 7 + forms @ np.arange(1, FIELDS + 1) * 3 + governors @ np.arange(1, GOVERNORS + 1)
    scores: Floats = np.sin(seed[..., None] * np.arange(1, len(LABELS) + 1)).astype(np.float32)
    return scores


@settings(deadline=None)
@given(texts(), st.integers(3, 40), st.data())
def test_without_context_windows_make_no_difference(
    splitter: Splitter, pieces: Pieces, size: int, data: st.DataObject
) -> None:
    found = word_scores(pieces, alone, splitter, size, data.draw(st.integers(0, size - 3)))
    expected = alone(pieces.ids[None], pieces.forms[None], pieces.governors[None])[0][pieces.firsts]
    words = [place for place in range(len(pieces.firsts)) if place not in pieces.breaks]
    assert found.dtype == np.float32
    assert found.shape == (len(pieces.firsts), len(LABELS))
    assert (found[words] == expected[words]).all()


@settings(deadline=None)
@given(texts(), st.integers(3, 40))
def test_line_breaks_neither_begin_nor_end_a_span(splitter: Splitter, pieces: Pieces, size: int) -> None:
    found = word_scores(pieces, alone, splitter, size, 0)[pieces.breaks]
    others = [label for label in range(len(LABELS)) if label not in EDGES]
    assert {LABELS[label][0] for label in others} == {"O", "I"}
    assert (found[:, EDGES] == FORBIDDEN).all()
    assert (found[:, others] > -2).all()


@settings(deadline=None)
@given(texts(), st.integers(3, 40), st.data())
def test_windows_are_read_between_start_and_stop(
    splitter: Splitter, pieces: Pieces, size: int, data: st.DataObject
) -> None:
    seen = []

    def scorer(ids: Ints, forms: Ints, governors: Ints) -> Floats:
        seen.append(ids.shape[1])
        assert ids.shape[1] <= size
        assert forms.shape == (*ids.shape, FIELDS)
        assert governors.shape == (*ids.shape, GOVERNORS)
        assert (ids[0, 0], ids[0, -1]) == (splitter.start, splitter.stop)
        assert (forms[0, [0, -1]] == PLAIN).all()
        assert (governors[0, [0, -1]] == splitter.nothing).all()
        return alone(ids, forms, governors)

    word_scores(pieces, scorer, splitter, size, data.draw(st.integers(0, size - 3)))
    assert seen


def test_scores_come_from_the_window_that_sees_most_around() -> None:
    pieces = Pieces(
        ids=np.arange(100, 150),
        forms=np.zeros((50, FIELDS), dtype=np.int64),
        governors=np.zeros((50, GOVERNORS), dtype=np.int64),
        firsts=np.arange(50),
        begins=list(range(50)),
        ends=list(range(1, 51)),
        breaks=[],
    )

    class Ends:
        """All of a splitter that scoring asks for."""

        start, stop, nothing = 1, 2, 3

    def seen(ids: Ints, forms: Ints, governors: Ints) -> Floats:
        places = np.arange(ids.shape[1], dtype=np.float32)
        return np.repeat(np.minimum(places, places[::-1])[None, :, None], len(LABELS), axis=2)

    found = word_scores(pieces, seen, Ends, 22, 10)[:, 0].tolist()  # type: ignore[arg-type]
    best = [max(min(p - s, s + 19 - p) for s in (0, 10, 20, 30) if s <= p < s + 20) for p in range(50)]
    assert found == [margin + 1 for margin in best]


def test_a_text_without_words_has_no_scores(splitter: Splitter) -> None:
    pieces = splitter.pieces("", Grammar(Doc(Vocab())))
    assert word_scores(pieces, alone, splitter, 10, 2).shape == (0, len(LABELS))
