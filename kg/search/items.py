"""What each named question lists, made from records as the graph says it: `ontology/queries/<list>.rq` says what it is.

The columns of a line are those that the question's header declares as `kept`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

import msgspec
import pyoxigraph as ox

from kg.ids import KG, Minter
from kg.model import Canonical, Comparison, EntityKind, Event, Relation, RoleName, Statement, Time
from kg.search.lists import Item, Term, line, rank
from kg.search.told import UNNAMED, Told

Tags = tuple[tuple[str, str], ...]

UNKNOWN = "unknown"
_TOWARDS = (RoleName.PATIENT, RoleName.RECIPIENT)
_WHERE = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)  # being the scene of an event connects nobody
_SIDED = ("alliedWith", "opposes")  # relations that put two actors on one side, or on two
_QUOTED = ("Direct", "Mixed")
# How the two may then deal with each other; the type of an event tells hostile dealings from others.
_HOW = {"agent": ("with",), "patient": ("against", "towards"), "alliedWith": ("with",), "opposes": ("against",)}


def items(told: Told) -> Iterator[Item]:
    """All items of one document."""
    for make in _MAKERS:
        yield from make(told)


def compared(comparison: Comparison, left: Told, right: Told) -> Iterator[Item]:
    """The items of a conflict or agreement, one for each pair of voices."""
    name, kind = ("contradictions", "conflict") if comparison.conflict else ("agreements", "agreement")
    sides = (left, comparison.left.record), (right, comparison.right.record)
    one, other = (told.iri(record) for told, record in sides)
    documents = left.document, right.document
    pair = ox.NamedNode(left.minter.pair(kind, one, other))
    about, by = list[str](), list[str]()
    for told, record in sides:
        about += told.topics(record)
        statement = told.statements.get(record)
        by += [*told.things_of([statement.speaker] if statement else []), *told.speakers(record)]
    for voice, against in product(*(told.voices(record) for told, record in sides)):
        shown = line(ox.Literal(voice), ox.Literal(against), pair, *map(ox.NamedNode, (one, other, *documents)))
        tags = _tags(about=about, by=by, document=documents)
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
    told: Told,
    name: str,
    record: Event | Statement,
    tags: Tags,
    published: str = "",
    undated: bool = True,
    more: tuple[str, ...] = (),
) -> Iterator[Item]:
    """An item that stands by its date, its document, and where it begins."""
    first, last, date = _when(record.time, published)
    if first is None and not undated:
        return
    iri = told.iri(record.id)
    shown = line(_literal(date), *map(ox.NamedNode, (told.document, iri, *more)))
    yield Item(name, rank(date, told.document), shown, first, last, tags, (iri,))


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
            tags = _tags(about=about, by=told.speakers(event.id))
            for teller in told.tellers.get(event.id, ()):
                yield from _dated(told, "claims-only", event, tags, more=(told.iri(teller.id),))
        yield from _quantities(told, event, about)


def _quantities(told: Told, event: Event, about: list[str]) -> Iterator[Item]:
    first, last, date = _when(event.time)
    iri = told.iri(event.id)
    for quantity in event.quantities:
        span, counts = quantity.span, quantity.counts or None
        place = rank(counts, date, span.begin)
        own = ox.NamedNode(f"{iri}/quantity/{span.begin}-{span.end}")
        shown = line(_literal(counts), _literal(date), ox.NamedNode(iri), own, ox.NamedNode(told.document))
        yield Item("quantities", place, shown, first, last, _tags(about=about), (iri,))


def _relations(told: Told) -> Iterator[Item]:
    for relation in told.analysis.relations:
        subject, predicate = told.label(relation.subject), f"{KG}{relation.predicate}"
        if subject is None:
            continue
        value = told.label(relation.object) if relation.object else relation.literal
        node = ox.NamedNode(told.iri(relation.id))
        places = node, ox.NamedNode(predicate), ox.NamedNode(told.document)
        shown = line(ox.Literal(subject), ox.Literal(relation.predicate), *places)
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
        actors = _literal(named[0]), _literal(named[1]), ox.NamedNode(one), ox.NamedNode(two)
        shown = line(*actors, ox.Literal(via), ox.NamedNode(told.iri(record)), ox.NamedNode(told.document))
        yield Item("together", rank(*named, date), shown, tags=(*tags, *_tags(how=_HOW[via])))


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
        document = ox.NamedNode(told.document)
        shown = line(ox.Literal(outlet), ox.Literal(source), document, ox.Literal(len(statements)), ox.Literal(quoted))
        yield Item("sources", rank(outlet), shown, tags=_tags(by=told.things_of([speaker])))


def _document(told: Told) -> Iterator[Item]:
    date, document = told.date or None, told.document
    graphs = (ox.NamedNode(told.minter.graph(told.id, name)) for name in ("narrative", "claims"))
    shown = line(_literal(date), ox.NamedNode(document), *graphs)
    yield Item("documents", rank(date, document), shown, date, date)


def _evidence(told: Told) -> Iterator[Item]:
    """The document's graphs, each tagged with what roles, relations, speakers and mentions in it say of things."""
    tags = {name: dict[tuple[str, str], None]() for name in ("source", "narrative", "claims")}

    def say(graph: str, subject: str, name: str, value: str) -> None:
        found = _tags(subject=told.things_of([subject]), predicate=[KG + name], object=told.things_of([value]))
        tags[graph].update(dict.fromkeys(found))

    for entity in told.analysis.entities:
        say("source", entity.id, "mention", "")
    for event in told.analysis.events:
        for role in event.roles:
            say(_graph(event.narrated), "", role.role.value, role.filler)
    for relation in told.analysis.relations:
        say(_graph(relation.narrated), relation.subject, relation.predicate, relation.object)
    for statement in told.analysis.statements:
        say(_graph(not statement.within), "", "speaker", statement.speaker)
        say(_graph(not statement.within), "", "reports", "")
    document = told.document
    for name, found in tags.items():
        shown = line(ox.NamedNode(document), ox.NamedNode(told.minter.graph(told.id, name)))
        yield Item("evidence", rank(document), shown, tags=tuple(found))


def _graph(narrated: bool) -> str:
    return "narrative" if narrated else "claims"


def _meetings(told: Told) -> Iterator[Item]:
    """Who meets whom: the actors that an event, a statement or a relation brings together."""
    of = {
        event.id: told.actors(role.filler for role in event.roles if role.role not in _WHERE)
        for event in told.events.values()
    }
    said = {one.id: told.actors((one.speaker, one.addressee)) for one in told.statements.values()}
    for event in of.values():
        yield from _met(event)
    for statement, actors in said.items():
        reported = (thing for record in told.reported[statement] for thing in (of | said).get(record, ()))
        yield from _met(dict.fromkeys((*actors, *reported)))
    for relation in told.analysis.relations:
        pair = told.actors((relation.subject, relation.object))
        if not _provided(relation):
            yield from _met(pair, lasting=True)
    for entity in told.analysis.entities:
        for thing in told.actors((entity.id,)):
            shown = _encoded((len(entity.mentions), told.publisher))
            yield Item("mentions", b"", shown, tags=(("actor", thing),))


def _met(actors: Iterable[str], lasting: bool = False) -> Iterator[Item]:
    """A meeting of several; what lasts is one meeting, however often it is told."""
    met = tuple(actors)
    if len(met) > 1:
        yield Item("meetings", b"\1" if lasting else b"", _encoded(met))


def thing_items(canonical: Canonical, entities: Mapping[str, Canonical], minter: Minter) -> Iterator[Item]:
    """What an actor is called, and the country that it is in where both are actors."""
    if canonical.kind is EntityKind.PLACE:
        return
    iri, around = minter.canonical(canonical.key), entities.get(canonical.within)
    yield Item("actors", b"", _encoded((iri, canonical.label, canonical.kind.value)))
    if (
        around is not None
        and around.kind is not EntityKind.PLACE
        and canonical.geo
        and canonical.kind is EntityKind.GPE
    ):
        yield from _met((iri, minter.canonical(around.key)), lasting=True)


def _encoded(content: object) -> str:
    return msgspec.json.encode(content).decode()


_MAKERS: tuple[Callable[[Told], Iterator[Item]], ...] = (
    _statements,
    _events,
    _relations,
    _together,
    _sources,
    _document,
    _evidence,
    _meetings,
)
