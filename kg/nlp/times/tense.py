"""Whether the clause around a time looks back or ahead."""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import Modality
from kg.nlp.modality import factuality
from kg.nlp.roles.clauses import infinitive
from kg.nlp.times.governors import VERBAL, climb
from kg.nlp.times.periods import Tense, time_lexicon

_PRESENT = ("VBZ", "VBP")


def tense_of(token: Token, scheduled: bool = False) -> Tense:
    """Whether the clause around `token` looks ahead; what has happened, or is told in the past, looks back.

    Where days may be `scheduled`, as nowhere in headings, "meets on Friday" looks ahead.
    """
    if _awaited(token):
        return Tense.FUTURE
    verb = next((t for t in climb(token) if t.pos_ in VERBAL), None)
    if verb is None:
        return Tense.PAST
    if _announced(verb):
        return Tense.FUTURE
    children = list(verb.children)
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in children):
        return Tense.PAST
    planned = (c for v in (verb, *children) if v.head.lemma_ == "be" and v.dep_ == "xcomp" for c in v.children)
    if any(c.tag_ == "TO" for c in planned):
        return Tense.FUTURE  # "is to be held"
    modality = factuality(verb).modality
    if modality is Modality.FUTURE or any(c.dep_ == "aux" and c.tag_ == "MD" for c in children):
        return Tense.FUTURE
    if modality is not Modality.ACTUAL:  # "threatened to leave on Monday" may well date the threat
        return Tense.PAST if verb.head.tag_ == "VBD" else Tense.FUTURE
    going = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in _PRESENT for c in children)
    told = scheduled and verb.tag_ in _PRESENT and token.dep_ in ("pobj", "npadvmod")
    return Tense.FUTURE if going or told else Tense.PAST


def of_a_noun(token: Token) -> bool:
    """Whether a time belongs to a noun that is not itself awaited, so that the verb's tense says little of it."""
    noun = token.head.head if token.dep_ == "pobj" else token.head
    return noun.pos_ == "NOUN" and noun.dep_ in ("pobj", "appos") and not _awaited(token)


def _announced(verb: Token) -> bool:
    """ "Minister to resign on Friday": an infinitive without a verb over it, as headings have."""
    loose = verb.head.dep_ == "ROOT" and (verb.head.i == verb.i or verb.head.pos_ in ("NOUN", "PROPN"))
    return loose and infinitive(verb)


def _awaited(token: Token) -> bool:
    """ "Ahead of Sunday's vote", "wants a truce before the vote on Sunday", "scheduled for Sunday"."""
    noun = token.head if token.dep_ in ("poss", "compound") else token
    prep = noun.head
    if noun.dep_ == "pobj" and prep.lower_ == "of" and prep.i > 0 and prep.nbor(-1).lower_ == "ahead":
        return True
    if prep.lower_ == "for" and prep.head.tag_ == "VBN" and prep.head.lemma_.lower() in time_lexicon().scheduling:
        return not any(c.lower_ == "had" for c in prep.head.children)
    if noun.i == token.i and prep.dep_ == "prep" and prep.head.pos_ in ("NOUN", "PROPN"):
        noun, prep = prep.head, prep.head.head
    if noun.dep_ != "pobj" or prep.lower_ != "before" or noun.i == token.i:
        return False
    verb = next((t for t in climb(prep) if t.pos_ in VERBAL), None)
    return verb is not None and (verb.tag_ in _PRESENT or any(c.tag_ == "MD" for c in verb.children))
