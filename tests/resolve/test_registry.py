"""One document more or less: any order of adding, and adding then removing, give the same decisions."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from kg.model import (
    Analysis,
    Decision,
    Document,
    Entity,
    EntityKind,
    Geo,
    Mention,
    MentionKind,
    Ref,
    Relation,
    Span,
)
from kg.resolve.rulings import Ruling, Side
from kg.resolve.who.registry import Registry
from kg.shelf import Shelf

TEXT = "x" * 400
LABELS = (
    "Tomas Varga", "Thomas Vargha", "Varga", "Maria Varga", "Harbour Relief Fund", "HRF", "Health Ministry",
    "Slovak Health Ministry", "Oston", "Ferry Union", "Ana Belo", "Ana Belló",
)  # fmt: skip
KINDS = {"HRF": EntityKind.ORGANIZATION, "Oston": EntityKind.PLACE}
OSTON = Geo(id=7, name="Oston", lat=1, lon=2, level="town", country="SK")


def entity(number: int, label: str, country: str = "", *, linked: bool = False) -> Entity:
    span = Span(number * 20, number * 20 + 9)
    organised = any(word in label for word in ("Fund", "Ministry", "Union"))
    kind = KINDS.get(label, EntityKind.ORGANIZATION if organised else EntityKind.PERSON)
    return Entity(
        id=f"entity/{span.begin}-{span.end}",
        kind=kind,
        label=label,
        mentions=(Mention(span=span, head=span, kind=MentionKind.NAME),),
        named=True,
        country=country,
        geo=OSTON if linked and label == "Oston" else None,
    )


def titled(record: Entity, title: str) -> Relation:
    return Relation(id=f"r/{record.id}", subject=record.id, predicate="position", evidence=Span(0, 1), literal=title)


def document(name: str, day: str, *told: tuple[Entity, str]) -> Analysis:
    relations = tuple(titled(record, title) for record, title in told if title)
    entities = tuple(record for record, _ in told)
    return Analysis(
        document=Document(id=name, text=TEXT, sections=(), date=day), entities=entities, relations=relations
    )


@st.composite
def batches(draw: st.DrawFn) -> list[Analysis]:
    days = st.sampled_from(("2031-05-01", "2031-05-02", "2031-11-20", "2031-06", ""))
    titles, countries = st.sampled_from(("", "Governor", "Mayor", "Dr")), st.sampled_from(("", "SK", "PT"))
    found = []
    for number in range(draw(st.integers(2, 7))):
        labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=6, unique=True))
        told = [
            (entity(i, label, draw(countries), linked=draw(st.booleans())), draw(titles))
            for i, label in enumerate(labels)
        ]
        found.append(document(f"d{number}", draw(days), *told))
    return found


@st.composite
def ruled(draw: st.DrawFn, batch: Sequence[Analysis]) -> list[Ruling]:
    refs = [Ref(a.document.id, e.id) for a in batch for e in a.entities]
    pairs = draw(st.lists(st.tuples(st.sampled_from(refs), st.sampled_from(refs), st.booleans()), max_size=3))
    return [
        Ruling(f"{n}", Decision.SAME if same else Decision.DIFFERENT, Side(*astuple(left)), Side(*astuple(right)))
        for n, (left, right, same) in enumerate(pairs)
        if left != right
    ]


def astuple(ref: Ref) -> tuple[str, str]:
    return ref.document, ref.record


def registered(analyses: Sequence[Analysis], rulings: Sequence[Ruling] = ()) -> Registry:
    registry = Registry(Shelf(), rulings)
    for analysis in analyses:
        registry.add(analysis)
    registry.settle()
    return registry


def keys(*analyses: Analysis) -> list[str]:
    """The key of each document's first record."""
    found = registered(analyses).keys
    return [found[Ref(a.document.id, a.entities[0].id)] for a in analyses]


def test_two_offices_at_one_time_are_two_namesakes() -> None:
    days = ("2031-05-01", "2031-05-03", "2031-05-04")
    one, other, again = keys(
        *(
            document(f"d{i}", day, (entity(0, "Tomas Varga"), title))
            for i, (day, title) in enumerate(zip(days, ("Governor", "Mayor", "Governor"), strict=True))
        )
    )
    assert one == again
    assert one != other
    batch = [document(f"d{i}", days[i], (entity(0, "Tomas Varga"), ("Governor", "Mayor")[i])) for i in range(2)]
    (judgement,) = registered(batch).judgements.values()
    assert judgement.decision is Decision.DIFFERENT
    assert "governor" in judgement.evidence


def test_an_office_that_follows_another_is_a_career() -> None:
    early = document("d0", "2031-01-01", (entity(0, "Tomas Varga", "SK"), "Mayor"))
    late = document("d1", "2031-12-01", (entity(0, "Tomas Varga", "SK"), "Governor"))
    one, other = keys(early, late)
    assert one == other


def test_who_tells_nothing_of_himself_is_neither_of_two_namesakes_unless_the_company_says_so() -> None:
    town = (entity(1, "Oston", linked=True), "")
    friends = [(entity(2 + i, label), "") for i, label in enumerate(("Ana Belo", "Ferry Union", "Maria Varga"))]
    governor = document("d0", "2031-05-01", (entity(0, "Tomas Varga", "SK"), "Governor"), town, *friends)
    mayor = document("d1", "2031-05-01", (entity(0, "Tomas Varga", "SK"), "Mayor"))
    told = document("d2", "2031-05-02", (entity(0, "Tomas Varga", "SK"), ""), town, *friends)
    alone = document("d3", "2031-05-02", (entity(0, "Tomas Varga", "SK"), ""))
    first, second, third, fourth = keys(governor, mayor, told, alone)
    assert third == first
    assert len({first, second, fourth}) == 3


def test_a_lone_surname_goes_with_the_one_whose_company_it_keeps() -> None:
    company = [(entity(1 + i, label), "") for i, label in enumerate(("Ana Belo", "Ferry Union", "Oston"))]
    full = document("d0", "2031-05-01", (entity(0, "Tomas Varga"), ""), *company)
    lone = document("d1", "2031-05-02", (entity(0, "Varga"), ""), *company)
    far = document("d2", "2031-09-02", (entity(0, "Varga"), ""), *company)
    one, near, later = keys(full, lone, far)
    assert near == one
    assert later != one


def test_an_acronym_goes_with_the_only_body_that_it_spells() -> None:
    full = document("d0", "2031-05-01", (entity(0, "Harbour Relief Fund"), ""))
    short = document("d1", "2032-05-02", (entity(0, "HRF"), ""))
    one, other = keys(full, short)
    assert one == other


def test_a_place_that_the_gazetteer_did_not_give_is_the_one_of_that_name() -> None:
    full = document("d0", "2031-05-01", (entity(0, "Oston", "SK", linked=True), ""))
    bare = document("d1", "2032-05-02", (entity(0, "Oston"), ""))
    abroad = document("d2", "2032-05-02", (entity(0, "Oston", "PT"), ""))
    one, other, foreign = keys(full, bare, abroad)
    assert one == other
    assert foreign != one


def test_spellings_of_one_name_are_joined_and_men_and_women_are_not() -> None:
    one, other, woman = keys(*(document(f"d{i}", "", (entity(0, name, "CZ"), "")) for i, name in enumerate(SPELT)))
    assert one == other
    assert woman != one


SPELT = ("Mohammed Kasri", "Muhammad Qasri", "Maria Kasri")


def test_a_rejected_pair_stays_apart_and_a_confirmed_one_together_as_documents_come_in() -> None:
    batch = [document(f"d{i}", "2031-05-01", (entity(0, "Ana Belo"), "")) for i in range(4)]
    batch.append(document("d9", "2031-05-01", (entity(0, "Varga"), "")))
    sides = [Side(a.document.id, a.entities[0].id) for a in batch]
    rulings = [Ruling("a", Decision.DIFFERENT, sides[0], sides[1]), Ruling("b", Decision.SAME, sides[0], sides[4])]
    for size in (2, 3, 4, 5):
        held = batch[:size] if size < 5 else batch
        found = registered(held, rulings).keys
        assert found[sides[0].ref] != found[sides[1].ref]
    assert found[sides[0].ref] == found[sides[4].ref] == found[sides[2].ref]
