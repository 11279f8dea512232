"""The documents held, taken apart into the records of each atom and the short forms that each may be called by."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from kg.model import Ref
from kg.resolve.who.atoms import Atom, Page, Sighting
from kg.resolve.who.changes import Changes, count
from kg.resolve.who.profiles import Profile, faced, order
from kg.resolve.who.shorts import Placed
from kg.shelf import Shelf, Table

PERSON = "person "  # how the short forms of persons begin
_LIKELY = 0.5  # from which score on a doubt is worth recording


class Seat(IntEnum):
    """What a record is to an atom."""

    STAYS = 0  # it is one of its records
    COMES = 1  # it is placed with it, though it is another's
    LEFT = 2  # it is one of its records, but placed with another
    MAYBE = 3  # it may be placed with it, though it is another's


class Records:
    """Tables over the documents; only `members` knows where a record is placed."""

    def __init__(self, shelf: Shelf) -> None:
        self.pages: Table[str, Page] = shelf.table("who pages", str, Page, 1_000, packed=True)
        self.profiles: Table[Atom, Profile] = shelf.table("who profiles", Atom, Profile)
        self.members: Table[tuple[Atom, int, Ref], bool] = shelf.table("who members", tuple[Atom, int, Ref], bool)
        self.placed: Table[Ref, Placed] = shelf.table("who placed", Ref, Placed)
        self.days: Table[tuple[Atom, str], int] = shelf.table("who days", tuple[Atom, str], int)
        self.blocks: Table[tuple[str, Atom], bool] = shelf.table("who blocks", tuple[str, Atom], bool)
        self.calls: Table[tuple[Atom, str], int] = shelf.table("who calls", tuple[Atom, str], int)
        self.bearers: Table[tuple[str, Atom], bool] = shelf.table("who bearers", tuple[str, Atom], bool)
        self.seen: Table[tuple[str, str, str, Atom], bool] = shelf.table(
            "who seen", tuple[str, str, str, Atom], bool
        )  # short form, day and document
        self.lone: Table[tuple[str, str, Ref, Atom], bool] = shelf.table("who lone", tuple[str, str, Ref, Atom], bool)

    def sighting(self, ref: Ref) -> Sighting | None:
        """A record; None where it is not held."""
        found = self.pages.get(ref.document)
        return next((s for s in found.sightings if s.record == ref.record), None) if found else None

    def seated(self, atom: Atom, *seats: Seat) -> list[Ref]:
        """The records that are that to the atom."""
        return [ref for seat in seats for _, _, ref in self.members.under(atom, seat)]

    def leader(self, atom: Atom) -> Ref | None:
        """The first of the records that stay with their atom."""
        found = self.members.first_under(atom, Seat.STAYS)
        return found[2] if found else None

    # -- in and out --------------------------------------------------------------------------------------------------

    def replace(self, name: str, new: Page | None, changes: Changes) -> None:
        """Take a document in, out, or in another form."""
        old = self.pages.get(name)
        if old == new:
            return
        before, after = ({s.record: s for s in page.sightings} if page else {} for page in (old, new))
        for sighting in _changed(before, after):
            changes.told(Ref(name, sighting.record), sighting.atom)
        if old is not None:
            for sighting in old.sightings:
                self._leave(Ref(name, sighting.record), sighting, old.day, changes)
            del self.pages[name]
        if new is not None:
            self.pages[name] = new
            for sighting in new.sightings:
                self._enter(Ref(name, sighting.record), sighting, new.day, changes)

    def _enter(self, ref: Ref, sighting: Sighting, day: str, changes: Changes) -> None:
        atom = sighting.atom
        profile = self._touch(atom, changes)
        if profile is None:
            profile = Profile(ref, ())
            if atom.compared:
                self.blocks[atom.block, atom] = True
                changes.blocks.add(atom.block)
        first = min(profile.first, ref, key=order)
        self.profiles[atom] = Profile(first, faced(profile.faces, sighting.face, 1), profile.earliest, profile.latest)
        self.members[atom, Seat.STAYS, ref] = True
        if _dated(sighting):
            self._day(atom, day, 1, changes)
        if atom.loose:
            self.wait(ref, changes)
        else:
            changes.entered[atom].append(ref)
        for short in sighting.calls:
            if count(self.calls, (atom, short), 1) == 1:
                self.bearers[short, atom] = True
                recall(short, changes)
            self.seen[short, day, ref.document, atom] = True
            changes.around(short, day)

    def _leave(self, ref: Ref, sighting: Sighting, day: str, changes: Changes) -> None:
        atom = sighting.atom
        profile = self._touch(atom, changes)
        if profile is None:
            raise KeyError(ref)
        self.unplace(ref, atom, changes)
        self.members.pop((atom, Seat.STAYS, ref), None)
        faces = faced(profile.faces, sighting.face, -1)
        if faces:
            self.profiles[atom] = Profile(profile.first, faces, profile.earliest, profile.latest)
        else:
            del self.profiles[atom]
            if atom.compared:
                self.blocks.pop((atom.block, atom), None)
                changes.blocks.add(atom.block)
        if _dated(sighting):
            self._day(atom, day, -1, changes)
        self.unwait(ref)
        for short in sighting.calls:
            if count(self.calls, (atom, short), -1) == 0:
                self.bearers.pop((short, atom), None)
                changes.shorts.add(short)
            self.seen.pop((short, day, ref.document, atom), None)
            changes.around(short, day)

    def _touch(self, atom: Atom, changes: Changes) -> Profile | None:
        profile = self.profiles.get(atom)
        changes.atoms.setdefault(atom, profile)
        return profile

    def _day(self, atom: Atom, day: str, by: int, changes: Changes) -> None:
        number = count(self.days, (atom, day), by)
        if atom.office and number in (0, by):  # the first of that day, or the last
            changes.blocks.add(atom.block)

    def mend(self, changes: Changes) -> None:
        """Find anew what removed records leave open: the first of an atom's records, and its first and last day."""
        for atom, before in changes.atoms.items():
            profile = self.profiles.get(atom)
            if profile is None:
                continue
            first, days = profile.first, ("", "")
            if before is not None and first == before.first and first in changes.members.get(atom, ()):
                first = self._first(atom)
            if atom.office:
                told = [day for _, day in self.days.under(atom)]
                days = min(told), max(told)
            self.profiles[atom] = Profile(first, profile.faces, *days)

    def _first(self, atom: Atom) -> Ref:
        found = (self.members.first_under(atom, seat) for seat in (Seat.STAYS, Seat.LEFT))
        return min((key[2] for key in found if key), key=order)

    # -- where records go ----------------------------------------------------------------------------------------------

    def wait(self, ref: Ref, changes: Changes) -> None:
        """Put a record among those to be placed."""
        for key in self._waiting(ref):
            self.lone[key] = True
            changes.days[key[0]].add(key[1])

    def unwait(self, ref: Ref) -> None:
        """Take a record from among those to be placed."""
        for key in self._waiting(ref):
            self.lone.pop(key, None)

    def _waiting(self, ref: Ref) -> list[tuple[str, str, Ref, Atom]]:
        found, page = self.sighting(ref), self.pages[ref.document]
        return [(short, page.day, ref, found.atom) for short in found.shorts[:1]] if found else []

    def place(self, ref: Ref, atom: Atom, found: Placed | None, changes: Changes) -> None:
        """Let a record go with the atom found for it, or stay."""
        before = self.placed.get(ref)
        if before == found:
            return
        for row in _seats(ref, atom, before):
            self.members.pop(row, None)
        for row in _seats(ref, atom, found):
            self.members[row] = True
        if found is None:
            del self.placed[ref]
        else:
            self.placed[ref] = found
        changes.goes(ref, atom)

    def unplace(self, ref: Ref, atom: Atom, changes: Changes) -> None:
        """Let a record stay with its atom."""
        self.place(ref, atom, None, changes)


def recall(short: str, changes: Changes) -> None:
    """Another bears a short form: what is placed by all bearers, not by those of its days, is placed anew."""
    if not short.startswith(PERSON):
        changes.shorts.add(short)


def likely(placed: Placed) -> bool:
    """Whether it is worth recording that a record may go there."""
    return placed.sure or placed.score >= _LIKELY


def _changed(before: dict[str, Sighting], after: dict[str, Sighting]) -> Iterator[Sighting]:
    for record in before.keys() | after.keys():
        old, new = before.get(record), after.get(record)
        if old != new:
            yield from (each for each in (old, new) if each)


def _dated(sighting: Sighting) -> bool:
    """Whether it matters on which days its atom is met: for offices, and for the short forms of persons."""
    return bool(sighting.atom.office) or any(short.startswith(PERSON) for short in sighting.calls)


def _seats(ref: Ref, atom: Atom, placed: Placed | None) -> Iterator[tuple[Atom, Seat, Ref]]:
    sure = placed is not None and placed.sure
    yield atom, Seat.LEFT if sure else Seat.STAYS, ref
    if placed is not None and likely(placed):
        yield placed.atom, Seat.COMES if sure else Seat.MAYBE, ref
