"""Texts that nobody should write, through everything that reads them for the trained model."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import spacy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.config import Settings
from kg.errors import ReadError
from kg.nlp import make_doc
from kg.nlp.annotations import Stretch
from kg.nlp.statements import find_attributions
from kg.nlp.statements.learned import combined
from kg.nlp.statements.rules import read
from kg.nlp.tagger.grammar import Grammar
from kg.nlp.tagger.labels import FORBIDDEN, LABELS, ROLES, Floats, Ints, legal
from kg.nlp.tagger.linking import Linked
from kg.nlp.tagger.model import StatementModel, Tagger
from kg.nlp.tagger.pieces import Pieces, Splitter, flowing
from kg.read import parse

PIECES = (
    "Ann Lee", "the ministry", "said", "denied that", "rain fell", "he told us", "according to", "and", "who",
    '"', "“", "”", "«", "»", "„", "‟", "‘", "’", "'", "''", "``", "“”", '"""', "(", ")", "[SEP]", "[unused0]",
    ".", ",", ":", ";", "?!", "...", "—", "-", " ", "  ", "\u00a0", "\u2009", "\t", "\n", "\n\n", "\r\n", "\r",
    "\u0085", "\u2028", "\u2029", "\u200b", "\u200d", "\ufeff", "\u2060", "\u202e", "\u0301", "e\u0301\u0302", "\u0e33",
    "😀", "👨‍👩‍👧", "🇺🇦", "日本語", "한국", "ﷺ", "ﬁ", "İ", "ẞ", "𝔄𝔫𝔫", "\U000e0041", "\x1c", "\x1f", "x" * 120,
)  # fmt: skip
# Files with many control or private characters are refused as binary: those come without a document below.
anything = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Co"]), max_size=6)
texts = st.lists(st.sampled_from(PIECES) | anything, max_size=30).map("".join)
spaces = st.text(alphabet=st.sampled_from(" \n\t\u00a0\u2028\u200b"), max_size=12)
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Noise(Tagger):
    """A tagger that is sure of anything, in small windows."""

    def __init__(self, splitter: Splitter, seed: int) -> None:
        self.splitter, self.window, self.overlap = splitter, 24, 8
        self.transitions: Floats = np.where(legal(), 0, FORBIDDEN).astype(np.float32)
        self._random = np.random.default_rng(seed)

    def score(self, ids: Ints, forms: Ints, governors: Ints) -> Floats:
        """Scores that have nothing to do with the text."""
        return (self._random.normal(size=(*ids.shape, len(LABELS))) * 12).astype(np.float32)


@cache
def pipeline() -> Language:
    """The bare spaCy pipeline."""
    return spacy.load(Settings().spacy_model, exclude=["ner"])


def annotated(text: str) -> Doc:
    """A document of any text, with some prose before it so that there is something to read."""
    try:
        document = parse(f"Ann Lee said rain fell. {text}", metadata={"language": "en"})
    except ReadError:
        assume(False)
    nlp = pipeline()
    return nlp(make_doc(nlp, document))


def pieces_of(doc: Doc, splitter: Splitter) -> Pieces:
    return splitter.pieces(flowing(doc._.document), Grammar(doc))


def check(doc: Doc, stretches: list[Stretch]) -> None:
    assert all(0 <= start < end <= len(doc) for start, end in stretches)


def check_statements(doc: Doc, found: list[Linked]) -> None:
    """What becomes of attributions lies within the Doc."""
    for report in combined(doc, found, read(doc)):
        assert 0 <= report.head < len(doc)
        check(doc, [report.cue, *report.source, *report.content])
    for note in find_attributions(doc, lambda _: found):
        assert note.content
        check(doc, [*note.cue, *note.source, *note.content])


@slow
@given(text=texts, seed=st.integers(0, 2**32 - 1))
def test_any_text_is_read(text: str, seed: int, splitter: Splitter) -> None:
    doc = annotated(text)
    document = doc._.document
    tagger = Noise(splitter, seed)
    pieces = pieces_of(doc, splitter)
    end = 0
    for offsets, span in tagger.spans(pieces):
        assert end <= offsets[0] < offsets[1] <= len(document.text)
        assert not {span.first, span.end - 1} & set(pieces.breaks)
        assert offsets == pieces.offsets(span.first, span.end)
        end = offsets[1]
    check_statements(doc, StatementModel(tagger, {}).attributions(doc))


@slow
@given(text=texts, data=st.data())
def test_any_words_may_be_taken_for_an_attribution(text: str, data: st.DataObject, splitter: Splitter) -> None:
    doc = annotated(text)
    pieces = pieces_of(doc, splitter)
    words = [place for place in range(len(pieces.firsts)) if place not in pieces.breaks]
    found = []
    for _ in range(data.draw(st.integers(0, 4))):
        edges = sorted(data.draw(st.lists(st.sampled_from(words), min_size=2 * len(ROLES), max_size=2 * len(ROLES))))
        cuts = [(a, b + 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        cue, source, content = (pieces.offsets(*cut) for cut in data.draw(st.permutations(cuts)))
        found.append(Linked(cue, data.draw(st.sampled_from((None, source))), [content]))
    check_statements(doc, found)


@slow
@given(text=texts | spaces | st.text())
def test_without_a_document_a_doc_is_its_own_text(text: str, splitter: Splitter) -> None:
    doc = pipeline()(text)
    found = StatementModel(Noise(splitter, 1), {}).attributions(doc)
    assert all(0 <= begin < end <= len(text) for a in found for begin, end in (a.cue, *a.content))
    check_statements(doc, found)


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\u00a0\n ", "\u200b", "\u2028"])
def test_no_words_no_statements(text: str, splitter: Splitter) -> None:
    assert StatementModel(Noise(splitter, 1), {}).attributions(pipeline()(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        '"' * 3000,
        "“" * 3000,
        "“”" * 1500,
        "said " * 3000,
        "\u200b" * 3000 + "x",
        "\n\n" * 1500 + "x",
        "e" + "\u0301" * 3000,
        "“Ann said ‘Bo said “it rained” ’ ” " * 100,
    ],
)
def test_much_of_the_same_is_read(text: str, splitter: Splitter) -> None:
    doc = annotated(text)
    check_statements(doc, StatementModel(Noise(splitter, 2), {}).attributions(doc))
