"""Bytes to text: encodings by mark, by trial and by guess."""

from __future__ import annotations

import codecs

import pytest

from kg.errors import ReadError
from kg.read import parse
from kg.read.decode import decode

PROSE = "“We won’t leave,” the café’s owner said — and the ministry’s answer was ‘no’. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_survives_its_encoding(encoding: str) -> None:
    assert decode(PROSE.encode(encoding), "x") == PROSE


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")])
def test_byte_order_is_read_from_the_mark(mark: bytes, encoding: str) -> None:
    assert decode(mark + PROSE.encode(encoding), "x") == PROSE


def test_other_scripts_keep_their_code_points() -> None:
    text = "Київ, 東京, 𝔸thens"
    assert decode(text.encode(), "x") == text


def test_nul_bytes_are_binary() -> None:
    with pytest.raises(ReadError) as caught:
        decode(b"GIF89a\0\0", "x")
    assert caught.value.reason == "binary"


def test_surrogates_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        parse("a broken \ud83d word")
    assert caught.value.reason == "encoding"
