"""The vocabulary: complete, sound under reasoning, and what the graph and the shapes speak."""

from __future__ import annotations

import runpy
from pathlib import Path

import owlrl
import pytest
import shacl
from rdflib import RDF, SH, Graph, URIRef

from kg import model
from kg.errors import VocabularyError
from kg.graph import PREFIXES
from kg.ids import KG
from kg.ontology import (
    EventType,
    Vocabulary,
    load_event_types,
    load_vocabulary,
    ontology_dir,
    parse_event_types,
    parse_vocabulary,
)
from tests.test_graph import CASES, quads_of

CONTRACT = {
    "classes": "Document Span Actor Person Organization ArmedForce Group GeopoliticalEntity Place Occurrence Event "
    "ClaimedEvent Statement Relation Quantity Comparison Judgement",
    "properties": "mention mentionKind eventType trigger agent patient recipient instrument place origin destination "
    "date dateStart dateEnd timeSpan quantity counts polarity modality speaker speakerSpan cueSpan contentSpan "
    "quotation stance medium addressee reports conflictsWith agreesWith left right decision score leads memberOf "
    "partOf locatedIn basedIn alliedWith opposes spokespersonFor position confidence",
    "individuals": "Name Nominal Pronoun Adjectival Affirmed Negated Actual Possible Future Conditional Direct "
    "Indirect Mixed Asserts Denies Accuses Warns Promises Demands Asks Believes Same Different Unsure",
}
HEAD = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()) + "\n"


def local(iri: object) -> str:
    return str(iri).removeprefix(KG)


@pytest.mark.parametrize("part", CONTRACT)
def test_holds_every_name_of_the_contract(part: str) -> None:
    assert set(CONTRACT[part].split()) <= set(getattr(load_vocabulary(), part))


def test_individuals_are_the_values_that_the_records_use() -> None:
    vocabulary = load_vocabulary()
    for enum in (model.MentionKind, model.Polarity, model.Modality, model.Quotation, model.Stance, model.Decision):
        assert {member.value for member in enum} == set(vocabulary.classes[enum.__name__].members)
    kinds = {kind.value.capitalize() for kind in model.SectionKind}
    assert kinds == set(vocabulary.classes["SectionKind"].members)
    assert {role.value for role in model.RoleName} == set(vocabulary.below("role"))
    assert {kind.value for kind in model.EntityKind} <= {"Place", *vocabulary.below("Actor")}


def test_members_and_individuals_agree() -> None:
    vocabulary = load_vocabulary()
    members = {(name, group.name) for group in vocabulary.classes.values() for name in group.members}
    assert members == {(value.name, parent) for value in vocabulary.individuals.values() for parent in value.parents}


def test_alignments() -> None:
    vocabulary = load_vocabulary()
    assert "schema:NewsArticle" in vocabulary.classes["Document"].parents
    assert "nif:RFC5147String" in vocabulary.classes["Span"].parents
    assert "sem:hasPlace" in vocabulary.properties["place"].parents
    assert {"Actor", "Place"} <= set(vocabulary.classes["GeopoliticalEntity"].parents)
    assert "Event" not in vocabulary.classes["ClaimedEvent"].parents


def test_what_holds_of_events_is_said_of_occurrences() -> None:
    for prop in load_vocabulary().properties.values():
        assert not {"Event", "ClaimedEvent"} & {*prop.domain, *prop.range}, prop.name


# ---------------------------------------------------------------- the graph speaks the vocabulary


@pytest.mark.parametrize("case", CASES)
def test_graph_uses_defined_terms_only(case: str) -> None:
    vocabulary = load_vocabulary()
    for _, predicate, value, _ in quads_of(case):
        if predicate.startswith(KG):
            assert local(predicate) in vocabulary.properties
        if predicate == RDF.type and value.startswith(KG):
            assert local(value) in vocabulary.classes
        elif isinstance(value, URIRef) and value.startswith(KG):
            assert local(value) in {**vocabulary.individuals, **vocabulary.properties}


@pytest.mark.parametrize("case", CASES)
def test_page_explains_every_other_term_of_the_graph(case: str) -> None:
    page = (Path(__file__).parent.parent / "docs" / "ontology.md").read_text("utf-8")
    names = Graph().namespace_manager
    for prefix, namespace in PREFIXES.items():
        names.bind(prefix, namespace, replace=True)
    predicates = {predicate for _, predicate, _, _ in quads_of(case) if not predicate.startswith(KG)}
    assert [name for name in map(names.normalizeUri, sorted(predicates)) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("case", CASES)
def test_graph_keeps_to_domains_and_ranges(case: str) -> None:
    vocabulary, quads = load_vocabulary(), quads_of(case)
    types: dict[object, set[str]] = {}
    for value in vocabulary.individuals.values():
        types[URIRef(KG + value.name)] = set(value.parents)
    for subject, predicate, value_, _ in quads:
        if predicate == RDF.type:
            types.setdefault(subject, set()).add(local(value_))
    for subject, predicate, value_, _ in quads:
        prop = vocabulary.properties.get(local(predicate))
        if prop is not None:
            assert fits(vocabulary, types.get(subject, set()), prop.domain), (subject, prop.name)
            assert fits(vocabulary, types.get(value_, set()), prop.range), (prop.name, value_)


def fits(vocabulary: Vocabulary, kinds: set[str], wanted: tuple[str, ...]) -> bool:
    """Whether something of `kinds` is allowed where `wanted` are; what other vocabularies define is not checked."""
    own = [name for name in wanted if ":" not in name]
    return not own or any(kinds & {name, *vocabulary.below(name)} for name in own)


# ---------------------------------------------------------------- a claim stays a claim


def merged(case: str) -> Graph:
    """The whole graph as plain Turtle has it, with the ontology."""
    graph = Graph().parse(ontology_dir() / "kg.ttl")
    for subject, predicate, value, _ in quads_of(case):
        graph.add((subject, predicate, value))
    return graph


def check_claims(graph: Graph) -> None:
    event, claimed = URIRef(KG + "Event"), URIRef(KG + "ClaimedEvent")
    claims = set(graph.subjects(RDF.type, claimed))
    assert claims
    assert not claims & set(graph.subjects(RDF.type, event))
    assert claims <= set(graph.subjects(RDF.type, URIRef(KG + "Occurrence")))


@pytest.mark.parametrize("case", CASES)
def test_no_claim_becomes_an_event_under_rdfs(case: str) -> None:
    check_claims(Graph().parse(data=shacl.rdfs_closure(merged(case).serialize(format="turtle")), format="turtle"))


def test_no_claim_becomes_an_event_under_owl() -> None:
    graph = merged("two-reports")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    check_claims(graph)


# ---------------------------------------------------------------- the shapes speak the vocabulary


def test_shapes_use_defined_terms_only() -> None:
    vocabulary = load_vocabulary()
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    classes = {*shapes.objects(None, SH["class"]), *shapes.objects(None, SH.targetClass)}
    properties = {*shapes.objects(None, SH.path), *shapes.objects(None, SH.targetSubjectsOf)}
    properties |= {*shapes.objects(None, SH.targetObjectsOf), *shapes.objects(None, SH.inversePath)}
    assert {local(term) for term in classes if str(term).startswith(KG)} <= set(vocabulary.classes)
    assert {local(term) for term in properties if str(term).startswith(KG)} <= set(vocabulary.properties)


@pytest.mark.parametrize(("shape", "parent"), [("participation-role", "role"), ("relation-predicate", "relation")])
def test_shapes_list_every_sub_property(shape: str, parent: str) -> None:
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    listed = shapes.value(URIRef(f"https://w3id.org/newskg/shapes#{shape}"), SH["in"])
    assert listed is not None
    assert {local(item) for item in shapes.items(listed)} == set(load_vocabulary().below(parent))


def test_every_shape_that_can_fail_has_a_message() -> None:
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert shapes.value(shape, SH.message), shape


# ---------------------------------------------------------------- loading


def test_loaded_once_and_frozen() -> None:
    vocabulary = load_vocabulary()
    assert load_vocabulary() is vocabulary
    with pytest.raises(TypeError):
        vocabulary.classes["Event"] = vocabulary.classes["Span"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        vocabulary.classes["Event"].label = "claim"  # type: ignore[misc]


def test_page_is_current() -> None:
    generator = runpy.run_path(str(Path(__file__).parent.parent / "docs" / "generate.py"))
    assert generator["PAGE"].read_text("utf-8") == generator["page"](load_vocabulary()), "run: python docs/generate.py"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kg:A a owl:Class ; rdfs:label 'a' .", "lacks rdfs:comment"),
        ("kg:A a owl:Class ; rdfs:comment 'a' ; rdfs:label ' ' .", "lacks rdfs:label"),
        ("kg:p a rdf:Property ; rdfs:label 'p' ; rdfs:comment 'p' ; rdfs:domain kg:B .", "kg:p names kg:B"),
        ("kg:A a .", "not valid Turtle"),
    ],
)
def test_faulty_vocabulary_names_file_and_fault(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "faulty.ttl"
    path.write_text(HEAD + text, "utf-8")
    with pytest.raises(VocabularyError, match=rf"faulty\.ttl: .*{message}"):
        parse_vocabulary(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"none\.ttl: cannot read it"):
        parse_event_types(tmp_path / "none.ttl")


def test_event_types_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "types.ttl"
    path.write_text(
        HEAD + "kgt:act a skos:Concept ; skos:notation 'act' ; skos:prefLabel 'act' ; skos:definition 'Do.' .\n"
        "kgt:run a skos:Concept ; skos:notation 'run' ; skos:prefLabel 'run' ; skos:definition 'Go fast.' ;"
        " skos:broader kgt:act ; skos:closeMatch <https://example.org/18> ; skos:exactMatch <https://example.org/07> .",
        "utf-8",
    )
    assert parse_event_types(path)["run"] == EventType(
        notation="run",
        label="run",
        definition="Go fast.",
        broader="act",
        matches=("https://example.org/07", "https://example.org/18"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kgt:a a skos:Concept ; skos:prefLabel 'a' ; skos:definition 'a' .", "lacks skos:notation"),
        ("kgt:a a skos:Concept ; skos:notation 'b' ; skos:prefLabel 'a' ; skos:definition 'a' .", "must be named"),
        (
            "kgt:a a skos:Concept ; skos:notation 'a' ; skos:prefLabel 'a' ;"
            " skos:definition 'a' ; skos:broader kgt:b .",
            "broader concept 'b'",
        ),
    ],
)
def test_faulty_event_types_name_file_and_fault(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "faulty.ttl"
    path.write_text(HEAD + text, "utf-8")
    with pytest.raises(VocabularyError, match=rf"faulty\.ttl: .*{message}"):
        parse_event_types(path)


def test_shipped_event_types_are_read_once() -> None:
    types = load_event_types()
    assert types
    assert load_event_types() is types
