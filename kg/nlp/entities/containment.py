"""What the text says of where a place lies: "Paris, Texas", "Athens (Georgia)", "Troy in New York"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from kg.gazetteer import Candidate, inside
from kg.model import Geo
from kg.nlp.entities.namespans import NameSpan
from kg.nlp.entities.tokens import Words

_DWARFED = 300  # "Damascus, Homs" are two cities, though Homs is a region too and may hold some other Damascus
_JOINTS = frozenset({",", "(", "in"})


class Named(Protocol):
    """A name with its place candidates."""

    name: NameSpan
    candidates: tuple[Candidate, ...]
    folded: str


@dataclass(frozen=True, slots=True)
class Containment:
    """``within``: folded name -> the place that the text first puts it in; ``spelt``: first token of a name whose
    meaning such a pair tells, the place itself or the one around it -> that place.
    """

    within: dict[str, Geo] = field(default_factory=dict)
    spelt: dict[int, Geo] = field(default_factory=dict)


def contained(words: Words, names: Sequence[Named]) -> Containment:
    """Pairs of neighbouring `names`, in text order, that say where a place lies and that the gazetteer bears out."""
    found = Containment()
    around: dict[int, Geo] = {}
    for one, other in _joined(words, names):
        beyond = around.get(other.name.start)
        pair = _fitting(one.candidates, other.candidates) or _beyond(one.candidates, beyond)
        if pair is not None:
            inner, outer = pair
            around[one.name.start] = outer
            found.spelt.setdefault(one.name.start, inner)
            if outer != beyond:
                found.spelt.setdefault(other.name.start, outer)
            if one.folded != other.folded:
                found.within[one.folded] = outer  # from behind: the first pair of the text is the last met
    return found


def _joined(words: Words, names: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Neighbours with nothing but a comma, a bracket or "in" between; the longest chains ("X, Y, Z") from behind."""
    pairs = list(pairwise(names))
    for one, other in reversed(pairs):
        between = other.name.start - one.name.end
        if between == 1 and words.lower[one.name.end] in _JOINTS and one.candidates and other.candidates:
            yield one, other


def _fitting(inner: Sequence[Candidate], outer: Sequence[Candidate]) -> tuple[Geo, Geo] | None:
    """The likeliest readings of which the one lies in the other; ``None`` for a list of equals ("Texas, Ohio")."""
    best: tuple[float, Geo, Geo] | None = None
    for around in outer:
        if around.geo.level == "town" or _equals(inner[0].geo, around.geo):
            continue
        held = next((candidate for candidate in inner if inside(candidate.geo, around.geo)), None)
        if held is None or (outer[0].geo.level == "town" and held.geo.population * _DWARFED < inner[0].geo.population):
            continue
        if best is None or held.rank + around.rank > best[0]:
            best = held.rank + around.rank, held.geo, around.geo
    return None if best is None else best[1:]


def _beyond(inner: Sequence[Candidate], around: Geo | None) -> tuple[Geo, Geo] | None:
    """ "Troy, Lincoln County, Missouri": the gazetteer may not know that Troy lies in the county."""
    held = next((candidate for candidate in inner if around is not None and inside(candidate.geo, around)), None)
    return None if held is None or around is None else (held.geo, around)


def _equals(one: Geo, other: Geo) -> bool:
    return one.level == other.level and bool(one.region) == bool(other.region)
