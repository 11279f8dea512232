"""Merging across documents: which mention stands for what, and what counts as right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.alignment import Named, Reading, readings
from benchmarks.corpora import ecbplus
from benchmarks.corpora.ecbchains import ACTOR, EVENT, chains, subtopic
from benchmarks.corpora.ecbplus import Article, Mention
from benchmarks.documents import grouped
from benchmarks.measures import merging
from benchmarks.measures.base import Request, Sheet
from benchmarks.measures.merging import clusters, with_gold_mentions, with_own_mentions
from benchmarks.report import Figure
from benchmarks.system import System
from kg.config import Settings
from kg.model import Analysis, Document, Entity, EntityKind, Event, MentionKind, Ref, Span, Statement
from kg.model import Mention as OurMention

RAID = "Police raided a depot . The raid failed"
HEADS = (1, 1, 3, 1, 1, 6, 7, 7)
POS = ("NOUN", "VERB", "DET", "NOUN", "PUNCT", "DET", "NOUN", "VERB")
LEMMAS = ("police", "raid", "a", "depot", ".", "the", "Raid", "fail")


def place(word: str, text: str = RAID) -> tuple[int, int]:
    begin = text.index(word)
    return begin, begin + len(word)


def parsed() -> Doc:
    words = RAID.split()
    deps = ["dep" if head != index else "ROOT" for index, head in enumerate(HEADS)]
    spaces = [True] * (len(words) - 1) + [False]
    return Doc(
        Vocab(), words=words, heads=list(HEADS), deps=deps, pos=list(POS), lemmas=list(LEMMAS), spaces=spaces
    )  # fmt: skip


def article(name: str, topic: int = 2, text: str = RAID) -> Article:
    """Two mentions of one raid and one of its failure, and the police."""
    said = [("raided", "ACTION_OCCURRENCE", "R"), ("raid failed", "ACTION_OCCURRENCE", "F")]
    mentions = [Mention(tag, (place(words),), instance) for words, tag, instance in said]
    actor = Mention("HUMAN_PART_ORG", (place("Police"),), "P")
    return Article(name, topic, text, ((0, len(text)),), (*mentions, actor))


def analysed(document: str) -> Analysis:
    """An event at "raided", a statement at "failed", and the police."""
    event = Event(
        id="event/7-13", type="attack", label="raided", lemma="raid", triggers=(Span(*place("raided")),),
        sentence=Span(0, 23),
    )  # fmt: skip
    statement = Statement(id="statement/1", content=(Span(0, 6),), cue=(Span(*place("failed")),))
    span = Span(*place("Police"))
    police = Entity(
        id="entity/0-6", kind=EntityKind.ORGANIZATION, label="Police",
        mentions=(OurMention(span=span, head=span, kind=MentionKind.NAME),),
    )  # fmt: skip
    whole = Document(id=document, text=RAID, sections=())
    return Analysis(document=whole, events=(event,), statements=(statement,), entities=(police,))


def named(
    span: tuple[int, int], lemma: str = "x", ref: Ref | None = None, head: tuple[int, int] | None = None
) -> Named:
    return Named((span,), head or span, lemma, "VERB", ref)


def reading(name: str, gold: Sequence[Named], ours: Sequence[Named]) -> Reading:
    return Reading(article(name), tuple(gold), tuple(ours))


def test_a_sub_topic_is_half_a_topic() -> None:
    assert subtopic(article("12_1ecb", 12)) == subtopic(article("12_10ecb", 12)) == "12ecb"
    assert subtopic(article("12_1ecbplus", 12)) == "12ecbplus"


def test_gold_chains_run_over_all_articles_and_keep_single_mentions() -> None:
    found = chains([article("2_1ecb"), article("2_2ecb")], EVENT)
    assert {frozenset(chain) for chain in found} == {
        frozenset({("2_1ecb", 0), ("2_2ecb", 0)}),
        frozenset({("2_1ecb", 1), ("2_2ecb", 1)}),
    }
    assert chains([article("2_1ecb")], ACTOR) == [frozenset({("2_1ecb", 0)})]


def test_mentions_are_read_with_their_heads_and_lemmas() -> None:
    found = readings(article("a"), parsed(), analysed("a"))
    raided, failed = found[EVENT].gold
    assert (raided.lemma, raided.word_class) == ("raid", "VERB")
    assert (failed.lemma, failed.head) == ("fail", place("failed"))  # "raid" hangs on "failed"
    assert [given.ref for given in found[EVENT].ours] == [Ref("a", "event/7-13"), Ref("a", "statement/1")]
    assert [given.ref for given in found[ACTOR].ours] == [Ref("a", "entity/0-6")]


def test_ours_outside_validated_sentences_are_left_out() -> None:
    item = Article("a", 2, RAID, (place("Police raided a depot ."),), article("a").mentions)
    found = readings(item, parsed(), analysed("a"))[EVENT]
    assert [given.ref for given in found.ours] == [Ref("a", "event/7-13")]


def test_the_same_head_wins_over_the_better_overlap() -> None:
    gold = named((0, 10), head=(6, 10))
    near, same = named((0, 9), head=(0, 5)), named((6, 10))
    assert reading("a", [gold], [near, same]).pairs() == {0: 1}
    assert reading("a", [gold], [near]).pairs() == {0: 0}
    assert reading("a", [gold], [named((20, 25))]).pairs() == {}


def test_gold_mentions_take_the_node_of_our_record_or_one_of_their_own() -> None:
    one, other = Ref("a", "event/1"), Ref("b", "event/1")
    first = reading("a", [named((0, 4)), named((8, 9))], [named((0, 4), ref=one)])
    second = reading("b", [named((0, 4))], [named((0, 4), ref=other)])
    apart = {**with_gold_mentions(first, {}), **with_gold_mentions(second, {})}
    assert len(clusters(apart)) == 3
    keys = {one: "event/raid", other: "event/raid"}
    merged = {**with_gold_mentions(first, keys), **with_gold_mentions(second, keys)}
    assert sorted(map(len, clusters(merged))) == [1, 2]


def test_our_mentions_are_the_gold_ones_that_they_pair_off_with_or_spurious() -> None:
    ref = Ref("a", "event/1")
    found = with_own_mentions(reading("a", [named((0, 4))], [named((0, 4), ref=ref), named((6, 9), ref=ref)]), {})
    assert list(found) == [("a", 0), ("a", "ours 1")]
    assert len(set(found.values())) == 1


def test_the_lemma_heuristic_joins_equal_lemmas_of_one_group() -> None:
    first, second = (reading(name, [named((0, 4), "raid"), named((5, 9), "fail")], []) for name in "ab")
    together = merging.by_lemma(first, 1, own=False) | merging.by_lemma(second, 1, own=False)
    assert sorted(map(len, clusters(together))) == [2, 2]
    apart = merging.by_lemma(first, 1, own=False) | merging.by_lemma(second, 2, own=False)
    assert len(clusters(apart)) == 4


def test_documents_of_one_story_are_grouped() -> None:
    texts = ["The pirates seized a tanker.", "A tanker was freed from pirates.", "The actress won an award.", ""]
    labels = grouped(texts, 0.05)
    assert labels[0] == labels[1]
    assert len(set(labels)) == 3
    assert grouped([]) == []


def measured(monkeypatch: pytest.MonkeyPatch, resolve: merging.Resolve) -> tuple[dict[str, Figure], Sheet]:
    """The figures over two articles that tell of the same raid."""
    items = [article("2_1ecb"), article("2_2ecb")]

    def docs(self: System, documents: Iterable[Document]) -> Iterator[Doc]:
        return (parsed() for _ in documents)

    names, again = iter(("a", "b")), iter(("a", "b"))
    monkeypatch.setattr(ecbplus, "articles", lambda part: iter(items))
    monkeypatch.setattr(System, "docs", docs)
    monkeypatch.setattr(merging, "extract", lambda doc: analysed(next(names)))
    monkeypatch.setattr(merging, "forced", lambda doc, gold: analysed(next(again)))
    sheet = Sheet()
    merging.run(System(Settings()), Request(), sheet, resolve)
    return {figure.name: figure for figure in sheet.figures}, sheet


def test_without_keys_every_record_is_a_node_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found, sheet = measured(monkeypatch, lambda analyses: {})
    assert found["events, gold mentions, MUC"].recall == 0.0
    assert found["events, gold mentions, B³"].recall == 50.0
    assert found["events, gold mentions, lemma within gold sub-topics"].value == 100.0
    assert found["events, gold mentions, were every merge right"].value == 100.0
    assert found["events, gold mentions with a record of ours"].value == 100.0
    assert {(f.kind, f.label) for f in sheet.findings} == {("missed", "events link"), ("missed", "actors link")}


def test_keys_of_events_statements_and_actors_join_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(analyses: Sequence[Analysis]) -> Mapping[Ref, str]:
        records = ("event/7-13", "statement/1", "entity/0-6")
        return {Ref(a.document.id, record): f"one/{record}" for a in analyses for record in records}

    found, sheet = measured(monkeypatch, resolve)
    for name in ("events, gold mentions", "events, own mentions", "actors, gold mentions"):
        assert found[name].value == 100.0
    assert not sheet.findings


def test_a_merge_too_many_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(analyses: Sequence[Analysis]) -> Mapping[Ref, str]:
        return {Ref(a.document.id, record): "one" for a in analyses for record in ("event/7-13", "statement/1")}

    found, sheet = measured(monkeypatch, resolve)
    assert found["events, gold mentions, B³"].precision == 50.0
    assert ("spurious", "events link") in {(f.kind, f.label) for f in sheet.findings}
