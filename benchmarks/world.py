"""A made-up world for generated news: who exists, how they are called, and what happens on which day.

Everything is a function of its number alone, so that the world is the same however much of it is told.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

import msgspec

from benchmarks.data import load
from kg.gazetteer import index_path, open_gazetteer
from kg.model import EntityKind, Geo

FIRST_DAY = date(2023, 1, 2)
STORIES = 25  # that a day's news is made of
HAPPENINGS = 8  # in each of them
PERSONS, ORGANISATIONS, TOWNS = 20_000, 4_000, 1_500
NAMESAKE_EVERY, NAMESAKE_OF = 40, 7  # one person in so many bears the name of one that many ranks above


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Persons' names of one part of the world."""

    countries: tuple[str, ...]
    given: tuple[str, ...]
    stems: tuple[str, ...]
    endings: tuple[str, ...]
    variants: tuple[tuple[str, str], ...]


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A title and the relation of its holder to the country or body."""

    title: str
    predicate: str


class Organisations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parts of organisations' names."""

    first: tuple[str, ...]
    field: tuple[str, ...]
    body: tuple[str, ...]
    ministries: tuple[tuple[str, str], ...]
    forces: tuple[str, ...]


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of occurrence, the words (lemma, as told) for it, and what it may count."""

    type: str
    words: tuple[tuple[str, str], ...]
    toll: str


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reporting word and its stance."""

    cue: str
    stance: str


class Outlets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of publishers."""

    names: tuple[str, ...]


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists `generated.toml`."""

    region: tuple[Region, ...]
    office: tuple[Office, ...]
    countries: dict[str, tuple[str, str]]
    organisations: Organisations
    happening: tuple[Kind, ...]
    saying: tuple[Saying, ...]
    outlets: Outlets


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor or place.  `names` holds its full name, then other full forms; `short` what it is called afterwards."""

    key: str
    kind: EntityKind
    names: tuple[str, ...]
    short: str = ""
    title: str = ""
    country: str = ""
    geo: Geo | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """What took place: the truth that reports differ from."""

    key: str
    kind: Kind
    agent: Thing
    patient: Thing
    place: Thing
    day: date
    toll: int


@cache
def lists() -> Lists:
    """The word lists, loaded once."""
    found: Lists = load("generated", Lists)
    return found


def zipf(rng: Random, count: int) -> int:
    """A number below `count`; the n-th has about 1/n of the chance of the first."""
    return int(count ** rng.random()) - 1


@cache
def person(number: int) -> Thing:
    """The person of this rank of fame; no two have one name but for the namesakes."""
    regions = lists().region
    bearer = number - NAMESAKE_OF * (number % NAMESAKE_EVERY == NAMESAKE_EVERY - 1)
    region = regions[bearer % len(regions)]
    names = len(region.given) * len(region.stems) * len(region.endings)
    # a step without a factor in common with their number goes through all names before it repeats one
    lap, place = divmod(bearer // len(regions), names)
    rest, given = divmod(place * 7919 % names, len(region.given))
    stem, ending = divmod(rest, len(region.endings))
    surname = region.stems[stem] + region.endings[ending]
    first = [region.given[given], *([region.given[(given + lap) % len(region.given)]] if lap else [])]
    full = " ".join((*first, surname))
    spelt = [full.replace(old, new) for old, new in region.variants if old in full]
    office = lists().office[number * 5 % len(lists().office)]
    home = region.countries[number // len(regions) % len(region.countries)]
    return Thing(f"person/{number}", EntityKind.PERSON, (full, *dict.fromkeys(spelt)), surname, office.title, home)


@cache
def organisation(number: int) -> Thing:
    """A body with its acronym; the first ones are ministries, and some acronyms are shared."""
    parts, codes = lists().organisations, sorted(lists().countries)
    ministries = len(parts.ministries) * len(codes)
    if number < ministries:
        which, place = divmod(number, len(codes))
        return _ministry(f"organisation/{number}", parts.ministries[which], codes[place])
    rest, first = divmod(number - ministries, len(parts.first))
    body, field = divmod(rest, len(parts.field))
    full = f"{parts.first[first]} {parts.field[field]} {parts.body[body % len(parts.body)]}"
    acronym = "".join(word[0] for word in full.replace("-", " ").split())
    country = codes[number * 11 % len(codes)]
    return Thing(f"organisation/{number}", EntityKind.ORGANIZATION, (full,), acronym, country=country)


def _ministry(key: str, spellings: tuple[str, str], code: str) -> Thing:
    country, adjective = lists().countries[code]
    british, american = spellings
    names = (
        f"{adjective} {british} Ministry",
        f"{country}'s {american} Ministry",
        f"Ministry of {british} of {country}",
    )
    return Thing(key, EntityKind.ORGANIZATION, names, f"{british} Ministry", country=code)


@cache
def force(code: str) -> Thing:
    """A country's armed forces under their several names."""
    adjective = lists().countries[code][1]
    names = tuple(f"{adjective} {word}" for word in lists().organisations.forces)
    return Thing(f"force/{code}", EntityKind.ARMED_FORCE, names, names[-1], country=code)


@cache
def country(code: str) -> Thing:
    """A country, linked to the gazetteer."""
    name = lists().countries[code][0]
    return Thing(f"country/{code}", EntityKind.GPE, (name,), name, country=code, geo=open_gazetteer().country(code))


@cache
def town(number: int) -> Thing:
    """A town, the largest of the world first."""
    geo = _towns()[number % len(_towns())]
    return Thing(f"town/{geo.id}", EntityKind.PLACE, (geo.name,), geo.name, country=geo.country, geo=geo)


@cache
def _towns() -> tuple[Geo, ...]:
    """From the index itself: the packages that it was made from take ten times the memory that is to be measured."""
    open_gazetteer()  # which builds the index where there is none
    with closing(sqlite3.connect(f"{index_path().as_uri()}?mode=ro", uri=True)) as index:
        rows = index.execute(
            "SELECT id, name, lat, lon, level, country, region, population FROM place"
            " WHERE level = 'town' AND id > 0 ORDER BY population DESC, id LIMIT ?",
            (TOWNS,),
        )
        return tuple(Geo(**dict(zip(Geo.__struct_fields__, row, strict=True))) for row in rows)


def actor(rng: Random) -> Thing:
    """Somebody in the news, the famous far more often."""
    share, codes = rng.random(), sorted(lists().countries)
    if share < 0.45:
        return person(zipf(rng, PERSONS))
    if share < 0.75:
        return organisation(zipf(rng, ORGANISATIONS))
    code = codes[zipf(rng, len(codes) + 1)]
    return force(code) if share < 0.87 else country(code)


@cache
def story(day: int, number: int) -> tuple[Happening, ...]:
    """What one story of a day consists of: a few actors, mostly one town, and dates around the day before."""
    rng = Random(f"story {day} {number}")
    cast = [actor(rng) for _ in range(5)]
    where = [town(zipf(rng, TOWNS)) for _ in range(2)]
    return tuple(
        happening(rng, f"event/{day}-{number}-{index}", day, cast, where[rng.random() < 0.2])
        for index in range(HAPPENINGS)
    )


def happening(rng: Random, key: str, day: int, cast: list[Thing], place: Thing) -> Happening:
    """Something between two of the cast, on the day of the news or shortly before."""
    agent, patient = rng.sample(cast, 2)
    told = FIRST_DAY + timedelta(days=day - rng.choice((0, 0, 0, 0, 1, 1, 2, 5)))
    return Happening(key, rng.choice(lists().happening), agent, patient, place, told, 1 + zipf(rng, 300))
