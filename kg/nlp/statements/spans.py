"""Arithmetic on token stretches, and where a content span begins and ends."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.nlp.annotations import Stretch

_LEADING = frozenset({",", ":", ";", "—", "-", "--", ".", "–"})
_TRAILING = frozenset({",", ":", ";", ".", "—", "-", "--", "–"})


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted and disjoint, with touching stretches joined."""
    joined: list[Stretch] = []
    for stretch in sorted(stretches):
        if joined and stretch.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, stretch.end))
        elif stretch.end > stretch.start:
            joined.append(stretch)
    return joined


def minus(stretches: Iterable[Stretch], holes: Iterable[Stretch]) -> list[Stretch]:
    """`stretches` without the tokens of `holes`."""
    left = list(stretches)
    for hole in holes:
        left = [
            piece
            for start, end in left
            for piece in (Stretch(start, min(end, hole.start)), Stretch(max(start, hole.end), end))
            if piece.end > piece.start
        ]
    return left


def mask(length: int, stretches: Iterable[Stretch]) -> bytearray:
    """Of each of `length` tokens whether one of `stretches` holds it."""
    held = bytearray(length)
    for start, end in stretches:
        held[start:end] = b"\x01" * (end - start)
    return held


def runs(stretch: Stretch, marked: bytearray) -> list[Stretch]:
    """The longest parts of `stretch` whose tokens are all marked."""
    found = []
    start = marked.find(1, *stretch)
    while start >= 0:
        end = marked.find(0, start, stretch.end)
        found.append(Stretch(start, stretch.end if end < 0 else end))
        start = -1 if end < 0 else marked.find(1, end, stretch.end)
    return found


def trimmed(doc: Doc, stretch: Stretch, quoted: bytearray) -> Stretch:
    """Without the sentence's punctuation at either end; what stands in quote marks is kept whole."""
    start, end = stretch
    while start < end and not quoted[start] and (doc[start].is_space or doc[start].text in _LEADING):
        start += 1
    while end > start and not quoted[end - 1] and (doc[end - 1].is_space or doc[end - 1].text in _TRAILING):
        end -= 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    while start < end and doc[start].is_space:
        start += 1
    return Stretch(start, end)


def wordless(doc: Doc, stretch: Stretch) -> bool:
    """Whether the stretch holds no word."""
    return not any(is_word(token) for token in doc[stretch.start : stretch.end])


def is_word(token: Token) -> bool:
    """Whether a token holds a letter or digit."""
    return any(character.isalnum() for character in token.text)
