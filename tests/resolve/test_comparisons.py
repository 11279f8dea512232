"""Accounts of one occurrence set against each other: what conflicts, what agrees, and what is left alone."""

from __future__ import annotations

import msgspec
import pytest

from kg.model import (
    Analysis,
    Comparison,
    Document,
    Entity,
    EntityKind,
    Event,
    Geo,
    Modality,
    Polarity,
    Quantity,
    Ref,
    Role,
    RoleName,
    Span,
    Stance,
    Statement,
    Time,
)
from kg.ontology import load_event_types
from kg.resolve.comparisons import compare
from kg.resolve.comparisons.blocks import POSITIONS
from kg.resolve.comparisons.oppositions import load
from kg.resolve.identity import identify

WORD = Span(0, 4)
TOWN = Geo(id=7, name="Ostrava", lat=49.8, lon=18.3, level="town", country="CZ", region="Moravia")


def entity(name: str, kind: EntityKind, **more: object) -> Entity:
    return Entity(id=f"entity/{name}", kind=kind, label=name, mentions=(), named=True, **more)  # type: ignore[arg-type]


ENTITIES = (
    entity("Ostrava", EntityKind.PLACE, geo=TOWN, country="CZ"),
    entity("Northern Rail", EntityKind.ORGANIZATION),
    entity("Dock Union", EntityKind.ORGANIZATION),
)
ROLES = (
    Role(role=RoleName.PLACE, filler="entity/Ostrava", span=WORD),
    Role(role=RoleName.AGENT, filler="entity/Northern Rail", span=WORD),
)


def event(**more: object) -> Event:
    base = Event(
        id="event/0-4",
        type="crash",
        label="derailed",
        lemma="derail",
        triggers=(WORD,),
        sentence=WORD,
        roles=ROLES,
        time=Time(value="2023-05-02"),
    )
    return msgspec.structs.replace(base, **more)


def told(outlet: str, happening: Event, *statements: Statement) -> Analysis:
    document = Document(id=outlet, text="gone", sections=(), publisher=outlet, date="2023-05-03")
    return Analysis(document=document, entities=ENTITIES, events=(happening,), statements=statements)


def at(analysis: Analysis, text: str) -> Analysis:
    return msgspec.structs.replace(analysis, document=msgspec.structs.replace(analysis.document, text=text))


def compared(*analyses: Analysis) -> list[Comparison]:
    forward, backward = identify(analyses), identify(analyses[::-1])
    assert forward == backward
    return list(forward.comparisons)


PEOPLE = Quantity(span=Span(5, 8), value=600, counts="people")


def counted(number: float | None = None, minimum: float | None = None) -> tuple[Quantity, ...]:
    return (Quantity(span=WORD, value=number, minimum=minimum, counts="people"),)


def test_two_outlets_with_the_same_account_agree() -> None:
    (comparison,) = compared(told("A", event()), told("B", event()))
    assert not comparison.conflict
    assert "gone" in comparison.reason


def test_one_outlet_does_not_agree_with_itself() -> None:
    first = told("A", event())
    again = msgspec.structs.replace(first, document=msgspec.structs.replace(first.document, id="A2"))
    assert compared(first, again) == []


def test_affirmed_against_negated_is_a_conflict() -> None:
    (comparison,) = compared(told("A", event()), told("B", event(polarity=Polarity.NEGATED)))
    assert comparison.conflict
    assert "denies" in comparison.reason


@pytest.mark.parametrize(("words", "conflicts"), [("that it had gone", 1), ("the union's being gone", 0)])
def test_a_denial_negates_what_its_clause_tells_and_takes_a_noun_for_granted(words: str, conflicts: int) -> None:
    begin = words.index("gone")
    span = Span(begin, begin + 4)
    denial = Statement(
        id="statement/0-4",
        content=(Span(0, len(words)),),
        speaker="entity/Dock Union",
        stance=Stance.DENIES,
        reports=("event/0-4",),
    )
    claimed = event(narrated=False, within=("statement/0-4",), triggers=(span,), polarity=Polarity.NEGATED)
    denied = told("B", claimed, denial)
    found = compared(told("A", event()), at(denied, words))
    assert [c.right.record for c in found if c.conflict] == ["statement/0-4"] * conflicts


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        (counted(14), counted(27), True),
        (counted(14), counted(15), False),
        (counted(minimum=14), counted(27), True),
        (counted(minimum=14), counted(16), False),
    ],
)
def test_numbers_conflict_when_they_are_clearly_apart(
    left: tuple[Quantity, ...], right: tuple[Quantity, ...], conflict: bool
) -> None:
    found = compared(told("A", event(quantities=left)), told("B", event(quantities=right)))
    assert [c.conflict for c in found] == [conflict]


def test_numbers_of_different_things_are_not_compared() -> None:
    trains = (Quantity(span=WORD, value=2, counts="trains"),)
    found = compared(told("A", event(quantities=counted(14))), told("B", event(quantities=trains)))
    assert not any(c.conflict for c in found)


def test_one_move_told_in_opposite_ways_is_a_conflict() -> None:
    fled = event(type="retreat", lemma="flee")
    regrouped = event(type="mobilize", lemma="regroup")
    (comparison,) = compared(told("A", fled), told("B", regrouped))
    assert comparison.conflict


def test_a_speaker_who_answers_another_contradicts_without_naming_the_same_sides() -> None:
    claim = Statement(id="statement/0-4", content=(WORD,), speaker="entity/Dock Union", reports=("event/0-4",))
    reply = msgspec.structs.replace(claim, id="statement/1-3", speaker="entity/Northern Rail")
    hurt = event(type="injure", lemma="injure", narrated=False, within=("statement/0-4",), roles=())
    unhurt = msgspec.structs.replace(
        hurt, id="event/1-3", lemma="hurt", polarity=Polarity.NEGATED, within=("statement/1-3",)
    )
    document = told("A", hurt, claim, reply)
    near = msgspec.structs.replace(document, events=(hurt, unhurt))
    (comparison,) = compared(near)
    assert comparison.conflict
    far = msgspec.structs.replace(reply, content=(Span(4000, 4004),))
    assert compared(msgspec.structs.replace(near, statements=(claim, far))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"time": Time(value="2023-06-20")},
        {"roles": ()},
        {"type": "meet", "lemma": "meet"},
        {"modality": Modality.POSSIBLE},
    ],
)
def test_another_day_place_kind_or_a_mere_plan_is_not_compared(change: dict[str, object]) -> None:
    assert compared(told("A", event()), told("B", event(**change))) == []


def test_the_work_does_not_grow_with_the_square() -> None:
    many = [told(f"outlet {i}", event()) for i in range(400)]
    assert len(compared(*many)) <= POSITIONS * 400


# -- statements that take up what was just said ----------------------------------------------------------------------


def conversation(*said: tuple[str, str, Stance], events: tuple[Event, ...] = ()) -> Analysis:
    """A document in which each speaker says a sentence, one after the other: speaker, words, stance."""
    text, statements = "", []
    for speaker, words, stance in said:
        begin = len(text)
        text += words + ". "
        span = Span(begin, begin + len(words))
        held = tuple(e.id for e in events if span.contains(e.triggers[0]))
        statements.append(
            Statement(
                id=f"statement/{begin}-{span.end}",
                content=(span,),
                speaker=f"entity/{speaker}",
                stance=stance,
                reports=held,
            )
        )
    inside = tuple(
        msgspec.structs.replace(e, narrated=False, within=tuple(s.id for s in statements if e.id in s.reports))
        for e in events
    )
    document = Document(id="talk", text=text, sections=(), publisher="Herald", date="2023-05-03")
    return Analysis(document=document, entities=ENTITIES, events=inside, statements=tuple(statements))


ASSERTS, ACCUSES, DENIES = Stance.ASSERTS, Stance.ACCUSES, Stance.DENIES


@pytest.mark.parametrize(
    ("first", "denial", "found"),
    [
        ((ACCUSES, "the railway of skipping its checks"), "the accusation", "an accusation by"),
        ((ASSERTS, "that the brakes had failed"), "this", "an account by"),
        ((ASSERTS, "that the brakes had failed"), "the claim as scaremongering", "an account by"),
        ((ASSERTS, "that 14 wagons were lost"), "that figure", "a number by"),
        ((ASSERTS, "that the brakes had failed"), "that figure", ""),
        ((ASSERTS, "that the brakes had failed"), "reports that it would close", ""),
        ((Stance.DEMANDS, "the railway to pay"), "it", ""),
    ],
)
def test_a_denial_takes_up_what_was_just_said(first: tuple[Stance, str], denial: str, found: str) -> None:
    stance, words = first
    comparisons = compared(conversation(("Dock Union", words, stance), ("Northern Rail", denial, DENIES)))
    assert [c.reason.startswith(found) for c in comparisons if c.conflict] == [True] * bool(found)


def test_a_denial_does_not_take_up_its_own_voice_or_what_is_far_away() -> None:
    own = conversation(("Northern Rail", "that it had paid", ASSERTS), ("Northern Rail", "the claim", DENIES))
    far = conversation(
        ("Dock Union", "that it had paid", ASSERTS),
        ("", "x" * 500, ASSERTS),
        ("Northern Rail", "the claim", DENIES),
    )
    assert compared(own) == compared(far) == []


def test_a_charge_in_between_is_what_is_denied() -> None:
    talk = conversation(("Dock Union", "that pay was late", ASSERTS), ("Northern Rail", "the charge", DENIES))
    assert len(compared(talk)) == 1
    trial = event(id="event/19-20", type="convict", lemma="convict", roles=(), triggers=(Span(18, 19),))
    assert compared(msgspec.structs.replace(talk, events=(trial,))) == []


@pytest.mark.parametrize(("estimate", "conflicts"), [("it at 600", 1), ("the number at about 600", 1), ("it at 13", 0)])
def test_an_estimate_answers_the_number_before(estimate: str, conflicts: int) -> None:
    number = Quantity(span=Span(5, 7), value=14, counts="people")
    lost = event(id="event/0-9", triggers=(Span(5, 7),), roles=(), quantities=(number,))
    talk = conversation(
        ("Dock Union", "that 14 people marched", ASSERTS), ("Northern Rail", estimate, ASSERTS), events=(lost,)
    )
    assert len([c for c in compared(talk) if c.conflict]) == conflicts


@pytest.mark.parametrize(
    ("answer", "lemma", "conflicts"),
    [
        ("The railway stood by its figure of 14", "stand", 1),
        ("The railway stuck to its own count of 1,400", "stick", 1),
        ("The railway stood by its count of 600", "stand", 0),
        ("The railway stood by its turnover of 14 million", "stand", 0),
        ("The railway stood by its figure of 2 million", "stand", 0),
        ("The railway stood by the figure of 14", "stand", 0),
        ("The railway disputed its figure of 14", "dispute", 0),
    ],
)
def test_a_number_that_somebody_keeps_to_stands_against_another(answer: str, lemma: str, conflicts: int) -> None:
    lost = event(id="event/0-9", triggers=(Span(5, 7),), roles=(), quantities=(PEOPLE,))
    talk = conversation(("Dock Union", "that 600 people marched", ASSERTS), events=(lost,))
    begin = len(talk.document.text)
    verb = Span(begin + len("The railway "), begin + len("The railway stood"))
    roles = (Role(role=RoleName.AGENT, filler="entity/Northern Rail", span=WORD),)
    kept = event(id="event/kept", type="support", lemma=lemma, roles=roles, triggers=(verb,))
    kept = msgspec.structs.replace(kept, sentence=Span(begin, begin + len(answer)))
    document = msgspec.structs.replace(talk.document, text=talk.document.text + answer + ".")
    found = compared(msgspec.structs.replace(talk, document=document, events=(*talk.events, kept)))
    assert [c.conflict for c in found] == [True] * conflicts


def test_one_document_that_tells_twice_of_ground_won_by_one_side_agrees_with_itself() -> None:
    def won(begin: int, lemma: str, place: str) -> Event:
        roles = (
            Role(role=RoleName.AGENT, filler="entity/army", span=WORD),
            Role(role=RoleName.PLACE, filler=f"entity/{place}", span=WORD),
        )
        trigger = Span(begin, begin + 3)
        return event(id=f"event/{begin}", type="capture", lemma=lemma, roles=roles, triggers=(trigger,), time=None)

    army = Entity(id="entity/army", kind=EntityKind.ARMED_FORCE, label="army", mentions=(), named=True, country="NO")
    east = Entity(id="entity/east", kind=EntityKind.PLACE, label="the east", mentions=())
    cheb = Geo(id=9, name="Cheb", lat=50.1, lon=12.4, level="town", country="CZ", region="Karlovy Vary")
    other = entity("Cheb", EntityKind.PLACE, geo=cheb, country="CZ")

    def agreeing(place: str) -> int:
        words = "that it won"
        said = (("Dock Union", words, ASSERTS), ("Northern Rail", words, ASSERTS))
        talk = conversation(*said, events=(won(8, "retake", "Ostrava"), won(21, "liberate", place)))
        return len(compared(msgspec.structs.replace(talk, entities=(*ENTITIES, army, east, other))))

    assert agreeing("east") == 1
    assert agreeing("Cheb") == 0


# -- what else accounts can differ in --------------------------------------------------------------------------------


def struck(by: str, country: str, **more: object) -> Analysis:
    """One outlet's account of an attack on a depot in the town, by somebody of a country."""
    attacker = Entity(id="entity/by", kind=EntityKind.ARMED_FORCE, label=by, mentions=(), named=True, country=country)
    depot = Entity(id="entity/depot", kind=EntityKind.PLACE, label="a fuel depot", mentions=())
    roles = (
        Role(role=RoleName.AGENT, filler="entity/by", span=WORD),
        Role(role=RoleName.PATIENT, filler="entity/depot", span=WORD),
        Role(role=RoleName.PLACE, filler="entity/Ostrava", span=WORD),
    )
    hit = event(**({"type": "bomb", "lemma": "shell", "roles": roles} | more))
    account = told(f"Outlet {country}", hit)
    return msgspec.structs.replace(account, entities=(*ENTITIES, attacker, depot))


def test_different_doers_of_one_strike_conflict() -> None:
    (comparison,) = compared(struck("Norvian army", "NO"), struck("Sudrian army", "SE"))
    assert comparison.conflict
    assert comparison.reason.startswith("different doers")


def test_strikes_on_different_days_are_two() -> None:
    later = struck("Sudrian army", "SE", time=Time(value="2023-05-04"))
    assert compared(struck("Norvian army", "NO"), later) == []


def test_different_causes_conflict() -> None:
    def killed(outlet: str, cause: str) -> Analysis:
        origin = event(id="event/cause", type=cause, lemma=cause, roles=(), narrated=True)
        people = Entity(id="entity/people", kind=EntityKind.GROUP, label="nine people", mentions=())
        roles = (
            Role(role=RoleName.AGENT, filler="event/cause", span=WORD),
            Role(role=RoleName.PATIENT, filler="entity/people", span=WORD),
            Role(role=RoleName.PLACE, filler="entity/Ostrava", span=WORD),
        )
        account = told(outlet, event(type="kill", lemma="kill", roles=roles))
        return msgspec.structs.replace(account, entities=(*ENTITIES, people), events=(*account.events, origin))

    found = compared(killed("A", "collapse"), killed("B", "bomb"))
    assert [c.reason.split(":")[0] for c in found] == ["different causes"]


def test_a_count_that_grew_is_no_conflict() -> None:
    early = told("A", event(type="kill", lemma="kill", quantities=counted(minimum=14)))
    late = told("B", event(type="kill", lemma="kill", quantities=counted(27)))
    next_day = msgspec.structs.replace(late, document=msgspec.structs.replace(late.document, date="2023-05-04"))
    assert any(c.conflict for c in compared(early, late))
    assert not any(c.conflict for c in compared(early, next_day))


def test_what_was_found_to_be_one_story_is_compared_on_place_and_day() -> None:
    other = msgspec.structs.replace(ENTITIES[0], geo=msgspec.structs.replace(TOWN, id=8, name="Brno", region="South"))
    moved = msgspec.structs.replace(told("B", event()), entities=(other, *ENTITIES[1:]))
    dated = told("C", event(time=Time(value="2023-05-03")))
    batch = [told("A", event()), moved, dated]
    keys = identify(batch).keys
    stories = {Ref(name, "event/0-4"): "event/derailment" for name in "ABC"}
    reasons = {(c.left.document, c.right.document): c.reason.split(":")[0] for c in compare(batch, keys, stories)}
    assert reasons["A", "B"] == "different places"
    assert reasons["A", "C"] == "different days"
    assert ("A", "B") not in {(c.left.document, c.right.document) for c in compare(batch, keys) if c.conflict}


def test_one_story_under_two_words_agrees_unless_it_says_little() -> None:
    def told_as(kind: str, outlet: str) -> Analysis:
        return told(outlet, event(type=kind, lemma=kind, roles=ROLES[1:], time=None))

    def compared_as_one(*kinds: str) -> list[bool]:
        batch = [told_as(kind, outlet) for kind, outlet in zip(kinds, "AB", strict=True)]
        stories = {Ref(name, "event/0-4"): "event/derailment" for name in "AB"}
        return [c.conflict for c in compare(batch, identify(batch).keys, stories)]

    assert compared_as_one("crash", "destroy") == [False]
    assert compared_as_one("meet", "consult") == []


@pytest.mark.parametrize(("role", "conflicts"), [(RoleName.PATIENT, 1), (RoleName.INSTRUMENT, 0)])
def test_a_story_alone_makes_no_denial_of_what_is_not_said_of_the_same(role: RoleName, conflicts: int) -> None:
    shared = (ROLES[1], Role(role=role, filler="entity/Dock Union", span=WORD))
    ways = {"A": Polarity.AFFIRMED, "B": Polarity.NEGATED}
    batch = [told(outlet, event(roles=shared, time=None, polarity=way)) for outlet, way in ways.items()]
    stories = {Ref(name, "event/0-4"): "event/derailment" for name in "AB"}
    assert [c.conflict for c in compare(batch, identify(batch).keys, stories)] == [True] * conflicts


def test_rivals_who_both_claim_the_win_conflict() -> None:
    def won(speaker: str, begin: int) -> Event:
        roles = (Role(role=RoleName.AGENT, filler=f"entity/{speaker}", span=WORD),)
        trigger = Span(begin, begin + 3)
        return event(id=f"event/{begin}", type="win", lemma="win", roles=roles, triggers=(trigger,), time=None)

    words = "that it won"
    talk = conversation(
        ("Dock Union", words, ASSERTS),
        ("Northern Rail", words, ASSERTS),
        events=(won("Dock Union", 8), won("Northern Rail", 8 + len(words) + 2)),
    )
    (comparison,) = compared(talk)
    assert comparison.reason.startswith("both claim it for themselves")


def test_the_word_list_is_broad_and_consistent() -> None:
    words = load()
    assert sum(len(o.one) * len(o.other) for o in words.opposition) >= 60
    for opposition in words.opposition:
        assert not opposition.one & opposition.other, opposition.name
    types = set(load_event_types())
    named = words.generic | words.slight | words.light | words.growing | words.single | words.contested
    assert named | words.charging | set(words.topics) <= types
