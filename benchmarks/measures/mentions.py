"""Event mentions on ECB+: every event the corpus marks in its validated sentences, reporting included."""

from __future__ import annotations

from benchmarks.corpora import ecbplus
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, most_pairs
from benchmarks.report import f1
from benchmarks.system import System, article
from kg.model import Analysis


def trigger_spans(analysis: Analysis) -> set[Offsets]:
    """Where the text names an event or a saying: triggers, and the first cue fragment of each statement."""
    events = {(t.begin, t.end) for event in analysis.events for t in event.triggers}
    return events | {(s.cue[0].begin, s.cue[0].end) for s in analysis.statements if s.cue}


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(ecbplus.articles(request.part))
    total = Counts()
    for item, analysis in zip(gold, system.records(article(g.name, g.text) for g in gold), strict=True):
        given = sorted(s for s in trigger_spans(analysis) if any(b <= s[0] < e for b, e in item.validated))
        mentions = [spans for spans, _ in item.events]
        edges = [
            (left, right)
            for left, spans in enumerate(mentions)
            for right, (begin, end) in enumerate(given)
            if any(b < end and begin < e for b, e in spans)
        ]
        pairs = most_pairs(edges)
        total += Counts.matched(len(mentions), len(given), len(pairs))
        for left, spans in enumerate(mentions):
            if left not in pairs:
                sheet.note("missed", "event", item.name, item.text, spans[0])
        for right in sorted(set(range(len(given))) - set(pairs.values())):
            sheet.note("spurious", "event", item.name, item.text, given[right])
    sheet.figures.append(f1("event mentions", total))


MEASURE = Measure("mentions", "ECB+ validated sentences", _run, ("dev", "train"))
