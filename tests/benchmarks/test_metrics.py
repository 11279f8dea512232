"""Hand-worked examples of every score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics import (
    Counts,
    Words,
    best_pairs,
    dice,
    exact,
    jaccard,
    kilometres,
    most_pairs,
    overlaps,
    soft,
    spread,
    trim,
)


def tokens(*indices: int) -> frozenset[int]:
    return frozenset(indices)


def test_counts_add_up_before_they_are_divided() -> None:
    total = Counts.matched(gold=4, predicted=2, right=2) + Counts.matched(gold=4, predicted=6, right=2)
    assert (total.precision, total.recall, total.f1) == (0.5, 0.5, 0.5)


def test_precision_and_recall_may_count_different_things() -> None:
    counts = Counts(gold=2, predicted=4, found=2, right=3)
    assert (counts.precision, counts.recall) == (0.75, 1.0)
    assert counts.f1 == pytest.approx(6 / 7)


def test_nothing_expected_and_nothing_given_is_no_error() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


def test_exact_counts_equal_items_only() -> None:
    counts = exact({(0, 4), (6, 9)}, {(0, 4), (6, 10), (11, 12)})
    assert (counts.gold, counts.predicted, counts.right) == (2, 3, 1)


def test_token_overlaps() -> None:
    assert jaccard(tokens(1, 2, 3), tokens(2, 3, 4)) == 0.5
    assert dice(tokens(1, 2, 3), tokens(2, 3, 4)) == pytest.approx(2 / 3)
    assert jaccard(tokens(), tokens()) == 0.0
    assert dice(tokens(), tokens()) == 0.0


def test_greedy_pairs_take_the_heaviest_first() -> None:
    assert best_pairs({(0, 0): 0.6, (0, 1): 0.9, (1, 1): 0.8, (2, 2): 0.0}) == [(0, 1)]
    assert best_pairs({(0, 0): 0.6, (1, 0): 0.6}) == [(0, 0)]


def test_most_pairs_moves_earlier_pairs_aside() -> None:
    assert most_pairs([(0, 0), (0, 1), (1, 0)]) == {0: 1, 1: 0}
    assert most_pairs([]) == {}


def test_overlaps_list_touching_pairs_only() -> None:
    assert overlaps([tokens(1, 2), tokens(7)], [tokens(2, 3), tokens(9)]) == {(0, 0): pytest.approx(1 / 3)}


def test_soft_counts_are_worth_their_jaccard() -> None:
    counts = soft([tokens(1, 2, 3, 4), tokens(8)], [tokens(1, 2), tokens(3, 4, 5), tokens(8)])
    # 8 pairs exactly (1.0); of the two that touch the first, {1,2} weighs 2/4 and {3,4,5} 2/5
    assert counts.right == pytest.approx(1.5)
    assert (counts.gold, counts.predicted) == (2, 3)


def test_words_are_compared_by_the_characters_they_share() -> None:
    words = Words('He said: "Go."')
    assert len(words) == 7
    assert words.inside([(0, 2)]) == tokens(0)
    assert words.inside([(3, 8), (9, 12)]) == tokens(1, 2, 3, 4)
    assert words.inside([(2, 3)]) == tokens()


def test_trim_drops_white_space_at_the_edges() -> None:
    assert trim("a  bc \n d", (1, 7)) == (3, 5)
    assert trim("   ", (0, 3)) == (3, 3)


def test_a_sample_is_spread_over_the_whole() -> None:
    assert spread("abcdefghij", 3) == ["a", "d", "g"]
    assert spread("ab", 5) == ["a", "b"]
    assert spread("", 5) == []


def test_distances_on_the_globe() -> None:
    paris, london = (48.8566, 2.3522), (51.5074, -0.1278)
    assert kilometres(paris, london) == pytest.approx(343.6, abs=0.5)
    assert kilometres((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)


SPANS = st.lists(st.frozensets(st.integers(0, 12), min_size=1), max_size=6, unique=True)


@given(SPANS)
def test_a_perfect_answer_scores_one(spans: list[frozenset[int]]) -> None:
    counts = soft(spans, spans)
    assert counts.right == pytest.approx(len(spans))


@given(SPANS, SPANS)
def test_no_rule_rewards_more_than_there_is(gold: list[frozenset[int]], predicted: list[frozenset[int]]) -> None:
    counts = soft(gold, predicted)
    assert 0 <= counts.right <= min(len(gold), len(predicted))
    assert len(most_pairs(overlaps(gold, predicted))) >= len(best_pairs(overlaps(gold, predicted)))
