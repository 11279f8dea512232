from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InvalidIri
from kg.ids import Minter, check_iri, document_id, fold, slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Volodymyr Zelenskyy", "volodymyr zelenskyy"),
        ("São Tomé", "sao tome"),
        ("Côte d’Ivoire", "cote divoire"),
        ("U.N.", "u n"),
        ("Al-Jazeera", "al jazeera"),
    ],
)
def test_fold_drops_case_accents_and_marks(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_slug_of_unreadable_text_is_still_distinct() -> None:
    assert slug("東京") != slug("大阪")
    assert slug("東京").startswith("x")


@given(st.text())
def test_every_slug_makes_a_valid_iri(text: str) -> None:
    assert check_iri(Minter().canonical(f"person/{slug(text)}"))


@given(st.text(), st.text(), st.sampled_from(["", "2022-09-11"]), st.text())
def test_every_document_gets_a_valid_iri(text: str, publisher: str, date: str, url: str) -> None:
    assert check_iri(Minter().document(document_id(text, publisher, date, url)))


def test_document_id_tells_outlets_apart_but_not_runs() -> None:
    assert document_id("a", "X", "", "") != document_id("a", "Y", "", "")
    assert document_id("a", "X", "", "") == document_id("a", "X", "", "")


@pytest.mark.parametrize(
    "iri", ["", "no scheme", "http://a/b c", "http://a/<b>", 'http://a/"', "http://a/\u202e", "a/b"]
)
def test_bad_iris_are_refused(iri: str) -> None:
    with pytest.raises(InvalidIri, match="not a valid absolute IRI"):
        check_iri(iri)


def test_base_must_end_in_a_separator() -> None:
    with pytest.raises(InvalidIri, match="must end in"):
        Minter("http://example.org/data")


def test_pair_does_not_depend_on_order() -> None:
    assert Minter().pair("judgement", "urn:a", "urn:b") == Minter().pair("judgement", "urn:b", "urn:a")
