"""The events of the demo reports as an editor would defend them: `tests/golden/seeds/*/events.toml`."""

from __future__ import annotations

import pytest
from spacy.language import Language

from benchmarks.corpora import seeds
from benchmarks.measures.base import Sheet
from benchmarks.measures.seeds import QUANTITIES, ROLES, Score, score
from kg.config import Settings
from kg.pipeline import analyse

SETTINGS = Settings()
AIM = 95.0  # percent of the events found


@pytest.fixture(scope="module")
def reports() -> list[seeds.Report]:
    return list(seeds.reports(SETTINGS))


@pytest.fixture(scope="module")
def counted(reports: list[seeds.Report], nlp: Language) -> tuple[Score, Sheet]:
    sheet = Sheet()
    analyses = analyse([report.document for report in reports], SETTINGS, nlp)
    return score(reports, analyses, sheet), sheet


def faults(sheet: Sheet, *labels: str) -> str:
    """What is wrong with an attribute, for the message of a test that fails."""
    found = [f for f in sheet.findings if f.kind == "wrong" and f.label in labels]
    return "\n".join(f"{f.document}: {f.label} {f.note}: {f.context}" for f in found)


def test_every_report_has_gold(reports: list[seeds.Report]) -> None:
    assert len(reports) == 12
    assert all(len(report.events) >= 14 and report.not_events for report in reports)


def test_no_words_are_gold_twice(reports: list[seeds.Report]) -> None:
    for report in reports:
        places = [*(place for event in report.events for place in event.anchors), *report.tolerated, *report.not_events]
        assert len(set(places)) == len(places), report.document.name


def test_dates(counted: tuple[Score, Sheet]) -> None:
    total, sheet = counted
    assert total.share("date") >= AIM, faults(sheet, "date")


def test_polarity_and_modality(counted: tuple[Score, Sheet]) -> None:
    total, sheet = counted
    assert total.share("polarity and modality") >= AIM, faults(sheet, "polarity", "modality")


def test_narrative_and_claims_are_kept_apart(counted: tuple[Score, Sheet]) -> None:
    total, sheet = counted
    assert total.share("told") >= 97, faults(sheet, "told")


def test_wanted_events_are_found_and_others_are_not(counted: tuple[Score, Sheet]) -> None:
    total, _ = counted
    assert total.found >= 0.91 * total.gold
    assert total.wanted >= 0.97 * total.given
    assert total.unwanted <= 2


def test_roles_and_quantities(counted: tuple[Score, Sheet]) -> None:
    total, _ = counted
    assert total.parts[ROLES].f1 >= 0.92
    assert total.parts[QUANTITIES].f1 >= 0.9
