"""Rows of an answer: merged where they say one thing in several pieces, and put into a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.query.result import Cell, Row, value

_SEPARATOR = " … "


def joined(columns: Sequence[str], rows: Iterable[Row], join: Mapping[str, str]) -> tuple[Row, ...]:
    """Rows that differ only in joined columns as one, in which their values follow one another.

    `join` maps a column to the one whose values order it; that one keeps its least value.
    """
    if not join:
        return tuple(rows)
    places = {name: index for index, name in enumerate(columns)}
    loose = {places[name] for pair in join.items() for name in pair}
    groups: dict[Row, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(None if i in loose else cell for i, cell in enumerate(row)), []).append(row)
    pairs = [(places[name], places[by]) for name, by in join.items()]
    return tuple(_merged(group, pairs) for group in groups.values())


def _merged(group: list[Row], pairs: list[tuple[int, int]]) -> Row:
    """One row of a group: each pair's first column joined in the order of its second."""
    merged = list(group[0])
    for column, by in pairs:
        pieces = sorted({(row[by], row[column]) for row in group}, key=lambda pair: (order(pair[0]), order(pair[1])))
        texts = dict.fromkeys(cell.value for _, cell in pieces if isinstance(cell, ox.Literal | ox.NamedNode))
        merged[by] = pieces[0][0]
        merged[column] = ox.Literal(_SEPARATOR.join(texts)) if texts else None
    return tuple(merged)


def ordered(columns: Sequence[str], rows: Iterable[Row], sort: Sequence[str]) -> tuple[Row, ...]:
    """Rows by the columns of `sort`, "-" before a name reversing it, then by all columns from the left."""
    result = sorted(rows, key=lambda row: tuple(map(order, row)))
    for name in reversed(sort):
        column = columns.index(name.removeprefix("-"))
        result.sort(key=lambda row, column=column: order(row[column]), reverse=name.startswith("-"))  # type: ignore[misc]
    return tuple(result)


def order(cell: Cell) -> tuple[int, float, str, str]:
    """Sorts nothing first, then numbers by size, then text without regard to case."""
    plain = value(cell)
    if plain is None:
        return 0, 0.0, "", ""
    if isinstance(plain, int | float):
        return 1, float(plain), "", ""
    return 2, 0.0, plain.casefold(), str(cell)
