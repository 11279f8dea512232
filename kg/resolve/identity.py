"""Across documents: which entity records are one real thing, and why.

`identify` resolves a batch; a `Registry` takes documents in and out one by one, and `resolved` reads it: both ways give
the same, whatever the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kg.model import Analysis, Canonical, Comparison, Decision, Identity, Judgement, Ref
from kg.resolve.atoms import GAZETTEER, KNOWLEDGE, LINKED, Atom
from kg.resolve.clustering import Link, clusters
from kg.resolve.comparisons import compare
from kg.resolve.containment import containers
from kg.resolve.events import merge_events
from kg.resolve.keys import Thing, keys
from kg.resolve.knowledge import Knowledge
from kg.resolve.pairs import alike_score
from kg.resolve.profiles import Profile, canonical
from kg.resolve.registry import Registry
from kg.resolve.rulings import Ruling
from kg.resolve.words import skeleton

__all__ = ["identify", "resolved", "skeleton"]

_RULED = "ruling"


def identify(
    analyses: Sequence[Analysis], rulings: Sequence[Ruling] = (), knowledge: Knowledge | None = None
) -> Identity:
    """Canonical keys, labels, judgements and comparisons for a batch; the order of `analyses` does not matter."""
    ordered = sorted(analyses, key=lambda analysis: analysis.document.id)
    registry = Registry(rulings, knowledge)
    for analysis in ordered:
        registry.add(analysis)
    identity = resolved(registry)
    told = merge_events(ordered, identity.keys)
    return msgspec.structs.replace(
        identity,
        keys=identity.keys | told.keys,
        judgements=identity.judgements + told.judgements,
        comparisons=compare(ordered, identity.keys),
        stories=told.stories,
    )


def resolved(registry: Registry, comparisons: tuple[Comparison, ...] = ()) -> Identity:
    """What the registry has decided of all the documents that it holds."""
    registry.settle()
    joined = _ruled(registry)
    homes = {
        Ref(page.document, sighting.record): joined[registry.group(Ref(page.document, sighting.record), sighting.atom)]
        for page in (registry.pages[name] for name in sorted(registry.pages))
        for sighting in page.sightings
    }
    things = _things(registry, joined)
    named = keys(things, registry.profiles)
    untold = dict(_untold(registry, homes))
    found, entities = {}, {}
    for ref, first in homes.items():
        alone = untold.get(ref)
        found[ref] = key = f"doc/{ref.document}/{ref.record}" if alone else named[first]
        if key not in entities:
            entities[key] = canonical(key, [alone]) if alone else _known(registry, key, things[first])
    known = [one.geo for one in entities.values() if one.geo is not None]
    entities |= {around.key: around for around in containers(known) if around.key not in entities}
    return Identity(
        keys=found,
        entities=dict(sorted(entities.items())),
        judgements=tuple(_judgements(registry)),
        comparisons=comparisons,
    )


def _known(registry: Registry, key: str, thing: Thing) -> Canonical:
    """What the records say of a thing, under the name that a knowledge base has for it."""
    found = canonical(key, [registry.profiles[atom] for atom in thing.atoms])
    entries = [registry.knowledge.entry(atom.form) for atom in thing.atoms if atom.family == LINKED]
    for entry in entries[:1]:
        same_as = tuple(dict.fromkeys(name for each in entries for name in each.identifiers))
        country = found.country or entry.country
        found = msgspec.structs.replace(found, label=entry.label, country=country, same_as=same_as)
    return found


def _untold(registry: Registry, homes: Mapping[Ref, Atom]) -> Iterator[tuple[Ref, Profile]]:
    """Records of a name that two bear which nothing tells to be the one's or the other's: each stays by itself."""
    for atom in sorted(registry.open):
        for ref in registry.profiles[atom].records:
            if homes[ref] == atom:
                alone = Profile()
                sighting = registry.sighting(ref)
                alone.add(ref, sighting.face, "")
                yield ref, alone


def _ruled(registry: Registry) -> dict[Atom, Atom]:
    """Each group's first atom -> that of what it is once the user's rulings have joined groups."""
    joined = {first: first for first in registry.groups}
    homes = {}
    for ruling in registry.rulings:
        for ref in (ruling.left.ref, ruling.right.ref):
            atom = registry.atom(ref)
            if atom is not None:
                homes[ref] = registry.group(ref, atom)
    here = [r for r in registry.rulings if r.left.ref in homes and r.right.ref in homes]
    pairs = [(r.decision, homes[r.left.ref], homes[r.right.ref]) for r in here]
    ordered = sorted({first for _, *both in pairs for first in both})
    stand = {first: Ref(f"{number:06}", "") for number, first in enumerate(ordered)}
    links = [Link(stand[left], stand[right]) for decision, left, right in pairs if decision is Decision.SAME]
    apart = [(stand[left], stand[right]) for decision, left, right in pairs if decision is Decision.DIFFERENT]
    for group in clusters(stand.values(), links, apart):
        firsts = [ordered[int(ref.document)] for ref in group]
        joined |= dict.fromkeys(firsts, firsts[0])
    return joined


def _things(registry: Registry, joined: Mapping[Atom, Atom]) -> dict[Atom, Thing]:
    members: dict[Atom, list[Atom]] = defaultdict(list)
    for first in sorted(registry.groups):
        members[joined[first]] += registry.groups[first]
    return {
        first: Thing(
            atoms=tuple(atoms),
            records=sum(len(registry.profiles[atom].records) for atom in atoms),
            rest=all(atom in registry.open for atom in atoms),
        )
        for first, atoms in members.items()
    }


# -- judgements ------------------------------------------------------------------------------------------------------


def _judgements(registry: Registry) -> Iterator[Judgement]:
    """Every decision, sorted by what it is about: within atoms, between them, of single records, and by the user."""
    ruled = {frozenset((r.left.ref, r.right.ref)) for r in registry.rulings}
    found: dict[tuple[Ref, Ref], Judgement] = {}
    for each in (_within, _between, _single, _by_hand):
        for judgement in each(registry):
            pair = (judgement.left, judgement.right)
            if judgement.method == _RULED or frozenset(pair) not in ruled:
                found.setdefault(pair, judgement)
    yield from (found[pair] for pair in sorted(found))


def _within(registry: Registry) -> Iterator[Judgement]:
    """One decision per further record of an atom: it is the same as the first."""
    for atom, profile in registry.profiles.items():
        if len(profile.records) < 2 or atom in registry.open:
            continue
        first, *others = sorted(ref for ref in profile.records if not _placed(registry, ref)) or [profile.ref]
        score, evidence = alike_score(atom, atom, meet=False)
        certain = atom.method in (GAZETTEER, KNOWLEDGE)
        words = f"both are {atom.family} {atom.form!r}" if certain else evidence.words
        for other in others:
            if other.document != first.document:
                yield _judgement(first, other, Decision.SAME, atom.method, words, None if certain else score)


def _placed(registry: Registry, ref: Ref) -> bool:
    placed = registry.placed.get(ref)
    return placed is not None and placed.sure


def _between(registry: Registry) -> Iterator[Judgement]:
    """Decisions between atoms, told of their first records."""
    for outcome in registry.outcomes.values():
        for verdict in outcome.verdicts:
            left, right = registry.profiles[verdict.left].ref, registry.profiles[verdict.right].ref
            yield _judgement(left, right, verdict.decision, "name and marks", verdict.words, verdict.score)


def _single(registry: Registry) -> Iterator[Judgement]:
    """Short forms and records of a name that two bear."""
    for ref, placed in registry.placed.items():
        decision = Decision.SAME if placed.sure else Decision.UNSURE
        if placed.sure or placed.score >= 0.5:
            other = registry.profiles[placed.atom].ref
            if other != ref:
                yield _judgement(other, ref, decision, "short form and company", placed.words, placed.score)


def _by_hand(registry: Registry) -> Iterator[Judgement]:
    """What the user has decided of records that are here."""
    for ruling in registry.rulings:
        if registry.atom(ruling.left.ref) is not None and registry.atom(ruling.right.ref) is not None:
            yield Judgement(
                left=ruling.left.ref,
                right=ruling.right.ref,
                decision=ruling.decision,
                method=_RULED,
                evidence=f"decided by hand: {'the same' if ruling.decision is Decision.SAME else 'not the same'}",
            )


def _judgement(one: Ref, other: Ref, decision: Decision, method: str, words: str, score: float | None) -> Judgement:
    left, right = sorted((one, other))
    return Judgement(left=left, right=right, decision=decision, method=method, evidence=words, score=score)
