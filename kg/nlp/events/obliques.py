"""What prepositional phrases are to an event: "attacks on", "fled to", "an offer from", "talks between"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import MentionKind, RoleName
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.types import GENERIC
from kg.nlp.events.words import EventLexicon, event_lexicon
from kg.nlp.roles import Argument
from kg.nlp.roles.clauses import is_passive

_ONWARD = ("into", "onto", "towards", "toward")
_AT = ("place", "origin", "destination")


class Obliques:
    """Reads the roles of prepositional phrases, given the type of the event and the kind of the filler."""

    def __init__(self, fillers: Fillers) -> None:
        self._fillers = fillers
        self._words: EventLexicon = event_lexicon()

    def role(self, argument: Argument, trigger: Trigger, mention: int) -> RoleName | None:
        """The role of `mention` in the event that `trigger` names; none where the phrase is no part of it."""
        words, place = self._words.targets, self._fillers.is_place(mention)
        preposition = argument.preposition.split()[-1] if argument.preposition else ""
        if argument.role == "agent":
            return RoleName.AGENT if self._fillers.is_actor(mention) else None
        if preposition == "of":
            return self._of_role(trigger, mention)
        if preposition == "from" and not place and self._fillers.is_actor(mention):
            return self._source_role(argument, trigger)
        if place and preposition == "at" and _acts_on(trigger.predicate):
            return RoleName.PLACE  # "killed at a market", but "shot at a market"
        if preposition in words.patient or argument.role in ("patient", "party"):
            part = self._target_role(preposition, trigger, mention)
            if part is not None or argument.role == "patient":
                return part
        if preposition in ("to", "for"):
            return self._goal_role(preposition, trigger, mention)
        return self._place_role(argument, preposition, trigger, mention) if place else None

    def judges(self, mention: int) -> bool:
        """Whether a sentence or ruling "of" it is one that it passed."""
        return self._word(mention) in self._words.classes["court"]

    def _source_role(self, argument: Argument, trigger: Trigger) -> RoleName | None:
        """ "Captured from the rebels", "an offer from the firm"."""
        if trigger.type in self._words.targets.losers:
            return RoleName.PATIENT
        return RoleName.AGENT if trigger.token.pos_ == "NOUN" and argument.role == "origin" else None

    def _place_role(self, argument: Argument, preposition: str, trigger: Trigger, mention: int) -> RoleName | None:
        words = self._words.targets
        arrives = trigger.type in self._words.objects.destination and preposition in ("in", "at")
        if preposition in _ONWARD or (arrives and argument.role == "place"):
            return RoleName.DESTINATION  # "arrived in Lima"
        if preposition in ("on", "over") and self._word(mention) in words.media:
            return None
        moves = argument.role in _AT and trigger.type in words.motions | words.routes
        return RoleName(argument.role) if argument.role == "place" or moves else None

    def _target_role(self, preposition: str, trigger: Trigger, mention: int) -> RoleName | None:
        """ "Attacks on", "a case against", "clashes between", "met with"."""
        words, actor, noun = self._words.targets, self._fillers.is_actor(mention), self._fillers.head(mention)
        if preposition in ("on", "over") and self._word(mention) in words.media:
            return None
        if preposition == "with" and trigger.carrier is not None and trigger.type in words.addressed:
            return RoleName.RECIPIENT if actor else None  # "filed a complaint with the court"
        if preposition in words.patient and trigger.type in words.types:
            return RoleName.PATIENT if actor or preposition in ("on", "against", "at") else None
        if preposition in ("with", "between", "among") and actor:
            if trigger.type in words.parties:
                return RoleName.PATIENT
            apart = trigger.type == GENERIC and of_object(noun, trigger)  # "chose a flat with a view"
            return RoleName.AGENT if trigger.type in words.partner and not apart else None
        if preposition == "on" and actor and not self._fillers.is_place(mention) and of_object(noun, trigger):
            return RoleName.PATIENT  # "inflicted losses on the rebels"
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

    def _of_role(self, trigger: Trigger, mention: int) -> RoleName | None:
        if trigger.token.pos_ == "VERB":
            return None
        acts = trigger.type in self._words.undergoers.agent_of and self._fillers.is_actor(mention)
        return RoleName.AGENT if acts or self.judges(mention) else RoleName.PATIENT

    def _to_role(self, trigger: Trigger, mention: int) -> RoleName | None:
        words, objects, note = self._words.targets, self._words.objects, self._fillers.mentions[mention]
        if self._fillers.is_place(mention) and trigger.type in words.motions:
            return RoleName.DESTINATION
        if not self._fillers.is_actor(mention):  # "delivered rice to the villages"
            return RoleName.DESTINATION if trigger.type in words.routes else None
        if trigger.type in objects.destination | objects.origin | objects.place:
            return None
        if not self._fillers.is_place(mention) or self._fillers.is_country(mention):
            return RoleName.RECIPIENT
        town = note.form is MentionKind.NAME and not note.metonym
        return RoleName.DESTINATION if town else RoleName.RECIPIENT  # "were sent to Lagos", "aid to the province"

    def _word(self, mention: int) -> str:
        return self._fillers.head(mention).lemma_.lower()


def of_object(noun: Token, trigger: Trigger) -> bool:
    """Whether the phrase with `noun` hangs on the object of the trigger's verb instead of on the verb."""
    holder = noun.head.head
    return trigger.carrier is None and holder.dep_ == "dobj" and holder.head.i == trigger.token.i


def _acts_on(verb: Token) -> bool:
    """Whether somebody else undergoes what `verb` names."""
    return verb.pos_ == "VERB" and (is_passive(verb) or any(c.dep_ == "dobj" for c in verb.children))
