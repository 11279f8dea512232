"""Bodies and places: what is part of what, who serves under arms, what is based or lies where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.gazetteer import inside
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Bond, MentionNote
from kg.nlp.relations.offices import predicative
from kg.nlp.relations.standing import Standing
from kg.nlp.relations.ties import BODIES, LED, NESTED, PLACES, Ties

_HOLDING = ([","], ["in"], ["of"], ["in", "the"], ["of", "the"])  # what stands between a place and what holds it


def bodies(ties: Ties) -> Iterator[Bond]:
    """Every relation of armies, ministries, companies and places that noun phrases tell."""
    for index, note in enumerate(ties.notes):
        if _under_arms(ties, index, note):
            yield from _serving(ties, index, note)
        elif note.kind in BODIES:
            yield from _body(ties, index, note)
        elif note.kind in PLACES and note.form is not MentionKind.ADJECTIVAL:
            yield from _place(ties, index, note)
    yield from _composed(ties)
    yield from _contained(ties)


def _under_arms(ties: Ties, index: int, note: MentionNote) -> bool:
    """Whether these are some soldiers, not the force: "4,000 Ukrainian servicemen", but not "Russian troops"."""
    if note.form is not MentionKind.NOMINAL or not ties.noun(note, ties.words.soldiery):
        return False
    counted = any(c.dep_ == "nummod" or c.tag_ == "CD" for c in ties.doc[note.head].children)
    return counted or ties.kind(index) is EntityKind.GROUP


def _serving(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    """Soldiers serve their country or body."""
    for owner, link in ties.owners(ties.doc[note.head]):
        if link != "for" and ties.kind(owner) in LED and ties.kind(owner) is not EntityKind.PLACE:
            yield from ties.bond(index, "serves", owner)


def _body(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    """Armies and ministries are part of their country, companies are based in theirs."""
    head = ties.doc[note.head]
    words = ties.words
    body = ties.noun(note, words.bodies)
    state = body in words.state | words.soldiery or ties.doc[note.stretch.end - 1].text in words.state_heads
    based = not state and body in words.based and note.form is MentionKind.NOMINAL
    for owner, link in ties.owners(head):
        other = ties.notes[owner]
        unclear = other.form is MentionKind.PRONOUN and other.plural
        if link == "for" or unclear or ties.kind(owner) not in LED:
            continue
        generic = note.plural and note.kind is not EntityKind.ARMED_FORCE
        if generic and head.lower_ not in ties.words.state:
            continue  # "the governments of Europe", "Wall Street banks"
        if state and (other.kind is not EntityKind.PLACE or other.form is MentionKind.NAME):
            yield from ties.bond(index, "partOf", owner)
        elif based and link != "of" and _home(other):
            yield from ties.bond(index, "basedIn", owner)


def _home(other: MentionNote) -> bool:
    """Whether something can be based there: any named place, of adjectives only a country's."""
    named = other.kind in PLACES and other.form is not MentionKind.ADJECTIVAL
    return named or (other.kind is EntityKind.GPE)


# --- places --------------------------------------------------------------------------------------------------


def _place(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    """ "The region of X", "Y's capital", "Izyum in the Kharkiv region"."""
    head = ties.doc[note.head]
    nominal = note.form is MentionKind.NOMINAL and not predicative(head) and ties.noun(note, ties.words.located)
    for owner, link in ties.owners(head, {"in"}):
        of_noun = nominal and not note.plural and _says_where(ties, nominal, owner, link)
        of_name = note.form is MentionKind.NAME and link in ("in", "poss")
        if (of_noun or of_name) and not note.metonym:
            yield from located(ties, index, owner)


def _says_where(ties: Ties, noun: str, owner: int, link: str) -> bool:
    """Whether what owns the noun holds the place, and is not its name: not "the Kharkiv region", "the city of Lima"."""
    note = ties.notes[owner]
    if link == "adjective":
        return note.form is MentionKind.ADJECTIVAL
    if link == "of" and note.form is MentionKind.NAME and noun not in ties.words.within:
        return bool(note.places) and note.places[0].level == "country"
    return link in ("of", "poss")


def located(ties: Ties, index: int, owner: int, standing: Standing | None = None) -> Iterator[Bond]:
    """That one place lies in another, which is not its government, where the gazetteer does not object."""
    note, other = ties.notes[index], ties.notes[owner]
    if note.kind not in PLACES or other.kind not in PLACES or other.metonym:
        return
    if _fits(note, other):
        yield from ties.bond(index, "locatedIn", owner, standing or Standing())


def _fits(note: MentionNote, other: MentionNote) -> bool:
    if not (note.places and other.places) or note.form is not MentionKind.NAME:
        return True
    return any(inside(place, other.places[0]) for place in note.places)


def _contained(ties: Ties) -> Iterator[Bond]:
    """ "Izyum, Kharkiv region", "Izyum in the Kharkiv region": the text says it and the gazetteer agrees."""
    names = [i for i, n in enumerate(ties.notes) if n.form is MentionKind.NAME and n.places and not n.metonym]
    for index, outer in pairwise(names):
        note, other = ties.notes[index], ties.notes[outer]
        between = [t.lower_ for t in ties.doc[note.stretch.end : other.stretch.start]]
        if between in _HOLDING and any(inside(note.places[0], place) for place in other.places):
            yield from ties.bond(index, "locatedIn", outer)


# --- parts ---------------------------------------------------------------------------------------------------


def _composed(ties: Ties) -> Iterator[Bond]:
    """ "X, which is made up of A and B": A and B are part of X."""
    for token in ties.tokens:
        if token.pos_ != "VERB" or token.lemma_ not in ties.words.composed:
            continue
        standing = ties.clause(token)
        subject = next((t for t in token.children if t.dep_ in ("nsubj", "nsubjpass")), None)
        whole = ties.mention(subject)
        if whole is None or ties.notes[whole].kind not in LED:
            continue
        for part in _parts(token, ties.words.composed[token.lemma_]):
            for index in _members(ties, part):
                if ties.notes[index].kind in LED:
                    yield from ties.bond(index, "partOf", whole, standing)


def _parts(verb: Token, preposition: str) -> list[Token]:
    if not preposition:
        return [t for t in verb.children if t.dep_ == "dobj"]
    passive = verb.lemma_ == "consist" or any(t.dep_ in ("auxpass", "nsubjpass") for t in verb.children)
    prepositions = [t for t in verb.children if t.lower_ == preposition] if passive else []
    return [t for p in prepositions for t in p.children if t.dep_ == "pobj"]


def _members(ties: Ties, part: Token) -> list[int]:
    """Mentions coordinated in a phrase, or inside it where its head is a common noun: "the A and B republics"."""
    before = (ties.by_head[i] for i in range(part.left_edge.i, part.i) if i in ties.by_head)
    names = (i for i in before if ties.notes[i].form is MentionKind.NAME)
    inner = [i for i in names if _modifies(ties.doc[ties.notes[i].head], part)]
    return inner or [ties.by_head[t.i] for t in (part, *part.conjuncts) if t.i in ties.by_head]


def _modifies(head: Token, part: Token) -> bool:
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ in NESTED and head.head == part
