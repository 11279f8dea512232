"""Which documents may tell of the same occurrences: those near in time that share rare words.

Documents are filed under their weightiest words; within a word's file, in the order of their days, each meets a bounded
number of those after it.  So the work grows with the number of documents and not with its square, and the
order in which they came makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nlargest
from math import sqrt

import msgspec

from kg.resolve.tellings import Page
from kg.resolve.wording import cosine

DAYS = 14  # between two reports of one occurrence
_ANCHORS = 16  # words that a document is filed under
_REACH = 60  # documents of one file that each is compared with
_SHARED = 2  # anchors in common below which two documents are not compared
_LEAST = 0.1  # similarity of documents below which their events are not compared
_MOST = 40  # documents that one may meet, the most similar ones
_CROWD = 8  # the most similar ones tell how crowded a document's surroundings are
_QUIET = 0.05  # similarity that even documents without neighbours are taken to have


class Meeting(msgspec.Struct, frozen=True):
    """Two documents whose events are compared, and how alike they are."""

    left: int
    right: int
    bags: float
    names: float
    named: float  # canonical keys in common, weighted
    relative: float = 0.0  # the same against how alike others are to either
    relative_names: float = 0.0


def meetings(pages: Sequence[Page]) -> list[Meeting]:
    """All pairs of `pages` worth comparing, each with itself among them, sorted."""
    found = [meeting for pair in sorted(_candidates(pages)) if (meeting := _meet(pages, *pair)) is not None]
    crowd, crowd_names = _crowding(found, len(pages), "bags"), _crowding(found, len(pages), "names")
    kept = _nearest(found, len(pages))
    itself = (Meeting(i, i, 1.0, 1.0, 1.0) for i in range(len(pages)))
    return [
        msgspec.structs.replace(
            m,
            relative=m.bags / sqrt(crowd[m.left] * crowd[m.right]),
            relative_names=m.names / sqrt(crowd_names[m.left] * crowd_names[m.right]),
        )
        for m in (*itself, *kept)
    ]


def _candidates(pages: Sequence[Page]) -> Iterable[tuple[int, int]]:
    """Pairs that share enough anchors and are near in time."""
    files: dict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(pages)), key=lambda i: (pages[i].day, pages[i].id)):
        for word in _anchors(pages[place]):
            files[word].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for members in files.values():
        for rank, left in enumerate(members):
            for right in members[rank + 1 : rank + 1 + _REACH]:
                if not _near(pages[left].day, pages[right].day):
                    break
                shared[min(left, right), max(left, right)] += 1
    return (pair for pair, times in shared.items() if times >= _SHARED)


def _anchors(page: Page) -> Iterator[str]:
    top = nlargest(_ANCHORS, page.bag.items(), key=lambda item: (item[1], item[0]))
    return (stem for stem, _ in top)


def _near(left: str, right: str) -> bool:
    """Whether two days, the earlier first, are near; what has no day may be of any."""
    if len(left) < 10 or len(right) < 10:
        return True
    return (date.fromisoformat(right) - date.fromisoformat(left)).days <= DAYS


def _meet(pages: Sequence[Page], left: int, right: int) -> Meeting | None:
    one, other = pages[left], pages[right]
    bags = cosine(one.bag, other.bag)
    if bags < _LEAST:
        return None
    shared = sum(value for key, value in one.named.items() if key in other.named)
    either = 1 + sum(one.named.values()) + sum(other.named.values()) - shared
    return Meeting(left, right, bags, cosine(one.names, other.names), shared / either)


def _crowding(found: Iterable[Meeting], count: int, trait: str) -> list[float]:
    """The mean of each page's largest similarities."""
    values: list[list[float]] = [[] for _ in range(count)]
    for meeting in found:
        for place in (meeting.left, meeting.right):
            values[place].append(getattr(meeting, trait))
    return [max(sum(nlargest(_CROWD, of)) / _CROWD, _QUIET) for of in values]


def _nearest(found: Sequence[Meeting], count: int) -> list[Meeting]:
    """Those that are among the most similar of one side at least."""
    sides: list[list[tuple[float, int]]] = [[] for _ in range(count)]
    for number, meeting in enumerate(found):
        for place in (meeting.left, meeting.right):
            sides[place].append((meeting.bags, number))
    kept = {number for side in sides for _, number in nlargest(_MOST, side)}
    return [found[number] for number in sorted(kept)]
