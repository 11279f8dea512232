"""Atoms: the finest class that a record certainly belongs to, told from its document alone.

Records of one atom are one thing and need no comparison.  An atom that is `loose` (a lone surname, an acronym, a
ministry of nobody knows which country) may stand for several, and is placed by what is known of those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import lru_cache

import msgspec

from kg.gazetteer import open_gazetteer
from kg.ids import fold
from kg.model import Analysis, Entity, EntityKind, Geo, MentionKind, Span
from kg.resolve.containment import place_key
from kg.resolve.who.bodies import branch
from kg.resolve.who.persons import filed
from kg.resolve.words import ACRONYM, PLACES, acronyms, names, office, skeleton

GAZETTEER, KNOWLEDGE = "gazetteer", "knowledge file"
LINKED = "known"  # the family of what a user's knowledge base has

_POSSESSIVE = re.compile(r"['’]s?(?!\w)")  # "Russia's Defence Ministry"
_HOLDS = ("position",)  # relations whose literal names an office

Linker = Callable[[Entity], str]  # the key of the knowledge base's entry that a record is, "" when there is none


class Atom(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Equal atoms are one thing.  `country` and `office` are its mark, by which namesakes are told apart."""

    family: str  # first segment of the canonical key
    form: str
    country: str = ""
    office: str = ""
    alone: str = ""  # document and record where the form tells it from others there alone, or a ruling parts it
    method: str = "name"  # how the form was reached, for the judgement
    loose: bool = False

    @property
    def block(self) -> str:
        """Only atoms of one block are compared."""
        return f"{self.family} {filed(self.form) if self.family == 'person' else self.form}"

    @property
    def compared(self) -> bool:
        """Whether it is held against others of its block; what is not stands, or is placed, by itself."""
        return not self.loose and self.family != "doc"

    @property
    def own_key(self) -> str:
        """The key of what is one record of one document and nothing more, else ""."""
        return f"doc/{self.alone}" if self.alone and not self.compared else ""


class Face(msgspec.Struct, frozen=True, array_like=True):
    """How one record shows its thing."""

    label: str
    kind: EntityKind
    country: str
    geo: Geo | None


class Sighting(msgspec.Struct, frozen=True, array_like=True):
    """One record: its atom, its face, and the short forms by which it may be called elsewhere."""

    record: str
    atom: Atom
    face: Face
    shorts: tuple[str, ...] = ()
    span: Span | None = None  # where the text names it best
    parted: bool = False  # an atom of its own because a ruling keeps it from others

    @property
    def calls(self) -> tuple[str, ...]:
        """The short forms by which others may be meant that are to be placed."""
        return () if self.atom.loose else self.shorts


class Page(msgspec.Struct, frozen=True, array_like=True):
    """What one document tells: its records, and the company that they keep in it."""

    document: str
    day: str
    sightings: tuple[Sighting, ...]
    company: tuple[str, ...]


def page(analysis: Analysis, linked: Linker) -> Page:
    """All sightings of a document."""
    offices = _offices(analysis)
    document = analysis.document
    found = []
    for entity in analysis.entities:
        where = f"{document.id}/{entity.id}"
        atom, shorts = _atom(entity, where, offices.get(entity.id, ""), linked(entity))
        face = Face(entity.label, entity.kind, entity.country, entity.geo)
        found.append(Sighting(entity.id, atom, face, shorts, _best(entity)))
    company = {f"{s.atom.family} {s.atom.form}" for s in found if _tells(s)}
    return Page(document.id, document.date, tuple(found), tuple(sorted(company)))


def parted(found: Page, records: Container[str]) -> Page:
    """The page with these records, and no others, as atoms of their own."""
    return msgspec.structs.replace(found, sightings=tuple(_parted(found, s, records) for s in found.sightings))


def _parted(found: Page, sighting: Sighting, records: Container[str]) -> Sighting:
    if sighting.atom.alone and not sighting.parted:
        return sighting
    apart = sighting.record in records
    alone = f"{found.document}/{sighting.record}" if apart else ""
    atom = msgspec.structs.replace(sighting.atom, alone=alone)
    return msgspec.structs.replace(sighting, atom=atom, parted=apart)


def _best(entity: Entity) -> Span | None:
    """The first mention by name, else the first mention."""
    spans = [mention.span for mention in entity.mentions if mention.kind is MentionKind.NAME]
    return next(iter(spans or [mention.span for mention in entity.mentions]), None)


def _tells(sighting: Sighting) -> bool:
    """Whether meeting it in two texts says something: countries are everywhere."""
    geo = sighting.face.geo
    return sighting.atom.family != "doc" and not sighting.atom.loose and not (geo and geo.level == "country")


def _offices(analysis: Analysis) -> dict[str, str]:
    """The one office that each record's titles tell of."""
    told: dict[str, set[str]] = {}
    for relation in analysis.relations:
        if relation.predicate in _HOLDS and not relation.ended and relation.literal:
            held = office(relation.literal)
            if held:
                told.setdefault(relation.subject, set()).add(held)
    return {record: held.pop() for record, held in told.items() if len(held) == 1}


def _atom(entity: Entity, where: str, held: str, linked: str) -> tuple[Atom, tuple[str, ...]]:
    if linked:
        return Atom(LINKED, linked, method=KNOWLEDGE), tuple(_shorts(entity))
    if entity.known and not branch(entity.label, entity.known):
        return Atom("actor", entity.known, method=KNOWLEDGE), tuple(_shorts(entity))
    if entity.geo is not None and entity.kind in PLACES:
        place = Atom("place", place_key(entity.geo), entity.geo.country, method=GAZETTEER)
        return place, (f"place {fold(entity.label)}",)
    if entity.kind in (EntityKind.ARMED_FORCE, EntityKind.ORGANIZATION):
        return _institution(entity, where)
    if not entity.named:
        return _nobody(where), ()
    if entity.kind == EntityKind.PERSON:
        return _person(entity, where, held)
    if entity.kind == EntityKind.GROUP:
        return Atom("group", fold(entity.label)), ()
    form = fold(entity.label)
    return Atom("place", form, entity.country, loose=True), (f"place {form}",)


def _nobody(where: str) -> Atom:
    return Atom("doc", where, alone=where, method="document")


def _person(entity: Entity, where: str, held: str) -> tuple[Atom, tuple[str, ...]]:
    form = skeleton(entity.label)
    if " " in entity.label:
        return Atom("person", form, entity.country, held, method="full name"), tuple(_shorts(entity))
    return Atom("person", form, entity.country, held, alone=where, method="short name", loose=True), (f"person {form}",)


def _shorts(entity: Entity) -> Iterator[str]:
    """What the record's thing is called for short: a person's last name and first, a body's acronym."""
    if entity.kind == EntityKind.PERSON:
        words = skeleton(entity.label).split()
        own = {skeleton(alias) for alias in entity.aliases if " " not in alias}
        yield from (f"person {word}" for word in sorted({*words[-1:], *(own & set(words))}))
    elif entity.kind == EntityKind.ORGANIZATION:
        stated = {fold(alias.replace(".", "")) for alias in entity.aliases if ACRONYM.match(alias)}
        yield from (f"organization {form}" for form in sorted({*acronyms(entity.label), *stated}))


def _institution(entity: Entity, where: str) -> tuple[Atom, tuple[str, ...]]:
    rules = names().institutions
    kept, country = _words(entity.label, entity.country)
    force = entity.kind == EntityKind.ARMED_FORCE
    family = "force" if force else "organization"
    if force and country and set(kept) <= rules.forces:
        return Atom(family, f"{country}-armed-forces", method="forces of a country"), ()
    form = "-".join(kept)
    if not kept or not (entity.named or (country and len(kept) == 1 and form in rules.single)):
        return _nobody(where), ()
    if set(kept) <= rules.generic:
        if country:
            return Atom(family, f"{country}-{form}", method="name and country"), (f"{family} {form}",)
        return Atom(family, form, alone=where, method="short name", loose=True), (f"{family} {form}",)
    if ACRONYM.match(entity.label) and not force:
        short = fold(entity.label.replace(".", ""))
        return Atom(family, short, country, method="acronym", loose=True), (f"{family} {short}",)
    return Atom(family, form, country), tuple(_shorts(entity))


@lru_cache(maxsize=100_000)
def _words(label: str, country: str) -> tuple[tuple[str, ...], str]:
    """The words of an institution's name that tell it from others, sorted, and its country: its own or the name's."""
    rules = names()
    words = [rules.spellings.get(word, word) for word in fold(_POSSESSIVE.sub("", label)).split()]
    country = country or next((code for code in map(_country_of, words) if code), "")
    kept = {w for w in words if w not in rules.institutions.stop and not (country and _country_of(w) == country)}
    return tuple(sorted(kept)), country


@lru_cache(maxsize=100_000)
def _country_of(word: str) -> str:
    """The country that `word` is the name or the demonym of."""
    found = open_gazetteer().lookup(word)
    if found and found[0].level == "country":
        return found[0].country
    return open_gazetteer().demonym(word) or ""
