"""Clusters from pairwise decisions: no order matters, and what is apart stays apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Ref
from kg.resolve.clustering import Link, clusters

A, B, C, D = (Ref(name, "e") for name in "abcd")
REFS = [Ref("d", str(number)) for number in range(8)]
PAIRS = st.tuples(st.sampled_from(REFS), st.sampled_from(REFS))
LINK = st.builds(lambda pair, score: Link(pair[0], pair[1], score), PAIRS, st.sampled_from([0.5, 0.75, 0.9, 1.0]))
LINKS = st.lists(LINK, max_size=20)


def test_links_are_followed() -> None:
    assert clusters([A, B, C, D], [Link(A, B), Link(C, B)]) == [[A, B, C], [D]]


def test_the_surer_of_two_links_wins() -> None:
    links = [Link(A, B, 0.8), Link(B, C, 0.9)]
    assert clusters([A, B, C], links, apart=[(A, C)]) == [[A], [B, C]]


def test_a_chain_does_not_bring_together_what_is_apart() -> None:
    chain = [Link(A, B), Link(B, C), Link(C, D)]
    found = clusters([A, B, C, D], chain, apart=[(A, D)])
    assert not any(A in cluster and D in cluster for cluster in found)


def test_a_stranger_is_an_error() -> None:
    with pytest.raises(KeyError):
        clusters([A], [Link(A, B)])


@given(LINKS, st.lists(PAIRS.filter(lambda pair: pair[0] != pair[1]), max_size=6), st.randoms())
def test_order_never_matters(links: list[Link], apart: list[tuple[Ref, Ref]], chance: random.Random) -> None:
    found = clusters(REFS, links, apart)
    mixed = [Link(link.right, link.left, link.score) for link in links]
    chance.shuffle(mixed)
    refs, pairs = [*REFS], [(right, left) for left, right in apart]
    chance.shuffle(refs)
    chance.shuffle(pairs)
    assert clusters(refs, mixed, pairs) == found
    assert sorted(ref for cluster in found for ref in cluster) == REFS
    assert not any(left in cluster and right in cluster for cluster in found for left, right in apart)
