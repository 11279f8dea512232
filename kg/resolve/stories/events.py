"""One occurrence told in several documents: recognised as one, each document keeping its own account of it.

Documents come and go one by one, at the cost of what they touch; the outcome hangs on the documents held, the keys of
their entities and the rulings alone, whatever the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.model import Analysis, Judgement, Ref, Story
from kg.resolve.rulings import Ruling
from kg.resolve.stories.bonds import Bonds
from kg.resolve.stories.circles import Circles
from kg.resolve.stories.decisions import Decisions
from kg.resolve.stories.encounters import Encounters
from kg.resolve.stories.linkage import Pair
from kg.resolve.stories.neighbours import Subject, subject
from kg.resolve.stories.similarity import model
from kg.resolve.stories.tellings import Page, page
from kg.shelf import Shelf, Table

_TOGETHER = 200  # documents settled at once


class Stories:
    """Keeps the tables of what is told more than once as the documents have it that were touched.

    `accounts` has the key of the story of which an event is an account, `stories` what each is of, and `judgements`
    why: every account but the first with the one before it that it is likest to; for each event the likeliest
    that was not merged; and each ruling.
    """

    def __init__(
        self,
        shelf: Shelf,
        analyses: Mapping[str, Analysis],
        keys: Mapping[Ref, str],
        rulings: Sequence[Ruling] = (),
        threshold: float | None = None,
    ) -> None:
        """Read documents from `analyses` and keys of entities from `keys`; of `rulings` those on events are obeyed.

        `threshold` is the mean likelihood at which accounts are merged.  By default it is one that seldom merges
        wrongly, and none are merged whose named participants are others.
        """
        self._analyses, self._keys = analyses, keys
        self.circles = Circles(shelf)
        self.encounters = Encounters(shelf, self.circles.circles, strict=threshold is None)
        self._bonds = Bonds(
            shelf, self.encounters.tellings, rulings, model().merged if threshold is None else threshold
        )
        self._decisions = Decisions(shelf, self._bonds)
        self.accounts: Table[Ref, str] = self._decisions.accounts
        self.stories: Table[str, Story] = self._decisions.stories
        self.judgements: Table[Pair, Judgement] = self._decisions.judgements
        self._stale: set[str] = set()
        self._ruled = False

    def touch(self, document: str) -> None:
        """Note that a document came or went, or that its analysis or the keys of its entities changed."""
        self._stale.add(document)

    def settle(self) -> None:
        """Bring the tables up to what was touched, and to the rulings."""
        if not self._ruled:
            self._decisions.settle(self._bonds.rule(), frozenset())
            self._ruled = True
        stale = sorted(self._stale, key=self._place)
        for first in range(0, len(stale), _TOGETHER):
            self._settle(stale[first : first + _TOGETHER])
        self._stale.clear()

    def _place(self, document: str) -> tuple[str, str]:
        """Documents of one time are settled together, since they have most to do with one another."""
        analysis = self._analyses.get(document)
        return (analysis.document.date if analysis else ""), document

    def _settle(self, documents: Sequence[str]) -> None:
        subjects: dict[str, Subject | None] = dict.fromkeys(documents)
        pages: dict[str, Page | None] = dict.fromkeys(documents)
        for document in documents:
            analysis = self._analyses.get(document)
            if analysis:
                subjects[document] = subject(analysis.document)
                pages[document] = page(analysis, self._keys)
        retold = frozenset(documents)
        scores = self.encounters.settle(self.circles.settle(subjects), pages)
        self._decisions.settle(self._bonds.tie(scores) | self._bonds.of(retold), retold)


class Merged(NamedTuple):
    """Keys of the events that are told of more than once, what they tell of, and why."""

    keys: dict[Ref, str]
    stories: dict[str, Story]
    judgements: tuple[Judgement, ...]


def merge_events(analyses: Iterable[Analysis], keys: Mapping[Ref, str], threshold: float | None = None) -> Merged:
    """Which events of `analyses` are one occurrence, whatever their order; `keys` are those of the entities.

    The `threshold` is that of `Stories`.
    """
    with Shelf() as shelf:
        held = {analysis.document.id: analysis for analysis in analyses}
        found = Stories(shelf, held, keys, threshold=threshold)
        for document in held:
            found.touch(document)
        found.settle()
        return Merged(dict(found.accounts.items()), dict(found.stories.items()), tuple(found.judgements.values()))
