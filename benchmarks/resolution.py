"""Coordinates of gold place names, as the project would give them had it found exactly these names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.gazetteer import Candidate, Context, Gazetteer, disambiguate, open_gazetteer
from kg.ids import fold
from kg.model import Geo


def resolve(names: Sequence[str], own: Sequence[Geo | None], elsewhere: Iterable[Geo]) -> list[Geo | None]:
    """For each name the project's own entry where it has one at that place, else the gazetteer's best reading.

    `own` runs along with `names`; `elsewhere` is what else the project resolved in the same text: its countries,
    and the other names, are the context in which the gazetteer reads.
    """
    gazetteer = open_gazetteer()
    folded = [fold(name) for name in names]
    known = {name: _candidates(gazetteer, name) for name in folded}
    context = Context.of(known, [geo.country for geo in elsewhere if geo.country])
    return [geo or _best(name, known[name], context) for geo, name in zip(own, folded, strict=True)]


def people_named(name: str) -> Candidate | None:
    """The place whose adjective or people, in the singular or plural, `name` is."""
    gazetteer = open_gazetteer()
    return gazetteer.people(name) or gazetteer.people(name.removesuffix("s"))


def _candidates(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    """The place whose adjective or people it is, as the project itself reads it, else places of that name."""
    people = people_named(name)
    return (people,) if people else gazetteer.candidates(name)


def _best(name: str, candidates: tuple[Candidate, ...], context: Context) -> Geo | None:
    ranked = disambiguate(name, [c for c in candidates if c.located], context)
    return ranked[0].geo if ranked else None
