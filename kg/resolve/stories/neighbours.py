"""How near documents are to one another by their words, and how crowded it is around each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from heapq import nlargest

import msgspec

from kg.model import Document
from kg.resolve.stories.wording import Bag, bag, cosine, names, words

DAYS = 14  # between two reports of one occurrence
REACH = 40  # documents of one file that each is compared with
SHARED = 2  # anchors in common below which two documents are not compared
_ANCHORS = 16  # words that a document is filed under
_LEAST = 0.1  # similarity of documents below which their events are not compared
_MOST = 40  # documents that one may meet, the most similar ones
_CROWD = 8  # the most similar ones tell how crowded a document's surroundings are
_QUIET = 0.05  # similarity that even documents without neighbours are taken to have


class Subject(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a document is about, by its words alone."""

    day: str
    bag: Bag
    names: Bag
    anchors: tuple[str, ...]  # its weightiest words


class Neighbour(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Another document, and how alike the two are."""

    document: str
    bags: float
    names: float
    shared: int  # anchors under which they meet

    @property
    def place(self) -> tuple[float, str]:
        """Where it stands among the neighbours of one document, the nearest first."""
        return -self.bags, self.document


Circle = tuple[Neighbour, ...]  # all that one document may meet, the nearest first


class Standing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a document's circle makes of each of its neighbours."""

    crowd: float = _QUIET  # the mean of the largest similarities
    crowd_names: float = _QUIET
    last: tuple[float, str] = (1.0, "")  # the place of the last of the nearest, after all where they are few

    def holds(self, place: tuple[float, str]) -> bool:
        """Whether a neighbour at this place is among the nearest."""
        return place <= self.last


def subject(document: Document) -> Subject:
    """What `document` is about."""
    found = bag(words(document.text))
    words_only = (item for item in found.items() if item[0].isalpha())
    top = nlargest(_ANCHORS, words_only, key=lambda item: (item[1], item[0]))
    return Subject(document.date, found, bag(names(document.text)), tuple(stem for stem, _ in top))


def likeness(one: Subject, other: Subject) -> tuple[float, float] | None:
    """How alike the words of two documents are, and the names in them; None where they are not worth comparing."""
    bags = cosine(one.bag, other.bag)
    return None if bags < _LEAST else (bags, cosine(one.names, other.names))


@lru_cache(maxsize=4_096)
def near(left: str, right: str) -> bool:
    """Whether two days are near; what has no day may be of any."""
    if len(left) < 10 or len(right) < 10:
        return True
    return abs((date.fromisoformat(right) - date.fromisoformat(left)).days) <= DAYS


def standing(circle: Sequence[Neighbour]) -> Standing:
    """What the circle of a document makes of its neighbours."""
    return Standing(
        crowd=_mean([neighbour.bags for neighbour in circle[:_CROWD]]),
        crowd_names=_mean(nlargest(_CROWD, [neighbour.names for neighbour in circle])),
        last=circle[_MOST - 1].place if len(circle) >= _MOST else Standing().last,
    )


def _mean(largest: Sequence[float]) -> float:
    return max(sum(largest) / _CROWD, _QUIET)
