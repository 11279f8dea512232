"""What each named question lists, made from records as the graph says it: `ontology/queries/<list>.rq` says what it is.

The columns of a line are those that the question's header declares as `kept`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product

import pyoxigraph as ox

from kg.ids import KG, Minter
from kg.model import Analysis, Canonical, Comparison, Event, Ref, Relation, RoleName, Statement, Time
from kg.search.lists import Item, Term, line, rank

Tags = tuple[tuple[str, str], ...]

UNNAMED, UNKNOWN = "unnamed source", "unknown"
_TOWARDS = (RoleName.PATIENT, RoleName.RECIPIENT)
_SIDED = ("alliedWith", "opposes")  # relations that put two actors on one side, or on two
_QUOTED = ("Direct", "Mixed")


class Told:
    """The records of one document, with the things that they are about."""

    def __init__(
        self, analysis: Analysis, keys: Mapping[Ref, str], entities: Mapping[str, Canonical], minter: Minter
    ) -> None:
        self.analysis, self.minter = analysis, minter
        document = analysis.document
        self.id, self.date, self.publisher = document.id, document.date, document.publisher
        known = [(entity.id, keys.get(Ref(document.id, entity.id), "")) for entity in analysis.entities]
        self.things = {record: minter.canonical(key) for record, key in known if key in entities}
        self._labels = {self.things[record]: entities[key].label for record, key in known if key in entities}
        self.events = {event.id: event for event in analysis.events}
        self.statements = {statement.id: statement for statement in analysis.statements}

    def iri(self, record: str) -> str:
        """The IRI of a record of the document."""
        return self.minter.record(self.id, record)

    def label(self, record: str) -> str | None:
        """The name that the graph prefers for what an entity is, None where there is none."""
        return self.named(self.things.get(record, ""))

    def named(self, iri: str) -> str | None:
        """The name that the graph prefers for a thing; None for what has none, such as an event."""
        return self._labels.get(iri)

    def node(self, record: str) -> str:
        """The IRI of the thing that an entity is, or of another record."""
        return self.things.get(record) or self.iri(record)

    def things_of(self, records: Iterable[str]) -> list[str]:
        """The things that these records are, those left out that are none."""
        return [self.things[record] for record in dict.fromkeys(records) if record in self.things]

    def fillers(self, event: Event, *names: RoleName) -> list[str]:
        """The things that fill roles of an event: all, or those with these names."""
        return self.things_of(role.filler for role in event.roles if not names or role.role in names)

    @cached_property
    def reported(self) -> dict[str, dict[str, None]]:
        """What each statement reports, whichever side recorded it."""
        found = {statement.id: dict.fromkeys(statement.reports) for statement in self.analysis.statements}
        told: tuple[Event | Statement, ...] = (*self.analysis.events, *self.analysis.statements)
        for record in told:
            for outer in record.within:
                found[outer][record.id] = None
        return found

    @cached_property
    def tellers(self) -> dict[str, list[Statement]]:
        """The statements that report each record."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement, records in self.reported.items():
            for record in records:
                found[record].append(self.statements[statement])
        return found

    @cached_property
    def _mentions(self) -> list[tuple[int, str]]:
        """(begin, thing) of each mention."""
        found = ((mention.span.begin, entity.id) for entity in self.analysis.entities for mention in entity.mentions)
        return [(begin, self.things[record]) for begin, record in found if record in self.things]

    def topics(self, record: str) -> list[str]:
        """The things that a statement or event is about: who takes part, and who is named in the words."""
        if record in self.events:
            return self.fillers(self.events[record])
        found = [
            thing for told in self.reported[record] if told in self.events for thing in self.fillers(self.events[told])
        ]
        for begin, thing in self._mentions:
            if any(span.begin <= begin < span.end for span in self.statements[record].content):
                found.append(thing)
        return list(dict.fromkeys(found))

    def speakers(self, record: str) -> list[str]:
        """The speakers of the statements that report a record."""
        return self.things_of(statement.speaker for statement in self.tellers.get(record, ()))

    def voices(self, record: str) -> list[str]:
        """Whose words a statement or event is: a speaker's, or the outlet's where it tells so itself."""
        outlet = self.publisher or UNNAMED
        statement, event = self.statements.get(record), self.events.get(record)
        if statement is not None and self.label(statement.speaker):
            return [str(self.label(statement.speaker))]
        if event is not None and event.narrated:
            return [outlet]
        told = [self.label(teller.speaker) or outlet for teller in self.tellers.get(record, ())]
        return list(dict.fromkeys(told)) or [outlet]


def items(told: Told) -> Iterator[Item]:
    """All items of one document."""
    for make in _MAKERS:
        yield from make(told)


def compared(comparison: Comparison, left: Told, right: Told) -> Iterator[Item]:
    """The items of a conflict or agreement, one for each pair of voices."""
    name, kind = ("contradictions", "conflict") if comparison.conflict else ("agreements", "agreement")
    sides = (left, comparison.left.record), (right, comparison.right.record)
    one, other = (told.iri(record) for told, record in sides)
    pair = ox.NamedNode(left.minter.pair(kind, one, other))
    about, by = list[str](), list[str]()
    for told, record in sides:
        about += told.topics(record)
        statement = told.statements.get(record)
        by += [*told.things_of([statement.speaker] if statement else []), *told.speakers(record)]
    for voice, against in product(*(told.voices(record) for told, record in sides)):
        shown = line(ox.Literal(voice), ox.Literal(against), pair, ox.NamedNode(one), ox.NamedNode(other))
        tags = _tags(about=about, by=by, document=[told.minter.document(told.id) for told, _ in sides])
        yield Item(name, rank(voice, against), shown, tags=tags, records=(one, other))


def _tags(**of: Iterable[str]) -> Tags:
    return tuple((parameter, value) for parameter, values in of.items() for value in dict.fromkeys(values))


def _times(*days: str) -> tuple[str | None, str | None, str | None]:
    """First day, last day and what is shown, of those given in the order (start, day, end) or with others between."""
    first = next(filter(None, days), None)
    last = next(filter(None, (days[-1], *days[1:-1], days[0])), None)
    return first, last, first if first == last else f"{first}/{last}"


def _when(time: Time | None, published: str = "") -> tuple[str | None, str | None, str | None]:
    found = time or Time()
    return _times(found.start, found.value, published, found.end)


def _dated(
    told: Told, name: str, record: Event | Statement, tags: Tags, published: str = "", undated: bool = True
) -> Iterator[Item]:
    """An item that stands by its date, its document, and where it begins."""
    first, last, date = _when(record.time, published)
    if first is None and not undated:
        return
    document, iri = told.minter.document(told.id), told.iri(record.id)
    shown = line(_literal(date), ox.NamedNode(document), ox.NamedNode(iri))
    yield Item(name, rank(date, document), shown, first, last, tags, (iri,))


def _literal(text: str | None) -> Term:
    return ox.Literal(text) if text is not None else None


def _statements(told: Told) -> Iterator[Item]:
    for statement in told.analysis.statements:
        speaker, addressee = (told.things_of([record]) for record in (statement.speaker, statement.addressee))
        tags = _tags(about=told.topics(statement.id), by=speaker, stance=[statement.stance.value])
        yield from _dated(told, "who-said", statement, tags, told.date)
        yield from _dated(told, "timeline", statement, _tags(about=[*speaker, *addressee]), undated=False)


def _events(told: Told) -> Iterator[Item]:
    for event in told.analysis.events:
        about = told.fillers(event)
        yield from _dated(told, "timeline", event, _tags(about=about), undated=False)
        if event.narrated:
            yield from _dated(told, "happened", event, _tags(place=told.fillers(event, RoleName.PLACE)))
        else:
            yield from _dated(told, "claims-only", event, _tags(about=about, by=told.speakers(event.id)))
        yield from _quantities(told, event, about)


def _quantities(told: Told, event: Event, about: list[str]) -> Iterator[Item]:
    first, last, date = _when(event.time)
    iri = told.iri(event.id)
    for quantity in event.quantities:
        span, counts = quantity.span, quantity.counts or None
        place = rank(counts, date, span.begin)
        own = ox.NamedNode(f"{iri}/quantity/{span.begin}-{span.end}")
        shown = line(_literal(counts), _literal(date), ox.NamedNode(iri), own)
        yield Item("quantities", place, shown, first, last, _tags(about=about), (iri,))


def _relations(told: Told) -> Iterator[Item]:
    for relation in told.analysis.relations:
        subject, predicate = told.label(relation.subject), f"{KG}{relation.predicate}"
        if subject is None:
            continue
        value = told.label(relation.object) if relation.object else relation.literal
        node = ox.NamedNode(told.iri(relation.id))
        shown = line(ox.Literal(subject), ox.Literal(relation.predicate), node, ox.NamedNode(predicate))
        tags = _tags(about=told.things_of((relation.subject, relation.object)), relation=[predicate])
        yield Item("relations", rank(subject, relation.predicate, value), shown, tags=tags)


def _together(told: Told) -> Iterator[Item]:
    for event in told.analysis.events:
        agents = list(dict.fromkeys(role.filler for role in event.roles if role.role is RoleName.AGENT))
        others = dict.fromkeys(role.filler for role in event.roles if role.role in _TOWARDS)
        pairs = [(one, two, "agent") for one, two in product(agents, agents) if told.node(one) < told.node(two)]
        pairs += [(one, two, "patient") for one, two in product(agents, others)]
        tags = _tags(actor=told.fillers(event))
        yield from _pairs(told, event.id, pairs, tags, _when(event.time)[2])
    for relation in told.analysis.relations:
        if relation.predicate in _SIDED and relation.object and not _provided(relation):
            tags = _tags(actor=told.things_of((relation.subject, relation.object)))
            date = _times(relation.start, "", relation.end)[2]
            yield from _pairs(told, relation.id, [(relation.subject, relation.object, relation.predicate)], tags, date)


def _pairs(
    told: Told, record: str, pairs: Iterable[tuple[str, str, str]], tags: Tags, date: str | None
) -> Iterator[Item]:
    for one, two, via in dict.fromkeys((told.node(one), told.node(two), via) for one, two, via in pairs):
        named = told.named(one), told.named(two)
        shown = line(
            _literal(named[0]), _literal(named[1]), ox.NamedNode(one), ox.NamedNode(two), ox.Literal(via),
            ox.NamedNode(told.iri(record)),
        )  # fmt: skip
        yield Item("together", rank(*named, date), shown, tags=tags)


def _provided(relation: Relation) -> bool:
    """Whether something keeps a relation from holding."""
    return relation.ended or relation.polarity.value != "Affirmed" or relation.modality.value != "Actual"


def _sources(told: Told) -> Iterator[Item]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in told.analysis.statements:
        found[statement.speaker].append(statement)
    outlet = told.publisher or UNKNOWN
    for speaker, statements in found.items():
        source = told.label(speaker) or UNNAMED
        quoted = sum(statement.quotation.value in _QUOTED for statement in statements)
        document = ox.NamedNode(told.minter.document(told.id))
        shown = line(ox.Literal(outlet), ox.Literal(source), document, ox.Literal(len(statements)), ox.Literal(quoted))
        yield Item("sources", rank(outlet), shown, tags=_tags(by=told.things_of([speaker])))


def _document(told: Told) -> Iterator[Item]:
    date, document = told.date or None, told.minter.document(told.id)
    graphs = (ox.NamedNode(told.minter.graph(told.id, name)) for name in ("narrative", "claims"))
    shown = line(_literal(date), ox.NamedNode(document), *graphs)
    yield Item("documents", rank(date, document), shown, date, date)


_MAKERS: tuple[Callable[[Told], Iterator[Item]], ...] = (
    _statements,
    _events,
    _relations,
    _together,
    _sources,
    _document,
)
