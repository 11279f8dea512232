"""Which clauses share the time of another: read off the parse, for one token at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.model import Modality
from kg.nlp.annotations import TimeNote
from kg.nlp.modality import factuality
from kg.nlp.times.governors import VERBAL, climb
from kg.nlp.times.periods import time_lexicon

_PRESENT = ("VBZ", "VBP")
_DEEP = 8
SCENES = ("in", "by", "during", "amid")
_WITHIN = ("in", "with", "by", "during", "amid", "through", "on", "against")  # "died in the crash" on its day
_SHARING = ("conj", "xcomp", "dobj", "nsubjpass", "nsubj", "attr", "pobj", "prep", "agent", "relcl", "acl", "pcomp")
_WHENCE = ("when", "as", "since")  # what opens a clause that dates its governor


def clauses(token: Token) -> Iterator[Token]:
    """`token` and the predicates whose time it shares, inner first; purposes and reported clauses share none."""
    aside = False  # inside a clause that tells more of a noun
    for _ in range(_DEEP):
        yield token
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return
        aside = aside or dep in ("relcl", "acl")
        if dep in ("pobj", "pcomp") and head.lower_ not in _WITHIN:
            return
        if dep in ("dobj", "nsubjpass") and token.pos_ == "NOUN" and not aside and _told_before(token):
            return
        if dep == "xcomp" and head.tag_ == "VBD" and factuality(token).modality is Modality.FUTURE:
            return  # "agreed on Monday to work together"
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


def going_on(verb: Token) -> bool:
    """Whether the clause tells what went on at the time it is told from: in the progressive or the present tense."""
    for clause in clauses(verb):
        if clause.pos_ not in VERBAL:
            continue
        auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
        if not auxiliaries and clause.tag_ not in ("VBD", *_PRESENT):
            continue  # a participle: its governor tells
        finite = auxiliaries[0] if auxiliaries else clause
        if finite.lemma_ == "have":
            return False
        return clause.tag_ == "VBG" or finite.tag_ in _PRESENT
    return False


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


def beneath(child: Token) -> Iterator[Token]:
    """The clause under `child` that tells when, or by what, its governor came about."""
    if child.dep_ == "advcl" and any(opened_by(child, mark) for mark in _WHENCE):
        yield child
    elif child.dep_ == "prep" and child.lower_ == "by":
        yield from (c for c in child.children if c.dep_ == "pcomp")


def opened_by(clause: Token, mark: str) -> bool:
    """Whether `mark` stands at the head of a clause."""
    return any(c.lower_ == mark and c.dep_ in ("mark", "advmod") and c.i < clause.i for c in clause.children)


def perfect(verb: Token) -> bool:
    """ "Had left", "has left"."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def before_when(clause: Token) -> int | None:
    """The token before "when" and its comma: "since last year, when he resigned"."""
    first = clause.left_edge
    if first.lower_ != "when" or first.head.i != clause.i or first.i < 2:
        return None
    return first.i - 2 if first.nbor(-1).text == "," else first.i - 1


def unbounded(doc: Doc, note: TimeNote) -> TimeNote:
    """A half-open time as the day, month or year that bounds it; of "from 2011 to 2018" the end."""
    if note.value:
        return note
    ranged = any(t.lower_ in time_lexicon().joiners for t in doc[note.stretch.start : note.stretch.end])
    if note.start and note.end and not ranged:
        return note
    return replace(note, value=note.end or note.start, start="", end="")


def moved_on(clause: Token) -> bool:
    """ "And charged two weeks later": a clause with a measure of its own shares no time."""
    shifting = time_lexicon().shifting
    adverbs = (c for c in clause.children if c.dep_ == "advmod" and c.lower_ in shifting)
    return any(c.dep_ == "npadvmod" for adverb in adverbs for c in adverb.children)


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
    if not marks - {"as", "while", "when", "thereby", "thus"}:
        return True
    finite = any(c.dep_ in ("aux", "auxpass") for c in clause.children)
    return clause.tag_ in ("VBG", "VBN") and not finite
