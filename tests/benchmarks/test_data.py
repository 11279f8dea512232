"""The tables load, and name only what exists on both sides."""

from __future__ import annotations

import pytest

from benchmarks.corpora import wikievents
from benchmarks.data import Kairos, Labels, References, load
from benchmarks.measures import MEASURES
from benchmarks.report import excerpt
from benchmarks.system import article, passage
from kg.model import EntityKind, RoleName, SectionKind, Stance
from kg.ontology import load_event_types


def test_references_belong_to_measures() -> None:
    assert set(load("references", References).measures) <= set(MEASURES)


def test_our_side_of_each_table_is_the_vocabulary() -> None:
    kairos, names = load("kairos", Kairos), load("crossner", Labels)
    assert set(kairos.ours) == {role.value for role in RoleName}
    assert set(kairos.stances) <= {stance.value for stance in Stance}
    assert set(names.kinds) <= {kind.value for kind in EntityKind}
    assert set(names.labels.values()) <= set(names.kinds.values())


def test_mapped_event_types_are_types_of_the_scheme() -> None:
    known = set(load_event_types())
    assert set(load("kairos", Kairos).types) <= known


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_the_other_side_is_the_corpus_ontology() -> None:
    table, types = load("kairos", Kairos), wikievents.types()
    prefixes = {p for group in (*table.types.values(), *table.stances.values(), table.statement) for p in group}
    assert all(any(name.startswith(prefix) for name in types) for prefix in prefixes)
    assert set(table.roles) <= set(wikievents.roles())


def test_a_passage_is_one_paragraph_and_an_article_is_read() -> None:
    bare = passage("p-1", "The minister spoke.")
    assert [section.kind for section in bare.sections] == [SectionKind.PARAGRAPH]
    news = article("a", "Floods hit Arlen\n\nThe river rose on Monday. Many people left their homes.", "2020-05-04")
    assert (news.date, news.name) == ("2020-05-04", "a")
    assert bare.id != passage("p-2", bare.text).id


def test_an_excerpt_is_one_line_with_its_span_marked() -> None:
    assert excerpt("It rained\nin Arlen today.", (13, 18), around=7) == "ned in ⟦Arlen⟧ today."
