"""Across documents: which records are one real thing, which events one occurrence, and who contradicts whom.

A `Resolver` takes documents in and out one by one, at the cost of what they touch; `identify` resolves a batch.  What
is decided is a function of the documents held, the rulings and the knowledge base alone, in whatever order they came.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from kg.model import Analysis, Identity
from kg.resolve.comparisons import Comparer
from kg.resolve.decided import Decided
from kg.resolve.knowledge import Knowledge
from kg.resolve.rulings import Ruling
from kg.resolve.stories.events import Stories
from kg.resolve.who.registry import Registry
from kg.resolve.words import skeleton
from kg.shelf import Shelf

__all__ = ["Resolver", "identify", "skeleton"]


class Resolver:
    """The three rooms over one shelf: actors and places, events told several times, conflicts and agreements.

    Put analyses into the table `decided.analyses` or delete them there; `settle` brings everything else up to date.
    """

    def __init__(self, shelf: Shelf, rulings: Sequence[Ruling] = (), knowledge: Knowledge | None = None) -> None:
        self.shelf, self.decided = shelf, Decided(shelf)
        self._registry = Registry(shelf, rulings, knowledge)
        self._stories = Stories(shelf, self.decided.analyses, self.decided.keys, rulings)
        self._comparer = Comparer(shelf, self.decided.analyses, self.decided.keys, self.decided.accounts)

    def settle(self) -> None:
        """Decide anew what the documents that came, changed or went since the last time touch."""
        with _uncollected():
            self._settle()

    def _settle(self) -> None:
        analyses, shelf = self.decided.analyses, self.shelf
        documents = analyses.since(shelf.catch_up("registry"))
        for document in documents:
            if document in analyses:
                self._registry.add(analyses[document])
            elif document in self._registry:
                self._registry.remove(document)
        self._registry.settle()
        renamed = [ref.document for ref in self.decided.keys.since(shelf.catch_up("stories"))]
        touched = sorted({*documents, *renamed})
        for document in touched:
            self._stories.touch(document)
        self._stories.settle()
        retold = [ref.document for ref in self.decided.accounts.since(shelf.catch_up("comparer"))]
        for document in sorted({*touched, *retold}):
            self._comparer.touch(document)
        self._comparer.settle()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: records have none, and it goes through all that is kept decoded each time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def identify(
    analyses: Iterable[Analysis], rulings: Sequence[Ruling] = (), knowledge: Knowledge | None = None
) -> Identity:
    """Canonical keys, labels, judgements and comparisons for a batch; the order of `analyses` does not matter."""
    with Shelf() as shelf:
        resolver = Resolver(shelf, rulings, knowledge)
        for analysis in analyses:
            resolver.decided.analyses[analysis.document.id] = analysis
        resolver.settle()
        return resolver.decided.identity()
