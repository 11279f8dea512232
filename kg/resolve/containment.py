"""The regions and countries that places lie in, though no text names them: "in Kharkiv region" finds Izyum."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from kg.gazetteer import open_gazetteer
from kg.ids import slug
from kg.model import Canonical, EntityKind, Geo
from kg.resolve.words import PLACES


@lru_cache(maxsize=10_000)
def place_key(geo: Geo) -> str:
    """The canonical key of a gazetteer entry."""
    number = geo.id or "x"
    return f"place/{slug(geo.name, 40)}-{number}"


def containers(geo: Geo) -> tuple[Geo, ...]:
    """The country and the first-level region of a place, as far as the gazetteer has them; the largest first."""
    return _around(geo.country, geo.region) if geo.country else ()


@lru_cache(maxsize=10_000)
def _around(country: str, region: str) -> tuple[Geo, ...]:
    gazetteer = open_gazetteer()
    found = (gazetteer.country(country), gazetteer.region(country, region) if region else None)
    return tuple(geo for geo in found if geo is not None)


def container(place: Canonical) -> str:
    """The key of the smallest region or country that a place lies in, "" where none is known."""
    if place.kind not in PLACES or place.geo is None or place.geo.level == "country":
        return ""
    return next((key for key in map(place_key, reversed(containers(place.geo))) if key != place.key), "")


def unmentioned(geo: Geo) -> Canonical:
    """A region or country that no text names."""
    found = Canonical(
        key=place_key(geo), kind=EntityKind.GPE, label=geo.name, geo=geo, country=geo.country, mentioned=False
    )
    return msgspec.structs.replace(found, within=container(found))
