"""Which accounts of one occurrence conflict or agree; precision before recall, and no verdict on who is right.

An account is an event as one voice tells it: the publisher's, where it is narrated, or a statement's.  Accounts are
compared only inside a block that shares type (or an opposed characterisation), place and day, and within it each
is set against the first of every other position, so that the work grows with the number of accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from kg import lexicon
from kg.model import (
    Analysis,
    Comparison,
    Entity,
    Event,
    Modality,
    Polarity,
    Quantity,
    Ref,
    RoleName,
    Statement,
)

_LOCATING = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)


class Oppositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `oppositions.toml`."""

    characterisations: tuple[tuple[str, str], ...]
    asserting: frozenset[str]
    denying: frozenset[str]
    tolerance: float


class Account(msgspec.Struct, frozen=True):
    """One voice's telling of one event."""

    ref: Ref  # of the event where narrated, else of the statement
    voice: str  # canonical key of the speaker, or the outlet
    event: Event
    words: str  # the trigger as written, lower case
    denied: bool
    day: str
    places: frozenset[str]
    sides: frozenset[str]  # canonical keys of agents and patients


def compare(analyses: Sequence[Analysis], keys: Mapping[Ref, str]) -> tuple[Comparison, ...]:
    """All conflicts and agreements of a batch, sorted, each pair once."""
    accounts = [account for analysis in analyses for account in _accounts(analysis, keys)]
    found: dict[tuple[Ref, Ref, bool], Comparison] = {}
    for block in _blocks(accounts):
        for left, right in _pairs(block):
            for conflict, reason in _findings(left, right):
                first, second = sorted((left.ref, right.ref))
                comparison = Comparison(left=first, right=second, conflict=conflict, reason=reason)
                found.setdefault((first, second, conflict), comparison)
    kept = [c for c in found.values() if c.conflict or (c.left, c.right, True) not in found]
    return tuple(sorted(kept, key=lambda c: (c.left, c.right, c.conflict)))


def _words() -> Oppositions:
    return lexicon.load("oppositions", Oppositions)


# -- accounts ------------------------------------------------------------------------------------------------


def _accounts(analysis: Analysis, keys: Mapping[Ref, str]) -> Iterator[Account]:
    document = analysis.document
    statements = {statement.id: statement for statement in analysis.statements}
    entities = {entity.id: entity for entity in analysis.entities}
    outlet = document.publisher or document.id
    for event in analysis.events:
        if event.modality != Modality.ACTUAL or event.time is None or not event.time.value:
            continue
        if event.narrated:
            yield _account(analysis, event, keys, entities, Ref(document.id, event.id), outlet, False)
        for statement in (statements[i] for i in event.within):
            if statement.polarity == Polarity.AFFIRMED and _puts_forward(statement):
                speaker = keys.get(Ref(document.id, statement.speaker), outlet)
                denied = statement.stance in _words().denying
                yield _account(analysis, event, keys, entities, Ref(document.id, statement.id), speaker, denied)


def _puts_forward(statement: Statement) -> bool:
    return statement.stance in _words().asserting | _words().denying


def _account(
    analysis: Analysis,
    event: Event,
    keys: Mapping[Ref, str],
    entities: Mapping[str, Entity],
    ref: Ref,
    voice: str,
    denied: bool,
) -> Account:
    document = analysis.document
    located = [entities[r.filler] for r in event.roles if r.role in _LOCATING and r.filler in entities]
    sides = [r.filler for r in event.roles if r.role in (RoleName.AGENT, RoleName.PATIENT)]
    return Account(
        ref=ref,
        voice=voice,
        event=event,
        words=event.triggers[0].of(document.text).lower(),
        denied=denied,
        day=event.time.value if event.time else "",
        places=frozenset(name for entity in located for name in _place_names(entity, keys, document.id)),
        sides=frozenset(keys[Ref(document.id, side)] for side in sides if Ref(document.id, side) in keys),
    )


def _place_names(entity: Entity, keys: Mapping[Ref, str], document: str) -> Iterator[str]:
    """The place itself and the region that it lies in, so that a town's event meets its region's."""
    yield keys[Ref(document, entity.id)]
    if entity.geo and entity.geo.region:
        yield f"region {entity.geo.country} {entity.geo.region}"
    elif entity.geo and entity.geo.level == "region":
        yield f"region {entity.geo.country} {entity.geo.name}"


# -- blocks ----------------------------------------------------------------------------------------------------


def _blocks(accounts: Iterable[Account]) -> Iterator[list[Account]]:
    """Accounts of one type, or of opposed characterisations, on one day in one place."""
    blocks: dict[tuple[str, str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        for place in sorted(account.places):
            blocks[account.event.type, account.day, place].append(account)
            for pair in _words().characterisations:
                if account.event.lemma in pair:
                    blocks["/".join(pair), account.day, place].append(account)
    for key in sorted(blocks):
        yield blocks[key]


def _pairs(block: list[Account]) -> Iterator[tuple[Account, Account]]:
    """Each account against the first of every other position; linear in the block for a bounded number of positions."""
    positions: dict[object, Account] = {}
    for account in block:
        key = (account.voice, account.denied, account.event.polarity, account.event.quantities, account.words)
        positions.setdefault(key, account)
    for left, right in combinations(list(positions.values())[:50], 2):
        if left.voice != right.voice and left.ref != right.ref:
            yield left, right


# -- findings ------------------------------------------------------------------------------------------------


def _findings(left: Account, right: Account) -> Iterator[tuple[bool, str]]:
    """(conflict?, reason) for each way in which the two accounts meet."""
    if left.event.type == right.event.type and left.sides & right.sides:
        negated = _negated(left) != _negated(right)
        if negated:
            yield True, f"one affirms and the other denies it: “{left.words}” against “{right.words}”"
            return
    opposed = _opposed(left, right)
    if opposed:
        yield True, f"told in opposite ways: “{left.words}” against “{right.words}”"
        return
    if left.event.type != right.event.type:
        return
    numbers = list(_numbers(left, right))
    yield from numbers
    alike = left.sides & right.sides and _negated(left) == _negated(right)
    if alike and not numbers and left.event.lemma == right.event.lemma:
        yield False, f"both tell of “{left.words}” with the same side, place and day"


def _negated(account: Account) -> bool:
    return (account.event.polarity == Polarity.NEGATED) != account.denied


def _opposed(left: Account, right: Account) -> bool:
    lemmas = {(left.event.lemma, right.event.lemma), (right.event.lemma, left.event.lemma)}
    return any(pair in lemmas for pair in _words().characterisations)


def _numbers(left: Account, right: Account) -> Iterator[tuple[bool, str]]:
    for a in left.event.quantities:
        for b in right.event.quantities:
            if a.counts and a.counts == b.counts and a.unit == b.unit:
                words = f"“{_shown(a)}” against “{_shown(b)}” for “{a.counts}”"
                if _disjoint(a, b):
                    yield True, f"different numbers: {words}"


def _disjoint(a: Quantity, b: Quantity) -> bool:
    low_a, high_a = _bounds(a)
    low_b, high_b = _bounds(b)
    slack = _words().tolerance
    return low_a * (1 - slack) > high_b or low_b * (1 - slack) > high_a


def _bounds(quantity: Quantity) -> tuple[float, float]:
    low = quantity.minimum if quantity.minimum is not None else quantity.value or 0.0
    if quantity.maximum is not None:
        return low, quantity.maximum
    return low, quantity.value if quantity.value is not None and quantity.minimum is None else float("inf")


def _shown(quantity: Quantity) -> str:
    if quantity.value is not None:
        return f"{quantity.value:g}"
    return f"{quantity.minimum or 0:g} or more" if quantity.maximum is None else f"up to {quantity.maximum:g}"
