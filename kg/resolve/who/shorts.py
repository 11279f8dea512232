"""Short forms: whom a lone surname, an acronym or a name that two bear stands for in one document.

Each such record is placed by itself, by the marks that its text tells and the company that it keeps there and that
the candidate keeps in texts of the same days.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from kg.model import Ref
from kg.resolve.who.atoms import Atom, Page
from kg.resolve.who.pairs import short_score
from kg.resolve.words import names

NEAR = 200  # texts of the same days that are looked at: the first by their ids


class Placed(msgspec.Struct, frozen=True):
    """Where a record goes: with `atom`, or nowhere for now when not `sure`."""

    atom: Atom
    score: float
    words: str
    sure: bool


@lru_cache(maxsize=10_000)
def window(day: str) -> tuple[str, ...]:
    """The days whose texts are compared with one of `day`; texts without a full date with each other only."""
    try:
        middle = date.fromisoformat(day)
        reach = names().decision.days
        return tuple((middle + timedelta(days=n)).isoformat() for n in range(-reach, reach + 1))
    except (ValueError, OverflowError):  # no day, a month or a year; the first and last day that there is
        return (day,)


class Scene(msgspec.Struct, frozen=True):
    """What a short form is placed by."""

    pages: Mapping[str, Page]
    seen: Mapping[tuple[str, str], Mapping[str, Iterable[Atom]]]  # short form and day -> document -> atoms there
    bearers: Mapping[str, Iterable[Atom]]  # short form -> atoms that are called so
    home: Callable[[Atom], Atom | None]  # the group of an atom; None for one that is itself to be placed


def place(ref: Ref, atom: Atom, short: str, scene: Scene, forbidden: frozenset[Atom]) -> Placed | None:
    """The best candidate for a record, None when there is none; those in `forbidden` groups are passed over."""
    near = _near(ref, short, scene)
    called = set(scene.bearers.get(short, ())) if whole(atom) else {other for atoms in near.values() for other in atoms}
    groups: dict[Atom, Atom] = {}
    for other in called:
        group = scene.home(other)
        if group is not None and group not in forbidden and (atom.loose or other.block == atom.block):
            groups[other] = group
    if not groups:
        return None
    company = _company(ref, atom, near, scene, groups)
    rivals = len(set(groups.values())) - 1
    scored = []
    for other, group in groups.items():
        score, evidence = short_score(atom, other, company.get(group, ()), rivals)
        scored.append((-score, group, other, evidence.words))
    scored.sort(key=lambda found: found[:3])
    best = scored[0]
    second = next((-found[0] for found in scored if found[1] != best[1]), 0.0)
    limits = names().decision
    sure = -best[0] >= limits.same and -best[0] - second >= limits.margin
    return Placed(best[2], -best[0], best[3], sure)


def whole(atom: Atom) -> bool:
    """Whether the short form is a name in its own right, whose bearers are looked for in all texts."""
    return atom.loose and not atom.alone


def _near(ref: Ref, short: str, scene: Scene) -> dict[str, Iterable[Atom]]:
    """Other texts of those days, and who is called so in them."""
    found: dict[str, Iterable[Atom]] = {}
    for day in window(scene.pages[ref.document].day):
        found |= scene.seen.get((short, day), {})
    found.pop(ref.document, None)
    return {document: found[document] for document in heapq.nsmallest(NEAR, found)}


def _company(
    ref: Ref, atom: Atom, near: Mapping[str, Iterable[Atom]], scene: Scene, groups: Mapping[Atom, Atom]
) -> dict[Atom, tuple[str, ...]]:
    """By group met in those days: the most that a text which tells of it shares with the record's text."""
    best: dict[Atom, tuple[str, ...]] = {}
    own = set(scene.pages[ref.document].company) - {f"{atom.family} {atom.form}"}
    for document, atoms in near.items():
        shared = tuple(token for token in scene.pages[document].company if token in own)
        for group in {groups[other] for other in atoms if other in groups}:
            if group not in best or len(shared) > len(best[group]):
                best[group] = shared
    return best
