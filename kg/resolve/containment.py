"""The regions and countries that places lie in, though no text names them: "in Kharkiv region" finds Izyum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.gazetteer import open_gazetteer
from kg.ids import slug
from kg.model import Canonical, EntityKind, Geo


def place_key(geo: Geo) -> str:
    """The canonical key of a gazetteer entry."""
    number = geo.id or "x"
    return f"place/{slug(geo.name, 40)}-{number}"


def containers(places: Iterable[Geo]) -> Iterator[Canonical]:
    """The first-level region and the country of each place, as far as the gazetteer has them; each once, sorted."""
    held = {(geo.country, geo.region) for geo in places if geo.country}
    found = {geo for country, region in held for geo in _around(country, region)}
    for geo in sorted(found, key=place_key):
        yield Canonical(key=place_key(geo), kind=EntityKind.GPE, label=geo.name, geo=geo, country=geo.country)


def _around(country: str, region: str) -> Iterator[Geo]:
    gazetteer = open_gazetteer()
    for geo in (gazetteer.country(country), gazetteer.region(country, region) if region else None):
        if geo is not None:
            yield geo
