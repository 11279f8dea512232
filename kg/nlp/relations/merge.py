"""One relation told several times is one bond: what ends it outweighs what tells of it, the publisher any speaker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Modality, Polarity
from kg.nlp.annotations import Bond
from kg.nlp.relations.ties import Ties

_SYMMETRIC = frozenset({"alliedWith", "familyOf", "spouseOf", "siblingOf"})
_DOUBTS = (Modality.FUTURE, Modality.CONDITIONAL, Modality.POSSIBLE)

Key = tuple[int, str, int | None, str]


def merged(ties: Ties, bonds: Iterable[Bond]) -> list[Bond]:
    """Each relation once, in the order of its evidence."""
    groups: dict[Key, list[Bond]] = {}
    for bond in sorted(bonds, key=lambda b: (b.evidence, b.predicate, b.subject)):
        groups.setdefault(_key(bond), []).append(bond)
    found = [_one(_heard(ties, group)) for group in groups.values()]
    return sorted(found, key=lambda b: (b.evidence, b.predicate, b.subject))


def _key(bond: Bond) -> Key:
    one, other = bond.subject, bond.object
    if other is not None and bond.predicate in _SYMMETRIC and other < one:
        one, other = other, one
    return one, bond.predicate, other, bond.literal.lower()


def _heard(ties: Ties, group: list[Bond]) -> list[Bond]:
    """What the publisher tells; what speakers claim only where it tells nothing."""
    narrated = [b for b in group if any(t not in ties.claimed for t in range(*b.evidence))]
    return narrated or group


def _one(group: list[Bond]) -> Bond:
    """The bond that decides, with the first bounds that any gives.

    What an event ended is over; what an event began is not, though "former" stands somewhere ("the former mayor was
    elected again"); of the rest, over comes before holding, denied before planned.
    """
    begun = any(b.started_by is not None and _actual(b) for b in group)
    best = min(group, key=lambda b: _weight(b, begun))
    same = [b for b in group if b.ended == best.ended and b.polarity is best.polarity] if not best.ended else group
    return replace(
        best,
        start=next((b.start for b in same if b.start), ""),
        started_by=next((b.started_by for b in same if b.started_by is not None), None),
        end=best.end or (next((b.end for b in same if b.end), "") if best.ended else ""),
    )


def _actual(bond: Bond) -> bool:
    return bond.polarity is Polarity.AFFIRMED and bond.modality is Modality.ACTUAL and not bond.ended


def _weight(bond: Bond, begun: bool) -> int:
    if bond.ended_by is not None:
        return 0
    if bond.ended:
        return 4 if begun else 1
    if bond.polarity is Polarity.NEGATED:
        return 3
    return 5 + _DOUBTS.index(bond.modality) if bond.modality in _DOUBTS else 2
