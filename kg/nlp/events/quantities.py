"""Numbers and what they count: "more than 1,300 people", "billions of dollars' worth of arms", "5 to 7 per cent"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec
from spacy.tokens import Doc, Token

from kg import lexicon
from kg.nlp.annotations import QuantityNote, Stretch

_GLUED = re.compile(r"^(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn)$")  # "$2.3bn"
_DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")
_LONGEST_BOUND = 4  # words in the longest phrase that bounds a number
_ANAPHORIC = ("the", "these", "those", "both", "its", "their", "his", "her", "our")


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Phrases that make a number the least, the most or the about."""

    minimum: frozenset[str]
    maximum: frozenset[str]
    about: frozenset[str]


class Through(msgspec.Struct, frozen=True, kw_only=True):
    """Nouns that pass the count on to what follows them."""

    nouns: frozenset[str]


class QuantityLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of `kg/data/quantities.toml`."""

    bounds: Bounds
    scales: dict[str, float]
    numbers: dict[str, float]
    units: dict[str, str]
    leading: dict[str, str]
    through: Through


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity and the token that heads its phrase, through which it belongs to an event."""

    note: QuantityNote
    head: int


@cache
def quantity_lexicon() -> QuantityLexicon:
    """Words of numbers and measures."""
    return lexicon.load("quantities", QuantityLexicon)


def quantities(doc: Doc) -> list[Measured]:
    """Quantities of `doc` in text order; dates, ages, ordinals, and numbers that only point back are left out."""
    taken = {i for note in doc._.times for i in range(*note.stretch)}
    found = (_measure(doc, run) for run in _runs(doc, taken))
    return [measured for measured in found if measured is not None]


def _runs(doc: Doc, taken: set[int]) -> Iterator[Stretch]:
    """Stretches of number words: "1.2 million", "between 5 and 7", "hundreds of thousands"."""
    i = 0
    while i < len(doc):
        if i in taken or not _numeric(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and end not in taken and (_numeric(doc[end]) or _joins(doc, end)):
            end += 1
        yield Stretch(i, end)
        i = end


def _numeric(token: Token) -> bool:
    lower = token.lower_
    if token.ent_type_ in ("DATE", "TIME", "ORDINAL") or token.pos_ == "PROPN":
        return False
    words = quantity_lexicon()
    if lower in words.scales:
        return (len(lower) > 2 and token.tag_ in ("CD", "NNS", "NN")) or _of_money(token)
    if _GLUED.match(lower):
        return token.i > 0 and token.nbor(-1).is_currency
    return token.tag_ == "CD" and (bool(_DIGITS.match(lower)) or lower in words.numbers or "-" in lower)


def _of_money(token: Token) -> bool:
    """Whether a short scale stands right behind a sum: "€300m", but not "a 100m race"."""
    if token.i < 2 or token.nbor(-1).whitespace_:
        return False
    return token.nbor(-2).is_currency and bool(_DIGITS.match(token.nbor(-1).text))


def _joins(doc: Doc, i: int) -> bool:
    """Whether the word at `i` links two numbers of one quantity."""
    if i + 1 >= len(doc) or doc[i].lower_ not in ("of", "to", "and", "or", "-", "–") or not _numeric(doc[i + 1]):
        return False
    scales = quantity_lexicon().scales
    if doc[i].lower_ == "of":
        return doc[i + 1].lower_ in scales
    ends_scaled = i + 2 < len(doc) and doc[i + 2].lower_ in scales  # "$5 million to 12 towns" is no range
    return doc[i + 1].tag_ == "CD" and (doc[i - 1].lower_ not in scales or ends_scaled)


def _measure(doc: Doc, run: Stretch) -> Measured | None:
    low, high = _values(doc, run)
    if low is None:
        return None
    root = doc[run.start : run.end].root
    noun, unit = _counted(root)
    if noun is None and not unit:
        root = doc[run.end - 1]  # of a range, the number next to the noun
        noun, unit = _counted(root)
    if noun is None and not unit:
        return None
    if not unit and noun is not None and any(c.lower_ in _ANAPHORIC for c in noun.lefts):
        return None
    start, side = _bound(doc, run.start)
    if doc[run.start].tag_ == "NNS" and doc[run.start].lower_ in quantity_lexicon().scales:
        side = "minimum"  # "thousands"
    counts = noun.text if noun is not None and noun.lemma_.lower() not in quantity_lexicon().units else ""
    end = max(run.end, (noun.i if noun is not None and noun.i >= run.end else run.end - 1) + 1)
    note = QuantityNote(Stretch(start, end), unit=unit, counts=counts)
    _fill(note, low, high, side)
    return Measured(note, _outermost(root, noun).i)


def _fill(note: QuantityNote, low: float, high: float | None, side: str) -> None:
    """Set the value or the bounds of `note`."""
    if high is not None and high != low:
        note.minimum, note.maximum = min(low, high), max(low, high)
    elif side == "minimum":
        note.minimum = low
    elif side == "maximum":
        note.maximum = low
    else:
        note.value = low


def _values(doc: Doc, run: Stretch) -> tuple[float | None, float | None]:
    """The number, or the two numbers of a range; (None, None) where the words are no number."""
    words = quantity_lexicon()
    numbers: list[float] = []
    current: float | None = None
    for token in doc[run.start : run.end]:
        lower = token.lower_
        if lower in ("to", "and", "or", "-", "–") and current is not None:
            numbers.append(current)
            current = None
        elif lower in words.scales:
            current = (current if current is not None else 1) * words.scales[lower]
        elif lower != "of":
            value = _number(lower)
            current = value if value is not None else current
    if current is not None:
        numbers.append(current)
    if len(numbers) == 2 and numbers[0] < 100 and numbers[1] > 1000:
        numbers[0] *= 10 ** (len(str(int(numbers[1]))) - 1)  # "5 to 7 million"
    return (numbers[0] if numbers else None, numbers[1] if len(numbers) > 1 else None)


def _number(word: str) -> float | None:
    numbers = quantity_lexicon().numbers
    if _DIGITS.match(word):
        return float(word.replace(",", ""))
    if word in numbers:
        return numbers[word]
    if glued := _GLUED.match(word):
        return float(glued[1].replace(",", "")) * quantity_lexicon().scales[glued[2]]
    parts = word.split("-")
    if len(parts) == 2 and all(part in numbers for part in parts):
        first, second = (numbers[part] for part in parts)
        return first * second if second < 1 else first + second
    return None


def _counted(root: Token) -> tuple[Token | None, str]:
    """What is counted, and the unit: the noun that the number modifies, or what follows "of"."""
    words = quantity_lexicon()
    unit = ""
    noun = root.head if root.dep_ in ("nummod", "quantmod", "compound", "amod") and root.head.i > root.i else None
    if noun is None:
        noun = _after_of(root)
    symbols = [t for t in (*root.lefts, *(noun.lefts if noun is not None else ())) if t.lower_ in words.units]
    if root.head.lower_ in words.units and (root.head.i > root.i or not root.head.is_alpha):
        symbols.append(root.head)  # "five days", "$5", but not "day five"
    if symbols:
        unit = words.units[symbols[0].lower_]
    if _per_cent(root):
        unit = "%"
    before = root.nbor(-1).lower_ if root.i else ""
    if before in words.leading:
        return None, words.leading[before]
    for _ in range(4):
        if noun is None or noun.lemma_.lower() not in words.through.nouns | words.units.keys():
            return noun, unit
        unit = unit or words.units.get(noun.lemma_.lower(), "")
        owner = next((c for c in noun.lefts if c.dep_ == "poss" and c.lemma_.lower() in words.units), None)
        unit = unit or (words.units[owner.lemma_.lower()] if owner is not None else "")
        following = _after_of(noun)
        if following is None:
            return noun, unit
        noun = following
    return noun, unit


def _per_cent(number: Token) -> bool:
    """ "35 per cent", however it is attached."""
    return number.doc[number.i + 1 : number.i + 3].text.lower() == "per cent"


def _after_of(noun: Token) -> Token | None:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _outermost(root: Token, noun: Token | None) -> Token:
    """The head of the whole phrase: "thousands" in "thousands of people", "people" in "1,300 people"."""
    if root.dep_ in ("nummod", "quantmod", "compound", "amod") and root.head.i > root.i:
        return root.head
    return root


def _bound(doc: Doc, start: int) -> tuple[int, str]:
    """Where the phrase begins with its bounding words, and which side they bound."""
    bounds = quantity_lexicon().bounds
    if doc[start - 1].lower_ in quantity_lexicon().units and start:
        start -= 1  # a currency sign
    for length in range(_LONGEST_BOUND, 0, -1):
        if start - length < 0:
            continue
        words = doc[start - length : start].text.lower()
        for side, phrases in (("minimum", bounds.minimum), ("maximum", bounds.maximum), ("about", bounds.about)):
            if words in phrases:
                return start - length, side
    return start, ""
