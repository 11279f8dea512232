"""The full-text index: what is found, in which order, and what changes cost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.ids import Minter
from kg.model import Analysis, Canonical, Ref
from kg.query import ask
from kg.search import EVENT, FILE, NAME, STATEMENT, TITLE, Index, Row, canonical_rows, catch_up, document_rows
from kg.shelf import Shelf
from kg.store import Store
from tests.small_graph import BASE, herald, identity, small_store, wire

MINTER = Minter(BASE)
ROWS = (
    Row(NAME, "https://a.example/tolvik", "Tölvik"),
    Row(TITLE, "https://a.example/doc", "Shelling of the market", "doc"),
    Row(STATEMENT, "https://a.example/doc/s", "There were no weapons here", "doc"),
    Row(EVENT, "https://a.example/doc/e", "Troops shelled a market in Tolvik. No weapons here were found", "doc"),
)


@pytest.fixture
def index() -> Index:
    found = Index()
    found.replace("document doc", ROWS)
    return found


def small_index() -> Index:
    """The index of the small graph."""
    index = Index()
    known = identity()
    for analysis in (herald(), wire()):
        index.replace(analysis.document.id, document_rows(analysis, known.keys, MINTER))
    for canonical in known.entities.values():
        index.replace(canonical.key, canonical_rows(canonical, MINTER))
    return index


def test_all_words_must_be_there_whatever_their_case_and_accents(index: Index) -> None:
    assert [hit.kind for hit in index.find("TOLVIK market")] == [EVENT]
    assert [hit.kind for hit in index.find("tolvik", kind=NAME)] == [NAME]
    assert not index.find("tolvik absent")
    (hit,) = index.find("weapons", kind=STATEMENT)
    assert [span.of(hit.words) for span in hit.found] == ["weapons"]
    assert (hit.iri, hit.document) == ("https://a.example/doc/s", "doc")


def test_a_phrase_is_words_in_a_row(index: Index) -> None:
    assert index.holding("no weapons here", EVENT) == ["https://a.example/doc/e"]
    assert not index.holding("weapons no", EVENT)


def test_the_order_is_the_same_whatever_the_order_of_adding() -> None:
    one, other = Index(), Index()
    for number in range(5):
        one.replace(f"d{number}", [Row(EVENT, f"https://a.example/{number}", "rain fell", f"d{number}")])
        other.replace(f"d{4 - number}", [Row(EVENT, f"https://a.example/{4 - number}", "rain fell", f"d{4 - number}")])
    assert one.find("rain") == other.find("rain")
    assert len(one.find("rain", limit=2)) == 2


def test_what_two_owners_give_stays_until_both_let_go(index: Index) -> None:
    index.replace("thing tolvik", ROWS[:1])
    index.remove("document doc")
    assert [hit.kind for hit in index.find("tolvik")] == [NAME]
    index.replace("thing tolvik", ())
    assert not index.find("tolvik")
    assert len(index) == 0


def test_replacing_takes_out_what_is_gone(index: Index) -> None:
    index.replace("document doc", ROWS[:2])
    assert not index.find("weapons")
    assert index.find("shelling")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_no_words_are_syntax(words: str) -> None:
    index = Index()
    index.replace("d", ROWS)
    index.find(words)
    index.find(words, kind=NAME)
    index.holding(words, EVENT)
    list(index.named(words))
    index.near(words)


@pytest.mark.parametrize("words", ['"', "tolvik OR absent", "NEAR(tolvik market)", "text : tolvik*", "-tolvik ^", "\0"])
def test_operators_are_words(index: Index, words: str) -> None:
    assert not index.find(words, kind=TITLE)


def test_nothing_stays_that_was_not_committed(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with Index(path) as index:
        index.replace("d", ROWS)
        index.commit()
        index.remove("d")
    with Index(path, read_only=True) as index:
        assert index.find("market")


def test_what_is_no_index_is_told(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("no database at all, but long enough to be read as one")
    with pytest.raises(KgError, match="search index"):
        Index(path)
    with pytest.raises(KgError, match="search index"):
        Index(tmp_path / "missing.db", read_only=True)


@pytest.mark.parametrize("about", ["Tolvik", "no weapons", "weapon", "NEAR(no weapons)"])
def test_an_index_finds_what_a_scan_finds(about: str) -> None:
    store: Store = small_store()
    for question in ("who-said", "timeline", "claims-only", "contradictions"):
        found = ask(store, question, {"about": about}, index=small_index())
        assert found.rows == ask(store, question, {"about": about}).rows


def test_only_what_changed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, index, known = Shelf(), Index(), identity()
    texts = {analysis.document.id: analysis for analysis in (herald(), wire())}
    tables = (
        shelf.table("analyses", str, Analysis),
        shelf.table("keys", Ref, str),
        shelf.table("entities", str, Canonical),
    )
    tables[0].update(texts)
    tables[1].update(known.keys)
    tables[2].update(known.entities)
    catch_up(index, shelf, *tables, MINTER)
    assert sorted(index.find("market")) == sorted(small_index().find("market"))
    assert len(index) == len(small_index())
    seen: list[str] = []
    replace = index.replace

    def spied(owner: str, rows: Iterable[Row]) -> None:
        seen.append(owner)
        replace(owner, rows)

    monkeypatch.setattr(index, "replace", spied)
    gone = min(texts)
    del tables[0][gone]
    catch_up(index, shelf, *tables, MINTER)
    assert seen == [f"document {gone}"]
    assert not any(hit.document == gone for hit in index.find("tolvik"))
