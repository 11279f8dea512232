"""Profiles: what is known of an atom, counted over its records, so that one document's share can be taken out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from kg.ids import slug
from kg.model import Canonical, EntityKind, Geo, Ref
from kg.resolve.who.atoms import GAZETTEER, LINKED, Atom, Face
from kg.resolve.words import PLACES, names


class Profile(msgspec.Struct, frozen=True, array_like=True):
    """How the records of one atom show it, and how often each way; the days are kept of atoms with an office only."""

    first: Ref  # stands for the atom in decisions
    faces: tuple[tuple[Face, int], ...]
    earliest: str = ""
    latest: str = ""

    @property
    def records(self) -> int:
        """How many records there are."""
        return sum(times for _, times in self.faces)

    def meets(self, other: Profile) -> bool:
        """Whether texts tell of the two in one stretch of time, or too near to it for a change; without days, so."""
        try:
            mine, others = (tuple(map(date.fromisoformat, (p.earliest, p.latest))) for p in (self, other))
        except ValueError:  # no day, a month or a year
            return True
        gap = max(others[0] - mine[1], mine[0] - others[1])
        return gap < timedelta(days=names().decision.tenure)


def order(ref: Ref) -> bytes:
    """That in which a shelf keeps records: the first of them stands for the rest."""
    return msgspec.json.encode(ref)


def faced(faces: tuple[tuple[Face, int], ...], face: Face, by: int) -> tuple[tuple[Face, int], ...]:
    """The faces, with one of them seen so many times more."""
    for index, (each, times) in enumerate(faces):
        if each == face:
            changed = ((face, times + by),) if times + by else ()
            return faces[:index] + changed + faces[index + 1 :]
    return (*faces, (face, by))


def canonical(key: str, seen: Iterable[tuple[Face, int]]) -> Canonical:
    """What all records of a thing say of it, in whatever order they came."""
    faces: Counter[Face] = Counter()
    geos: Counter[Geo] = Counter()
    countries: Counter[str] = Counter()
    for face, times in seen:
        faces[face] += times
        if face.geo:
            geos[face.geo] += times
        if face.country:
            countries[face.country] += times
    return Canonical(
        key=key,
        kind=_kind(faces),
        label=favourite(faces),
        geo=min(geos, key=lambda geo: (-geos[geo], msgspec.structs.astuple(geo)), default=None),
        country=min(countries, key=lambda code: (-countries[code], code), default=""),
    )


def favourite(faces: Counter[Face]) -> str:
    """The label that most records use; of equals the longest, then the first in the alphabet."""
    counts: Counter[str] = Counter()
    for face, times in faces.items():
        counts[face.label] += times
    return min(counts, key=lambda label: (-counts[label], -len(label), label))


def _kind(faces: Counter[Face]) -> EntityKind:
    """The kind that most records have; what is an actor here and a place there is both."""
    counts: Counter[EntityKind] = Counter()
    for face, times in faces.items():
        counts[face.kind] += times
    if len(counts) > 1 and any(kind in counts for kind in PLACES):
        return EntityKind.GPE
    return min(counts, key=lambda kind: (-counts[kind], kind.value))


def readable(atom: Atom, seen: Iterable[tuple[Face, int]]) -> str:
    """The key that the thing would have if nothing else were called so."""
    if atom.own_key:
        return atom.own_key
    if atom.method == GAZETTEER:
        return atom.form
    if atom.family == LINKED:
        return f"{LINKED}/{atom.form}"
    if atom.family != "person":
        return f"{atom.family}/{slug(atom.form)}"
    faces: Counter[Face] = Counter()
    for face, times in seen:
        faces[face] += times
    return f"person/{slug(favourite(faces))}"
