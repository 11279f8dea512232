"""Which arguments of a trigger fill which roles of its event, given the type and the kinds of the fillers."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import MentionKind, RoleName
from kg.nlp.annotations import Attribution, RoleNote
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.nearby import decider, place_nearby, trigger_arguments
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.words import EventLexicon, event_lexicon
from kg.nlp.roles import Argument, arguments
from kg.nlp.roles.clauses import is_passive
from kg.nlp.roles.phrases import coordinated, phrase

_NO_ROLES = ("time", "manner", "cause", "purpose", "condition", "concession", "comparison", "topic", "source")
_NO_FILLERS = ("appositive", "preposition")  # another name of a filler; an adjunct
WHERE = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)
_INSIDE = ("in", "of", "at", "near")
_REFLEXIVE = ("self", "selves")
_AT = ("place", "origin", "destination")


class RoleFiller:
    """Fills the roles of events of one document.

    `events` maps a token to the happening that it names, `speech` to the innermost statement around it.
    """

    def __init__(self, fillers: Fillers, events: dict[int, int], speech: dict[int, Attribution]) -> None:
        self._fillers = fillers
        self._events = events
        self._speech = speech
        self._words: EventLexicon = event_lexicon()

    def roles(self, trigger: Trigger) -> list[RoleNote]:
        """The roles of the trigger's event, fillers found by argument first; none is given twice."""
        if trigger.predicate.dep_ == "prep":
            return []  # "following", "including": a preposition for all the tagger says
        found: dict[tuple[RoleName, int, bool], RoleNote] = {}
        for argument in trigger_arguments(trigger):
            for note in self._notes(argument, trigger):
                found.setdefault((note.role, note.filler, note.event), note)
        notes = _one_part_each(list(found.values()))
        if not any(note.role is RoleName.AGENT and not note.event for note in notes):
            notes += decider(trigger, self._speech, self._fillers)
        if not any(note.role is RoleName.PLACE for note in notes):
            notes += place_nearby(trigger, notes, self._fillers)
        return notes

    # --- which roles ---

    def _notes(self, argument: Argument, trigger: Trigger) -> Iterator[RoleNote]:
        if (argument.role in _NO_ROLES and argument.preposition != "for") or argument.function in _NO_FILLERS:
            return
        if argument.function == "shared":
            return  # `place_nearby` looks there where the event has no place of its own
        head = trigger.token.doc[argument.head]
        for token in coordinated(head):
            event = self._events.get(token.i)
            if event is not None and token.i != trigger.token.i:
                yield from self._event_note(argument, trigger, event, token)
                continue
            mention = self._mention(token, argument, trigger)
            if mention is None or token.lower_.endswith(_REFLEXIVE):
                continue
            role = self._role(argument, trigger, mention)
            cluster = self._fillers.cluster(mention)
            if role is not None and cluster is not None:
                yield RoleNote(role, cluster, self._fillers.stretch(mention))
                yield from self._around(token) if role in WHERE else ()

    def _around(self, place: Token) -> Iterator[RoleNote]:
        """ "Two areas of the region", "a school in Leeds": what a place lies in, the event lies in."""
        inside = (a for a in arguments(place) if a.preposition in _INSIDE)
        for token in (t for argument in inside for t in coordinated(place.doc[argument.head])):
            mention = self._fillers.at(token)
            cluster = self._fillers.cluster(mention) if mention is not None else None
            if mention is not None and cluster is not None and self._fillers.is_place(mention):
                yield RoleNote(RoleName.PLACE, cluster, self._fillers.stretch(mention), basis="sentence")

    def _mention(self, token: Token, argument: Argument, trigger: Trigger) -> int | None:
        found = self._fillers.at(token)
        if found is not None or argument.role not in ("agent", "patient", "recipient") or token.pos_ == "VERB":
            return found
        if trigger.type in self._words.weak or argument.preposition not in ("", "by", "on", "at", "against", "of"):
            return None
        return self._fillers.owner(token)

    def _event_note(self, argument: Argument, trigger: Trigger, event: int, token: Token) -> Iterator[RoleNote]:
        if argument.role in ("agent", "patient") and argument.function in ("subject", "object"):
            role = RoleName(argument.role)
        elif argument.role == "instrument" and trigger.type not in self._words.targets.charges:
            role = RoleName.INSTRUMENT  # but not "charged with assault"
        elif trigger.type in self._words.targets.harms and argument.role == "place" and argument.preposition == "in":
            role = RoleName.INSTRUMENT  # "killed in a crash"
        else:
            return
        if trigger.token.pos_ == "VERB":
            yield RoleNote(role, event, phrase(token), event=True)

    def _role(self, argument: Argument, trigger: Trigger, mention: int) -> RoleName | None:
        if argument.function == "subject":
            return self._subject_role(argument, trigger)
        if argument.function in ("object", "indirect"):
            return self._object_role(argument, trigger, mention)
        if argument.function == "possessor":
            undergoes = trigger.type in self._words.undergoers.possessor and not self._judges(mention)
            return RoleName.PATIENT if undergoes and trigger.carrier is None else RoleName.AGENT
        if argument.function == "modifier":
            return self._modifier_role(trigger, mention)
        if argument.function == "adverb":
            return RoleName.PLACE if argument.role == "place" and self._fillers.is_place(mention) else None
        return self._oblique_role(argument, trigger, mention)

    def _subject_role(self, argument: Argument, trigger: Trigger) -> RoleName:
        words = self._words
        verb = trigger.predicate
        if argument.role == "patient":
            given = trigger.type in words.targets.beneficiaries and any(c.dep_ == "dobj" for c in verb.children)
            return RoleName.RECIPIENT if given else RoleName.PATIENT  # "was awarded a medal"
        if trigger.carrier is not None:
            undergone = verb.lemma_.lower() in words.undergone
            return RoleName.PATIENT if undergone else RoleName.AGENT
        if verb.lemma_.lower() in words.losing:
            return RoleName.PATIENT
        intransitive = not any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in verb.children)
        undergoing = words.undergoers.subject
        if _headline_participle(verb):
            undergoing = undergoing | words.undergoers.possessor
        undergoes = intransitive and trigger.type in undergoing
        return RoleName.PATIENT if undergoes else RoleName.AGENT

    def _object_role(self, argument: Argument, trigger: Trigger, mention: int) -> RoleName:
        objects = self._words.objects
        if trigger.carrier is not None and argument.head in self._carried(trigger) and self._fillers.is_place(mention):
            return RoleName.PLACE
        if self._fillers.is_place(mention) and trigger.carrier is None and not is_passive(trigger.token):
            if trigger.type in objects.destination:
                return RoleName.DESTINATION
            if trigger.type in objects.origin:
                return RoleName.ORIGIN
            if trigger.type in objects.place:
                return RoleName.PLACE
        return RoleName.RECIPIENT if argument.role == "recipient" else RoleName.PATIENT

    def _carried(self, trigger: Trigger) -> tuple[int, ...]:
        """Objects of the verb by which something comes about somewhere: "an earthquake struck Guatemala"."""
        subject = trigger.noun.dep_ == "nsubj" and trigger.type in self._words.targets.scenes
        return tuple(c.i for c in trigger.predicate.children if c.dep_ == "dobj") if subject else ()

    def _modifier_role(self, trigger: Trigger, mention: int) -> RoleName | None:
        words = self._words
        note = self._fillers.mentions[mention]
        if self._fillers.is_place(mention):
            foreign = note.form is not MentionKind.ADJECTIVAL and not note.country
            if foreign or trigger.type in words.targets.scenes or not self._fillers.is_actor(mention):
                return RoleName.PLACE
            return RoleName.AGENT
        return RoleName.PATIENT if trigger.type in words.undergoers.possessor else RoleName.AGENT

    def _oblique_role(self, argument: Argument, trigger: Trigger, mention: int) -> RoleName | None:
        words, place = self._words.targets, self._fillers.is_place(mention)
        actor = self._fillers.is_actor(mention)
        preposition = argument.preposition.split()[-1] if argument.preposition else ""
        if argument.role == "agent":
            return RoleName.AGENT if actor else None
        if preposition == "of":
            return self._of_role(trigger, mention)
        if preposition == "from" and actor and trigger.type in words.losers and not place:
            return RoleName.PATIENT
        if place and preposition == "at" and _acts_on(trigger.predicate):
            return RoleName.PLACE  # "killed at a market", but "shot at a market"
        if preposition in words.patient or argument.role in ("patient", "party"):
            part = self._target_role(preposition, trigger, mention)
            if part is not None or argument.role == "patient":
                return part
        if preposition in ("to", "for"):
            return self._goal_role(preposition, trigger, mention)
        if argument.role == "place" or (argument.role in _AT and trigger.type in words.motions | words.routes):
            onto_medium = preposition in ("on", "over") and self._word(mention) in words.media
            return RoleName(argument.role) if place and not onto_medium else None
        return None

    def _target_role(self, preposition: str, trigger: Trigger, mention: int) -> RoleName | None:
        """ "Attacks on", "a case against", "clashes between", "met with"."""
        words, actor = self._words.targets, self._fillers.is_actor(mention)
        if preposition in ("on", "over") and self._word(mention) in words.media:
            return None
        if preposition == "with" and trigger.carrier is not None and trigger.type in words.addressed:
            return RoleName.RECIPIENT if actor else None  # "filed a complaint with the court"
        if preposition in words.patient and trigger.type in words.types:
            return RoleName.PATIENT if actor or preposition in ("on", "against", "at") else None
        if preposition in ("with", "between", "among") and actor:
            if trigger.type in words.parties:
                return RoleName.PATIENT
            return RoleName.AGENT if trigger.type in words.partner else None
        return RoleName.PATIENT if preposition in ("against", "upon") else None

    def _goal_role(self, preposition: str, trigger: Trigger, mention: int) -> RoleName | None:
        """ "Gave to", "fled to", "left for", "lost to"."""
        words, actor = self._words.targets, self._fillers.is_actor(mention)
        if preposition == "to" and trigger.predicate.lemma_.lower() in self._words.losing:
            return RoleName.AGENT if actor else None
        if preposition == "to":
            return self._to_role(trigger, mention)
        if self._fillers.is_place(mention) and trigger.type in words.motions:
            return RoleName.DESTINATION
        return RoleName.RECIPIENT if actor and trigger.type in words.beneficiaries else None

    def _word(self, mention: int) -> str:
        return self._fillers.head(mention).lemma_.lower()

    def _judges(self, mention: int) -> bool:
        """Whether a sentence or ruling "of" it is one that it passed."""
        return self._word(mention) in self._words.classes["court"]

    def _of_role(self, trigger: Trigger, mention: int) -> RoleName | None:
        if trigger.token.pos_ == "VERB":
            return None
        acts = trigger.type in self._words.undergoers.agent_of and self._fillers.is_actor(mention)
        if acts or self._judges(mention):
            return RoleName.AGENT
        return RoleName.PATIENT

    def _to_role(self, trigger: Trigger, mention: int) -> RoleName | None:
        if self._fillers.is_place(mention) and trigger.type in self._words.targets.motions:
            return RoleName.DESTINATION
        gone = trigger.type in self._words.objects.destination | self._words.objects.origin | self._words.objects.place
        if gone or not self._fillers.is_actor(mention):
            return None
        somewhere = self._fillers.is_place(mention) and not self._fillers.is_country(mention)
        return None if somewhere and trigger.type not in self._words.targets.beneficiaries else RoleName.RECIPIENT


def _acts_on(verb: Token) -> bool:
    """Whether somebody else undergoes what `verb` names."""
    return verb.pos_ == "VERB" and (is_passive(verb) or any(c.dep_ == "dobj" for c in verb.children))


def _headline_participle(verb: Token) -> bool:
    """Whether a past form may be a participle without auxiliary, as in headlines: "Dozens rescued off the coast"."""
    return verb.tag_ in ("VBD", "VBN") and verb.dep_ == "ROOT" and not verb.sent[-1].is_punct


def _one_part_each(notes: list[RoleNote]) -> list[RoleNote]:
    """An entity that is agent is not patient of the same event, nor its place; the first found wins."""
    seen: dict[tuple[int, bool], RoleName] = {}
    return [note for note in notes if seen.setdefault((note.filler, note.event), note.role) is note.role]
