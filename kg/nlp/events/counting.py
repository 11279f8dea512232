"""Which event a number belongs to, and whom of its participants it counts."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.nlp.annotations import Happening, QuantityNote
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.numbers import quantity_lexicon
from kg.nlp.events.quantities import Measured, quantities
from kg.nlp.events.triggers import Trigger
from kg.nlp.roles import arguments

_CLIMB = 4  # words between a number's phrase and the word that the event has as argument
_PARTING = ("conj", "nsubj", "relcl", "advcl", "ccomp", "ROOT")
_DESCRIBING = ("amod", "advmod", "npadvmod")
_FUNCTIONS = ("subject", "object", "oblique")


def count(doc: Doc, told: list[tuple[Trigger, Happening]], fillers: Fillers) -> None:
    """Give each quantity to the event whose participant, or whose own phrase, it counts.

    A participant that further events share ("3,000 were killed or wounded") is counted there too.  The roles of
    what is told are filled already.
    """
    made = [event for _, event in told]
    named, owners = _owners([trigger for trigger, _ in told])
    for measured in quantities(doc):
        for place, index in enumerate(_events_of(doc[measured.head], measured, named, owners)):
            note = _placed(measured, made[index], doc, fillers)
            if place == 0 or note.role is not None:
                made[index].quantities.append(note)


def _owners(found: list[Trigger]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Token -> the event that it names; token -> the event that it names, else those it is an argument of."""
    named: dict[int, int] = {}
    owners: dict[int, list[int]] = {}
    for index, trigger in enumerate(found):
        for token in (trigger.token, trigger.noun, trigger.predicate):
            named.setdefault(token.i, index)
        heads = (a.head for a in arguments(trigger.predicate) if a.function in _FUNCTIONS and a.role != "time")
        for head in dict.fromkeys(heads):
            owners.setdefault(head, []).append(index)
    return named, owners | {token: [index] for token, index in named.items()}


def _events_of(token: Token, measured: Measured, named: dict[int, int], owners: dict[int, list[int]]) -> list[int]:
    for _ in range(_CLIMB):
        if token.i in owners:
            return owners[token.i]
        if token.dep_ in _PARTING or (token.dep_ == "acl" and token.pos_ == "VERB"):
            return []
        if token.dep_ == "prep" and not _passes(token, measured, named):
            return []
        if _describes(token, measured) and token.head.i not in named:
            return []
        token = token.head
    return []


def _describes(token: Token, measured: Measured) -> bool:
    """ "Airports 500 kilometres away", "a 100-metre bridge": the measure of a thing, not of what is done with it."""
    if token.head.pos_ not in ("NOUN", "PROPN"):
        return False
    unit = measured.note.unit
    spatial = bool(unit) and unit not in quantity_lexicon().currencies
    return token.dep_ in _DESCRIBING or (spatial and token.dep_ in ("compound", "nmod"))


def _passes(prep: Token, measured: Measured, named: dict[int, int]) -> bool:
    """ "A crowd of 200 people", "a fine of $5m", but not "a town of 5,000 people"."""
    noun = prep.head
    if noun.pos_ not in ("NOUN", "PROPN") or noun.i in named:
        return True
    collective = noun.lemma_.lower() in quantity_lexicon().through.collectives
    return prep.lower_ == "of" and (collective or bool(measured.note.unit))


def _placed(measured: Measured, event: Happening, doc: Doc, fillers: Fillers) -> QuantityNote:
    """The quantity with the role of what it counts; a share, sum or duration is of the event as a whole."""
    note = measured.note
    if note.unit:
        return note
    for index in dict.fromkeys(measured.counted):
        mention = fillers.at(doc[index])
        cluster = fillers.cluster(mention) if mention is not None else None
        roles = [r for r in event.roles if not r.event and r.filler == cluster]
        if roles and index in roles[0].stretch:
            return replace(note, role=roles[0].role, filler=cluster)
    return note
