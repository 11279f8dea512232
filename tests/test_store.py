"""The store: what goes in comes out, and no interruption loses the old one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError, KgError
from kg.store import Change, Pattern, Store, from_rdflib, write_store
from tests.small_graph import BASE, rdflib_quads

UNICODE = st.text(st.characters(exclude_categories=["Cs"]))


def quad(number: int) -> ox.Quad:
    node = ox.NamedNode(f"{BASE}n{number}")
    return ox.Quad(node, node, ox.Literal(str(number)), ox.NamedNode(f"{BASE}graph"))


def contents(path: Path) -> set[ox.Quad]:
    with Store.open(path, read_only=True) as store:
        return set(store.quads())


def test_rdflib_quads_come_through_whole() -> None:
    quads = rdflib_quads()
    store = Store.memory(from_rdflib(quads))
    dataset = rdflib.Dataset()
    dataset.parse(data="".join(f"{held} .\n" for held in store.quads()), format="nquads")
    back = {(s, p, o, g) for s, p, o, g in dataset.quads()}
    assert back == set(quads)


@given(UNICODE)
def test_any_text_comes_through(text: str) -> None:
    node = rdflib.URIRef(BASE)
    (made,) = from_rdflib([(node, node, rdflib.Literal(text), None)])
    assert isinstance(made.object, ox.Literal)
    assert made.object.value == text
    assert isinstance(made.graph_name, ox.DefaultGraph)


def test_tags_and_datatypes_come_through() -> None:
    node = rdflib.URIRef(BASE)
    tagged, typed = rdflib.Literal("x", lang="en-gb"), rdflib.Literal("2023-05", datatype=rdflib.XSD.gYearMonth)
    blank = rdflib.BNode("b1")
    made = [str(held.object) for held in from_rdflib([(node, node, o, node) for o in (tagged, typed, blank)])]
    assert made == ['"x"@en-gb', '"2023-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', "_:b1"]


def test_a_bad_iri_is_named() -> None:
    node = rdflib.URIRef(BASE)
    with pytest.raises(GraphError, match="not an iri"):
        list(from_rdflib([(rdflib.URIRef("not an iri"), node, node, node)]))


def test_a_change_drops_clears_and_adds_in_one_go() -> None:
    store = Store.memory([quad(1), quad(2), quad(3)])
    graph, other = ox.NamedNode(f"{BASE}graph"), ox.NamedNode(f"{BASE}other")
    store.add([ox.Quad(quad(1).subject, quad(1).predicate, quad(1).object, other)])
    store.apply(Change(dropped=[other], cleared=[Pattern(graph, ox.NamedNode(f"{BASE}n2"))], added=[quad(4)]))
    assert set(store.quads()) == {quad(1), quad(3), quad(4)}


def test_a_pattern_clears_what_it_names_alone() -> None:
    node, name, graph = (ox.NamedNode(f"{BASE}{word}") for word in ("a", "p", "g"))
    values = [ox.NamedNode(f"{BASE}v{n}") for n in range(2)]
    held = [ox.Quad(node, predicate, value, graph) for predicate in (name, node) for value in values]
    store = Store.memory(held)
    store.apply(Change(cleared=[Pattern(graph, node, name, values[0])]))
    assert set(store.quads()) == set(held[1:])
    store.apply(Change(cleared=[Pattern(graph, node, node)]))
    assert set(store.quads()) == {held[1]}


@given(UNICODE)
def test_no_text_breaks_out_of_a_change(text: str) -> None:
    node = ox.NamedNode(BASE)
    written = ox.Quad(node, node, ox.Literal(text), node)
    store = Store.memory([quad(1)])
    store.apply(Change(added=[written]))
    assert set(store.quads()) == {quad(1), written}


def test_a_written_store_is_exactly_its_quads(tmp_path: Path) -> None:
    path = tmp_path / "out" / "store"
    write_store(path, [quad(1), quad(2)])
    write_store(path, [quad(3)])
    assert contents(path) == {quad(3)}
    assert [entry.name for entry in path.parent.iterdir()] == ["store"]


def test_an_error_while_building_leaves_the_old_store(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write_store(path, [quad(1)])

    def failing() -> object:
        yield quad(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_store(path, failing())  # type: ignore[arg-type]
    assert contents(path) == {quad(1)}
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_a_swap_cut_in_two_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store"
    write_store(path, [quad(1)])
    replace = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if target == path:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        write_store(path, [quad(2)])
    monkeypatch.undo()
    assert not path.exists()
    assert contents(path) == {quad(1)}
    write_store(path, [quad(3)])
    assert contents(path) == {quad(3)}


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as first:
        first.add([quad(1)])
        with pytest.raises(KgError, match="already open for writing"):
            Store.open(tmp_path / "store")
    with Store.open(tmp_path / "store") as again:
        assert len(again) == 1


@pytest.mark.parametrize("name", ["missing", ""])
def test_a_folder_without_a_store_is_told_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(KgError, match="kg build"):
        Store.open(tmp_path / name, read_only=True)


def test_loading_tells_what_is_wrong(tmp_path: Path) -> None:
    broken, odd = tmp_path / "broken.ttl", tmp_path / "odd.xyz"
    broken.write_text("<x> <y>", "utf-8")
    with pytest.raises(GraphError, match=r"broken\.ttl"):
        Store.memory().load(broken)
    with pytest.raises(GraphError, match=r"odd\.xyz"):
        Store.memory().load(odd)


def test_loading_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "some.nq"
    path.write_text(f"{quad(1)} .\n", "utf-8")
    store = Store.memory()
    store.load(path)
    assert list(store.quads()) == [quad(1)]


def test_a_closed_store_says_so() -> None:
    store = Store.memory()
    store.close()
    with pytest.raises(KgError, match="closed"):
        len(store)
