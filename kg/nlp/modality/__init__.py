"""Whether an occurrence is told as actual, possible, planned, conditional or generic, and whether it is denied.

Read from auxiliaries, negators and the words that govern the predicate: implicatives ("failed to"), intentions
("plans to"), purposes, conditions, habits.  What a saying verb governs is not touched: hearsay is the statements'
matter.
"""

from __future__ import annotations

from functools import partial

from spacy.tokens import Token

from kg.nlp.modality import clauses, nouns, verbs
from kg.nlp.modality.factuality import Factuality, modality_lexicon, weaker

__all__ = ["Factuality", "carried", "factuality", "modality_lexicon"]

_DEEP = 8  # governors looked at; real chains are shorter
_KNOWN = "kg_told"  # key of the Doc's user data


def factuality(token: Token) -> Factuality:
    """How the occurrence that `token`, a verb or an event noun, names is told."""
    return _of(token, 0)


def carried(noun: Token, verb: Token) -> Factuality:
    """How an event is told that `noun` names and the light `verb` carries ("did not carry out any strikes")."""
    own = nouns.own(noun)
    first = noun.head if noun.dep_ == "conj" else noun
    if first.dep_ == "nsubj" and nouns.certain(first) and verb.lemma_.lower() in modality_lexicon().words.continuing:
        return own  # "if the strike lasts": there is one
    outer = factuality(verb)
    return Factuality(own.negated or outer.negated, weaker(own.modality, outer.modality))


def _of(token: Token, depth: int) -> Factuality:
    """How `token` is told; kept with the Doc, since roles, times and other words on the same chain ask again."""
    if depth > _DEEP:
        return Factuality()
    known: dict[int, Factuality] = token.doc.user_data.setdefault(_KNOWN, {})
    found = known.get(token.i)
    if found is None:
        found = known[token.i] = _read(token, depth)
    return found


def _read(token: Token, depth: int) -> Factuality:
    outer = partial(_of, depth=depth + 1)
    if verbs.verbal(token) or token.tag_.startswith("VB"):
        return clauses.governed(token, verbs.own(token), outer)
    if token.pos_ in ("ADJ", "ADV") and token.head.i != token.i:
        return outer(token.head)  # "was not able to"
    return nouns.governed(token, nouns.own(token), outer)
