"""Where numbers stand in a parsed document: stretches of words and signs that make one number or a range."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.nlp.annotations import Stretch
from kg.nlp.events.numbers import DIGITS, GLUED, HYPHENS, number_words, quantity_lexicon

_LOOSE = ("DATE", "TIME", "ORDINAL")
_CERTAIN = ("det", "amod", "poss")  # "the last three days" are days of the calendar
_WHOLE = ("of", "the", "its", "their")  # what follows "half"


def runs(doc: Doc, taken: set[int]) -> Iterator[Stretch]:
    """Stretches of number words: "1.2 million", "between 5 and 7", "hundreds of thousands"."""
    i = 0
    while i < len(doc):
        if i in taken or not _numeric(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and end not in taken:
            if not _numeric(doc[end]) and not (joint := _joins(doc, end)):
                break
            end += 1 if _numeric(doc[end]) else joint
        yield Stretch(i, end)
        i = end


def _numeric(token: Token) -> bool:
    lower = token.lower_
    if token.tag_ != "CD" and lower not in number_words() and not lower[0].isdigit():
        return False
    words = quantity_lexicon()
    if lower in words.fractions:
        return _part_of_whole(token)
    if token.i + 1 < len(token.doc) and token.nbor(1).lower_ in words.fractions and lower in words.numbers:
        return _part_of_whole(token.nbor(1))  # "three quarters of the voters" is no date
    if (token.pos_ == "PROPN" and lower not in words.scales) or _dated(token):
        return False
    if lower in words.scales:
        return (len(lower) > 2 and token.tag_ in ("CD", "NNS", "NN")) or _of_money(token)
    if GLUED.match(lower):
        return token.i > 0 and token.nbor(-1).is_currency
    if token.tag_ == "CD":
        return bool(DIGITS.match(lower)) or lower in words.numbers or "-" in lower
    return lower in ("a", "an") and token.i + 1 < len(token.doc) and _counted_off(token.nbor(1))


def _dated(token: Token) -> bool:
    """Whether the tagger sees a date or rank, unless the number counts a noun outside it ("50 and 60 residents")."""
    if token.ent_type_ not in _LOOSE:
        return False
    if token.ent_type_ == "ORDINAL" or like_a_year(token):
        return True
    while token.dep_ in ("conj", "quantmod", "cc") and token.head.ent_type_ in _LOOSE:
        token = token.head
    return token.dep_ != "nummod" or (bool(token.head.ent_type_) and not _lasts(token.head))


def _lasts(noun: Token) -> bool:
    """Whether a noun of time with its number says how long: "fought for three hours", "lasted two days"."""
    words = quantity_lexicon().durations
    if noun.lemma_.lower() not in words.units or any(c.dep_ in _CERTAIN for c in noun.lefts):
        return False
    if noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ in words.pointing:
        return False  # "two days ago"
    if noun.dep_ == "pobj":
        return noun.head.lower_ in words.prepositions and noun.head.head.pos_ in ("VERB", "NOUN")
    return noun.dep_ in ("dobj", "npadvmod") and noun.head.pos_ == "VERB"


def like_a_year(token: Token) -> bool:
    """Whether a number is more likely a year."""
    return len(token.text) == len("2022") and token.text.isdecimal()


def _counted_off(token: Token) -> bool:
    """What "a" may count: "a million people", "a third of the voters"."""
    words = quantity_lexicon()
    return (token.lower_ in words.fractions and _part_of_whole(token)) or (
        token.lower_ in words.scales and len(token.lower_) > 2 and token.tag_ in ("CD", "NN")
    )


def _part_of_whole(token: Token) -> bool:
    """ "Half of the town", "two-thirds of voters", "half a million", but not "the second half of the match"."""
    doc, words = token.doc, quantity_lexicon()
    if token.i + 1 >= len(doc):
        return False
    before, after = doc[max(token.i - 1, 0)], token.nbor(1)
    scaled = doc[min(token.i + 2, len(doc) - 1)] if after.lower_ == "a" else after
    if scaled.lower_ in words.scales:
        return token.lower_ == "half"
    if token.lower_ == "half":
        return after.lower_ in _WHOLE and before.tag_ not in ("JJ", "DT", "VBN")
    return after.lower_ == "of" and (before.lower_ in words.numbers or before.text in HYPHENS)


def _of_money(token: Token) -> bool:
    """Whether a short scale stands right behind a sum: "€300m", but not "a 100m race"."""
    if token.i < 2 or not DIGITS.match(token.nbor(-1).text):
        return False
    coded = token.nbor(-2).lower_ in quantity_lexicon().codes  # "EUR 40 m"
    return coded or (token.nbor(-2).is_currency and not token.nbor(-1).whitespace_)


def _joins(doc: Doc, i: int) -> int:
    """How many words at `i` link two numbers of one quantity: 1, with a currency sign 2, else 0."""
    words = quantity_lexicon()
    lower, last = doc[i].lower_, len(doc) - 1
    if lower not in ("of", "to", "and", "or", "a", "in", *HYPHENS) or i >= last:
        return 0
    after = doc[i + 1]
    if lower == "and" and after.lower_ == "a" and i + 2 <= last and doc[i + 2].lower_ in words.fractions:
        return 2  # "one and a half million"
    if lower == "a":
        return int(doc[i - 1].lower_ == "half" and after.lower_ in words.scales)
    if lower in ("to", "and") and after.is_currency and i + 2 <= last and _numeric(doc[i + 2]):
        return 2
    if not _numeric(after):
        return 0
    if lower == "in":  # "one in five voters"
        return int(doc[i - 1].lower_ in ("one", "1") and i + 2 <= last and doc[i + 2].tag_ == "NNS")
    if lower == "of":
        return int(after.lower_ in words.scales)
    if lower in HYPHENS and after.lower_ in words.fractions:
        return 1
    ends_scaled = i + 2 <= last and doc[i + 2].lower_ in words.scales  # "$5 million to 12 towns" is no range
    small = doc[i - 1].lower_ in words.scales and lower == "and" and not doc[i - 2].is_currency and after.is_alpha
    return int(after.tag_ == "CD" and (doc[i - 1].lower_ not in words.scales or ends_scaled or small))
