"""Things: groups of atoms, joined where a user's rulings say so, each with a key of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kg.model import Decision, Ref
from kg.resolve.clustering import Link, clusters
from kg.resolve.who.atoms import Atom, Face
from kg.resolve.who.changes import Changes
from kg.resolve.who.groups import Groups
from kg.resolve.who.keys import Rank, mark, told_apart
from kg.resolve.who.profiles import readable
from kg.resolve.who.records import Records
from kg.shelf import Shelf, Table

Decided = tuple[Decision, Atom, Atom]  # what a ruling says of the groups of two atoms


class Things:
    """A thing is named by its first atom.  Of what is one record and nothing more nothing is kept."""

    def __init__(self, shelf: Shelf, records: Records, groups: Groups) -> None:
        self._records, self._groups = records, groups
        self._joined: Table[Atom, Atom] = shelf.table("who joined", Atom, Atom)  # first atom of a group -> of its thing
        self._unions: Table[Atom, tuple[Atom, ...]] = shelf.table("who unions", Atom, tuple[Atom, ...])
        self._names: Table[Atom, tuple[str, str]] = shelf.table("who names", Atom, tuple[str, str])  # readable, and key
        self._sharing: Table[tuple[str, Atom], bool] = shelf.table("who sharing", tuple[str, Atom], bool)  # by readable
        self._keys: Table[Atom, str] = shelf.table("who keys", Atom, str)

    def first(self, atom: Atom) -> Atom:
        """The first atom of the thing that an atom is."""
        first = self._groups.first(atom)
        return self._joined.get(first, first)

    def atoms(self, first: Atom) -> list[Atom]:
        """All atoms of a thing."""
        return [atom for each in self._unions.get(first, (first,)) for atom in self._groups.members(each)]

    def key(self, atom: Atom) -> str:
        """That of the records which go with an atom; "" where each of them has its own."""
        return self._keys.get(atom, atom.own_key)

    # -- rulings -----------------------------------------------------------------------------------------------------

    def join(self, rulings: Iterable[Decided], changes: Changes) -> None:
        """Join the groups that rulings, all of them, say are one thing."""
        found = dict(
            _unions([(each, self._groups.first(one), self._groups.first(other)) for each, one, other in rulings])
        )
        before = {first: self._unions[first] for first in self._unions}
        for first in before.keys() - found.keys():
            del self._unions[first]
        for union in (before[first] for first in before if before[first] != found.get(first)):
            changes.grouped.update(union)
            for each in union:
                del self._joined[each]
        for first, union in found.items():
            if before.get(first) != union:
                self._unions[first] = union
                self._joined.update(dict.fromkeys(union, first))
                changes.grouped.update(union)

    # -- keys --------------------------------------------------------------------------------------------------------

    def settle(self, changes: Changes) -> None:
        """Name the things that were touched, and those that would be called the same."""
        touched = changes.atoms.keys() | changes.grouped | changes.moved
        firsts = touched | {self.first(atom) for atom in touched if atom in self._records.profiles}
        for table in (self._names, self._keys):
            table.load(firsts)
        shared: set[str] = set()
        for first in firsts:
            shared.update(self._enter(first, changes))
        found = {key: [first for _, first in self._sharing.under(key)] for key in sorted(shared)}
        for key, sharing in ((key, sharing) for key, sharing in found.items() if sharing):
            self._name(key, sharing, firsts, changes)
        for first in firsts:
            self._describe(first, changes)

    def _enter(self, first: Atom, changes: Changes) -> Iterator[str]:
        """Put a thing among its namesakes, or take it out; yields what it would be called, before and now."""
        (before, key), now = self._names.get(first, ("", "")), ""
        here = first in self._records.profiles and self.first(first) == first
        if here and (not first.own_key or first in self._unions):
            now = readable(first, self._faces(self.atoms(first)))
            yield now
        if before == now:
            return
        if before:
            del self._sharing[before, first]
            yield before
        if now:
            self._sharing[now, first] = True
            self._names[first] = now, key
        else:
            del self._names[first]
            changes.dropped.add(key)

    def _faces(self, atoms: Iterable[Atom]) -> Iterator[tuple[Face, int]]:
        return chain.from_iterable(self._records.profiles[atom].faces for atom in atoms)

    def _rank(self, first: Atom) -> Rank:
        atoms = self.atoms(first)
        rest = all(self._groups.open(atom) for atom in atoms)
        return Rank(rest, sum(times for _, times in self._faces(atoms)), mark(atoms, first))

    def _name(self, key: str, sharing: Sequence[Atom], touched: set[Atom], changes: Changes) -> None:
        """Give the things that would be called `key` theirs."""
        alone = len(sharing) == 1
        found = {sharing[0]: key} if alone else told_apart(key, {first: self._rank(first) for first in sharing})
        for first, name in found.items():
            _, before = self._names[first]
            if before != name:
                self._names[first] = key, name
                changes.described[name] = first
                changes.dropped.update((before,) if before else ())
            if before != name or first in touched:
                for atom in self.atoms(first):
                    self._rekey(atom, "" if self._lone(atom) else name, changes)

    def _lone(self, atom: Atom) -> bool:
        """Whether nothing tells which of two that bear its name a record of it is: then each stays by itself."""
        return self._groups.open(atom) and atom not in self._joined

    def _rekey(self, atom: Atom, key: str, changes: Changes) -> None:
        if self.key(atom) == key:
            return
        changes.rekeyed.add(atom)
        if key == atom.own_key:
            del self._keys[atom]
        else:
            self._keys[atom] = key

    def _describe(self, first: Atom, changes: Changes) -> None:
        if first not in self._records.profiles:
            self._keys.pop(first, None)
        elif self.first(first) == first:
            if first.own_key and first not in self._unions:
                self._rekey(first, first.own_key, changes)
            _, name = self._names.get(first, ("", first.own_key))
            changes.described[name] = first


def _unions(decided: Sequence[Decided]) -> Iterator[tuple[Atom, tuple[Atom, ...]]]:
    """The groups that are one thing, by the first of their first atoms; decisions against it are obeyed."""
    ordered = sorted({first for _, *both in decided for first in both})
    stand = {first: Ref(f"{number:06}", "") for number, first in enumerate(ordered)}
    links = [Link(stand[one], stand[other]) for each, one, other in decided if each is Decision.SAME]
    apart = [(stand[one], stand[other]) for each, one, other in decided if each is Decision.DIFFERENT]
    for group in clusters(stand.values(), links, apart):
        if len(group) > 1:
            firsts = tuple(ordered[int(ref.document)] for ref in group)
            yield firsts[0], firsts
