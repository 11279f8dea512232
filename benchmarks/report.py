"""Figures and findings of a run: what they are, and how they are shown as a table or as JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.data import References, load
from benchmarks.metrics import Counts, Offsets, spread

_SMALL = 10  # below this, two decimals are shown
_AROUND = 90  # characters of context on each side of a finding


class Figure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One number of a run.  Shares are in percent; `reference` and `aim` stand beside it for comparison.

    A `detail` splits up another figure and is shown below the others.
    """

    name: str
    value: float
    unit: str
    precision: float | None = None
    recall: float | None = None
    gold: int | None = None
    predicted: int | None = None
    reference: str = ""
    aim: str = ""
    detail: bool = False


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One concrete error: what was missed, spurious or wrong, and the words around it.

    `traits` are the kinds of thing that it concerns, where the measure tells them apart.
    """

    kind: str
    label: str
    document: str
    context: str
    note: str = ""
    traits: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that one measure gave, with what it was run on and with."""

    measure: str
    data: str
    documents: int
    words: int
    words_per_cpu_second: float
    configuration: dict[str, str]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...] = ()


def f1(name: str, counts: Counts, detail: bool = False) -> Figure:
    """Precision, recall and F1 in percent."""
    return Figure(
        name=name,
        value=_percent(counts.f1),
        unit="F1",
        precision=_percent(counts.precision),
        recall=_percent(counts.recall),
        gold=round(counts.gold),
        predicted=round(counts.predicted),
        detail=detail,
    )


def recall(name: str, found: int, gold: int) -> Figure:
    """A recall in percent."""
    return Figure(name=name, value=_percent(found / gold if gold else 0.0), unit="recall", gold=gold)


def accuracy(name: str, right: int, gold: int) -> Figure:
    """A share of right answers in percent."""
    return Figure(name=name, value=_percent(right / gold if gold else 0.0), unit="accuracy", gold=gold)


def with_references(measure: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures with their reference and aim from the table of published figures."""
    known = load("references", References).measures.get(measure, {})
    return tuple(
        msgspec.structs.replace(figure, reference=known[figure.name].reference, aim=known[figure.name].aim)
        if figure.name in known
        else figure
        for figure in figures
    )


def excerpt(text: str, span: Offsets, around: int = _AROUND) -> str:
    """`span` marked in its surroundings, on one line."""
    begin, end = span
    before, after = text[max(0, begin - around) : begin], text[end : end + around]
    return " ".join(f"{before}⟦{text[begin:end]}⟧{after}".split())


def show(outcome: Outcome, console: Console) -> None:
    """Print the figures as a table under what they were measured on."""
    table = Table(title=f"{outcome.measure}: {outcome.data}", title_justify="left")
    table.add_column("figure")
    for heading in ("value", "P", "R", "gold", "predicted"):
        table.add_column(heading, justify="right")
    for heading in ("unit", "aim", "reference"):
        table.add_column(heading)
    for detail in (False, True):
        for f in (figure for figure in outcome.figures if figure.detail == detail):
            numbers = (_number(f.value), _number(f.precision), _number(f.recall), _count(f.gold), _count(f.predicted))
            table.add_row(f.name, *numbers, f.unit, f.aim, f.reference, style="dim" if detail else None)
        table.add_section()
    console.print(table)
    settings = ", ".join(f"{key}={value}" for key, value in outcome.configuration.items())
    console.print(
        f"{outcome.documents} documents, {outcome.words:,} words, "
        f"{outcome.words_per_cpu_second:,.0f} words per CPU second; {settings}\n",
        highlight=False,
    )


def markdown(outcome: Outcome) -> str:
    """The figures as rows of a Markdown table.

    Columns: measure, profile, figure, value, precision, recall, unit, aim, reference.
    """
    rows = []
    for f in outcome.figures:
        numbers = (_number(f.value), _number(f.precision), _number(f.recall))
        cells = (outcome.measure, outcome.configuration["profile"], f.name, *numbers, f.unit, f.aim, f.reference)
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def chosen(findings: Sequence[Finding], only: Collection[str]) -> tuple[Finding, ...]:
    """The findings that are all of `only`: each word a kind, label or trait; everything where it is empty."""
    return tuple(f for f in findings if {f.kind, f.label, *f.traits}.issuperset(only))


def show_findings(outcome: Outcome, limit: int, console: Console) -> None:
    """Print at most `limit` findings of each kind and label, spread evenly over the documents."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in outcome.findings:
        groups.setdefault((finding.kind, finding.label), []).append(finding)
    for (kind, label), found in sorted(groups.items()):
        console.print(f"{kind} {label}: {len(found)}", style="bold", markup=False, highlight=False)
        for finding in spread(found, limit):
            about = "; ".join((*finding.traits, finding.note) if finding.note else finding.traits)
            note = f"[{about}] " if about else ""
            line = f"  {finding.document[:28]}: {note}{finding.context}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def _percent(share: float) -> float:
    return round(100 * share, 2)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.1f}" if abs(value) >= _SMALL else f"{value:,.2f}"


def _count(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
