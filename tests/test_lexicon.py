from __future__ import annotations

import msgspec
import pytest

from kg import lexicon
from kg.errors import VocabularyError
from kg.nlp.coref.view import Words


class Wrong(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    definite: int


def test_a_word_list_loads_once() -> None:
    assert lexicon.load("coref", Words) is lexicon.load("coref", Words)


def test_a_word_list_of_another_shape_is_named_with_its_key() -> None:
    with pytest.raises(VocabularyError, match=r"coref\.toml.*definite"):
        lexicon.load("coref", Wrong)


def test_a_missing_word_list_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"nowhere\.toml"):
        lexicon.load("nowhere", Words)
