"""Who does what to whom, where, when, how and why: the arguments of any verb or event noun, from the parse.

`arguments` reads the dependency tree alone, so it serves every predicate; which arguments fill an event's roles
is decided in ``kg.nlp.events.participants``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.nlp.annotations import Stretch
from kg.nlp.roles.adjuncts import Argument, child_arguments, object_places, oblique
from kg.nlp.roles.antecedents import antecedents
from kg.nlp.roles.circumstances import TIME_AND_PLACE, circumstances, shared_circumstances
from kg.nlp.roles.clauses import accused, is_passive, object_of, subject
from kg.nlp.roles.phrases import branch_of, is_time, named_deed, phrase
from kg.nlp.roles.words import role_lexicon

__all__ = ["Argument", "arguments"]

_KNOWN = "kg_arguments"  # key of the Doc's user data


def arguments(token: Token) -> list[Argument]:
    """All arguments and adjuncts of `token`, a verb or an event noun, in text order; worked out once a document."""
    known: dict[int, list[Argument]] = token.doc.user_data.setdefault(_KNOWN, {})
    if token.i not in known:
        known[token.i] = _arguments(token)
    return known[token.i]


def _arguments(token: Token) -> list[Argument]:
    whose = named_deed(token)
    found = list(_noun_arguments(token) if token.pos_ in ("NOUN", "PROPN") or whose else _verb_arguments(token))
    if whose is not None:
        found.append(Argument("modifier", whose.i, Stretch(whose.i, whose.i + 1), "", "modifier"))
    found += antecedents(token.doc, found)
    unique = {(a.head, a.role): a for a in reversed(found) if a.head != token.i}
    return sorted(unique.values(), key=lambda a: (a.stretch, a.role))


# --- verbs ---------------------------------------------------------------------------------------------------


def _verb_arguments(verb: Token) -> Iterator[Argument]:
    if verb.dep_ == "amod":  # "the planned visit": the noun without what stands before the participle
        role = "patient" if verb.tag_ == "VBN" else "agent"
        yield Argument(role, verb.head.i, Stretch(verb.i + 1, verb.head.i + 1), "", "modified")
        yield from _child_circumstances(verb)
        yield from (
            replace(a, inherited=True, function="shared") for a in object_places(verb.head) if a.role in TIME_AND_PLACE
        )
        return
    found = subject(verb)
    if found is not None:
        role = "patient" if is_passive(verb) else "agent"
        yield Argument(role, found[0].i, phrase(found[0], branch_of(found[0], verb)), "", "subject", found[1])
    acted_on = None if is_passive(verb) else object_of(verb)
    if acted_on is not None:
        inherited = acted_on.head.i != verb.i
        yield Argument("patient", acted_on.i, phrase(acted_on, branch_of(acted_on, verb)), "", "object", inherited)
    yield from _appositives(found[0] if found else None, "patient" if is_passive(verb) else "agent")
    yield from _appositives(acted_on, "patient")
    own = list(circumstances(verb, acted_on))
    yield from own
    yield from shared_circumstances(verb, {a.role for a in own})


def _appositives(noun: Token | None, role: str) -> Iterator[Argument]:
    """ "The teacher, Ann Lee, was": the other name of a subject or object, where the first does not hold it."""
    if noun is None:
        return
    words = phrase(noun)
    for child in noun.rights:
        if child.dep_ == "appos" and child.i not in words and child.pos_ in ("NOUN", "PROPN"):
            yield Argument(role, child.i, phrase(child), "", "appositive", True)


def _child_circumstances(verb: Token) -> Iterator[Argument]:
    for child in verb.children:
        if child.dep_ not in ("amod", "compound"):
            yield from child_arguments(child, verb)


# --- nouns ---------------------------------------------------------------------------------------------------


def _noun_arguments(noun: Token) -> Iterator[Argument]:
    yield from _shared_complements(noun)
    doer = accused(noun) if not any(c.dep_ == "poss" for c in noun.lefts) else None
    if doer is not None:
        yield Argument("agent", doer.i, phrase(doer), "", "controller", True)
    for child in noun.children:
        if child.dep_ == "poss":
            yield Argument("time" if is_time(child) else "agent", child.i, phrase(child), "", "possessor")
        elif child.dep_ in ("compound", "amod", "nmod", "nummod"):
            role = "time" if is_time(child) else "modifier"
            yield Argument(role, child.i, phrase(child), "", "modifier")
        elif child.dep_ == "prep":
            yield from (_as_noun_argument(a) for a in oblique(child))
            if child.lower_ == "of":  # "withdrawal of troops from Mali"
                yield from (a for c in child.children if c.dep_ == "pobj" for a in object_places(c, "origin"))
        elif child.dep_ == "npadvmod" and is_time(child):
            yield Argument("time", child.i, phrase(child), "", "adverb")
        elif child.dep_ == "advmod" and child.lower_ in role_lexicon().words.place:
            yield Argument("place", child.i, Stretch(child.i, child.i + 1), "", "adverb")


def _shared_complements(noun: Token) -> Iterator[Argument]:
    """ "The slaughter and maiming of men": what follows coordinated nouns belongs to each."""
    own = any(c.dep_ == "prep" for c in noun.children)
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and not own:
        for prep in noun.head.rights:
            if prep.dep_ == "prep" and prep.lower_ == "of" and prep.i > noun.i:
                yield from oblique(prep)


def _as_noun_argument(argument: Argument) -> Argument:
    return replace(argument, role="patient") if argument.preposition == "on" and argument.role == "place" else argument
