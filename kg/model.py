"""The records that everything past extraction speaks: frozen, typed, and JSON Lines without loss.

All offsets are Unicode code points of ``Document.text``, which is the input unchanged.  Ids inside one
``Analysis`` are built from offsets ("event/120-128"), so the same text always gives the same ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all records: immutable, hashable by value, equal by value."""


class Span(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Characters [begin, end) of a document's text."""

    begin: int
    end: int

    def __len__(self) -> int:
        return self.end - self.begin

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.begin < other.end and other.begin < self.end

    def of(self, text: str) -> str:
        """The slice of `text` that this span names."""
        return text[self.begin : self.end]


class SectionKind(StrEnum):
    """What a stretch of a news document is."""

    HEADLINE = "headline"
    CAPTION = "caption"
    DATELINE = "dateline"  # outlet, place or date; a line of its own or the start of the first paragraph
    BYLINE = "byline"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    BOILERPLATE = "boilerplate"  # subscription lines, copyright, related links: never extracted from


class Section(Record, frozen=True, kw_only=True):
    """One labelled stretch of the text; sections are disjoint and in text order."""

    kind: SectionKind
    span: Span


class Document(Record, frozen=True, kw_only=True):
    """One article.  ``text`` is the input after decoding, otherwise unchanged.

    ``id`` is content-derived (see ``ids.document_id``) and unique in a batch.  ``date`` is the publication
    date as ISO ("2022-09-11"), "" when unknown, and so are the other strings.
    """

    id: str
    text: str
    sections: tuple[Section, ...]
    title: str = ""
    publisher: str = ""
    author: str = ""
    date: str = ""
    place: str = ""  # the dateline's place as written
    url: str = ""
    language: str = "en"
    name: str = ""  # file name without folders: shown to people, never part of an id


class EntityKind(StrEnum):
    """Classes of actor and place; the values are local names in the `kg:` namespace."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    ARMED_FORCE = "ArmedForce"
    GROUP = "Group"  # people without an organisation: "civilians", "thousands of people"
    GPE = "GeopoliticalEntity"  # both actor and place
    PLACE = "Place"


class MentionKind(StrEnum):
    """How a mention names its entity."""

    NAME = "Name"
    NOMINAL = "Nominal"
    PRONOUN = "Pronoun"
    ADJECTIVAL = "Adjectival"  # "Russian" in "Russian troops" mentions Russia


class Mention(Record, frozen=True, kw_only=True):
    """One place where the text names an entity."""

    span: Span
    head: Span  # the head word, inside `span`
    kind: MentionKind


class Geo(Record, frozen=True, kw_only=True):
    """A gazetteer entry.  ``id`` is the GeoNames id; ``level`` is country, region or town."""

    id: int
    name: str
    lat: float
    lon: float
    level: str
    country: str  # ISO 3166-1 alpha-2, "" when none
    region: str = ""  # the containing subdivision's name, "" when none or unknown
    population: int = 0


class Entity(Record, frozen=True, kw_only=True):
    """One actor or place of one document, with all its mentions in text order."""

    id: str
    kind: EntityKind
    label: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    named: bool = False  # at least one mention is a proper name
    geo: Geo | None = None
    country: str = ""  # ISO code of the country that it is, lies in or serves, "" when unknown
    known: str = ""  # key in the knowledge file of well-known actors, "" when not there


class Time(Record, frozen=True, kw_only=True):
    """A resolved time: ``value`` is ISO day, month or year; ``start``/``end`` bound a longer stretch.

    ``span`` is where the text says so; ``None`` when inherited from the document or a neighbour.
    """

    value: str = ""
    start: str = ""
    end: str = ""
    span: Span | None = None


class RoleName(StrEnum):
    """What part an entity or event plays in an event; values are local names in `kg:`."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    INSTRUMENT = "instrument"
    PLACE = "place"
    ORIGIN = "origin"
    DESTINATION = "destination"


class Role(Record, frozen=True, kw_only=True):
    """A filler of a role: `filler` is the id of an Entity or Event of the same Analysis.

    ``basis`` says how the filler was found: "argument" (attached to the trigger), "sentence", "dateline"
    or "inherited" (from a governing or coordinated predicate).
    """

    role: RoleName
    filler: str
    span: Span
    basis: str = "argument"


class Quantity(Record, frozen=True, kw_only=True):
    """A number with what it counts: "more than 1,300 people" has minimum 1300, counts "people".

    ``role`` and ``filler``, an Entity id, say whom or what of the event it counts; ``None`` and "" where it measures
    the event itself (a sum, a share, how long it took) or counts what fills no role.
    """

    span: Span
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    counts: str = ""
    role: RoleName | None = None
    filler: str = ""


class Polarity(StrEnum):
    """Whether the occurrence or saying is affirmed or negated."""

    AFFIRMED = "Affirmed"
    NEGATED = "Negated"


class Modality(StrEnum):
    """Whether an occurrence is told as actual."""

    ACTUAL = "Actual"
    POSSIBLE = "Possible"
    FUTURE = "Future"
    CONDITIONAL = "Conditional"
    GENERIC = "Generic"  # a habit or a rule: "strikes usually hit the port"


class Event(Record, frozen=True, kw_only=True):
    """An occurrence that the text tells of.

    ``triggers`` holds every mention's trigger word, the first being the best.  ``narrated`` is true when at
    least one mention stands in the publisher's own voice; ``within`` names the statements whose content
    holds a mention.
    """

    id: str
    type: str  # notation of a concept of the event type scheme, e.g. "assault"
    label: str  # readable, e.g. "Russian troops hit Ukrainian army positions"
    lemma: str = ""  # of the first trigger, lower case
    triggers: tuple[Span, ...]
    sentence: Span
    roles: tuple[Role, ...] = ()
    time: Time | None = None
    quantities: tuple[Quantity, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    narrated: bool = True
    within: tuple[str, ...] = ()


class Quotation(StrEnum):
    """How the reported words stand in the text."""

    DIRECT = "Direct"
    INDIRECT = "Indirect"
    MIXED = "Mixed"


class Stance(StrEnum):
    """What the speaker does by saying it, from the cue."""

    ASSERTS = "Asserts"
    DENIES = "Denies"
    ACCUSES = "Accuses"
    WARNS = "Warns"
    PROMISES = "Promises"
    DEMANDS = "Demands"
    ASKS = "Asks"
    BELIEVES = "Believes"


class Statement(Record, frozen=True, kw_only=True):
    """Somebody attributed as saying, writing, thinking or ordering something.

    ``speaker`` is an Entity id, "" when the text names no source; ``reports`` holds ids of the events and
    statements inside the content; ``within`` the statements whose content holds this one's cue.
    """

    id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: str = ""
    speaker_span: Span | None = None
    quotation: Quotation = Quotation.INDIRECT
    stance: Stance = Stance.ASSERTS
    polarity: Polarity = Polarity.AFFIRMED  # "did not say" is Negated
    medium: str = ""
    addressee: str = ""
    time: Time | None = None
    reports: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class Relation(Record, frozen=True, kw_only=True):
    """A lasting relation; exactly one of `object` (an Entity id) and `literal` is set.

    ``start`` and ``end`` are ISO days, months or years, "" when the text tells none; ``started_by`` and
    ``ended_by`` the ids of the events that brought it about.  ``ended`` is true of what held once ("the former
    president"), whether or not the text tells until when.
    """

    id: str
    subject: str
    predicate: str  # local name of a `kg:` property, e.g. "leads"
    evidence: Span
    object: str = ""
    literal: str = ""
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    ended: bool = False
    start: str = ""
    end: str = ""
    started_by: str = ""
    ended_by: str = ""
    narrated: bool = True
    within: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the publisher tells it as a fact of now: only then may it be read without its circumstances."""
        told = self.narrated and not self.ended
        return told and self.polarity is Polarity.AFFIRMED and self.modality is Modality.ACTUAL


class Analysis(Record, frozen=True, kw_only=True):
    """All that was extracted from one document."""

    document: Document
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()


class Decision(StrEnum):
    """The outcome of comparing two resources."""

    SAME = "Same"
    DIFFERENT = "Different"
    UNSURE = "Unsure"


class Ref(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A record across documents: the document's id and the record's id in it."""

    document: str
    record: str


class Judgement(Record, frozen=True, kw_only=True):
    """A recorded decision that two records are the same thing or are not, and why.

    The names are for a reader; the spans are where the texts name the two, ``None`` for events, which are nodes of
    their own.
    """

    left: Ref
    right: Ref
    decision: Decision
    method: str
    evidence: str
    score: float | None = None  # only where calibrated
    left_name: str = ""
    right_name: str = ""
    left_span: Span | None = None
    right_span: Span | None = None


class Comparison(Record, frozen=True, kw_only=True):
    """Two statements or events that conflict or agree, and why in words a reader can check."""

    left: Ref
    right: Ref
    conflict: bool
    reason: str


class Canonical(Record, frozen=True, kw_only=True):
    """What is known of one real thing once its records are joined; ``key`` becomes its IRI."""

    key: str  # e.g. "person/volodymyr-zelensky"
    kind: EntityKind
    label: str
    geo: Geo | None = None
    country: str = ""
    same_as: tuple[str, ...] = ()  # what it is called elsewhere: IRIs of a user's knowledge base
    within: str = ""  # key of the smallest region or country that a place is known to lie in
    mentioned: bool = True  # false for a region or country that no document names, only places in it


class Story(Record, frozen=True, kw_only=True):
    """One occurrence that several accounts tell of; ``key`` becomes its IRI."""

    key: str  # e.g. "event/quake-strikes-lima-0a1b2c3d4e"
    label: str
    type: str
    date: str = ""  # ISO day, month or year, where all accounts that tell one agree


class Identity(Record, frozen=True, kw_only=True):
    """What was decided across documents.

    ``keys`` maps each entity record to the key of its canonical resource; records with the same key are one
    node, described once in ``entities``, which also holds the regions and countries around the places named.
    Events and statements keep a node per document; ``comparisons`` says which of them conflict or agree.
    ``keys`` maps an event told of in several accounts to what they tell of, described in ``stories``.
    """

    keys: dict[Ref, str]
    entities: dict[str, Canonical]
    judgements: tuple[Judgement, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    stories: dict[str, Story] = {}


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Analysis)


def to_jsonl(analyses: Iterable[Analysis]) -> Iterator[bytes]:
    """Encode each analysis as one JSON line, newline included; the same record gives the same bytes."""
    for analysis in analyses:
        yield _encoder.encode(analysis) + b"\n"


def from_jsonl(lines: Iterable[bytes]) -> Iterator[Analysis]:
    """Decode what `to_jsonl` wrote; raises ``msgspec.ValidationError`` on anything else."""
    for line in lines:
        if line.strip():
            yield _decoder.decode(line)
