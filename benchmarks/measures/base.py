"""What a measure is: a named run of the project over one corpus that gives figures and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.metrics import Offsets, spread
from benchmarks.report import Figure, Finding, Outcome, excerpt, with_references
from benchmarks.system import System
from kg.config import Profile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """What to run on: a part of the corpus, and at most so many of its documents (all when None)."""

    part: str = "dev"
    limit: int | None = None

    def take(self, items: Iterable[T]) -> list[T]:
        """`limit` items, evenly spread over the corpus: neighbours often share their outlet or topic."""
        found = list(items)
        return found if self.limit is None else spread(found, self.limit)


@dataclass(slots=True)
class Sheet:
    """Collects what a run gives."""

    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(
        self,
        kind: str,
        label: str,
        document: str,
        text: str,
        span: Offsets,
        note: str = "",
        traits: tuple[str, ...] = (),
    ) -> None:
        """Keep one error with the words around it."""
        context = excerpt(text, span)
        found = Finding(kind=kind, label=label, document=document, context=context, note=note, traits=traits)
        self.findings.append(found)

    def differ(
        self, label: str, document: str, text: str, gold: Iterable[Offsets], predicted: Iterable[Offsets]
    ) -> None:
        """Keep spans that only one side has."""
        expected, given = set(gold), set(predicted)
        for span in sorted(expected ^ given):
            self.note("missed" if span in expected else "spurious", label, document, text, span)


@dataclass(frozen=True, slots=True)
class Measure:
    """`run` analyses the corpus with the system and fills the sheet; `parts` lists the corpus' parts.

    A measure of `every_profile` compares the profiles, whichever the system was set to.
    """

    name: str
    data: str
    run: Callable[[System, Request, Sheet], None]
    parts: tuple[str, ...] = ("dev",)
    every_profile: bool = False

    def measure(self, system: System, request: Request) -> Outcome:
        """Run, and put figures, references, speed and configuration together."""
        sheet = Sheet()
        self.run(system, request, sheet)
        configuration = system.configuration()
        if self.every_profile:
            configuration["profile"] = " and ".join(Profile)
        return Outcome(
            measure=self.name,
            data=f"{self.data}, {request.part}" if len(self.parts) > 1 else self.data,
            documents=system.tally.documents,
            words=system.tally.words,
            words_per_cpu_second=round(system.tally.speed, 1),
            configuration=configuration,
            figures=with_references(self.name, tuple(sheet.figures)),
            findings=tuple(sheet.findings),
        )
