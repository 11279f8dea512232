"""How alike stretches of text are by their words, the rarer ones counting more; and verbs and nouns by their sense.

A word's weight comes from how common it is in English at large, not from the batch: so what two documents have in
common does not change when a third is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

Bag = Mapping[str, float]  # stems with weights, of unit length

DIMENSIONS = 32
STEM = 6  # letters that inflected forms of one word share
_COMMON = 250  # words of lower rank tell nothing
_FLOOR = 4.0  # the weight of a word of rank 55 is nil
_BARE = "-"  # before a word that has no vector
_KIN = 0.4  # affinity of two words from which they may name one occurrence

_WORD = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zA-Z]+")


def words(text: str) -> list[str]:
    """Words and numbers of `text` in lower case."""
    return _WORD.findall(text.lower())


def names(text: str) -> list[str]:
    """Capitalised words within sentences, in lower case."""
    return [name.lower() for name in _NAME.findall(text)]


def weight(word: str) -> float:
    """How much it tells that two texts share `word`: the logarithm of its rank; unknown words tell the most."""
    return log(_ranks().get(word) or len(_ranks())) - _FLOOR


def bag(found: Iterable[str]) -> Bag:
    """The stems of `found`, in alphabetical order, weighted, common words left out."""
    counts, raw = dict[str, int](), dict[str, float]()
    for stem, value in filter(None, map(_told, found)):
        counts[stem] = counts.get(stem, 0) + 1
        raw.setdefault(stem, value)
    for stem, count in counts.items():
        if count > 1:
            raw[stem] *= 1 + log(count)
    raw = dict(sorted(raw.items()))
    length = sqrt(sum([value * value for value in raw.values()])) or 1.0
    return {stem: value / length for stem, value in raw.items()}


@lru_cache(maxsize=32_768)
def _told(word: str) -> tuple[str, float] | None:
    """The stem of a word and its weight; None of a common word."""
    rank = _ranks().get(word)
    if rank is not None and rank < _COMMON:
        return None
    return (word[:STEM] if word.isalpha() else word), weight(word)


def cosine(left: Bag, right: Bag) -> float:
    """0 where they share nothing, 1 where they are one."""
    if len(left) > len(right):
        left, right = right, left
    found = 0.0
    for stem, value in left.items():
        if stem in right:
            found += value * right[stem]
    return found


@lru_cache(maxsize=65_536)
def affinity(left: str, right: str) -> float | None:
    """How alike two lemmas are in sense, -1 to 1; None where one is not known."""
    if left == right:
        return 1.0
    rows, vectors = _vectors()
    if left not in rows or right not in rows:
        return None
    return float(np.dot(vectors[rows[left]], vectors[rows[right]]))


def kin(left: str, right: str) -> bool:
    """Whether the sense of two lemmas is so near that they may name one occurrence."""
    near = affinity(left, right) if left <= right else affinity(right, left)
    return near is not None and near >= _KIN


@cache
def _ranks() -> dict[str, int]:
    return {line.removeprefix(_BARE): rank for rank, line in enumerate(_lines(), start=1)}


@cache
def _vectors() -> tuple[dict[str, int], NDArray[np.float32]]:
    """The row of each word that has one, and the rows, of unit length."""
    rows = {word: row for row, word in enumerate(line for line in _lines() if not line.startswith(_BARE))}
    raw = np.frombuffer((files("kg") / "data" / "merging" / "vectors.bin").read_bytes(), dtype=np.int8)
    table = raw.reshape(len(rows), DIMENSIONS).astype(np.float32)
    return rows, table / np.linalg.norm(table, axis=1, keepdims=True)


def _lines() -> Iterator[str]:
    yield from (files("kg") / "data" / "merging" / "words.txt").read_text("utf-8").split()
