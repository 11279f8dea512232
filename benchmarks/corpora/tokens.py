"""Text from pre-tokenised corpora, as a newspaper would print it, with the place of every token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.metrics import Offsets

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_QUOTES = {"``": "“", "''": "”", "`": "‘"}
_OPENS = frozenset("“‘([{$£€#")
_CLOSES = frozenset("”)]},.;:?!%…") | {"n't", "...", "'", "’"}
_HYPHENS = frozenset("-–/")


@dataclass(frozen=True, slots=True)
class Joined:
    """A text and the [begin, end) of each of the tokens that it was made from."""

    text: str
    places: tuple[Offsets, ...]

    def span(self, first: int, end: int) -> Offsets:
        """Characters of tokens [first, end)."""
        return self.places[first][0], self.places[end - 1][1]


def join(tokens: Sequence[str], hyphens: bool = False) -> Joined:
    """`tokens` as running text: Penn brackets and quotes spelt as characters, marks closed up to their words.

    `hyphens` closes up lone hyphens and slashes too, for corpora that split words at them.
    """
    parts: list[str] = []
    places: list[Offsets] = []
    length, open_quote, glue = 0, False, True
    for token in tokens:
        shown = _BRACKETS.get(token) or _QUOTES.get(token) or token
        if shown == '"':
            shown, open_quote = ("”", False) if open_quote else ("“", True)
        tight = glue or _hugs_left(shown) or (hyphens and shown in _HYPHENS)
        if not tight:
            parts.append(" ")
            length += 1
        places.append((length, length + len(shown)))
        parts.append(shown)
        length += len(shown)
        glue = shown in _OPENS or (hyphens and shown in _HYPHENS)
    return Joined("".join(parts), tuple(places))


def _hugs_left(token: str) -> bool:
    return token in _CLOSES or (token[0] in "'’" and 1 < len(token) <= 3 and token[1:].isalpha())


def runs(labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """(label, first, end) of every run in BIO `labels`; a stray I- opens a run of its own."""
    found: list[tuple[str, int, int]] = []
    for index, tag in enumerate(labels):
        if tag == "O":
            continue
        mark, label = tag.split("-", 1)
        if mark == "I" and found and found[-1][0] == label and found[-1][2] == index:
            found[-1] = (label, found[-1][1], index + 1)
        else:
            found.append((label, index, index + 1))
    return found
