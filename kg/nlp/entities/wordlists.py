"""The word lists that name and noun rules read, typed, and the look-up tables derived from them."""

from __future__ import annotations

from functools import cache

import msgspec

from kg import lexicon
from kg.model import EntityKind

_SHORT = 4  # letters up to which a word in capitals is rather an acronym


class Guarded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that need a determiner or plural (`nouns`), a definite one (`definite`), an "of" phrase (`led`), or a name
    in their own phrase (`named`).
    """

    led: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]
    definite: frozenset[str]
    named: frozenset[str]


class Quantity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns and numerals whose "of" phrase names what there is a quantity of; `alone` ones mean people without it."""

    nouns: frozenset[str]
    alone: frozenset[str]


class Actors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `actors.toml`."""

    impersonal: frozenset[str]
    nouns: dict[EntityKind, tuple[str, ...]]
    plurals: dict[str, str]
    guarded: Guarded
    quantity: Quantity
    gender: dict[str, frozenset[str]]
    pronouns: dict[str, frozenset[str]]


class PlaceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around and in the names of places; `names.toml` tells what each list is for."""

    before: frozenset[str]
    kinds_before: frozenset[str]
    region: frozenset[str]
    physical: frozenset[str]
    civic: frozenset[str]
    local: frozenset[str]
    populace: frozenset[str]
    directions: frozenset[str]
    compass: frozenset[str]
    bearings: frozenset[str]
    settled: frozenset[str]
    schools: frozenset[str]
    motion: frozenset[str]
    of: frozenset[str]
    plain: frozenset[str]
    parties: frozenset[str]
    counties: frozenset[str]
    saints: frozenset[str]
    outlets: frozenset[str]
    skipped: frozenset[str]


class Owned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What only companies and other bodies have: "X's shares" and "shares in X"."""

    possessive: frozenset[str]
    partitive: frozenset[str]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `names.toml`."""

    heads: dict[EntityKind, frozenset[str]]
    complement: frozenset[str]
    public: frozenset[str]
    human: frozenset[str]
    speaking: frozenset[str]
    inner: frozenset[str]
    particles: frozenset[str]
    firm: frozenset[str]
    legal: frozenset[str]
    prefixes: frozenset[str]
    rejected: frozenset[str]
    happenings: frozenset[str]
    either: frozenset[str]
    owned: Owned
    places: PlaceWords


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Offices and ranks, and the words that may stand before them."""

    words: frozenset[str]
    modifiers: frozenset[str]


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `titles.toml`."""

    honorifics: dict[str, str]
    offices: Offices
    abbreviations: dict[str, str]


@cache
def title_openings() -> frozenset[str]:
    """First words of titles, as the tokeniser parts them: few words are one."""
    titles = lexicon.load("titles", Titles)
    phrases = {*titles.offices.words, *titles.honorifics, *titles.abbreviations}
    firsts = {phrase.split()[0] for phrase in phrases}
    return frozenset(firsts | {first.partition("-")[0] for first in firsts})


class Acts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs whose subject must be an actor."""

    verbs: frozenset[str]


class Metonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `metonyms.toml`."""

    hyphened: frozenset[str]
    acts: Acts
    possessions: frozenset[str]
    governs: dict[str, frozenset[str]]


class KnownActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A well-known actor; see `known_actors.toml`."""

    key: str
    kind: EntityKind
    names: tuple[str, ...]  # the first is the label
    adjectives: tuple[str, ...] = ()
    country: str = ""
    gender: str = ""


class KnownActors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `known_actors.toml`."""

    actor: tuple[KnownActor, ...]
    seats: dict[str, str]


class GivenNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `given_names.toml`: words separated by white space."""

    m: str
    f: str


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun of `actors.toml` in one of its forms."""

    kind: EntityKind
    lemma: str
    plural: bool


def plural_of(noun: str, irregular: dict[str, str]) -> str:
    """The plural of an English noun; of several words the last is inflected."""
    if noun in irregular:
        return irregular[noun]
    first, _, last = noun.rpartition(" ")
    if first:
        return f"{first} {plural_of(last, irregular)}"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"


@cache
def noun_forms() -> dict[str, Noun]:
    """Every form of every listed noun, of one word or several -> what it names."""
    actors = lexicon.load("actors", Actors)
    forms: dict[str, Noun] = {}
    for kind, nouns in actors.nouns.items():
        for noun in nouns:
            forms.setdefault(noun, Noun(kind, noun, plural=False))
            plural = plural_of(noun, actors.plurals)
            forms.setdefault(plural, Noun(kind, noun, plural=True))
            if plural == noun:
                forms[noun] = Noun(kind, noun, plural=True)
    return forms


@cache
def _name_heads() -> dict[str, EntityKind]:
    heads = {word: kind for kind, words in lexicon.load("names", Names).heads.items() for word in sorted(words)}
    return {word.upper(): kind for word, kind in heads.items() if len(word) > _SHORT} | heads


def name_head(word: str) -> EntityKind | None:
    """The kind of what bears a name that ends in `word`, written so or, if long enough, all in capitals."""
    return _name_heads().get(word)


@cache
def given_names() -> dict[str, str]:
    """Given name -> gender, "" where it is borne by both."""
    lists = lexicon.load("given_names", GivenNames)
    men, women = frozenset(lists.m.split()), frozenset(lists.f.split())
    return {name: "" if name in men & women else "m" if name in men else "f" for name in sorted(men | women)}
