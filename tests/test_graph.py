"""Records -> quads: golden folders, the layout of the named graphs, and hostile text.

`python -m tests.test_graph` writes the golden folders' expected.trig anew; read the difference before keeping it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, Literal, URIRef

from kg.config import Settings
from kg.errors import GraphError, InvalidIri
from kg.graph import PREFIXES, Quad, dataset, document_quads, graph_quads, identity_quads
from kg.graph.terms import calendar, decimal, number, point
from kg.ids import Minter
from kg.model import (
    Analysis,
    Canonical,
    Comparison,
    Document,
    Entity,
    EntityKind,
    Event,
    Identity,
    Judgement,
    Mention,
    MentionKind,
    Quantity,
    Ref,
    Relation,
    Role,
    RoleName,
    Span,
    Statement,
    Time,
    from_jsonl,
)

GOLDEN = Path(__file__).parent / "golden" / "graph"
CASES = sorted(path.name for path in GOLDEN.iterdir())
SETTINGS = Settings(base="https://example.org/")
MINTER = Minter(SETTINGS.base)
KG = rdflib.Namespace(PREFIXES["kg"])
REPORT = "https://example.org/doc/ostervik-post-2031-03-04-0000000001"


class Decisions(msgspec.Struct, frozen=True):
    """An Identity as a golden folder writes it."""

    keys: list[tuple[str, str, str]]
    entities: list[Canonical]
    judgements: tuple[Judgement, ...] = ()
    comparisons: tuple[Comparison, ...] = ()

    def identity(self) -> Identity:
        return Identity(
            keys={Ref(document, record): key for document, record, key in self.keys},
            entities={canonical.key: canonical for canonical in self.entities},
            judgements=self.judgements,
            comparisons=self.comparisons,
        )


def load(case: str) -> tuple[list[Analysis], Identity]:
    folder = GOLDEN / case
    analyses = list(from_jsonl((folder / "records.jsonl").read_bytes().splitlines()))
    return analyses, msgspec.json.decode((folder / "identity.json").read_bytes(), type=Decisions).identity()


def quads_of(case: str) -> list[Quad]:
    return list(graph_quads(*load(case), MINTER, SETTINGS))


def facts(analysis: Analysis, identity: Identity) -> list[Quad]:
    return list(document_quads(analysis, identity, MINTER, SETTINGS))


def without_configuration(quads: set[Quad]) -> set[Quad]:
    """The activity's IRI and settings change with every new setting; what it made does not."""
    activity = next(s for s, p, o, _ in quads if p == RDF.type and o == rdflib.PROV.Activity)
    stable = URIRef("https://example.org/activity/any")
    renamed = {(stable if s == activity else s, p, stable if o == activity else o, g) for s, p, o, g in quads}
    return {
        quad for quad in renamed if quad[1] not in (KG.configuration, URIRef(PREFIXES["schema"] + "softwareVersion"))
    }


def sets(case: str) -> dict[str, set[tuple[object, ...]]]:
    """The triples of each named graph, by the last part of its name."""
    graphs: dict[str, set[tuple[object, ...]]] = {}
    for s, p, o, g in quads_of(case):
        graphs.setdefault(g.rsplit("/", 1)[1], set()).add((s, p, o))
    return graphs


# ---------------------------------------------------------------- golden folders


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    expected = rdflib.Dataset()
    expected.parse(GOLDEN / case / "expected.trig", format="trig")
    wanted = {(s, p, o, URIRef(str(g))) for s, p, o, g in expected.quads((None, None, None, None))}
    assert without_configuration(set(quads_of(case))) == without_configuration(wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES)
def test_every_resource_is_an_iri(case: str) -> None:
    for subject, predicate, value, graph in quads_of(case):
        assert isinstance(subject, URIRef)
        assert isinstance(predicate, URIRef)
        assert isinstance(graph, URIRef)
        assert isinstance(value, URIRef | Literal)


@pytest.mark.parametrize("case", CASES)
def test_order_of_documents_does_not_matter(case: str) -> None:
    analyses, identity = load(case)
    backwards = list(graph_quads(analyses[::-1], identity, MINTER, SETTINGS))
    assert backwards == quads_of(case)


def test_hash_seed_does_not_matter() -> None:
    program = "from tests.test_graph import quads_of; print(quads_of('one-report') + quads_of('two-reports'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


# ---------------------------------------------------------------- what happened and who says so


def test_narrated_event_stands_in_the_narrative() -> None:
    graphs = sets("one-report")
    events = {s for s, p, o in graphs["narrative"] if (p, o) == (RDF.type, KG.Event)}
    assert {str(event).rsplit("/", 1)[0] for event in events} == {f"{REPORT}/event"}
    assert len(events) == 3
    assert not {o for _, p, o in graphs["claims"] if p == RDF.type} & {KG.Event}


def test_claimed_event_is_reached_through_reports_alone() -> None:
    graphs = sets("one-report")
    claimed = {s for s, p, o in graphs["claims"] if (p, o) == (RDF.type, KG.ClaimedEvent)}
    assert len(claimed) == 2
    for event in claimed:
        assert {p for g in graphs.values() for _, p, o in g if o == event} == {KG.reports, KG.inEvent}


def test_nested_statement_stands_in_the_claims() -> None:
    graphs = sets("one-report")
    nested = {s for s, p, o in graphs["claims"] if (p, o) == (RDF.type, KG.Statement)}
    outer = {s for s, p, o in graphs["narrative"] if p == KG.reports and o in nested}
    assert len(nested) == len(outer) == 1


def test_claimed_relation_has_no_plain_triple() -> None:
    graphs = sets("one-report")
    everything = set().union(*graphs.values())
    assert not any(p == KG.alliedWith for _, p, _ in everything)
    relation = URIRef(f"{REPORT}/relation/alliedWith")
    assert (relation, RDF.predicate, KG.alliedWith) in graphs["claims"]
    assert [s for s, p, o in everything if (p, o) == (KG.reports, relation)]


def test_narrated_relation_has_its_plain_triple() -> None:
    narrative = sets("one-report")["narrative"]
    person, union = (
        URIRef(f"https://example.org/{key}") for key in ("person/jonas-ek", "organization/harbour-workers-union")
    )
    assert (person, KG.leads, union) in narrative


# ---------------------------------------------------------------- resources and evidence


def test_records_of_one_thing_share_a_node_and_keep_their_mentions() -> None:
    mentions = [o for s, p, o, _ in quads_of("two-reports") if s.endswith("/place/ruta") and p == KG.mention]
    assert [str(m).rsplit("/", 1)[1] for m in mentions] == ["first-2030-05#char=0,4", "second-2030-05#char=39,45"]


def test_role_filled_twice_is_one_participation_with_two_pieces_of_evidence() -> None:
    analyses, _ = load("one-report")
    strike = analyses[0].events[0]
    node = URIRef(f"{REPORT}/{strike.id}/agent/{strike.roles[0].filler}")
    found = [(p, str(o)) for s, p, o, _ in quads_of("one-report") if s == node]
    assert [o for p, o in found if p == KG.basis] == ["argument", "sentence"]
    assert len([o for p, o in found if p == rdflib.PROV.wasDerivedFrom]) == 2
    assert len([o for p, o in found if p == KG.filler]) == 1


def test_quantity_says_whom_it_counts_and_in_what_part() -> None:
    (analysis, *_), identity = load("one-report")
    strike = next(
        e for e in analysis.events if any(r.role is RoleName.AGENT and r.filler[:6] == "entity" for r in e.roles)
    )
    agent = next(role.filler for role in strike.roles if role.role is RoleName.AGENT)
    crowd = Quantity(span=strike.triggers[0], value=3, counts="people", role=RoleName.AGENT, filler=agent)
    sum_ = Quantity(span=strike.sentence, value=5, unit="USD")
    events = (msgspec.structs.replace(strike, quantities=(crowd, sum_)),)
    quads = facts(msgspec.structs.replace(analysis, events=events, statements=(), relations=()), identity)
    told = [(p, o) for _, p, o, _ in quads if p in (KG.quantityOf, KG.quantityRole)]
    fillers = {o for _, p, o, _ in quads if p == KG.agent}
    assert [o for p, o in told if p == KG.quantityRole] == [KG.agent]
    assert {o for p, o in told if p == KG.quantityOf} <= fillers


def test_every_span_quotes_its_characters() -> None:
    for case in CASES:
        texts = {MINTER.document(a.document.id): a.document.text for a in load(case)[0]}
        for subject, predicate, value, _ in quads_of(case):
            if predicate == URIRef(PREFIXES["nif"] + "anchorOf"):
                document, _, offsets = subject.partition("#char=")
                begin, end = map(int, offsets.split(","))
                assert texts[document][begin:end] == str(value)


def test_coordinates_belong_to_places_alone() -> None:
    _, identity = load("two-reports")
    geo = identity.entities["place/11"].geo
    moved = {
        **identity.entities,
        "group/belmar": Canonical(key="group/belmar", kind=EntityKind.GROUP, label="x", geo=geo),
    }
    quads = identity_quads(Identity(keys=identity.keys, entities=moved), MINTER)
    assert not [p for s, p, _, _ in quads if s.endswith("group/belmar") and "geo" in p]


def test_judgement_names_mentions_since_merged_records_share_a_node() -> None:
    quads = quads_of("two-reports")
    lefts = {o for s, p, o, _ in quads if p == KG.left and "/judgement/" in s}
    assert lefts
    assert all("#char=" in left for left in lefts)


def test_conflict_is_asserted_both_ways() -> None:
    pairs = [(s, o) for s, p, o, _ in quads_of("two-reports") if p == KG.conflictsWith]
    assert len(pairs) == 2
    assert pairs[0] == pairs[1][::-1]


def test_activity_is_the_same_for_the_same_settings_only() -> None:
    analyses, identity = load("one-report")

    def activity(settings: Settings) -> str:
        quads = document_quads(analyses[0], identity, MINTER, settings)
        return next(str(s) for s, p, o, _ in quads if o == rdflib.PROV.Activity)

    assert activity(SETTINGS) == activity(Settings(base=SETTINGS.base))
    assert activity(SETTINGS) != activity(Settings(base=SETTINGS.base, spacy_model="another"))


# ---------------------------------------------------------------- literals


@pytest.mark.parametrize(
    ("value", "datatype"), [("2031-03-03", XSD.date), ("2031-03", XSD.gYearMonth), ("2031", XSD.gYear)]
)
def test_calendar_by_length(value: str, datatype: URIRef) -> None:
    assert calendar(value) == Literal(value, datatype=datatype, normalize=False)


@pytest.mark.parametrize("value", ["", "soon", "2031-3", "2031-03-03T10:00", "2031-13-45", "2031-02-30", "20x1"])
def test_calendar_refuses_what_is_no_date(value: str) -> None:
    with pytest.raises(GraphError, match="ISO day, month or year"):
        calendar(value)


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        (1342.0, "1342", XSD.integer),
        (0.5, "0.5", XSD.decimal),
        (-1e-7, "-0.0000001", XSD.decimal),
        (1e21, "1" + "0" * 21, XSD.integer),
    ],
)
def test_number(value: float, lexical: str, datatype: URIRef) -> None:
    literal = number(value)
    assert (str(literal), literal.datatype) == (lexical, datatype)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_number_refuses_what_is_none(value: float) -> None:
    with pytest.raises(GraphError, match="not a number"):
        number(value)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_decimal_keeps_its_value_and_is_canonical(value: float) -> None:
    lexical = str(decimal(value))
    assert float(lexical) == value
    assert "e" not in lexical.lower()
    assert "." not in lexical or not lexical.endswith("0")


def test_point_has_the_longitude_first() -> None:
    assert str(point(63.5, -0.25)) == "POINT(-0.25 63.5)"


# ---------------------------------------------------------------- bad records and hostile text


def tiny(text: str = "Ann ran.", **changes: Any) -> tuple[Analysis, Identity]:
    entity = Entity(
        id="entity/0-3",
        kind=EntityKind.PERSON,
        label=text[:3],
        mentions=(Mention(span=Span(0, 3), head=Span(0, 3), kind=MentionKind.NAME),),
    )
    document = Document(id="d", text=text, sections=(), title=text, publisher=text, author=text, url=text)
    analysis = msgspec.structs.replace(Analysis(document=document, entities=(entity,)), **changes)
    canonical = Canonical(key="person/ann", kind=EntityKind.PERSON, label=text)
    return analysis, Identity(keys={Ref("d", "entity/0-3"): "person/ann"}, entities={"person/ann": canonical})


def event(**changes: Any) -> Event:
    plain = Event(id="event/4-7", type="act", label="Ann ran", triggers=(Span(4, 7),), sentence=Span(0, 8))
    return msgspec.structs.replace(plain, **changes)


def test_entity_without_identity() -> None:
    with pytest.raises(GraphError, match=r"d: entity/0-3 has no identity"):
        facts(tiny()[0], Identity(keys={}, entities={}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"events": (event(roles=(Role(role=RoleName.AGENT, filler="entity/9-9", span=Span(0, 3)),)),)}, "entity/9-9"),
        ({"events": (event(triggers=(Span(4, 70),)),)}, r"\[4, 70\)"),
        ({"events": (event(triggers=(Span(4, 4),)),)}, r"\[4, 4\)"),
        ({"events": (event(narrated=False, within=("statement/0-1",)),)}, "statement/0-1"),
        ({"events": (event(time=Time(value="Monday")),)}, "Monday"),
        ({"statements": (Statement(id="statement/4-7", content=(Span(0, 3),), speaker="entity/9-9"),)}, "entity/9-9"),
        (
            {"relations": (Relation(id="relation/1", subject="entity/9-9", predicate="leads", evidence=Span(0, 3)),)},
            "entity/9-9",
        ),
    ],
)
def test_bad_record_is_refused_by_name(changes: dict[str, Any], message: str) -> None:
    analysis, identity = tiny(**changes)
    with pytest.raises(GraphError, match=message):
        facts(analysis, identity)


@pytest.mark.parametrize("kind", ["a b", "a>", "a\nb"])
def test_names_that_no_iri_may_hold_are_refused(kind: str) -> None:
    analysis, identity = tiny(events=(event(type=kind),))
    with pytest.raises(InvalidIri):
        facts(analysis, identity)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=3))
def test_any_text_survives_the_way_through_trig(text: str) -> None:
    quads = facts(*tiny(text))
    written = dataset(quads).serialize(format="nquads", encoding="utf-8")
    back = rdflib.Dataset()
    back.parse(data=written, format="nquads")
    assert {(s, p, o) for s, p, o, _ in quads} == {(s, p, o) for s, p, o, _ in back.quads((None, None, None, None))}


def test_dataset_holds_the_named_graphs_and_prefixes() -> None:
    quads = quads_of("one-report")
    graph = dataset(quads)
    assert len(graph) == len(set(quads))
    assert {str(g.identifier) for g in graph.graphs() if len(g)} == {str(quad[3]) for quad in quads}
    assert str(dict(graph.namespaces())["kg"]) == PREFIXES["kg"]


if __name__ == "__main__":
    import pyoxigraph as ox

    from kg.store import from_rdflib

    for name in CASES:
        ordered = sorted(from_rdflib(quads_of(name)), key=lambda quad: (str(quad.graph_name), str(quad)))
        (GOLDEN / name / "expected.trig").write_bytes(
            bytes(ox.serialize(dict.fromkeys(ordered), format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b"")
        )
