"""The full-text index: what is found, in which order, and what changes cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.graphs import fill, quads
from kg.config import Settings
from kg.errors import KgError
from kg.ids import Minter
from kg.model import Analysis, Canonical, Comparison, Ref
from kg.query import ask
from kg.query.question import Kind, catalogue
from kg.query.rows import order
from kg.search import EVENT, FILE, NAME, STATEMENT, TITLE, Catching, Index, Row, Wanted, catch_up
from kg.search.lists import Item, Key, rank
from kg.shelf import Shelf, Table
from kg.store import Store, from_rdflib
from tests.small_graph import BASE, herald, identity, small_store, wire

MINTER = Minter(BASE)
TEXT = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=1), max_size=6)
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


def small_index(path: Path | None = None) -> Index:
    """The index of the small graph."""
    index, known = Index(path), identity()
    analyses = {analysis.document.id: analysis for analysis in (herald(), wire())}
    catching = Catching(index, analyses, known.keys, known.entities, MINTER)
    for key in known.entities:
        catching.thing(key)
    for name in analyses:
        catching.document(name)
    for comparison in known.comparisons:
        catching.comparison(comparison.left, comparison.right, comparison)
    index.commit()
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


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_lists_give_the_answer_of_the_store(name: str) -> None:
    store, index, question = small_store(), small_index(), catalogue()[name]
    given = {
        Kind.ENTITY: ("Bresk", "ministry", "korr", "Marsh End", f"{BASE}doc/coastal-herald-2023-05-02/event/shelled"),
        Kind.PLACE: ("Oland", "Tolvik"),
        Kind.TOPIC: ("Oland", "Ardanian Defence Ministry", "no weapons", "absent words"),
        Kind.DATE: ("2023-03", "2023-05-02", "2024"),
        Kind.PROPERTY: ("leads", "agent", "trigger", "speaker"),
    }
    cases: list[dict[str, str]] = [{}]
    for parameter in question.parameters:
        choices = parameter.choices or given[parameter.kind]
        cases += [before | {parameter.name: value} for before in cases[:30] for value in choices]
    for values in cases:
        assert ask(store, name, values, index=index).rows == ask(store, name, values).rows, values


def test_generated_reports_are_listed_as_the_store_has_them() -> None:
    settings, index = Settings(), Index()
    store = Store.memory(from_rdflib(quads(30, settings)))
    for _ in fill(index, 30, settings):
        pass
    for name, question in catalogue().items():
        if question.kept:
            assert ask(store, name, index=index).rows == ask(store, name).rows, name
            assert ask(store, name, limit=3, index=index).rows == ask(store, name).rows[:3], name


def tables_of(shelf: Shelf) -> tuple[Table[Any, Any], Table[Any, Any], Table[Any, Any], Table[Any, Any]]:
    return (
        shelf.table("analyses", str, Analysis, followed=True),
        shelf.table("keys", Ref, str, followed=True),
        shelf.table("entities", str, Canonical, followed=True),
        shelf.table("comparisons", tuple[Ref, Ref], Comparison, followed=True),
    )


def shelved() -> tuple[Shelf, tuple[Table[Any, Any], Table[Any, Any], Table[Any, Any], Table[Any, Any]]]:
    """The small graph on a shelf."""
    shelf, known = Shelf(), identity()
    tables = tables_of(shelf)
    tables[0].update({analysis.document.id: analysis for analysis in (herald(), wire())})
    tables[1].update(known.keys)
    tables[2].update(known.entities)
    tables[3].update({(one.left, one.right): one for one in known.comparisons})
    return shelf, tables


def listing(index: Index) -> list[tuple[str, str]]:
    """(list, line) of all items."""
    return sorted((name, line) for name in catalogue() for _, line in index.lists.ordered(name, Wanted()))


def test_only_what_changed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, tables = shelved()
    index = Index()
    catch_up(index, shelf, *tables, MINTER)
    assert index.rows() == small_index().rows()
    assert listing(index) == listing(small_index())
    seen: list[str] = []
    replace = index.replace

    def spied(owner: str, rows: Iterable[Row], items: Iterable[Item] = ()) -> bool:
        seen.append(owner.partition(" ")[0])
        return replace(owner, rows, items)

    monkeypatch.setattr(index, "replace", spied)
    gone = min(tables[0])
    del tables[0][gone]
    catch_up(index, shelf, *tables, MINTER)
    assert seen == ["document", "pair"]
    assert not any(hit.document == gone for hit in index.find("tolvik"))
    assert not any(f"/{gone}/" in line for _, line in listing(index))


def test_another_name_is_listed_everywhere() -> None:
    shelf, tables = shelved()
    index = Index()
    catch_up(index, shelf, *tables, MINTER)
    ministry = tables[2]["thing/ministry"]
    tables[2]["thing/ministry"] = msgspec.structs.replace(ministry, label="Zealous Ministry")
    catch_up(index, shelf, *tables, MINTER)
    shown = [name for name, line in listing(index) if "Zealous" in line]
    assert shown == ["contradictions", "sources", "sources"]
    assert not any("Ardanian Defence" in line for _, line in listing(index))


def test_the_index_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with Index(path) as index:
        index.replace("d", ROWS)
        index.set_mark("round", 7)
        index.commit()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(KgError, match="kg build"):
        Index(path, read_only=True)
    with Index(path) as index:
        assert not index
        assert index.mark("round") == 0


@given(st.lists(st.tuples(*[st.none() | st.integers(-9, 9) | TEXT] * 2)))
def test_ranks_sort_as_answers_do(rows: list[tuple[Key, Key]]) -> None:
    def cell(key: Key) -> ox.Literal | None:
        return None if key is None else ox.Literal(key)

    assert sorted(rows, key=lambda row: rank(*row)) == sorted(rows, key=lambda row: [order(cell(key)) for key in row])


def test_a_restored_shelf_makes_its_index_anew(tmp_path: Path) -> None:
    shelf, tables = shelved()
    index = Index()
    catch_up(index, shelf, *tables, MINTER)
    shelf.backup(tmp_path / "records.db")
    with Shelf(tmp_path / "records.db") as restored, Index(tmp_path / FILE) as fresh:
        catch_up(fresh, restored, *tables_of(restored), MINTER)
        assert fresh.rows() == index.rows()
        assert listing(fresh) == listing(index)
