"""Lasting relations on CrossRE: the reader and the rules, on made-up sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from benchmarks.corpora import CorpusMalformed, crossre
from benchmarks.corpora.crossre import Sentence, Tie
from benchmarks.data import Crossre, load
from benchmarks.measures import relations
from benchmarks.measures.base import Request
from benchmarks.system import System
from kg.config import Settings
from kg.model import Analysis, Document, Entity, EntityKind, Mention, MentionKind, Relation, Span
from kg.ontology import load_vocabulary

TEXT = "Ana Bode leads the Lake Party in Arlen."
NAMES = {"ana": "Ana Bode", "party": "Lake Party", "arlen": "Arlen"}
PLACES = {key: (TEXT.index(name), TEXT.index(name) + len(name)) for key, name in NAMES.items()}


def analysed(*told: tuple[str, str, str]) -> Analysis:
    entities = tuple(
        Entity(
            id=key,
            kind=EntityKind.PERSON,
            label=NAMES[key],
            mentions=(Mention(span=Span(*place), head=Span(*place), kind=MentionKind.NAME),),
        )
        for key, place in PLACES.items()
    )
    found = tuple(
        Relation(id=f"{one}-{name}-{other}", subject=one, predicate=name, object=other, evidence=Span(0, 8))
        for one, name, other in told
    )
    return Analysis(document=Document(id="d", text=TEXT, sections=()), entities=entities, relations=found)


def sentence(*ties: tuple[str, str, str]) -> Sentence:
    gold = tuple(Tie(PLACES[one], PLACES[other], kind) for one, other, kind in ties)
    return Sentence("s", "news", TEXT, tuple(PLACES.values()), gold)


def counts(gold: Sentence, analysis: Analysis) -> tuple[float, float, float, float]:
    table = load("crossre", Crossre)
    _, typed = relations.judge(gold, list(relations.ours(analysis, gold.entities, table)), table)
    return typed.gold, typed.predicted, typed.found, typed.right


def test_a_relation_between_the_gold_entities_under_a_type_that_maps() -> None:
    assert counts(sentence(("ana", "party", "role")), analysed(("ana", "leads", "party"))) == (1, 1, 1, 1)


def test_direction_is_not_asked_for_but_the_type_is() -> None:
    gold = sentence(("party", "arlen", "physical"))
    assert counts(gold, analysed(("arlen", "basedIn", "party"))) == (1, 1, 1, 1)
    assert counts(gold, analysed(("party", "opposes", "arlen"))) == (1, 1, 0, 0)


def test_what_the_gold_does_not_know_of_counts_for_nothing() -> None:
    assert counts(sentence(("ana", "party", "win-defeat")), analysed()) == (0, 0, 0, 0)
    bare = Sentence("s", "news", TEXT, (PLACES["ana"],), ())
    assert counts(bare, analysed(("ana", "leads", "party"))) == (0, 0, 0, 0)


def test_a_title_and_its_holder_are_no_fault_and_not_asked_for() -> None:
    assert counts(sentence(("ana", "party", "named")), analysed(("ana", "leads", "party"))) == (0, 1, 0, 1)


def test_the_table_names_lasting_relations_alone() -> None:
    table = load("crossre", Crossre)
    known = set(load_vocabulary().below("relation"))
    assert set(table.types) | set(table.also) <= known


def test_the_measure_sets_domains_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyse(documents: Iterable[Document], settings: Settings) -> Iterator[Analysis]:
        for document in documents:
            whole = analysed(("ana", "leads", "party"))
            yield Analysis(document=document, entities=whole.entities, relations=whole.relations)

    monkeypatch.setattr(crossre, "sentences", lambda part: iter([sentence(("ana", "party", "role"))]))
    outcome = relations.MEASURE.measure(System(Settings(), analyse), Request())
    assert {f.name: f.value for f in outcome.figures} == {
        "relations, linked and typed": 100.0,
        "relations, linked": 100.0,
        "linked and typed, news": 100.0,
        "linked and typed, politics": 0.0,
    }
    assert outcome.findings == ()


def test_what_was_missed_and_what_is_spurious_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyse(documents: Iterable[Document], settings: Settings) -> Iterator[Analysis]:
        for document in documents:
            whole = analysed(("ana", "opposes", "arlen"))
            yield Analysis(document=document, entities=whole.entities, relations=whole.relations)

    monkeypatch.setattr(crossre, "sentences", lambda part: iter([sentence(("ana", "party", "role"))]))
    outcome = relations.MEASURE.measure(System(Settings(), analyse), Request())
    assert [(f.kind, f.label) for f in outcome.findings] == [("missed", "role"), ("spurious", "opposes")]


def test_sentences_are_read_and_faults_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {
        "doc_key": "news-dev-1",
        "sentence": ["Ana", "Bode", "leads", "Arlen", "."],
        "ner": [[0, 1, "person"], [3, 3, "location"]],
        "relations": [[0, 1, 3, 3, "role", "", False, False]],
    }
    for domain in crossre.DOMAINS:
        (tmp_path / f"{domain}-dev.json").write_text(json.dumps(row) + "\n", "utf-8")
    monkeypatch.setattr(crossre, "locate", lambda *parts: tmp_path / parts[-1])
    first, second = crossre.sentences("dev")
    (tie,) = first.ties
    assert (first.text[slice(*tie.source)], first.text[slice(*tie.target)]) == ("Ana Bode", "Arlen")
    assert (first.domain, second.domain) == crossre.DOMAINS
    (tmp_path / "news-dev.json").write_text("{}\n", "utf-8")
    with pytest.raises(CorpusMalformed, match="line 1"):
        list(crossre.sentences("dev"))


@pytest.mark.shared
def test_the_corpus_has_its_size(shared: Path) -> None:
    assert len(list(crossre.sentences("dev"))) == 700
    assert len(list(crossre.sentences("train"))) == 265
