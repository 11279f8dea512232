"""Who does what to whom, where, when, how and why: the arguments of any verb or event noun, from the parse.

`arguments` reads the dependency tree alone, so it serves every predicate; which arguments fill an event's roles
is decided in ``kg.nlp.events.participants``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.nlp.annotations import Stretch
from kg.nlp.clauses import (
    CLAUSES,
    SUBJECTS,
    branch_of,
    infinitive,
    is_passive,
    is_time,
    object_of,
    phrase,
    role_lexicon,
    subject,
    trim,
)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its role as the syntax tells it, its head token and its words.

    ``role`` is agent, patient, recipient, instrument, place, origin, destination, time, manner, cause, purpose, topic,
    party, path, capacity, condition, concession, comparison or modifier.  ``function`` is how it is attached:
    subject, object, indirect, oblique, clause, adverb, possessor or modifier.  ``inherited`` marks arguments
    found outside the predicate's own phrase: antecedents, controllers, shared subjects.
    """

    role: str
    head: int
    stretch: Stretch
    preposition: str = ""
    function: str = ""
    inherited: bool = False


def arguments(token: Token) -> list[Argument]:
    """All arguments and adjuncts of `token`, a verb or an event noun, in text order."""
    found = _noun_arguments(token) if token.pos_ in ("NOUN", "PROPN") else _verb_arguments(token)
    unique = {(a.head, a.role): a for a in reversed(list(found)) if a.head != token.i}
    return sorted(unique.values(), key=lambda a: (a.stretch, a.role))


# --- verbs ---------------------------------------------------------------------------------------------------


def _verb_arguments(verb: Token) -> Iterator[Argument]:
    if verb.dep_ == "amod":  # "the planned visit": the noun without what stands before the participle
        yield Argument("patient" if verb.tag_ == "VBN" else "agent", verb.head.i, Stretch(verb.i + 1, verb.head.i + 1))
        return
    found = subject(verb)
    if found is not None:
        role = "patient" if is_passive(verb) else "agent"
        yield Argument(role, found[0].i, phrase(found[0], branch_of(found[0], verb)), "", "subject", found[1])
    acted_on = None if is_passive(verb) else object_of(verb)
    if acted_on is not None:
        inherited = acted_on.head.i != verb.i
        yield Argument("patient", acted_on.i, phrase(acted_on, branch_of(acted_on, verb)), "", "object", inherited)
    circumstances = list(_circumstances(verb, acted_on))
    yield from circumstances
    yield from _shared_circumstances(verb, {a.role for a in circumstances})


def _circumstances(verb: Token, acted_on: Token | None) -> Iterator[Argument]:
    """What hangs on the verb itself, and the adjuncts that the parser hung on its object."""
    for child in verb.children:
        yield from _child_arguments(child, verb)
    if acted_on is not None and acted_on.head.i == verb.i:
        yield from _object_places(acted_on)
    yield from _relative_adverb(verb)
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None:
        yield from (replace(a, inherited=True) for a in _object_places(own) if a.role in ("place", "time"))


def _shared_circumstances(verb: Token, known: set[str]) -> Iterator[Argument]:
    """Time and place of the verbs that this one is joined to, depends on or governs, where it has none itself."""
    joined = [c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"]
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp"):
        governor = verb.head if verb.head.pos_ != "ADP" else verb.head.head
        joined += [governor] if governor.pos_ == "VERB" and governor.i != verb.i else []
    for other in joined:
        for argument in _circumstances(other, object_of(other)):
            wanted = argument.role in ("time", "place") and argument.role not in known
            if wanted and argument.function in ("oblique", "adverb") and verb.i not in argument.stretch:
                yield replace(argument, inherited=True)


def _child_arguments(child: Token, verb: Token) -> Iterator[Argument]:
    dep = child.dep_
    if dep in ("prep", "agent") or (dep == "dative" and child.pos_ == "ADP"):
        yield from _oblique(child)
    elif dep == "dative":
        yield Argument("recipient", child.i, phrase(child), "", "indirect")
    elif dep == "dobj" and is_passive(verb):
        yield Argument("patient", child.i, phrase(child), "", "object")
    elif dep in ("oprd", "acomp") or (dep == "attr" and verb.lemma_ != "be"):
        yield Argument("capacity", child.i, phrase(child), "", "clause")
    elif dep in CLAUSES:
        yield Argument("topic", child.i, _clause(child), "", "clause")
        raised = next((c for c in child.children if c.dep_ == "nsubj"), None)
        if raised is not None and infinitive(child) and verb.lemma_ in role_lexicon().object_control:
            yield Argument("patient", raised.i, phrase(raised), "", "object", True)  # "allowed them to leave"
    elif dep == "advcl":
        role = _clause_role(child)
        yield Argument(role, child.i, _clause(child), "", "clause")
    elif dep in ("npadvmod", "advmod", "prt"):
        yield from _adverb(child)


def _oblique(prep: Token, prefix: str = "") -> Iterator[Argument]:
    """The objects of a preposition; chains such as "out of", "from under" keep the whole as preposition."""
    words = f"{prefix} {prep.lower_}".strip()
    for child in prep.children:
        if child.dep_ == "prep":
            yield from _oblique(child, words)
        elif child.dep_ == "pobj" or (child.dep_ not in ("prep", "pcomp", "punct", "cc", "conj") and child.i > prep.i):
            yield Argument(_oblique_role(prep, words, child), child.i, phrase(child), words, "oblique")
        elif child.dep_ == "pcomp":
            role = "manner" if words in ("by", "without", "with") else _oblique_role(prep, words, child)
            yield Argument(role, child.i, _clause(child), words, "clause")
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from _oblique(child)


def _oblique_role(prep: Token, words: str, noun: Token) -> str:
    if (is_time(noun) and words not in ("by", "with")) or (words == "by" and is_time(noun) and prep.dep_ != "agent"):
        return "time"
    table = role_lexicon().prepositions
    return table.get(words) or table.get(prep.lower_, "manner")


def _adverb(child: Token) -> Iterator[Argument]:
    words = role_lexicon().words
    lower = child.lower_
    if child.dep_ == "npadvmod":
        yield Argument("time" if is_time(child) else "manner", child.i, phrase(child), "", "adverb")
    elif lower in words.place:
        yield Argument("place", child.i, Stretch(child.i, child.i + 1), "", "adverb")
    elif is_time(child):
        yield Argument("time", child.i, phrase(child), "", "adverb")
    elif child.dep_ == "advmod" and child.tag_ in ("RB", "RBR") and not child.is_stop:
        yield Argument("manner", child.i, phrase(child), "", "adverb")
    for prep in child.children:
        if prep.dep_ == "prep":
            yield from _oblique(prep)


def _object_places(noun: Token, *more: str) -> Iterator[Argument]:
    """ "shelled a village near the border", "sent tons of wheat to Lebanon": what the parser hung on the object."""
    for prep in noun.rights:
        if prep.dep_ == "advmod" and prep.lower_ in role_lexicon().words.place:
            yield Argument("place", prep.i, Stretch(prep.i, prep.i + 1), "", "adverb")  # "its forces there"
        if prep.dep_ != "prep":
            continue
        for argument in _oblique(prep):
            if prep.lower_ == "of" and argument.function == "oblique":
                yield from _object_places(noun.doc[argument.head])
            elif argument.role in ("place", "time", "destination", "instrument", "recipient", *more):
                yield argument


def _relative_adverb(verb: Token) -> Iterator[Argument]:
    """ "the town where he died", "the day when it fell": the antecedent as place or time."""
    if verb.dep_ != "relcl":
        return
    for child in verb.children:
        if child.tag_ == "WRB" and child.lower_ in ("where", "when"):
            role = "place" if child.lower_ == "where" else "time"
            yield Argument(role, verb.head.i, phrase(verb.head), "", "adverb", True)


def _clause(head: Token) -> Stretch:
    return trim(head, head.left_edge.i, head.right_edge.i + 1)


def _clause_role(clause: Token) -> str:
    for child in clause.children:
        if child.dep_ in ("mark", "advmod") and child.i < clause.i:
            role = role_lexicon().subordinators.get(child.lower_)
            if role:
                return role
        if child.tag_ == "TO":
            return "purpose"
    return "manner"


# --- nouns ---------------------------------------------------------------------------------------------------


def _noun_arguments(noun: Token) -> Iterator[Argument]:
    yield from _shared_complements(noun)
    for child in noun.children:
        if child.dep_ == "poss":
            yield Argument("time" if is_time(child) else "agent", child.i, phrase(child), "", "possessor")
        elif child.dep_ in ("compound", "amod", "nmod", "nummod"):
            role = "time" if is_time(child) else "modifier"
            yield Argument(role, child.i, phrase(child), "", "modifier")
        elif child.dep_ == "prep":
            yield from (_as_noun_argument(a) for a in _oblique(child))
            if child.lower_ == "of":  # "withdrawal of troops from Mali"
                yield from (a for c in child.children if c.dep_ == "pobj" for a in _object_places(c, "origin"))
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
                yield from _oblique(prep)


def _as_noun_argument(argument: Argument) -> Argument:
    return replace(argument, role="patient") if argument.preposition == "on" and argument.role == "place" else argument
