"""Keys: a readable name for every thing; where several would have one, all but the foremost get a mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import msgspec

from kg.ids import digest, slug
from kg.resolve.atoms import Atom
from kg.resolve.profiles import Profile, readable


class Thing(msgspec.Struct, frozen=True):
    """A group of atoms as one thing, how often it is met, and whether it is only a remainder not told apart."""

    atoms: tuple[Atom, ...]
    records: int
    rest: bool

    @property
    def mark(self) -> str:
        """What tells it from its namesakes: its office and country, else a digest of its atoms."""
        office = min((a.office for a in self.atoms if a.office), default="")
        country = min((a.country for a in self.atoms if a.country), default="")
        return slug(f"{office} {country}") if office or country else self.digest

    @property
    def digest(self) -> str:
        """Never that of another thing."""
        atom = self.atoms[0]
        return digest("\x1f".join((atom.family, atom.form, atom.country, atom.office, atom.alone, atom.method)), 8)


def keys(things: Mapping[Atom, Thing], profiles: Mapping[Atom, Profile]) -> dict[Atom, str]:
    """The key of each thing, by its first atom."""
    sharing: dict[str, list[Atom]] = defaultdict(list)
    for first, thing in things.items():
        sharing[readable(first, (profiles[atom] for atom in thing.atoms))].append(first)
    found = {}
    for key, firsts in sharing.items():
        foremost, *others = sorted(firsts, key=lambda first: (things[first].rest, -things[first].records, first))
        found[foremost] = key
        marks = [things[first].mark for first in others]
        for first, mark in zip(others, marks, strict=True):
            plain = marks.count(mark) == 1
            found[first] = f"{key}-{mark}" if plain else f"{key}-{mark}-{things[first].digest}"
    return found
