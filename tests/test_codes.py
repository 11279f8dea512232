"""PLOVER codes of events and statements: by what is told, and by how."""

from __future__ import annotations

import pytest

from kg.codes import event_codes, plover_table, statement_codes
from kg.model import Event, Modality, Polarity, Span, Stance, Statement
from kg.ontology import load_event_types


def told(kind: str, modality: Modality = Modality.ACTUAL, polarity: Polarity = Polarity.AFFIRMED) -> Event:
    return Event(
        id="event/0-1",
        type=kind,
        label=kind,
        triggers=(Span(0, 1),),
        sentence=Span(0, 1),
        modality=modality,
        polarity=polarity,
    )


def said(stance: Stance, polarity: Polarity = Polarity.AFFIRMED) -> Statement:
    return Statement(id="statement/0-1", content=(Span(0, 1),), stance=stance, polarity=polarity)


def test_the_table_speaks_of_types_of_the_scheme_and_of_plover_codes() -> None:
    table = plover_table()
    assert set(table.types) <= set(load_event_types())
    named = [*table.types.values(), *table.intended.values(), *table.denied.values()]
    named += [*table.stances.values(), *table.hostile.values(), tuple(table.intended), tuple(table.denied)]
    assert {code for codes in named for code in codes} <= table.codes


@pytest.mark.parametrize(
    ("event", "codes"),
    [
        (told("supply"), ("aid",)),
        (told("protest"), ("protest",)),
        (told("marry"), ()),
        (told("supply", Modality.FUTURE), ("agree",)),
        (told("bomb", Modality.FUTURE), ("threaten",)),
        (told("request", Modality.FUTURE), ("demand",)),
        (told("meet", Modality.POSSIBLE), ("agree", "consult")),
        (told("meet", polarity=Polarity.NEGATED), ("reject",)),
        (told("supply", Modality.FUTURE, Polarity.NEGATED), ("reject",)),
        (told("bomb", polarity=Polarity.NEGATED), ()),
    ],
)
def test_an_event_is_coded_by_type_modality_and_polarity(event: Event, codes: tuple[str, ...]) -> None:
    assert event_codes(event) == codes


def test_to_promise_harm_is_to_threaten() -> None:
    assert statement_codes(said(Stance.PROMISES), [told("supply", Modality.FUTURE)]) == ("agree",)
    assert statement_codes(said(Stance.PROMISES), [told("bomb", Modality.FUTURE)]) == ("threaten", "agree")
    averted = told("bomb", Modality.FUTURE, Polarity.NEGATED)
    assert statement_codes(said(Stance.PROMISES), [averted]) == ("agree",)


def test_to_call_for_harm_is_to_disapprove() -> None:
    assert statement_codes(said(Stance.DEMANDS), [told("sanction", Modality.POSSIBLE)]) == ("disapprove", "demand")
    assert statement_codes(said(Stance.DEMANDS), [told("release", Modality.POSSIBLE)]) == ("demand",)


def test_what_was_not_said_and_what_only_tells_has_no_code() -> None:
    assert statement_codes(said(Stance.ACCUSES, Polarity.NEGATED)) == ()
    assert statement_codes(said(Stance.ASSERTS), [told("bomb")]) == ()
