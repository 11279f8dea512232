"""Bodies' names: spellings are one, branches of known actors are told from the actor."""

from __future__ import annotations

import pytest

from kg.resolve.who.bodies import branch, plain


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("Kenya Red Cross", "red-cross"),
        ("Guatemalan Red Cross", "red-cross"),
        ("Red Cross Society of China", "red-cross"),
        ("South African Red Cross", "red-cross"),
        ("Amnesty International Kenya", "amnesty-international"),
        ("Greenpeace Argentina", "greenpeace"),
        ("UNICEF Haiti", "unicef"),
        ("Transparency International's Georgia chapter", "transparency-international"),
    ],
)
def test_a_branch_is_not_the_body(label: str, known: str) -> None:
    assert branch(label, known)


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("Red Cross", "red-cross"),
        ("International Committee of the Red Cross", "red-cross"),
        ("the World Bank", "world-bank"),
        ("North Atlantic Treaty Organization", "nato"),
        ("Organization of American States", "oas"),
        ("U.S. White House", "white-house"),
        ("New York Stock Exchange", "nyse"),
        ("Kenya Red Cross", ""),
        ("Kenya Red Cross", "nobody"),
    ],
)
def test_the_body_itself_is(label: str, known: str) -> None:
    assert not branch(label, known)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Oslo Research Centre", "Oslo Research Center"),
        ("Harbour Steel Ltd", "HARBOR STEEL plc"),
        ("The Labour Party", "Labor Party"),
        ("Lima's Institute of Energy", "Energy Institute of Lima"),
    ],
)
def test_spellings_and_legal_forms_make_no_difference(left: str, right: str) -> None:
    assert plain(left) == plain(right)


def test_a_name_of_small_words_alone_stays_itself() -> None:
    assert plain("The Co") == "the co"
