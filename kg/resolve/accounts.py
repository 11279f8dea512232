"""Accounts: each event as one voice tells it, with what it can be compared by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from kg.model import (
    Analysis,
    Entity,
    EntityKind,
    Event,
    Modality,
    Polarity,
    Quantity,
    Ref,
    RoleName,
    Statement,
)

NEAR = 3  # days within which two accounts may tell of one occurrence

_LOCATING = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)
_SIDES = (RoleName.AGENT, RoleName.PATIENT, RoleName.RECIPIENT)
_OF_COUNTRY = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE, EntityKind.GPE)
_COMPARABLE = (Modality.ACTUAL, Modality.FUTURE)


class Account(msgspec.Struct, frozen=True):
    """One voice's telling of one event."""

    ref: Ref  # of the event where the publisher narrates it, else of the statement
    voice: str  # canonical key of the speaker, or the outlet
    event: Event
    words: str  # the trigger as written, lower case
    negated: bool  # told as not having happened: negated, or put forward by one only to deny it
    day: str  # ISO day, month or year: the event's, else the saying's, else the document's
    places: frozenset[str]
    sides: frozenset[str]
    position: int  # where the text tells it: the trigger's first character
    causes: frozenset[str]  # types of the events that take part, with the country that the document is set in


def accounts(analysis: Analysis, keys: Mapping[Ref, str], stances: Mapping[str, bool]) -> Iterator[Account]:
    """Every account of what happened or is planned.

    `stances` maps each stance that puts its content forward to whether it denies it.
    """
    document = analysis.document
    statements = {statement.id: statement for statement in analysis.statements}
    entities = {entity.id: entity for entity in analysis.entities}
    types = {event.id: event.type for event in analysis.events}
    outlet, setting = document.publisher or document.id, _setting(analysis)
    for event in analysis.events:
        if event.modality not in _COMPARABLE:
            continue
        narrated = Account(
            ref=Ref(document.id, event.id),
            voice=outlet,
            event=event,
            words=event.triggers[0].of(document.text).lower(),
            negated=event.polarity == Polarity.NEGATED,
            day=_day(event) or document.date,
            places=frozenset(_places(event, entities, keys, document.id)),
            sides=frozenset(_sides(event, entities, keys, document.id)),
            position=event.triggers[0].begin,
            causes=frozenset(f"{types[r.filler]} in {setting}" for r in event.roles if r.filler in types and setting),
        )
        if event.narrated:
            yield narrated
        for statement in (statements[i] for i in event.within):
            if statement.polarity == Polarity.AFFIRMED and statement.stance in stances:
                yield msgspec.structs.replace(
                    narrated,
                    ref=Ref(document.id, statement.id),
                    voice=keys.get(Ref(document.id, statement.speaker), outlet),
                    negated=narrated.negated or stances[statement.stance],
                    day=_day(event) or _day(statement) or document.date,
                    position=statement.content[0].begin,
                )


def _setting(analysis: Analysis) -> str:
    """The country that the document's entities belong to most often, "" when there is none."""
    counts = Counter(country for e in analysis.entities for country in [e.country] * len(e.mentions) if country)
    return min(counts, key=lambda country: (-counts[country], country), default="")


def _day(record: Event | Statement) -> str:
    return (record.time.value or record.time.start) if record.time else ""


def _places(event: Event, entities: Mapping[str, Entity], keys: Mapping[Ref, str], document: str) -> Iterator[str]:
    """The places themselves and the regions that they lie in, so that a town's event meets its region's."""
    for role in event.roles:
        entity = entities.get(role.filler)
        if entity is None or role.role not in _LOCATING:
            continue
        yield keys[Ref(document, entity.id)]
        if entity.geo and (entity.geo.region or entity.geo.level == "region"):
            yield f"region {entity.geo.country} {entity.geo.region or entity.geo.name}"


def _sides(event: Event, entities: Mapping[str, Entity], keys: Mapping[Ref, str], document: str) -> Iterator[str]:
    """Who acts and who suffers; a body of a state also counts as that state's side."""
    for role in event.roles:
        entity = entities.get(role.filler)
        if entity is None or role.role not in _SIDES:
            continue
        yield keys[Ref(document, entity.id)]
        if entity.country and (
            entity.kind in _OF_COUNTRY or entity.named
        ):  # "the Russians" are a side, civilians are not
            yield f"country {entity.country}"


def near(left: str, right: str) -> bool:
    """Whether two ISO days, months or years may be one day: at most `NEAR` days apart, or one inside the other."""
    if not left or not right:
        return False
    if len(left) == len(right) == len("2022-09-11"):
        return abs((date.fromisoformat(left) - date.fromisoformat(right)).days) <= NEAR
    shorter, longer = sorted((left, right), key=len)
    return longer.startswith(shorter)


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The least and greatest number that the words allow."""
    exact = quantity.value
    low = quantity.minimum if quantity.minimum is not None else exact
    high = quantity.maximum if quantity.maximum is not None else exact if quantity.minimum is None else None
    return (0.0 if low is None else low), (float("inf") if high is None else high)


def shown(quantity: Quantity) -> str:
    """The number as a reader would write it: "12", "1000 or more", "up to 5"."""
    low, high = bounds(quantity)
    if low == high:
        return f"{low:g}"
    if high == float("inf"):
        return f"{low:g} or more"
    return f"{low:g} to {high:g}" if low else f"up to {high:g}"
