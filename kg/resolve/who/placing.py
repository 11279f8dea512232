"""Short forms: each record that is to be placed goes with one of those that are called so, or stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.model import Ref
from kg.resolve.who.atoms import Atom
from kg.resolve.who.changes import Changes
from kg.resolve.who.groups import Foes, Groups
from kg.resolve.who.records import Records
from kg.resolve.who.shorts import Scene, place

Waiting = tuple[str, str, Ref, Atom]  # short form, day, record and its atom

_KEPT = 64  # days of short forms that are looked at again for the next record


class Placing:
    """Keeps no tables of its own: where records go stands with them."""

    def __init__(self, records: Records, groups: Groups) -> None:
        self._records, self._groups = records, groups

    def settle(self, changes: Changes, foes: Foes) -> None:
        """Place anew the records whose days or namesakes were touched."""
        scene = self.scene()
        for short in sorted(changes.shorts | changes.days.keys()):
            for _, _, ref, atom in self._touched(short, changes):
                away = frozenset(self._groups.first(foe) for foe in foes.get(atom, ()))
                self._records.place(ref, atom, place(ref, atom, short, scene, away), changes)

    def _touched(self, short: str, changes: Changes) -> list[Waiting]:
        lone = self._records.lone
        if short in changes.shorts:
            return lone.under(short)
        days = changes.days[short]
        return [
            each for low, high in _runs(days) for each in lone.between(short, low=low, high=high) if each[1] in days
        ]

    def scene(self) -> Scene:
        """What short forms are placed by; good until the next change."""
        return Scene(self._records.pages, _Seen(self._records), _Bearers(self._records), self._groups.settled)


def _runs(days: Iterable[str]) -> list[tuple[str, str]]:
    """The first and the last of days that are near each other, so that few questions are asked of the table."""
    found: list[tuple[str, str]] = []
    for day in sorted(days):
        if found and day[:7] == found[-1][1][:7]:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


class _Seen(Mapping[tuple[str, str], Mapping[str, list[Atom]]]):
    """Who is called so on a day, by document."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._of = lru_cache(maxsize=_KEPT)(self._read)

    def _read(self, short: str, day: str) -> dict[str, list[Atom]]:
        found: dict[str, list[Atom]] = {}
        for _, _, document, atom in self._records.seen.under(short, day):
            found.setdefault(document, []).append(atom)
        return found

    def __getitem__(self, key: tuple[str, str]) -> Mapping[str, list[Atom]]:
        return self._of(*key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(dict.fromkeys((short, day) for short, day, _, _ in self._records.seen))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Bearers(Mapping[str, list[Atom]]):
    """Who is called so, on whatever day."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._of = lru_cache(maxsize=_KEPT)(self._read)

    def _read(self, short: str) -> list[Atom]:
        return [atom for _, atom in self._records.bearers.under(short)]

    def __getitem__(self, key: str) -> list[Atom]:
        return self._of(key)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(short for short, _ in self._records.bearers))

    def __len__(self) -> int:
        return sum(1 for _ in self)
