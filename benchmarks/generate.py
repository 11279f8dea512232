"""Generated news: records as extraction would give them, and beside them the truth of which are one thing.

Document k is the same however many are made.  Sixty documents a day tell some of the day's stories, several of them
the same one in other words and with other numbers; the rest of each document is its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from benchmarks import world
from benchmarks.world import Happening, Thing
from kg.ids import document_id
from kg.model import (
    Analysis,
    Document,
    Entity,
    EntityKind,
    Event,
    Mention,
    MentionKind,
    Quantity,
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

DAILY = 60  # documents
EVENTS = (8, 30)  # in a document

_VARIANT, _LONE, _TITLED, _SHORT = 0.15, 0.08, 0.4, 0.6  # chances of how an actor is named
_TYPO = 0.01  # chance that two letters of a name change places
# Share of records whose country, or for places whose entry of the gazetteer, the text tells: as extraction finds them.
_LOCATED = {EntityKind.PERSON: 0.25, EntityKind.ORGANIZATION: 0.45, EntityKind.ARMED_FORCE: 0.45}
_LINKED = 0.95
_YESTERDAY, _RECALLED = 0.25, 0.1  # chances that an older story is told, or an event of one recalled
_CLAIMED, _COUNTED, _OTHER_TOLL = 0.3, 0.5, 0.4  # of events; of the tolls, those that differ from the truth
_DAY, _MONTH = 0.75, 0.8  # events dated to the day; to the month, what lies between the two


@dataclass(frozen=True, slots=True)
class Generated:
    """A document's records, and for each that is in the news elsewhere too the key of the real thing."""

    analysis: Analysis
    truth: dict[Ref, str]


def documents(count: int) -> Iterator[Generated]:
    """The first `count` documents."""
    return (document(number) for number in range(count))


def document(number: int) -> Generated:
    """Document `number`, from its number alone."""
    rng = Random(f"document {number}")
    day = number // DAILY
    draft = _Draft(rng, day)
    for happening in _told(rng, number):
        draft.tell(happening)
    published = world.FIRST_DAY + timedelta(days=day)
    return draft.finish(rng.choice(world.lists().outlets.names), published.isoformat())


def _told(rng: Random, number: int) -> list[Happening]:
    """Some of a story's happenings, then others, each of the document's own or recalled from an older story."""
    day = number // DAILY
    main = max(0, day - (rng.random() < _YESTERDAY))
    story = world.story(main, world.zipf(rng, world.STORIES + 1))
    found = {h.key: h for h in rng.sample(story, rng.randint(3, len(story)))}
    home = story[0].agent.country
    cast = [*dict.fromkeys(h.agent for h in found.values()), *(world.actor(rng, day, home) for _ in range(4))]
    places = [story[0].place, world.scene(rng, home)]
    for index in range(rng.randint(*EVENTS) - len(found)):
        if rng.random() < _RECALLED and main:
            old = world.story(max(0, main - 1 - world.zipf(rng, 60)), world.zipf(rng, world.STORIES + 1))
            chosen = rng.choice(old)
        else:
            chosen = world.happening(rng, f"event/own-{number}-{index}", day, cast, rng.choice(places))
        found[chosen.key] = chosen
    return list(found.values())


@dataclass(slots=True)
class _Named:
    """How the document calls one thing, and where."""

    thing: Thing
    label: str
    linked: bool
    lone: bool = False
    mentions: list[Mention] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The first mention's place, as extraction numbers records."""
        span = self.mentions[0].span
        return f"entity/{span.begin}-{span.end}"


class _Draft:
    """Writes one document's text, a sentence for each happening, and keeps the records of it."""

    def __init__(self, rng: Random, day: int) -> None:
        self._rng = rng
        self._day = day
        self._text = ""
        self._names: dict[str, _Named] = {}
        self._events: list[Event] = []
        self._event_keys: list[str] = []
        self._statements: list[Statement] = []
        self._relations: list[Relation] = []

    def tell(self, happening: Happening) -> None:
        """One sentence, with its event, and where it is claimed, its statement."""
        start = len(self._text)
        claimed = self._said() if self._rng.random() < _CLAIMED else None
        content = len(self._text)
        agent = self._name(happening.agent, RoleName.AGENT)
        lemma, words = self._rng.choice(happening.kind.words)
        trigger = self._write(words.split()[0])
        self._write(" ".join(words.split()[1:]))
        patient = self._name(happening.patient, RoleName.PATIENT)
        self._write("in")
        place = self._name(happening.place, RoleName.PLACE)
        time, quantities = self._dated(happening), self._toll(happening)
        sentence = Span(start, len(self._text.rstrip()))
        self._text = self._text.rstrip() + ". "
        event = Event(
            id=f"event/{trigger.begin}-{trigger.end}",
            type=happening.kind.type,
            label=f"{self._names[happening.agent.key].label} {lemma} {self._names[happening.patient.key].label}",
            lemma=lemma,
            triggers=(trigger,),
            sentence=sentence,
            roles=(agent, patient, place),
            time=time,
            quantities=quantities,
            narrated=claimed is None,
            within=(claimed[0],) if claimed else (),
        )
        self._events.append(event)
        self._event_keys.append(happening.key)
        if claimed:
            self._state(*claimed, Span(content, sentence.end), event.id)

    def finish(self, outlet: str, day: str) -> Generated:
        """All records, and what they truly are."""
        text = self._text.rstrip()
        whole = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text)))
        identifier = document_id(text, outlet, day, "")
        document = Document(id=identifier, text=text, sections=(whole,), publisher=outlet, date=day)
        analysis = Analysis(
            document=document,
            entities=tuple(_entity(named) for named in self._names.values()),
            events=tuple(self._events),
            statements=tuple(self._statements),
            relations=tuple({relation.id: relation for relation in self._relations}.values()),
        )
        truth = {Ref(identifier, named.id): key for key, named in self._names.items()}
        happened = zip(self._events, self._event_keys, strict=True)
        return Generated(analysis, truth | {Ref(identifier, event.id): key for event, key in happened})

    # -- words -----------------------------------------------------------------------------------------------------

    def _write(self, words: str) -> Span:
        begin = len(self._text)
        self._text += words + " " if words else ""
        return Span(begin, begin + len(words))

    def _name(self, thing: Thing, role: RoleName) -> Role:
        """Names `thing` and makes it fill `role`."""
        return Role(role=role, filler=self._mention(thing).id, span=self._names[thing.key].mentions[-1].span)

    def _mention(self, thing: Thing) -> _Named:
        rng, named = self._rng, self._names.get(thing.key)
        if named is None:
            label = rng.choice(thing.names) if rng.random() < _VARIANT else thing.names[thing.usual]
            lone = bool(thing.short) and rng.random() < _LONE
            linked = rng.random() < _LOCATED.get(thing.kind, _LINKED)
            named = _Named(thing, thing.short if lone else self._typed(label, thing.kind), linked, lone)
            self._names[thing.key] = named
            titled = thing.office(self._day) if rng.random() < _TITLED else ""
            office = self._write(titled) if titled else None
            self._place(named, named.label)
            if office:
                self._hold(named, titled, office)
        else:
            self._place(named, thing.short if thing.short and rng.random() < _SHORT else named.label)
        return named

    def _typed(self, label: str, kind: EntityKind) -> str:
        """An actor's name as typed, now and then wrongly."""
        if kind in (EntityKind.PLACE, EntityKind.GPE) or self._rng.random() >= _TYPO:
            return label
        at = self._rng.randrange(1, len(label) - 2)
        return label[:at] + label[at + 1] + label[at] + label[at + 2 :] if label[at : at + 2].isalpha() else label

    def _place(self, named: _Named, words: str) -> None:
        span = self._write(words)
        head = Span(span.end - len(words.split()[-1]), span.end)
        named.mentions.append(Mention(span=span, head=head, kind=MentionKind.NAME))
        if words not in (named.label, *named.aliases):
            named.aliases.append(words)

    def _hold(self, named: _Named, title: str, span: Span) -> None:
        """The office that a title tells of."""
        identifier = f"relation/position-{named.id.removeprefix('entity/')}-{span.begin}-{span.end}"
        self._relations.append(
            Relation(id=identifier, subject=named.id, predicate="position", evidence=span, literal=title)
        )

    def _said(self) -> tuple[str, str, Span, Stance, Span]:
        """A speaker and a cue: the statement's id, the speaker's and the speaker's words, the stance and the cue."""
        speakers = [n.thing for n in self._names.values() if n.thing.kind is not EntityKind.PLACE]
        known = speakers if speakers and self._rng.random() < 0.7 else [world.actor(self._rng, self._day)]
        named = self._mention(self._rng.choice(known))
        saying = self._rng.choice(world.lists().saying)
        cue = self._write(saying.cue)
        self._write("that")
        return f"statement/{cue.begin}-{cue.end}", named.id, named.mentions[-1].span, Stance(saying.stance), cue

    def _state(
        self, identifier: str, speaker: str, source: Span, stance: Stance, cue: Span, content: Span, event: str
    ) -> None:
        statement = Statement(
            id=identifier,
            content=(content,),
            cue=(cue,),
            speaker=speaker,
            speaker_span=source,
            stance=stance,
            reports=(event,),
        )
        self._statements.append(statement)

    def _dated(self, happening: Happening) -> Time | None:
        share = self._rng.random()
        if share >= _MONTH:
            return None
        day = happening.day.isoformat()
        value, words = (day, f"on {day}") if share < _DAY else (day[:7], f"in {happening.day:%B}")
        return Time(value=value, span=self._write(words))

    def _toll(self, happening: Happening) -> tuple[Quantity, ...]:
        if not happening.kind.toll or self._rng.random() >= _COUNTED:
            return ()
        wrong = self._rng.random() < _OTHER_TOLL
        count = max(1, round(happening.toll * self._rng.uniform(0.5, 1.6))) if wrong else happening.toll
        span = self._write(f"with {count} {happening.kind.toll}")
        return (Quantity(span=span, value=float(count), counts=happening.kind.toll),)


def _entity(named: _Named) -> Entity:
    thing = named.thing
    located = named.linked and thing.geo is not None
    return Entity(
        id=named.id,
        kind=thing.kind,
        label=named.label,
        mentions=tuple(named.mentions),
        aliases=tuple(named.aliases),
        named=True,
        geo=thing.geo if located else None,
        country=thing.country if named.linked else "",
    )
