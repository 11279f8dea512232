"""The ranker: templates and their tables, and what the shipped weights hold."""

from __future__ import annotations

import hashlib
from importlib import resources

import msgspec
import numpy as np
import pytest
from spacy.language import Language

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.linking import choose
from kg.nlp.coref.matching import FAR, NEAR
from kg.nlp.coref.phrases import Phrase, find_phrases
from kg.nlp.coref.ranker import NEW, PAIRS, Ranker, Weights, codes_of, index, label, load_ranker
from kg.nlp.coref.view import View

VALUES = {"type": ["name", "she"], "kind": ["Person"]}
TEXT = "Ada Okoro left the old ministry. She had run the ministry for years. Her deputy follows her."


def view_of(nlp: Language) -> View:
    section = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(TEXT)))
    return View(nlp(make_doc(nlp, Document(id="d", text=TEXT, sections=(section,)))))


def phrases_of(view: View) -> list[Phrase]:
    return find_phrases(view.doc, view.notes)


def test_candidates_come_before_and_end_somewhere(nlp: Language) -> None:
    view = view_of(nlp)
    grid = Grid(view, phrases_of(view), codes_of(VALUES))
    assert grid.candidates.shape == (len(grid.phrases), NEAR + FAR)
    assert all(there < here for here, row in enumerate(grid.candidates) for there in row)


def test_a_place_in_a_table_and_its_label_agree(nlp: Language) -> None:
    view, values = view_of(nlp), codes_of(VALUES)
    grid = Grid(view, phrases_of(view), values)
    columns = ("i.type", "j.kind", "match")
    phrases = [view.doc[slice(*phrase.stretch)].text for phrase in grid.phrases]
    places = index(columns, grid, values)
    she = phrases.index("She")
    assert label(columns, int(places[she, she - phrases.index("Ada Okoro") - 1]), values) == "she|Person|none"


def test_scores_are_sums_of_the_weights_that_apply(nlp: Language) -> None:
    weights = Weights(VALUES, {"i.type j.kind": {"she|Person": 2.0}}, {"i.type": {"she": 0.5}})
    ranker, view = Ranker(weights), view_of(nlp)
    grid = Grid(view, phrases_of(view), ranker.values)
    pairs, new = ranker.pairs(grid), ranker.new(grid)
    she = [view.doc[slice(*phrase.stretch)].text for phrase in grid.phrases].index("She")
    assert pairs[she].max() == 2.0
    assert new[she] == 0.5
    assert np.isneginf(pairs[0]).all()  # nothing comes before the first phrase


def test_what_begins_a_chain_chooses_itself(nlp: Language) -> None:
    weights = Weights(VALUES, {"i.type j.kind": {"she|Person": 4.0}}, {})
    ranker, view = Ranker(weights), view_of(nlp)
    grid = Grid(view, phrases_of(view), ranker.values)
    choices = choose(grid, ranker)
    words = [view.doc[slice(*phrase.stretch)].text for phrase in grid.phrases]
    she, ada = words.index("She"), words.index("Ada Okoro")
    assert choices[ada].first == ada
    assert choices[ada].probability == 0
    assert choices[she].first == ada
    assert choices[she].probability > 0.9


@pytest.mark.parametrize("text", ["", "!!", "Gone.", "0 0"])
def test_no_phrases_no_chains(nlp: Language, text: str) -> None:
    doc = nlp(make_doc(nlp, Document(id="d", text=text, sections=())))
    assert doc._.chains == []


def test_the_shipped_weights_fit_the_templates() -> None:
    ranker = load_ranker()
    assert tuple(ranker._pairs) == tuple(" ".join(columns) for columns in PAIRS)
    assert tuple(ranker._new) == tuple(" ".join(columns) for columns in NEW)


def test_weights_survive_json() -> None:
    weights = Weights(VALUES, {"match": {"exact": 1.0}}, {})
    assert msgspec.json.decode(msgspec.json.encode(weights), type=Weights) == weights


def test_the_card_names_the_weights_that_are_shipped() -> None:
    folder = resources.files("kg.nlp.coref")
    shipped = hashlib.sha256((folder / "weights.json").read_bytes()).hexdigest()
    assert shipped in (folder / "MODEL_CARD.md").read_text("utf-8")
