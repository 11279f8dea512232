"""Profiles: what is known of an atom, counted over its records, so that one document's share can be taken out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.ids import slug
from kg.model import Canonical, EntityKind, Ref
from kg.resolve.atoms import GAZETTEER, LINKED, Atom, Face
from kg.resolve.words import PLACES, names


@dataclass(slots=True)
class Profile:
    """The records of one atom, how they show it, and on which days."""

    records: dict[Ref, None] = field(default_factory=dict)
    faces: Counter[Face] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    first: Ref | None = None  # the least of its records, which stands for it in decisions

    def add(self, ref: Ref, face: Face, day: str) -> None:
        """Count one record in."""
        self.records[ref] = None
        self.faces[face] += 1
        self.days[day] += 1
        self.first = ref if self.first is None else min(self.first, ref)

    def remove(self, ref: Ref, face: Face, day: str) -> None:
        """Count one record out."""
        del self.records[ref]
        for counts, value in ((self.faces, face), (self.days, day)):
            counts[value] -= 1  # type: ignore[index]  # each counts its own kind
            if not counts[value]:  # type: ignore[index]
                del counts[value]
        if self.first == ref:
            self.first = min(self.records, default=None)

    @property
    def ref(self) -> Ref:
        """The least of its records."""
        if self.first is None:
            raise ValueError("an atom without records")
        return self.first

    def meets(self, other: Profile) -> bool:
        """Whether texts tell of the two in one stretch of time, or too near to it for a change; without days, so."""
        try:
            mine, others = (tuple(map(date.fromisoformat, (min(p.days), max(p.days)))) for p in (self, other))
        except ValueError:  # no day, a month or a year
            return True
        gap = max(others[0] - mine[1], mine[0] - others[1])
        return gap < timedelta(days=names().decision.tenure)


def canonical(key: str, profiles: Iterable[Profile]) -> Canonical:
    """What all records of a thing say of it, in whatever order they came."""
    faces: Counter[Face] = Counter()
    for profile in profiles:
        faces.update(profile.faces)
    geos = Counter({face.geo: 0 for face in faces if face.geo})
    countries: Counter[str] = Counter()
    for face, times in faces.items():
        if face.geo:
            geos[face.geo] += times
        if face.country:
            countries[face.country] += times
    return Canonical(
        key=key,
        kind=_kind(faces),
        label=favourite(faces),
        geo=min(geos, key=lambda geo: (-geos[geo], geo.id, geo.name), default=None),
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


def readable(atom: Atom, profiles: Iterable[Profile]) -> str:
    """The key that the thing would have if nothing else were called so."""
    if atom.family == "doc":
        return f"doc/{atom.form}"
    if atom.method == GAZETTEER:
        return atom.form
    if atom.loose and atom.alone:
        return f"doc/{atom.alone}"
    if atom.family == LINKED:
        return f"{LINKED}/{atom.form}"
    if atom.family != "person":
        return f"{atom.family}/{slug(atom.form)}"
    faces: Counter[Face] = Counter()
    for profile in profiles:
        faces.update(profile.faces)
    return f"person/{slug(favourite(faces))}"
