"""Command line: `python -m benchmarks NAME|all` prints figures, `python -m benchmarks errors NAME` what went wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from benchmarks.corpora import CorpusMissing
from benchmarks.measures import MEASURES
from benchmarks.measures.base import Measure, Request
from benchmarks.report import Outcome, chosen, markdown, show, show_findings
from benchmarks.system import System
from kg.config import Profile, load_settings
from kg.errors import KgError

_WIDE = 200  # columns where the output is no terminal
_COMMANDS = frozenset({"run", "errors", "--help"})

app = typer.Typer(
    name="python -m benchmarks",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=f"Measure the project on gold corpora.  Measures: all, {', '.join(MEASURES)}.",
)

Name = Annotated[str, typer.Argument(help="A measure, or all.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Only so many documents, evenly spread (speed: repeats).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines instead of tables.")]
Under = Annotated[Profile | None, typer.Option("--profile", help="How statements are found; else the default.")]
Only = Annotated[
    list[str] | None, typer.Option(help="Only this kind: missed, whole, direct...; given again, both must hold.")
]
Config = Annotated[Path | None, typer.Option("--settings", help="TOML file with the project's settings.")]


@app.command()
def run(
    name: Name,
    limit: Limit = None,
    part: Annotated[str, typer.Option(help="Part of the corpus: dev or, where there is one, train.")] = "dev",
    json: Json = False,
    rows: Annotated[bool, typer.Option("--markdown", help="Print rows of the table in README.md.")] = False,
    profile: Under = None,
    settings: Config = None,
) -> None:
    """Print figures beside their references; `run` itself can be left out."""
    missing = False
    for measure in _named(name):
        try:
            outcome = _measure(measure, part, limit, settings, profile)
        except CorpusMissing as error:
            _complain(f"{measure.name}: {error}")
            missing = True
            continue
        if json:
            _line(msgspec.structs.replace(outcome, findings=()))
        elif rows:
            sys.stdout.write(markdown(outcome) + "\n")
        else:
            show(outcome, _console())
    if missing:
        raise typer.Exit(1)


@app.command()
def errors(
    name: Name,
    limit: Limit = 20,
    only: Only = None,
    most: Annotated[int, typer.Option("--show", min=0, help="At most so many of each kind of error.")] = 20,
    part: Annotated[str, typer.Option(help="dev or train; by default train where the corpus has it.")] = "",
    json: Json = False,
    profile: Under = None,
    settings: Config = None,
) -> None:
    """List what a measure counts as missed, spurious or wrong, with the words around it."""
    for measure in _named(name):
        outcome = _filtered(_measure(measure, part or measure.parts[-1], limit, settings, profile), only or [])
        if json:
            for finding in outcome.findings:
                _line(finding)
        else:
            show_findings(outcome, most, _console())
            show(outcome, _console())


def _named(name: str) -> list[Measure]:
    if name == "all":
        return list(MEASURES.values())
    if name not in MEASURES:
        raise KgError(f"no measure {name!r}; there are: all, {', '.join(MEASURES)}")
    return [MEASURES[name]]


def _filtered(outcome: Outcome, only: list[str]) -> Outcome:
    """The outcome with the findings asked for; where there are none, one line says which there would be."""
    findings = chosen(outcome.findings, only)
    if only and not findings:
        known = sorted({word for f in outcome.findings for word in (f.kind, f.label, *f.traits)})
        _complain(f"{outcome.measure}: no error is {' and '.join(only)}; there are: {', '.join(known) or 'none'}")
    return msgspec.structs.replace(outcome, findings=findings)


def _measure(measure: Measure, part: str, limit: int | None, settings: Path | None, profile: Profile | None) -> Outcome:
    if part not in measure.parts:
        raise KgError(f"{measure.name} has no part {part!r}; it has: {', '.join(measure.parts)}")
    return measure.measure(System(load_settings(settings, profile=profile)), Request(part, limit))


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDE)


def _line(record: msgspec.Struct) -> None:
    sys.stdout.write(msgspec.json.encode(record).decode() + "\n")


def _complain(message: str) -> None:
    sys.stderr.write(f"benchmarks: {message}\n")


def main(arguments: list[str]) -> None:
    """Run; a bare measure name means `run NAME`.  Expected failures are one line on standard error and exit code 1."""
    try:
        app(["run", *arguments] if arguments and arguments[0] not in _COMMANDS else arguments)
    except KgError as error:
        _complain(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
