"""A tokenizer that spells: every word letter by letter, so that its words and pieces can be counted by hand."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from kg.nlp.tagger.pieces import Splitter

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]")
LETTERS = string.ascii_lowercase + string.digits
MARKS = string.punctuation + "“”„«»‘’—"


def save(path: Path, special: tuple[str, ...] = SPECIAL) -> Path:
    """The tokenizer as a file: BERT's treatment of letters and marks, a vocabulary of single ones."""
    names = (*special, *LETTERS, *(f"##{letter}" for letter in LETTERS), *MARKS)
    vocabulary = {name: number for number, name in enumerate(names)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([name for name in special if not name.startswith("[unused")])
    tokenizer.enable_truncation(4)  # as files for sentence embedding do; the splitter must not heed it
    tokenizer.save(str(path))
    return path


@pytest.fixture(scope="session")
def splitter(tmp_path_factory: pytest.TempPathFactory) -> Splitter:
    """The splitter with the spelling tokenizer."""
    return Splitter(save(tmp_path_factory.mktemp("tagger") / "tokenizer.json"))
