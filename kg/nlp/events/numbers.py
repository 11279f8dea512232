"""What number words mean: "1.2 million", "two hundred and fifty", "5 to 7 million", "two-thirds", "one in five"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from kg import lexicon

GLUED = re.compile(r"^(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|tn)$")  # "$2.3bn"
DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")
HYPHENS = ("-", "–")
_PARTING = ("to", "and", "or", *HYPHENS)


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Phrases that make a number the least, the most or the about, before it or after it."""

    minimum: frozenset[str]
    maximum: frozenset[str]
    about: frozenset[str]
    minimum_after: frozenset[str]
    maximum_after: frozenset[str]


class Through(msgspec.Struct, frozen=True, kw_only=True):
    """Nouns that pass the count on to what follows them."""

    nouns: frozenset[str]
    collectives: frozenset[str]


class Durations(msgspec.Struct, frozen=True, kw_only=True):
    """Nouns of time, what stands before them where they say how long, and after them where they say when."""

    units: frozenset[str]
    prepositions: frozenset[str]
    pointing: frozenset[str]


class QuantityLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of `kg/data/quantities.toml`."""

    bounds: Bounds
    scales: dict[str, float]
    numbers: dict[str, float]
    fractions: dict[str, float]
    several: frozenset[str]
    units: dict[str, str]
    squares: frozenset[str]
    results: frozenset[str]
    codes: dict[str, str]
    rounds: frozenset[str]
    leading: dict[str, str]
    through: Through
    durations: Durations

    @property
    def currencies(self) -> frozenset[str]:
        """Units of money that sums may have."""
        return frozenset(self.codes.values())


@cache
def quantity_lexicon() -> QuantityLexicon:
    """Words of numbers and measures."""
    return lexicon.load("quantities", QuantityLexicon)


@cache
def number_words() -> frozenset[str]:
    """Every word that may be part of a number in words."""
    words = quantity_lexicon()
    return frozenset((*words.scales, *words.numbers, *words.fractions))


def values(words: Sequence[str]) -> tuple[float | None, float | None]:
    """The number that lower-case `words` make, or the two numbers of a range; (None, None) where they are none."""
    if "in" in words:
        return _share(words), None
    parts = [value for part in _parts(words) if (value := _value(part)) is not None]
    if len(parts) > 1 and parts[0] < 100 and parts[1] > 1000:
        parts[0] *= _scale_of(words)  # "5 to 7 million"
    return (parts[0] if parts else None, parts[1] if len(parts) > 1 else None)


def number(word: str) -> float | None:
    """The value of a single word: a numeral, a number word, "2.3bn"."""
    words = quantity_lexicon()
    if DIGITS.match(word):
        return float(word.replace(",", ""))
    if glued := GLUED.match(word):
        return float(glued[1].replace(",", "")) * words.scales[glued[2]]
    if word in words.numbers:
        return words.numbers[word]
    parts = word.split("-")
    first, second = (words.numbers.get(parts[0]), _part(parts[1])) if len(parts) == 2 else (None, None)
    if first is None or second is None:
        return None
    return first * second if second < 1 else first + second


def _part(word: str) -> float | None:
    words = quantity_lexicon()
    return words.fractions.get(word, words.numbers.get(word))


def _share(words: Sequence[str]) -> float | None:
    """ "One in five"."""
    some, all_ = _value(words[: words.index("in")]), _value(words[words.index("in") + 1 :])
    return some / all_ if some is not None and all_ else None


def _scale_of(words: Sequence[str]) -> float:
    scales = quantity_lexicon().scales
    return next((scales[word] for word in reversed(words) if word in scales), 1)


def _parts(words: Sequence[str]) -> Iterator[list[str]]:
    """The words of each number, without what joins them."""
    part: list[str] = []
    for index, word in enumerate(words):
        if word in _PARTING and part and not _continues(words, index):
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _continues(words: Sequence[str], index: int) -> bool:
    """Whether a word that may part a range is inside one number: "twenty-one", "two hundred and six"."""
    lexis = quantity_lexicon()
    before, after = words[index - 1], words[index + 1 : index + 3]
    if words[index] in HYPHENS:
        tens, units = lexis.numbers.get(before, 0), lexis.numbers.get(after[0], 0) if after else 0
        return bool(after) and (after[0] in lexis.fractions or (tens >= 20 and tens % 10 == 0 and 0 < units < 10))
    if words[index] != "and" or not after:
        return False
    value = number(after[0])
    scale = lexis.scales.get(before, 0)
    small = value is not None and value < scale and lexis.scales.get(after[-1], 0) < scale
    return (after[0] == "a" and after[-1] in lexis.fractions) or (before in lexis.scales and small)


def _value(words: Sequence[str]) -> float | None:
    """One number: what was counted so far is multiplied by scales and added to by smaller numbers."""
    lexis = quantity_lexicon()
    total, current = 0.0, None
    for index, word in enumerate(words):
        if word in lexis.scales:
            scale = lexis.scales[word]
            current = (current if current is not None else 1) * scale
            if scale >= 1000 and any(w in lexis.numbers or DIGITS.match(w) for w in words[index + 1 :]):
                total, current = total + current, None
        elif word in lexis.fractions:
            added = index > 1 and words[index - 1] == "a" and words[index - 2] == "and"
            current = (current or 0) + lexis.fractions[word] if added else (current or 1) * lexis.fractions[word]
        elif (value := number(word)) is not None and not (word in ("a", "an") and current is not None):
            current = value if current is None or current < 20 else current + value
    return total + current if current is not None else total or None
