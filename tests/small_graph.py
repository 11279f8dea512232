"""Two invented reports that contradict each other, as records: what the store, query and export tests run on."""

from __future__ import annotations

from kg.config import Settings
from kg.graph import graph_quads
from kg.ids import Minter
from kg.model import (
    Analysis,
    Canonical,
    Comparison,
    Decision,
    Document,
    Entity,
    EntityKind,
    Event,
    Geo,
    Identity,
    Judgement,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    Quotation,
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
from kg.store import RdflibQuad, Store, from_rdflib

HERALD = (
    "Ardanian troops shell Tolvik\n\n"
    "Ardanian troops shelled a market in Tolvik on Monday, killing three people. "
    "The Ardanian Defence Ministry said its gunners had struck an arms depot. "
    "“There were no weapons here,” said Ilse Körr, the mayor of Tolvik. “None at all.”\n\n"
    "Bresk and Oland signed a truce in Marsh End in March."
)
WIRE = (
    "Bresk gunners hit Tolvik, Ardania says\n\n"
    "Bresk, not Ardania, fired on Tolvik, the Ardanian Defence Ministry said on Tuesday. "
    "Bresk will join talks with Oland next year."
)
BASE = "https://example.org/news/"
HOSTILE = "=cmd()|' /C calc'!A0 \"</script><script>alert(1)</script>\nhref='x' \x0b\ufffe & <b>bold</b> ]]> [red]"


def at(text: str, words: str, nth: int = 0) -> Span:
    """The span of the `nth` occurrence of `words` in `text`."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return Span(begin, begin + len(words))


def entity(text: str, key: str, kind: EntityKind, label: str, *names: str, aliases: tuple[str, ...] = ()) -> Entity:
    """An entity mentioned by each of `names`, by `label` when none is given."""
    spans = [at(text, name) for name in names or (label,)]
    mentions = tuple(Mention(span=span, head=span, kind=MentionKind.NAME) for span in spans)
    return Entity(id=f"entity/{key}", kind=kind, label=label, mentions=mentions, aliases=aliases, named=True)


def role(text: str, name: RoleName, filler: str, words: str) -> Role:
    """A role filled by the entity or event with id `filler`."""
    return Role(role=name, filler=filler, span=at(text, words))


def herald(mayor: str = "Ilse Körr") -> Analysis:
    """The first report; `mayor` is a label to try hostile text with."""
    text = HERALD
    body = text.index("Ardanian troops shelled")
    return Analysis(
        document=Document(
            id="coastal-herald-2023-05-02",
            text=text,
            title="Ardanian troops shell Tolvik",
            publisher="Coastal Herald",
            author="Mia Lund",
            date="2023-05-02",
            sections=(
                Section(kind=SectionKind.HEADLINE, span=Span(0, 28)),
                Section(kind=SectionKind.PARAGRAPH, span=Span(body, text.index("\n\nBresk"))),
                Section(kind=SectionKind.PARAGRAPH, span=Span(text.index("Bresk"), len(text))),
            ),
        ),
        entities=(
            entity(text, "troops", EntityKind.ARMED_FORCE, "Ardanian troops"),
            entity(text, "tolvik", EntityKind.PLACE, "Tolvik"),
            entity(text, "people", EntityKind.GROUP, "three people"),
            entity(text, "ministry", EntityKind.ORGANIZATION, "Ardanian Defence Ministry", aliases=("the ministry",)),
            entity(text, "mayor", EntityKind.PERSON, mayor, "Ilse Körr", aliases=("Korr",)),
            entity(text, "bresk", EntityKind.GPE, "Bresk"),
            entity(text, "oland", EntityKind.GPE, "Oland"),
            entity(text, "marsh-end", EntityKind.PLACE, "Marsh End"),
        ),
        events=_herald_events(text),
        statements=(
            Statement(
                id="statement/depot",
                content=(at(text, "its gunners had struck an arms depot"),),
                cue=(at(text, "said"),),
                speaker="entity/ministry",
                speaker_span=at(text, "The Ardanian Defence Ministry"),
                reports=("event/depot",),
                time=Time(value="2023-05-02"),
            ),
            Statement(
                id="statement/weapons",
                content=(at(text, "There were no weapons here"), at(text, "None at all.")),
                cue=(at(text, "said", 1),),
                speaker="entity/mayor",
                speaker_span=at(text, "Ilse Körr, the mayor of Tolvik"),
                quotation=Quotation.DIRECT,
                stance=Stance.DENIES,
                time=Time(value="2023-05-02"),
            ),
        ),
        relations=(
            Relation(
                id="relation/mayor",
                subject="entity/mayor",
                predicate="leads",
                object="entity/tolvik",
                evidence=at(text, "Ilse Körr, the mayor of Tolvik"),
            ),
            Relation(
                id="relation/position",
                subject="entity/mayor",
                predicate="position",
                literal="mayor",
                evidence=at(text, "the mayor of Tolvik"),
            ),
        ),
    )


def _herald_events(text: str) -> tuple[Event, ...]:
    shelling = at(text, "Ardanian troops shelled a market in Tolvik on Monday, killing three people.")
    return (
        Event(
            id="event/shelled",
            type="assault",
            label="shelled: Ardanian troops → market",
            triggers=(at(text, "shelled"), at(text, "shell")),
            sentence=shelling,
            roles=(
                role(text, RoleName.AGENT, "entity/troops", "Ardanian troops"),
                role(text, RoleName.PATIENT, "entity/people", "three people"),
                role(text, RoleName.PLACE, "entity/tolvik", "Tolvik"),
            ),
            time=Time(value="2023-05-01", span=at(text, "Monday")),
            quantities=(
                Quantity(
                    span=at(text, "three"), value=3, counts="people", role=RoleName.PATIENT, filler="entity/people"
                ),
            ),
        ),
        Event(
            id="event/depot",
            type="assault",
            label="struck: gunners → arms depot",
            triggers=(at(text, "struck"),),
            sentence=at(text, "The Ardanian Defence Ministry said its gunners had struck an arms depot."),
            roles=(role(text, RoleName.AGENT, "entity/troops", "its gunners"),),
            narrated=False,
            within=("statement/depot",),
        ),
        Event(
            id="event/truce",
            type="agree",
            label="signed: Bresk, Oland → truce",
            triggers=(at(text, "signed"),),
            sentence=at(text, "Bresk and Oland signed a truce in Marsh End in March."),
            roles=(
                role(text, RoleName.AGENT, "entity/bresk", "Bresk"),
                role(text, RoleName.AGENT, "entity/oland", "Oland"),
                role(text, RoleName.PLACE, "entity/marsh-end", "Marsh End"),
            ),
            time=Time(value="2023-03", span=at(text, "March")),
        ),
    )


def wire() -> Analysis:
    """The second report, which blames the other side."""
    text = WIRE
    fired = at(text, "Bresk, not Ardania, fired on Tolvik, the Ardanian Defence Ministry said on Tuesday.")
    return Analysis(
        document=Document(
            id="northern-wire-2023-05-03",
            text=text,
            title="Bresk gunners hit Tolvik, Ardania says",
            publisher="Northern Wire",
            date="2023-05-03",
            sections=(Section(kind=SectionKind.PARAGRAPH, span=Span(text.index("Bresk, not"), len(text))),),
        ),
        entities=(
            entity(text, "bresk", EntityKind.GPE, "Bresk"),
            entity(text, "ardania", EntityKind.GPE, "Ardania"),
            entity(text, "oland", EntityKind.GPE, "Oland"),
            entity(text, "tolvik", EntityKind.PLACE, "Tolvik"),
            entity(text, "ministry", EntityKind.ORGANIZATION, "Ardanian Defence Ministry"),
        ),
        events=(
            Event(
                id="event/fired",
                type="assault",
                label="fired: Bresk → Tolvik",
                triggers=(at(text, "fired"),),
                sentence=fired,
                roles=(
                    role(text, RoleName.AGENT, "entity/bresk", "Bresk"),
                    role(text, RoleName.PLACE, "entity/tolvik", "Tolvik"),
                ),
                time=Time(start="2023-05-01", end="2023-05-02"),
                narrated=False,
                within=("statement/blame",),
            ),
            Event(
                id="event/join",
                type="consult",
                label="join: Bresk → talks",
                triggers=(at(text, "join"),),
                sentence=at(text, "Bresk will join talks with Oland next year."),
                roles=(
                    role(text, RoleName.AGENT, "entity/bresk", "Bresk"),
                    role(text, RoleName.PATIENT, "entity/oland", "Oland"),
                ),
                time=Time(value="2024", span=at(text, "next year")),
                modality=Modality.FUTURE,
                polarity=Polarity.AFFIRMED,
            ),
        ),
        statements=(
            Statement(
                id="statement/blame",
                content=(at(text, "Bresk, not Ardania, fired on Tolvik"),),
                cue=(at(text, "said"),),
                speaker="entity/ministry",
                stance=Stance.ACCUSES,
                reports=("event/fired",),
                time=Time(value="2023-05-02"),
            ),
        ),
        relations=(
            Relation(
                id="relation/opposes",
                subject="entity/bresk",
                predicate="opposes",
                object="entity/ardania",
                evidence=at(text, "Bresk, not Ardania"),
                narrated=False,
                within=("statement/blame",),
            ),
        ),
    )


def identity(mayor: str = "Ilse Körr") -> Identity:
    """Both reports' entities joined by name."""
    places = {"tolvik": (55.25, 21.5, "town"), "marsh-end": (55.0, 21.0, "town"), "oland": (57.0, 20.0, "country")}
    labels = {"mayor": mayor}
    analyses = (herald(mayor), wire())
    keys, entities = {}, {}
    for analysis in analyses:
        for found in analysis.entities:
            name = found.id.removeprefix("entity/")
            keys[Ref(analysis.document.id, found.id)] = f"thing/{name}"
            lat, lon, level = places.get(name, (0.0, 0.0, ""))
            geo = Geo(id=len(name), name=name, lat=lat, lon=lon, level=level, country="OL") if level else None
            label = labels.get(name, found.label)
            within = "thing/oland" if level == "town" else ""
            key = f"thing/{name}"
            entities[key] = Canonical(key=key, kind=found.kind, label=label, geo=geo, within=within)
    left, right = Ref("coastal-herald-2023-05-02", "event/shelled"), Ref("northern-wire-2023-05-03", "event/fired")
    return Identity(
        keys=keys,
        entities=entities,
        judgements=(
            Judgement(
                left=Ref(left.document, "entity/bresk"),
                right=Ref(right.document, "entity/bresk"),
                decision=Decision.SAME,
                method="name",
                evidence="both are written Bresk",
                left_span=_named(analyses[0], "entity/bresk"),
                right_span=_named(analyses[1], "entity/bresk"),
            ),
        ),
        comparisons=(
            Comparison(left=left, right=right, conflict=True, reason="different agents: Ardanian troops, Bresk"),
        ),
    )


def _named(analysis: Analysis, record: str) -> Span:
    return next(entity.mentions[0].span for entity in analysis.entities if entity.id == record)


def rdflib_quads(mayor: str = "Ilse Körr") -> list[RdflibQuad]:
    """The whole graph as rdflib quads."""
    return list(graph_quads((herald(mayor), wire()), identity(mayor), Minter(BASE), Settings(base=BASE)))


def small_store(mayor: str = "Ilse Körr") -> Store:
    """The whole graph in memory."""
    return Store.memory(from_rdflib(rdflib_quads(mayor)))
