"""Names and their types on CrossNER politics."""

from __future__ import annotations

from benchmarks.corpora import crossner
from benchmarks.data import Labels, load
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, exact
from benchmarks.report import f1
from benchmarks.system import System, passage
from kg.model import Analysis, MentionKind

Name = tuple[str, Offsets]


def named(analysis: Analysis, kinds: dict[str, str]) -> set[Name]:
    """Name mentions that lie in no other name, with their entity's kind as `kinds` maps it; others are left out."""
    found = {
        ((m.span.begin, m.span.end), kinds[entity.kind.value])
        for entity in analysis.entities
        for m in entity.mentions
        if m.kind is MentionKind.NAME and entity.kind.value in kinds
    }
    names: set[Name] = set()
    reach = -1
    for (begin, end), kind in sorted(found, key=lambda item: (item[0][0], -item[0][1], item[1])):
        if end > reach:
            names.add((kind, (begin, end)))
            reach = end
    return names


def countable(predicted: set[Name], ignored: list[Offsets]) -> set[Name]:
    """`predicted` without the names that share characters with a gold name that is left out."""
    return {(k, (b, e)) for k, (b, e) in predicted if not any(b < end and begin < e for begin, end in ignored)}


def _run(system: System, request: Request, sheet: Sheet) -> None:
    table = load("crossner", Labels)
    gold = request.take(crossner.sentences(request.part))
    spans, total = Counts(), Counts()
    by_kind = {kind: Counts() for kind in sorted(set(table.labels.values()))}
    for item, analysis in zip(gold, system.records(passage(g.name, g.text) for g in gold), strict=True):
        expected = {(table.labels[label], span) for label, span in item.names if label not in table.left_out}
        ignored = [span for label, span in item.names if label in table.left_out]
        given = countable(named(analysis, table.kinds), ignored)
        spans += exact({span for _, span in expected}, {span for _, span in given})
        total += exact(expected, given)
        for kind in by_kind:
            mine, theirs = _only(kind, expected), _only(kind, given)
            by_kind[kind] += exact(mine, theirs)
            sheet.differ(kind, item.name, item.text, mine, theirs)
    sheet.figures += [f1("span and type", total), f1("span alone", spans)]
    sheet.figures += [f1(kind, counts) for kind, counts in by_kind.items()]


def _only(kind: str, names: set[Name]) -> set[Offsets]:
    return {span for k, span in names if k == kind}


MEASURE = Measure("names", "CrossNER politics", _run, ("dev", "train"))
