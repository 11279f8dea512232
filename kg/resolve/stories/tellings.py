"""Tellings: each event of each document with what it can be recognised by in another document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from kg.model import Analysis, Entity, Event, Modality, Ref, Span
from kg.resolve.stories.wording import Bag, bag, names, weight, words

GENERIC = "act"  # the type of what no list knows
_AROUND = 45  # characters on either side of a trigger
_HEAD = 200  # characters in which a report tells what it is about
_LEAST = 0.2  # weight of the commonest name


class Telling(msgspec.Struct, frozen=True, eq=False, array_like=True, gc=False):
    """One event as one document tells of it.

    Its mappings are in the order of their keys, so that sums over them are the same wherever they were kept.
    """

    ref: Ref
    label: str
    lemma: str
    triggers: frozenset[str]
    type: str
    rank: float  # how rare its word is
    sentence: Bag
    around: Bag
    names: Bag  # of its sentence
    fillers: Bag  # words of those who take part
    roles: dict[str, float]  # canonical keys of those who take part
    core: dict[str, frozenset[str]]  # role -> the named who fill it
    day: str
    numbers: frozenset[str]
    heads: bool  # told where the report starts
    habit: bool  # a habit or a rule is no occurrence

    @property
    def anchors(self) -> frozenset[str]:
        """All the named that take part."""
        return frozenset[str]().union(*self.core.values())


class Page(NamedTuple):
    """One document with its tellings."""

    id: str
    named: dict[str, float]  # canonical keys of the named, weighted
    tellings: tuple[Telling, ...]


def page(analysis: Analysis, keys: Mapping[Ref, str]) -> Page:
    """What the events of `analysis` can be recognised by."""
    document = analysis.document.id
    entities = {entity.id: entity for entity in analysis.entities}
    key_of = {i: keys.get(Ref(document, i), f"doc/{document}/{i}") for i in entities}
    named = {key_of[e.id]: rarity(e.label) for e in analysis.entities if e.named}
    return Page(
        id=document,
        named={key: named[key] for key in sorted(named)},
        tellings=tuple(_telling(event, analysis, entities, key_of) for event in analysis.events),
    )


def rarity(label: str) -> float:
    """What sharing this name tells: as much as its rarest word."""
    return max([_LEAST, *(weight(word) for word in words(label))])


def _telling(event: Event, analysis: Analysis, entities: Mapping[str, Entity], keys: Mapping[str, str]) -> Telling:
    text, document = analysis.document.text, analysis.document.id
    sentence, trigger = event.sentence, event.triggers[0]
    said = words(sentence.of(text))
    before = Span(max(sentence.begin, trigger.begin - _AROUND), trigger.begin)
    after = Span(trigger.end, min(sentence.end, trigger.end + _AROUND))
    core: dict[str, set[str]] = defaultdict(set)
    for role in event.roles:
        if role.filler in entities and entities[role.filler].named:
            core[role.role.value].add(keys[role.filler])
    roles = {keys[r.filler]: rarity(entities[r.filler].label) for r in event.roles if r.filler in keys}
    return Telling(
        ref=Ref(document, event.id),
        label=event.label,
        lemma=event.lemma,
        triggers=frozenset(span.of(text).lower() for span in event.triggers),
        type=event.type,
        rank=weight(event.lemma),
        sentence=bag(said),
        around=bag(words(before.of(text)) + words(after.of(text))),
        names=bag(names(sentence.of(text))),
        fillers=bag(word for role in event.roles for word in words(role.span.of(text))),
        roles={key: roles[key] for key in sorted(roles)},
        core={role: frozenset(core[role]) for role in sorted(core)},
        day=(event.time.value or event.time.start) if event.time else "",
        numbers=frozenset(word for word in said if word[0].isdigit()),
        heads=sentence.begin < _HEAD,
        habit=event.modality is Modality.GENERIC,
    )
