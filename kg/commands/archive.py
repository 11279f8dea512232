"""Commands on the archive of a folder: building it, what it holds, taking documents out, keeping copies."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.commands.console import Bars, fail, plain
from kg.commands.identity import RULINGS, RulingsOption
from kg.config import Profile, load_settings

if TYPE_CHECKING:
    from kg.archive import Archive
    from kg.pipeline import Built

app = typer.Typer()
_PANEL = "Archive"
OUTPUT = Path("output")
INTERRUPTED = 130  # 128 + SIGINT, as shells have it

FolderOption = Annotated[Path, typer.Option("--output", "-o", help="Folder that `kg build` wrote.")]
SettingsOption = Annotated[Path | None, typer.Option("--settings", help="TOML file of settings.", exists=True)]
FilesOption = Annotated[
    bool, typer.Option("--files/--no-files", help="Write graph.trig, graph.ttl and graph.html, or the store alone.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.command(rich_help_panel=_PANEL)
def build(
    paths: Annotated[list[Path] | None, typer.Argument(help="Text files and folders of them.")] = None,
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
    server: Annotated[
        str | None, typer.Option(help="SPARQL 1.1 server to keep the graph on: its address for queries; '' for none.")
    ] = None,
    update_url: Annotated[str | None, typer.Option(help="Its address for updates, where it does not follow.")] = None,
    graph_store_url: Annotated[str | None, typer.Option(help="Its address for the Graph Store Protocol.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Forget what the folder holds and begin from nothing.")] = False,
    files: FilesOption = True,
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read news reports into the graph of a folder: store/, graph.trig, graph.ttl, graph.html and summary.json.

    Documents that the folder holds already stay as they are, and a file whose text has changed replaces what it gave
    before; without a path, the graph is brought up to date with your rulings.  What cannot be read is skipped,
    counted by reason and never stops the batch.  An interrupted build goes on where it was.
    """
    from kg import output as writer
    from kg.archive import Archive, forget, vacate
    from kg.pipeline import build as run

    if anew:
        forget(output)
    given = {"base": base, "spacy_model": model, "profile": profile, "knowledge": knowledge, "rulings": rulings}
    unsaid = None if server is None else ""  # what went with another server does not go with this one
    given |= {"server": server, "update_url": update_url or unsaid, "graph_store_url": graph_store_url or unsaid}
    named = {name: str(value) if isinstance(value, Path) else value for name, value in given.items()}
    options = load_settings(settings, Archive.settings_of(output), **named)
    options = options if options.rulings else msgspec.structs.replace(options, rulings=str(output / RULINGS))
    started = time.perf_counter()
    if anew:
        vacate(options)
    with Archive.open(output, options) as archive, Bars(hidden=quiet or as_json) as bars:
        try:
            built = run(paths or [], options, archive, bars.update)
            bars.note("writing")
            writer.write(built, output, files)
        except KeyboardInterrupt:
            fail("interrupted; finished documents are kept: run the same command again to go on", INTERRUPTED)
        _report(built, output, time.perf_counter() - started, quiet, as_json)
        if paths and not built.added + built.unchanged:
            reasons = "; ".join(message for _, _, message in built.skipped[:3])
            fail(f"no document could be read: {reasons or 'no files found'}")


def _report(built: Built, output: Path, seconds: float, quiet: bool, as_json: bool) -> None:
    from kg.output import summary

    if as_json:
        sys.stdout.write(summary(built).decode())
    elif not quiet:
        _print_summary(built, output, seconds)


def _print_summary(built: Built, output: Path, seconds: float) -> None:
    _print_counts("Graph", built.counts())
    for reason, count in sorted(Counter(reason for _, reason, _ in built.skipped).items()):
        print(f"skipped, {reason}: {count}")
    for _, _, message in built.skipped:
        print(f"  {plain(message)}")
    if built.unchanged:
        print(f"already there: {built.unchanged}")
    if outdated := built.archive.outdated:
        print(f"read by another version or with other settings: {outdated}; name their files again to read them anew")
    if (output / "graph.html").is_file():
        print(f"page: {output / 'graph.html'}")
    print(f"took {seconds:.1f} seconds")


def _print_counts(title: str, counts: dict[str, int]) -> None:
    table = Table(title=title, show_header=False)
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    Console().print(table)


@app.command(rich_help_panel=_PANEL)
def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids of documents, beginnings of ids, or their files.")],
    output: FolderOption = OUTPUT,
    files: FilesOption = True,
    quiet: QuietOption = False,
) -> None:
    """Take documents out of the graph, with everything that rested on them alone."""
    with _standing(output) as archive:
        for document in dict.fromkeys([archive.find(wanted) for wanted in documents]):
            archive.remove(document)
            if not quiet:
                print(f"removed {document}")
        _rewritten(archive, output, files)


def _standing(output: Path) -> Archive:
    from kg.archive import Archive

    return Archive.standing(output)


def _rewritten(archive: Archive, output: Path, files: bool = True) -> None:
    from kg import output as writer
    from kg.pipeline import Built

    archive.update()
    writer.write(Built(archive), output, files)


@app.command("list", rich_help_panel=_PANEL)
def list_documents(output: FolderOption = OUTPUT, as_json: JsonOption = False) -> None:
    """List the documents of the graph: id, outlet, date, title and the files that they came from."""
    from kg.archive import Archive

    with Archive.reading_entries(output) as entries:
        if as_json:
            found = [{"id": name, **msgspec.to_builtins(entry)} for name, entry in entries.items()]
            sys.stdout.write(msgspec.json.format(msgspec.json.encode(found)).decode() + "\n")
            return
        table = Table(title=f"{len(entries):,} documents")
        for column in ("id", "outlet", "date", "title", "file"):
            table.add_column(column, overflow="fold")
        for name, entry in entries.items():
            cells = (name, entry.publisher, entry.date, entry.title, ", ".join(Path(p).name for p in entry.paths))
            table.add_row(*(Text(plain(cell)) for cell in cells))  # not markup: they come from the texts
        Console().print(table)


@app.command(rich_help_panel=_PANEL)
def stats(output: FolderOption = OUTPUT, as_json: JsonOption = False) -> None:
    """Count what the graph holds, and how much room it takes."""
    from kg.remote.standing import RECORDS, STORE, standing
    from kg.tally import tally

    with standing(output) as store:
        counts = tally(store) | {"triples": len(store)}
    kept = [output / RECORDS, *(path for path in sorted((output / STORE).rglob("*")) if path.is_file())]
    counts["kilobytes on disk"] = sum(path.stat().st_size for path in kept if path.exists()) // 1024
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(counts)).decode() + "\n")
    else:
        _print_counts(str(output), counts)


@app.command(rich_help_panel=_PANEL)
def compact(output: FolderOption = OUTPUT) -> None:
    """Give back the space of what was removed or replaced."""
    with _standing(output) as archive:
        archive.compact()


@app.command(rich_help_panel=_PANEL)
def backup(
    target: Annotated[Path, typer.Argument(help="New folder for the copy.")], output: FolderOption = OUTPUT
) -> None:
    """Copy the records, the store and your decisions into a new folder."""
    with _standing(output) as archive:
        archive.backup(target)
    print(target)


@app.command(rich_help_panel=_PANEL)
def restore(
    source: Annotated[Path, typer.Argument(help="Folder that `kg backup` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder without a graph, to restore into.")] = OUTPUT,
    files: FilesOption = True,
) -> None:
    """Put a copy back and write the files of its graph."""
    from kg import archive as room

    room.restore(source, output)
    with _standing(output) as archive:
        _rewritten(archive, output, files)
    print(output)
