"""Kinds of attribution by the look of their words: how the content is quoted and how the source is named.

The same rules sort gold and given attributions, so a kind has a precision as well as a recall.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.data import Slices, load
from benchmarks.metrics import Offsets

QUOTATIONS = ("direct", "mixed", "indirect")
SOURCES = ("pronoun", "named", "nominal", "no source")
KINDS = QUOTATIONS + SOURCES

_QUOTED = re.compile('[“"][^“”"]*[”"]?')  # a quote may go on past the fragment


def quotation(content: Sequence[Offsets], text: str) -> str:
    """One of `QUOTATIONS`: direct where no word stands outside quotation marks, mixed where some do, else indirect."""
    pieces = [text[begin:end] for begin, end in content]
    outside = [_QUOTED.sub("", piece) for piece in pieces]
    if outside == pieces:
        return "indirect"
    return "mixed" if any(c.isalnum() for piece in outside for c in piece) else "direct"


def source_kind(source: Sequence[Offsets], text: str) -> str:
    """One of `SOURCES`: named where a word after the first, or the only word, has a capital."""
    if not source:
        return "no source"
    words = text[slice(*source[0])].split()
    if len(words) == 1 and words[0].casefold() in load("slices", Slices).pronouns:
        return "pronoun"
    return "named" if any(word[:1].isupper() for word in words[1:] or words) else "nominal"


def kinds(source: Sequence[Offsets], content: Sequence[Offsets], text: str) -> tuple[str, str]:
    """How the attribution is quoted and how its source is named."""
    return quotation(content, text), source_kind(source, text)
