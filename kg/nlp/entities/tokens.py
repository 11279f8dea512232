"""A Doc's tokens as plain lists, read once: asking spaCy for each attribute again and again costs most of the time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

from kg.ids import fold
from kg.model import SectionKind
from kg.nlp.annotations import Stretch, section_kinds

_TITLED = frozenset({SectionKind.HEADLINE, SectionKind.SUBHEADING, SectionKind.CAPTION})
_UNREAD = frozenset({SectionKind.BOILERPLATE})
_NAMES_ONLY = frozenset({SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE})

_ATTRIBUTES: list[int | str] = [
    "ORTH",
    "LOWER",
    "POS",
    "TAG",
    "DEP",
    "LEMMA",
    "ENT_TYPE",
    "HEAD",
    "SENT_START",
    "SPACY",
]
_folded = lru_cache(maxsize=50_000)(fold)  # names come back in every document


@dataclass(slots=True)
class Words:
    """Attributes by token index; ``head`` of a root is the token itself."""

    doc: Doc
    text: list[str]
    lower: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    lemma: list[str]
    label: list[str]  # entity type of the statistical model, "" outside
    head: list[int]
    first: list[bool]  # whether the token starts a sentence
    space: list[bool]  # whether white space follows
    titled: list[bool]  # inside a heading, where capitals say little
    read: list[bool]  # False in boilerplate
    plain: list[bool]  # False where only names are to be read: datelines and bylines too
    dateline: list[bool]  # where the news comes from
    capital: list[bool] = field(default_factory=list)  # whether the token starts with a capital letter
    capitals: list[int] = field(default_factory=list)  # the tokens that do, where the text is read
    lefts: list[list[int]] = field(default_factory=list)
    rights: list[list[int]] = field(default_factory=list)
    folds: dict[tuple[int, int], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.text)

    def dash(self, index: int) -> bool:
        """Whether the token is a dash between spaces, which joins no words."""
        return self.text[index] in {"-", "–", "—"} and index > 0 and self.space[index - 1]

    def surface(self, start: int, end: int) -> str:
        """The text of tokens [start, end), white space made single."""
        if end - start == 1:
            return self.text[start].strip()
        parts = (self.text[i] + " " if self.space[i] else self.text[i] for i in range(start, end))
        return " ".join("".join(parts).split())

    def folded(self, start: int, end: int) -> str:
        """`surface` as names are compared by, each stretch folded once."""
        found = self.folds.get((start, end))
        if found is None:
            found = self.folds[start, end] = _folded(self.surface(start, end))
        return found

    def left_edge(self, index: int) -> int:
        """The first token of what `index` heads."""
        while self.lefts[index]:
            index = self.lefts[index][0]
        return index

    def head_of(self, stretch: Stretch) -> int:
        """The token in `stretch` that governs the others: the last whose own head lies outside."""
        for index in range(stretch.end - 1, stretch.start - 1, -1):
            head = self.head[index]
            if (head not in stretch or head == index) and self.dep[index] != "punct":
                return index
        return stretch.end - 1


def words_of(doc: Doc) -> Words:
    """Read all that the name and noun rules need of `doc`."""
    kinds = section_kinds(doc) if doc._.document is not None else [SectionKind.PARAGRAPH] * len(doc)
    *named, head, first, space = doc.to_array(_ATTRIBUTES).T
    text, lower, pos, tag, dep, lemma, label = (_strings(doc.vocab.strings, column.tolist()) for column in named)
    words = Words(
        doc, text, lower, pos, tag, dep, lemma, label,
        head=(head.astype(np.int64) + np.arange(len(doc))).tolist(),
        first=(first == 1).tolist(),
        space=(space != 0).tolist(),
        titled=[kind in _TITLED for kind in kinds],
        read=[kind is not None and kind not in _UNREAD for kind in kinds],
        plain=[kind is not None and kind not in _NAMES_ONLY for kind in kinds],
        dateline=[kind is SectionKind.DATELINE for kind in kinds],
    )  # fmt: skip
    words.capital = [text[0].isupper() for text in words.text]
    words.capitals = [index for index, large in enumerate(words.capital) if large and words.read[index]]
    words.lefts = [[] for _ in words.text]
    words.rights = [[] for _ in words.text]
    for index, above in enumerate(words.head):
        if above > index:
            words.lefts[above].append(index)
        elif above < index:
            words.rights[above].append(index)
    return words


def _strings(store: StringStore, keys: Collection[int]) -> list[str]:
    """The string of each key, each looked up once."""
    known = {key: store[key] if key else "" for key in set(keys)}
    return [known[key] for key in keys]
