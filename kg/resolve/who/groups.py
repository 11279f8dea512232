"""Alike names: the atoms of a block in groups, each of which is one thing, and those that may be either of two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kg.model import Ref
from kg.resolve.who.atoms import Atom
from kg.resolve.who.blocks import Verdict, decide
from kg.resolve.who.changes import Changes
from kg.resolve.who.records import PERSON, Records, Seat, recall
from kg.resolve.who.shorts import window
from kg.shelf import Shelf, Table

Foes = Mapping[Atom, Iterable[Atom]]  # atoms that rulings keep apart


class Home(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The first atom of an atom's group; the records of an `open` one are placed one by one."""

    first: Atom
    open: bool = False


class Block(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was decided of a block of several atoms."""

    groups: tuple[tuple[Atom, ...], ...] = ()
    verdicts: tuple[Verdict, ...] = ()


class Groups:
    """Of atoms that stand by themselves nothing is kept."""

    def __init__(self, shelf: Shelf, records: Records) -> None:
        self._records = records
        self._homes: Table[Atom, Home] = shelf.table("who homes", Atom, Home)
        self.decided: Table[str, Block] = shelf.table("who decided", str, Block)

    def first(self, atom: Atom) -> Atom:
        """The first atom of its group."""
        home = self._homes.get(atom)
        return home.first if home else atom

    def open(self, atom: Atom) -> bool:
        """Whether its records are placed one by one."""
        home = self._homes.get(atom)
        return home is not None and home.open

    def settled(self, atom: Atom) -> Atom | None:
        """The first atom of the group of one whose records stay with it, else None."""
        home = self._homes.get(atom)
        return atom if home is None else None if home.open else home.first

    def members(self, first: Atom) -> tuple[Atom, ...]:
        """The group whose first atom it is."""
        block = self.decided.get(first.block) if first.compared else None
        return next((group for group in block.groups if group[0] == first), (first,)) if block else (first,)

    def settle(self, changes: Changes, foes: Foes) -> None:
        """Decide anew the blocks that were touched."""
        found = {block: [atom for _, atom in self._records.blocks.under(block)] for block in sorted(changes.blocks)}
        for block, atoms in found.items():
            self._decide(block, atoms, changes, foes)
        for atom, refs in changes.entered.items():
            if self.open(atom):
                self._wait(refs, changes)

    def _decide(self, name: str, atoms: list[Atom], changes: Changes, foes: Foes) -> None:
        before = self.decided.get(name, Block())
        here = set(atoms)
        apart = [(atom, foe) for atom in atoms for foe in foes.get(atom, ()) if foe in here]
        outcome = decide(atoms, self._records.profiles, apart) if len(atoms) > 1 else None
        groups = outcome.groups if outcome else tuple((atom,) for atom in atoms)
        for group in groups:
            if group not in before.groups:
                changes.grouped.update(group)
            for atom in group:
                self._move(atom, Home(group[0], outcome is not None and atom in outcome.open), changes)
        for atom in {atom for group in before.groups for atom in group} - here:
            self._homes.pop(atom, None)
        if outcome:
            self.decided[name] = Block(outcome.groups, outcome.verdicts)
        else:
            self.decided.pop(name, None)
        if outcome or before.groups:
            changes.decided.add(name)

    def _move(self, atom: Atom, home: Home, changes: Changes) -> None:
        before = self._homes.get(atom, Home(atom))
        if home == before:
            return
        if home == Home(atom):
            del self._homes[atom]
        else:
            self._homes[atom] = home
        changes.moved.add(atom)
        if home.open != before.open:
            self._opened(atom, home.open, changes)

    def _opened(self, atom: Atom, is_open: bool, changes: Changes) -> None:
        """An atom's records are to be placed one by one from now on, or no longer."""
        refs = self._records.seated(atom, Seat.STAYS, Seat.LEFT)
        if is_open:
            self._wait(refs, changes)
        for ref in refs if not is_open else ():
            self._records.unplace(ref, atom, changes)
            self._records.unwait(ref)

    def _wait(self, refs: Iterable[Ref], changes: Changes) -> None:
        for ref in refs:
            self._records.wait(ref, changes)

    def recall(self, changes: Changes) -> None:
        """Whoever is called as an atom is that has moved is placed anew."""
        for atom in sorted(changes.moved):
            shorts = [short for _, short in self._records.calls.under(atom)]
            near: set[str] = set()
            if any(short.startswith(PERSON) for short in shorts):
                near.update(day for _, met in self._records.days.under(atom) for day in window(met))
            for short in shorts:
                recall(short, changes)
                changes.days[short] |= near
