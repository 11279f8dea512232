"""Kinds of quotation and source by the look of the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures.slices import QUOTATIONS, SOURCES, kinds, quotation, source_kind


def joined(*pieces: str) -> tuple[str, list[tuple[int, int]]]:
    """The pieces one after the other, and where each stands."""
    spans, text = [], ""
    for piece in pieces:
        spans.append((len(text), len(text) + len(piece)))
        text += piece + " "
    return text, spans


@pytest.mark.parametrize(
    ("expected", "pieces"),
    [
        ("direct", ["“The dam will hold,”", "“and so will the bridge.”"]),
        ("direct", ['"The dam will hold," --', '"and so will the bridge.']),  # the second goes on past the fragment
        ("direct", ["“The dam will hold,” “we think.”"]),
        ("mixed", ["that the dam was “as good as new”"]),
        ("mixed", ["“historic” agreement"]),
        ("mixed", ["“The dam will hold,”", "and that the bridge was safe"]),
        ("indirect", ["that the dam would hold"]),
        ("indirect", []),
    ],
)
def test_quotation(expected: str, pieces: list[str]) -> None:
    text, spans = joined(*pieces)
    assert quotation(spans, text) == expected


@pytest.mark.parametrize(
    ("expected", "pieces"),
    [
        ("pronoun", ["They"]),
        ("pronoun", ["others"]),
        ("named", ["Bode"]),
        ("named", ["the mayor of Arlen"]),
        ("nominal", ["The two engineers"]),
        ("nominal", ["residents"]),
        ("no source", []),
    ],
)
def test_source_kind(expected: str, pieces: list[str]) -> None:
    text, spans = joined(*pieces)
    assert source_kind(spans, text) == expected


@given(st.lists(st.text(alphabet="aB “”\"'—.\n"), max_size=4), st.lists(st.text(), max_size=2))
def test_any_words_are_of_some_kind(content: list[str], source: list[str]) -> None:
    text, spans = joined(*source, *content)
    how, who = kinds(spans[: len(source)], spans[len(source) :], text)
    assert how in QUOTATIONS
    assert who in SOURCES
