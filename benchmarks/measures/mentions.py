"""Mentions of events, times and places on ECB+, in its validated sentences; reporting counts as an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.corpora import ecbplus
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, most_pairs
from benchmarks.report import accuracy, f1
from benchmarks.system import System, article
from kg.model import Analysis, EntityKind, MentionKind, Polarity, RoleName

_KINDS = {"ACTION": "event", "TIME": "time", "LOC": "place"}
_DAY = "2010-01-01"  # for texts that tell no date: which words are dates is measured here, not what they resolve to
_WHERE = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)


def trigger_spans(analysis: Analysis) -> dict[Offsets, bool]:
    """Where the text names an event or a saying, and whether as one that was not: triggers, and the first cue."""
    events = {(t.begin, t.end): event.polarity for event in analysis.events for t in event.triggers}
    sayings = {(s.cue[0].begin, s.cue[0].end): s.polarity for s in analysis.statements if s.cue}
    return {span: polarity is Polarity.NEGATED for span, polarity in (sayings | events).items()}


def time_spans(analysis: Analysis) -> set[Offsets]:
    """The words by which events and statements are dated."""
    times = [event.time for event in analysis.events] + [statement.time for statement in analysis.statements]
    return {(time.span.begin, time.span.end) for time in times if time is not None and time.span is not None}


def place_spans(analysis: Analysis) -> set[Offsets]:
    """Mentions of places, and those of countries and cities that tell where something happens.

    What stands inside a longer name ("Lagos" in "Lagos Police Department") is no mention of its own.
    """
    where = {role.span for event in analysis.events for role in event.roles if role.role in _WHERE}
    found = [
        (m.span.begin, m.span.end)
        for entity in analysis.entities
        for m in entity.mentions
        if (entity.kind is EntityKind.PLACE and m.kind is not MentionKind.ADJECTIVAL)
        or (entity.kind is EntityKind.GPE and m.span in where)
    ]
    names = [(m.span.begin, m.span.end) for e in analysis.entities for m in e.mentions if m.kind is MentionKind.NAME]
    return _outermost(found, names)


def _outermost(spans: list[Offsets], names: list[Offsets]) -> set[Offsets]:
    """The spans that lie in no longer name."""
    reached, kept = 0, set()
    wanted = set(spans)
    for begin, end in sorted({*spans, *names}, key=lambda span: (span[0], -span[1])):
        if end > reached and (begin, end) in wanted:
            kept.add((begin, end))
        reached = max(reached, end)
    return kept


class _Tally:
    """Mentions counted over articles, by kind, and the polarity of the events found."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.counts = dict.fromkeys(_KINDS, Counts())
        self.found = {True: 0, False: 0}
        self.right = {True: 0, False: 0}

    def add(self, item: ecbplus.Article, analysis: Analysis) -> None:
        """Count one article's mentions."""
        triggers = trigger_spans(analysis)
        for gold, span in self._paired(item, "ACTION", triggers):
            self.found[gold.negated] += 1
            self.right[gold.negated] += triggers[span] == gold.negated
            if triggers[span] != gold.negated:
                self._sheet.note("wrong", "polarity", item.name, item.text, span, "negated" if gold.negated else "")
        self._paired(item, "TIME", time_spans(analysis))
        self._paired(item, "LOC", place_spans(analysis))

    def _paired(
        self, item: ecbplus.Article, kind: str, spans: Iterable[Offsets]
    ) -> list[tuple[ecbplus.Mention, Offsets]]:
        """The pairs of one kind, counted; what is left over is noted."""
        given = sorted(s for s in spans if any(b <= s[0] < e for b, e in item.validated))
        gold = item.of(kind)
        pairs = most_pairs(_overlapping(gold, given))
        self.counts[kind] += Counts.matched(len(gold), len(given), len(pairs))
        for left, mention in enumerate(gold):
            if left not in pairs:
                self._sheet.note("missed", _KINDS[kind], item.name, item.text, mention.spans[0], mention.tag)
        for right in sorted(set(range(len(given))) - set(pairs.values())):
            self._sheet.note("spurious", _KINDS[kind], item.name, item.text, given[right])
        return [(gold[left], given[right]) for left, right in pairs.items()]


def _overlapping(gold: Sequence[ecbplus.Mention], given: Sequence[Offsets]) -> list[tuple[int, int]]:
    """Indices of the mentions and the spans of ours that share a character."""
    return [
        (left, right)
        for left, mention in enumerate(gold)
        for right, (begin, end) in enumerate(given)
        if any(b < end and begin < e for b, e in mention.spans)
    ]


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(ecbplus.articles(request.part))
    tally = _Tally(sheet)
    for item, analysis in zip(gold, system.records(article(g.name, g.text, _DAY) for g in gold), strict=True):
        tally.add(item, analysis)
    sheet.figures += [f1(f"{_KINDS[kind]} mentions", counts) for kind, counts in tally.counts.items()]
    for name, negated in (("negated, of found", True), ("affirmed, of found", False)):
        sheet.figures.append(accuracy(name, tally.right[negated], tally.found[negated]))


MEASURE = Measure("mentions", "ECB+ validated sentences", _run, ("dev", "train"))
