"""Base forms that spaCy's lemmatiser mistakes, put right before every word list is looked up by them."""

from __future__ import annotations

import msgspec
from spacy.language import Language
from spacy.pipeline import AttributeRuler

from kg import lexicon

_VERBAL = ["VB", "VBD", "VBG", "VBN", "VBP", "VBZ"]


class Lemmas(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of `kg/data/lemmas.toml`: base form -> forms of it."""

    verbs: dict[str, tuple[str, ...]]


def correct_lemmas(nlp: Language) -> None:
    """Teach `nlp` the base forms of mistaken verbs; a pipeline without attribute ruler is left as it is.

    The lemmatiser does not overwrite what the attribute ruler before it has set.
    """
    if not nlp.has_pipe("attribute_ruler"):
        return
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    for lemma, forms in lexicon.load("lemmas", Lemmas).verbs.items():
        ruler.add([[{"LOWER": {"IN": list(forms)}, "TAG": {"IN": _VERBAL}}]], {"LEMMA": lemma})
