"""What a change in a block changes: the pairs that no longer meet, and those that meet now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence

from kg.resolve.comparisons.blocks import POSITIONS, Block, Pair, Place, Row, Standing, meet
from kg.shelf import Table

_REACH = 2 * POSITIONS  # rows read at once from a changed one on


def differences(
    table: Table[Place, Standing], block: Block, left: Mapping[Place, Standing], came: Mapping[Place, Standing]
) -> tuple[set[Pair], set[Pair]]:
    """The pairs that met before rows `left` and others `came`, and those that meet now that the table holds these.

    A row in both has changed.  A pair in both sets has a changed row; what is unchanged is in neither.
    """
    gone: set[Pair] = set()
    born: set[Pair] = set()
    for inside, now in _runs(table, block, sorted({*left, *came})):
        kept = [row for row in now if row[0] not in came]
        before = sorted([*kept, *((place, left[place]) for place in inside if place in left)])
        gone.update(_touching(before, left))
        born.update(_touching(now, came))
        for left_row, right_row, parted in _moved(kept, _ranks(before, left), _ranks(now, came)):
            if meet(left_row, right_row):
                (gone if parted else born).add((left_row[0][3], right_row[0][3]))
    return gone, born


def _touching(rows: Sequence[Row], changed: Container[Place]) -> Iterator[Pair]:
    """The pairs with a changed row in them."""
    for at, row in enumerate(rows):
        if row[0] not in changed:
            continue
        for other in rows[max(0, at - POSITIONS) : at]:
            if other[0] not in changed and meet(other, row):
                yield other[0][3], row[0][3]
        for other in rows[at + 1 : at + 1 + POSITIONS]:
            if meet(row, other):
                yield row[0][3], other[0][3]


def _ranks(rows: Sequence[Row], changed: Container[Place]) -> list[int]:
    """Where the unchanged rows stand among all."""
    return [rank for rank, (place, _) in enumerate(rows) if place not in changed]


def _moved(kept: Sequence[Row], old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[Row, Row, bool]]:
    """Pairs of unchanged rows, given their ranks, that came too far from one another, or else near enough to meet."""
    if not kept or max(old[-1] - old[0], new[-1] - new[0]) <= POSITIONS:
        return
    for at, row in enumerate(kept):
        before, now = (bisect_right(ranks, ranks[at] + POSITIONS) for ranks in (old, new))
        for other in kept[min(before, now) : max(before, now)]:
            yield row, other, now < before


def _runs(
    table: Table[Place, Standing], block: Block, changed: Sequence[Place]
) -> Iterator[tuple[Sequence[Place], list[Row]]]:
    """Changed places that lie close together, with the rows around them that they may come between."""
    at = 0
    while at < len(changed):
        first = at
        rows = table.preceding(changed[at], POSITIONS, *block)[::-1]
        ahead = table.following(changed[at], _REACH, *block)
        while True:
            rows += ahead
            ended = len(ahead) < _REACH
            while at < len(changed) and (ended or changed[at] <= rows[-1][0]):
                at += 1
            behind = sum(1 for place, _ in rows[-POSITIONS:] if place > changed[at - 1])
            if ended or behind == POSITIONS:
                break
            ahead = table.following(rows.pop()[0], _REACH, *block)
        yield changed[first:at], rows
