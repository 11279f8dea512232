"""Texts to words, sub-words and what is known of each."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Document, Section, SectionKind, Span
from kg.nlp.tagger.grammar import GOVERNORS, RELATIONS, SIZES, TAGS, Grammar
from kg.nlp.tagger.pieces import FIELDS, FORMS, PLAIN, Pieces, Splitter, flowing
from tests.nlp.tagger.conftest import LETTERS, MARKS, SPECIAL, save

VOCAB = Vocab()
UNPARSED = Grammar(Doc(VOCAB))
BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
NAMES = (*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS), *MARKS)


def words(text: str, pieces: Pieces) -> list[str]:
    return [text[begin:end] for begin, end in zip(pieces.begins, pieces.ends, strict=True)]


def spelled(pieces: Pieces) -> list[str]:
    """The sub-words of each word."""
    bounds = [*pieces.firsts.tolist(), len(pieces.ids)]
    return ["".join(NAMES[i] for i in pieces.ids[a:b]).replace("##", "") for a, b in pairwise(bounds)]


def looks(text: str, splitter: Splitter) -> list[tuple[str, int, bool]]:
    """Each word with its case (0 as it comes, 1 Capitalised, 2 CAPITALS) and whether it is quoted."""
    pieces = splitter.pieces(text, UNPARSED)
    numbers = (pieces.forms[pieces.firsts, 0] - PLAIN[0]).tolist()
    return [(word, number % 3, number >= 3) for word, number in zip(words(text, pieces), numbers, strict=True)]


def quoted(text: str, splitter: Splitter) -> str:
    """The words that count as quoted, with a bar where others stand between."""
    return " ".join(word if inside else "|" for word, _, inside in looks(text, splitter))


def test_words_are_runs_of_letters_or_digits_and_single_marks(splitter: Splitter) -> None:
    text = "Ann's  team won 3-1,\u00a0“they” said..."
    pieces = splitter.pieces(text, UNPARSED)
    expected = ["Ann", "'", "s", "team", "won", "3", "-", "1", ",", "“", "they", "”", "said", ".", ".", "."]
    assert words(text, pieces) == expected
    assert spelled(pieces) == [word.lower() for word in expected]
    assert pieces.breaks == []


def test_offsets_are_of_the_text_as_it_is(splitter: Splitter) -> None:
    text = "Cafe\u0301 Zoë \u200bsa\u200bid ＡＢ"
    assert words(text, splitter.pieces(text, UNPARSED))[:3] == ["Cafe", "Zoë", "sa\u200bid"]


def test_long_texts_are_not_cut_off(splitter: Splitter) -> None:
    assert len(splitter.pieces("ab " * 700, UNPARSED).ids) == 1400


def test_a_line_break_between_words_is_a_word(splitter: Splitter) -> None:
    text = "\n a b \n\n c\nd\n"
    pieces = splitter.pieces(text, UNPARSED)
    assert words(text, pieces) == ["a", "b", " \n\n ", "c", "\n", "d"]
    assert pieces.breaks == [2, 4]
    assert [NAMES[i] for i in pieces.ids] == ["a", "b", "[unused0]", "c", "[unused0]", "d"]


def test_offsets_and_words_in_are_inverse(splitter: Splitter) -> None:
    text = "Rain fell, she said."
    pieces = splitter.pieces(text, UNPARSED)
    assert pieces.offsets(0, 3) == (0, 10)
    assert pieces.words_in((0, 10)) == (0, 3)
    assert pieces.words_in((1, 6)) == (0, 2)
    assert pieces.words_in((4, 5)) == (1, 1)
    assert pieces.words_in((0, len(text))) == (0, len(pieces.firsts))


def test_what_the_text_says_is_never_a_special_token(splitter: Splitter) -> None:
    text = "[SEP] x [PAD]y[CLS]"
    pieces = splitter.pieces(text, UNPARSED)
    assert words(text, pieces) == ["[", "SEP", "]", "x", "[", "PAD", "]", "y", "[", "CLS", "]"]
    assert not set(pieces.ids.tolist()) & {splitter.start, splitter.stop, splitter.pad}


def test_case(splitter: Splitter) -> None:
    found = looks("EU and Eu A iPhone É ÉU 7", splitter)
    assert [case for _, case, _ in found] == [2, 0, 1, 1, 0, 1, 2, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a "b c" d', '| " b c " |'),
        ('a "b" c "d" e', '| " b " | " d " |'),
        ("a “b c” d", "| “ b c ” |"),
        ("«a b» c", "« a b » |"),
        ("„a b” c", "„ a b ” |"),
        ("a “b ‘c’ d” e", "| “ b ‘ c ’ d ” |"),
        ("a “b “c d” e", "| “ b “ c d ” |"),  # opened twice, closed once
        ("a ” b", "| | |"),
        ("a “b c", "| “ b c"),
        ("a “b \n c", "| “ b | |"),  # unclosed: the paragraph ends it
        ('a "b \n "c" d', '| " b | " c " |'),
        ("don't 'a' b", "| | | | | | |"),
    ],
)
def test_quotation(text: str, expected: str, splitter: Splitter) -> None:
    assert quoted(text, splitter) == expected


def test_no_text_no_pieces(splitter: Splitter) -> None:
    for text in ("", " \n ", "\u200b"):
        pieces = splitter.pieces(text, UNPARSED)
        assert pieces.ids.shape == pieces.firsts.shape == (0,)
        assert pieces.forms.shape == (0, FIELDS)
        assert pieces.governors.shape == (0, GOVERNORS)
        assert pieces.begins == pieces.ends == pieces.breaks == []


@pytest.fixture
def doc() -> Doc:
    """Aides don't say\nCo. fell: the parser's words are not the tokenizer's."""
    return Doc(
        VOCAB,
        words=["Aides", "do", "n't", "say", "\n", "Co.", "fell"],
        spaces=[True, False, True, False, False, True, False],
        tags=["NNS", "VBP", "RB", "VB", "_SP", "NNP", "VBD"],
        deps=["nsubj", "aux", "neg", "ROOT", "dep", "nsubj", "ccomp"],
        heads=[3, 3, 3, 3, 3, 6, 3],
    )


def test_each_word_has_the_grammar_of_the_token_it_begins_in(doc: Doc, splitter: Splitter) -> None:
    pieces = splitter.pieces(doc.text, Grammar(doc))
    assert words(doc.text, pieces) == ["Aides", "don", "'", "t", "say", "\n", "Co", ".", "fell"]
    forms = (pieces.forms - PLAIN)[pieces.firsts]
    tags = [TAGS[tag - 1] if tag else "" for tag in forms[:, 1]]
    assert tags == ["NNS", "VBP", "RB", "RB", "VB", "", "NNP", "NNP", "VBD"]
    relations = [RELATIONS[relation - 1] if relation else "" for relation in forms[:, 2]]
    assert relations == ["nsubj", "aux", "neg", "neg", "ROOT", "", "nsubj", "nsubj", "ccomp"]


def test_governors_are_the_first_piece_of_the_governing_word(doc: Doc, splitter: Splitter) -> None:
    pieces = splitter.pieces(doc.text, Grammar(doc))
    governors = [[NAMES[i] for i in pair] for pair in pieces.governors[pieces.firsts]]
    nothing = ["[unused1]", "[unused1]"]
    assert governors == [nothing] * 6 + [["s", "s"]] * 3  # "fell" is what they say


def test_a_governor_right_after_a_mark_is_found(splitter: Splitter) -> None:
    doc = Doc(
        VOCAB,
        words=["(", "Say", "he", "fell"],
        spaces=[False, True, True, False],
        deps=["punct", "ROOT", "nsubj", "ccomp"],
        heads=[1, 1, 3, 1],
    )
    pieces = splitter.pieces(doc.text, Grammar(doc))
    assert [NAMES[i] for i in pieces.governors[-1]] == ["s", "s"]


def test_all_pieces_of_a_word_are_told_the_same(doc: Doc, splitter: Splitter) -> None:
    pieces = splitter.pieces(doc.text, Grammar(doc))
    bounds = [*pieces.firsts.tolist(), len(pieces.ids)]
    for first, end in pairwise(bounds):
        assert (pieces.forms[first:end] == pieces.forms[first]).all()
        assert (pieces.governors[first:end] == pieces.governors[first]).all()


def test_forms_of_the_fields_do_not_meet() -> None:
    assert 6 + sum(SIZES) == FORMS
    assert PLAIN.tolist() == [0, 6, 6 + SIZES[0], 6 + sum(SIZES[:2]), 6 + sum(SIZES[:3])]


@pytest.mark.parametrize("missing", ["[PAD]", "[CLS]", "[SEP]", "[unused0]", "[unused1]"])
def test_a_vocabulary_without_the_needed_tokens_is_refused(missing: str, tmp_path: Path) -> None:
    path = save(tmp_path / "tokenizer.json", tuple(name for name in SPECIAL if name != missing))
    with pytest.raises(ValueError, match=missing.strip("[]")):
        Splitter(path)


@settings(deadline=None)
@given(text=st.text(alphabet=st.sampled_from("abA1 .\"“”'\n\u0301\u200b日İ😀"), max_size=40))
def test_words_of_any_text_are_in_order_and_apart(text: str, splitter: Splitter) -> None:
    pieces = splitter.pieces(text, UNPARSED)
    ends = [0, *pieces.ends]
    assert all(end <= begin for end, begin in zip(ends, pieces.begins, strict=False))
    assert all(begin < end <= len(text) for begin, end in zip(pieces.begins, pieces.ends, strict=True))
    assert [n for n, word in enumerate(words(text, pieces)) if "\n" in word] == pieces.breaks
    assert (pieces.forms < FORMS).all()
    assert (pieces.forms >= PLAIN).all()


def wrapped(*lines: tuple[str, bool]) -> Document:
    """A document of the joined lines, those marked being sections."""
    sections, begin = [], 0
    for line, section in lines:
        if section:
            sections.append(Section(kind=SectionKind.PARAGRAPH, span=Span(begin, begin + len(line))))
        begin += len(line)
    return Document(id="test", text="".join(line for line, _ in lines), sections=tuple(sections))


def test_a_hard_wrapped_section_flows() -> None:
    document = wrapped(("One two\nthree\r\nfour", True), ("\n\n", False), ("five\nsix", True), ("\n", False))
    assert flowing(document) == "One two three  four\n\nfive six\n"


@pytest.mark.parametrize("mark", BREAKS)
def test_any_line_separator_counts(mark: str) -> None:
    assert flowing(wrapped((f"a{mark}b", True), (mark, False), ("c", True))) == "a b\nc"


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(alphabet=st.sampled_from("ab“ " + BREAKS), min_size=1), st.booleans())))
def test_flowing_moves_nothing(lines: list[tuple[str, bool]]) -> None:
    document = wrapped(*lines)
    flat = flowing(document)
    assert len(flat) == len(document.text)
    assert all(a == b or (a in BREAKS and b in " \n") for a, b in zip(document.text, flat, strict=True))
    assert not any("\n" in section.span.of(flat) for section in document.sections)
    outside = "".join(line for line, section in lines if not section)
    assert flat.count("\n") == sum(outside.count(mark) for mark in BREAKS)
