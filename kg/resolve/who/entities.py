"""What is known of every thing that a record is, and of the regions and countries around the places among them."""

from __future__ import annotations

from itertools import chain

import msgspec

from kg.model import Canonical, Geo, Ref
from kg.resolve.containment import container, containers, place_key, unmentioned
from kg.resolve.decided import Decided
from kg.resolve.knowledge import Knowledge
from kg.resolve.who.atoms import LINKED, Atom
from kg.resolve.who.changes import Changes
from kg.resolve.who.naming import Naming
from kg.resolve.who.profiles import canonical
from kg.resolve.who.records import Records
from kg.resolve.who.things import Things
from kg.shelf import Shelf, Table


class Entities:
    """A container is here as long as one of the places in it is."""

    def __init__(self, shelf: Shelf, records: Records, things: Things, naming: Naming, knowledge: Knowledge) -> None:
        self._records, self._things, self._uses, self._knowledge = records, things, naming.uses, knowledge
        self.entities = Decided(shelf).entities
        self._inside: Table[tuple[str, str], Geo] = shelf.table("who inside", tuple[str, str], Geo)

    def settle(self, changes: Changes) -> None:
        """Describe anew what was touched, and drop what no record is any longer."""
        loose: set[str] = set()  # containers, and what may be no more than one now
        keys = sorted(changes.described.keys() | changes.dropped)
        self.entities.load(keys)
        for key in keys:
            used = key in self._uses
            if used and key not in changes.described:
                continue  # it lost a record that told nothing new
            before = self.entities.get(key)
            now = self._describe(key, changes.described[key]) if used else None
            if now == before:
                continue
            loose |= self._contain(key, before, now)
            if now is not None:
                self.entities[key] = now
            elif before is not None:
                loose.add(key)
        for key, found in [(key, self._inside.first_under(key)) for key in sorted(loose) if key not in self._uses]:
            if found is not None:
                self.entities[key] = unmentioned(self._inside[found])
            else:
                self.entities.pop(key, None)

    def _describe(self, key: str, what: Atom | Ref) -> Canonical:
        found = self._seen(key, what) if isinstance(what, Ref) else self._known(key, self._things.atoms(what))
        return msgspec.structs.replace(found, within=container(found))

    def _seen(self, key: str, ref: Ref) -> Canonical:
        """What one record says of a thing."""
        sighting = self._records.sighting(ref)
        if sighting is None:
            raise KeyError(ref)
        return canonical(key, [(sighting.face, 1)])

    def _known(self, key: str, atoms: list[Atom]) -> Canonical:
        """What the records say of a thing, under the name that a knowledge base has for it."""
        profiles = (self._records.profiles[atom] for atom in atoms)
        found = canonical(key, chain.from_iterable(profile.faces for profile in profiles))
        entries = [self._knowledge.entry(atom.form) for atom in atoms if atom.family == LINKED]
        if not entries:
            return found
        same_as = tuple(dict.fromkeys(name for each in entries for name in each.identifiers))
        country = found.country or entries[0].country
        return msgspec.structs.replace(found, label=entries[0].label, country=country, same_as=same_as)

    def _contain(self, key: str, before: Canonical | None, now: Canonical | None) -> set[str]:
        """Note what a place lies in; returns the keys of what it lay in and no longer does, or does only now."""
        old = _around(before) if before is not None and before.mentioned else {}
        new = _around(now) if now is not None else {}
        for outer in old.keys() - new.keys():
            del self._inside[outer, key]
        for outer in new.keys() - old.keys():
            self._inside[outer, key] = new[outer]
        return set(old.keys() ^ new.keys())


def _around(place: Canonical) -> dict[str, Geo]:
    """The containers of a place, itself left out."""
    found = {place_key(geo): geo for geo in containers(place.geo)} if place.geo is not None else {}
    found.pop(place.key, None)
    return found
