"""Which arguments of a trigger fill which roles of its event, given the type and the kinds of the fillers."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import MentionKind, RoleName
from kg.nlp.annotations import Attribution, MentionNote, RoleNote
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.nearby import decider, place_nearby, trigger_arguments
from kg.nlp.events.obliques import Obliques, of_object
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.words import EventLexicon, event_lexicon
from kg.nlp.roles import Argument, arguments
from kg.nlp.roles.clauses import is_passive
from kg.nlp.roles.phrases import coordinated, phrase

_NO_ROLES = ("time", "manner", "cause", "purpose", "condition", "concession", "comparison", "topic", "source")
_NO_FILLERS = ("appositive", "antecedent", "preposition")  # other names of a filler; an adjunct
WHERE = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)
_INSIDE = ("in", "of", "at", "near")
_REFLEXIVE = ("self", "selves")


class RoleFiller:
    """Fills the roles of events of one document.

    `events` maps a token to the happening that it names, `speech` to the innermost statement around it.
    """

    def __init__(self, fillers: Fillers, events: dict[int, int], speech: dict[int, Attribution]) -> None:
        self._fillers = fillers
        self._events = events
        self._speech = speech
        self._words: EventLexicon = event_lexicon()
        self._obliques = Obliques(fillers)

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
            notes += decider(trigger, self._speech, self._fillers) or self._brought_about(trigger, notes)
        if not any(note.role is RoleName.PLACE for note in notes):
            notes += place_nearby(trigger, notes, self._fillers)
        return notes

    def _brought_about(self, trigger: Trigger, notes: list[RoleNote]) -> list[RoleNote]:
        """ "A bomb exploded, killing nine": where nobody is named, what the main clause tells of did it."""
        verb = trigger.token
        event = self._events.get(verb.head.i)
        if event is None or any(note.role is RoleName.AGENT for note in notes):
            return []
        if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.i > verb.i:
            return []
        if trigger.type not in self._words.targets.harms:
            return []
        return [RoleNote(RoleName.AGENT, event, phrase(verb.head, verb.left_edge.i), event=True)]

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
            if of_object(trigger.token.doc[argument.head], trigger):
                return  # "a group with annual sales"
            role = RoleName.INSTRUMENT  # but not "charged with assault"
        elif trigger.type in self._words.targets.harms and argument.role == "place" and argument.preposition == "in":
            role = RoleName.INSTRUMENT  # "killed in a crash"
        else:
            return
        if trigger.token.pos_ == "VERB":
            yield RoleNote(role, event, phrase(token), event=True)

    def _role(self, argument: Argument, trigger: Trigger, mention: int) -> RoleName | None:
        if argument.function == "subject":
            return self._subject_role(argument, trigger, mention)
        if argument.function in ("object", "indirect"):
            return self._object_role(argument, trigger, mention)
        if argument.function in ("modified", "controller"):
            return RoleName(argument.role)  # "the newly elected president", "charged him with murder"
        if argument.function == "possessor":
            undergoes = self._undergone(trigger) and not self._obliques.judges(mention)
            return RoleName.PATIENT if undergoes and trigger.carrier is None else RoleName.AGENT
        if argument.function == "modifier":
            return self._modifier_role(trigger, mention)
        if argument.function == "adverb":
            return RoleName.PLACE if argument.role == "place" and self._fillers.is_place(mention) else None
        return self._obliques.role(argument, trigger, mention)

    def _subject_role(self, argument: Argument, trigger: Trigger, mention: int) -> RoleName:
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
        intransitive = not any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in verb.children) and not _goes_on_with(verb)
        undergoing = words.undergoers.subject
        if _headline_participle(verb):
            undergoing = undergoing | words.undergoers.possessor
        willing = trigger.type in words.undergoers.willing and "person" in self._fillers.kinds(verb.doc[argument.head])
        undergoes = intransitive and trigger.type in undergoing and not willing
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
            scene = trigger.type in words.targets.scenes or not self._fillers.is_actor(mention)
            return RoleName.PLACE if scene or _named_place(note, self._fillers.head(mention)) else RoleName.AGENT
        return RoleName.PATIENT if self._undergone(trigger) else RoleName.AGENT

    def _undergone(self, trigger: Trigger) -> bool:
        """Whether a possessor undergoes what the noun names ("his arrest"), not so with "of" ("its killing of him")."""
        told = any(a.preposition == "of" and a.function == "oblique" for a in arguments(trigger.noun))
        return trigger.type in self._words.undergoers.possessor and not told


def _named_place(note: MentionNote, head: Token) -> bool:
    """ "The Mali ambush", "the Kabul bombing": a name where an adjective would say who did it.

    Abbreviations have no adjective: "the US strike" is theirs.
    """
    return note.form is not MentionKind.ADJECTIVAL and not (note.country and head.text.replace(".", "").isupper())


def _goes_on_with(verb: Token) -> bool:
    """ "Went ahead with the tests": what such a verb is about stands behind its particle."""
    last = verb.i
    for child in verb.rights:
        if child.lower_ == "with":
            return child.i == last + 1
        last = child.i if child.dep_ in ("prt", "advmod") and child.i == last + 1 else last
    return False


def _headline_participle(verb: Token) -> bool:
    """Whether a past form may be a participle without auxiliary, as in headlines: "Dozens rescued off the coast"."""
    return verb.tag_ in ("VBD", "VBN") and verb.dep_ == "ROOT" and not verb.sent[-1].is_punct


def _one_part_each(notes: list[RoleNote]) -> list[RoleNote]:
    """An entity that is agent is not patient of the same event, nor its place; the first found wins."""
    seen: dict[tuple[int, bool], RoleName] = {}
    return [note for note in notes if seen.setdefault((note.filler, note.event), note.role) is note.role]
