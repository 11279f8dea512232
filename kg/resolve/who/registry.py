"""The registry: all that is known of who is who, kept so that one document more or less costs what that document costs.

A document touches its atoms, their blocks and, of the days around it, the short forms that its names are called by.
What is decided is a function of the documents held and the rulings alone, whatever the order they came in.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Analysis, Canonical, Judgement, Ref
from kg.resolve.knowledge import Knowledge
from kg.resolve.rulings import Ruling
from kg.resolve.who.atoms import Page, page, parted
from kg.resolve.who.changes import Changes
from kg.resolve.who.entities import Entities
from kg.resolve.who.groups import Groups
from kg.resolve.who.judging import Judging
from kg.resolve.who.naming import Naming
from kg.resolve.who.placing import Placing
from kg.resolve.who.records import Records
from kg.resolve.who.ruled import Row, Ruled
from kg.resolve.who.things import Things
from kg.shelf import Shelf, Table


class Registry:
    """Documents in and out; after `settle`, which must precede a commit, what every entity record is, and why.

    Where the shelf was last settled under other rulings, the first `settle` brings it up to date with these.  All
    documents of a shelf must have come in with one knowledge base.
    """

    def __init__(self, shelf: Shelf, rulings: Sequence[Ruling] = (), knowledge: Knowledge | None = None) -> None:
        knowledge = knowledge or Knowledge()
        self._link = knowledge.link
        self._pending: dict[str, Page | None] = {}  # came or went since the last time that it was settled
        self.records = Records(shelf)
        self.groups = Groups(shelf, self.records)
        self.placing = Placing(self.records, self.groups)
        self._ruled = Ruled(shelf, self.records, rulings)
        self._things = Things(shelf, self.records, self.groups)
        self._naming = Naming(shelf, self.records, self._things)
        self._entities = Entities(shelf, self.records, self._things, self._naming, knowledge)
        self._judging = Judging(shelf, self.records, self.groups, self._ruled)

    @property
    def keys(self) -> Table[Ref, str]:
        """The canonical key of every entity record."""
        return self._naming.keys

    @property
    def entities(self) -> Table[str, Canonical]:
        """What is known of the things with these keys, and of the regions and countries around them."""
        return self._entities.entities

    @property
    def judgements(self) -> Table[tuple[Ref, Ref], Judgement]:
        """Every decision, by the two records that it is about."""
        return self._judging.judgements

    def add(self, analysis: Analysis) -> None:
        """Take a document in; one with the same id is replaced."""
        name = analysis.document.id
        self._pending[name] = parted(page(analysis, self._link), self._ruled.parted(name))

    def remove(self, document: str) -> None:
        """Take a document out, with all that rested on it alone; raises `KeyError` where it is not held."""
        if document not in self:
            raise KeyError(document)
        self._pending[document] = None

    def __contains__(self, document: str) -> bool:
        if document in self._pending:
            return self._pending[document] is not None
        return document in self.records.pages

    def settle(self) -> None:
        """Decide anew what the documents and rulings since the last time touch."""
        changes, altered = Changes(), self._ruled.altered()
        self._part(altered)
        for name, found in sorted(self._pending.items()):
            self.records.replace(name, found, changes)
        self._pending.clear()
        self._ruled.touch(altered, changes)
        self.records.mend(changes)
        foes = self._ruled.foes()
        self.groups.settle(changes, foes)
        self._ruled.shun(foes, changes)
        self.groups.recall(changes)
        self.placing.settle(changes, foes)
        if altered or self._ruled.bears(changes):
            self._things.join(self._ruled.decided(), changes)
        self._things.settle(changes)
        self._naming.settle(changes)
        self._entities.settle(changes)
        self._judging.settle(altered, changes)

    def _part(self, altered: Sequence[Row]) -> None:
        """Make atoms of their own of the records that altered rulings keep from others, and of no others."""
        for name in {ref.document for *both, _ in altered for ref in both}:
            found = self.records.pages.get(name)
            if found is not None and name not in self._pending:
                self._pending[name] = parted(found, self._ruled.parted(name))
