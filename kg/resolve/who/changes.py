"""What one round has touched so far: every room notes what it changed, for the rooms after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import TypeVar

from kg.model import Ref
from kg.resolve.who.atoms import Atom
from kg.resolve.who.profiles import Profile
from kg.resolve.who.shorts import window

K = TypeVar("K")


@dataclass(slots=True)
class Changes:
    """Empty when a round begins; dropped when it is settled."""

    refs: set[Ref] = field(default_factory=set)  # records that came, went or are told otherwise
    atoms: dict[Atom, Profile | None] = field(default_factory=dict)  # touched ones, as they were before
    members: defaultdict[Atom, set[Ref]] = field(default_factory=lambda: defaultdict(set))  # records touched in any way
    entered: defaultdict[Atom, list[Ref]] = field(default_factory=lambda: defaultdict(list))  # of compared atoms
    blocks: set[str] = field(default_factory=set)  # of alike names, to be decided anew
    shorts: set[str] = field(default_factory=set)  # short forms whose records are all to be placed anew
    days: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # of others, those of these days
    grouped: set[Atom] = field(default_factory=set)  # atoms whose group has other members now
    moved: set[Atom] = field(default_factory=set)  # atoms of another group, or open now or no longer
    placed: set[Ref] = field(default_factory=set)  # records that now go with another atom, or may
    decided: set[str] = field(default_factory=set)  # blocks that were
    rekeyed: set[Atom] = field(default_factory=set)  # atoms whose records have another key
    described: dict[str, Atom | Ref] = field(default_factory=dict)  # by key: the thing or lone record to describe anew
    dropped: set[str] = field(default_factory=set)  # keys that lost a record

    def born(self) -> set[Atom]:
        """The atoms that were not there before: all their records are among those that came."""
        return {atom for atom, before in self.atoms.items() if before is None}

    def told(self, ref: Ref, atom: Atom) -> None:
        """A record came, went or is told otherwise."""
        self.refs.add(ref)
        self.members[atom].add(ref)

    def goes(self, ref: Ref, atom: Atom) -> None:
        """A record of `atom` goes elsewhere than it did."""
        self.placed.add(ref)
        self.members[atom].add(ref)

    def around(self, short: str, day: str) -> None:
        """Somebody is, or is no longer, called so on that day."""
        self.days[short].update(window(day))


def count(table: MutableMapping[K, int], key: K, by: int) -> int:
    """Add to a row that counts; one that counts none is none.  Returns the count."""
    number = table.get(key, 0) + by
    if number:
        table[key] = number
    else:
        table.pop(key, None)
    return number
