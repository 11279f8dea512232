"""What resolving costs as documents grow: the sizes, the arithmetic of growth, the scores and the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from benchmarks import world
from benchmarks.measures import growth
from benchmarks.measures.base import Request, Sheet
from benchmarks.metrics import Counts
from benchmarks.plot import picture, points
from benchmarks.report import Outcome
from benchmarks.system import System
from kg.config import Settings
from kg.errors import KgError
from kg.model import Ref

SCORES = {"actors": Counts(4, 4, 3, 4), "persons": Counts(2, 2, 1, 2)}


def cost(documents: int, seconds: float, megabytes: float, added: float = 0.2) -> growth.Cost:
    return growth.Cost(documents, 200 * documents, seconds, megabytes, added, added / 2, SCORES)


def outcome(*costs: growth.Cost) -> Outcome:
    sheet = Sheet()
    growth.report(costs, sheet)
    return Outcome(
        measure="growth",
        data="generated",
        documents=0,
        words=0,
        words_per_cpu_second=0.0,
        configuration={},
        figures=tuple(sheet.figures),
    )


def test_a_limit_is_the_largest_size_and_the_others_keep_their_proportion() -> None:
    assert growth.sizes(None) == (1_000, 10_000, 50_000)
    assert growth.sizes(500) == (10, 100, 500)
    assert growth.sizes(1) == (1, 1, 1)


def test_growth_is_the_power_of_n_beside_that_of_n_log_n() -> None:
    figures = {f.name: f for f in outcome(cost(100, 1.0, 10.0), cost(1_000, 100.0, 100.0)).figures}
    time = figures["exponent of time, 100 to 1,000"]
    assert (time.value, time.aim) == (2.0, "n log n: 1.18")
    assert figures["exponent of memory, 100 to 1,000"].value == 1.0
    assert figures["time, 1,000 documents"].value == 100.0
    assert (figures["actors, B³"].recall, figures["actors, B³"].precision) == (75.0, 100.0)
    assert figures["persons, B³"].detail


def test_sizes_too_small_to_compare_give_no_exponent() -> None:
    names = [f.name for f in outcome(cost(1, 0.0, 0.0), cost(1, 0.0, 0.0), cost(5, 0.1, 1.0)).figures]
    assert not any("exponent" in name for name in names)


def test_the_cost_of_one_document_more_or_less_is_shown() -> None:
    figures = {f.name: f.value for f in outcome(cost(100, 1.0, 10.0, added=0.5)).figures}
    assert figures["adding one to, 100 documents"] == 500
    assert figures["taking one out of, 100 documents"] == 250


def test_records_are_scored_by_the_kind_of_their_truth() -> None:
    refs = [Ref(document, "entity/0-4") for document in "abcd"]
    happened = [Ref(document, "event/5-9") for document in "abc"]
    truth = dict(zip(refs, ("person/3", "person/3", "person/4", "town/7"), strict=True))
    truth |= dict(zip(happened, ("event/1-1-1", "event/1-1-1", "event/own-1-1"), strict=True))
    keys = dict.fromkeys(refs[:3], "person/same") | {refs[3]: "place/x"}
    found = growth.scores(truth, keys)
    assert (found["persons"].recall, round(found["persons"].precision, 2)) == (1.0, 0.56)
    assert found["places"].f1 == 1.0
    # without a key each event is a node of its own: the pair told of twice is missed
    assert found["events"].precision == 1.0
    assert found["events told more than once"].recall == 0.5


def test_namesakes_are_the_persons_who_share_a_name_here() -> None:
    other = world.NAMESAKE_EVERY - 1
    first = other - world.NAMESAKE_OF
    keys = [f"person/{number}" for number in (first, 1, other)]
    refs = [Ref(str(place), "entity/0-4") for place in range(3)]
    assert growth.namesakes(dict(zip(refs, keys, strict=True))) == {f"person/{first}", f"person/{other}"}
    assert growth.namesakes({refs[0]: f"person/{first}", refs[1]: "person/1"}) == frozenset()


def test_the_measure_runs_every_size_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def apart(size: int) -> growth.Cost:
        seen.append(size)
        return cost(size, size / 10, float(size))

    monkeypatch.setattr(growth, "_apart", apart)
    found = growth.MEASURE.measure(System(Settings()), Request(limit=500))
    assert seen == [10, 100, 500]
    assert found.documents == 610


def test_a_size_is_generated_resolved_and_scored() -> None:
    found = growth.cost(12)
    assert found.documents == 12
    assert found.added > 0
    assert 0 <= found.seconds < 60
    assert found.scores["places"].gold > 12


def test_the_picture_is_well_formed_and_shows_every_size() -> None:
    drawn = picture(outcome(cost(100, 1.0, 10.0), cost(1_000, 100.0, 100.0), cost(5_000, 2_000.0, 900.0)))
    root = ET.fromstring(drawn)
    assert sum(child.tag.endswith("circle") for child in root) == 6
    assert "1,000" in [child.text for child in root]


def test_an_outcome_without_sizes_is_refused() -> None:
    with pytest.raises(KgError, match="growth"):
        points(outcome(), "time")
