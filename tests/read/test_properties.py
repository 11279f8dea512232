"""What holds for any text at all."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Document
from kg.read import parse
from kg.read.decode import decode

PIECES = st.sampled_from(
    [
        *("KYIV, Sept 11 (Some Wire) —", "By Jane Doe", "Sept 11, 2022", "1/2/2022", "---", "title: x", "# ", "## Sub"),
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\u2028",
            "\x85",
            "\u00a0",
            " ",
            "\t",
            "“",
            "”",
            "; Then",
            "…",
            ".",
            "?",
            "(",
            "/",
            "- ",
        ),
        *("Related articles", "© 2022", "![a](b)", "Photo:", "He left.", "short line"),
        "The ministry said on Sunday that it would not comment on the report.",
    ]
)
REASONS = {"empty", "binary", "encoding", "language", "metadata"}


def outcome(text: str) -> Document | str:
    try:
        return parse(text)
    except ReadError as error:
        return error.reason


def check(document: Document, text: str) -> None:
    assert document.text == text
    end = 0
    for section in document.sections:
        assert end <= section.span.begin < section.span.end <= len(text)
        piece = section.span.of(text)
        assert piece == piece.strip()
        assert any(c.isalnum() for c in piece)
        end = section.span.end
    assert document.sections


@settings(deadline=None)  # the first call loads the word list
@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)))
def test_sections_are_disjoint_in_order_and_trimmed(text: str) -> None:
    document = outcome(text)
    if isinstance(document, Document):
        check(document, text)
        assert parse(text) == document
    else:
        assert document in REASONS


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert isinstance(decode(data, "x"), str)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "a." * 100_000,
        "a@" * 100_000,
        "He came; She left; " * 10_000,
        "# " + "He came; She left; " * 10_000,
        "http://x.example\n" * 12_000,
        "KYIV " + "-" * 200_000 + " a",
        "Related\n" * 25_000,
        "![a](" * 40_000,
    ],
    ids=lambda text: text[:12],
)
def test_time_grows_with_length_only(text: str) -> None:
    start = time.process_time()
    outcome(text)  # a document or a reason: here only the time counts
    assert time.process_time() - start < 10
