"""Validation: sound graphs conform, each fault is found and explained, and both SHACL engines agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from kg.errors import GraphError, KgError
from kg.graph import PREFIXES, Quad, Term, dataset
from kg.store import Store, from_rdflib
from kg.validate import ENGINES, Finding, validate
from tests.test_graph import CASES, REPORT, quads_of

KG, KGS = Namespace(PREFIXES["kg"]), Namespace("https://w3id.org/newskg/shapes#")
NIF, SCHEMA, WGS = (Namespace(PREFIXES[prefix]) for prefix in ("nif", "schema", "wgs84_pos"))
SOURCE, NARRATIVE, CLAIMS = (URIRef(f"{REPORT}/{name}") for name in ("source", "narrative", "claims"))
BASE = "https://example.org/"
IDENTITY = URIRef(BASE + "identity")
WALKED, STRANDING, BLOCK = (
    next(s for s, p, o, _ in quads_of("one-report") if p == RDFS.label and str(o) == label)
    for label in ("dockers walked", "stranding passengers", "it block Norrsund bridge")
)
SAID = next(s for s, p, o, _ in quads_of("one-report") if p == RDFS.label and str(o).startswith("Karin Vale:"))
DENIED = next(s for s, p, o, _ in quads_of("one-report") if p == KG.stance and o == KG.Denies)
VALE, UNION, TOWN = (
    URIRef(BASE + key) for key in ("person/karin-vale", "organization/harbour-workers-union", "place/2700000")
)
LEADS, ALLIED = URIRef(f"{REPORT}/relation/leads"), URIRef(f"{REPORT}/relation/alliedWith")
HEADLINE = URIRef(f"{REPORT}#char=0,28")
QUANTITY = next(s for s, p, o, _ in quads_of("one-report") if o == KG.Quantity)
JUDGED = next(s for s, p, o, _ in quads_of("two-reports") if p == KG.score)
COMPARED = next(s for s, p, o, _ in quads_of("two-reports") if o == KG.Comparison)

Change = tuple[URIRef, URIRef, Term | None]  # what a property's values become; None takes them away


def changed(case: str, *changes: Change, graph: URIRef = NARRATIVE) -> list[Quad]:
    """The quads of a golden case, with all values of some properties replaced."""
    gone = {(subject, predicate) for subject, predicate, _ in changes}
    kept = [quad for quad in quads_of(case) if quad[:2] not in gone]
    return kept + [(s, p, o, graph) for s, p, o in changes if o is not None]


def findings(quads: list[Quad], engine: str = "shacl") -> tuple[Finding, ...]:
    return validate(Store.memory(from_rdflib(quads)), engine).findings


def day(value: str) -> Literal:
    return Literal(value, datatype=XSD.date, normalize=False)


# ---------------------------------------------------------------- sound graphs


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES)
def test_golden_graphs_conform(case: str, engine: str) -> None:
    assert findings(quads_of(case), engine) == ()


@pytest.mark.parametrize("case", CASES)
def test_same_from_file_dataset_and_plain_turtle(case: str, tmp_path: Path) -> None:
    graph = dataset(quads_of(case))
    plain = Graph()
    for subject, predicate, value, _ in quads_of(case):
        plain.add((subject, predicate, value))
    for name, form in (("graph.trig", "trig"), ("graph.ttl", "turtle")):
        (graph if form == "trig" else plain).serialize(tmp_path / name, format=form, encoding="utf-8")
        assert validate(tmp_path / name).conforms
    assert validate(graph).conforms
    assert validate(plain).conforms


def test_faults_are_found_in_plain_turtle() -> None:
    plain = Graph()
    for subject, predicate, value, _ in changed("one-report", (WALKED, KG.eventType, None)):
        plain.add((subject, predicate, value))
    assert [found.shape for found in validate(plain).findings] == [str(KGS["event-type"])]


# ---------------------------------------------------------------- each fault by its shape

FAULTS: list[tuple[str, Change]] = [
    ("label", (WALKED, RDFS.label, None)),
    ("activity", (WALKED, PROV.wasGeneratedBy, None)),
    ("evidence", (LEADS, PROV.wasDerivedFrom, None)),
    ("evidence", (LEADS, PROV.wasDerivedFrom, URIRef(REPORT))),
    ("date", (WALKED, KG.date, Literal("Monday"))),
    ("date", (WALKED, KG.date, day("2031-13-45"))),
    ("date-start", (WALKED, KG.dateStart, Literal("1", datatype=XSD.integer))),
    ("time-span", (WALKED, KG.timeSpan, VALE)),
    ("polarity", (WALKED, KG.polarity, KG.Actual)),
    ("document-text", (URIRef(REPORT), NIF.isString, None)),
    ("document-language", (URIRef(REPORT), SCHEMA.inLanguage, Literal("English, mostly"))),
    ("document-date", (URIRef(REPORT), SCHEMA.datePublished, Literal("4 March"))),
    ("span-begin", (HEADLINE, NIF.beginIndex, Literal("28", datatype=XSD.integer))),
    ("span-begin", (HEADLINE, NIF.beginIndex, Literal("0"))),
    ("span-end", (HEADLINE, NIF.endIndex, None)),
    ("span-anchor", (HEADLINE, NIF.anchorOf, None)),
    ("span-document", (HEADLINE, NIF.referenceContext, VALE)),
    ("span-mention", (HEADLINE, KG.mentionKind, KG.Direct)),
    ("section-kind", (HEADLINE, KG.sectionKind, None)),
    ("entity-name", (VALE, SKOS.prefLabel, Literal(""))),
    ("entity-mention", (VALE, KG.mention, None)),
    ("entity-document", (VALE, PROV.wasDerivedFrom, None)),
    ("entity-country", (VALE, KG.countryCode, Literal("Sweden"))),
    ("Located", (VALE, WGS.lat, Literal("1.5", datatype=XSD.decimal))),
    ("located-latitude", (TOWN, WGS.lat, Literal("91", datatype=XSD.decimal, normalize=False))),
    ("event-type", (WALKED, KG.eventType, KG.Actual)),
    ("event-trigger", (WALKED, KG.trigger, None)),
    ("event-sentence", (WALKED, KG.sentence, None)),
    ("event-modality", (WALKED, KG.modality, None)),
    ("event-agent", (WALKED, KG.agent, HEADLINE)),
    ("event-place", (WALKED, KG.place, VALE)),
    ("event-quantity", (STRANDING, KG.quantity, VALE)),
    ("claimed-by", (BLOCK, RDF.type, None)),
    ("participation-event", (URIRef(BASE + "part"), RDF.type, KG.Participation)),
    ("quantity-minimum", (QUANTITY, SCHEMA.minValue, Literal("2000", datatype=XSD.integer))),
    ("quantity-value", (QUANTITY, SCHEMA.value, Literal("many"))),
    ("quantity-of", (QUANTITY, KG.quantityOf, HEADLINE)),
    ("quantity-role", (QUANTITY, KG.quantityRole, KG.leads)),
    ("statement-content", (SAID, KG.contentSpan, None)),
    ("statement-quotation", (SAID, KG.quotation, None)),
    ("statement-stance", (SAID, KG.stance, KG.Affirmed)),
    ("statement-speaker", (SAID, KG.speaker, WALKED)),
    ("spoken-span", (SAID, KG.speakerSpan, None)),
    ("statement-addressee", (SAID, KG.addressee, HEADLINE)),
    ("statement-medium", (SAID, KG.medium, KG.Direct)),
    ("statement-reports", (SAID, KG.reports, VALE)),
    ("relation-subject", (LEADS, RDF.subject, None)),
    ("relation-predicate", (LEADS, RDF.predicate, KG.agent)),
    ("relation-object", (LEADS, RDF.object, Literal(""))),
    ("Acting", (URIRef(BASE + "place/norrsund-bridge"), KG.opposes, VALE)),
    ("Based-in", (UNION, KG.basedIn, VALE)),
    ("Located-in", (UNION, KG.locatedIn, VALE)),
    ("scored-confidence", (LEADS, KG.confidence, Literal("2", datatype=XSD.decimal, normalize=False))),
    ("Compared", (VALE, KG.agreesWith, UNION)),
    ("compared-left", (COMPARED, KG.left, URIRef(BASE + "place/ruta"))),
    ("compared-outcome", (COMPARED, KG.outcome, KG.Same)),
    ("reason", (COMPARED, RDFS.comment, None)),
    ("judged-left", (JUDGED, KG.left, None)),
    ("judged-decision", (JUDGED, KG.decision, None)),
    ("judged-method", (JUDGED, KG.method, None)),
    ("judged-score", (JUDGED, KG.score, Literal("1.5", datatype=XSD.decimal))),
]


@pytest.mark.parametrize(("shape", "change"), FAULTS, ids=[f"{i}-{shape}" for i, (shape, _) in enumerate(FAULTS)])
def test_fault_is_found_by_both_engines(shape: str, change: Change) -> None:
    if shape == "claimed-by":  # what nobody reports
        quads = [quad for quad in quads_of("one-report") if quad[1] != KG.reports]
    else:
        case = "two-reports" if change[0] in (COMPARED, JUDGED) else "one-report"
        quads = changed(case, change)
    found = findings(quads)
    assert str(KGS[shape]) in {finding.shape for finding in found}
    assert found == findings(quads, "pyshacl")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_engines_agree_on_any_damage(data: st.DataObject) -> None:
    quads = quads_of(data.draw(st.sampled_from(CASES)))
    places = st.integers(0, len(quads) - 1)
    lost = data.draw(st.sets(places, max_size=4))
    subject, predicate, value = (quads[data.draw(places)][column] for column in (0, 1, 2))
    damaged = [quad for place, quad in enumerate(quads) if place not in lost]
    damaged.append((URIRef(str(subject)), URIRef(str(predicate)), value, NARRATIVE))
    assert findings(damaged) == findings(damaged, "pyshacl")


# ---------------------------------------------------------------- what SHACL cannot say


def names(quads: list[Quad]) -> set[str]:
    return {finding.shape.removeprefix(str(KGS)) for finding in findings(quads)}


def moved(subject: URIRef, graph: URIRef) -> list[Quad]:
    return [(s, p, o, graph if s == subject else g) for s, p, o, g in quads_of("one-report")]


def test_event_must_stand_in_the_narrative() -> None:
    assert names(moved(WALKED, CLAIMS)) == {"event-graph"}


def test_claimed_event_must_stand_in_the_claims() -> None:
    assert names(moved(BLOCK, NARRATIVE)) == {"claim-graph"}


def test_nested_statement_must_stand_in_the_claims() -> None:
    nested = next(o for s, p, o, _ in quads_of("one-report") if (s, p) == (SAID, KG.reports))
    assert names(moved(URIRef(str(nested)), NARRATIVE)) == {"nested-graph"}


def test_event_and_claim_at_once() -> None:
    quads = [*quads_of("one-report"), (WALKED, RDF.type, KG.ClaimedEvent, CLAIMS)]
    assert {"Event", "claim-graph", "claimed-by"} & names(quads) >= {"Event", "claimed-by"}


def test_claimed_relation_must_not_be_asserted() -> None:
    party = URIRef(BASE + "organization/coast-party")
    assert names([*quads_of("one-report"), (VALE, KG.alliedWith, party, CLAIMS)]) == {"claimed-triple"}


def test_asserted_relation_needs_its_node() -> None:
    assert names([*quads_of("one-report"), (VALE, KG.opposes, UNION, NARRATIVE)]) == {"relation-evidence"}


def test_narrated_relation_needs_its_triple() -> None:
    quads = [quad for quad in quads_of("one-report") if quad[1] != KG.leads]
    assert names(quads) == {"narrated-triple", "claimed-relation"}


def test_claimed_relation_must_be_reported() -> None:
    assert names([quad for quad in quads_of("one-report") if quad[2] != ALLIED]) == {"claimed-relation"}


def test_role_needs_its_evidence() -> None:
    assert names([*quads_of("one-report"), (WALKED, KG.patient, VALE, NARRATIVE)]) == {"role-evidence"}


def test_evidence_needs_its_role() -> None:
    assert names(changed("one-report", (WALKED, KG.agent, None))) == {"role-triple"}


def test_conflict_must_be_symmetric_and_reasoned() -> None:
    extra = (DENIED, KG.conflictsWith, SAID, NARRATIVE)
    assert names([*quads_of("one-report"), extra]) == {"symmetry", "comparison"}


@pytest.mark.parametrize("words", ["Dockers strike at Östervik", "dockers strike at Östervik 🚢"])
def test_anchor_must_equal_the_slice(words: str) -> None:
    assert names(changed("one-report", (HEADLINE, NIF.anchorOf, Literal(words)))) == {"anchor"}


def test_span_must_be_named_by_its_indices() -> None:
    text = next(str(o) for _, p, o, _ in quads_of("one-report") if p == NIF.isString)
    wider = ((HEADLINE, NIF.endIndex, Literal(29)), (HEADLINE, NIF.anchorOf, Literal(text[:29])))
    assert names(changed("one-report", *wider)) == {"span-iri"}


# ---------------------------------------------------------------- readable, safe, loud


def test_finding_reads_as_a_sentence() -> None:
    (finding,) = findings(changed("one-report", (WALKED, KG.modality, None)))
    assert str(finding) == finding.message
    assert finding.message == (
        f"“dockers walked” <{WALKED}> must be one of kg:Actual, kg:Possible, kg:Future, kg:Conditional and kg:Generic; "
        "none found"
    )


def test_finding_names_the_value() -> None:
    (finding,) = findings(changed("one-report", (WALKED, KG.polarity, KG.Actual)))
    assert finding.message.endswith("must be either kg:Affirmed or kg:Negated; found kg:Actual")
    assert (finding.focus, finding.path, finding.value) == (str(WALKED), str(KG.polarity), str(KG.Actual))


def test_finding_shows_hostile_labels_on_one_line() -> None:
    label = Literal("\x1b[31mred\x07\n\u202e" + "x" * 500)
    (finding,) = findings(changed("one-report", (WALKED, RDFS.label, label), (WALKED, KG.modality, None)))
    assert finding.message.isprintable()
    assert len(finding.message) < 300


def test_blank_nodes_are_named_as_such() -> None:
    graph = Graph()
    graph.add((BNode(), RDF.type, KG.Comparison))
    assert {finding.message.split(" must ")[0] for finding in validate(graph).findings} == {"A blank node"}


@pytest.mark.parametrize("engine", ENGINES)
def test_literals_are_named_as_such(engine: str) -> None:
    (finding,) = findings([*quads_of("one-report"), (VALE, KG.locatedIn, Literal("a: <b>"), IDENTITY)], engine)
    assert finding.message == 'The literal "a: <b>" has something located in it and must be a place or an area'


def test_findings_are_sorted_and_repeatable() -> None:
    quads = changed("one-report", (WALKED, KG.modality, None), (SAID, KG.stance, None), (LEADS, RDFS.label, None))
    first = findings(quads)
    assert list(first) == sorted(first)
    assert first == findings(quads[::-1])


def test_unknown_engine_is_named_with_the_choices() -> None:
    with pytest.raises(KgError, match="unknown engine 'jena': choose one of shacl, pyshacl"):
        validate(Graph(), "jena")


@pytest.mark.parametrize(("name", "text"), [("bad.ttl", "<a> <b> ."), ("bad.csv", ""), ("none.ttl", None)])
def test_unreadable_file_is_named(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(GraphError, match=name):
        validate(tmp_path / name)


def test_the_ontology_itself_is_no_finding() -> None:
    graph = Graph()
    graph.add((URIRef("https://example.org/x"), RDF.type, OWL.Thing))
    assert validate(graph).conforms
