"""Conflicts and agreements against what a careful reader finds in groups of reports.

A comparison of ours is right when its two sides tell the two sides of one gold question: a statement by its words, an
event by its trigger.  A question is found when some comparison of ours is right on it.  Comparisons on what a reader
may or may not call a conflict or an agreement count neither way.  All reports go through resolution together, so that
one between reports of different groups is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.corpora import groups
from benchmarks.corpora.groups import Group, Place, Question
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts
from benchmarks.report import f1
from benchmarks.system import System
from kg.config import Settings
from kg.model import Analysis, Comparison, Ref, Span
from kg.resolve.identity import identify


@dataclass(slots=True)
class Score:
    """Questions found and comparisons that are right, for conflicts and for agreements."""

    conflicts: Counts = field(default_factory=Counts)
    agreements: Counts = field(default_factory=Counts)


class Told:
    """Where each statement and event of a batch stands."""

    def __init__(self, analyses: Iterable[Analysis]) -> None:
        self.documents = {}
        self.spans: dict[Ref, tuple[Span, ...]] = {}
        for analysis in analyses:
            self.documents[analysis.document.id] = analysis.document
            for event in analysis.events:
                self.spans[Ref(analysis.document.id, event.id)] = event.triggers
            for statement in analysis.statements:
                self.spans[Ref(analysis.document.id, statement.id)] = (*statement.content, *statement.cue)

    def on(self, ref: Ref, places: Iterable[Place]) -> bool:
        """Whether the record tells any of `places`."""
        return any(p.document == ref.document and p.span.overlaps(s) for p in places for s in self.spans[ref])

    def right(self, comparison: Comparison, question: Question) -> bool:
        """Whether the comparison is one of those that answer the question."""
        left, right = comparison.left, comparison.right
        if comparison.conflict != question.conflict:
            return False
        one, other = question.one, question.other
        return (self.on(left, one) and self.on(right, other)) or (self.on(left, other) and self.on(right, one))


def score(found: Sequence[Group], analyses: Sequence[Analysis], sheet: Sheet) -> Score:
    """All comparisons of the batch against all questions."""
    comparisons, told = identify(analyses).comparisons, Told(analyses)
    questions = [question for group in found for question in group.questions]
    total = Score(_counts(True, comparisons, questions, told), _counts(False, comparisons, questions, told))
    for comparison in comparisons:
        if not any(told.right(comparison, q) for q in questions):
            _note(sheet, comparison, told)
    for question in questions:
        if not question.arguable and not any(told.right(c, question) for c in comparisons):
            document = told.documents[question.one[0].document]
            place = question.one[0].span
            kind = "conflict" if question.conflict else "agreement"
            sheet.note("missed", kind, document.name, document.text, (place.begin, place.end), question.name)
    return total


def _counts(conflict: bool, comparisons: Sequence[Comparison], questions: Sequence[Question], told: Told) -> Counts:
    asked = [q for q in questions if q.conflict == conflict and not q.arguable]
    may = [q for q in questions if q.conflict == conflict and q.arguable]
    given = [c for c in comparisons if c.conflict == conflict]
    right = [c for c in given if any(told.right(c, q) for q in asked)]
    counted = [c for c in given if c in right or not any(told.right(c, q) for q in may)]
    found = sum(any(told.right(c, q) for c in given) for q in asked)
    return Counts(gold=len(asked), predicted=len(counted), found=found, right=len(right))


def _note(sheet: Sheet, comparison: Comparison, told: Told) -> None:
    document, span = told.documents[comparison.left.document], told.spans[comparison.left][0]
    kind = "conflict" if comparison.conflict else "agreement"
    sheet.note("spurious", kind, document.name, document.text, (span.begin, span.end), comparison.reason)


def _measure(load: Callable[[Settings], list[Group]]) -> Callable[[System, Request, Sheet], None]:
    def run(system: System, request: Request, sheet: Sheet) -> None:
        found = request.take(load(system.settings))
        documents: Mapping[str, object] = {d.id: d for group in found for d in group.documents}
        read = [d for group in found for d in group.documents if documents[d.id] is d]
        total = score(found, list(system.records(read)), sheet)
        sheet.figures += [f1("conflicts", total.conflicts), f1("agreements", total.agreements)]

    return run


MEASURES = (
    Measure("comparisons", "groups of demo reports of seeds/, read by hand", _measure(groups.ours)),
    Measure("comparisons-article", "the seed article, read by hand", _measure(groups.article)),
)
