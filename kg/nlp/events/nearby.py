"""Who and where, beyond the trigger's own phrase: its carrier, the phrases beside it, the one who announces it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.model import EntityKind, RoleName
from kg.nlp.annotations import Attribution, RoleNote
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.words import event_lexicon
from kg.nlp.roles import Argument, arguments
from kg.nlp.roles.clauses import infinitive, is_passive
from kg.nlp.roles.phrases import coordinated, gerund_before, is_time

_JOINED = ("conj", "xcomp", "advcl", "dobj", "pobj", "prep", "nsubjpass")
_BODIES = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE, EntityKind.GPE)  # what decides for itself
_APART = ("comparison", "source", "topic", "concession", "condition")  # "than anyone else in Mali"
_PURPOSES = ("acl", "advcl", "xcomp", "conj", "pobj", "prep", "pcomp", "nsubjpass")


def trigger_arguments(trigger: Trigger) -> Iterator[Argument]:
    """The arguments of a trigger, those of the verb that carries it first."""
    if trigger.carrier is not None:
        for argument in arguments(trigger.carrier):
            precedes = argument.function == "object" and _happens(trigger)
            if argument.head != trigger.token.i and not precedes and not _inside(argument, trigger.noun):
                yield argument
    beside = trigger.shell is None and gerund_before(trigger.noun) is not None
    for argument in arguments(trigger.noun):
        if not (beside and argument.function == "controller"):  # "denied hiding deaths": who hid, killed nobody
            yield argument


def _happens(trigger: Trigger) -> bool:
    """ "The epidemic followed the storm": what such a verb has as object takes no part."""
    verb = trigger.predicate
    return trigger.noun.dep_ == "nsubj" and verb.lemma_.lower() in event_lexicon().happening


def _inside(argument: Argument, noun: Token) -> bool:
    """Whether a carrier's argument is the event noun's phrase itself."""
    return noun.i in argument.stretch and argument.function in ("subject", "object")


# --- who decided ---------------------------------------------------------------------------------------------


def decider(trigger: Trigger, speech: Mapping[int, Attribution], fillers: Fillers) -> list[RoleNote]:
    """ "A decision was made to regroup", the army said: who announces it and names nobody else, decided.

    `speech` maps a token to the innermost statement around it.
    """
    said = speech.get(trigger.token.i)
    if said is None or said.speaker is None or not _decided(trigger.token):
        return []
    cluster = fillers.cluster(said.speaker)
    if cluster is None or fillers.kind(said.speaker) not in _BODIES:
        return []
    return [RoleNote(RoleName.AGENT, cluster, fillers.stretch(said.speaker), basis="inherited")]


def _decided(verb: Token) -> bool:
    """Whether an infinitive is what a decision was for that nobody is said to have taken."""
    token = verb
    while token.dep_ in _PURPOSES and token.head.i != token.i:
        token = token.head
        deps = {c.dep_: c for c in token.children}
        if "nsubjpass" in deps and is_passive(token):
            taken = deps["nsubjpass"].lemma_.lower() in event_lexicon().decisions
            return taken and "agent" not in deps and infinitive(verb)
    return False


# --- places that stand near ----------------------------------------------------------------------------------


def place_nearby(trigger: Trigger, known: list[RoleNote], fillers: Fillers) -> list[RoleNote]:
    """A place inside the phrases of the participants, or of the clause that this one is joined to."""
    taken = {note.filler for note in known if not note.event}
    for token in _neighbours(trigger):
        for argument in arguments(token):
            if argument.role != "place" or argument.function == "shared":
                continue
            mention = fillers.at(trigger.token.doc[argument.head])
            cluster = fillers.cluster(mention) if mention is not None else None
            if mention is None or cluster is None or cluster in taken or not fillers.is_place(mention):
                continue
            return [RoleNote(RoleName.PLACE, cluster, fillers.stretch(mention), basis="sentence")]
    return []


def _neighbours(trigger: Trigger) -> Iterator[Token]:
    """Participants and what is told of them, a clause of time, and the verbs that govern the trigger."""
    for argument in trigger_arguments(trigger):
        head = trigger.token.doc[argument.head]
        told_after = argument.role == "time" and not is_time(head)  # "after the war in Mali"
        apart = told_after or argument.role in _APART
        if argument.function in ("subject", "object", "oblique") and not apart:
            nouns = coordinated(head)
            yield from nouns
            yield from (inner for noun in nouns for inner in _held(noun))
            yield from (c for noun in nouns for c in noun.children if c.dep_ == "acl" or _restricts(c))
    yield from (c for c in trigger.predicate.children if c.dep_ == "advcl" and _when(c))
    governor = trigger.predicate
    for _ in range(3):
        head = governor.head
        if head.i == governor.i or governor.dep_ not in _JOINED:
            return
        if head.pos_ == "VERB" and head.i != trigger.token.i:
            yield head
        governor = head


def _held(noun: Token) -> Iterator[Token]:
    """ "In an attack on a market in Lyon": what the noun of a participant is about."""
    for prep in noun.rights:
        if prep.dep_ == "prep":
            yield from (c for c in prep.children if c.dep_ == "pobj")


def _restricts(clause: Token) -> bool:
    """ "Troops who serve in Mali"; what follows a comma tells of something else ("the firm, founded in Porto")."""
    first = clause.left_edge.i
    return clause.dep_ == "relcl" and first > 0 and clause.doc[first - 1].text != ","


def _when(clause: Token) -> bool:
    """ "Were killed when a bridge collapsed in Leeds": where the one happened, the other did."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in ("when", "as") and c.i < clause.i for c in clause.children)
