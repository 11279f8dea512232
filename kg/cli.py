"""The command line: parses, calls, prints.  All work is done by the modules it imports when a command needs them."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import __version__
from kg.commands import query as query_commands
from kg.commands.archive import app as archive
from kg.commands.console import fail
from kg.commands.identity import app as identity
from kg.commands.serve import serve
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.store import Store

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="News text in, an RDF knowledge graph out: what happened is never confused with who says it happened.",
)
OUTPUT = Path("output")
FolderOption = Annotated[Path, typer.Option("--output", "-o", help="Folder that `kg build` wrote.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]

app.registered_commands += archive.registered_commands
_QUESTIONS = "Questions"
app.command(context_settings=query_commands.ARGUMENTS, rich_help_panel=_QUESTIONS)(query_commands.query)
app.command(rich_help_panel=_QUESTIONS)(query_commands.ask)
app.command(rich_help_panel=_QUESTIONS)(query_commands.search)
app.command(rich_help_panel=_QUESTIONS)(serve)
app.add_typer(identity, rich_help_panel="Identity")


def main() -> None:
    """Run the command line; expected failures are one line on standard error and exit code 1."""
    try:
        app()
    except KgError as error:
        fail(str(error))
    except BrokenPipeError:  # the reader of our output has gone: `kg query ... | head`
        sys.stderr.close()
        raise SystemExit(0) from None


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


@app.command(rich_help_panel="Output")
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


@app.command(rich_help_panel="Output")
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


@app.command(rich_help_panel="Output")
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
    from kg.remote.standing import standing

    return standing(folder)
