"""The records of one document with the things that they are about, as its graphs name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from kg.ids import Minter
from kg.model import Analysis, Canonical, EntityKind, Event, Ref, RoleName, Statement

UNNAMED = "unnamed source"


class Told:
    """The records of one document, with the things that they are about."""

    def __init__(
        self, analysis: Analysis, keys: Mapping[Ref, str], entities: Mapping[str, Canonical], minter: Minter
    ) -> None:
        self.analysis, self.minter = analysis, minter
        document = analysis.document
        self.document = minter.document(document.id)
        self.id, self.date, self.publisher = document.id, document.date, document.publisher
        known = [(entity.id, keys.get(Ref(document.id, entity.id), "")) for entity in analysis.entities]
        self.things = {record: minter.canonical(key) for record, key in known if key in entities}
        self._labels = {self.things[record]: entities[key].label for record, key in known if key in entities}
        self._kinds = {record: entities[key].kind for record, key in known if key in entities}
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

    def actors(self, records: Iterable[str]) -> list[str]:
        """The actors that these records are, each once."""
        found = (record for record in records if self._kinds.get(record, EntityKind.PLACE) is not EntityKind.PLACE)
        return list(dict.fromkeys(self.things_of(found)))

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
