"""Text to what the statement tagger reads, and to the scores of its words: NumPy and `tokenizers` alone.

The tagger labels words (the tokenizer's: runs of letters or digits, single marks, and paragraph breaks) with BIOES
tags of three roles.  A text is cut into overlapping windows; each word takes its scores from the window in which it
stands farthest from an edge.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Offsets = tuple[int, int]
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Scorer = Callable[[Ints, Ints], Floats]  # sub-words and forms of windows of one length -> scores of their sub-words

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))
LABEL_IDS = {label: index for index, label in enumerate(LABELS)}
FORBIDDEN = np.float32(-1e4)
_EDGES = [index for index, label in enumerate(LABELS) if label[0] in "BES"]

_OPENING, _CLOSING, _STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')
_CASES = 3  # as it comes; Capitalised; ALL CAPITALS
FORMS = 2 * _CASES  # each case outside and inside quotation marks


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as sub-words with the form of each, and its words: first sub-word and character offsets of each."""

    ids: Ints
    forms: Ints
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


class Splitter:
    """Cuts texts into `Pieces` with the tokenizer that the encoder was trained with."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._paragraph = self._special("[unused0]")
        self.start, self.stop = self._special("[CLS]", "<s>"), self._special("[SEP]", "</s>")
        self.pad = self._special("[PAD]", "<pad>")

    def _special(self, *names: str) -> int:
        """The id of the first of `names` that the vocabulary holds."""
        for name in names:
            found = self._tokenizer.token_to_id(name)
            if found is not None:
                return int(found)
        raise ValueError(f"the tokenizer's vocabulary has no {names[0]}")

    def pieces(self, text: str) -> Pieces:
        """`text` as sub-words; a line break between two words becomes a word of its own."""
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
        forms = np.repeat(np.asarray(_forms(text, begins, ends), dtype=np.int64), sizes)
        return Pieces(np.asarray(ids, dtype=np.int64), forms, np.asarray(firsts, dtype=np.int64), begins, ends, breaks)


def _forms(text: str, begins: Sequence[int], ends: Sequence[int]) -> list[int]:
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


def tags_of(pieces: Pieces, spans: Iterable[tuple[str, Offsets]]) -> Ints:
    """The label of each word given spans by role; of spans that share words the first keeps them."""
    tags = np.zeros(len(pieces.firsts), dtype=np.int64)
    for role, span in spans:
        first, end = pieces.words_in(span)
        if first >= end or tags[first:end].any():
            continue
        tags[first:end] = LABEL_IDS[f"I-{role}"]
        tags[first], tags[end - 1] = LABEL_IDS[f"B-{role}"], LABEL_IDS[f"E-{role}"]
        if end - first == 1:
            tags[first] = LABEL_IDS[f"S-{role}"]
    return tags


def legal() -> NDArray[np.bool_]:
    """Which label may follow which."""
    allowed = np.zeros((len(LABELS), len(LABELS)), dtype=np.bool_)
    for i, left in enumerate(LABELS):
        for j, right in enumerate(LABELS):
            if left[0] in "BI":
                allowed[i, j] = right[0] in "IE" and right[1:] == left[1:]
            else:
                allowed[i, j] = right[0] in "OBS"
    return allowed


@dataclass(frozen=True, slots=True)
class Window:
    """Sub-words [start, end) to read together, of which [keep_start, keep_end) take their scores from here."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def windows(total: int, size: int, overlap: int) -> Iterator[Window]:
    """Windows of at most `size` that cover `total` sub-words and overlap by about `overlap`."""
    count = 1 if total <= size else -(-(total - overlap) // (size - overlap))
    starts = [round(index * (total - size) / max(count - 1, 1)) for index in range(count)]
    ends = [min(start + size, total) for start in starts]
    cuts = [0, *((end + start) // 2 for end, start in zip(ends, starts[1:], strict=False)), total]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        yield Window(start, end, cuts[index], cuts[index + 1])


def word_scores(pieces: Pieces, scorer: Scorer, splitter: Splitter, size: int, overlap: int) -> Floats:
    """Scores [word, label] of a whole text, window by window; a line break neither begins nor ends a span."""
    scores = np.zeros((len(pieces.ids), len(LABELS)), dtype=np.float32)
    for window in windows(len(pieces.ids), size - 2, overlap):
        ids = np.concatenate(([splitter.start], pieces.ids[window.start : window.end], [splitter.stop]))
        forms = np.concatenate(([0], pieces.forms[window.start : window.end], [0]))
        found = scorer(ids[None], forms[None])[0]
        offset = 1 - window.start
        scores[window.keep_start : window.keep_end] = found[window.keep_start + offset : window.keep_end + offset]
    of_words = scores[pieces.firsts]
    of_words[np.ix_(pieces.breaks, _EDGES)] = FORBIDDEN
    return of_words
