"""Which accounts of one occurrence conflict or agree; precision before recall, and no verdict on who is right.

Accounts are compared only inside a block that shares what happened (a type, or one of two words that tell the same
move in opposite ways) and where or to whom.  In a block each position (a voice with its words and numbers) counts
once, so the work grows with the number of accounts and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from kg import lexicon
from kg.model import Analysis, Comparison, Modality, Quantity, Ref
from kg.resolve.accounts import Account, accounts, bounds, near, shown

ANSWER = 400  # characters between a statement and one that answers it: two or three sentences
POSITIONS = 50  # of one block that are compared with one another

Finding = tuple[bool, str]  # conflict or agreement, and the reason


class Oppositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `oppositions.toml`."""

    characterisations: tuple[tuple[str, str], ...]
    asserting: frozenset[str]
    denying: frozenset[str]
    tolerance: float
    open_bound: float
    generic: frozenset[str]
    topics: dict[str, str]

    def topic(self, account: Account) -> str:
        """What the account's event counts as: its type, or the type that it implies; else its word."""
        name = account.event.type
        return account.event.lemma if name in self.generic else self.topics.get(name, name)


def compare(analyses: Sequence[Analysis], keys: Mapping[Ref, str]) -> tuple[Comparison, ...]:
    """All conflicts and agreements of a batch, sorted, each pair once; a conflict outweighs an agreement."""
    words = lexicon.load("oppositions", Oppositions)
    stances = dict.fromkeys(words.asserting, False) | dict.fromkeys(words.denying, True)
    told = [account for analysis in analyses for account in accounts(analysis, keys, stances)]
    found: dict[tuple[Ref, Ref], Comparison] = {}
    for block in _blocks(told, words):
        for left, right in _pairs(block):
            finding = _finding(left, right, words)
            if finding is None:
                continue
            first, second = sorted((left.ref, right.ref))
            known = found.get((first, second))
            if known is None or (finding[0] and not known.conflict):
                found[first, second] = Comparison(left=first, right=second, conflict=finding[0], reason=finding[1])
    return tuple(found[pair] for pair in sorted(found))


def _blocks(told: Iterable[Account], words: Oppositions) -> Iterator[list[Account]]:
    """Accounts that share what happened and a place or side."""
    blocks: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in told:
        topics = [words.topic(account)]
        topics += ["/".join(pair) for pair in words.characterisations if account.event.lemma in pair]
        for topic in topics:
            for anchor in sorted({account.ref.document} | account.places | account.sides | account.causes):
                blocks[topic, anchor].append(account)
    for key in sorted(blocks):
        yield blocks[key]


def _pairs(block: list[Account]) -> Iterator[tuple[Account, Account]]:
    """Accounts of different voices at about the same time, one for each position."""
    positions: dict[object, Account] = {}
    for account in block:
        key = (account.voice, account.negated, account.event.quantities, account.words, account.day)
        positions.setdefault(key, account)
    for left, right in combinations(list(positions.values())[:POSITIONS], 2):
        if left.voice != right.voice and left.ref != right.ref and near(left.day, right.day):
            yield left, right


def _finding(left: Account, right: Account, words: Oppositions) -> Finding | None:
    """How the two accounts meet, if they do."""
    here, sides = left.places & right.places, left.sides & right.sides
    told = f"“{left.words}” against “{right.words}”"
    placed = here or not (left.places and right.places)
    if placed and sides and _opposed(left, right, words):
        return True, f"told in opposite ways: {told}"
    if words.topic(left) != words.topic(right) or not (_actual(left) and _actual(right)):
        return None
    denied = f"one affirms and the other denies it: {told}"
    contrary = left.negated != right.negated
    if left.event is right.event:  # one cluster of mentions in one document: its statements meet at the event itself
        return (True, denied) if contrary else None
    if contrary:
        shared = left.event.lemma == right.event.lemma and len(sides) + bool(here) > 1
        return (True, denied) if shared or _answers(left, right) else None
    if (here or left.causes & right.causes) and not left.negated:
        numbers = _different_numbers(left, right, words)
        if numbers:
            return True, f"different numbers: {numbers}"
    if left.event.lemma == right.event.lemma and len(sides) + bool(here) > 1:
        return False, f"both tell of “{left.words}” with the same side and place"
    return None


def _actual(account: Account) -> bool:
    return account.event.modality == Modality.ACTUAL


def _answers(left: Account, right: Account) -> bool:
    """Whether one speaker answers the other: next to each other in one document."""
    return left.ref.document == right.ref.document and abs(left.position - right.position) <= ANSWER


def _opposed(left: Account, right: Account, words: Oppositions) -> bool:
    lemmas = {(left.event.lemma, right.event.lemma), (right.event.lemma, left.event.lemma)}
    return any(pair in lemmas for pair in words.characterisations)


def _different_numbers(left: Account, right: Account, words: Oppositions) -> str:
    """Both sides' words where they count the same thing and no number fits both; "" otherwise."""
    for a in left.event.quantities:
        for b in right.event.quantities:
            if a.counts and (a.counts, a.unit) == (b.counts, b.unit) and _apart(a, b, words):
                return f"{shown(a)} against {shown(b)} {a.counts}"
    return ""


def _apart(a: Quantity, b: Quantity, words: Oppositions) -> bool:
    """Whether no number fits both, an open bound being taken to reach only so far."""
    (low_a, high_a), (low_b, high_b) = (_closed(q, words.open_bound) for q in (a, b))
    keep = 1 - words.tolerance
    return low_a * keep > high_b or low_b * keep > high_a


def _closed(quantity: Quantity, reach: float) -> tuple[float, float]:
    low, high = bounds(quantity)
    return low, low * reach if high == float("inf") else high
