"""Generated documents: repeatable, well formed as extraction's own, and true to what they tell."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import islice
from random import Random

from benchmarks import world
from benchmarks.generate import DAILY, EVENTS, Generated, document, documents
from kg.model import EntityKind, Ref, from_jsonl, to_jsonl
from kg.resolve.identity import identify


@cache
def day() -> tuple[Generated, ...]:
    return tuple(islice(documents(DAILY), DAILY))


def test_a_document_is_the_same_however_many_are_made() -> None:
    assert document(7) == day()[7]
    assert list(documents(3)) == list(day()[:3])


def test_documents_do_not_depend_on_the_hash_seed() -> None:
    program = "from benchmarks.generate import document; print(document(5).analysis.document.id)"
    seeds = ("1", "2")
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in seeds
    ]  # fmt: skip
    assert runs[0] == runs[1] == day()[5].analysis.document.id + "\n"


def test_spans_say_what_the_records_say() -> None:
    for one in day():
        text = one.analysis.document.text
        for entity in one.analysis.entities:
            said = {mention.span.of(text) for mention in entity.mentions}
            assert said <= {entity.label, *entity.aliases}
            assert entity.mentions[0].span.of(text) == entity.label
        for event in one.analysis.events:
            assert event.sentence.contains(event.triggers[0])
            assert all(role.span.of(text) for role in event.roles)
            assert event.time is None or event.time.span is not None


def test_records_refer_to_records_and_ids_are_unique() -> None:
    for one in day():
        entities = [entity.id for entity in one.analysis.entities]
        events = [event.id for event in one.analysis.events]
        statements = {statement.id for statement in one.analysis.statements}
        assert len(entities) == len(set(entities))
        assert len(events) == len(set(events))
        assert EVENTS[0] <= len(events) <= EVENTS[1]
        assert {role.filler for event in one.analysis.events for role in event.roles} <= set(entities)
        assert {statement.speaker for statement in one.analysis.statements} <= set(entities)
        assert {i for event in one.analysis.events for i in event.within} == statements
        assert {i for statement in one.analysis.statements for i in statement.reports} <= set(events)
        known = {Ref(one.analysis.document.id, i) for i in (*entities, *events)}
        assert set(one.truth) == known


def test_records_survive_json_lines() -> None:
    analyses = [one.analysis for one in day()[:5]]
    assert list(from_jsonl(to_jsonl(analyses))) == analyses


def test_some_events_are_told_by_several_documents_with_differing_tolls() -> None:
    tolls: dict[str, set[float | None]] = defaultdict(set)
    told: Counter[str] = Counter()
    for one in day():
        for event in one.analysis.events:
            key = one.truth[Ref(one.analysis.document.id, event.id)]
            told[key] += 1
            tolls[key] |= {quantity.value for quantity in event.quantities}
    assert max(told.values()) > 3
    assert any(len(values) > 1 for values in tolls.values())
    assert sum(count == 1 for count in told.values()) > len(told) / 2


def test_the_famous_are_in_many_documents_and_most_in_few() -> None:
    seen = Counter(key for one in day() for key in one.truth.values() if not key.startswith("event/"))
    counts = sorted(seen.values(), reverse=True)
    assert counts[0] > 10 * counts[len(counts) // 2]


def test_one_thing_goes_by_several_names() -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for one in day():
        for entity in one.analysis.entities:
            labels[one.truth[Ref(one.analysis.document.id, entity.id)]].add(entity.label)
    kinds = {key.split("/")[0] for key, names in labels.items() if len(names) > 1}
    assert {"person", "organisation", "force"} <= kinds


def test_names_belong_to_one_person_but_for_the_namesakes() -> None:
    names = Counter(world.person(number).names[0] for number in range(world.PERSONS))
    namesakes = world.PERSONS // world.NAMESAKE_EVERY
    assert Counter(names.values()) == {1: world.PERSONS - 2 * namesakes, 2: namesakes}
    last = world.NAMESAKE_EVERY - 1
    first, other = world.person(last - world.NAMESAKE_OF), world.person(last)
    assert first.names == other.names
    assert first != other


def test_places_are_the_gazetteers() -> None:
    places = [e for one in day() for e in one.analysis.entities if e.kind in (EntityKind.PLACE, EntityKind.GPE)]
    linked = [entity for entity in places if entity.geo is not None]
    assert 0.8 * len(places) < len(linked) < len(places)
    assert all(entity.geo and entity.geo.id > 0 and entity.country for entity in linked)


def test_dates_lie_around_the_day_of_the_news() -> None:
    published = date.fromisoformat(day()[0].analysis.document.date)
    told = [event.time.value for one in day() for event in one.analysis.events if event.time]
    days = [(published - date.fromisoformat(value)).days for value in told if len(value) == len("2023-01-02")]
    assert all(0 <= distance <= 6 for distance in days)
    assert sum(distance < 2 for distance in days) > 0.6 * len(days)


def test_countries_are_told_as_seldom_as_texts_tell_them() -> None:
    people = [e for one in day() for e in one.analysis.entities if e.kind is EntityKind.PERSON]
    assert 0.15 < sum(bool(e.country) for e in people) / len(people) < 0.35


def test_namesakes_live_mostly_elsewhere_and_some_persons_have_a_fuller_name() -> None:
    last = range(world.NAMESAKE_EVERY - 1, world.PERSONS, world.NAMESAKE_EVERY)
    apart = [world.person(n).country != world.person(n - world.NAMESAKE_OF).country for n in last]
    assert 0.5 < sum(apart) / len(apart) < 0.8
    middle = [max(len(name.split()) for name in world.person(n).names) > 2 for n in range(1_000)]
    assert 0.2 < sum(middle) / len(middle) < 0.5


def test_some_change_their_office_and_an_era_has_persons_of_its_own() -> None:
    changed = [thing for n in range(1_000) if (thing := world.person(n)).later]
    assert len(changed) == 1_000 // world.CAREER_EVERY
    assert all(thing.office(0) != thing.office(world.CAREERS) for thing in changed)
    later = document(world.ERA * DAILY + 5)
    numbers = [int(key.split("/")[1]) for key in later.truth.values() if key.startswith("person/")]
    assert sum(number >= world.PERSONS for number in numbers) > 0.8 * len(numbers)


def test_compatriots_and_bodies_of_a_country_are_of_it() -> None:
    rng = Random("compatriots")
    for code in world.lists().countries:
        at_home = [world.compatriot(rng, code, 0) for _ in range(20)]
        assert sum(person.country == code for person in at_home) >= 14  # some namesakes have moved
        assert all(world.native(rng, code).country == code for _ in range(20))


def test_a_branch_is_another_thing_than_its_body() -> None:
    every = world.CHAPTER_EVERY
    found = [world.organisation(number) for number in range(20 * every - 1, world.ORGANISATIONS, every)]
    bodies = {world.organisation(int(thing.key.split("/")[1]) - world.CHAPTER_OF).names[0] for thing in found}
    assert sum(any(body in thing.names[0] for body in bodies) for thing in found) == len(found)


def test_identity_reads_them() -> None:
    analyses = [one.analysis for one in day()]
    assert identify(analyses) == identify(analyses[::-1])
