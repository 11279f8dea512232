"""Conflicts and agreements between what voices tell of one occurrence.

`accounts` reads each event as each voice tells it, `answers` finds denials and `estimates` numbers that take up what
was just said, `pairing` brings accounts together that may be of one thing, and `findings` says what two of
them make of each other.
"""

from kg.resolve.comparisons.pairing import compare

__all__ = ["compare"]
