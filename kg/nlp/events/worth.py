"""Whether what a trigger tells can stand as an event of its own: the more general its type, the more it needs."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kg.model import MentionKind, RoleName
from kg.nlp.annotations import Happening, RoleNote, clusters_of
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.types import GENERIC
from kg.nlp.events.words import event_lexicon
from kg.nlp.roles import arguments
from kg.nlp.roles.clauses import infinitive

_DOING = frozenset((RoleName.AGENT, RoleName.PATIENT))
_TARGETS = frozenset((RoleName.PATIENT, RoleName.RECIPIENT))
_SPELT = frozenset(("nsubj", "nsubjpass", "dobj"))  # participants in words that name no entity
_GOALS = ("destination", "origin", "recipient", "path")


def worth_telling(trigger: Trigger, event: Happening, fillers: Fillers, sayings: Collection[int]) -> bool:
    """Whether `event` can stand: general types need a participant, sayings a target.

    `sayings` are the tokens of statements' cues: what they tell is a statement, and an event only where it has a
    target.
    """
    words = event_lexicon()
    roles = {r.role for r in event.roles if r.basis != "sentence"}
    if trigger.type == GENERIC:
        somebody = (r.role in _DOING and r.basis == "argument" and _somebody(r, trigger, fillers) for r in event.roles)
        return not _habitual(trigger.token) and (any(somebody) or _spelt(trigger.token) or _dated(trigger, event))
    if trigger.type in words.spoken and trigger.token.i in sayings and not is_refused(trigger.token):
        return bool(roles & _TARGETS)
    if trigger.token.pos_ != "VERB" and trigger.carrier is None and not roles and not _specific(trigger):
        return False
    if trigger.type in words.bodily and _figurative(trigger, fillers):
        return False
    return trigger.type not in words.weak or bool(roles) or _complete(trigger, event)


def is_refused(verb: Token) -> bool:
    """ "Refused to back the law": what somebody would, or would not, do, though such a verb may say all of it."""
    return verb.dep_ == "xcomp" and infinitive(verb) and verb.head.lemma_ in event_lexicon().refusing


def _habitual(verb: Token) -> bool:
    """Whether the clause tells what is done as a rule: "the canal links two seas"; a headline's present tells news."""
    if verb.tag_ not in ("VBZ", "VBP") or _heading(verb):
        return False
    return all(c.dep_ not in ("aux", "auxpass") for c in verb.children)


def _heading(verb: Token) -> bool:
    """Whether `verb` stands in a sentence without a full stop."""
    return not verb.sent[-1].is_punct or verb.sent[-1].text == ";"


def _somebody(role: RoleNote, trigger: Trigger, fillers: Fillers) -> bool:
    """Whether a filler is more than an "it" that stands for nothing ("it drizzled")."""
    if role.event:
        return True
    notes = (fillers.mentions[m] for m in clusters_of(trigger.token.doc)[role.filler].mentions)
    return any(note.form is not MentionKind.PRONOUN or note.gender != "n" for note in notes)


def _spelt(verb: Token) -> bool:
    """Whether nouns that name no entity say who did what: "the tide carried the buoy off", "hulls were raised"."""
    nouns = {c.dep_ for c in verb.children if c.pos_ == "NOUN" or _part_of(c)}
    if {"nsubj", "dobj"} <= nouns or "nsubjpass" in nouns:
        return True
    if verb.dep_ == "relcl" and verb.head.pos_ == "NOUN" and any(c.tag_ in ("WDT", "WP") for c in verb.children):
        return bool({"nsubj", "dobj"} & nouns)  # "a dispute that has stranded lorries"
    return verb.dep_ == "ROOT" and "nsubj" in nouns and verb.tag_ in ("VBD", "VBN") and _heading(verb)


def _dated(trigger: Trigger, event: Happening) -> bool:
    """ "Nineteen ships were waiting on Tuesday": what things did, where the clause says when."""
    told = event.time is not None and event.time.stretch.end > 0 and event.time.stretch.start in _clause(trigger.token)
    return told and any(c.dep_ in _SPELT and c.pos_ == "NOUN" for c in trigger.token.children)


def _clause(verb: Token) -> range:
    return range(verb.left_edge.i, verb.right_edge.i + 1)


def _part_of(word: Token) -> bool:
    """ "Any of the units", "none of the cranes": some of what a noun names."""
    inner = (c for c in word.rights if c.dep_ == "prep" and c.lower_ == "of")
    return word.pos_ in ("PRON", "DET", "NUM") and any(c.pos_ == "NOUN" for prep in inner for c in prep.children)


def _complete(trigger: Trigger, event: Happening) -> bool:
    """Whether words that are no actors say enough of an event: "prices fell by a third", "the brutal spending cuts"."""
    if trigger.carrier is not None or (event.time is not None and event.time.stretch.end > 0):
        return True
    if trigger.token.pos_ == "VERB":
        told = {c.dep_ for c in trigger.token.children if c.pos_ in ("NOUN", "PROPN", "NUM")}
        return bool(told & _SPELT)
    return any(c.dep_ in ("compound", "amod", "poss", "nummod", "prep") for c in trigger.noun.children)


def _specific(trigger: Trigger) -> bool:
    """Whether a noun without participants is at least a certain one: "the war", "two fires", "destroyed by fire"."""
    noun = trigger.noun
    if noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i:
        noun = noun.head  # "the bombing suspect"
    certain = any(c.dep_ in ("det", "nummod", "poss", "amod", "compound") for c in noun.lefts)
    return certain or (trigger.type not in event_lexicon().weak and _undergone(noun))


def _undergone(noun: Token) -> bool:
    """Whether a bare noun is part of what a verb tells as done: "damaged by fire", "convicted of murder"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in ("pobj", "dobj", "nsubj", "nsubjpass") or verb.pos_ != "VERB":
        return False
    return verb.tag_ in ("VBD", "VBN")


def _figurative(trigger: Trigger, fillers: Fillers) -> bool:
    """ "Returned to its principles": a goal or source that is neither a place nor anybody."""
    doc, spots = trigger.token.doc, event_lexicon().classes["spot"]
    goals = [doc[a.head] for a in arguments(trigger.token) if a.role in _GOALS]
    return bool(goals) and all(fillers.at(goal) is None and goal.lemma_.lower() not in spots for goal in goals)
