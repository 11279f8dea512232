"""Who takes part in an event, on whole sentences: adjectives, light verbs, participles, relatives, prepositions."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.model import RoleName
from kg.nlp.annotations import clusters_of
from tests.nlp.test_events import parts, told

CASES: dict[str, list[tuple[str, str, set[tuple[str, str]]]]] = {
    "what stands before an event noun": [
        ("Israeli strikes hit a school in Rafah.", "strikes", {("agent", "Israel")}),
        ("Thousands crossed into Poland to escape Ukrainian shelling.", "shelling", {("agent", "Ukraine")}),
        ("Russian shelling of Kherson wounded two medics.", "shelling", {("agent", "Russia"), ("patient", "Kherson")}),
        ("The Kabul bombing killed nine recruits.", "bombing", {("place", "Kabul")}),
        ("The Mali ambush killed nine soldiers.", "ambush", {("place", "Mali")}),
        ("The US strikes on the rebels went on.", "strikes", {("agent", "United States")}),
        ("The newly elected president visited Kampala.", "elected", {("patient", "The newly elected president")}),
    ],
    "possessors": [
        ("Peru's arrest of the smuggler angered Chile.", "arrest", {("agent", "Peru"), ("patient", "the smuggler")}),
        ("The smuggler's arrest angered Chile.", "arrest", {("patient", "The smuggler")}),
    ],
    "who is charged": [
        ("The governor blamed rebels for the attack.", "attack", {("agent", "rebels")}),
        (
            "A farmer was convicted of the murder of his brother.",
            "murder",
            {("agent", "A farmer"), ("patient", "his brother")},
        ),
    ],
    "deeds that somebody is accused of": [
        ("Prosecutors accused the shipping firm of hiding records.", "hiding", {("agent", "the shipping firm")}),
        ("Peru denied selling weapons.", "selling", {("agent", "Peru")}),
    ],
    "who does of their own will": [
        ("The nurses returned to work on Monday.", "returned", {("agent", "The nurses")}),
    ],
    "phrases on the object": [
        (
            "The rebels inflicted heavy losses on the army.",
            "inflicted",
            {("agent", "The rebels"), ("patient", "the army")},
        ),
        ("Kenya withdrew its troops from Somalia.", "withdrew", {("patient", "its troops"), ("origin", "Somalia")}),
        ("The general ordered the troops into Uyuni.", "ordered", {("destination", "Uyuni")}),
    ],
    "prepositions": [
        ("French troops arrived in Bangui on Sunday.", "arrived", {("destination", "Bangui")}),
        ("The board rejected an offer from the union.", "offer", {("agent", "the union")}),
        ("Serbia went ahead with the elections.", "went", {("agent", "Serbia")}),
    ],
    "participles and relatives": [
        ("Officers fired ten shots, wounding a man.", "wounding", {("agent", "Officers"), ("patient", "a man")}),
        ("The mayor, whom rebels kidnapped in June, was freed.", "kidnapped", {("agent", "rebels")}),
        ("While visiting Jakarta, President Ana Costa met farmers.", "visiting", {("place", "Jakarta")}),
        ("The number of refugees who fled to Chad has doubled.", "fled", {("agent", "The number of refugees")}),
    ],
}
ALL = [case for cases in CASES.values() for case in cases]


@pytest.mark.parametrize(("text", "word", "expected"), ALL, ids=[f"{t} [{w}]" for t, w, _ in ALL])
def test_participants(nlp: Language, text: str, word: str, expected: set[tuple[str, str]]) -> None:
    found = parts(*told(nlp, text, word))
    assert expected <= found, found


def test_what_the_main_clause_tells_of_brings_about_the_harm(nlp: Language) -> None:
    doc, event = told(nlp, "A bomb exploded in a market in Herat, killing nine pupils.", "killing")
    agents = [role for role in event.roles if role.role is RoleName.AGENT]
    assert [(role.event, doc._.happenings[role.filler].type) for role in agents] == [(True, "explode")]


def test_a_place_of_the_aside_is_not_that_of_the_event(nlp: Language) -> None:
    doc, event = told(nlp, "The firm, which Ann Lee founded in Porto in 1974, sacked nine welders.", "sacked")
    assert not [role for role in event.roles if role.role is RoleName.PLACE]
    assert len(clusters_of(doc)) > 0


def test_whoever_tells_of_it_is_elsewhere(nlp: Language) -> None:
    """The place of the saying is not that of what is said."""
    _, event = told(nlp, "The minister told reporters in Geneva that rebels had attacked nurses.", "attacked")
    assert not [role for role in event.roles if role.role is RoleName.PLACE]


def test_a_gerund_may_be_what_kills(nlp: Language) -> None:
    _doc, event = told(nlp, "Ferry owner charged after sinking off Batangas kills 31", "kills")
    agents = [role for role in event.roles if role.role is RoleName.AGENT]
    assert [role.event for role in agents] == [True]


def test_whose_sons_died_did_not_die(nlp: Language) -> None:
    found = parts(*told(nlp, "The nurse met Rosario Dizon, whose two sons died in the war.", "died"))
    assert ("patient", "Rosario Dizon") not in found


def test_a_place_that_something_is_compared_with_is_not_that_of_the_event(nlp: Language) -> None:
    found = parts(*told(nlp, "The firm sold fish better than anyone else in Europe.", "sold"))
    assert ("place", "Europe") not in found
