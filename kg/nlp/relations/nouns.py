"""Nouns that tie their holder to their owner ("Y's son X", "X, an ally of Y"), and hyphened words ("Y-owned X")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Bond
from kg.nlp.relations.offices import phrase_start, predicative
from kg.nlp.relations.standing import HOLDS, Standing
from kg.nlp.relations.ties import BODIES, LED, NESTED, PLACES, Ties
from kg.nlp.relations.words import Tie

_PEOPLE = (EntityKind.PERSON, EntityKind.GROUP)
_TO_PLACE = ("basedIn",)
_FROM_MODIFIER = ("leads", "owns", "founded")  # "Saudi-led": it is the first word that leads


def nouns(ties: Ties) -> Iterator[Bond]:
    """Ties told by nouns that name or stand beside their holder."""
    heads = ties.words.tie_heads
    for token in ties.tokens:
        if token.lemma_.lower() in heads and token.tag_[0] == "N" and not predicative(token):
            holder = holder_of(ties, token)
            if holder is not None:
                yield from tied_by(ties, holder, token, HOLDS)
    yield from _hyphened(ties)


def holder_of(ties: Ties, noun: Token) -> int | None:
    """The mention of who goes by the noun: in apposition to it, before or behind it, or the noun's own mention."""
    after = ties.name_at.get(noun.i + 1)
    if after is not None and noun.i + 1 < noun.sent.end:
        return after  # "Y's son X", "Y's subsidiary X"
    if noun.dep_ in NESTED:
        return None  # "the parent company law"
    beside = next((c for c in noun.children if c.dep_ == "appos"), None)
    named = ties.by_head.get(beside.i) if beside is not None else ties.anchor(noun)
    if named is not None and ties.notes[named].form is MentionKind.NAME:
        return named
    return ties.by_head.get(noun.i)


def tied_by(ties: Ties, holder: int, noun: Token, given: Standing) -> Iterator[Bond]:
    """What the noun says of the mention `holder` and the noun's owners."""
    text = ties.listed(noun, ties.words.tie_nouns)
    if not text:
        return
    start = phrase_start(noun)
    standing = ties.standing(start, noun.i + 1, given)
    name = ties.doc[ties.notes[holder].head]
    owners = [*ties.owners(noun), *(ties.owners(name) if name.i > noun.i else ())]
    for tie in ties.words.tie_nouns[text]:
        told = standing._replace(ended=(standing.ended or tie.ended) and not tie.lasting)
        for owner, link in owners:
            if link in tie.links and _may_tie(ties, tie, holder, owner):
                one, other = (owner, holder) if tie.inverse else (holder, owner)
                yield from ties.bond(one, tie.predicate, other, told, through=noun.i + 1)


def _may_tie(ties: Ties, tie: Tie, holder: int, owner: int) -> bool:
    """Whether the two can stand so: kin are persons, of whom the text names one; owners own bodies and places."""
    mine, theirs = ties.kind(holder), ties.kind(owner)
    unclear = ties.notes[owner].form is MentionKind.PRONOUN and ties.notes[owner].plural
    if unclear or ties.cluster[holder] == ties.cluster[owner]:
        return False
    if tie.kin:
        persons = mine is EntityKind.PERSON and theirs is EntityKind.PERSON
        told = ties.named(holder) or (ties.named(owner) and ties.notes[owner].form is not MentionKind.PRONOUN)
        return persons and not ties.notes[holder].plural and told
    if tie.predicate in ("owns", "founded"):
        thing = mine if tie.inverse else theirs
        return thing in BODIES or thing is EntityKind.PLACE
    if tie.predicate == "partOf":
        return (mine in PLACES and theirs in PLACES) or (mine in BODIES and theirs in LED)
    return mine is not EntityKind.PLACE and theirs is not EntityKind.PLACE


def _hyphened(ties: Ties) -> Iterator[Bond]:
    """ "Western-backed", "Saudi-led", "pro-Russian": the modifier's mention and that of the noun it modifies."""
    for hyphen in ties.tokens:
        if hyphen.text != "-" or not 0 < hyphen.i < len(ties.tokens) - 1:
            continue
        before, after = ties.tokens[hyphen.i - 1], ties.tokens[hyphen.i + 1]
        predicate, other = ties.words.hyphened.get(after.lower_, ""), ties.by_head.get(before.i)
        modifier = after
        if not predicate and before.lower_ in ties.words.prefixed:
            predicate, other = ties.words.prefixed[before.lower_], ties.by_head.get(after.i)
        noun = modifier.head if modifier.dep_ in NESTED else None
        holder = holder_of(ties, noun) if noun is not None else None
        if predicate and holder is not None and other is not None:
            yield from _compound(ties, holder, predicate, other)


def _compound(ties: Ties, holder: int, predicate: str, other: int) -> Iterator[Bond]:
    kind, theirs = ties.kind(holder), ties.kind(other)
    if predicate in _TO_PLACE:
        if theirs in PLACES and kind not in PLACES:
            yield from ties.bond(holder, predicate, other)
    elif predicate in _FROM_MODIFIER:
        somebody = predicate != "leads" and ties.notes[other].form is MentionKind.ADJECTIVAL  # by some firm there
        led = kind in BODIES or (kind is EntityKind.GROUP and predicate == "leads")
        if led and not somebody:
            yield from ties.bond(other, predicate, holder)
    elif kind is not EntityKind.PLACE:
        yield from ties.bond(holder, predicate, other)
