"""Events and their arguments on WikiEvents, end to end: no gold trigger and no gold mention is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.corpora import wikievents
from benchmarks.data import Kairos, load
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, most_pairs
from benchmarks.report import f1, recall
from benchmarks.system import System, article
from kg.model import Analysis, Event, Statement

Spans = frozenset[Offsets]


@dataclass(frozen=True, slots=True)
class Told:
    """An event or saying of the project: its triggers, its KAIROS prefixes, its fillers by compared role.

    `inner` holds the fillers of the events that it reports or that fill a role of it.
    """

    triggers: tuple[Offsets, ...]
    types: tuple[str, ...]
    fillers: tuple[tuple[str, Spans], ...]
    label: str
    inner: tuple[Spans, ...] = ()
    saying: bool = False

    def at(self, place: Offsets) -> bool:
        """Whether one of the triggers shares characters with `place`."""
        return touches(place, self.triggers)

    def fits(self, kairos: str) -> bool:
        """Whether the type may be this KAIROS type."""
        return any(kairos.startswith(prefix) for prefix in self.types)


def touches(span: Offsets, others: Iterable[Offsets]) -> bool:
    """Whether `span` shares characters with one of `others`."""
    return any(begin < span[1] and span[0] < end for begin, end in others)


class Reader:
    """Puts the records of one analysis in the terms of the comparison."""

    def __init__(self, analysis: Analysis, table: Kairos) -> None:
        self.table = table
        self.analysis = analysis
        self.places: dict[str, Spans] = {
            entity.id: frozenset((m.span.begin, m.span.end) for m in entity.mentions) for entity in analysis.entities
        }
        self.places |= {e.id: frozenset((t.begin, t.end) for t in e.triggers) for e in analysis.events}
        self.events = {event.id: event for event in analysis.events}

    def told(self) -> list[Told]:
        """All events, then all statements."""
        events = [self._event(event) for event in self.analysis.events]
        return events + [self._saying(s) for s in self.analysis.statements if s.cue]

    def _event(self, event: Event) -> Told:
        fillers = [
            (self.table.ours[role.role.value], self.places[role.filler] | {(role.span.begin, role.span.end)})
            for role in event.roles
        ]
        triggers = tuple((t.begin, t.end) for t in event.triggers)
        inner = self._inner(role.filler for role in event.roles)
        return Told(triggers, self.table.types.get(event.type, ()), tuple(fillers), event.type, inner)

    def _inner(self, ids: Iterable[str]) -> tuple[Spans, ...]:
        roles = [role for id in ids if id in self.events for role in self.events[id].roles]
        return tuple(self.places[role.filler] for role in roles)

    def _saying(self, statement: Statement) -> Told:
        fillers = []
        if statement.speaker:
            spans = self.places[statement.speaker]
            own = statement.speaker_span
            fillers.append(("agent", spans | {(own.begin, own.end)} if own else spans))
        if statement.addressee:
            fillers.append(("recipient", self.places[statement.addressee]))
        types = self.table.statement + self.table.stances.get(statement.stance.value, ())
        cues = tuple((c.begin, c.end) for c in statement.cue)
        label = f"says/{statement.stance.value}"
        return Told(cues, types, tuple(fillers), label, self._inner(statement.reports), saying=True)


class _Score:
    """Counts over the corpus."""

    def __init__(self, table: Kairos) -> None:
        self.table = table
        self.found = self.found_by_events = self.gold = 0
        self.typed = self.typed_with_sayings = Counts()
        self.identified = self.classified = Counts()
        self.all_arguments = 0

    def add(self, item: wikievents.Article, analysis: Analysis, sheet: Sheet) -> None:
        told = Reader(analysis, self.table).told()
        self.typed += self._typed(item, [t for t in told if not t.saying], sheet)
        self.typed_with_sayings += self._typed(item, told, None)
        for event in item.events:
            here = [t for t in told if t.at(event.trigger)]
            self.gold += 1
            self.found += bool(here)
            self.found_by_events += any(not t.saying for t in here)
            arguments = [a for a in event.arguments if self.table.roles.get(a.role)]
            self.all_arguments += len(arguments)
            if here:
                best = max(here, key=lambda t: (t.fits(event.type), not t.saying))  # the first of equals
                self._arguments(item, event, arguments, best, sheet)
            else:
                sheet.note("missed", "trigger", item.name, item.text, event.trigger, event.type)

    def _typed(self, item: wikievents.Article, told: Sequence[Told], sheet: Sheet | None) -> Counts:
        """One to one: same place, and a type that may be the gold type; unmapped types are not counted."""
        mapped = [t for t in told if t.types]
        places = [(t, span) for t in mapped for span in t.triggers]
        edges = [
            (left, right)
            for left, event in enumerate(item.events)
            for right, (t, span) in enumerate(places)
            if touches(event.trigger, [span]) and t.fits(event.type)
        ]
        pairs = most_pairs(edges)
        if sheet:
            for left, event in enumerate(item.events):
                given = sorted({t.label for t in told if t.at(event.trigger)})
                if left not in pairs and given:
                    note = f"{event.type} as {', '.join(given)}"
                    sheet.note("wrong", "type", item.name, item.text, event.trigger, note)
            for right in sorted(set(range(len(places))) - set(pairs.values())):
                t, span = places[right]
                if not touches(span, [event.trigger for event in item.events]):
                    sheet.note("spurious", "trigger", item.name, item.text, span, t.label)
        return Counts.matched(len(item.events), len(places), len(pairs))

    def _arguments(
        self,
        item: wikievents.Article,
        event: wikievents.Event,
        gold: list[wikievents.Argument],
        told: Told,
        sheet: Sheet,
    ) -> None:
        fillers = sorted({spans: role for role, spans in told.fillers}.items(), key=lambda f: sorted(f[0]))
        found = self._pairs(gold, [(("",), spans) for spans, _ in fillers])
        self.identified += Counts.matched(len(gold), len(fillers), len(found))
        labelled = sorted(set(told.fillers), key=lambda f: (f[0], sorted(f[1])))
        right = self._pairs(gold, [((role,), spans) for role, spans in labelled])
        self.classified += Counts.matched(len(gold), len(labelled), len(right))
        for left, argument in enumerate(gold):
            if left not in right:
                kind = "wrong" if left in found else "missed"
                note = f"{argument.role} of {item.text[slice(*event.trigger)]}, {event.type}"
                sheet.note(kind, "argument", item.name, item.text, argument.span, note)
        for index in sorted(set(range(len(labelled))) - set(right.values())):
            role, spans = labelled[index]
            note = f"{role} of {item.text[slice(*event.trigger)]}, {event.type}"
            sheet.note("spurious", "argument", item.name, item.text, min(spans), note)

    def _pairs(
        self, gold: Sequence[wikievents.Argument], fillers: Sequence[tuple[tuple[str], Spans]]
    ) -> dict[int, int]:
        return most_pairs(
            (left, right)
            for left, argument in enumerate(gold)
            for right, ((role,), spans) in enumerate(fillers)
            if touches(argument.span, spans) and (not role or role in self.table.roles[argument.role])
        )

    def report(self, sheet: Sheet) -> None:
        whole = [Counts(self.all_arguments, c.predicted, c.found, c.right) for c in (self.identified, self.classified)]
        sheet.figures += [
            recall("triggers, events and statements", self.found, self.gold),
            recall("triggers, events alone", self.found_by_events, self.gold),
            f1("typed triggers", self.typed),
            f1("typed triggers, with statements", self.typed_with_sayings),
            f1("arguments of found triggers, identified", self.identified),
            f1("arguments of found triggers, classified", self.classified),
            f1("arguments of all triggers, identified", whole[0]),
            f1("arguments of all triggers, classified", whole[1]),
        ]


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(wikievents.articles())
    score = _Score(load("kairos", Kairos))
    for item, analysis in zip(gold, system.records(article(g.name, g.text) for g in gold), strict=True):
        score.add(item, analysis, sheet)
    score.report(sheet)


MEASURE = Measure("events", "WikiEvents dev; only salient events are annotated", _run)
