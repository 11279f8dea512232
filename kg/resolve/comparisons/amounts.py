"""Numbers in two accounts: whether they count the same thing, and whether one number may be both."""

from __future__ import annotations

from kg.model import Quantity
from kg.resolve.comparisons.accounts import Account
from kg.resolve.comparisons.oppositions import Oppositions

TELLING = 10  # a number below this is often the same by chance


def different(left: Account, right: Account, words: Oppositions, measured: bool = True) -> str:
    """Both sides' numbers where they count the same thing and no number fits both; "" otherwise.

    Sums and measures are left out unless `measured`: everything has a price and a length.
    """
    for a in left.numbers:
        for b in right.numbers:
            if a.unit and not measured:
                continue
            if _comparable(a, b, words) and apart(a, b, words) and not _overtaken(left, a, right, b, words):
                return f"{shown(a)} against {shown(b)}"
    return ""


def same(left: Account, right: Account, words: Oppositions) -> str:
    """A number that both give exactly, large enough to be no chance; "" where there is none."""
    for a in left.numbers:
        for b in right.numbers:
            low, high = bounds(a)
            if _comparable(a, b, words) and (low, high) == bounds(b) and low == high >= TELLING:
                return shown(a)
    return ""


def of_other_things(left: Account, right: Account, words: Oppositions) -> bool:
    """Whether both give numbers, but of nothing that both count."""
    ours, theirs = left.numbers, right.numbers
    return bool(ours and theirs) and not any(_comparable(a, b, words) for a in ours for b in theirs)


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The least and greatest number that the words allow."""
    exact = quantity.value
    low = quantity.minimum if quantity.minimum is not None else exact
    high = quantity.maximum if quantity.maximum is not None else exact if quantity.minimum is None else None
    return (0.0 if low is None else low), (float("inf") if high is None else high)


def shown(quantity: Quantity) -> str:
    """The number as a reader would write it: "12 people", "1000 people or more", "up to 5 km"."""
    low, high = bounds(quantity)
    what = " ".join(word for word in (quantity.unit, quantity.counts) if word)
    if low == high:
        return f"{low:,.12g} {what}".rstrip()
    if high == float("inf"):
        return f"{low:,.12g} {what}".rstrip() + " or more"
    return f"{low:,.12g} to {high:,.12g} {what}" if low else f"up to {high:,.12g} {what}"


def _comparable(a: Quantity, b: Quantity, words: Oppositions) -> bool:
    if a.unit != b.unit:
        return False
    return a.counts == b.counts or any({a.counts, b.counts} <= group for group in words.counted_alike)


def _overtaken(left: Account, a: Quantity, right: Account, b: Quantity, words: Oppositions) -> bool:
    """Whether the number told later may only be the other one grown."""
    if left.told is None or right.told is None or left.told == right.told:
        return False
    if left.told.first > right.told.first:
        a, b = b, a
    still_open = bounds(a)[1] == float("inf") or left.type in words.growing
    return still_open and bounds(b)[1] >= bounds(a)[0]


def apart(a: Quantity, b: Quantity, words: Oppositions) -> bool:
    """Whether no number fits both, an open bound being taken to reach only so far."""
    (low_a, high_a), (low_b, high_b) = (_closed(q, words.open_bound) for q in (a, b))
    keep = 1.0 if a.unit in words.exact else 1 - words.tolerance
    return low_a * keep > high_b or low_b * keep > high_a


def _closed(quantity: Quantity, reach: float) -> tuple[float, float]:
    low, high = bounds(quantity)
    return low, low * reach if high == float("inf") else high
