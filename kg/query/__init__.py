"""Questions to the graph: named ones, files and any SPARQL, read-only and without the network.

Values that a user gives are bound to variables, never pasted into the text of a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec
import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.terms import PREFIXES
from kg.query import central
from kg.query.binding import Binder
from kg.query.listed import listed
from kg.query.question import Kind, Parameter, Question, catalogue, checked, parse
from kg.query.result import SPO, Result, Row, render
from kg.query.rows import ordered
from kg.query.sparql import check, fault, is_ordered, is_sparql
from kg.query.stages import answered
from kg.search import Index
from kg.store import Store, Term

Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

Function: TypeAlias = Callable[[Store, Mapping[str, str], Index | None], tuple[Sequence[str], Iterator[Row]]]

T = TypeVar("T")

__all__ = ["FUNCTIONS", "Result", "Stream", "ask", "named_questions", "render", "stream"]


def named_questions() -> list[Question]:
    """All named questions, sorted by name."""
    return list(catalogue().values())


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer whose rows or triples come as they are found; all else of it is in `rest`."""

    rest: Result
    rows: Iterator[Row]
    triples: Iterator[ox.Triple] | None = None


def ask(
    store: Store,
    question: str,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
    describe: bool = False,
    index: Index | None = None,
) -> Result:
    """Answer `question`: the name of one, the path of a .rq file, or SPARQL.

    `parameters` are bound to the variables of their names, which `index` finds where a store is large.  Rows come in a
    fixed order, at most `limit` of them.  With `describe`, the answer to a SELECT also holds what the graph says of
    each resource it names.  Raises `QueryError` with one line to mend the question by.
    """
    found = _find(question, parameters or {})
    answer = _answer(store, found, checked(found, parameters or {}), index)
    if answer.triples is not None:
        return replace(answer.rest, triples=tuple(sorted(set(_guarded(answer.triples)), key=str))[:limit])
    loose = not (found.sort or found.function or is_ordered(found.sparql))
    found_rows: Iterable[Row] = _guarded(answer.rows)
    rows = tuple(islice(ordered(answer.rest.columns, found_rows, ()) if loose else found_rows, limit))
    result = replace(answer.rest, rows=rows)
    return replace(result, triples=_descriptions(store, rows)) if describe else result


def stream(
    store: Store,
    question: str,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
    index: Index | None = None,
) -> Stream:
    """As `ask`, with rows that come one by one, so that the first are there at once and no answer is too large.

    The rows of SPARQL that does not order them itself come in the store's order.  A graph comes as its triples.
    """
    found = _find(question, parameters or {})
    answer = _answer(store, found, checked(found, parameters or {}), index)
    if answer.triples is None:
        return Stream(answer.rest, islice(_guarded(answer.rows), limit))
    triples = ((triple.subject, triple.predicate, triple.object) for triple in answer.triples)
    return Stream(replace(answer.rest, columns=SPO), islice(_guarded(triples), limit))


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


def _answer(store: Store, question: Question, values: Mapping[str, str], index: Index | None) -> Stream:
    """The question for any of the terms that its parameters may stand for."""
    if question.function:
        names, found = FUNCTIONS[question.function](store, values, index)
        notes = tuple(f"{name}: {value}" for name, value in values.items())
        return Stream(Result(title=question.title, details=question.details, notes=notes, columns=tuple(names)), found)
    check(question.sparql)
    binder = Binder(store, index)
    bound = dict(binder.bind(p, values[p.name]) for p in question.parameters if p.name in values)
    text = question.text(bound)
    rest = Result(title=question.title, details=question.details, notes=tuple(binder.notes))
    if question.sort:
        items = listed(question, bound, index) if index else None
        rows = answered(question, text, lambda part: _selected(store, part), items)
        return Stream(replace(rest, columns=rows.columns), rows.rows)
    free = {name: terms[0] for name, terms in bound.items() if f"#if {name}" not in question.sparql}
    answer = _solved(store, text, free)
    if isinstance(answer, ox.QueryBoolean):
        verdict = bool(answer)
        return Stream(replace(rest, columns=("answer",), verdict=verdict), iter(((ox.Literal(verdict),),)))
    if isinstance(answer, ox.QueryTriples):
        return Stream(rest, iter(()), answer)
    columns = tuple(variable.value for variable in answer.variables)
    return Stream(replace(rest, columns=columns), (tuple(row[name] for name in columns) for row in answer))


def _selected(store: Store, text: str) -> ox.QuerySolutions:
    answer = _solved(store, text)
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError("only the rows of a SELECT can be sorted")
    return answer


def _guarded(found: Iterable[T]) -> Iterator[T]:
    """`found`, what goes wrong on the way told as ours."""
    try:
        yield from found
    except (RuntimeError, ValueError, OSError) as error:
        raise _fault(error) from error


def _fault(error: Exception) -> QueryError:
    return QueryError(f"the query cannot be run: {' '.join(str(error).split())}")


def _solved(store: Store, text: str, bindings: Mapping[str, Term] | None = None) -> Answer:
    try:
        answer: Answer = store.query(text, bindings, PREFIXES)
    except SyntaxError as error:
        raise fault(error, text) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise _fault(error) from error
    return answer


def _descriptions(store: Store, rows: tuple[Row, ...]) -> tuple[ox.Triple, ...]:
    """All triples about the resources in `rows`."""
    resources = dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, ox.NamedNode))
    return tuple(sorted({triple for resource in resources for triple in _description(store, resource)}, key=str))


def _description(store: Store, resource: ox.NamedNode) -> Iterator[ox.Triple]:
    for quad in store.inner.quads_for_pattern(resource, None, None, None):
        yield quad.triple


# Questions that SPARQL cannot answer, by the `function` of their header.
FUNCTIONS: dict[str, Function] = {"central": central.answer}
