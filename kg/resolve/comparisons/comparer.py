"""Conflicts and agreements of a growing and shrinking set of documents; precision before recall, and no verdict.

What a document changes is found by what its accounts change in the blocks in which they stand; the rest is left as it
is.  The outcome hangs on the documents held, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from kg.model import Analysis, Comparison, Ref
from kg.resolve.comparisons import oppositions
from kg.resolve.comparisons.accounts import Account, accounts
from kg.resolve.comparisons.blocks import Block, Pair, Place, Standing, named, rows, sheet, sheet_of
from kg.resolve.comparisons.findings import Finding, finding, weight
from kg.resolve.comparisons.meeting import Meeting
from kg.resolve.comparisons.windows import differences
from kg.resolve.comparisons.within import within
from kg.resolve.decided import Decided
from kg.resolve.sheets import Sheets
from kg.shelf import Shelf, Table

_TOGETHER = 200  # documents settled at once

Refs = tuple[Ref, Ref]
K = TypeVar("K")
V = TypeVar("V")


class _Found(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What two accounts make of each other, and the blocks in which they meet."""

    pair: Pair
    finding: Finding
    blocks: tuple[Block, ...]


class _Round:
    """What some documents change: rows of blocks that went and came, and whom they may concern."""

    def __init__(self, told: Sheets[Account]) -> None:
        self.left: dict[Block, dict[Place, Standing]] = defaultdict(dict)
        self.came: dict[Block, dict[Place, Standing]] = defaultdict(dict)
        self.people = _People(told)


class _People(dict[str, Account]):
    """Accounts as they are now, or were until now."""

    def __init__(self, told: Sheets[Account]) -> None:
        self._told = told

    def __missing__(self, name: str) -> Account:
        return self.setdefault(name, self._told[Ref(sheet_of(name), name)])


class Comparer:
    """Keeps `comparisons` as the documents have it that were touched; a pair of records has one at most."""

    def __init__(
        self,
        shelf: Shelf,
        analyses: Mapping[str, Analysis],
        keys: Mapping[Ref, str],
        accounts: Mapping[Ref, str],
    ) -> None:
        """Read documents from `analyses`, keys of entities from `keys`, and those of stories from `accounts`."""
        self.comparisons = Decided(shelf).comparisons
        self._analyses, self._keys, self._stories = analyses, keys, accounts
        self._words = oppositions.load()
        self._stale: set[str] = set()
        self._told = Sheets[Account](shelf, "accounts compared", Account)
        self._own: Table[str, tuple[Refs, ...]] = shelf.table("comparisons within documents", str, tuple[Refs, ...])
        self._blocks: Table[Place, Standing] = shelf.table("blocks of accounts", Place, Standing)
        self._found: Table[Refs, tuple[_Found, ...]] = shelf.table("findings", Refs, tuple[_Found, ...])

    def touch(self, document: str) -> None:
        """Note that a document came or went, or that its records, their keys or their stories changed."""
        self._stale.add(document)

    def settle(self) -> None:
        """Bring `comparisons` up to what was touched."""
        stale = sorted(self._stale)
        for first in range(0, len(stale), _TOGETHER):
            self._settle(stale[first : first + _TOGETHER])
        self._stale.clear()

    def _settle(self, documents: Sequence[str]) -> None:
        change = _Round(self._told)
        for name in documents:
            self._read(name, change)
        gone: dict[Pair, set[Block]] = defaultdict(set)
        born: dict[Pair, set[Block]] = defaultdict(set)
        for block in {**change.left, **change.came}:
            parted, met = differences(self._blocks, block, change.left[block], change.came[block])
            for pair in parted:
                gone[pair].add(block)
            for pair in met:
                born[pair].add(block)
        for pair in {**gone, **born}:
            self._revise(pair, gone.get(pair, set()), born.get(pair, set()), change.people)

    def _read(self, name: str, change: _Round) -> None:
        """Take up the accounts of a document in place of those that it gave before."""
        analysis = self._analyses.get(name)
        told = accounts(analysis, self._keys, self._stories, self._words) if analysis else ()
        old, new = self._told.of(sheet(name)), named(told)
        same = {one for one in old if old[one] == new.get(one)}
        before, after = rows(old), rows(new)
        for place, standing in before.items():
            if place[3] not in same or after.get(place) != standing:
                change.left[place[:2]][place] = standing
                del self._blocks[place]
        for place, standing in after.items():
            if place[3] not in same or before.get(place) != standing:
                change.came[place[:2]][place] = standing
                self._blocks[place] = standing
        change.people |= {**old, **new}
        self._told.put(sheet(name), new)
        inside = within(analysis, new.values(), self._keys, self._words) if analysis else {}
        _replace(self.comparisons, self._own.get(name, ()), inside)
        _put(self._own, name, tuple(sorted(inside)))

    def _revise(self, pair: Pair, gone: set[Block], born: set[Block], people: _People) -> None:
        """Bring what is found on two accounts up to the blocks in which they meet now."""
        one, other = (people[name] for name in pair)
        left, right = (one, other) if one.ref < other.ref else (other, one)
        outcome = finding(Meeting(left, right, self._words)) if born else None
        if not outcome and not gone:
            return
        refs = left.ref, right.ref
        found = {each.pair: each for each in self._found.get(refs, ())}
        known = found.pop(pair, None)
        kept = {*known.blocks} - gone if known else set()
        outcome = outcome or (known.finding if known and kept else None)
        if outcome:
            found[pair] = _Found(pair, outcome, tuple(sorted(kept | born)))
        elif not known:
            return
        _put(self._found, refs, tuple(found[each] for each in sorted(found)))
        best = min((each.finding for each in found.values()), key=weight, default=None)
        _put(self.comparisons, refs, best.between(*refs) if best else None)


def compare(
    analyses: Sequence[Analysis], keys: Mapping[Ref, str], stories: Mapping[Ref, str] | None = None
) -> tuple[Comparison, ...]:
    """All conflicts and agreements of a batch, sorted, each pair once; a conflict outweighs an agreement.

    `stories` maps events that were found to be one occurrence across documents to one key.
    """
    with Shelf() as shelf:
        comparer = Comparer(shelf, {a.document.id: a for a in analyses}, keys, stories or {})
        for analysis in analyses:
            comparer.touch(analysis.document.id)
        comparer.settle()
        return tuple(comparer.comparisons[refs] for refs in sorted(comparer.comparisons))


def _replace(table: Table[K, V], old: Iterable[K], new: Mapping[K, V]) -> None:
    """Set the rows `new` and drop those of `old` that are not among them."""
    for key in old:
        if key not in new:
            del table[key]
    for key, value in new.items():
        table[key] = value


def _put(table: Table[K, V], key: K, value: V | None) -> None:
    """Set a row, or drop it where there is nothing to keep."""
    if value:
        table[key] = value
    elif key in table:
        del table[key]
