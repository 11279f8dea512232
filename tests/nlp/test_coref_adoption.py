"""What the graph takes over from the ranker: pronouns move, names and nominals stay."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.model import Document, MentionKind, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.coref import SIEVES
from kg.nlp.coref.adoption import adopt
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.linking import Choice
from kg.nlp.coref.phrases import find_phrases
from kg.nlp.coref.ranker import load_ranker
from kg.nlp.coref.view import View

TEXT = "Farmers met the ministry's envoys. They had lost their crops. Ada Okoro listened. She left."


@pytest.fixture
def view(nlp: Language) -> View:
    section = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(TEXT)))
    view = View(nlp(make_doc(nlp, Document(id="d", text=TEXT, sections=(section,)))))
    for sieve in SIEVES:
        sieve(view)
    return view


def settled(view: View, likely: dict[str, tuple[str, float]]) -> dict[str, set[str]]:
    """The clusters of the words in `likely` if the ranker says so much of each, by the word."""
    grid = Grid(view, find_phrases(view.doc, view.notes), load_ranker().values)
    words = [view.doc[slice(*phrase.stretch)].text for phrase in grid.phrases]
    choices = [Choice(place) for place in range(len(words))]
    for word, (other, odds) in likely.items():
        choices[words.index(word)] = Choice(words.index(other), odds, {words.index(other): odds})
    adopt(view, grid, choices)
    heads = {view.doc[slice(*n.stretch)].text: i for i, n in enumerate(view.notes)}
    members = {word: view.clusters.profile(heads[word]).members for word in likely}
    return {word: {view.doc[slice(*view.notes[m].stretch)].text for m in found} for word, found in members.items()}


def test_what_both_find_stays(view: View) -> None:
    assert "Farmers" in settled(view, {"They": ("Farmers", 0.3)})["They"]


def test_the_ranker_moves_a_pronoun_where_it_is_sure(view: View) -> None:
    (other,) = (view.doc[slice(*n.stretch)].text for n in view.notes if view.lemma(n) == "envoy")
    assert settled(view, {"They": (other, 0.9)})["They"] == {other, "They"}


def test_what_the_ranker_finds_unlikely_stands_alone(view: View) -> None:
    (other,) = (view.doc[slice(*n.stretch)].text for n in view.notes if view.lemma(n) == "envoy")
    assert settled(view, {"They": (other, 0.4)})["They"] == {"They"}


def test_no_name_moves(view: View) -> None:
    assert "Farmers" not in settled(view, {"Ada Okoro": ("Farmers", 1.0)})["Ada Okoro"]


def test_parting_keeps_who_stays(view: View) -> None:
    pronouns = {i for i, note in enumerate(view.notes) if note.form == MentionKind.PRONOUN}
    view.clusters.part(pronouns)
    groups = view.clusters.groups()
    assert all([index] in groups for index in sorted(pronouns))
    assert sorted(index for group in groups for index in group) == list(range(len(view.notes)))
