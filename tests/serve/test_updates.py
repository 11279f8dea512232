"""Writing to the store, by token alone, and reading while somebody writes."""

from __future__ import annotations

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import ConfigError, KgError
from kg.serve import Options
from kg.serve.server import TOKEN_VARIABLE, read_token, serve
from kg.store import Store, write_store
from tests.serve.client import Site
from tests.serve.conftest import TOKEN, serving

INSERT = "INSERT DATA { GRAPH <https://example.org/g> { <https://example.org/a> rdfs:label 'new' } }"
THERE = "ASK { <https://example.org/a> rdfs:label 'new' }"
# Takes the two numbers there are away, and puts two others in their place.
REPLACE = """DELETE WHERE { GRAPH ?g { ?s <https://example.org/n> ?o } } ;
INSERT DATA { GRAPH <https://example.org/g> {
  <https://example.org/a> <https://example.org/n> NUMBER . <https://example.org/b> <https://example.org/n> NUMBER } }"""
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def test_an_update_needs_the_token_and_is_seen_at_once(own: Path) -> None:
    with serving(own, "--workers", "2", token=TOKEN) as site:
        for headers in ({"Accept": "*/*"}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
            answer = site.post({"update": INSERT}, headers)
            assert answer.status == 401
            assert answer.headers["www-authenticate"] == "Bearer"
        assert site.get(THERE).text.endswith("false}")
        assert site.post({"update": INSERT}, BEARER).status == 204
        assert site.get(THERE).text.endswith("true}")
        direct = {"Content-Type": "application/sparql-update"} | BEARER
        assert site.send("POST", "/sparql", INSERT.replace("INSERT", "DELETE"), direct).status == 204
        assert site.get(THERE).text.endswith("false}")
        _refusals(site)
    assert TOKEN not in (own / "serve.log").read_text()
    assert "/sparql 401" in (own / "serve.log").read_text()


def _refusals(site: Site) -> None:
    """What the token does not allow, nor make right."""
    assert "LOAD is refused" in site.post({"update": "LOAD <http://127.0.0.1:9/>"}, BEARER).text
    fetching = "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert site.post({"update": fetching}, BEARER).status == 403
    wrong = site.post({"update": "INSERT DATA { <https://example.org/a> }"}, BEARER)
    assert (wrong.status, "line 1, column" in wrong.text) == (400, True)
    assert site.post({"update": INSERT, "using-graph-uri": "https://example.org/g"}, BEARER).status == 400
    assert site.post({"update": INSERT}, BEARER | {"Origin": "https://evil.example"}).status == 403


def test_an_update_beside_a_writer_is_told_to_come_again(own: Path) -> None:
    with serving(own, "--workers", "1", token=TOKEN) as site:
        with Store.open(own / "store"):
            answer = site.post({"update": INSERT}, BEARER)
            assert (answer.status, "retry-after" in answer.headers) == (503, True)
            assert site.get(THERE).status == 200
        assert site.post({"update": INSERT}, BEARER).status == 204
        with Store.open(own / "store") as store:  # the server does not keep the lock
            assert len(store) > 0


def test_readers_see_whole_states_while_a_writer_writes_and_swaps(own: Path) -> None:
    """Each write replaces both numbers of a pair: a reader that ever saw two would see half a write."""
    node = ox.NamedNode

    def quads(number: int) -> list[ox.Quad]:
        graph = node("https://example.org/g")
        value = ox.Literal(number)
        return [
            ox.Quad(node(f"https://example.org/{end}"), node("https://example.org/n"), value, graph) for end in "ab"
        ]

    query = "SELECT ?x ?y { <https://example.org/a> <https://example.org/n> ?x . "
    query += "<https://example.org/b> <https://example.org/n> ?y }"
    done = threading.Event()

    def write() -> None:
        for number in itertools.count(1):
            if done.is_set():
                return
            if number % 4 == 0:
                write_store(own / "store", quads(25 * number))
            with Store.open(own / "store") as store:
                for step in range(25):
                    store.inner.update(REPLACE.replace("NUMBER", str(25 * number + step)))
                    time.sleep(0.02)

    write_store(own / "store", quads(0))
    with serving(own, "--workers", "2") as site, ThreadPoolExecutor(9) as pool:
        writer = pool.submit(write)
        end = time.monotonic() + 4
        answers = []
        while time.monotonic() < end:
            answers += list(pool.map(site.get, [query] * 8))
        done.set()
        writer.result()
    assert {one.text for one in answers if one.status != 200} == set()
    assert [one.rows for one in answers if len(one.rows) != 1 or one.rows[0]["x"] != one.rows[0]["y"]] == []
    assert len({one.text for one in answers}) > 1  # and they do see the new ones


def test_a_token_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert read_token(file) == TOKEN
    assert read_token(None) == ""
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    assert read_token(None) == TOKEN
    assert read_token(None) == ""  # taken away, so that no child process has it
    for bad in ("", "short", "twenty characters\nand more of them", "\N{LATIN SMALL LETTER SHARP S}" * 20):
        file.write_text(bad)
        with pytest.raises(ConfigError, match="at least 16"):
            read_token(file)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_token(tmp_path / "nowhere")


def test_no_store_and_a_port_in_use_are_clear_errors(own: Path, site: Site) -> None:
    with pytest.raises(KgError, match="holds no store"):
        serve(own / "elsewhere", Options())
    port = int(site.address.rstrip("/").rpartition(":")[2])
    with pytest.raises(KgError, match=f"127.0.0.1:{port}: cannot listen there"):
        serve(own, Options(port=port))
