"""Single-sentence coding: PLOVER's records of who did what to whom."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.corpora import plover
from benchmarks.data import Kairos, load
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.measures.events import Reader, Spans, Told, touches
from benchmarks.metrics import Offsets
from benchmarks.report import accuracy
from benchmarks.system import System, passage
from kg.codes import Codes, event_codes, statement_codes
from kg.model import Analysis

_TARGETS = ("patient", "recipient", "place")


def _filled(fillers: Iterable[Spans], gold: tuple[Offsets, ...]) -> bool:
    """Whether a filler overlaps a gold span; trivially so where the gold has none."""
    return not gold or any(touches(span, filler) for filler in fillers for span in gold)


def _judge(told: Told, codes: Codes, record: plover.Record) -> tuple[bool, bool, bool]:
    """Whether type, source and target are right.

    The target of "demanded that A withdraw" or "threatened to attack A" takes part in the inner event; the outer
    agent does not count there.  Of a mutual event ("A and B met") both may be agents.
    """
    agents = [spans for role, spans in told.fillers if role == "agent"]
    targets = [spans for role, spans in told.fillers if role in _TARGETS]
    targets += [spans for spans in told.inner if spans not in agents]
    if set(record.source) & set(record.target):
        targets += agents
    return record.type in codes, _filled(agents, record.source), _filled(targets, record.target)


def _coded(analysis: Analysis) -> list[tuple[Told, Codes]]:
    """All events and sayings with their PLOVER codes."""
    events = {event.id: event for event in analysis.events}
    codes = [event_codes(event) for event in analysis.events]
    codes += [
        statement_codes(statement, (events[id] for id in statement.reports if id in events))
        for statement in analysis.statements
        if statement.cue
    ]
    return list(zip(Reader(analysis, load("kairos", Kairos)).told(), codes, strict=True))


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(plover.records())
    right = [0, 0, 0, 0]
    for item, analysis in zip(gold, system.records(passage(g.name, g.text) for g in gold), strict=True):
        coded = _coded(analysis)
        judged = [_judge(told, codes, item) for told, codes in coded] or [(False, False, False)]
        typed = [j for j in judged if j[0]]
        right[0] += any(all(j) for j in judged)
        right[1] += bool(typed)
        right[2] += any(j[1] for j in judged)
        right[3] += any(j[2] for j in judged)
        if not any(all(j) for j in judged):
            label = "source/target" if typed else "type"
            note = f"{item.type}; given {', '.join(sorted({told.label for told, _ in coded})) or 'nothing'}"
            spans = item.trigger or ((0, 0),)
            sheet.note("wrong", label, item.name, item.text, spans[0], note)
    names = (
        "type, source and target together",
        "type, of some event",
        "source, of some event",
        "target, of some event",
    )
    sheet.figures += [accuracy(name, count, len(gold)) for name, count in zip(names, right, strict=True)]


MEASURE = Measure("coding", "PLOVER records, single sentences", _run)
