"""The demo reports: every one is read, dated and attributed, and their layouts differ as in life."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Document, SectionKind
from kg.read import discover, read

SEEDS = Path(__file__).parent.parent / "seeds"
PATHS = list(discover([SEEDS]))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {path.stem: read(path, Settings()) for path in PATHS}


def test_there_are_enough_of_them(documents: dict[str, Document]) -> None:
    assert 8 <= len(documents) <= 12
    assert len({document.id for document in documents.values()}) == len(documents)
    assert sum("kharkiv" in name for name in documents) >= 3


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_names_title_publisher_and_date(path: Path) -> None:
    document = read(path, Settings())
    assert document.title
    assert document.publisher
    assert document.date
    assert 150 <= len(document.text.split()) <= 400
    kinds = Counter(section.kind for section in document.sections)
    assert kinds[SectionKind.HEADLINE] >= 1
    assert kinds[SectionKind.PARAGRAPH] >= 7
    assert kinds[SectionKind.BOILERPLATE] >= 1
    assert document.sections[-1].kind is SectionKind.BOILERPLATE


def test_outlets_differ(documents: dict[str, Document]) -> None:
    assert len({document.publisher for document in documents.values()}) == len(documents)


def test_every_kind_of_section_is_there(documents: dict[str, Document]) -> None:
    kinds = {section.kind for document in documents.values() for section in document.sections}
    assert kinds == set(SectionKind)


def test_typography_as_in_life(documents: dict[str, Document]) -> None:
    texts = [document.text for document in documents.values()]
    assert any("\u00a0" in text for text in texts)
    assert any("“" in text for text in texts)
    assert any('"' in text for text in texts)
