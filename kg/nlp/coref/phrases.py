"""Noun phrases: everything that a text can take up again, things and ideas as well as actors and places.

A phrase has its determiner, its complements and its relative clauses, as corpora of coreference mark them.  A
coordination ("Iran and Iraq") is a phrase beside its members.  Relative pronouns are no phrases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.model import MentionKind
from kg.nlp.annotations import MentionNote, Stretch

_HEADS = ("NOUN", "PROPN", "PRON", "NUM")
_ELLIPTIC = ("ADJ", "DET")  # "the wounded", "both": only as arguments
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr"))
_PLACES = _ARGUMENTS | frozenset(
    ("csubj", "iobj", "pcomp", "oprd", "poss", "appos", "conj", "npadvmod", "ccomp", "advcl", "relcl", "dep", "ROOT")
)
_NOT_PHRASES = ("WP", "WDT", "WP$", "WRB", "EX")  # tags of "who", "which", "whose", "there"
_BREAKS = ("cc", "conj", "preconj")
_MARKS = frozenset(",;:-–—.!?")


class Phrase(NamedTuple):
    """One noun phrase.  `note` is the mention of an actor or place with the same head, as an index."""

    stretch: Stretch
    head: int
    note: int | None
    joined: bool = False  # a coordination, told by the head of its first member


def find_phrases(doc: Doc, notes: list[MentionNote]) -> list[Phrase]:
    """All noun phrases in text order, the longer first; no two have one stretch."""
    by_head = {note.head: i for i, note in enumerate(notes)}
    found: dict[Stretch, Phrase] = {}
    for index in _heads(doc):
        for phrase in _headed(doc[index], by_head):
            found.setdefault(phrase.stretch, phrase)
    heads = {phrase.head for phrase in found.values()}
    for index, note in enumerate(notes):
        if note.form != MentionKind.ADJECTIVAL and note.head not in heads and doc[note.head].tag_ not in _NOT_PHRASES:
            heads.add(note.head)
            found.setdefault(note.stretch, Phrase(note.stretch, note.head, index))
    for entity in doc.ents:  # "Nobel" in "the Nobel committee"
        stretch = Stretch(entity.start, entity.end)
        if heads.isdisjoint(range(*stretch)) and doc[stretch.end - 1].pos_ == "PROPN":
            found.setdefault(stretch, Phrase(stretch, stretch.end - 1, by_head.get(stretch.end - 1)))
    return sorted(found.values(), key=lambda p: (p.stretch.start, -p.stretch.end))


def _heads(doc: Doc) -> list[int]:
    """Tokens that head a noun phrase; told from arrays, since most tokens do not."""
    code = doc.vocab.strings.add
    nouns, elliptic = {code(pos) for pos in _HEADS}, {code(pos) for pos in _ELLIPTIC}
    places, arguments = {code(dep) for dep in _PLACES}, {code(dep) for dep in _ARGUMENTS}
    barred = {code(tag) for tag in _NOT_PHRASES}
    return [
        index
        for index, (pos, dep, tag) in enumerate(doc.to_array(["POS", "DEP", "TAG"]).tolist())
        if dep in places and tag not in barred and (pos in nouns or (pos in elliptic and dep in arguments))
    ]


def _headed(token: Token, by_head: dict[int, int]) -> Iterator[Phrase]:
    yield Phrase(_extent(token), token.i, by_head.get(token.i))
    if token.dep_ != "conj" and any(child.dep_ == "conj" and child.pos_ in _HEADS for child in token.rights):
        yield Phrase(_trimmed(token.doc, _start(token), token.right_edge.i + 1), token.i, None, joined=True)


def _start(token: Token) -> int:
    for child in token.lefts:
        if child.dep_ not in _BREAKS and child.dep_ != "punct":
            return int(child.left_edge.i)
    return int(token.i)


def _extent(token: Token) -> Stretch:
    """Without what is coordinated with the head, and without marks at the edges."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ in _BREAKS:
            break
        end = child.right_edge.i + 1
    return _trimmed(token.doc, _start(token), end)


def _trimmed(doc: Doc, start: int, end: int) -> Stretch:
    while end - start > 1 and (doc[end - 1].text in _MARKS or doc[end - 1].is_space):
        end -= 1
    while end - start > 1 and (doc[start].text in _MARKS or doc[start].is_space):
        start += 1
    return Stretch(start, end)
