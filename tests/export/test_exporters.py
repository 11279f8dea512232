"""Each format read back by the tool it is for, with hostile text in it."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.export import EXPORTERS
from kg.export.turtle import Writer, natural
from kg.graph import PREFIXES
from kg.network import network
from kg.store import Store
from tests.small_graph import BASE, HOSTILE, rdflib_quads, small_store

_TURTLE = ox.RdfFormat.TURTLE
RDF_FORMATS = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
UNICODE = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store(HOSTILE)


def written(form: str, store: Store, folder: Path) -> Path:
    path = folder / f"graph.{form}"
    EXPORTERS[form].write(store, path)
    return path


def content(path: Path) -> bytes:
    """The bytes of a file, or of all files of a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return b"\0".join(file.read_bytes() for file in files)


@pytest.mark.parametrize("form", ["trig", "nq", "jsonld"])
def test_rdflib_reads_every_quad_back(form: str, store: Store, tmp_path: Path) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(written(form, store, tmp_path), format=RDF_FORMATS[form])
    assert {(s, p, o, g) for s, p, o, g in dataset.quads() if g is not None} == set(rdflib_quads(HOSTILE))


def test_rdflib_reads_the_merged_graph_back(store: Store, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(written("ttl", store, tmp_path), format="turtle")
    assert set(graph) == {quad[:3] for quad in rdflib_quads(HOSTILE)}


@pytest.mark.parametrize("form", ["ttl", "trig", "nq"])
def test_the_store_reads_it_back(form: str, store: Store, tmp_path: Path) -> None:
    again = Store.memory()
    again.load(written(form, store, tmp_path))
    assert {quad.triple for quad in again.quads()} == {quad.triple for quad in store.quads()}


@pytest.mark.parametrize("form", EXPORTERS)
def test_bytes_do_not_depend_on_the_order_of_loading(form: str, store: Store, tmp_path: Path) -> None:
    quads = list(store.quads())
    random.Random(11).shuffle(quads)
    first = content(written(form, store, tmp_path))
    assert content(written(form, Store.memory(quads), tmp_path)) == first


SCRIPT = """
import sys
from pathlib import Path
from kg.export import EXPORTERS
from tests.small_graph import small_store
for form, exporter in EXPORTERS.items():
    exporter.write(small_store(), Path(sys.argv[1]) / f"graph.{form}")
"""


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path / seed)], check=True, env=environment)
    for form in EXPORTERS:
        assert content(tmp_path / "1" / f"graph.{form}") == content(tmp_path / "2" / f"graph.{form}")


def test_turtle_is_for_people_to_read(store: Store, tmp_path: Path) -> None:
    text = written("ttl", store, tmp_path).read_text("utf-8")
    assert text.startswith(f"@base <{BASE}> .\n@prefix dcterms: ")
    assert (
        "\n<doc/coastal-herald-2023-05-02/event/truce> a kg:Event ;\n"
        '    rdfs:label "signed: Bresk, Oland → truce" ;\n' in text
    )
    assert "    kg:agent <thing/bresk>,\n        <thing/oland> ;\n" in text
    assert "    nif:beginIndex 30 ;\n" in text
    assert text.index("#char=92,104> a") < text.index("#char=106,178> a")  # spans follow the text


@given(UNICODE, UNICODE)
def test_turtle_holds_any_text(text: str, other: str) -> None:
    store = Store.memory()
    graph = rdflib.Graph()
    node = rdflib.URIRef("http://example.org/x")
    for value in (text, other):
        graph.add((node, rdflib.RDFS.label, rdflib.Literal(value)))
    store.inner.load("".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in graph).encode(), format=_TURTLE)
    writer = Writer()
    turtle = writer.head() + "".join(writer.blocks(quad.triple for quad in store.quads()))
    again = Store.memory()
    again.inner.load(turtle.encode(), format=_TURTLE)
    assert set(again.quads()) == set(store.quads())


@given(st.lists(UNICODE))
def test_natural_order_is_total(texts: list[str]) -> None:
    assert len(set(map(natural, texts))) == len(set(texts))
    backwards = texts[::-1]
    assert sorted(texts, key=natural) == sorted(backwards, key=natural)


def test_natural_order_counts() -> None:
    assert sorted(["x=10", "x=9", "x", "9" * 40], key=natural) == ["9" * 40, "x", "x=9", "x=10"]


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_the_network_back(form: str, read: object, store: Store, tmp_path: Path) -> None:
    assert callable(read)
    back, whole = read(written(form, store, tmp_path)), network(store)
    assert set(back.nodes) == set(whole.nodes)
    assert sorted(d["predicate"] for *_, d in back.edges(data=True)) == sorted(k for *_, k in whole.edges(keys=True))
    tolvik, mayor = back.nodes[f"{BASE}thing/tolvik"], back.nodes[f"{BASE}thing/mayor"]
    assert (tolvik["lat"], tolvik["mentions"], tolvik["is_place"]) == (55.25, 2, True)
    assert mayor["label"] == HOSTILE.replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")


def test_gexf_holds_no_clock(store: Store, tmp_path: Path) -> None:
    assert "lastmodified" not in written("gexf", store, tmp_path).read_text("utf-8")


def test_geojson_places_events(store: Store, tmp_path: Path) -> None:
    collection = json.loads(written("geojson", store, tmp_path).read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    found = {feature["properties"]["label"]: feature for feature in collection["features"]}
    assert len(found) == 3
    fired = found["fired: Bresk → Tolvik"]
    assert fired["geometry"] == {"type": "Point", "coordinates": [21.5, 55.25]}
    assert fired["properties"]["claimed"] is True
    assert (fired["properties"]["date"], fired["properties"]["dateStart"]) == (None, "2023-05-01")
    shelled = found["shelled: Ardanian troops → market"]["properties"]
    assert (shelled["type"], shelled["date"], shelled["place"]) == ("assault", "2023-05-01", "Tolvik")
    assert shelled["sentence"].startswith("Ardanian troops shelled a market")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_tables(store: Store, tmp_path: Path) -> None:
    folder = written("csv", store, tmp_path)
    entities = {row["iri"]: row for row in table(folder, "entities")}
    assert len(entities) == 9
    assert entities[f"{BASE}thing/mayor"]["label"] == f"'{HOSTILE}"
    events = {row["label"]: row for row in table(folder, "events")}
    assert events["signed: Bresk, Oland → truce"]["agent"] == "Bresk; Oland"
    assert events["fired: Bresk → Tolvik"]["claimed"] == "True"
    assert len(table(folder, "statements")) == 3
    assert [row["predicate"] for row in table(folder, "relations")] == ["leads", "position", "opposes"]


@pytest.mark.parametrize("form", EXPORTERS)
def test_an_empty_graph_is_written(form: str, tmp_path: Path) -> None:
    assert content(written(form, Store.memory(), tmp_path)) or form == "nq"  # no quads, no lines


def test_prefixes_are_those_of_the_project(store: Store, tmp_path: Path) -> None:
    context = json.loads(written("jsonld", store, tmp_path).read_text("utf-8"))["@context"]
    assert context == PREFIXES
