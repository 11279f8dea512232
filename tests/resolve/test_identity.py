from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import Minter
from kg.model import Analysis, Decision, Document, Entity, EntityKind, Geo, Mention, MentionKind, Ref, Span
from kg.resolve.identity import identify, skeleton

SPAN = Span(0, 4)
MENTION = Mention(span=SPAN, head=SPAN, kind=MentionKind.NAME)


def analysis(document: str, *entities: Entity) -> Analysis:
    return Analysis(document=Document(id=document, text="Name", sections=()), entities=entities)


def named(label: str, kind: EntityKind, **more: object) -> Entity:
    return Entity(id="entity/0-4", kind=kind, label=label, mentions=(MENTION,), named=True, **more)  # type: ignore[arg-type]


def keys(*entities: Entity) -> list[str]:
    identity = identify([analysis(f"d{i}", entity) for i, entity in enumerate(entities)])
    return [identity.keys[Ref(f"d{i}", "entity/0-4")] for i in range(len(entities))]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Volodymyr Zelensky", "Volodymir Zelenskiy"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("JOSÉ MARTÍNEZ", "Jose Martinez"),
    ],
)
def test_transliterations_of_a_full_name_are_one_person(left: str, right: str) -> None:
    assert skeleton(left) == skeleton(right)
    one, other = keys(named(left, EntityKind.PERSON), named(right, EntityKind.PERSON))
    assert one == other


def test_a_lone_surname_stays_in_its_document() -> None:
    one, other = keys(named("Smith", EntityKind.PERSON), named("Smith", EntityKind.PERSON))
    assert one != other


def test_a_ministry_is_told_by_its_country() -> None:
    forms = ["Russian Defence Ministry", "Russia's Defense Ministry", "Ministry of Defense"]
    ministries = [named(form, EntityKind.ORGANIZATION, country="RU") for form in forms]
    foreign = named("Ministry of Defence", EntityKind.ORGANIZATION, country="FR")
    nobody = named("Ministry of Defence", EntityKind.ORGANIZATION)
    *same, french, unknown = keys(*ministries, foreign, nobody)
    assert len(set(same)) == 1
    assert len({same[0], french, unknown}) == 3


def test_towns_of_one_name_are_told_by_the_gazetteer() -> None:
    ohio = Geo(id=1, name="Athens", lat=39, lon=-82, level="town", country="US")
    greek = Geo(id=2, name="Athens", lat=38, lon=23, level="town", country="GR")
    one, other = keys(named("Athens", EntityKind.PLACE, geo=ohio), named("Athens", EntityKind.PLACE, geo=greek))
    assert one != other


def test_nominals_keep_a_node_of_their_own() -> None:
    nominal = Entity(id="entity/0-4", kind=EntityKind.GROUP, label="residents", mentions=(MENTION,))
    one, other = keys(nominal, nominal)
    assert one != other


def test_each_merge_is_a_recorded_decision() -> None:
    batch = [analysis(f"d{i}", named("Ada Okoro", EntityKind.PERSON)) for i in range(3)]
    judgements = identify(batch).judgements
    assert [(j.left.document, j.right.document, j.decision) for j in judgements] == [
        ("d0", "d1", Decision.SAME),
        ("d0", "d2", Decision.SAME),
    ]
    assert all("ada okoro" in judgement.evidence for judgement in judgements)


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(EntityKind)), max_size=6), st.randoms())
def test_the_order_of_documents_does_not_matter_and_keys_are_iris(
    things: list[tuple[str, EntityKind]], random: object
) -> None:
    batch = [analysis(f"d{i}", named(label, kind)) for i, (label, kind) in enumerate(things)]
    shuffled = batch[::-1]
    assert identify(batch) == identify(shuffled)
    for key in identify(batch).entities:
        Minter().canonical(key)
