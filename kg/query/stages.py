"""A question in stages, so that its cost is that of what is asked for, not of what the graph holds.

A planner that sees a whole question may begin with what is common; one that sees a few terms begins with them.  Two
pairs of marks cut a question up, each round a sub-SELECT in braces:

- what stands between ``#first`` and ``#then`` is asked first, and its answers put in its place, as VALUES, and in that
  of every line ``#again`` that follows;
- what stands between ``#pages`` and ``#rest`` likewise, but a page at a time, in the order of those of its columns that
  the question sorts by.  What shares these is on one page, so that the pages one after the other are in order.  A line
  ``#page`` further on stands for the page once more, in an inner group.  Where an index lists what the pages hold, it
  is not asked for at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from operator import itemgetter
from typing import TypeAlias

import pyoxigraph as ox

from kg.query.question import Question
from kg.query.result import Row
from kg.query.rows import joined, order, ordered

Solve: TypeAlias = Callable[[str], ox.QuerySolutions]
Listed: TypeAlias = tuple[object, str]  # the rank of an item, and the item as a line of VALUES

LARGEST_PAGE = 800  # items; each page is at most twice the one before
# The innermost: none begins inside it.
_FIRST = re.compile(
    r"^[ \t]*#first[ \t]*\n((?:(?!^[ \t]*#first[ \t]*$).)*?)^[ \t]*#then[ \t]*\n", re.MULTILINE | re.DOTALL
)
_PAGES = re.compile(r"^[ \t]*#pages[ \t]*\n(.*?)^[ \t]*#rest[ \t]*\n", re.MULTILINE | re.DOTALL)
_AGAIN = re.compile(r"^[ \t]*#again[ \t]*\n", re.MULTILINE)
_PAGE = re.compile(r"^[ \t]*#page[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that come as they are found."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def is_staged(text: str) -> bool:
    """Whether the question pages its answer."""
    return bool(_PAGES.search(text))


def answered(question: Question, text: str, solve: Solve, listed: Iterator[Listed] | None = None) -> Rows:
    """The rows of `question`, whose SPARQL with its parameters is `text`, joined and in order.

    What its pages hold is read from `listed`, in order, where an index gives it.
    """
    if listed is None:
        text = _first(text, solve)
    cut = _PAGES.search(text)
    if cut is None:
        return _page(question, text, solve)
    if listed is None:
        items = _rows(solve(_bare(cut[1])))
        columns, listed = items.columns, _ranked(items, question.sort)
    else:
        columns = question.kept
    head, rest = text[: cut.start()], text[cut.end() :]
    pages = (_values(columns, page) for page in _pages(listed, question.page))
    texts = (head + page + _PAGE.sub(lambda _, page=page: page, rest) for page in pages)  # type: ignore[misc]
    first = _page(question, next(texts), solve)
    return Rows(first.columns, _chained(first, (_page(question, rest, solve) for rest in texts)))


def _first(text: str, solve: Solve) -> str:
    """The text with what is to be asked first answered."""
    while (found := _FIRST.search(text)) is not None:
        rows = _rows(solve(_bare(found[1])))
        answer = _values(rows.columns, map(_line, rows.rows))
        text = text[: found.start()] + answer + _AGAIN.sub(lambda _, known=answer: known, text[found.end() :])  # type: ignore[misc]
    return text


def _chained(first: Rows, others: Iterator[Rows]) -> Iterator[Row]:
    yield from first.rows
    for other in others:
        yield from other.rows


def _page(question: Question, text: str, solve: Solve) -> Rows:
    found = _rows(solve(text))
    columns = found.columns
    return Rows(columns, iter(ordered(columns, joined(columns, found.rows, question.join), question.sort)))


def _bare(block: str) -> str:
    """A sub-SELECT without its braces."""
    return block.strip().removeprefix("{").removesuffix("}")


def _rows(solutions: ox.QuerySolutions) -> Rows:
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, (tuple(solution[name] for name in columns) for solution in solutions))


def _values(columns: Sequence[str], lines: Iterable[str]) -> str:
    """Rows as VALUES."""
    return f"VALUES ({' '.join(f'?{name}' for name in columns)}) {{ {' '.join(lines)} }}\n"


def _line(row: Row) -> str:
    return f"({' '.join('UNDEF' if cell is None else str(cell) for cell in row)})"


def _ranked(items: Rows, sort: Sequence[str]) -> Iterator[Listed]:
    """The items in the order of those of their columns that come first in `sort`."""
    known = takewhile(items.columns.__contains__, sort)
    places = [items.columns.index(name) for name in known]

    def key(row: Row) -> tuple[object, ...]:
        return tuple(order(row[place]) for place in places)

    return ((key(row), _line(row)) for row in sorted(items.rows, key=key))


def _pages(listed: Iterable[Listed], size: int) -> Iterator[list[str]]:
    """The lines of items, cut where their rank changes once there are `size`; one empty page where there are none."""
    page: list[str] = []
    began = False
    for _, group in groupby(listed, itemgetter(0)):
        page += (line for _, line in group)
        if len(page) >= size:
            yield page
            size, began, page = min(2 * size, LARGEST_PAGE), True, []
    if page or not began:
        yield page
