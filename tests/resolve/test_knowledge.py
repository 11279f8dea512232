"""A user's knowledge base: read from CSV and RDF, and found by name whatever its spelling."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rdflib import SKOS, Literal, URIRef

from kg.errors import KnowledgeError
from kg.graph.identity import canonical_triples
from kg.ids import Minter
from kg.model import Analysis, Document, Entity, EntityKind, Mention, MentionKind, Ref, Span
from kg.resolve.identity import identify
from kg.resolve.knowledge import Knowledge, load

TABLE = """label,aliases,id,kind,country
Volha Ardziuk,Olga Ardyuk|Ольга Ардзюк,https://example.org/people/1,Person,BY
Łódź Choir,Chór Łódzki; LC,choir-9,Organization,PL
Sam Okri,,https://example.org/people/2,Person,NG
Sam Okri,,https://example.org/people/3,Person,GB
"""

TRIPLES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/people/1> rdfs:label "Volha Ardziuk"@en ; skos:altLabel "Olga Ardyuk" ;
    owl:sameAs <https://example.net/q7> .
<https://example.org/people/8> skos:altLabel "nobody has a label" .
"""


def entity(label: str, kind: EntityKind = EntityKind.PERSON, country: str = "", *, named: bool = True) -> Entity:
    span = Span(0, 4)
    mention = Mention(span=span, head=span, kind=MentionKind.NAME)
    return Entity(id="entity/0-4", kind=kind, label=label, mentions=(mention,), country=country, named=named)


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Knowledge:
    return load(write(tmp_path, "people.csv", TABLE))


@pytest.mark.parametrize(
    "name", ["Volha Ardziuk", "VOLHA ARDZIUK", "Ardziuk Volha", "Olga Ardyuk", "Ольга Ардзюк", "Vólha Ardzyuk"]
)
def test_a_name_is_found_in_every_spelling_case_and_order(table: Knowledge, name: str) -> None:
    key = table.link(entity(name))
    assert table.entry(key).identifiers == ("https://example.org/people/1",)


SPELLED = """label,kind,country
Robert F. Quillon,Person,US
Mohammed Asari,Person,
Rosa Maria Pérez,Person,
Rosa Elena Pérez,Person,
Lagos Steel Centre plc,Organization,NG
Bank of Ostia,Organization,IT
Bank of Ostia,Organization,US
"""


@pytest.mark.parametrize(
    ("name", "kind", "country", "label"),
    [
        ("Robert Quillon", EntityKind.PERSON, "", "Robert F. Quillon"),
        ("Robert Francis Quillon", EntityKind.PERSON, "US", "Robert F. Quillon"),
        ("Quillon Robert", EntityKind.PERSON, "", "Robert F. Quillon"),
        ("Muhammad al-Asari", EntityKind.PERSON, "", "Mohammed Asari"),
        ("the Lagos Steel Center", EntityKind.ORGANIZATION, "", "Lagos Steel Centre plc"),
        ("Lagos’s Steel Centre Ltd", EntityKind.ORGANIZATION, "NG", "Lagos Steel Centre plc"),
        ("Bank of Ostia", EntityKind.ORGANIZATION, "IT", "Bank of Ostia"),
        ("Robert G. Quillon", EntityKind.PERSON, "", ""),
        ("Robert Quillon Jr.", EntityKind.PERSON, "", ""),
        ("Roberta Quillon", EntityKind.PERSON, "", ""),
        ("Robert Quillon", EntityKind.PERSON, "GB", ""),
        ("Quillon", EntityKind.PERSON, "", ""),
        ("Rosa Pérez", EntityKind.PERSON, "", ""),
        ("Bank of Ostia", EntityKind.ORGANIZATION, "", ""),
        ("Lagos Steel Union", EntityKind.ORGANIZATION, "", ""),
        ("Lagos Steel Centre", EntityKind.PERSON, "", ""),
    ],
)
def test_forms_of_a_name_find_its_entry_and_what_is_not_sure_finds_none(
    tmp_path: Path, name: str, kind: EntityKind, country: str, label: str
) -> None:
    base = load(write(tmp_path, "names.csv", SPELLED))
    key = base.link(entity(name, kind, country))
    assert (base.entry(key).label if key else "") == label


def test_a_branch_is_not_linked_as_its_body(tmp_path: Path) -> None:
    base = load(write(tmp_path, "bodies.csv", "label,kind\nRed Cross,Organization\n"))
    assert base.link(entity("Red Cross", EntityKind.ORGANIZATION))
    known = msgspec.structs.replace(entity("Kenya Red Cross", EntityKind.ORGANIZATION), known="red-cross")
    assert base.link(known) == ""


@pytest.mark.parametrize(
    "stranger",
    [
        entity("Volha Ardzimiuk"),
        entity("Ardziuk"),
        entity("Volha Ardziuk", EntityKind.ORGANIZATION),
        entity("Volha Ardziuk", country="RU"),
        entity("Sam Okri"),
        entity("Sam Okri", country="US"),
        entity("Volha Ardziuk", named=False),
    ],
)
def test_what_is_not_there_or_not_told_apart_is_linked_to_nothing(table: Knowledge, stranger: Entity) -> None:
    assert table.link(stranger) == ""


def test_the_country_tells_two_of_one_name_apart(table: Knowledge) -> None:
    assert table.entry(table.link(entity("Sam Okri", country="NG"))).identifiers[0].endswith("2")


def test_rdf_gives_labels_aliases_and_identifiers(tmp_path: Path) -> None:
    found = load(write(tmp_path, "people.ttl", TRIPLES))
    assert len(found) == 1
    entry = found.entry(found.link(entity("Olga Ardyuk")))
    assert entry.label == "Volha Ardziuk"
    assert entry.identifiers == ("https://example.org/people/1", "https://example.net/q7")


def test_linked_records_are_one_node_with_the_identifiers(table: Knowledge) -> None:
    names = (("d0", "Olga Ardyuk"), ("d1", "VOLHA ARDZIUK"), ("d2", "Chór Łódzki"))
    kinds = {"Chór Łódzki": EntityKind.ORGANIZATION}
    batch = [
        Analysis(
            document=Document(id=d, text="Name", sections=()), entities=(entity(n, kinds.get(n, EntityKind.PERSON)),)
        )
        for d, n in names
    ]
    identity = identify(batch, knowledge=table)
    one, other, choir = (identity.keys[Ref(d, "entity/0-4")] for d, _ in names)
    assert one == other
    assert identity.entities[one].label == "Volha Ardziuk"
    assert identity.entities[one].country == "BY"
    triples = {t for c in identity.entities.values() for t in canonical_triples(c, Minter("https://example.org/"))}
    assert (URIRef(f"https://example.org/{one}"), SKOS.exactMatch, URIRef("https://example.org/people/1")) in triples
    assert (
        URIRef(f"https://example.org/{choir}"),
        URIRef("https://schema.org/identifier"),
        Literal("choir-9"),
    ) in triples


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", "name\nx\n", "no column 'label'"),
        ("a.csv", "", "no column 'label'"),
        ("a.csv", "label,kind\nx,Robot\n", "line 2: unknown kind 'Robot'"),
        ("a.csv", "label,kind\n,Person\n", "line 2 has no label"),
        ("a.csv", 'label\n"x', "mend the quotes"),
        ("a.ttl", "<a> <b", "not valid turtle"),
        ("a.rdf", "<rdf", "not valid xml"),
        ("a.docx", "x", "neither CSV nor RDF"),
    ],
)
def test_a_faulty_file_is_one_line_that_names_it(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(KnowledgeError) as error:
        load(path)
    assert str(path) in str(error.value)
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"cannot read.*No such file"):
        load(tmp_path / "none.csv")
    (tmp_path / "b.csv").write_bytes(b"label\n\xff\n")
    with pytest.raises(KnowledgeError, match="not UTF-8 at byte 6"):
        load(tmp_path / "b.csv")
