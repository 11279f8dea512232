"""A place that a name may mean, and how places lie to one another."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.model import Geo


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; a higher ``rank`` is likelier, ``governed`` places can act."""

    geo: Geo
    rank: float
    governed: bool
    located: bool  # whether the entry has coordinates


def inside(geo: Geo, other: Geo) -> bool:
    """Whether the gazetteer puts `geo` in `other`, a country or a first-level subdivision."""
    if geo.country != other.country or not geo.country or geo == other:
        return False
    return (other.level == "country" and geo.level != "country") or (
        other.level == "region" and geo.region == other.name and geo.name != other.name
    )


def distance_km(one: Geo, other: Geo) -> float:
    """Great-circle distance (haversine, mean Earth radius)."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 12_742.0 * math.asin(min(1.0, math.sqrt(half)))
