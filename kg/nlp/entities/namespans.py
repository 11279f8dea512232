"""A candidate name, and where its edges are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kg import lexicon
from kg.model import EntityKind
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import KnownActor, Names

TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})  # labels of no names
NAMED = frozenset({"PROPN", "NOUN", "ADJ", "X"})  # parts of speech that words of names are given


class Origin(IntEnum):
    """What found a name, the surest first."""

    KNOWN = 0
    TITLE = 1
    PATTERN = 2
    MODEL = 3
    GAZETTEER = 4


@dataclass(slots=True)
class NameSpan:
    """A candidate name, tokens [start, end); ``kind`` is ``None`` while it is open, ``label`` the model's word."""

    start: int
    end: int
    origin: Origin
    kind: EntityKind | None = None
    label: str = ""
    known: KnownActor | None = None
    title: str = ""
    title_start: int = -1
    seat: str = ""  # ISO code of the country whose government sits there

    def __len__(self) -> int:
        return self.end - self.start


def trim(words: Words, start: int, end: int) -> tuple[int, int]:
    """Without articles, possessive marks, punctuation and lower-case words at the edges."""
    names = lexicon.load("names", Names)
    inner = names.inner
    while start < end and not _particle(words, start, end):
        text = words.text[start]
        if text.lower() in names.prefixes and start + 2 < end and words.text[start + 1] == "-":
            start += 2
            continue
        if text not in inner and text not in {"The", "A", "An"} and (text[0].isupper() or text[0].isdigit()):
            break
        start += 1
    while start < end:
        text = words.text[end - 1]
        if (text not in {"'s", "'"} and text[0].isalnum() and text not in inner) or pointed(words, end - 1):
            break
        end -= 1
    return start, end


def pointed(words: Words, index: int) -> bool:
    """Whether the token is the last point of an abbreviation, split off: "W.Va" and "."."""
    if words.text[index] != "." or index == 0 or words.space[index - 1]:
        return False
    before = words.text[index - 1]
    return "." in before and before[-1].isalpha()


def _particle(words: Words, start: int, end: int) -> bool:
    """Whether the name starts with a particle that belongs to it: "al-Assad", "de Blasio"."""
    if words.lower[start] not in lexicon.load("names", Names).particles or start + 1 >= end:
        return False
    after = start + 2 if words.text[start + 1] == "-" else start + 1
    return after < end and words.capital[after]
