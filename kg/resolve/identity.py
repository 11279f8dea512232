"""Across documents: which entity records are one real thing.

Records are put in blocks by gazetteer id, knowledge-file key or a spelling-proof form of the name; never are all
pairs compared.  Whatever has no such key (a nominal, a lone surname) keeps a node of its own document.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from kg import lexicon
from kg.gazetteer import open_gazetteer
from kg.ids import fold, slug
from kg.model import Analysis, Canonical, Decision, Entity, EntityKind, Identity, Judgement, Ref
from kg.resolve.comparisons import compare
from kg.resolve.containment import containers, place_key

_POSSESSIVE = re.compile(r"['’]s\b")  # "Russia's Defence Ministry"


GAZETTEER = "gazetteer"


class Institutions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that matter, or do not, in an institution's name."""

    stop: frozenset[str]
    generic: frozenset[str]
    forces: frozenset[str]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `identity.toml`."""

    transliteration: tuple[tuple[str, str], ...]
    spellings: dict[str, str]
    institutions: Institutions


class Block(msgspec.Struct, frozen=True):
    """What two records must share to be one thing, and how to say so."""

    family: str  # first segment of the canonical key
    form: str  # equal forms of one family are one thing
    method: str  # how the form was reached, for the judgement


def identify(analyses: Sequence[Analysis]) -> Identity:
    """Canonical keys, labels, judgements and comparisons for a batch; the order of `analyses` does not matter."""
    ordered = sorted(analyses, key=lambda analysis: analysis.document.id)
    records = [(Ref(a.document.id, e.id), e) for a in ordered for e in a.entities]
    blocks: dict[Block, list[tuple[Ref, Entity]]] = defaultdict(list)
    keys: dict[Ref, str] = {}
    entities: dict[str, Canonical] = {}
    for ref, entity in records:
        block = block_of(entity)
        if block is None:
            key = f"doc/{ref.document}/{ref.record}"
            keys[ref], entities[key] = key, _canonical(key, [entity])
        else:
            blocks[block].append((ref, entity))
    judgements: list[Judgement] = []
    for block in sorted(blocks, key=lambda b: (b.family, b.form)):
        members = blocks[block]
        key = _key(block, [entity for _, entity in members])
        keys |= {ref: key for ref, _ in members}
        entities[key] = _canonical(key, [entity for _, entity in members])
        judgements += _judgements(block, [ref for ref, _ in members])
    known = [canonical.geo for canonical in entities.values() if canonical.geo is not None]
    entities |= {around.key: around for around in containers(known) if around.key not in entities}
    comparisons = compare(ordered, keys)
    return Identity(keys=keys, entities=entities, judgements=tuple(judgements), comparisons=comparisons)


def block_of(entity: Entity) -> Block | None:
    """Under what form the entity is found again elsewhere; None when its name does not tell it from others."""
    if entity.known:
        return Block("actor", entity.known, "knowledge file")
    if entity.geo is not None and entity.kind in (EntityKind.GPE, EntityKind.PLACE):
        return Block("place", place_key(entity.geo), GAZETTEER)
    if entity.kind == EntityKind.ARMED_FORCE or (entity.named and entity.kind == EntityKind.ORGANIZATION):
        return _institution(entity)
    if not entity.named:
        return None
    if entity.kind == EntityKind.PERSON:
        return Block("person", skeleton(entity.label), "full name") if " " in entity.label else None
    family = "group" if entity.kind == EntityKind.GROUP else "place"
    return Block(family, fold(entity.label), "name")


def skeleton(name: str) -> str:
    """`name` folded so that transliterations of one name are equal ("Zelenskyy", "Zelenskiy", "Zelensky")."""
    form = fold(name)
    for variant, plain in _names().transliteration:
        form = form.replace(variant, plain)
    return form


def _names() -> Names:
    return lexicon.load("identity", Names)


def _institution(entity: Entity) -> Block | None:
    words = [_names().spellings.get(word, word) for word in fold(_POSSESSIVE.sub("", entity.label)).split()]
    rules = _names().institutions
    country = entity.country
    kept = sorted({w for w in words if w not in rules.stop and not _names_country(w, country)})
    family = "force" if entity.kind == EntityKind.ARMED_FORCE else "organization"
    if entity.kind == EntityKind.ARMED_FORCE and country and set(kept) <= rules.forces:
        return Block(family, f"{country}-armed-forces", "forces of a country")
    if not kept or (not entity.named and entity.kind != EntityKind.ARMED_FORCE):
        return None
    if set(kept) <= rules.generic:
        return Block(family, f"{country}-{'-'.join(kept)}", "name and country") if country else None
    if not entity.named:
        return None
    return Block(family, "-".join(kept), "name")


def _names_country(word: str, code: str) -> bool:
    """Whether `word` is the name or the demonym of the country `code`."""
    if not code:
        return False
    found = open_gazetteer().lookup(word)
    named = bool(found) and found[0].level == "country" and found[0].country == code
    return named or open_gazetteer().demonym(word) == code


def _key(block: Block, entities: Sequence[Entity]) -> str:
    """A readable key for the block: its form, or for persons the spelling that most records use."""
    if block.family == "person":
        return f"person/{slug(_favourite(entity.label for entity in entities))}"
    if block.method == GAZETTEER:
        return block.form
    return f"{block.family}/{slug(block.form)}"


def _canonical(key: str, entities: Sequence[Entity]) -> Canonical:
    geo = next((entity.geo for entity in entities if entity.geo), None)
    return Canonical(
        key=key,
        kind=_kind([entity.kind for entity in entities]),
        label=_favourite(entity.label for entity in entities),
        geo=geo,
        country=next((entity.country for entity in entities if entity.country), ""),
    )


def _kind(kinds: Sequence[EntityKind]) -> EntityKind:
    """The kind that most records have; what is an actor here and a place there is both."""
    counts = Counter(kinds)
    if len(counts) > 1 and (EntityKind.GPE in counts or EntityKind.PLACE in counts):
        return EntityKind.GPE
    return min(counts, key=lambda kind: (-counts[kind], kind.value))


def _favourite(labels: Iterable[str]) -> str:
    """The label that most records use; of equals the longest, then the first in the alphabet."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], -len(label), label))


def _judgements(block: Block, refs: Sequence[Ref]) -> list[Judgement]:
    """One decision per further record: it is the same as the first of its block."""
    return [
        Judgement(
            left=refs[0],
            right=other,
            decision=Decision.SAME,
            method=block.method,
            evidence=f"both are {block.family} {block.form!r}",
        )
        for other in refs[1:]
        if other.document != refs[0].document
    ]
