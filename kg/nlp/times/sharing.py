"""Which verbs and nouns a time stands with, and which clauses share it: read off the parse, for one token at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.model import Modality
from kg.nlp.annotations import TimeNote
from kg.nlp.modality import factuality
from kg.nlp.roles.words import role_lexicon
from kg.nlp.times.periods import time_lexicon

_VERBAL = ("VERB", "AUX")
_PRESENT = ("VBZ", "VBP")
_DEEP = 8
_CLIMBING = ("pobj", "prep", "npadvmod", "advmod", "pcomp", "dep", "appos", "nsubj", "dobj", "conj")
_WITHIN = ("in", "with", "by", "during", "amid", "through", "on", "against")  # "died in the crash" on its day
_SHARING = ("conj", "xcomp", "dobj", "nsubjpass", "nsubj", "attr", "pobj", "prep", "agent", "relcl", "acl", "pcomp")
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
    parted = _parted(doc, note, token)
    if parted is not None:
        yield parted.i
        return
    for _ in range(_DEEP):
        head = token.head
        if head.i == token.i:
            return
        if token.dep_ == "prep" and token.lower_ in ("in", "on") and head.lower_ in _COMPARING:
            return  # "as in 1990"
        climbs = token.dep_ in _CLIMBING
        if note.start and not note.end and _compared(head, note):
            return
        if head.pos_ in _VERBAL:
            yield head.i
            return
        if head.pos_ in ("NOUN", "PROPN") and head.i not in range(*note.stretch):
            yield head.i
            if token.dep_ not in ("prep", "npadvmod"):
                return  # "the 2014 election", "Friday's attack": the noun's time alone
        elif not climbs and head.pos_ not in ("ADP", "ADV", "ADJ", "SCONJ"):
            return
        token = head


def _compared(head: Token, note: TimeNote) -> bool:
    """ "The first strike since 2017", "the worst since May": no time of the strike, but how long there was none."""
    before = head.doc[head.left_edge.i : note.stretch.start]
    return any(t.tag_ in ("JJS", "RBS") or t.lower_ in role_lexicon().singling for t in before)


def _parted(doc: Doc, note: TimeNote, root: Token) -> Token | None:
    """The verb of "On 3 May police arrested her", where the parser makes one phrase of the date and the subject."""
    if not note.stretch.start or root.dep_ not in ("compound", "nummod", "nmod"):
        return None
    prep = doc[note.stretch.start - 1]
    alone = prep.dep_ == "prep" and prep.head.pos_ in _VERBAL and not any(c.dep_ == "pobj" for c in prep.children)
    return prep.head if alone else None


def clauses(token: Token) -> Iterator[Token]:
    """`token` and the predicates whose time it shares, inner first; purposes and reported clauses share none."""
    aside = False  # inside a clause that tells more of a noun
    for _ in range(_DEEP):
        yield token
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return
        aside = aside or dep in ("relcl", "acl")
        if dep == "pobj" and head.lower_ not in _WITHIN:
            return
        if dep in ("dobj", "nsubjpass") and token.pos_ == "NOUN" and not aside and _told_before(token):
            return
        if dep not in _SHARING and not (dep == "advcl" and _simultaneous(token)):
            return
        token = head


def apart(verb: Token, head: Token, note: TimeNote) -> bool:
    """Whether a time after the first of two joined verbs is not the second one's.

    "Missed its aims last year and was revising them", "married last year and works as a teacher".
    """
    if verb.dep_ != "conj" or not head.i < note.stretch.start < verb.i:
        return False
    return (_own_auxiliary(verb) and verb.tag_ != head.tag_) or (verb.tag_ in _PRESENT and head.tag_ == "VBD")


def _own_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.i < verb.i for c in verb.children)


def goes_on(clause: Token) -> bool:
    """Whether a relative clause takes the story on instead of telling which: it stands after a comma."""
    first = clause.left_edge.i
    return first > 0 and clause.doc[first - 1].text == ","


def scene(clause: Token) -> bool:
    """Whether a relative clause tells what happened at its antecedent: "in which", "when"."""
    within = (c for p in clause.children if p.dep_ == "prep" for c in p.children)
    return any(c.tag_ in ("WDT", "WRB") for c in (*within, *(c for c in clause.children if c.dep_ == "advmod")))


def _told_before(noun: Token) -> bool:
    """What was condemned on Monday may have happened before; what was caused or planned for Monday did not."""
    return noun.head.lemma_.lower() not in time_lexicon().causal and factuality(noun).modality is not Modality.FUTURE


def continues(clause: Token) -> bool:
    """Whether a coordinated verb shares its subject with the verb before."""
    alike = not _own_auxiliary(clause) or _own_auxiliary(clause.head)
    return (
        alike and clause.dep_ == "conj" and clause.pos_ == "VERB" and not any("subj" in c.dep_ for c in clause.children)
    )


def told_by_when(verb: Token, note: TimeNote) -> bool:
    """ "Since last year, when he resigned": the resignation falls into that year."""
    return verb.dep_ == "relcl" and verb.head.i in note.stretch and any(c.lower_ == "when" for c in verb.children)


def unbounded(note: TimeNote) -> TimeNote:
    """A half-open time as the day, month or year that bounds it."""
    return note if note.value else replace(note, value=note.start or note.end, start="", end="")


def reporting(verb: Token) -> Token:
    """The verb under which `verb`, a saying inside another's report, stands; itself where there is none."""
    for token in climb(verb):
        if token.dep_ == "ccomp":
            return token.head
        if token.dep_ not in ("conj", "advcl", "xcomp"):
            break
    return verb


def _simultaneous(clause: Token) -> bool:
    """A participle or a clause of time shares the time of its governor; purposes, causes and conditions do not."""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    if any(c.tag_ == "TO" for c in clause.children):
        return False
    return not marks - {"as", "while", "when", "thereby", "thus"} or clause.tag_ in ("VBG", "VBN")
