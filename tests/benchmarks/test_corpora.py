"""Readers: the shapes of the formats, on lines made for these tests, and the shared corpora's sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import corpora
from benchmarks.corpora import CorpusMissing, crossner, ecbplus, geoparsing, gum, plover, polnear, qasrl, wikievents
from benchmarks.corpora.tokens import join, runs


def test_tokens_are_joined_as_a_newspaper_prints_them() -> None:
    tokens = "`` We ca n't wait , '' the mayor 's aide -LRB- left -RRB- said ."
    joined = join(tokens.split())
    assert joined.text == "“We can't wait,” the mayor's aide (left) said."
    assert joined.text[slice(*joined.span(8, 11))] == "mayor's aide"


def test_hyphens_are_closed_up_on_request() -> None:
    assert join(["pro", "-", "reform"], hyphens=True).text == "pro-reform"
    assert join(["a", "-", "b"]).text == "a - b"


def test_straight_quotes_open_and_close() -> None:
    assert join(['"', "Yes", '"', "and", '"', "no", '"']).text == "“Yes” and “no”"


def test_every_token_keeps_its_place() -> None:
    tokens = ["$", "5", "million", "(", "or", "so", ")", "...", "gone", "!"]
    joined = join(tokens)
    assert [joined.text[slice(*place)] for place in joined.places] == tokens


def test_runs_of_bio_labels() -> None:
    assert runs(["B-cue", "I-cue", "O", "I-cue", "B-cue", "I-source"]) == [
        ("cue", 0, 2),
        ("cue", 3, 4),
        ("cue", 4, 5),
        ("source", 5, 6),
    ]


def test_polnear_fragments_are_read_by_offset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '"Yes,"\nsaid the mayor, "we will."'
    _write(tmp_path / "polnear/dev/text/a.txt", text)
    lines = [
        "T1\tContent 0 6;23 33\twhat stands here is not read",
        "T2\tCue 7 11\tsaid",
        "T3\tSource 12 21\tthe mayor",
        "T4\tAttribution 7 11\tsaid",
        "E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3",
        "T5\tDiscuss 0 4\tYes",
    ]
    _write(tmp_path / "polnear/dev/attributions/a_01.ann", "\n".join(lines))
    _write(tmp_path / "polnear/dev/attributions/a_02.ann", "")
    monkeypatch.setattr(corpora, "locate", lambda *parts: tmp_path.joinpath(*parts))
    monkeypatch.setattr(polnear, "locate", lambda *parts: tmp_path.joinpath(*parts))
    (article,) = polnear.articles("dev")
    (attribution,) = article.attributions
    assert [text[b:e] for b, e in attribution.content] == ['"Yes,"', '"we will."']
    assert [text[b:e] for b, e in attribution.source] == ["the mayor"]


def test_plover_marks_may_nest_and_plain_brackets_stay() -> None:
    text, marks = plover.unmark("(SRC: Arlen) (the capital) (EVT: sent aid (LOC: to (TAR: Bost))) on Monday.")
    assert text == "Arlen (the capital) sent aid to Bost on Monday."
    assert [(tag, text[b:e]) for tag, (b, e) in marks] == [
        ("SRC", "Arlen"),
        ("EVT", "sent aid to Bost"),
        ("LOC", "to Bost"),
        ("TAR", "Bost"),
    ]


def test_an_unclosed_mark_is_dropped_with_its_words_kept() -> None:
    text, marks = plover.unmark("They (EVT: left (LOC: Arlen) early.")
    assert text == "They left Arlen early."
    assert [text[b:e] for _, (b, e) in marks] == ["Arlen"]


def test_coreference_brackets_may_nest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["Ana", "saw", "her", "dog", ".", "It", "barked"]
    marks = ["(1)", "_", "(2(1)", "2)", "_", "(2)", "_"]
    conllu = [f"{n}\t{word}" + "\t_" * 8 for n, word in enumerate(words, 1)]
    _write(tmp_path / "gum_news/splits.md", "## dev\n\n  * GUM_news_made\n\n## test\n\n  * GUM_news_other\n")
    _write(tmp_path / "gum_news/dep/GUM_news_made.conllu", "# newpar\n" + "\n".join(conllu))
    rows = "\n".join(f"{n}\t{word}\t{mark}" for n, (word, mark) in enumerate(zip(words, marks, strict=True)))
    _write(tmp_path / "gum_news/coref/ontogum/conll/GUM_news_made.conll", rows)
    _write(tmp_path / "gum_more/splits.md", "## dev\n")
    (tmp_path / "gum_more/ontogum").mkdir()
    monkeypatch.setattr(gum, "locate", lambda *parts: tmp_path.joinpath(*parts))
    (article,) = gum.articles("dev")
    assert article.text == "Ana saw her dog . It barked"
    assert [sorted(article.text[b:e] for b, e in chain) for chain in article.chains] == [
        ["Ana", "her"],
        ["It", "her dog"],
    ]


def test_ecbplus_keeps_validated_sentences_and_instances(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [("http", 0), (":", 0), ("//", 0), ("arlen", 0), ("Troops", 1), ("shot", 1), ("him", 1), ("down", 1)]
    words += [("here", 1), ("today", 1), (".", 1)]
    tokens = "".join(f'<token t_id="{n}" sentence="{s}" number="0">{w}</token>' for n, (w, s) in enumerate(words, 1))
    anchors = '<token_anchor t_id="6"/><token_anchor t_id="8"/>'
    marks = f'<ACTION_OCCURRENCE m_id="1">{anchors}</ACTION_OCCURRENCE><ACTION_OCCURRENCE m_id="2"/>'
    marks += '<ACTION_STATE m_id="3"><token_anchor t_id="2"/></ACTION_STATE>'
    marks += '<NEG_ACTION_STATE m_id="4"><token_anchor t_id="7"/></NEG_ACTION_STATE>'
    marks += '<LOC_OTHER m_id="5"><token_anchor t_id="9"/></LOC_OTHER>'
    marks += '<TIME_DATE m_id="6"><token_anchor t_id="10"/></TIME_DATE>'
    link = '<CROSS_DOC_COREF r_id="9" note="ACT7"><source m_id="1"/><target m_id="2"/></CROSS_DOC_COREF>'
    body = f"{tokens}<Markables>{marks}</Markables><Relations>{link}</Relations>"
    _write(tmp_path / "ecbplus/ECB+/2/2_1ecb.xml", f'<Document doc_name="2_1ecb.xml">{body}</Document>')
    _write(tmp_path / "ecbplus/ECBplus_coreference_sentences.csv", "Topic,File,Sentence Number\n2,1ecb,1\n")
    monkeypatch.setattr(ecbplus, "locate", lambda *parts: tmp_path.joinpath(*parts))
    (article,) = ecbplus.articles("dev")
    assert article.text == "http://arlen\n\nTroops shot him down here today."
    assert [article.text[b:e] for b, e in article.validated] == ["Troops shot him down here today."]
    shot, him = article.of("ACTION")
    assert ([article.text[b:e] for b, e in shot.spans], shot.instance) == (["shot", "down"], "ACT7")
    assert (him.tag, him.negated, shot.negated) == ("ACTION_STATE", True, False)
    assert [article.text[b:e] for kind in ("TIME", "LOC") for m in article.of(kind) for b, e in m.spans] == [
        "today",
        "here",
    ]
    assert not list(ecbplus.articles("train"))


def test_a_missing_corpus_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "SHARED", tmp_path / "shared")
    monkeypatch.setattr(corpora, "ROOT", tmp_path / "project")
    with pytest.raises(CorpusMissing, match=r"^\.\./shared/corpora/polnear is missing"):
        corpora.locate("polnear")


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_the_shared_corpora_have_their_documented_sizes() -> None:
    articles = list(polnear.articles("dev"))
    assert (len(articles), sum(len(a.attributions) for a in articles)) == (84, 2192)
    assert sum(len(s.verbs) for s in qasrl.sentences()) == 1264
    events = [event for article in wikievents.articles() for event in article.events]
    assert (len(events), sum(len(event.arguments) for event in events)) == (345, 428)
    assert len(list(crossner.sentences("dev"))) == 541
    assert sum(len(a.toponyms) for a in geoparsing.lgl()) == 5088


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_spans_of_the_shared_corpora_hold_what_the_corpus_says() -> None:
    for article in geoparsing.geowebnews():
        for toponym in article.toponyms:
            assert article.text[slice(*toponym.span)].strip()
    for record in plover.records():
        assert all(0 <= b < e <= len(record.text) for b, e in (*record.source, *record.target, *record.trigger))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
