"""Persons' names: longer and shorter forms, orders and spellings are one; near ones of two persons stay two."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.who.atoms import Atom
from kg.resolve.who.pairs import alike_score
from kg.resolve.who.persons import difference, filed, parts, plainer
from kg.resolve.words import distance, gender, names, skeleton

PAIRS = tomllib.loads((Path(__file__).parent / "person_pairs.toml").read_text("utf-8"))
WORDS = sorted({word for pair in PAIRS["same"] for name in pair for word in name.split()})
NAMES = st.lists(st.sampled_from(WORDS), min_size=1)


def joined(left: str, right: str) -> bool:
    """Whether the two, without any other mark, are filed together and taken for one."""
    one, other = (Atom("person", skeleton(name)) for name in (left, right))
    return filed(one.form) == filed(other.form) and alike_score(one, other, True)[0] >= names().decision.same


@pytest.mark.parametrize(("left", "right"), PAIRS["same"])
def test_forms_of_one_name_are_one(left: str, right: str) -> None:
    assert joined(left, right)


@pytest.mark.parametrize(("left", "right"), PAIRS["different"])
def test_names_of_two_are_two(left: str, right: str) -> None:
    assert not joined(left, right)


@pytest.mark.parametrize(
    ("name", "core", "rest"),
    [
        ("Robert F. Kennedy", ("robert", "kennedy"), ("f",)),
        ("Juan Carlos Pérez García", ("juan", "perez"), ("carlos", "garcya")),
        ("Volodymyr Oleksandrovych Zelensky", ("volodymyr", "zelensky"), ()),
        ("Orbán Gergely Viktor", ("gergely", "orban"), ("vyktor",)),
        ("Kim Jong Un", ("kym", "jong", "un"), ()),
        ("Bashar al-Assad", ("bashar", "asad"), ()),
        ("Sukarno", ("sukarno",), ()),
        ("van der", ("van", "der"), ()),
    ],
)
def test_a_name_is_taken_apart(name: str, core: tuple[str, ...], rest: tuple[str, ...]) -> None:
    found = parts(skeleton(name))
    assert found.core == core
    assert (*found.middle, *found.mother) == rest


def test_a_generation_is_no_part_of_the_name() -> None:
    assert parts(skeleton("John Okello Jr.")).suffix == "jr"
    assert parts(skeleton("John Paul II")).suffix == "ii"
    assert parts(skeleton("Wang Yi")).suffix == ""


def test_only_what_leaves_something_out_is_plainer() -> None:
    assert plainer("robert kennedy", "robert f kennedy")
    assert not plainer("robert f kennedy", "robert kennedy")
    assert not plainer("robert kennedy", "robert kennedy")


@given(NAMES, NAMES)
def test_difference_is_a_share_and_the_same_both_ways(left: list[str], right: list[str]) -> None:
    one, other = skeleton(" ".join(left)), skeleton(" ".join(right))
    assert difference(one, other) == difference(other, one)
    assert difference(one, one).spelling == 0
    assert difference(one, other).spelling >= 0


@given(st.text("abcdehy", max_size=7), st.text("abcdehy", max_size=7))
def test_distance_is_symmetric_and_nought_for_equals_alone(left: str, right: str) -> None:
    assert distance(left, right) == pytest.approx(distance(right, left))
    assert (distance(left, right) == 0) == (left == right)


def test_what_outlets_confuse_counts_less() -> None:
    assert distance("mursy", "morsy") < distance("marsy", "morsy")
    assert distance("hasan", "hassan") < distance("hasan", "haksan")


def test_gender_is_told_in_every_spelling() -> None:
    assert gender(skeleton("María Novák")) == "f"
    assert gender(skeleton("Sergei Novák")) == "m"
    assert gender(skeleton("Xq Novák")) == ""


@pytest.mark.parametrize("hostile", ["", " ", ".", "Jr", "II", "-", "al", "a b", "é", "x" * 500])
def test_any_text_is_filed_somewhere(hostile: str) -> None:
    assert isinstance(filed(skeleton(hostile)), str)
