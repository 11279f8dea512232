"""The graph of generated documents under an identity that is the truth, without the cost of resolving.

Accounts of one happening are joined into a story and each compared with the one before it, so that the graph grows
with its documents and no faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from benchmarks import world
from benchmarks.generate import Generated, documents
from benchmarks.world import Thing
from kg.config import Settings
from kg.graph import Quad, document_quads, identity_quads
from kg.ids import Minter
from kg.model import (
    Analysis,
    Canonical,
    Comparison,
    Decision,
    Entity,
    Event,
    Identity,
    Judgement,
    Ref,
    Section,
    SectionKind,
    Span,
    Story,
)
from kg.search import Catching, Index

BRIEF = 2  # sentences of a news brief, which make about 245 quads

_EVENT = "event/"


def quads(count: int, settings: Settings, sentences: int | None = BRIEF) -> Iterator[Quad]:
    """The quads of the first `count` generated documents: those of each as it comes, the identity graph last.

    Each document is cut after so many of its sentences; with None it is whole.
    """
    builder = _Builder(settings)
    for generated in documents(count):
        yield from builder.document(generated if sentences is None else brief(generated, sentences))
    yield from builder.rest()


def brief(generated: Generated, sentences: int) -> Generated:
    """The document with its first sentences alone."""
    analysis = generated.analysis
    end = max(event.sentence.end for event in analysis.events[:sentences]) + 1
    document = analysis.document
    whole = Section(kind=SectionKind.PARAGRAPH, span=Span(0, end))
    entities = [_until(entity, end) for entity in analysis.entities if entity.mentions[0].span.end <= end]
    cut = Analysis(
        document=msgspec.structs.replace(document, text=document.text[:end], sections=(whole,)),
        entities=tuple(entities),
        events=analysis.events[:sentences],
        statements=tuple(one for one in analysis.statements if one.content[0].end <= end),
        relations=tuple(one for one in analysis.relations if one.evidence.end <= end),
    )
    kept = {entity.id for entity in cut.entities} | {event.id for event in cut.events}
    return Generated(cut, {ref: key for ref, key in generated.truth.items() if ref.record in kept})


def _until(entity: Entity, end: int) -> Entity:
    mentions = tuple(mention for mention in entity.mentions if mention.span.end <= end)
    return msgspec.structs.replace(entity, mentions=mentions)


def fill(index: Index, count: int, settings: Settings, sentences: int | None = BRIEF) -> Iterator[Generated]:
    """Put what `quads` makes into an index, a document at a time; gives each before that is done."""
    builder = _Builder(settings)
    analyses: dict[str, Analysis] = {}
    keys: dict[Ref, str] = {}
    catching = Catching(index, analyses, keys, builder.entities, Minter(settings.base))
    for generated in documents(count):
        one = generated if sentences is None else brief(generated, sentences)
        yield one
        added, comparisons = builder.take(one)
        analyses[one.analysis.document.id] = one.analysis
        keys |= _known(one)
        for key in added:
            catching.thing(key)
        catching.document(one.analysis.document.id)
        for comparison in comparisons:
            catching.comparison(comparison.left, comparison.right, comparison)


def _known(generated: Generated) -> dict[Ref, str]:
    """The keys of its actors and places."""
    return {ref: key for ref, key in generated.truth.items() if not key.startswith(_EVENT)}


class _Builder:
    """Keeps of the documents only what later ones are joined to."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._minter = settings, Minter(settings.base)
        self.entities: dict[str, Canonical] = {}
        self._order: list[str] = []  # their keys
        self._first: dict[str, tuple[Ref, Span]] = {}  # key -> its first record and mention
        self._told: dict[str, tuple[Ref, Event]] = {}  # key of a happening -> its latest account
        self._stories: dict[str, Story] = {}
        self._accounts: dict[Ref, str] = {}
        self._comparisons: list[Comparison] = []

    def document(self, generated: Generated) -> Iterator[Quad]:
        """One document's graphs, and the decisions on who is meant."""
        analysis = generated.analysis
        keys = _known(generated)
        self.take(generated)
        known = Identity(keys=keys, entities={key: self.entities[key] for key in keys.values()})
        yield from document_quads(analysis, known, self._minter, self._settings)
        yield from self._judgements(analysis, keys)

    def take(self, generated: Generated) -> tuple[list[str], list[Comparison]]:
        """Learn of one document; returns the keys that are new, and what its events are compared with."""
        known, compared, analysis = len(self._order), len(self._comparisons), generated.analysis
        for key in _known(generated).values():
            self._add(key)
        for event in analysis.events:
            ref = Ref(analysis.document.id, event.id)
            self._tell(generated.truth[ref], ref, event)
        return self._order[known:], self._comparisons[compared:]

    def rest(self) -> Iterator[Quad]:
        """What stands in the identity graph beyond the decisions on single records."""
        identity = Identity(
            keys=self._accounts,
            entities=self.entities,
            comparisons=tuple(self._comparisons),
            stories=self._stories,
        )
        yield from identity_quads(identity, self._minter)

    def _add(self, key: str) -> None:
        if key not in self.entities:
            real = thing(key)
            inside = f"country/{real.country}" if key.startswith("town/") else ""
            within = inside if inside and _is_country(real.country) else ""
            if within:
                self._add(within)
            self._order.append(key)
            self.entities[key] = Canonical(
                key=key, kind=real.kind, label=real.names[0], geo=real.geo, country=real.country, within=within
            )

    def _judgements(self, analysis: Analysis, keys: dict[Ref, str]) -> Iterator[Quad]:
        found = []
        for entity in analysis.entities:
            here = Ref(analysis.document.id, entity.id), entity.mentions[0].span
            first = self._first.setdefault(keys[here[0]], here)
            if first != here:
                found.append(_same(first, here))
        yield from identity_quads(Identity(keys={}, entities={}, judgements=tuple(found)), self._minter)

    def _tell(self, key: str, ref: Ref, event: Event) -> None:
        before = self._told.get(key)
        self._told[key] = ref, event
        if before is None:
            return
        self._stories.setdefault(key, Story(key=key, label=before[1].label, type=event.type))
        self._accounts[before[0]] = self._accounts[ref] = key
        tolls = [tuple(quantity.value for quantity in one.quantities) for one in (before[1], event)]
        conflict = all(tolls) and tolls[0] != tolls[1]
        reason = f"different numbers: {tolls[0]}, {tolls[1]}" if conflict else f"both tell: {event.label}"
        self._comparisons.append(Comparison(left=before[0], right=ref, conflict=conflict, reason=reason))


def _same(first: tuple[Ref, Span], other: tuple[Ref, Span]) -> Judgement:
    return Judgement(
        left=first[0],
        right=other[0],
        left_span=first[1],
        right_span=other[1],
        decision=Decision.SAME,
        method="truth",
        evidence="the generator made both of one thing",
    )


def thing(key: str) -> Thing:
    """The real thing that a key of the truth names."""
    family, _, name = key.partition("/")
    match family:
        case "person":
            return world.person(int(name))
        case "organisation":
            return world.organisation(int(name))
        case "force":
            return world.force(name)
        case "country":
            return world.country(name)
        case _:
            return _towns()[key]


@cache
def _towns() -> dict[str, Thing]:
    return {town.key: town for town in map(world.town, range(world.TOWNS))}


def _is_country(code: str) -> bool:
    return code in world.lists().countries
