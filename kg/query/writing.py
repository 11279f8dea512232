"""Answers written as they come, row by row, so that none is too large to print and the first rows are there at once."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO, TypeAlias

from kg.query.result import Row, Value, bound, safe_cell, value

Writer: TypeAlias = Callable[[Sequence[str], Iterator[Row], TextIO], None]

_BREAK = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")


def write(columns: Sequence[str], rows: Iterator[Row], form: str, out: TextIO) -> None:
    """Write rows as "csv", "tsv", "json" (SPARQL results) or "jsonl" (one object a line)."""
    WRITERS[form](columns, rows, out)


def _csv(columns: Sequence[str], rows: Iterator[Row], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(value(cell)) for cell in row] for row in rows)


def _tsv(columns: Sequence[str], rows: Iterator[Row], out: TextIO) -> None:
    out.write("\t".join(columns) + "\n")
    for row in rows:
        out.write("\t".join(_flat(value(cell)) for cell in row) + "\n")


def _flat(item: Value) -> str:
    """A value that neither leaves its cell nor passes for a formula."""
    return "" if item is None else str(safe_cell(_BREAK.sub(" ", item) if isinstance(item, str) else item))


def _jsonl(columns: Sequence[str], rows: Iterator[Row], out: TextIO) -> None:
    for row in rows:
        out.write(json.dumps(dict(zip(columns, map(value, row), strict=True)), ensure_ascii=False) + "\n")


def _json(columns: Sequence[str], rows: Iterator[Row], out: TextIO) -> None:
    """SPARQL 1.1 Query Results JSON, a row a line."""
    out.write(f'{{"head": {json.dumps({"vars": list(columns)})}, "results": {{"bindings": [')
    for number, row in enumerate(rows):
        cells = {name: bound(cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
        out.write(f"{',' if number else ''}\n{json.dumps(cells, ensure_ascii=False)}")
    out.write("\n]}}\n")


WRITERS: dict[str, Writer] = {"csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _jsonl}
