"""Which verbs and nouns a time expression stands with, read off the parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.nlp.annotations import TimeNote
from kg.nlp.roles.words import role_lexicon
from kg.nlp.times.periods import time_lexicon

VERBAL = ("VERB", "AUX")
_DEEP = 8
_CLIMBING = ("pobj", "prep", "npadvmod", "advmod", "pcomp", "dep", "appos", "nsubj", "dobj", "conj")
_ADVERBIAL = ("prep", "npadvmod", "advmod")
_MEASURING = ("before", "after")
_SET = ("for", "on", "in")
_COMPARING = ("as", "than", "like", "unlike")


def climb(token: Token) -> Iterator[Token]:
    """`token` and what it hangs on, inner first."""
    for _ in range(_DEEP):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def governors(doc: Doc, note: TimeNote) -> Iterator[int]:
    """The predicates that a time expression stands with: nouns on the way up, then the first verb."""
    token = doc[note.stretch.start : note.stretch.end].root
    parted = _parted(doc, note, token) or _measured_from(doc, note, token) or _scheduled(token)
    if parted is not None:
        yield parted.i
        return
    if _counting(note, token):
        return
    named = False  # whether a noun has taken it already
    for _ in range(_DEEP):
        head = token.head
        if head.i == token.i:
            return
        if token.dep_ == "prep" and token.lower_ in ("in", "on") and head.lower_ in _COMPARING:
            return  # "as in 1990"
        if named and token.dep_ == "pobj" and (head.lower_ == "of" or head.lower_ in time_lexicon().bounds):
            return  # "victims of the attack in March", "since the attack in March"
        climbs = token.dep_ in _CLIMBING
        if note.start and not note.end and compared(head, note):
            return
        if head.pos_ in VERBAL:
            yield (_before_plan(doc, note, head) or _before_report(doc, note, token, head) or head).i
            return
        edge = head.lower_ in time_lexicon().edges  # "the end of June"
        if head.pos_ in ("NOUN", "PROPN") and head.i not in range(*note.stretch) and not edge:
            yield head.i
            named = True
            if token.dep_ not in _ADVERBIAL:
                return  # "the 2014 election", "Friday's attack": the noun's time alone
        elif not climbs and head.pos_ not in ("ADP", "ADV", "ADJ", "SCONJ"):
            return
        token = head


def compared(head: Token, note: TimeNote) -> bool:
    """ "The first strike since 2017", "the worst since May": no time of the strike, but how long there was none."""
    before = head.doc[head.left_edge.i : note.stretch.start]
    return any(t.tag_ in ("JJS", "RBS") or t.lower_ in role_lexicon().singling for t in before)


def _counting(note: TimeNote, root: Token) -> bool:
    """ "The fifth in eight years": how often, not when."""
    first = root.head if root.dep_ == "pobj" else root.doc[note.stretch.start]
    before = first.doc[first.i - 1] if first.i else first
    return before.ent_type_ == "ORDINAL" or before.lower_ in time_lexicon().ordinals


def _parted(doc: Doc, note: TimeNote, root: Token) -> Token | None:
    """The verb of "On 3 May police arrested her", where the parser makes one phrase of the date and the subject."""
    if not note.stretch.start or root.dep_ not in ("compound", "nummod", "nmod"):
        return None
    prep = doc[note.stretch.start - 1]
    alone = prep.dep_ == "prep" and prep.head.pos_ in VERBAL and not any(c.dep_ == "pobj" for c in prep.children)
    return prep.head if alone else None


def _measured_from(doc: Doc, note: TimeNote, root: Token) -> Token | None:
    """The noun of "a day before the vote on Sunday", where the parser hangs the date on the verb."""
    prep = root.head
    if root.dep_ != "pobj" or prep.i == 0 or prep.head.pos_ not in VERBAL:
        return None
    noun = doc[prep.i - 1]
    link = noun.head
    dated = noun.dep_ == "pobj" and link.lower_ in _MEASURING and link.head.i == prep.head.i
    return noun if dated and link.left_edge.i and doc[link.left_edge.i - 1].dep_ == "npadvmod" else None


def _before_plan(doc: Doc, note: TimeNote, verb: Token) -> Token | None:
    """The verb over an infinitive that a time of the past cannot belong to: "agreed to buy it last week"."""
    if verb.dep_ not in ("xcomp", "advcl") or verb.tag_ != "VB" or verb.head.tag_ not in ("VBD", "VBN"):
        return None
    words = doc[max(0, note.stretch.start - 1) : note.stretch.end]
    looks_back = any(t.lower_ in time_lexicon().backward for t in words)
    return verb.head if looks_back and any(c.tag_ == "TO" for c in verb.children) else None


def _before_report(doc: Doc, note: TimeNote, phrase: Token, verb: Token) -> Token | None:
    """ "Said on Monday they had met", "wrote on Monday: “We met”": what stands before a clause is the verb's."""
    over, end = verb.head, note.stretch.end
    quoted = end < verb.i and (doc[end].text == '"' or doc[min(end + 1, verb.i)].text == '"')
    before = over.i == phrase.left_edge.i - 1 or (quoted and over.i < note.stretch.start)
    return over if verb.dep_ == "ccomp" and before and over.pos_ == "VERB" else None


def _scheduled(root: Token) -> Token | None:
    """What "scheduled for October" is said of: the date is the vote's, not that of its scheduling."""
    verb = root.head.head
    if root.dep_ != "pobj" or root.head.lower_ not in _SET or verb.lemma_.lower() not in time_lexicon().scheduling:
        return None
    if verb.dep_ == "acl":
        return verb.head
    return next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
