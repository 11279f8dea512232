"""Questions to the graph: named ones, files and any SPARQL, read-only and without the network.

Values that a user gives are bound to variables, never pasted into the text of a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

import msgspec
import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.terms import PREFIXES
from kg.query import central
from kg.query.binding import Binder
from kg.query.question import Kind, Parameter, Question, catalogue, checked, parse
from kg.query.result import Result, Row, render
from kg.query.rows import joined, ordered
from kg.query.sparql import check, explain, is_ordered, is_sparql
from kg.store import Store, Term

Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

__all__ = ["FUNCTIONS", "Result", "ask", "named_questions", "render"]


def named_questions() -> list[Question]:
    """All named questions, sorted by name."""
    return list(catalogue().values())


def ask(
    store: Store,
    question: str,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
    describe: bool = False,
) -> Result:
    """Answer `question`: the name of one, the path of a .rq file, or SPARQL.

    `parameters` are bound to the variables of their names.  Rows come in a fixed order, at most `limit` of them.
    With `describe`, the answer to a SELECT also holds what the graph says of each resource it names.  Raises
    `QueryError` with one line to mend the question by.
    """
    found = _find(question, parameters or {})
    values = checked(found, parameters or {})
    answer = FUNCTIONS[found.function](store, values) if found.function else _answer(store, found, values)
    answer = replace(answer, title=found.title, details=found.details, rows=answer.rows[:limit])
    if answer.triples is not None:
        return replace(answer, triples=answer.triples[:limit])
    return replace(answer, triples=_descriptions(store, answer.rows)) if describe else answer


def _find(question: str, parameters: Mapping[str, str]) -> Question:
    """The question that the user means."""
    if question in catalogue():
        return catalogue()[question]
    if is_sparql(question):
        return _loose(parse(question, "query"), parameters)
    path = Path(question)
    if path.is_file():
        return _loose(parse(_text(path), path.stem), parameters)
    near = get_close_matches(question, catalogue(), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(catalogue())}"
    raise QueryError(f"no question is called {question!r}: {hint}")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read as a query: {error}") from error


def _loose(question: Question, parameters: Mapping[str, str]) -> Question:
    """A query that declares no parameters takes any."""
    free = tuple(Parameter(name=name, kind=Kind.TERM, help="") for name in parameters)
    return question if question.parameters else msgspec.structs.replace(question, parameters=free)


def _answer(store: Store, question: Question, values: Mapping[str, str]) -> Result:
    """Run the question once for each combination of terms that its parameters may stand for."""
    check(question.sparql)
    binder = Binder(store)
    bound = dict(binder.bind(p, values[p.name]) for p in question.parameters if p.name in values)
    free = {name: terms[0] for name, terms in bound.items() if f"#if {name}" not in question.sparql}
    answer = _solved(store, question.text(bound), free)
    if isinstance(answer, ox.QueryBoolean):
        return Result(columns=("answer",), rows=((ox.Literal(bool(answer)),),), verdict=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return Result(triples=tuple(sorted(set(answer), key=str)))
    columns = tuple(variable.value for variable in answer.variables)
    rows = tuple(tuple(row[name] for name in columns) for row in answer)
    if question.sort or not is_ordered(question.sparql):
        rows = ordered(columns, joined(columns, rows, question.join), question.sort)
    return Result(columns=columns, rows=rows, notes=tuple(binder.notes))


def _solved(store: Store, text: str, bindings: Mapping[str, Term]) -> Answer:
    try:
        answer: Answer = store.query(text, bindings, PREFIXES)
    except SyntaxError as error:
        raise QueryError(f"not valid SPARQL: {explain(error, text)}") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be run: {' '.join(str(error).split())}") from error
    return answer


def _descriptions(store: Store, rows: tuple[Row, ...]) -> tuple[ox.Triple, ...]:
    """All triples about the resources in `rows`."""
    resources = dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, ox.NamedNode))
    return tuple(sorted({triple for resource in resources for triple in _description(store, resource)}, key=str))


def _description(store: Store, resource: ox.NamedNode) -> Iterator[ox.Triple]:
    for quad in store.inner.quads_for_pattern(resource, None, None, None):
        yield quad.triple


# Questions that SPARQL cannot answer, by the `function` of their header.
FUNCTIONS: dict[str, Callable[[Store, Mapping[str, str]], Result]] = {"central": central.answer}
