"""Clauses that state a relation: "X is the leader of Y", "X heads Y", "Y, owned by X", "X lies in Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Bond
from kg.nlp.relations.bodies import located
from kg.nlp.relations.nouns import tied_by
from kg.nlp.relations.offices import choosing, held_by
from kg.nlp.relations.standing import Standing
from kg.nlp.relations.ties import BODIES, LED, PLACES, Ties
from kg.nlp.relations.words import StateVerb
from kg.nlp.roles.clauses import subject

KINDS = {
    "person": frozenset({EntityKind.PERSON}),
    "actor": frozenset(EntityKind) - PLACES | {EntityKind.GPE},
    "body": BODIES,
    "place": PLACES,
    "led": LED,
    "property": BODIES | {EntityKind.PLACE},
}


def clauses(ties: Ties) -> Iterator[Bond]:
    """Relations that verbs and predicate nouns state."""
    words = ties.words
    for token in ties.tokens:
        lemma = token.lemma_.lower()
        if token.pos_ == "AUX" and lemma in words.copulas:
            yield from _copula(ties, token)
        elif token.pos_ in ("VERB", "ADJ"):
            if lemma in words.copulas:
                yield from _copula(ties, token)
            elif lemma in words.state_verbs and _finite(token):
                yield from _stated(ties, token, words.state_verbs[lemma])
            if lemma in words.stakes.verbs:
                yield from _stake(ties, token)


# --- "X is the Y of Z" ---------------------------------------------------------------------------------------


def _copula(ties: Ties, verb: Token) -> Iterator[Bond]:
    attributes = [c for c in verb.children if c.dep_ == "attr"]
    found = subject(verb) if attributes else None
    if found is None or any(c.dep_ == "expl" for c in verb.children):
        return
    holders, standing = list(ties.coordinated(found[0])), None
    for attribute in attributes:
        for noun in (attribute, *attribute.conjuncts):
            standing = standing or _timed(ties, verb, ties.clause(verb, lasting=_chosen(noun)))
            name = ties.by_head.get(noun.i)
            if name is not None and ties.notes[name].form is MentionKind.NAME:
                yield from said_of(ties, name, found[0], standing)  # "Nigeria's capital is Abuja"
            else:
                told = [bond for holder in holders for bond in said_of(ties, holder, noun, standing)]
                yield from (bond for bond in told if bond.object is not None or len(holders) == 1)


def _chosen(noun: Token) -> bool:
    """ "Was re-elected president", where the parser takes the participle for an adjective."""
    return any(choosing(left) for left in noun.lefts)


def said_of(ties: Ties, holder: int, noun: Token, standing: Standing) -> Iterator[Bond]:
    """What it says of `holder` to be what `noun` names; kin and founders are so for good."""
    note = ties.notes[holder]
    if note.plural or note.form is MentionKind.ADJECTIVAL:
        return
    yield from held_by(ties, holder, noun, standing)
    yield from tied_by(ties, holder, noun, standing)
    if note.kind in PLACES and note.form is MentionKind.NAME and ties.listed(noun, ties.words.located):
        for owner, _ in ties.owners(noun, {"in"}):
            yield from located(ties, holder, owner, standing)


def _timed(ties: Ties, verb: Token, standing: Standing) -> Standing:
    return standing.since(ties.timeline.own(verb)) if ties.doc._.times else standing


def _finite(verb: Token) -> bool:
    """Whether a clause tells it, not a gerund by the way: not "his success in leading the party"."""
    return verb.tag_ != "VBG" or any(c.dep_ == "aux" for c in verb.children)


# --- verbs ---------------------------------------------------------------------------------------------------


def _stated(ties: Ties, verb: Token, stated: StateVerb) -> Iterator[Bond]:
    """The relation that a verb states between what stands on its two sides."""
    sides = _prepositional(verb, stated) if stated.prepositions else _transitive(verb)
    if sides is None:
        return
    one, two = ties.mention(sides[0]), sides[1]
    if one is None or ties.kind(one) not in KINDS[stated.subjects] or ties.notes[one].plural:
        return
    standing = None
    for other in ties.coordinated(two):
        if ties.kind(other) in KINDS[stated.objects] and _settled(ties, stated, other):
            standing = standing or _timed(ties, verb, ties.clause(verb, stated.lasting))
            yield from ties.bond(one, stated.predicate, other, standing)


def _settled(ties: Ties, stated: StateVerb, other: int) -> bool:
    """Whether the object is somebody or somewhere in particular."""
    return stated.predicate not in ("locatedIn", "basedIn") or ties.notes[other].form is not MentionKind.PRONOUN


def _transitive(verb: Token) -> tuple[Token, Token] | None:
    """Who does and what it is done to: "X heads Y", "Y, headed by X", "X, who heads Y"."""
    children = {c.dep_: c for c in verb.children}
    by = next((c for c in verb.children if c.dep_ == "agent"), None)
    if by is not None:
        doer = next((c for c in by.children if c.dep_ == "pobj"), None)
        done_to = children.get("nsubjpass") or (verb.head if verb.dep_ in ("acl", "relcl") else None)
        return (doer, done_to) if doer is not None and done_to is not None else None
    acted_on = children.get("dobj")
    if acted_on is None or (verb.tag_ == "VBN" and "aux" not in children):
        return None
    found = subject(verb)
    return (found[0], acted_on) if found is not None else None


def _prepositional(verb: Token, stated: StateVerb) -> tuple[Token, Token] | None:
    """The same of "X is based in Y", "X, based in Y", "X lies in Y", "X is married to Y"."""
    place = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in stated.prepositions), None)
    other = next((c for c in place.children if c.dep_ == "pobj"), None) if place is not None else None
    if other is None or any(c.dep_ == "dobj" for c in verb.children):
        return None
    if verb.dep_ in ("acl", "amod", "relcl") and not any(c.dep_.startswith("nsubj") for c in verb.children):
        return verb.head, other
    found = subject(verb if verb.pos_ == "VERB" else verb.head)
    return (found[0], other) if found is not None else None


def _stake(ties: Ties, verb: Token) -> Iterator[Bond]:
    """ "X holds a 51 per cent stake in Y": more than half of it, or a majority, is ownership."""
    words = ties.words.stakes
    for stake in verb.children:
        if stake.dep_ != "dobj" or stake.lemma_.lower() not in words.nouns or not controlling(ties, stake):
            continue
        found = subject(verb)
        holder = ties.mention(found[0]) if found is not None else None
        into = (p for c in stake.children if c.dep_ == "prep" and c.lower_ in ("in", "of") for p in c.children)
        for other in (ties.mention(p) for p in into if p.dep_ == "pobj"):
            if holder is not None and other is not None and ties.kind(other) in BODIES:
                yield from ties.bond(holder, "owns", other, ties.clause(verb))


def controlling(ties: Ties, stake: Token) -> bool:
    """Whether a stake is a majority: by its words, or of more than half."""
    before = list(stake.doc[stake.left_edge.i : stake.i])
    if any(t.lower_ in ties.words.stakes.words for t in before):
        return True
    return any(_number(t.text) > ties.words.stakes.majority for t in before if t.like_num) and any(
        t.lower_ in ties.words.stakes.percent for t in (*before, stake)
    )


def _number(text: str) -> float:
    digits = text.replace(",", "")
    return float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
