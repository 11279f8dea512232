"""The key of every record, and how many records have each."""

from __future__ import annotations

from kg.model import Ref
from kg.resolve.decided import Decided
from kg.resolve.who.changes import Changes, count
from kg.resolve.who.records import Records, Seat
from kg.resolve.who.things import Things
from kg.shelf import Shelf, Table


class Naming:
    """A record has the key of the thing that it goes with, or one of its own."""

    def __init__(self, shelf: Shelf, records: Records, things: Things) -> None:
        self._records, self._things = records, things
        self.keys = Decided(shelf).keys
        self.uses: Table[str, int] = shelf.table("who uses", str, int)

    def settle(self, changes: Changes) -> None:
        """Give the records that were touched their keys."""
        refs = changes.refs | changes.placed
        for atom in changes.rekeyed - changes.born():
            refs.update(self._records.seated(atom, Seat.STAYS, Seat.COMES))
        self.keys.load(refs)
        self._records.placed.load(refs)
        for ref in sorted(refs):
            self._name(ref, changes)

    def _name(self, ref: Ref, changes: Changes) -> None:
        sighting, placed = self._records.sighting(ref), self._records.placed.get(ref)
        before, now = self.keys.get(ref), None
        if sighting is not None:
            atom = placed.atom if placed is not None and placed.sure else sighting.atom
            key = self._things.key(atom)
            now = self.keys[ref] = key or f"doc/{ref.document}/{ref.record}"
            changes.described.setdefault(now, self._things.first(atom) if key else ref)
        elif before is not None:
            del self.keys[ref]
        if before == now:
            return
        if before is not None:
            count(self.uses, before, -1)
            changes.dropped.add(before)
        if now is not None:
            count(self.uses, now, 1)
