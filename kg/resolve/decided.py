"""The tables of a shelf that others read: the records of each document, and what was decided across them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kg.model import Analysis, Canonical, Comparison, Identity, Judgement, Ref, Story
from kg.shelf import Shelf, Table

Pair = tuple[Ref, Ref]


class Decided:
    """Views of the tables; the rooms that decide write them."""

    def __init__(self, shelf: Shelf) -> None:
        table = partial(shelf.table, followed=True)
        self.analyses: Table[str, Analysis] = table("analyses", str, Analysis, 256, packed=True)
        self.keys: Table[Ref, str] = table("keys", Ref, str)
        self.entities: Table[str, Canonical] = table("entities", str, Canonical)
        self.accounts: Table[Ref, str] = table("accounts", Ref, str)
        self.stories: Table[str, Story] = table("stories", str, Story)
        self.comparisons: Table[Pair, Comparison] = table("comparisons", Pair, Comparison)
        self.of_entities: Table[Pair, Judgement] = table("judgements of entities", Pair, Judgement)
        self.of_events: Table[Pair, Judgement] = table("judgements of events", Pair, Judgement)
        self.judgement_tables = (self.of_entities, self.of_events)

    def judgements(self) -> Iterator[Judgement]:
        """Every decision, on actors and places, then on events."""
        for table in self.judgement_tables:
            yield from table.values()

    def judgement(self, pair: Pair) -> Judgement | None:
        """The decision on two records."""
        return next((table[pair] for table in self.judgement_tables if pair in table), None)

    def identity(self) -> Identity:
        """Everything that is decided, read into memory."""
        return Identity(
            keys=dict(self.keys.items()) | dict(self.accounts.items()),
            entities=dict(self.entities.items()),
            judgements=tuple(self.judgements()),
            comparisons=tuple(self.comparisons.values()),
            stories=dict(self.stories.items()),
        )
