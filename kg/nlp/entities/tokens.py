"""A Doc's tokens as plain lists, read once: asking spaCy for each attribute again and again costs most of the time."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.ids import fold
from kg.model import SectionKind
from kg.nlp.annotations import Stretch, section_kinds

_TITLED = frozenset({SectionKind.HEADLINE, SectionKind.SUBHEADING, SectionKind.CAPTION})
_UNREAD = frozenset({SectionKind.BOILERPLATE})
_NAMES_ONLY = frozenset({SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE})


@dataclass(slots=True)
class Words:
    """Attributes by token index; ``head`` of a root is the token itself."""

    doc: Doc
    text: list[str]
    lower: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    lemma: list[str]
    label: list[str]  # entity type of the statistical model, "" outside
    first: list[bool]  # whether the token starts a sentence
    titled: list[bool]  # inside a heading, where capitals say little
    read: list[bool]  # False in boilerplate
    plain: list[bool]  # False where only names are to be read: datelines and bylines too
    dateline: list[bool]  # where the news comes from
    lefts: list[list[int]] = field(default_factory=list)
    rights: list[list[int]] = field(default_factory=list)
    folds: dict[tuple[int, int], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.text)

    def capital(self, index: int) -> bool:
        """Whether the token starts with a capital letter."""
        return self.text[index][0].isupper()

    def dash(self, index: int) -> bool:
        """Whether the token is a dash between spaces, which joins no words."""
        return self.text[index] in {"-", "–", "—"} and index > 0 and bool(self.doc[index - 1].whitespace_)

    def surface(self, start: int, end: int) -> str:
        """The text of tokens [start, end), white space made single."""
        return " ".join(self.doc[start:end].text.split())

    def folded(self, start: int, end: int) -> str:
        """`surface` as names are compared by, each stretch folded once."""
        found = self.folds.get((start, end))
        if found is None:
            found = self.folds[start, end] = fold(self.surface(start, end))
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
    words = Words(
        doc, [], [], [], [], [], [], [], [], [],
        titled=[kind in _TITLED for kind in kinds],
        read=[kind is not None and kind not in _UNREAD for kind in kinds],
        plain=[kind is not None and kind not in _NAMES_ONLY for kind in kinds],
        dateline=[kind is SectionKind.DATELINE for kind in kinds],
    )  # fmt: skip
    for token in doc:  # once: making a token anew costs more than reading it
        words.text.append(token.text)
        words.lower.append(token.lower_)
        words.pos.append(token.pos_)
        words.tag.append(token.tag_)
        words.dep.append(token.dep_)
        words.head.append(token.head.i)
        words.lemma.append(token.lemma_)
        words.label.append(token.ent_type_)
        words.first.append(bool(token.is_sent_start))
    words.lefts = [[] for _ in words.text]
    words.rights = [[] for _ in words.text]
    for index, head in enumerate(words.head):
        if head > index:
            words.lefts[head].append(index)
        elif head < index:
            words.rights[head].append(index)
    return words
