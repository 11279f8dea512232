"""Opposed reports as a careful reader sets them against each other: `tests/golden/groups/*/gold.toml`."""

from __future__ import annotations

import msgspec
import pytest
from spacy.language import Language

from benchmarks.corpora import CorpusMalformed, groups
from benchmarks.corpora.groups import Entries, Group
from benchmarks.measures.base import Sheet
from benchmarks.measures.comparisons import Score, score
from kg.config import Settings
from kg.model import Document
from kg.pipeline import analyse

SETTINGS = Settings()


def scored(found: list[Group], nlp: Language) -> tuple[Score, Sheet]:
    sheet = Sheet()
    analyses = list(analyse([d for group in found for d in group.documents], SETTINGS, nlp))
    return score(found, analyses, sheet), sheet


def false_ones(sheet: Sheet) -> list[str]:
    return [f"{f.document}: {f.note}" for f in sheet.findings if f.kind == "spurious"]


@pytest.fixture(scope="module")
def demo(nlp: Language) -> tuple[Score, Sheet]:
    return scored(groups.ours(SETTINGS), nlp)


def test_nothing_false_is_found_in_the_demo_reports(demo: tuple[Score, Sheet]) -> None:
    assert false_ones(demo[1]) == []


def test_half_of_what_a_reader_sees_to_conflict_is_found(demo: tuple[Score, Sheet]) -> None:
    total, sheet = demo
    missed = [f.note for f in sheet.findings if f.kind == "missed"]
    assert total.conflicts.recall >= 0.5, missed
    assert total.agreements.found >= 1, missed


@pytest.mark.shared
def test_the_article_gives_four_conflicts_and_four_agreements_and_none_false(shared: object, nlp: Language) -> None:
    total, sheet = scored(groups.article(SETTINGS), nlp)
    assert (total.conflicts.gold, total.agreements.gold) == (6, 7)
    assert total.conflicts.found >= 4
    assert total.agreements.found >= 4
    assert false_ones(sheet) == []


@pytest.mark.parametrize(
    ("anchor", "fault"),
    [
        ("A: gone", "in brackets"),
        ("A: [boats] sank", "found 0 times"),
        ("A: [a] ship", "2 times"),
        ("B: [x]", "none of"),
    ],
)
def test_a_gold_that_cannot_be_found_says_so(anchor: str, fault: str) -> None:
    document = Document(id="a", text="Yesterday a ship sank. Today a ship sailed.", sections=())
    written = {"documents": {"A": "a.txt"}, "agreement": [{"name": "ships", "tellings": [anchor]}]}
    with pytest.raises(CorpusMalformed, match=fault):
        groups.load("ships", msgspec.convert(written, Entries), {"A": document})
