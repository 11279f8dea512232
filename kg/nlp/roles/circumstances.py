"""Where and when a verb's clause is set: its own times and places, and those that it shares with verbs around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.nlp.roles.adjuncts import Argument, child_arguments, clause_of, object_places, oblique, relative_adverb
from kg.nlp.roles.clauses import SUBJECTS, infinitive, is_passive, object_of
from kg.nlp.roles.words import role_lexicon

TIME_AND_PLACE = ("place", "time")
_JOINED = ("conj", "xcomp", "advcl", "pcomp")
_DEEP = 3  # how far shared times and places are looked for


def circumstances(verb: Token, acted_on: Token | None) -> Iterator[Argument]:
    """What hangs on the verb itself, and the adjuncts that the parser hung on its object."""
    for child in verb.children:
        yield from child_arguments(child, verb)
    if acted_on is not None and acted_on.head.i == verb.i:
        takes = verb.lemma_.lower() in role_lexicon().removing
        yield from object_places(acted_on, *(("origin",) if takes else ()))
        for clause in acted_on.rights:
            if clause.dep_ in ("relcl", "advcl") and infinitive(clause):  # "built a school to train nurses"
                yield Argument("purpose", clause.i, clause_of(clause), "", "clause")
    yield from relative_adverb(verb)
    if is_passive(verb):
        yield from _agents_astray(verb)
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None:
        yield from (
            replace(a, inherited=True, function="shared") for a in object_places(own) if a.role in ("place", "time")
        )


def _agents_astray(verb: Token) -> Iterator[Argument]:
    """ "Was fined millions by the court": a "by" that the parser hangs on the object that stands between."""
    if any(c.dep_ == "agent" for c in verb.children):
        return
    for noun in (c for c in verb.rights if c.dep_ == "dobj"):
        for prep in (p for p in noun.rights if p.dep_ == "prep" and p.lower_ == "by"):
            yield from (a for a in oblique(prep) if a.role == "agent")


def shared_circumstances(verb: Token, known: set[str]) -> Iterator[Argument]:
    """Time and place from the verbs around, nearest first, each where this one has none so far."""
    missing = set(TIME_AND_PLACE) - known
    for other in _around(verb):
        if not missing:
            return
        found = set()
        for argument in circumstances(other, object_of(other)):
            wanted = argument.role in missing and argument.function in ("oblique", "adverb", "shared")
            if wanted and verb.i not in argument.stretch and (other.dep_ != "ROOT" or _reaches(argument, verb, other)):
                found.add(argument.role)
                yield replace(argument, inherited=True, function="shared")
        missing -= found
    if "place" in missing:
        yield from _scenes(verb)


def _scenes(verb: Token) -> Iterator[Argument]:
    """ "Troops stationed in Mali", "in a firing at the border": where the participants are told to be."""
    nouns = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    linked = (p for p in verb.children if p.dep_ in ("prep", "agent") and p.lower_ != "according")
    nouns += [n for p in linked for n in p.children if n.dep_ == "pobj"]
    for noun in nouns:
        clauses = (c for c in noun.rights if c.dep_ == "acl")
        found = [*object_places(noun), *(a for clause in clauses for a in circumstances(clause, object_of(clause)))]
        yield from (
            replace(a, inherited=True, function="shared") for a in found if a.role == "place" and a.function != "clause"
        )


def _around(verb: Token) -> Iterator[Token]:
    """The verbs whose time and place one may share: those under it, those it is joined to or hangs on, the main one."""
    yield from (c for c in verb.rights if c.dep_ in ("xcomp", "conj") and c.pos_ == "VERB")
    token = verb
    for _ in range(_DEEP):
        if token.dep_ not in _JOINED:
            break
        head = token.head if token.head.pos_ != "ADP" else token.head.head
        if head.i == token.i:
            return
        if head.pos_ == "VERB":
            yield head
        token = head
    root = verb.sent.root
    if root.pos_ == "VERB" and root.i not in (verb.i, token.i):
        yield root


def _reaches(argument: Argument, verb: Token, root: Token) -> bool:
    """Whether a phrase of the main verb is about `verb` too: joined to it directly, or said before all else."""
    governor = verb.head if verb.head.pos_ != "ADP" else verb.head.head
    return (governor.i == root.i and verb.dep_ in _JOINED) or argument.head < min(verb.i, root.i)
