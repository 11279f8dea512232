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
MIDDLE, FULLER = 0.33, 0.15  # share of persons with a middle or a mother's name; of those always called with it
CAREER_EVERY, CAREERS = 20, 400  # one in so many takes another office, on one of the first days of an era
ERA = 10_000  # days after which nobody who was in the news is any longer: what is fitted on one is measured on another
CHAPTER_EVERY, CHAPTER_OF = 25, 3  # one body in so many is a branch of one that many ranks above
COMPATRIOTS = 0.6  # share of a story's actors and towns that are of one country
_STEP, _PRIME, _ABROAD = 7919, 101, 11


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Persons' names of one part of the world."""

    countries: tuple[str, ...]
    given: tuple[str, ...]
    stems: tuple[str, ...]
    endings: tuple[str, ...]
    variants: tuple[tuple[str, str], ...]
    middle: tuple[str, ...]
    order: str


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
    later: str = ""
    since: int = 0
    usual: int = 0  # which of its names most texts use

    def office(self, day: int) -> str:
        """Its title on a day: some change theirs."""
        return self.later if self.later and day % ERA >= self.since else self.title


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
    shared = number % NAMESAKE_EVERY == NAMESAKE_EVERY - 1
    bearer = number - NAMESAKE_OF * shared
    region = regions[bearer % len(regions)]
    names = len(region.given) * len(region.stems) * len(region.endings)
    # a step without a factor in common with their number goes through all names before it repeats one
    rest, given = divmod(bearer // len(regions) * _STEP % names, len(region.given))
    stem, ending = divmod(rest, len(region.endings))
    family = region.stems[stem] + region.endings[ending]
    moved = shared * (number // NAMESAKE_EVERY % 3)  # two of three namesakes live elsewhere
    home = region.countries[(number // len(regions) + moved) % len(region.countries)]
    offices = lists().office
    later = offices[(number * 5 + 1) % len(offices)].title if number % CAREER_EVERY == CAREER_EVERY - 1 else ""
    spelt = _spelt(region, region.given[given], family, number)
    return Thing(
        f"person/{number}",
        EntityKind.PERSON,
        spelt,
        family,
        offices[number * 5 % len(offices)].title,
        home,
        later=later,
        since=int(CAREERS * _mixed(number)),
        usual=len(spelt) - 1 if region.middle and _mixed(number) < FULLER else 0,
    )


def _mixed(number: int) -> float:
    """A share from 0 to 1 that has nothing to do with the other traits of that number."""
    return number * _STEP % _PRIME / _PRIME


def _spelt(region: Region, given: str, family: str, number: int) -> tuple[str, ...]:
    """The usual name, its other spellings, the other order, and for a third of them the fuller name."""
    plain = " ".join({"given": given, "family": family}[word] for word in region.order.split() if word != "middle")
    found = [plain.replace(old, new) for old, new in region.variants if old in plain]
    if region.middle and _mixed(number) < MIDDLE:
        middle = region.middle[number // NAMESAKE_OF % len(region.middle)]
        words = {"given": given, "middle": middle, "family": family}
        found.append(" ".join(words[word] for word in region.order.split()))
        found.append(found[-1].replace(middle, f"{middle[0]}.") if region.order.endswith("family") else found[-1])
    if region.order.startswith("family"):
        found.append(f"{given} {family}")
    return (plain, *dict.fromkeys(name for name in found if name != plain))


def famed(rng: Random, day: int) -> Thing:
    """Somebody of the era of a day, the famous far more often."""
    return person(day // ERA * PERSONS + zipf(rng, PERSONS))


def compatriot(rng: Random, code: str, day: int) -> Thing:
    """Such a one who lives in a country."""
    regions = lists().region
    at = next(number for number, region in enumerate(regions) if code in region.countries)
    countries = regions[at].countries
    rank = zipf(rng, PERSONS // (len(regions) * len(countries)))
    return person(day // ERA * PERSONS + len(regions) * (len(countries) * rank + countries.index(code)) + at)


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
    code = codes[number * _ABROAD % len(codes)]
    if number % CHAPTER_EVERY == CHAPTER_EVERY - 1 and number > ministries + CHAPTER_OF:
        return _chapter(f"organisation/{number}", organisation(number - CHAPTER_OF), code)
    acronym = "".join(word[0] for word in full.replace("-", " ").split())
    return Thing(f"organisation/{number}", EntityKind.ORGANIZATION, (full,), acronym, country=code)


def _chapter(key: str, body: Thing, code: str) -> Thing:
    """A body's branch in another country, which is not the body."""
    country, adjective = lists().countries[code]
    names = (f"{adjective} {body.names[0]}", f"{body.names[0]} {country}")
    return Thing(key, EntityKind.ORGANIZATION, names, country=code)


def native(rng: Random, code: str) -> Thing:
    """A body of a country."""
    codes = sorted(lists().countries)
    ministries = len(lists().organisations.ministries)
    if rng.random() < 0.4:
        return organisation(rng.randrange(ministries) * len(codes) + codes.index(code))
    first = codes.index(code) * pow(_ABROAD, -1, len(codes)) % len(codes)
    return organisation(first + len(codes) * (ministries + zipf(rng, ORGANISATIONS // len(codes) - ministries)))


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


def actor(rng: Random, day: int, home: str = "") -> Thing:
    """Who is in the news on a day, the famous far more often; mostly of one country where there is one."""
    share, codes = rng.random(), sorted(lists().countries)
    code = home if home and rng.random() < COMPATRIOTS else ""
    if share < 0.45:
        return compatriot(rng, code, day) if code else famed(rng, day)
    if share < 0.75:
        return native(rng, code) if code else organisation(zipf(rng, ORGANISATIONS))
    code = code or codes[zipf(rng, len(codes) + 1)]
    return force(code) if share < 0.87 else country(code)


def scene(rng: Random, home: str) -> Thing:
    """A town where something happens, mostly one of that country."""
    towns = _towns_of(home)
    return towns[zipf(rng, len(towns) + 1)] if towns and rng.random() < COMPATRIOTS else town(zipf(rng, TOWNS))


@cache
def _towns_of(code: str) -> tuple[Thing, ...]:
    return tuple(town(number) for number, geo in enumerate(_towns()) if geo.country == code)


@cache
def story(day: int, number: int) -> tuple[Happening, ...]:
    """What one story of a day consists of: a few actors, mostly one town, and dates around the day before."""
    rng = Random(f"story {day} {number}")
    lead = actor(rng, day)
    cast = [lead, *(actor(rng, day, lead.country) for _ in range(4))]
    where = [scene(rng, lead.country) for _ in range(2)]
    return tuple(
        happening(rng, f"event/{day}-{number}-{index}", day, cast, where[rng.random() < 0.2])
        for index in range(HAPPENINGS)
    )


def happening(rng: Random, key: str, day: int, cast: list[Thing], place: Thing) -> Happening:
    """Something between two of the cast, on the day of the news or shortly before."""
    agent, patient = rng.sample(cast, 2)
    told = FIRST_DAY + timedelta(days=day - rng.choice((0, 0, 0, 0, 1, 1, 2, 5)))
    return Happening(key, rng.choice(lists().happening), agent, patient, place, told, 1 + zipf(rng, 300))
