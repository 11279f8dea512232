"""Accounts of one occurrence set against each other: what conflicts, what agrees, and what is left alone."""

from __future__ import annotations

import msgspec
import pytest

from kg.model import (
    Analysis,
    Comparison,
    Document,
    Entity,
    EntityKind,
    Event,
    Geo,
    Modality,
    Polarity,
    Quantity,
    Role,
    RoleName,
    Span,
    Stance,
    Statement,
    Time,
)
from kg.resolve.identity import identify

WORD = Span(0, 4)
TOWN = Geo(id=7, name="Ostrava", lat=49.8, lon=18.3, level="town", country="CZ", region="Moravia")


def entity(name: str, kind: EntityKind, **more: object) -> Entity:
    return Entity(id=f"entity/{name}", kind=kind, label=name, mentions=(), named=True, **more)  # type: ignore[arg-type]


ENTITIES = (
    entity("Ostrava", EntityKind.PLACE, geo=TOWN, country="CZ"),
    entity("Northern Rail", EntityKind.ORGANIZATION),
    entity("Dock Union", EntityKind.ORGANIZATION),
)
ROLES = (
    Role(role=RoleName.PLACE, filler="entity/Ostrava", span=WORD),
    Role(role=RoleName.AGENT, filler="entity/Northern Rail", span=WORD),
)


def event(**more: object) -> Event:
    base = Event(
        id="event/0-4",
        type="crash",
        label="derailed",
        lemma="derail",
        triggers=(WORD,),
        sentence=WORD,
        roles=ROLES,
        time=Time(value="2023-05-02"),
    )
    return msgspec.structs.replace(base, **more)


def told(outlet: str, happening: Event, *statements: Statement) -> Analysis:
    document = Document(id=outlet, text="gone", sections=(), publisher=outlet, date="2023-05-03")
    return Analysis(document=document, entities=ENTITIES, events=(happening,), statements=statements)


def compared(*analyses: Analysis) -> list[Comparison]:
    forward, backward = identify(analyses), identify(analyses[::-1])
    assert forward == backward
    return list(forward.comparisons)


def counted(number: float | None = None, minimum: float | None = None) -> tuple[Quantity, ...]:
    return (Quantity(span=WORD, value=number, minimum=minimum, counts="people"),)


def test_two_outlets_with_the_same_account_agree() -> None:
    (comparison,) = compared(told("A", event()), told("B", event()))
    assert not comparison.conflict
    assert "gone" in comparison.reason


def test_one_outlet_does_not_agree_with_itself() -> None:
    first = told("A", event())
    again = msgspec.structs.replace(first, document=msgspec.structs.replace(first.document, id="A2"))
    assert compared(first, again) == []


def test_affirmed_against_negated_is_a_conflict() -> None:
    (comparison,) = compared(told("A", event()), told("B", event(polarity=Polarity.NEGATED)))
    assert comparison.conflict
    assert "denies" in comparison.reason


def test_a_denial_negates_what_it_reports() -> None:
    denial = Statement(
        id="statement/0-4", content=(WORD,), speaker="entity/Dock Union", stance=Stance.DENIES, reports=("event/0-4",)
    )
    claimed = event(narrated=False, within=("statement/0-4",))
    (comparison,) = compared(told("A", event()), told("B", claimed, denial))
    assert comparison.conflict
    assert comparison.right.record == "statement/0-4"


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        (counted(14), counted(27), True),
        (counted(14), counted(15), False),
        (counted(minimum=14), counted(27), True),
        (counted(minimum=14), counted(16), False),
    ],
)
def test_numbers_conflict_when_they_are_clearly_apart(
    left: tuple[Quantity, ...], right: tuple[Quantity, ...], conflict: bool
) -> None:
    found = compared(told("A", event(quantities=left)), told("B", event(quantities=right)))
    assert [c.conflict for c in found] == [conflict]


def test_numbers_of_different_things_are_not_compared() -> None:
    trains = (Quantity(span=WORD, value=2, counts="trains"),)
    found = compared(told("A", event(quantities=counted(14))), told("B", event(quantities=trains)))
    assert not any(c.conflict for c in found)


def test_one_move_told_in_opposite_ways_is_a_conflict() -> None:
    fled = event(type="retreat", lemma="flee")
    regrouped = event(type="mobilize", lemma="regroup")
    (comparison,) = compared(told("A", fled), told("B", regrouped))
    assert comparison.conflict


def test_a_speaker_who_answers_another_contradicts_without_naming_the_same_sides() -> None:
    claim = Statement(id="statement/0-4", content=(WORD,), speaker="entity/Dock Union", reports=("event/0-4",))
    reply = msgspec.structs.replace(claim, id="statement/1-3", speaker="entity/Northern Rail")
    hurt = event(type="injure", lemma="injure", narrated=False, within=("statement/0-4",), roles=())
    unhurt = msgspec.structs.replace(
        hurt, id="event/1-3", lemma="hurt", polarity=Polarity.NEGATED, within=("statement/1-3",)
    )
    document = told("A", hurt, claim, reply)
    near = msgspec.structs.replace(document, events=(hurt, unhurt))
    (comparison,) = compared(near)
    assert comparison.conflict
    far = msgspec.structs.replace(reply, content=(Span(4000, 4004),))
    assert compared(msgspec.structs.replace(near, statements=(claim, far))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"time": Time(value="2023-06-20")},
        {"roles": ()},
        {"type": "meet", "lemma": "meet"},
        {"modality": Modality.POSSIBLE},
    ],
)
def test_another_day_place_kind_or_a_mere_plan_is_not_compared(change: dict[str, object]) -> None:
    assert compared(told("A", event()), told("B", event(**change))) == []


def test_the_work_does_not_grow_with_the_square() -> None:
    many = [told(f"outlet {i}", event()) for i in range(400)]
    assert len(compared(*many)) < 50 * 50
