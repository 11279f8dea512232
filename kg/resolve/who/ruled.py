"""The user's rulings, found by the records that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Decision, Ref
from kg.resolve.rulings import Ruling
from kg.resolve.who.atoms import Atom, Sighting
from kg.resolve.who.changes import Changes
from kg.resolve.who.groups import Foes
from kg.resolve.who.records import Records
from kg.resolve.who.things import Decided
from kg.shelf import Shelf, Table

Row = tuple[Ref, Ref, Decision]


class Ruled:
    """Holds in memory only what grows with the rulings; the table tells under which the shelf was last settled."""

    def __init__(self, shelf: Shelf, records: Records, rulings: Sequence[Ruling]) -> None:
        self._records = records
        self._applied: Table[Row, bool] = shelf.table("who rulings", Row, bool)
        self._rows = sorted({(r.left.ref, r.right.ref, r.decision) for r in rulings})
        self._here: dict[Ref, Sighting] = {}
        self._fresh = True  # nothing was looked up yet
        self.pairs = frozenset(frozenset((left, right)) for left, right, _ in self._rows)
        self._of: dict[Ref, list[Row]] = defaultdict(list)
        self._parted: dict[str, set[str]] = defaultdict(set)
        for row in self._rows:
            left, right, decision = row
            self._of[left].append(row)
            self._of[right].append(row)
            if decision is Decision.DIFFERENT:
                self._parted[right.document].add(right.record)

    def parted(self, document: str) -> frozenset[str]:
        """The records of a document that are atoms of their own, so that they can be kept from others."""
        return frozenset(self._parted.get(document, ()))

    def altered(self) -> list[Row]:
        """The rulings that came or went since the shelf was last settled; from now on these are applied."""
        if not self._fresh:
            return []
        before, now = set(self._applied), set(self._rows)
        for row in before - now:
            del self._applied[row]
        for row in now - before:
            self._applied[row] = True
        return sorted(before ^ now)

    def touch(self, altered: Iterable[Row], changes: Changes) -> None:
        """Have all that touched or altered rulings bear on decided anew."""
        refs = {ref for *both, _ in altered for ref in both}
        for ref in refs:
            self._told(ref, changes)
        self._look(self._of if self._fresh else changes.refs)
        self._fresh = False
        refs |= {ref for ref in changes.refs if ref in self._of}
        for atom in [atom for atom, members in changes.members.items() if atom.compared and members & refs]:
            changes.blocks.add(atom.block)
        rows = {row for ref in refs for row in self._of.get(ref, ())}
        for ref in refs | {ref for *both, _ in rows for ref in both}:
            self._reconsider(ref, changes)

    def _told(self, ref: Ref, changes: Changes) -> None:
        found = self._records.sighting(ref)
        if found is not None:
            changes.told(ref, found.atom)
            changes.atoms.setdefault(found.atom, self._records.profiles[found.atom])

    def _look(self, refs: Iterable[Ref]) -> None:
        for ref in [ref for ref in refs if ref in self._of]:
            found = self._records.sighting(ref)
            if found is None:
                self._here.pop(ref, None)
            else:
                self._here[ref] = found

    def _reconsider(self, ref: Ref, changes: Changes) -> None:
        found = self._records.sighting(ref)
        if found is not None:
            changes.shorts.update(found.shorts)
            if found.atom.compared:
                changes.blocks.add(found.atom.block)

    def foes(self) -> Foes:
        """The atoms that the rulings keep apart, of records that are here."""
        found: dict[Atom, set[Atom]] = defaultdict(set)
        for left, right, decision in self._rows:
            if decision is Decision.DIFFERENT and left in self._here and right in self._here:
                one, other = self._here[left].atom, self._here[right].atom
                found[one].add(other)
                found[other].add(one)
        return found

    def shun(self, foes: Foes, changes: Changes) -> None:
        """Place anew the records that must keep from an atom which has moved."""
        partners = {foe for atom in changes.moved for foe in foes.get(atom, ())}
        for found in self._here.values() if partners else ():
            if found.atom in partners:
                changes.shorts.update(found.shorts)

    def bears(self, changes: Changes) -> bool:
        """Whether what the rulings join can have changed, though they have not."""
        return bool(self._rows and changes.moved) or any(
            ref in self._of for refs in (changes.refs, changes.placed) for ref in refs
        )

    def decided(self) -> Iterator[Decided]:
        """What the rulings say of atoms, for records that are here."""
        for left, right, decision in self._rows:
            if left in self._here and right in self._here:
                yield decision, self._goes(left), self._goes(right)

    def _goes(self, ref: Ref) -> Atom:
        placed = self._records.placed.get(ref)
        return placed.atom if placed is not None and placed.sure else self._here[ref].atom

    def concerned(self, changes: Changes) -> list[tuple[Row, bool]]:
        """The rulings about records that were touched, and whether both of their records are here."""
        rows = {row for ref in changes.refs for row in self._of.get(ref, ())}
        return [(row, row[0] in self._here and row[1] in self._here) for row in sorted(rows, reverse=True)]
