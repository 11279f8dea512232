"""Conflicts and agreements inside one document, which tells one story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Analysis, Comparison, Ref
from kg.resolve.comparisons.accounts import Account
from kg.resolve.comparisons.answers import answers
from kg.resolve.comparisons.blocks import POSITIONS, order, topics
from kg.resolve.comparisons.estimates import estimates
from kg.resolve.comparisons.findings import Finding, finding, weight
from kg.resolve.comparisons.meeting import Meeting
from kg.resolve.comparisons.oppositions import Oppositions


def within(
    analysis: Analysis, told: Iterable[Account], keys: Mapping[Ref, str], words: Oppositions
) -> dict[tuple[Ref, Ref], Comparison]:
    """What the voices of one document make of each other; what takes up what was just said goes first."""
    found: dict[tuple[Ref, Ref], Comparison] = {}
    for answer in (*answers(analysis, keys, words), *estimates(analysis, keys, words)):
        found.setdefault((answer.left, answer.right), answer)
    best: dict[tuple[Ref, Ref], Finding] = {}
    for left, right in _pairs(told):
        outcome = finding(Meeting(left, right, words))
        if outcome:
            pair = left.ref, right.ref
            best[pair] = min(best.get(pair, outcome), outcome, key=weight)
    for pair, outcome in best.items():
        found.setdefault(pair, outcome.between(*pair))
    return found


def _pairs(told: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """Accounts of one topic by different voices, each with some that come after it in time."""
    blocks: dict[str, list[Account]] = defaultdict(list)
    for account in sorted(told, key=lambda a: (order(a), a.ref, a.event)):
        for topic in topics(account):
            blocks[topic].append(account)
    for block in blocks.values():
        for at, one in enumerate(block):
            for other in block[at + 1 : at + 1 + POSITIONS]:
                named = one.voice and other.voice
                if one.voice != other.voice and one.ref != other.ref and (named or (one.outer and other.outer)):
                    yield (one, other) if one.ref < other.ref else (other, one)
