"""Numbers and what they count: "more than 1,300 people", "billions of dollars' worth of arms", "5 to 7 per cent"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.nlp.annotations import QuantityNote, Stretch
from kg.nlp.events.numbers import HYPHENS, quantity_lexicon, values
from kg.nlp.events.numerals import like_a_year, runs

_LONGEST_BOUND = 4  # words in the longest phrase that bounds a number
_ANAPHORIC = ("the", "these", "those", "both")
_MODIFYING = ("nummod", "quantmod", "compound", "amod", "nmod", "predet", "det")
_ALONE = ("dobj", "nsubj", "nsubjpass")  # what a number without a noun may be: "wounding thirty"
_SHARE = "share"
_DEEP = 4
_MANY = 20  # joined nouns


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity, the token through which it belongs to an event, and those that may name what it counts."""

    note: QuantityNote
    head: int
    counted: tuple[int, ...]


def quantities(doc: Doc) -> list[Measured]:
    """Quantities of `doc` in text order; dates, ages, ordinals, and numbers that only point back are left out."""
    taken = {i for note in doc._.times for i in range(*note.stretch)}
    found: list[Measured] = []
    for run in runs(doc, taken):
        measured = _measure(doc, run, found)
        if measured is not None:
            found.append(measured)
    return found


def _measure(doc: Doc, run: Stretch, known: list[Measured]) -> Measured | None:
    words = [t.lower_ for t in doc[run.start : run.end] if not t.is_currency]
    low, high = values(words)
    if low is None:
        return None
    start, side = _bound(doc, run)
    if _in_name(doc[run.start]) or _one_of_them(doc, run) or _score(doc, run, low, high):
        return None
    found = _things(doc, run)
    if found is None:
        return _alone(doc, run, low, side, known)
    root, noun, unit = found
    if noun is not None and noun.lemma_.lower() in quantity_lexicon().rounds and noun.head.lower_ in ("in", "on"):
        return None
    if (any(word in quantity_lexicon().fractions for word in words) and low < 1) or "in" in words:
        unit = unit or _SHARE
    partly = noun is not None and root.head != noun  # "six of the hostages"
    if not unit and not partly and noun is not None and any(c.lower_ in _ANAPHORIC for c in noun.lefts):
        return None
    counts = noun.text if noun is not None and noun.lemma_.lower() not in quantity_lexicon().units else ""
    end = max(run.end, (noun.i if noun is not None and noun.i >= run.end else run.end - 1) + 1)
    note = QuantityNote(Stretch(start, end), unit=unit, counts=counts)
    _fill(note, low, high, side)
    outermost = _outermost(root)
    counted = noun if noun is not None else root
    return Measured(note, _first_of_all(outermost).i, (counted.i, outermost.i, _collective(counted).i))


def _in_name(number: Token) -> bool:
    """ "The UFC 223 conference", "a Boeing 737 jet": the number belongs to the name before it."""
    before = number.nbor(-1) if number.i else number
    if before.pos_ != "PROPN" or not number.text.isdecimal() or before.lower_ in quantity_lexicon().codes:
        return False
    return before.head == number.head and before.dep_ in ("compound", "nmod")


def _score(doc: Doc, run: Stretch, low: float, high: float | None) -> bool:
    """ "A 3-1 win", "lost 1-0": the result of a match or vote."""
    if high is None or not any(t.text in HYPHENS for t in doc[run.start : run.end]):
        return False
    return low >= high or doc[run.end - 1].head.lemma_.lower() in quantity_lexicon().results


def _one_of_them(doc: Doc, run: Stretch) -> bool:
    """ "One of the soldiers", "a single one of them": no more than somebody."""
    after = doc[run.end].lower_ if run.end < len(doc) else ""
    return doc[run.start].lower_ == "one" and run.end == run.start + 1 and after in ("of", "another", "who", "that")


def _things(doc: Doc, run: Stretch) -> tuple[Token, Token | None, str] | None:
    """The head of the number, the noun that it counts and the unit; `None` where it counts nothing that is told."""
    tried = [doc[run.start : run.end].root, doc[run.end - 1]]  # of a range, the number next to the noun
    for root in tried:
        noun, unit = _counted(root, run)
        if noun is not None or unit:
            return root, noun, unit
    return None


def _alone(doc: Doc, run: Stretch, low: float, side: str, known: list[Measured]) -> Measured | None:
    """ "Killed twelve people and wounded thirty": the noun is understood from the verb that this one is joined to."""
    root = doc[run.start : run.end].root
    verb = root.head
    if root.dep_ not in _ALONE or verb.pos_ != "VERB" or doc[run.start].lower_ == "one":
        return None
    if like_a_year(root) or root.n_rights:
        return None
    before = known[-1] if known else None
    shared = before is not None and verb.dep_ in ("conj", "advcl") and _verb_of(doc[before.head]) == verb.head
    note = QuantityNote(run, counts=before.note.counts if shared and before is not None else "")
    _fill(note, low, None, side)
    return Measured(note, root.i, (root.i,))


def _verb_of(token: Token) -> Token:
    for _ in range(_DEEP):
        if token.pos_ == "VERB" or token.head.i == token.i:
            break
        token = token.head
    return token


def _fill(note: QuantityNote, low: float, high: float | None, side: str) -> None:
    """Set the value or the bounds of `note`."""
    if high is not None and high != low:
        note.minimum, note.maximum = min(low, high), max(low, high)
    elif side == "minimum":
        note.minimum = low
    elif side == "several":
        note.minimum = 2 * low
    elif side == "maximum":
        note.maximum = low
    else:
        note.value = low


def _counted(root: Token, run: Stretch) -> tuple[Token | None, str]:
    """What is counted, and the unit: the noun that the number modifies, or what follows "of"."""
    words = quantity_lexicon()
    noun = root.head if root.dep_ in _MODIFYING and root.head.i > root.i and root.head.tag_ != "CD" else None
    if noun is not None and noun.lower_ in words.squares:
        noun = noun.head if noun.head.i > noun.i else noun
    if noun is None:
        noun = _after_of(root)
    unit = _unit(root, noun, run)
    before = root.nbor(-1).lower_ if root.i else ""
    if before in words.leading:
        return None, words.leading[before]
    for _ in range(_DEEP):
        if noun is None or noun.lemma_.lower() not in words.through.nouns | words.units.keys():
            return noun, unit
        unit = unit or _named_unit(noun)
        owner = next((c for c in noun.lefts if c.dep_ == "poss" and c.lemma_.lower() in words.units), None)
        unit = unit or (words.units[owner.lemma_.lower()] if owner is not None else "")
        following = _after_of(noun)
        if following is None:
            return noun, unit
        noun = following
    return noun, unit


def _unit(root: Token, noun: Token | None, run: Stretch) -> str:
    words, doc = quantity_lexicon(), root.doc
    if _per_cent(root):
        return "%"
    if run.start and doc[run.start - 1].lower_ in words.codes:
        return words.codes[doc[run.start - 1].lower_]
    symbols = [t for t in (*root.lefts, *(noun.lefts if noun is not None else ())) if t.lower_ in words.units]
    symbols = [t for t in symbols if not t.is_currency or t.head == root or t.i < root.i]
    if root.head.lower_ in words.units and (root.head.i > root.i or not root.head.is_alpha):
        symbols.append(root.head)  # "five days", "$5", but not "day five"
    return _named_unit(symbols[0]) if symbols else ""


def _named_unit(noun: Token) -> str:
    """The unit that a noun or sign names: "square kilometres" are km²."""
    words = quantity_lexicon()
    unit = words.units.get(noun.lower_, words.units.get(noun.lemma_.lower(), ""))
    squared = noun.i > 0 and noun.nbor(-1).lower_ in words.squares
    return f"{unit}²" if unit and squared else unit


def _per_cent(number: Token) -> bool:
    """ "35 per cent", however it is attached."""
    return number.doc[number.i + 1 : number.i + 3].text.lower() == "per cent"


def _after_of(noun: Token) -> Token | None:
    """What follows "of", or the noun behind "half the"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _outermost(root: Token) -> Token:
    """The head of the whole phrase: "thousands" in "thousands of people", "people" in "1,300 people"."""
    return root.head if root.dep_ in _MODIFYING and root.head.i > root.i else root


def _collective(noun: Token) -> Token:
    """ "Crowd" in "a crowd of 200 people"; any other noun is itself."""
    many = noun.head.head
    passed = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    return many if passed and many.lemma_.lower() in quantity_lexicon().through.collectives else noun


def _first_of_all(noun: Token) -> Token:
    """Of joined nouns the first, which is what hangs on the verb: "a village and 300 soldiers"."""
    for _ in range(_MANY):
        if noun.dep_ != "conj" or noun.head.i > noun.i or noun.head.pos_ not in ("NOUN", "PROPN", "NUM"):
            break
        noun = noun.head
    return noun


def _bound(doc: Doc, run: Stretch) -> tuple[int, str]:
    """Where the phrase begins with its bounding words, and which side they bound."""
    words, start = quantity_lexicon(), run.start
    behind = {doc[run.end : run.end + length].text.lower() for length in (2, 3)}
    fewer = "maximum" if behind & words.bounds.maximum_after else ""
    after = "minimum" if behind & words.bounds.minimum_after else fewer
    if start and doc[start - 1].lower_ in words.units.keys() | words.codes.keys():
        start -= 1  # a currency sign
    for length in range(min(_LONGEST_BOUND, start), 0, -1):
        side = _side(doc, start - length, start)
        if side:
            return start - length, after or side
    plural = doc[run.start].tag_ == "NNS" and doc[run.start].lower_ in words.scales
    return start, after or ("minimum" if plural else "")


def _side(doc: Doc, begin: int, end: int) -> str:
    """Which side the words before a number bound; a particle ("handed over ten tanks") bounds nothing."""
    bounds, phrase = quantity_lexicon().bounds, doc[begin:end].text.lower()
    if end - begin == 1 and doc[begin].dep_ == "prt":
        return ""
    if phrase in quantity_lexicon().several:
        return "several" if doc[end].lower_ in quantity_lexicon().scales else ""
    for side, phrases in (("minimum", bounds.minimum), ("maximum", bounds.maximum), ("about", bounds.about)):
        if phrase in phrases:
            return side
    return ""
