"""The events of the demo reports against what an editor would have in the graph, attribute by attribute.

A gold event is found where an event of ours has a trigger on its words.  Where several have, every one is judged: the
one on its clearest mention first, whose date and teller must be right; the others may leave the date open, and may be
told elsewhere.  What is demanded of roles and quantities may be on any of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import isclose

from benchmarks.corpora import seeds
from benchmarks.corpora.seeds import Amount, Amounts, Filler, GoldEvent
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets
from benchmarks.report import Figure, accuracy, f1, recall
from benchmarks.system import System
from kg.model import Analysis, Event, Quantity, Role, Span, Time

ATTRIBUTES = ("type", "date", "polarity", "modality", "polarity and modality", "told")
ROLES = "roles"
QUANTITIES = "quantities"


class Ours:
    """The events of one analysis, found by where their triggers stand, and the names of all that may fill a role."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.document.text
        self.events = analysis.events
        self.names = {entity.id: (entity.label, *entity.aliases) for entity in analysis.entities}
        self.names |= {event.id: tuple(t.of(self.text) for t in event.triggers) for event in analysis.events}

    def at(self, places: Iterable[Offsets]) -> list[Event]:
        """The events with a trigger on one of `places`, those on the first place first."""
        found = {event.id: event for place in places for event in self.events if _on(event, place)}
        return list(found.values())

    def called(self, role: Role) -> tuple[str, ...]:
        """What the filler of `role` goes by, with the words that fill it here."""
        return (*self.names[role.filler], role.span.of(self.text))

    def fills(self, role: Role, filler: Filler) -> bool:
        """Whether `role` has this gold filler."""
        return role.role.value in filler.roles and any(
            _said(name, words) for name in filler.names for words in self.called(role)
        )

    def amounts(self, quantity: Quantity, amounts: Amounts) -> bool:
        """Whether `quantity` is one of these gold amounts."""
        return any(self._is(quantity, amount) for amount in amounts.choices)

    def _is(self, quantity: Quantity, amount: Amount) -> bool:
        numbers = (quantity.value, quantity.minimum, quantity.maximum)
        same = all(map(_equal, numbers, (amount.value, amount.minimum, amount.maximum)))
        return same and _said(amount.counts, f"{quantity.counts} {quantity.unit} {quantity.span.of(self.text)}")


class Score:
    """Counts over the reports; `add` one after the other."""

    def __init__(self) -> None:
        self.gold = self.found = self.told_once = self.judged = 0
        self.given = self.wanted = self.alone = self.unwanted = 0
        self.right: Counter[str] = Counter()
        self.parts: dict[str, Counts] = {part: Counts() for part in (ROLES, *seeds.ROLES, QUANTITIES)}

    def share(self, attribute: str) -> float:
        """Percentage of the judged events of ours whose `attribute` is right."""
        return 100 * self.right[attribute] / self.judged if self.judged else 0.0

    def add(self, report: seeds.Report, analysis: Analysis, sheet: Sheet) -> None:
        """Compare one report; its faults go on the sheet."""
        ours = Ours(analysis)
        self._nodes(report, ours, sheet)
        for gold in report.events:
            found = ours.at(gold.anchors)
            self.gold += 1
            self.found += bool(found)
            self.told_once += len(found) == 1
            page = _Page(sheet, report, gold)
            if not found:
                page.note("missed", "event", gold.types[0] if gold.types else "")
                continue
            if len(found) > 1:
                page.note("split", "event", ", ".join(_words(e, ours.text) for e in found))
            for event in found:
                self._attributes(gold, event, event is found[0], page)
            self._roles(gold, found, ours, page)
            self._quantities(gold, found, ours, page)

    def _nodes(self, report: seeds.Report, ours: Ours, sheet: Sheet) -> None:
        """Which events of ours are gold, and which are several gold events at once."""
        name, text = report.document.name, ours.text
        for event in ours.events:
            hits = [gold for gold in report.events if any(_on(event, place) for place in gold.anchors)]
            unwanted = [place for place in report.not_events if _on(event, place)]
            self.unwanted += bool(unwanted)
            for place in unwanted:
                sheet.note("unwanted", "event", name, text, place, event.type)
            if not hits and any(_on(event, place) for place in report.tolerated):
                continue
            self.given += 1
            self.wanted += bool(hits)
            self.alone += len(hits) == 1
            if not hits and not unwanted:
                sheet.note("spurious", "event", name, text, _offsets(event.triggers[0]), event.type)
            if len(hits) > 1:
                note = "; ".join(gold.name for gold in hits)
                sheet.note("merged", "event", name, text, hits[0].anchors[0], note)

    def _attributes(self, gold: GoldEvent, event: Event, clearest: bool, page: _Page) -> None:
        date, told = date_of(event.time), "narrative" if event.narrated else "claims"
        judged = (
            ("type", event.type, gold.types or (event.type,)),
            ("date", date, gold.dates if clearest or date != seeds.NO_DATE else (date,)),
            ("polarity", event.polarity.value, gold.polarities),
            ("modality", event.modality.value, gold.modalities),
            ("told", told, gold.told if clearest else seeds.TOLD),
        )
        right = {attribute for attribute, given, wanted in judged if given in wanted}
        if {"polarity", "modality"} <= right:
            right.add("polarity and modality")
        self.judged += 1
        self.right.update(right)
        for attribute, given, wanted in judged:
            if attribute not in right:
                page.note("wrong", attribute, f"{given}, not {'|'.join(wanted)}", event)

    def _roles(self, gold: GoldEvent, found: Sequence[Event], ours: Ours, page: _Page) -> None:
        """What is demanded must be there, in one of its roles; what is given must be demanded or allowed."""
        given = [(event, role) for event in found for role in event.roles]
        for filler in (filler for filler in gold.fillers if filler.demanded):
            held = any(ours.fills(role, filler) for _, role in given)
            self._count(filler.roles[0], Counts(gold=1, found=held))
            if not held:
                page.note("missed", filler.key, "|".join(filler.names), found[0])
        for event, role in given:
            right = any(ours.fills(role, filler) for filler in gold.fillers)
            self._count(role.role.value, Counts(predicted=1, right=right))
            if not right:
                page.note("spurious", role.role.value, f"{ours.called(role)[0]} ({role.basis})", event)

    def _count(self, role: str, counts: Counts) -> None:
        self.parts[role] += counts
        self.parts[ROLES] += counts

    def _quantities(self, gold: GoldEvent, found: Sequence[Event], ours: Ours, page: _Page) -> None:
        given = [(event, quantity) for event in found for quantity in event.quantities]
        for amounts in (amounts for amounts in gold.quantities if amounts.demanded):
            held = any(ours.amounts(quantity, amounts) for _, quantity in given)
            self.parts[QUANTITIES] += Counts(gold=1, found=held)
            if not held:
                page.note("missed", "quantity", amounts.name, found[0])
        for event, quantity in given:
            right = any(ours.amounts(quantity, amounts) for amounts in gold.quantities)
            self.parts[QUANTITIES] += Counts(predicted=1, right=right)
            if not right:
                page.note("spurious", "quantity", f"{quantity.span.of(ours.text)}, of {quantity.counts}", event)

    def figures(self) -> Iterator[Figure]:
        """Everything counted."""
        yield recall("gold events found", self.found, self.gold)
        yield accuracy("events of ours that are wanted", self.wanted, self.given)
        yield Figure(name="events of ours that must not be", value=self.unwanted, unit="events")
        yield accuracy("gold events that are one of ours", self.told_once, self.found)
        yield accuracy("events of ours that are one of the gold", self.alone, self.wanted)
        for attribute in ATTRIBUTES:
            yield accuracy(attribute, self.right[attribute], self.judged)
        yield f1("roles", self.parts[ROLES])
        yield f1("quantities", self.parts[QUANTITIES])
        for role in seeds.ROLES:
            yield f1(role, self.parts[role], detail=True)


class _Page:
    """The faults of one gold event."""

    def __init__(self, sheet: Sheet, report: seeds.Report, gold: GoldEvent) -> None:
        self.sheet = sheet
        self.document = report.document
        self.place = gold.anchors[0]

    def note(self, kind: str, label: str, note: str, event: Event | None = None) -> None:
        """Note a fault on the words of the event of ours, or of the gold where there is none."""
        place = _offsets(event.triggers[0]) if event else self.place
        self.sheet.note(kind, label, self.document.name, self.document.text, place, note)


def date_of(time: Time | None) -> str:
    """A time as the gold writes it: a day, month or year, a span with a bar, or none."""
    if time is None or not (time.value or time.start or time.end):
        return seeds.NO_DATE
    return time.value or f"{time.start}/{time.end}"


def _on(event: Event, place: Offsets) -> bool:
    return any(t.overlaps(Span(*place)) for t in event.triggers)


def _words(event: Event, text: str) -> str:
    return "+".join(t.of(text) for t in event.triggers)


def _offsets(span: Span) -> Offsets:
    return span.begin, span.end


def _said(name: str, words: str) -> bool:
    """Whether `words` hold `name` as whole words, in any case."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None


def _equal(given: float | None, wanted: float | None) -> bool:
    return given is wanted is None or (given is not None and wanted is not None and isclose(given, wanted))


def score(reports: Sequence[seeds.Report], analyses: Iterable[Analysis], sheet: Sheet) -> Score:
    """All reports compared with their analyses, in the same order."""
    total = Score()
    for report, analysis in zip(reports, analyses, strict=True):
        total.add(report, analysis, sheet)
    return total


def _run(system: System, request: Request, sheet: Sheet) -> None:
    reports = request.take(seeds.reports(system.settings))
    sheet.figures += score(reports, system.records(r.document for r in reports), sheet).figures()


MEASURE = Measure("seeds", "the demo reports of seeds/, read by hand", _run)
