"""`kg query`, `kg ask` and `kg search`: what one asks of a built graph."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import KgError, QueryError

if TYPE_CHECKING:
    from kg.search import Hit, Index
    from kg.store import Store

OUTPUT = Path("output")
STOPPED = 124  # the exit code of a question that took too long, as timeout(1) has it

ARGUMENTS = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Settings of the commands that take a question's parameters as options."""


class Form(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    TURTLE = "turtle"


FolderOption = Annotated[Path, typer.Option("--output", "-o", help="Folder that `kg build` wrote.")]
FormOption = Annotated[Form, typer.Option("--format", "-f", help="How to print the answer.")]
LimitOption = Annotated[int | None, typer.Option(min=1, help="At most this many rows.")]
TimeoutOption = Annotated[float | None, typer.Option(min=0.01, help="Stop after so many seconds.")]


def query(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="A named question, a .rq file, or SPARQL.")] = None,
    output: FolderOption = OUTPUT,
    form: FormOption = Form.TABLE,
    limit: LimitOption = None,
    timeout: TimeoutOption = None,
) -> None:
    """Ask the built graph: a named question with its parameters, a query file, or SPARQL.

    Without a question, lists the named ones.  Parameters follow as options:
    kg query who-said --about Kharkiv
    """
    if question is None:
        _list_questions()
        return
    with _watch(timeout):
        _answer(output, question, _parameters(context.args), form, limit)


def ask(
    words: Annotated[list[str] | None, typer.Argument(help="A question in everyday words.")] = None,
    output: FolderOption = OUTPUT,
    form: FormOption = Form.TABLE,
    limit: LimitOption = None,
    timeout: TimeoutOption = None,
) -> None:
    """Ask in everyday words: kg ask who said Kharkiv; kg ask what happened in Izyum.

    Says which named question was asked.  What it does not understand, it answers with what can be asked.
    """
    from kg.query.asking import suggestions, understood

    text = " ".join(words or ())
    asked = understood(text)
    if asked is None:
        listed = "\n".join(f"  {pattern}" for pattern in suggestions(text))
        if text:
            raise QueryError(f"not understood: {_plain(text)!r}; what can be asked:\n{listed}")
        print(f"What can be asked:\n{listed}")
        return
    options = " ".join(f"--{name} {value!r}" for name, value in asked.parameters.items())
    print(_plain(f"kg query {asked.question} {options}".rstrip()), file=sys.stderr)
    with _watch(timeout):
        _answer(output, asked.question, asked.parameters, form, limit)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all be there.")],
    output: FolderOption = OUTPUT,
    kind: Annotated[str | None, typer.Option(help="Only name, title, statement or event.")] = None,
    form: FormOption = Form.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="At most this many hits.")] = 20,
) -> None:
    """Find words in the names, titles, statements and events of the graph, the best first."""
    from kg.query.writing import WRITERS
    from kg.search import FILE, KINDS, Index

    if kind not in (None, *KINDS):
        raise KgError(f"there is no kind {kind!r}: choose one of {', '.join(KINDS)}")
    path = output / FILE
    if not path.is_file():
        raise KgError(f"{path}: not there; run 'kg build' first or name its folder with -o")
    with Index(path, read_only=True) as index:
        hits = index.find(" ".join(words), kind, limit)
    if form is Form.TABLE:
        _print_hits(hits)
    elif form.value in WRITERS:
        _write_hits(hits, form)
    else:
        raise KgError(f"hits are not printed as {form.value}: choose one of table, {', '.join(WRITERS)}")


def _print_hits(hits: list[Hit]) -> None:
    table = Table(title=f"{len(hits)} hit{'' if len(hits) == 1 else 's'}", title_justify="left")
    for column in ("kind", "document", "words", "iri"):
        table.add_column(column, no_wrap=column == "kind", overflow="fold")
    for hit in hits:
        words = Text(_plain(hit.words))  # not markup: the words come from the texts
        for span in hit.found:
            words.stylize("bold", span.begin, span.end)
        table.add_row(hit.kind, _plain(hit.document), words, _plain(hit.iri))
    Console().print(table)


def _write_hits(hits: list[Hit], form: Form) -> None:
    import pyoxigraph as ox

    from kg.query.writing import write

    rows = ((ox.Literal(h.kind), ox.Literal(h.document), ox.Literal(h.words), ox.NamedNode(h.iri)) for h in hits)
    write(("kind", "document", "words", "iri"), rows, form.value, sys.stdout)


def _answer(output: Path, question: str, parameters: dict[str, str], form: Form, limit: int | None) -> None:
    from kg import query as questions
    from kg.query.sparql import SparqlError
    from kg.query.writing import WRITERS, write

    try:
        with _open(output) as (store, index):
            if form.value in WRITERS:
                found = questions.stream(store, question, parameters, limit, index)
                if found.rest.verdict is None:
                    write(found.rest.columns, found.rows, form.value, sys.stdout)
                    return
            result = questions.ask(store, question, parameters, limit, form is Form.TURTLE, index)
            sys.stdout.write(questions.render(result, form.value))
    except SparqlError as error:
        print(f"kg: {error}\n{error.excerpt}".rstrip(), file=sys.stderr)
        raise typer.Exit(1) from error


@contextmanager
def _open(folder: Path) -> Iterator[tuple[Store, Index | None]]:
    """The store of a build, and its index where it has one."""
    from kg.remote.standing import standing
    from kg.search import FILE, Index

    with ExitStack() as stack:
        store = stack.enter_context(standing(folder))
        path = folder / FILE
        yield store, stack.enter_context(Index(path, read_only=True)) if path.is_file() else None


@contextmanager
def _watch(seconds: float | None) -> Iterator[None]:
    """End the process when the work within takes longer: the store only reads, and nothing can stop a query in it."""
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, _stop, (seconds,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stop(seconds: float) -> None:
    os.write(2, f"kg: stopped after {seconds:g} s: ask for less, or give a longer --timeout\n".encode())
    os._exit(STOPPED)


def _list_questions() -> None:
    from kg.query import named_questions

    table = Table(title="Named questions", show_lines=False)
    table.add_column("name", no_wrap=True)
    table.add_column("answers")
    table.add_column("parameters")
    for question in named_questions():
        table.add_row(question.name, question.title, " ".join(f"--{p.name}" for p in question.parameters))
    Console().print(table)


def _parameters(words: list[str]) -> dict[str, str]:
    """`--about Kharkiv --until=2022` as a mapping; anything else is an error that names the word."""
    parameters: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            raise QueryError(f"unexpected {word!r}: parameters are given as --name value")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not rest:
                raise QueryError(f"--{name} needs a value")
            value = rest.pop(0)
        parameters[name] = value
    return parameters


def _plain(text: str) -> str:
    """Text of a document as a terminal may have it: no control characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
