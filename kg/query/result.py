"""Answers: rows of typed cells or a graph, and how they are printed.

Text from documents is shown as text: control characters never reach the terminal, and no cell of a CSV file
begins as a spreadsheet formula does.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import QueryError
from kg.graph.terms import PREFIXES
from kg.store import Term

Cell: TypeAlias = Term | ox.Triple | None
Row: TypeAlias = tuple[Cell, ...]
Value: TypeAlias = str | int | float | bool | None

SPO = ("subject", "predicate", "object")  # columns of a graph as rows

_XSD = PREFIXES["xsd"]
_NUMBERS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((f"{_XSD}integer", f"{_XSD}int", f"{_XSD}long", f"{_XSD}nonNegativeInteger"), int),
    **dict.fromkeys((f"{_XSD}decimal", f"{_XSD}double", f"{_XSD}float"), float),
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
}
# C0 and C1 controls, line separators and bidirectional overrides: harmless in a file, not on a terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WIDTH = 120  # of a table that goes to no terminal
_AT_ONCE = 200  # rows that a notebook shows


@dataclass(frozen=True, slots=True)
class Result:
    """An answer.  SELECT fills ``columns`` and ``rows``; CONSTRUCT and DESCRIBE fill ``triples``, as does a
    SELECT that was asked to describe the resources it names; ASK has one cell, a truth value.

    ``details`` are columns that a table leaves out; ``notes`` say how parameters were understood.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    triples: tuple[ox.Triple, ...] | None = None
    verdict: bool | None = None
    title: str = ""
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows) if self.columns else len(self.triples or ())

    def records(self) -> list[dict[str, Value]]:
        """The rows as plain Python values by column."""
        return [dict(zip(self.columns, map(value, row), strict=True)) for row in self.rows]

    def _repr_html_(self) -> str:
        """What a notebook shows: the columns of a table, or Turtle."""
        if not self.columns:
            return f"<pre>{html.escape(_turtle(self))}</pre>"
        kept = _kept(self)
        lines = [[_heading(self.columns[index]) for index in kept]]
        lines += [[shown(row[index]) for index in kept] for row in self.rows[:_AT_ONCE]]
        head, *body = (_line(cells, "td" if number else "th") for number, cells in enumerate(lines))
        below = [*self.notes, f"{len(self.rows):,} row{'' if len(self.rows) == 1 else 's'}"]
        below += [f"the first {_AT_ONCE} shown"] if len(self.rows) > _AT_ONCE else []
        caption = f"<caption>{html.escape(self.title)}</caption>"
        note = html.escape(_CONTROL.sub(" ", "; ".join(below)))
        return f"<table>{caption}<thead>{head}</thead><tbody>{''.join(body)}</tbody></table><p>{note}</p>"


def value(cell: Cell) -> Value:
    """A cell as the nearest Python value; IRIs and dates as strings."""
    if cell is None:
        return None
    if isinstance(cell, ox.Triple):
        return str(cell)
    if isinstance(cell, ox.Literal) and cell.datatype.value in _NUMBERS:
        try:
            return _NUMBERS[cell.datatype.value](cell.value)
        except ValueError:  # an ill-typed literal such as "many"^^xsd:integer stays as it is written
            return cell.value
    return cell.value


def shown(cell: Cell) -> str:
    """A cell as one line of text; IRIs shortened by the project's prefixes."""
    if cell is None:
        return ""
    text = str(cell) if isinstance(cell, ox.Triple) else cell.value
    if isinstance(cell, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            local = text.removeprefix(namespace)
            if local != text and re.fullmatch(r"[\w-]+", local):
                return f"{prefix}:{local}"
    return _CONTROL.sub(" ", text)


def safe_cell(item: Value) -> Value:
    """`item` so that no spreadsheet takes it for a formula; numbers pass."""
    if isinstance(item, str) and item.startswith(_FORMULA):
        return f"'{item}"
    return item


def render(result: Result, form: str) -> str:
    """`result` as "table", "csv", "json" or "turtle"."""
    if form not in FORMS:
        raise QueryError(f"unknown format {form!r}: choose one of {', '.join(FORMS)}")
    return FORMS[form](result)


def _table(result: Result) -> str:
    if not result.columns:
        return _turtle(result)
    if result.verdict is not None:
        return f"{'yes' if result.verdict else 'no'}\n"
    kept = _kept(result)
    table = Table(title=Text(result.title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for index in kept:
        number = all(isinstance(value(row[index]), int | float | None) for row in result.rows)
        table.add_column(
            Text(_heading(result.columns[index])),
            justify="right" if number and result.rows else "left",
            overflow="fold",
        )
    for row in result.rows:
        table.add_row(*(Text(shown(row[index])) for index in kept))
    lines = [*result.notes, f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}"]
    return _printed(table) + "".join(f"{_CONTROL.sub(' ', line)}\n" for line in lines)


def _kept(result: Result) -> list[int]:
    """The columns that a table shows."""
    return [index for index, name in enumerate(result.columns) if name not in result.details and _told(result, index)]


def _line(cells: list[str], tag: str) -> str:
    """A row of HTML; what stands in the cells is text."""
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _told(result: Result, index: int) -> bool:
    """Whether a column says anything; one of an empty answer is shown as it is."""
    return not result.rows or any(row[index] is not None for row in result.rows)


def _heading(column: str) -> str:
    return column.replace("_", " ")


def _printed(table: Table) -> str:
    width = shutil.get_terminal_size((_WIDTH, 0)).columns if "COLUMNS" in os.environ or _on_terminal() else _WIDTH
    console = Console(file=io.StringIO(), width=width, color_system=None, markup=False, highlight=False)
    with console.capture() as capture:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _on_terminal() -> bool:
    return os.isatty(1)


def _csv(result: Result) -> str:
    """Rows as CSV; a graph as its subject, predicate and object."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if result.columns:
        writer.writerow(result.columns)
        writer.writerows([safe_cell(value(cell)) for cell in row] for row in result.rows)
    else:
        writer.writerow(SPO)
        writer.writerows([safe_cell(value(term)) for term in triple] for triple in result.triples or ())
    return out.getvalue()


def _json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON; a graph as a table of its triples."""
    content: dict[str, Any]
    if result.verdict is not None:
        content = {"head": {}, "boolean": result.verdict}
    else:
        columns = result.columns or SPO
        rows = result.rows or tuple((t.subject, t.predicate, t.object) for t in result.triples or ())
        bindings = [
            {name: bound(cell) for name, cell in zip(columns, row, strict=True) if cell is not None} for row in rows
        ]
        content = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def bound(cell: Term | ox.Triple) -> Mapping[str, Any]:
    """A cell as SPARQL 1.1 Query Results JSON has it."""
    match cell:
        case ox.NamedNode():
            return {"type": "uri", "value": cell.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": cell.value}
        case ox.Literal():
            plain = {"type": "literal", "value": cell.value}
            if cell.language:
                return plain | {"xml:lang": cell.language}
            return plain if cell.datatype.value == f"{_XSD}string" else plain | {"datatype": cell.datatype.value}
    parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
    return {"type": "triple", "value": {name: bound(part) for name, part in parts.items()}}


def _turtle(result: Result) -> str:
    if result.triples is None:
        raise QueryError("rows cannot be written as Turtle: ask for a table, CSV or JSON, or write a CONSTRUCT query")
    data = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert data is not None  # no output was given
    return data.decode()


FORMS: dict[str, Callable[[Result], str]] = {"table": _table, "csv": _csv, "json": _json, "turtle": _turtle}
