"""Conflicts and agreements between what voices tell of one occurrence.

`accounts` reads each event as each voice tells it, `answers` finds denials and `estimates` numbers that take up what
was just said, `blocks` brings accounts together that may be of one thing, `findings` says what two of them make of
each other, and `comparer` keeps that up while documents come and go.
"""

from kg.resolve.comparisons.comparer import Comparer, compare

__all__ = ["Comparer", "compare"]
