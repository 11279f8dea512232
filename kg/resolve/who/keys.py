"""Keys: a readable name for every thing; where several would have one, all but the foremost get a mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from kg.ids import digest, slug
from kg.resolve.who.atoms import Atom


class Rank(msgspec.Struct, frozen=True):
    """Of a thing: whether it is only a remainder not told apart, how many records it has, and its mark."""

    rest: bool
    records: int
    mark: str


def mark(atoms: Iterable[Atom], first: Atom) -> str:
    """What tells a thing from its namesakes: its office and country, else a digest of its first atom."""
    atoms = list(atoms)
    office = min((a.office for a in atoms if a.office), default="")
    country = min((a.country for a in atoms if a.country), default="")
    return slug(f"{office} {country}") if office or country else _digest(first)


def _digest(atom: Atom) -> str:
    """Never that of another thing."""
    return digest("\x1f".join((atom.family, atom.form, atom.country, atom.office, atom.alone, atom.method)), 8)


def told_apart(key: str, things: Mapping[Atom, Rank]) -> dict[Atom, str]:
    """The keys of the things, by their first atoms, that would all be called `key`.

    A mark follows two hyphens, which no readable key has in it: so nothing else is called so.
    """
    foremost, *others = sorted(things, key=lambda first: (things[first].rest, -things[first].records, first))
    times = Counter(things[first].mark for first in others)
    found = {foremost: key}
    for first in others:
        each = things[first].mark
        found[first] = f"{key}--{each}" if times[each] == 1 else f"{key}--{each}-{_digest(first)}"
    return found
