"""`kg identity`: what was decided about who is who, why, and the user's own word on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.commands.console import plain
from kg.model import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.decisions import Listed, Told
    from kg.model import Judgement

app = typer.Typer(
    name="identity",
    no_args_is_help=True,
    help="List, explain, confirm, reject and undo decisions on which records are one thing.",
)
OUTPUT, RULINGS = Path("output"), "rulings.toml"

FolderOption = Annotated[Path, typer.Option("--output", "-o", help="Folder that `kg build` wrote.")]
RulingsOption = Annotated[
    Path | None, typer.Option("--rulings", help="File of your decisions; rulings.toml in the folder unless given.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
IdArgument = Annotated[str, typer.Argument(help="Id of a judgement, or its beginning.")]


@app.command("list")
def show_all(
    output: FolderOption = OUTPUT,
    decision: Annotated[Decision | None, typer.Option(help="Only decisions of this kind.")] = None,
    name: Annotated[str, typer.Option(help="Only where one of the two names holds this, whatever its case.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List decisions: the least sure first, those by hand before all."""
    from kg.decisions import Decisions

    with Decisions(output) as decisions:
        found = sorted(decisions.all(decision, name), key=_urgent)
        _print([decisions.listed(*one) for one in found[:limit]], as_json)


def _urgent(one: tuple[str, Judgement]) -> tuple[bool, float, str]:
    identifier, judgement = one
    return judgement.method != "ruling", 2.0 if judgement.score is None else judgement.score, identifier


def _print(found: Sequence[Listed], as_json: bool) -> None:
    if as_json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found)).decode() + "\n")
        return
    table = Table(title=f"{len(found):,} decisions")
    for column in ("id", "decision", "score", "one", "other", "evidence"):
        table.add_column(column, no_wrap=column in ("id", "decision", "score"))
    for one in found:
        score = "" if one.score is None else f"{one.score:.2f}"
        cells = (one.id, one.decision.value, score, one.left.name, one.right.name, f"{one.method}: {one.evidence}")
        table.add_row(*(Text(plain(cell)) for cell in cells))  # not markup: names come from the texts
    Console().print(table)


@app.command()
def explain(identifier: IdArgument, output: FolderOption = OUTPUT, as_json: JsonOption = False) -> None:
    """Say why two records are, or are not, one thing, with the words of both texts."""
    from kg.decisions import Decisions

    with Decisions(output) as decisions:
        one = decisions.listed(*decisions.find(identifier))
    if as_json:
        _print([one], as_json)
        return
    score = "" if one.score is None else f", score {one.score:.2f}"
    print(f"{one.id}: {one.decision.value}, by {one.method}{score}")
    print(plain(f"  because {one.evidence}"))
    for side in (one.left, one.right):
        print(_described(side))


def _described(side: Told) -> str:
    source = ", ".join(part for part in (side.publisher, side.date) if part) or side.document
    said = plain(f"{side.name} ({side.kind}) in {source}: “… {side.words} …”")
    return f"  {said}\n    node {side.key}"


@app.command()
def confirm(identifier: IdArgument, output: FolderOption = OUTPUT, rulings: RulingsOption = None) -> None:
    """Say that the two are one thing; every later build obeys."""
    _rule(identifier, Decision.SAME, output, rulings)


@app.command()
def reject(identifier: IdArgument, output: FolderOption = OUTPUT, rulings: RulingsOption = None) -> None:
    """Say that the two are not one thing; every later build obeys."""
    _rule(identifier, Decision.DIFFERENT, output, rulings)


def _rule(identifier: str, decision: Decision, output: Path, path: Path | None) -> None:
    from kg.decisions import Decisions, ruling
    from kg.resolve import rulings

    file = path or output / RULINGS
    with Decisions(output) as decisions:
        found, judgement = decisions.find(identifier)
    kept = [each for each in rulings.load(file) if each.id != found]
    rulings.save(file, [*kept, ruling(found, judgement, decision)])
    outcome = "are one thing" if decision is Decision.SAME else "are not one thing"
    names = plain(f"{judgement.left_name} and {judgement.right_name}")
    print(f"{names} {outcome}: written to {file}; run 'kg build' again to apply it")


@app.command()
def undo(identifier: IdArgument, output: FolderOption = OUTPUT, rulings: RulingsOption = None) -> None:
    """Take back what you decided; later builds decide by themselves again."""
    from kg.errors import RulingError
    from kg.resolve import rulings as store

    file = rulings or output / RULINGS
    found = store.load(file)
    fitting = [ruling for ruling in found if identifier and ruling.id.startswith(identifier)]
    if len(fitting) != 1:
        count = f"{len(fitting)} rulings begin" if fitting else "no ruling begins"
        raise RulingError(f"{file}: {count} with {identifier!r}: there are {', '.join(r.id for r in found) or 'none'}")
    store.save(file, [ruling for ruling in found if ruling != fitting[0]])
    names = plain(f"{fitting[0].left.name} and {fitting[0].right.name}")
    print(f"{names}: no longer decided by hand; run 'kg build' again to apply it")
