"""Which of its candidates each name of a document means: the names vote for one another, by where they could lie.

Candidates gain by votes of other names cast in the same country, the same first-level subdivision and near by; then
all vote again.  In the first ballot a name approves of all its candidates, the likelier the more, so that two rare
readings that lie together ("Paris" and "Henry County") can find each other; later it divides one vote among them.
The work grows with the number of candidates, never with pairs of names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.gazetteer.places import Candidate, inside
from kg.model import Geo

# By how much a name's votes sharpen with the score, in each ballot, and whether it divides them.
_BALLOTS = ((0.3, False), (1.2, True), (1.2, True))
_LEAST = 0.01  # share of a vote that is worth counting
_OUT_OF_REACH = 8.0  # a candidate so far behind the best in rank is not meant, whatever speaks for it
# What doubling the votes (after the first) of the same country, subdivision or vicinity is worth beside the rank,
# which counts people by order of magnitude.
_COUNTRY, _REGION, _NEAR, _CLOSE = 1.0, 1.4, 1.0, 1.6
_GRIDS = ((1.0, _NEAR), (0.3, _CLOSE))  # size in degrees; places in touching squares count as near each other
_WITHIN = 8.0  # for lying in the place that the text says
_MOST = 5.0  # votes beyond which more add nothing: a region's other towns do not make every village of it famous
_FAME = 0.35  # by how much more than in the rank the order of magnitude of the population counts here
_LEAD = 1.0  # what of a country's lead in rank does not count here: "Lebanon" in a local paper
_WIDE = 3.0  # for an area of several countries, which gets the votes of none
_PEOPLE = 3.0  # for a country whose people the text names: "Georgian lawmakers" tell it from the American state

Key = tuple[object, ...]
Ballot = dict[Key, float]


@dataclass(frozen=True, slots=True)
class Context:
    """The votes of a document's names: for each country, subdivision and square of a grid, by name and altogether."""

    peoples: frozenset[str] = frozenset()
    total: Ballot = field(default_factory=dict)
    own: dict[tuple[str, Key], float] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        names: Mapping[str, Sequence[Candidate]],
        peoples: Iterable[str] = (),
        within: Mapping[str, Geo] | None = None,
    ) -> Context:
        """The context that folded `names`, with their candidates, make for each other.

        `peoples` are ISO codes of countries whose people or adjective the document has; `within` tells for a name
        the place that the text says it lies in.
        """
        reachable = {name: _reachable(candidates) for name, candidates in names.items() if candidates}
        squares = {name: [_keys(candidate) for candidate in candidates] for name, candidates in reachable.items()}
        context = cls(frozenset(peoples))
        for sharpness, divided in _BALLOTS:
            ballot = cls(context.peoples)
            for code in sorted(context.peoples):
                ballot._cast(f"people {code}", ("country", code), 1.0)
            for name, candidates in reachable.items():
                scores = [context.score(name, c, within.get(name) if within else None) for c in candidates]
                ballot._vote(name, squares[name], _odds(scores, sharpness, divided))
            context = ballot
        return context

    def _vote(self, name: str, squares: Iterable[Iterable[Key]], shares: Iterable[float]) -> None:
        for keys, share in zip(squares, shares, strict=True):
            if share > 0.0:
                for key in keys:
                    self._cast(name, key, share)

    def _cast(self, name: str, key: Key, share: float) -> None:
        self.total[key] = self.total.get(key, 0.0) + share
        self.own[name, key] = self.own.get((name, key), 0.0) + share

    def score(self, name: str, candidate: Candidate, within: Geo | None = None) -> float:
        """How much speaks for `candidate` as the meaning of the folded `name`."""
        geo = candidate.geo
        score = candidate.rank + _FAME * math.log10(geo.population + 1)
        if within is not None and inside(geo, within):
            score += _WITHIN
        if geo.country:
            score += _COUNTRY * self._others(name, ("country", geo.country))
        elif geo.level == "region":
            score += _WIDE
        if geo.level == "country":
            return score - _LEAD + (_PEOPLE if geo.country in self.peoples else 0.0)
        if region := _region(geo):
            score += _REGION * self._others(name, region)
        if _has_spot(candidate):
            score += sum(worth * self._others(name, (size, *_square(geo, size))) for size, worth in _GRIDS)
        return score

    def _others(self, name: str, key: Key) -> float:
        """The votes of other names under `key`, by order of magnitude."""
        total = self.total.get(key)
        if not total:
            return 0.0
        return math.log2(1.0 + min(_MOST, max(0.0, total - self.own.get((name, key), 0.0))))


def disambiguate(
    name: str, candidates: Sequence[Candidate], context: Context, within: Geo | None = None
) -> list[Candidate]:
    """`candidates` of the folded `name`, the likeliest first.

    Population speaks for a candidate by order of magnitude; so do the other names of the document and above all
    `within`, the place that the text says it lies in.
    """
    return sorted(candidates, key=lambda c: (-context.score(name, c, within), c.geo.id))


def _odds(scores: Sequence[float], sharpness: float, divided: bool) -> list[float]:
    """Each candidate's share of a vote, or without division how near it comes to the best; 0 for the hopeless."""
    best = max(scores)
    odds = [math.exp((score - best) * sharpness) for score in scores]
    whole = sum(odds)
    return [(odd / whole if divided else odd) if odd > _LEAST * whole else 0.0 for odd in odds]


def _reachable(candidates: Sequence[Candidate]) -> list[Candidate]:
    best = max(candidate.rank for candidate in candidates)
    return [candidate for candidate in candidates if candidate.rank > best - _OUT_OF_REACH]


def _region(geo: Geo) -> Key:
    """The first-level subdivision that `geo` is or lies in, () when there is none."""
    if geo.level == "country":
        return ()
    if geo.level == "region" and not geo.region:
        return (geo.country, geo.name)
    return (geo.country, geo.region) if geo.region else ()


def _keys(candidate: Candidate) -> tuple[Key, ...]:
    """Where a vote for `candidate` counts: its country, its subdivision, its square and those around."""
    geo = candidate.geo
    keys: list[Key] = [("country", geo.country)] if geo.country else []
    if region := _region(geo):
        keys.append(region)
    if _has_spot(candidate):
        for size, _ in _GRIDS:
            row, column = _square(geo, size)
            keys += [(size, row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return tuple(keys)


def _has_spot(candidate: Candidate) -> bool:
    """Whether the place is small enough that something can be near it."""
    geo = candidate.geo
    if not candidate.located or geo.level == "country":
        return False
    return geo.level == "town" or bool(geo.region) or bool(geo.country and not candidate.governed)


def _square(geo: Geo, size: float) -> tuple[int, int]:
    return round(geo.lat / size), round(geo.lon / size)
