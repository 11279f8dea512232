"""Base forms that the lemmatiser alone mistakes."""

from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The islanders hoped to join the union.", "hoped", "hope"),
        ("The frog hopped over the ditch.", "hopped", "hop"),
        ("Farmers staged a rally.", "staged", "stage"),
        ("The kingdom waged a war.", "waged", "wage"),
        ("The firm axed jobs.", "axed", "axe"),
    ],
)
def test_base_forms(nlp: Language, text: str, word: str, lemma: str) -> None:
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name.startswith("kg_")]):
        doc = nlp(text)
    assert next(t for t in doc if t.text == word).lemma_ == lemma
