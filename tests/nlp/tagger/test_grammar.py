"""What the parse says of each token, on parses written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.tagger.grammar import FIELDS, GOVERNORS, RELATIONS, SIZES, SUBORDINATE, TAGS, Grammar

CLAUSES = ("", "ROOT", "conj", *SUBORDINATE)
VOCAB = Vocab()


def parsed(*rows: tuple[str, str, str, int]) -> Doc:
    """A Doc of (word, tag, relation, head) a token."""
    words, tags, relations, heads = (list(column) for column in zip(*rows, strict=True))
    return Doc(VOCAB, words=words, tags=tags, deps=relations, heads=heads)


def clauses(doc: Doc) -> dict[str, tuple[str, str, str, str]]:
    """Of each word the innermost clause and its governor, the outermost and its governor; "" for none."""
    grammar = Grammar(doc)
    found = {}
    for token, fields, governors in zip(doc, grammar.fields.tolist(), grammar.governors.tolist(), strict=True):
        inner, outer = (doc[governor].text if governor >= 0 else "" for governor in governors)
        found[token.text] = (CLAUSES[fields[2]], inner, CLAUSES[fields[3]], outer)
    return found


@pytest.fixture
def reported() -> Doc:
    return parsed(
        ("Officials", "NNS", "nsubj", 1),
        ("said", "VBD", "ROOT", 1),
        ("that", "IN", "mark", 4),
        ("Anna", "NNP", "nsubj", 4),
        ("left", "VBD", "ccomp", 1),
        ("and", "CC", "cc", 4),
        ("Boris", "NNP", "nsubj", 7),
        ("stayed", "VBD", "conj", 4),
        (".", ".", "punct", 1),
    )


def test_both_halves_of_a_joined_report_are_below_the_verb_of_saying(reported: Doc) -> None:
    found = clauses(reported)
    assert found["Officials"] == found["said"] == found["."] == ("ROOT", "", "", "")
    assert found["that"] == found["Anna"] == found["left"] == found["and"] == ("ccomp", "said", "ccomp", "said")
    assert found["Boris"] == found["stayed"] == ("conj", "left", "ccomp", "said")


def test_a_report_within_a_report_knows_both_verbs() -> None:
    doc = parsed(
        ("Papers", "NNS", "nsubj", 1),
        ("write", "VBP", "ROOT", 1),
        ("aides", "NNS", "nsubj", 3),
        ("believed", "VBD", "ccomp", 1),
        ("he", "PRP", "nsubj", 5),
        ("hoped", "VBD", "ccomp", 3),
        ("to", "TO", "aux", 7),
        ("win", "VB", "xcomp", 5),
    )
    found = clauses(doc)
    assert found["aides"] == ("ccomp", "write", "ccomp", "write")
    assert found["he"] == ("ccomp", "believed", "ccomp", "write")
    assert found["win"] == ("xcomp", "hoped", "ccomp", "write")


def test_a_relative_clause_is_governed_by_its_noun() -> None:
    doc = parsed(
        ("Men", "NNS", "nsubj", 3),
        ("who", "WP", "nsubj", 2),
        ("fled", "VBD", "relcl", 0),
        ("wept", "VBD", "ROOT", 3),
    )
    found = clauses(doc)
    assert found["who"] == found["fled"] == ("relcl", "Men", "relcl", "Men")
    assert found["Men"] == ("ROOT", "", "", "")


def test_joined_verbs_begin_a_clause_and_joined_nouns_do_not() -> None:
    doc = parsed(
        ("Cats", "NNS", "nsubj", 3),
        ("and", "CC", "cc", 0),
        ("dogs", "NNS", "conj", 0),
        ("ate", "VBD", "ROOT", 3),
        ("or", "CC", "cc", 3),
        ("slept", "VBD", "conj", 3),
        ("could", "MD", "conj", 5),
    )
    found = clauses(doc)
    assert found["dogs"] == ("ROOT", "", "", "")
    assert found["slept"] == ("conj", "ate", "", "")
    assert found["could"] == ("conj", "slept", "", "")


def test_fields_number_tag_and_relation(reported: Doc) -> None:
    fields = Grammar(reported).fields
    assert [TAGS[number - 1] for number in fields[:, 0]] == [token.tag_ for token in reported]
    assert [RELATIONS[number - 1] for number in fields[:, 1]] == [token.dep_ for token in reported]


def test_begins_are_characters(reported: Doc) -> None:
    assert Grammar(reported).begins.tolist() == [token.idx for token in reported]


def test_other_schemes_count_as_other() -> None:
    doc = parsed(("Eau", "NOUN", "subj", 1), ("coule", "VERB", "ROOT", 1), ("vite", "ADV", "obl:mod", 1))
    assert Grammar(doc).fields[:, :2].tolist() == [[0, 0], [0, RELATIONS.index("ROOT") + 1], [0, 0]]
    assert clauses(doc)["vite"] == ("ROOT", "", "", "")


def test_without_a_parse_nothing_is_said() -> None:
    grammar = Grammar(Doc(VOCAB, words=["no", "parse"]))
    assert grammar.fields.tolist() == [[0] * FIELDS] * 2
    assert grammar.governors.tolist() == [[-1] * GOVERNORS] * 2


def test_an_empty_doc_has_arrays_of_the_right_shape() -> None:
    grammar = Grammar(Doc(VOCAB))
    assert grammar.begins.shape == (0,)
    assert grammar.fields.shape == (0, FIELDS)
    assert grammar.governors.shape == (0, GOVERNORS)


def test_a_very_deep_parse_is_no_trouble() -> None:
    depth = 5000
    heads, relations = [0, *range(depth - 1)], ["ROOT"] + ["ccomp"] * (depth - 1)
    doc = Doc(VOCAB, words=["say"] * depth, tags=["VBP"] * depth, deps=relations, heads=heads)
    assert Grammar(doc).governors[-1].tolist() == [depth - 2, 0]


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    """Any forest with any relations, heads before or after."""
    order = draw(st.permutations(range(draw(st.integers(1, 12)))))
    heads = [0] * len(order)
    for place, token in enumerate(order):
        heads[token] = order[draw(st.integers(0, place))]
    relation, tag = st.sampled_from(("conj", "dobj", "odd", *SUBORDINATE)), st.sampled_from(("VBD", "MD", "NN", "odd"))
    deps = ["ROOT" if head == token else draw(relation) for token, head in enumerate(heads)]
    tags = [draw(tag) for _ in heads]
    return Doc(VOCAB, words=["w"] * len(heads), heads=heads, deps=deps, tags=tags)


@settings(deadline=None)
@given(trees())
def test_clauses_are_those_met_on_the_way_to_the_root(doc: Doc) -> None:
    grammar = Grammar(doc)
    assert (grammar.fields >= 0).all()
    assert (grammar.fields < SIZES).all()
    for token in doc:
        path = [token, *token.ancestors]
        below = [t for t in path if t.dep_ in SUBORDINATE]
        inner = next(t for t in path if t in below or t.head == t or (t.dep_ == "conj" and t.tag_ in ("VBD", "MD")))
        kinds = [CLAUSES.index(inner.dep_), CLAUSES.index(below[-1].dep_) if below else 0]
        governors = [inner.head.i if inner.head != inner else -1, below[-1].head.i if below else -1]
        assert grammar.fields[token.i, 2:].tolist() == kinds
        assert grammar.governors[token.i].tolist() == governors
