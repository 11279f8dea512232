"""Blocks: the accounts that share what happened and where, to whom or in which story, in the order of time.

In a block each account meets a bounded number of later ones, and only such as may be of its time, so that the work
grows with the number of accounts and not with its square, and a change in one place leaves the rest of it as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import msgspec

from kg.ids import digest
from kg.resolve.comparisons.accounts import Account
from kg.resolve.comparisons.spells import NEAR

POSITIONS = 20  # later ones of a block with which each is compared

_UNSHARED = "doc/"  # how the keys of those begin that only one document knows
_STORY = "story"  # in place of what happened, which makes no difference there
_OWN = 8  # characters of a name that tell it from others of its document
_FOREVER = "~"  # sorts after all days

Block = tuple[str, str]  # what happened, and the place, party or story
Place = tuple[str, str, str, str]  # a block, the day with leading zeros, and an account: in the order of its text
Pair = tuple[str, str]  # two accounts


class Standing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is to be known of an account in a block to see whom it meets."""

    voice: str
    quoted: bool
    around: bool  # it is there for the region around its place, which is nothing to others there for the same
    until: str  # the last day, written as in places, on which another may begin that is of its time


Row = tuple[Place, Standing]


def named(told: Iterable[Account]) -> dict[str, Account]:
    """The accounts of one document by their names, which do not change while the text does not."""
    return {digest(f"{a.ref.document}\n{a.ref.record}\n{a.event}", _OWN) + sheet(a.ref.document): a for a in told}


def sheet(document: str) -> str:
    """What the names of a document's accounts end with: short, since blocks name them many times."""
    return digest(document, 16)


def sheet_of(name: str) -> str:
    """What stands for the document in the name of an account."""
    return name[_OWN:]


def rows(told: Mapping[str, Account]) -> dict[Place, Standing]:
    """Where the accounts of one document stand; of one time a voice's same words and numbers stand once."""
    found: dict[Place, Standing] = {}
    seen = set()
    for name, account in sorted(told.items(), key=lambda item: (item[1].position, item[0])):
        if account.story:
            found[_STORY, account.story, _day(account), name] = _standing(account, _FOREVER)
        if account.spell is None or not account.spell.short:
            continue
        until = _written(account.spell.last + NEAR)
        telling = (account.voice, account.negated, account.numbers, account.word, account.spell)
        for topic, anchor in product(topics(account), _anchors(account)):
            around = anchor in account.sites.wider and anchor not in account.sites.keys
            if (topic, anchor, around, telling) not in seen:
                seen.add((topic, anchor, around, telling))
                found[topic, anchor, _day(account), name] = _standing(account, until, around)
    return found


def topics(account: Account) -> frozenset[str]:
    """What happened: a kind, a step, or one of two words that tell it in opposite ways."""
    return account.topics | account.steps | {f"opposition {number}" for number, _ in account.opposed}


def order(account: Account) -> tuple[int, int]:
    """By the time told of, then by the place in the text."""
    return account.spell.first if account.spell else 0, account.position


def meet(left: Row, right: Row) -> bool:
    """Whether two accounts in the order of their places are of different documents and voices and of about one time.

    Both voices must be somebody's: what nobody is named for is held against another voice, not against the outlet.
    Two places in one region are not one place.
    """
    one, other = left[1], right[1]
    if right[0][2] > one.until or sheet_of(left[0][3]) == sheet_of(right[0][3]) or one.voice == other.voice:
        return False
    if one.around and other.around:
        return False
    return bool(one.voice and other.voice) or (one.quoted and other.quoted)


def _anchors(account: Account) -> frozenset[str]:
    found = account.sites.keys | account.sites.wider | account.doers.single | account.targets.single
    return frozenset(anchor for anchor in found if not anchor.startswith(_UNSHARED))


def _standing(account: Account, until: str, around: bool = False) -> Standing:
    return Standing(account.voice, bool(account.outer), around, until)


def _day(account: Account) -> str:
    return _written(order(account)[0])


def _written(day: int) -> str:
    return f"{day:07}"
