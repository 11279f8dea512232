"""The words that tell of events: the shapes of `kg/data/events.toml` and `kg/data/senses.toml`, loaded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Literal, NamedTuple

import msgspec

from kg import lexicon

_PREPOSITIONS = frozenset(("against", "by", "for", "from", "in", "into", "of", "on", "to"))


class TypeWords(msgspec.Struct, frozen=True, kw_only=True):
    """Verbs, nouns and predicative adjectives of one type."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class NounEntry(NamedTuple):
    """One noun of the lexicon: its modifiers, the preposition and object after it, its type."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    type: str
    words: str  # as listed


class Undergoers(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """Types by what their subject, possessor or "of" phrase is."""

    subject: frozenset[str]
    willing: frozenset[str]
    possessor: frozenset[str]
    agent_of: frozenset[str]


class Objects(msgspec.Struct, frozen=True, kw_only=True):
    """Types whose place or country as object is a destination, an origin or a place."""

    destination: frozenset[str]
    origin: frozenset[str]
    place: frozenset[str]


class Targets(msgspec.Struct, frozen=True, kw_only=True):
    """What prepositional phrases are, by type."""

    patient: frozenset[str]
    media: frozenset[str]
    types: frozenset[str]
    partner: frozenset[str]
    harms: frozenset[str]
    addressed: frozenset[str]
    parties: frozenset[str]
    charges: frozenset[str]
    losers: frozenset[str]
    beneficiaries: frozenset[str]
    motions: frozenset[str]
    routes: frozenset[str]
    scenes: frozenset[str]


class Merging(msgspec.Struct, frozen=True, kw_only=True):
    """Types that may name one event."""

    families: tuple[frozenset[str], ...]
    wars: frozenset[str]
    distinguishing: frozenset[str]


class EventLexicon(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The shape of `kg/data/events.toml`."""

    light: frozenset[str]
    copulas: frozenset[str]
    concerned: frozenset[str]
    concerning: frozenset[str]
    undergone: frozenset[str]
    particles: frozenset[str]
    portions: frozenset[str]
    shells: frozenset[str]
    framing: frozenset[str]
    aspectual: frozenset[str]
    happening: frozenset[str]
    inert: frozenset[str]
    weak: frozenset[str]
    losing: frozenset[str]
    bodily: frozenset[str]
    decisions: frozenset[str]
    spoken: frozenset[str]
    deeds: frozenset[str]
    refusing: frozenset[str]
    leaving: frozenset[str]
    outcomes: dict[str, str]
    finer: dict[str, str]
    undergoers: Undergoers
    objects: Objects
    targets: Targets
    merging: Merging
    classes: dict[str, frozenset[str]]
    types: dict[str, TypeWords]

    @cached_property
    def verbs(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """First word -> (words after it, type), the longest first."""
        return _index((words, name) for name, entry in self.types.items() for words in entry.verbs)

    @cached_property
    def nouns(self) -> dict[str, list[NounEntry]]:
        """Head word -> entries, the longest first."""
        found: dict[str, list[NounEntry]] = defaultdict(list)
        for name, entry in self.types.items():
            for words in entry.nouns:
                head, noun = _noun_entry(words, name)
                found[head].append(noun)
        return {head: sorted(entries, key=lambda e: -len(e.words.split())) for head, entries in found.items()}

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Predicative adjective -> type."""
        return {word: name for name, entry in self.types.items() for word in entry.adjectives}

    @cached_property
    def kinds(self) -> dict[str, tuple[str, ...]]:
        """Lemma -> classes that hold it."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, words in self.classes.items():
            for word in sorted(words):
                found[word].append(name)
        return {word: tuple(names) for word, names in found.items()}


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of an ambiguous word: its type, "" for no event, and the conditions it needs."""

    lemma: str
    pos: Literal["verb", "noun"]
    type: str
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    preposition: frozenset[str] = frozenset()
    verb: frozenset[str] = frozenset()  # of a noun: the verbs whose object it is
    about: frozenset[str] = frozenset()  # words of which the document uses several
    intransitive: bool = False
    passive: bool | None = None
    clause: bool | None = None
    bare: bool = False  # nothing but adverbs and times behind the verb ("nobody came")
    plural: bool | None = None


class Senses(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The shape of `kg/data/senses.toml`."""

    senses: tuple[Sense, ...]

    @cached_property
    def by_word(self) -> dict[tuple[str, str], list[Sense]]:
        """(part of speech, lemma) -> readings in order."""
        found: dict[tuple[str, str], list[Sense]] = defaultdict(list)
        for sense in self.senses:
            found[sense.pos, sense.lemma].append(sense)
        return found


def _noun_entry(words: str, name: str) -> tuple[str, NounEntry]:
    """The head of a listed noun phrase, and its entry: "act of terror" is headed by its first word."""
    parts = words.split()
    cut = next((i for i, part in enumerate(parts) if i and part in _PREPOSITIONS), len(parts))
    return parts[cut - 1], NounEntry(tuple(parts[: cut - 1]), tuple(parts[cut:]), name, words)


def _index(pairs: Iterator[tuple[str, str]]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, name in pairs:
        first, *rest = words.split()
        found[first].append((tuple(rest), name))
    return {first: sorted(entries, key=lambda e: -len(e[0])) for first, entries in found.items()}


@cache
def event_lexicon() -> EventLexicon:
    """Words that tell of events."""
    return lexicon.load("events", EventLexicon)


@cache
def senses() -> Senses:
    """Readings of ambiguous words."""
    return lexicon.load("senses", Senses)
