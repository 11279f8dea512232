"""MUC, B³ and CEAF-e on examples worked by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.coreference import Cluster, _assignment_cost, b_cubed, ceaf_e, conll, muc


def clusters(*members: str) -> list[Cluster]:
    return [frozenset(word) for word in members]


GOLD = clusters("abc", "defg")
PREDICTED = clusters("ab", "cd", "fghi")


def test_muc_counts_links() -> None:
    score = muc(GOLD, PREDICTED)
    # abc falls in two parts: 1 of 2 links; defg in {d}, {fg} and the loose e: 1 of 3
    assert (score.found, score.gold) == (2, 5)
    # ab is whole: 1 of 1; cd falls apart: 0 of 1; fghi in {fg}, h, i: 1 of 3
    assert (score.right, score.predicted) == (2, 5)
    assert score.f1 == pytest.approx(0.4)


def test_b_cubed_averages_over_mentions() -> None:
    score = b_cubed(GOLD, PREDICTED)
    # abc: (2² + 1²)/3; defg: (1² + 2²)/4, e is lost
    assert score.recall == pytest.approx((5 / 3 + 5 / 4) / 7)
    # ab: 2²/2; cd: (1 + 1)/2; fghi: 2²/4
    assert score.precision == pytest.approx((2 + 1 + 1) / 8)


def test_ceaf_aligns_each_entity_once() -> None:
    score = ceaf_e(GOLD, PREDICTED)
    # abc with ab: 2·2/5; defg with fghi: 2·2/8
    assert score.right == pytest.approx(0.8 + 0.5)
    assert (score.gold, score.predicted) == (2, 3)


def test_ceaf_finds_the_best_alignment_rather_than_the_first() -> None:
    # the greedy choice (abcd with abcx, 0.75) would leave nothing but e/z; the best total swaps
    score = ceaf_e(clusters("abcd", "xy"), clusters("abcx", "dy"))
    assert score.right == pytest.approx(0.75 + 0.5)
    score = ceaf_e(clusters("abc", "de"), clusters("abde", "c"))
    assert score.right == pytest.approx(2 * 2 / 6 + 2 * 1 / 4)


def test_perfect_and_empty_answers() -> None:
    assert conll([rule(GOLD, GOLD) for rule in (muc, b_cubed, ceaf_e)]) == 1.0
    assert conll([rule(GOLD, []) for rule in (muc, b_cubed, ceaf_e)]) == 0.0
    assert conll([]) == 0.0


@given(st.integers(1, 4), st.integers(0, 2), st.data())
def test_assignment_is_the_cheapest(rows: int, extra: int, data: st.DataObject) -> None:
    columns = rows + extra
    row = st.lists(st.integers(-9, 9).map(float), min_size=columns, max_size=columns)
    cost = data.draw(st.lists(row, min_size=rows, max_size=rows))
    best = min(sum(cost[i][j] for i, j in enumerate(order)) for order in permutations(range(columns), rows))
    assert _assignment_cost(cost) == pytest.approx(best)
