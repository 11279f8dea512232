"""Text to what the statement tagger reads: sub-words, what is known of each beside its letters, and words.

The tagger labels words: the tokenizer's (runs of letters or digits, single marks), and line breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from kg.model import Document
from kg.nlp.tagger.grammar import FIELDS as GRAMMAR_FIELDS
from kg.nlp.tagger.grammar import GOVERNORS, SIZES, Grammar
from kg.nlp.tagger.labels import Ints, Offsets

_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_OPENING, _CLOSING, _STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')
_CASES = 3  # as it comes; Capitalised; ALL CAPITALS
_LOOKS = 2 * _CASES  # each case outside and inside quotation marks
FIELDS = 1 + GRAMMAR_FIELDS
_STARTS: Ints = np.cumsum([0, _LOOKS, *SIZES], dtype=np.int64)
FORMS = int(_STARTS[-1])
PLAIN = _STARTS[:FIELDS]  # the forms of what is no word


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as sub-words and its words: first sub-word and character offsets of each.

    `forms` [sub-word, FIELDS] are numbers below `FORMS`: case and quotation marks, and what the parse says of the
    word; `governors` [sub-word, GOVERNORS] are the first sub-words of the words that govern its clauses.
    """

    ids: Ints
    forms: Ints
    governors: Ints
    firsts: Ints
    begins: list[int]
    ends: list[int]
    breaks: list[int]  # which words are line breaks

    def words_in(self, span: Offsets) -> tuple[int, int]:
        """First and last-plus-one of the words that share a character with `span`."""
        return bisect_right(self.ends, span[0]), bisect_left(self.begins, span[1])

    def offsets(self, first: int, end: int) -> Offsets:
        """Characters of the words [first, end)."""
        return self.begins[first], self.ends[end - 1]


def flowing(document: Document) -> str:
    """The text with line breaks between its sections only: to the tagger one ends a paragraph.

    Same length, same offsets.
    """
    text = list(_BREAK.sub("\n", document.text))
    for section in document.sections:
        begin, end = section.span.begin, section.span.end
        text[begin:end] = [" " if character == "\n" else character for character in text[begin:end]]
    return "".join(text)


class Splitter:
    """Cuts texts into `Pieces` with the tokenizer that the encoder was trained with."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # a text that says "[SEP]" says so in letters
        self._paragraph = self._special("[unused0]")
        self.start, self.stop = self._special("[CLS]", "<s>"), self._special("[SEP]", "</s>")
        self.pad = self._special("[PAD]", "<pad>")
        self.nothing = self._special("[unused1]")

    def _special(self, *names: str) -> int:
        """The id of the first of `names` that the vocabulary holds."""
        for name in names:
            found = self._tokenizer.token_to_id(name)
            if found is not None:
                return int(found)
        raise ValueError(f"the tokenizer's vocabulary has no {names[0]}")

    def pieces(self, text: str, grammar: Grammar) -> Pieces:
        """`text` as sub-words, given its parse; a line break between two words becomes a word of its own."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids: list[int] = []
        firsts: list[int] = []
        begins: list[int] = []
        ends: list[int] = []
        breaks: list[int] = []
        last = None
        for piece, word, (begin, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            if word != last or word is None:
                if ends and "\n" in text[ends[-1] : begin]:
                    breaks.append(len(firsts))
                    firsts.append(len(ids))
                    ids.append(self._paragraph)
                    begins.append(ends[-1])
                    ends.append(begin)
                firsts.append(len(ids))
                begins.append(begin)
                ends.append(end)
            ids.append(piece)
            ends[-1], last = end, word
        sizes: Ints = np.diff([*firsts, len(ids)])
        forms, governors = self._grammar(grammar, ids, firsts, begins, ends, breaks)
        forms[:, 0] = _looks(text, begins, ends)
        return Pieces(
            ids=np.asarray(ids, dtype=np.int64),
            forms=np.repeat(forms + PLAIN, sizes, axis=0),
            governors=np.repeat(governors, sizes, axis=0),
            firsts=np.asarray(firsts, dtype=np.int64),
            begins=begins,
            ends=ends,
            breaks=breaks,
        )

    def _grammar(
        self, grammar: Grammar, ids: list[int], firsts: list[int], begins: list[int], ends: list[int], breaks: list[int]
    ) -> tuple[Ints, Ints]:
        """Fields (the first still empty) and governors of each word."""
        forms = np.zeros((len(firsts), FIELDS), dtype=np.int64)
        governors = np.full((len(firsts), GOVERNORS), self.nothing, dtype=np.int64)
        if not firsts or not len(grammar.begins):
            return forms, governors
        tokens = np.maximum(np.searchsorted(grammar.begins, begins, side="right") - 1, 0)
        forms[:, 1:] = grammar.fields[tokens]
        heads = grammar.governors[tokens]
        words = np.minimum(np.searchsorted(ends, grammar.begins[heads], side="right"), len(firsts) - 1)
        governors = np.where(heads >= 0, np.asarray(ids)[np.asarray(firsts)[words]], self.nothing)
        forms[breaks], governors[breaks] = 0, self.nothing
        return forms, governors


def _looks(text: str, begins: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Of each word its case, and whether it stands between quotation marks of its paragraph (marks included)."""
    found = []
    inside = False
    for begin, end in zip(begins, ends, strict=True):
        word = text[begin:end]
        if "\n" in word:
            inside = False
        opens = word in _OPENING or (word in _STRAIGHT and not inside)
        closes = not opens and (word in _CLOSING or word in _STRAIGHT)
        inside = inside or opens
        found.append(_case(word) + _CASES * inside)
        inside = inside and not closes
    return found


def _case(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1
