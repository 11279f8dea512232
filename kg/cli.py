"""The command line: parses, calls, prints.  All work is done by the modules it imports when a command needs them."""

from __future__ import annotations

import sys
import time
import webbrowser
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from kg import __version__
from kg.config import Profile, load_settings
from kg.errors import KgError, QueryError
from kg.identity_commands import RULINGS, RulingsOption
from kg.identity_commands import app as identity

if TYPE_CHECKING:
    from kg.pipeline import Built
    from kg.store import Store

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="News text in, an RDF knowledge graph out: what happened is never confused with who says it happened.",
)
app.add_typer(identity)
OUTPUT = Path("output")
INTERRUPTED = 130  # 128 + SIGINT, as shells have it

FolderOption = Annotated[Path, typer.Option("--output", "-o", help="Folder that `kg build` wrote.")]
SettingsOption = Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.", exists=True)]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]


class Form(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def main() -> None:
    """Run the command line; expected failures are one line on standard error and exit code 1."""
    try:
        app()
    except KgError as error:
        _fail(str(error))
    except BrokenPipeError:  # the reader of our output has gone: `kg query ... | head`
        sys.stderr.close()
        raise SystemExit(0) from None


def _fail(message: str, code: int = 1) -> NoReturn:
    print(f"kg: {message}", file=sys.stderr)
    raise SystemExit(code)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"newskg {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command."""


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="Text files and folders of them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the graph and the page to.")] = OUTPUT,
    settings: SettingsOption = None,
    base: Annotated[str | None, typer.Option(help="Base IRI of everything minted; ends in '/' or '#'.")] = None,
    model: Annotated[str | None, typer.Option(help="Installed spaCy pipeline to use.")] = None,
    profile: Annotated[
        Profile | None, typer.Option(help="Find statements by a trained model, or fast by rules alone.")
    ] = None,
    knowledge: Annotated[
        Path | None, typer.Option(help="Your own knowledge base, CSV or RDF: records are linked to it.")
    ] = None,
    rulings: RulingsOption = None,
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read news reports and write graph.trig, graph.ttl, graph.html, store/ and summary.json.

    What cannot be read is skipped, counted by reason and never stops the batch.  Documents that an earlier,
    perhaps interrupted, run into the same folder finished are not analysed again.
    """
    from kg import output as writer
    from kg.journal import Journal
    from kg.pipeline import build as run

    options = load_settings(settings, base=base, spacy_model=model, profile=profile, **_files(knowledge, rulings))
    options = options if options.rulings else msgspec.structs.replace(options, rulings=str(output / RULINGS))
    started = time.perf_counter()
    _make_folder(output)
    with Journal(output / ".journal.jsonl", options) as journal, _Bars(hidden=quiet or as_json) as bars:
        try:
            built = run(paths, options, journal, bars.update)
            if built.analyses:
                bars.note("writing")
                writer.write(built, output)
        except KeyboardInterrupt:
            _fail("interrupted; finished documents are kept: run the same command again to go on", INTERRUPTED)
    _report(built, output, time.perf_counter() - started, quiet, as_json)


def _files(knowledge: Path | None, rulings: Path | None) -> dict[str, str]:
    return {name: str(path) for name, path in (("knowledge", knowledge), ("rulings", rulings)) if path is not None}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(f"{folder}: cannot make the output folder: {error.strerror}") from error


def _report(built: Built, output: Path, seconds: float, quiet: bool, as_json: bool) -> None:
    from kg.output import summary

    if as_json:
        sys.stdout.write(summary(built).decode())
    elif not quiet:
        _print_summary(built, output, seconds)
    if not built.analyses:
        reasons = "; ".join(message for _, _, message in built.skipped[:3])
        _fail(f"no document could be read: {reasons or 'no files found'}")


def _print_summary(built: Built, output: Path, seconds: float) -> None:
    table = Table(title="Graph", show_header=False)
    for name, count in built.counts().items():
        table.add_row(name, f"{count:,}")
    Console().print(table)
    for reason, count in sorted(Counter(reason for _, reason, _ in built.skipped).items()):
        print(f"skipped, {reason}: {count}")
    for _, _, message in built.skipped:
        print(f"  {message}")
    if built.analyses:
        print(f"page: {output / 'graph.html'}")
    print(f"took {seconds:.1f} seconds")


class _Bars:
    """A progress bar per stage on standard error; nothing when hidden."""

    def __init__(self, hidden: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=hidden,
            transient=True,
        )
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are finished in `stage`."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    def note(self, stage: str) -> None:
        """Show a stage whose length is not known."""
        self._progress.add_task(stage, total=None)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="A named question, a .rq file, or SPARQL.")] = None,
    output: FolderOption = OUTPUT,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to print the answer.")] = Form.TABLE,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many rows.")] = None,
) -> None:
    """Ask the built graph: a named question with its parameters, a query file, or SPARQL.

    Without a question, lists the named ones.  Parameters follow as options:
    kg query who-said --about Kharkiv
    """
    from kg import query as questions

    if question is None:
        _list_questions()
        return
    with _open_store(output) as store:
        result = questions.ask(store, question, _parameters(context.args), limit, describe=form is Form.TURTLE)
    sys.stdout.write(questions.render(result, form.value))


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


@app.command()
def validate(
    file: Annotated[Path | None, typer.Argument(help="RDF file; without one, the built graph.")] = None,
    output: FolderOption = OUTPUT,
    quiet: QuietOption = False,
) -> None:
    """Check a graph against the shapes and explain each finding in a sentence; exit code 1 if there are any."""
    from kg.validate import validate as check

    graph = file if file is not None else _built(output, "graph.trig")
    report = check(graph)
    for finding in report.findings:
        print(finding)
    if not quiet:
        verdict = "conforms to the shapes" if report.conforms else f"{len(report.findings)} findings"
        print(f"{graph}: {verdict}")
    if not report.conforms:
        raise typer.Exit(1)


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", "-f", help="ttl, trig, nq, jsonld, graphml, gexf, geojson or csv.")],
    target: Annotated[Path | None, typer.Option("--to", help="File (folder for csv) to write.")] = None,
    output: FolderOption = OUTPUT,
    quiet: QuietOption = False,
) -> None:
    """Write the built graph in another format."""
    from kg.export import EXPORTERS

    if form not in EXPORTERS:
        raise KgError(f"unknown format {form!r}: choose one of {', '.join(EXPORTERS)}")
    path = target or output / ("tables" if form == "csv" else f"graph.{form}")
    with _open_store(output) as store:
        EXPORTERS[form].write(store, path)
    if not quiet:
        print(path)


@app.command()
def show(
    output: FolderOption = OUTPUT,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it, or only print where it is.")] = True,
) -> None:
    """Open the page of the built graph in a browser; it needs no network."""
    page = _built(output, "graph.html")
    print(page.resolve())
    if browser and not webbrowser.open(page.resolve().as_uri()):
        print("no browser found: open the file above in one", file=sys.stderr)


def _built(folder: Path, name: str) -> Path:
    """A file that `kg build` leaves in `folder`."""
    path = folder / name
    if not path.is_file():
        raise KgError(f"{path}: not there; run 'kg build' first or name its folder with -o")
    return path


def _open_store(folder: Path) -> Store:
    from kg.store import Store

    return Store.open(folder / "store", read_only=True)
