"""An invented world told of by invented outlets, as records: any number of short reports, the same on every run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from kg.config import Settings
from kg.graph import graph_quads
from kg.ids import Minter, document_id, slug
from kg.model import (
    Analysis,
    Canonical,
    Comparison,
    Document,
    Entity,
    EntityKind,
    Event,
    Identity,
    Mention,
    MentionKind,
    Ref,
    Relation,
    Role,
    RoleName,
    Section,
    SectionKind,
    Span,
    Stance,
    Statement,
    Time,
)
from kg.store import Store, from_rdflib

OUTLETS = ("Harbour Post", "Vale Telegraph", "Radio Meridian", "The Northern Ledger")
PEOPLE = ("Mira Oddsen", "Tomas Helbrandt", "Ines Quorra", "Jon Vasterly", "Della Marchetti-Osei", "Pavo Lindqvist")
BODIES = ("Ministry of Fisheries", "Dockworkers' Union", "Velden Court of Audit", "Marrow & Pike Holdings")
FORCES = ("Third Coastal Brigade", "Harbour Guard", "Velden Army")
GROUPS = ("fishermen", "hundreds of commuters", "residents")
STATES = ("Velden", "Osmark", "Tarrow Islands")
TOWNS = ("Skarhaven", "Port Ellan", "Brennick", "Lower Moss", "Quayside")
VERBS = (
    ("seized", "seize"),
    ("blocked", "protest"),
    ("shelled", "assault"),
    ("praised", "support"),
    ("sued", "accuse"),
)
STORY = 12  # reports of one story
KINDS = (
    (PEOPLE, EntityKind.PERSON),
    (BODIES, EntityKind.ORGANIZATION),
    (FORCES, EntityKind.ARMED_FORCE),
    (GROUPS, EntityKind.GROUP),
    (STATES, EntityKind.GPE),
    (TOWNS, EntityKind.PLACE),
)


def cast(names: tuple[str, ...], number: int, place: int) -> str:
    """The name at `place`, in the story that the report belongs to: each story but the first has a cast of its own."""
    story = number // STORY
    return f"{names[place % len(names)]}{f' {chr(65 + story % 26)}{story}' if story else ''}"


class Report:
    """Writes one report sentence by sentence and keeps the records that its words give rise to."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.outlet = OUTLETS[number % len(OUTLETS)]
        self.date = f"2031-{3 + number // 28 % 9:02d}-{1 + number % 28:02d}"
        self.text = ""
        self.mentions: dict[tuple[str, EntityKind], list[Span]] = {}
        self.events: list[Event] = []
        self.statements: list[Statement] = []
        self.relations: list[Relation] = []

    def write(self, words: str) -> Span:
        """Add words; where they stand."""
        begin = len(self.text)
        self.text += words
        return Span(begin, len(self.text))

    def name(self, name: str, kind: EntityKind) -> tuple[str, Span]:
        """Add a name; the entity's id and where it stands."""
        span = self.write(name)
        self.mentions.setdefault((name, kind), []).append(span)
        return f"entity/{slug(name)}", span

    def clause(self, number: int, narrated: bool, suffix: str = "") -> str:
        """Add "the brigade shelled residents in Brennick"; the event's id.  The sentence is closed by `close`."""
        who = cast(BODIES + FORCES, self.number, number)
        whom = STATES[number // 3 % 3] if number % 3 == 0 else cast(GROUPS, self.number, number)
        begin = len(self.text)
        agent = self.name(who, kind_of(who))
        self.write(" ")
        verb, type_ = VERBS[number % len(VERBS)]
        trigger = self.write(verb)
        self.write(" ")
        patient = self.name(whom, kind_of(whom))
        self.write(" in ")
        place = self.name(cast(TOWNS, self.number, number), EntityKind.PLACE)
        roles = zip((RoleName.AGENT, RoleName.PATIENT, RoleName.PLACE), (agent, patient, place), strict=True)
        event = Event(
            id=f"event/{trigger.begin}-{trigger.end}",
            type=type_,
            label=f"{verb}: {who} → {whom}{suffix}",
            triggers=(trigger,),
            sentence=Span(begin, len(self.text)),
            roles=tuple(Role(role=role, filler=filler, span=span) for role, (filler, span) in roles),
            time=Time(value=self.date),
            narrated=narrated,
        )
        self.events.append(event)
        return event.id

    def said(self, number: int) -> None:
        """Add "Mira Oddsen said (that) ...": a statement with a claimed event in it."""
        speaker, where = self.name(cast(PEOPLE, self.number, number), EntityKind.PERSON)
        self.write(" ")
        cue = self.write("denied" if number % 3 == 0 else "said")
        self.write(" that ")
        begin = len(self.text)
        event = self.clause(number + 1, narrated=False)
        statement = Statement(
            id=f"statement/{cue.begin}-{cue.end}",
            content=(Span(begin, len(self.text)),),
            cue=(cue,),
            speaker=speaker,
            speaker_span=where,
            stance=Stance.DENIES if number % 3 == 0 else Stance.ASSERTS,
            time=Time(value=self.date),
            reports=(event,),
        )
        self.statements.append(statement)
        self.write(". ")

    def leads(self, number: int) -> None:
        """Add "Tomas Helbrandt, head of the Harbour Guard, ...": a lasting relation."""
        begin = len(self.text)
        who, _ = self.name(cast(PEOPLE, self.number, number), EntityKind.PERSON)
        self.write(", head of the ")
        what, _ = self.name(cast(FORCES, self.number, number), EntityKind.ARMED_FORCE)
        evidence = Span(begin, len(self.text))
        self.write(", gave no details. ")
        self.relations.append(
            Relation(id=f"relation/{begin}", subject=who, predicate="leads", object=what, evidence=evidence)
        )

    def analysis(self, title: str) -> Analysis:
        """The report's records."""
        headline = Section(kind=SectionKind.HEADLINE, span=Span(0, len(title) or len(self.text)))
        document = Document(
            id=document_id(self.text, self.outlet, self.date, ""),
            text=self.text,
            sections=(headline,),
            title=title,
            publisher=self.outlet,
            date=self.date,
        )
        entities = (entity(name, kind, spans) for (name, kind), spans in sorted(self.mentions.items()))
        return Analysis(
            document=document,
            entities=tuple(entities),
            events=tuple(self.events),
            statements=tuple(self.statements),
            relations=tuple(self.relations),
        )


def kind_of(name: str) -> EntityKind:
    return next(kind for names, kind in KINDS if name.startswith(names))


def entity(name: str, kind: EntityKind, spans: list[Span]) -> Entity:
    mentions = tuple(Mention(span=span, head=span, kind=MentionKind.NAME) for span in spans)
    return Entity(id=f"entity/{slug(name)}", kind=kind, label=name, mentions=mentions, named=True)


def report(number: int) -> Analysis:
    """The report of that number: a narrated event, two statements, now and then a relation."""
    writer = Report(number)
    title = f"Day {number + 1}: tension in {TOWNS[number % 5]}"
    writer.write(f"{title}\n\n")
    writer.clause(number, narrated=True)
    writer.write(". ")
    writer.said(number)
    if number % 4 == 0:
        writer.leads(number // 4)
    writer.said(number + 3)
    return writer.analysis(title)


def identity_of(analyses: list[Analysis]) -> Identity:
    """Entities of the same name are one; a denial conflicts with the next report's assertion."""
    keys: dict[Ref, str] = {}
    canonical: dict[str, Canonical] = {}
    for analysis in analyses:
        for item in analysis.entities:
            key = f"{item.kind.value.lower()}/{slug(item.label)}"
            keys[Ref(analysis.document.id, item.id)] = key
            canonical[key] = Canonical(key=key, kind=item.kind, label=item.label)
    return Identity(keys=keys, entities=canonical, comparisons=tuple(comparisons(analyses)))


def comparisons(analyses: list[Analysis]) -> Iterator[Comparison]:
    for number, left, right in zip(count(), analyses, analyses[1:], strict=False):
        if left.statements and right.statements and number % 3 == 0:
            yield Comparison(
                left=Ref(left.document.id, left.statements[0].id),
                right=Ref(right.document.id, right.statements[0].id),
                conflict=number % 2 == 0,
                reason="One denies what the other asserts of the same town.",
            )


def store_of(analyses: list[Analysis], identity: Identity | None = None) -> Store:
    """The graph of the records, in memory."""
    settings = Settings()
    minter = Minter(settings.base)
    quads = graph_quads(analyses, identity or identity_of(analyses), minter, settings)
    return Store.memory(from_rdflib(quads))


def world(reports: int) -> Store:
    """The graph of the first `reports` reports; each adds about six nodes."""
    return store_of([report(number) for number in range(reports)])
