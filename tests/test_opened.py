from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import networkx as nx
import pytest
from selenium.webdriver.support.ui import WebDriverWait

import kg
from benchmarks.generate import documents
from kg.archive import Archive
from kg.config import Settings
from kg.errors import KgError
from kg.opened import Graph, Page
from kg.pipeline import Built
from kg.query.result import Result
from kg.store import Store
from kg.view import page_html
from tests.small_graph import HOSTILE, small_store
from tests.view.browser import launched
from tests.view.hostile import hostile_store

SPEAKERS = """
    SELECT ?name (COUNT(?statement) AS ?statements) WHERE {
      ?statement kg:speaker ?speaker . ?speaker skos:prefLabel ?name
    } GROUP BY ?name ORDER BY ?name
"""
READY = "return document.documentElement.dataset.ready"
SETTINGS = Settings(base="https://example.org/", page_nodes=50)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of a few reports leaves."""
    path = tmp_path_factory.mktemp("graph")
    with Archive.open(path, SETTINGS) as archive:
        for analysis in (generated.analysis for generated in documents(6)):
            archive.put(analysis, Path("/reports", f"{analysis.document.id}.txt"))
        assert archive.update() == {}
    return path


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    with kg.open(folder) as opened:
        yield opened


def small(mayor: str = "Ilse Körr") -> Graph:
    return Graph(small_store(mayor), None, Settings(), "two reports")


# -- what is asked ---------------------------------------------------------------------------------------------------


def test_an_answer_is_a_frame_with_a_column_for_each_variable() -> None:
    frame = small().frame("contradictions")
    assert list(frame.columns[:4]) == ["voice", "words", "against", "their_words"]
    assert len(frame) == len(small().ask("contradictions")) == 1


def test_numbers_of_a_frame_are_numbers_and_an_empty_one_has_its_columns() -> None:
    frame = small().frame(SPEAKERS)
    assert dict(zip(frame["name"], frame["statements"], strict=True))["Ilse Körr"] == 1
    empty = small().frame("who-said", by="Ilse Körr", stance="Promises")
    assert list(empty.columns)[:2] == ["date", "speaker"]
    assert empty.empty


def test_a_frame_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match=re.escape("pip install newskg[notebook]")):
        small().frame("contradictions")


def test_words_are_found_in_a_folder(graph: Graph) -> None:
    title = graph.frame("documents")["title"][0]
    assert title in [hit.words for hit in graph.search(title, kind="title")]


def test_a_graph_without_an_index_cannot_be_searched() -> None:
    with pytest.raises(KgError, match="run 'kg build' again"):
        small().search("market")


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="run 'kg build' first"):
        kg.open(tmp_path)


def test_an_opened_graph_cannot_be_changed(graph: Graph) -> None:
    with pytest.raises(RuntimeError, match="read-write"):
        graph.store.inner.update("INSERT DATA { <https://e.org/s> <https://e.org/p> <https://e.org/o> }")


def test_what_was_built_in_memory_is_a_graph_too(folder: Path) -> None:
    with Archive.standing(folder) as archive:
        built = Built(archive).graph
        assert built.counts()["documents"] == 6
        assert built.search("the", limit=1) == built.search("the", limit=1)
        assert built.settings == SETTINGS


# -- other libraries -------------------------------------------------------------------------------------------------


def test_rdflib_answers_as_the_store_does(graph: Graph) -> None:
    ours = [(str(row["name"]), int(str(row["statements"]))) for row in graph.ask(SPEAKERS).records()]
    theirs = [(str(name), int(count)) for name, count in graph.dataset().query(SPEAKERS)]  # type: ignore[misc]
    assert ours
    assert ours == theirs


def test_an_rdflib_dataset_knows_the_named_graphs(graph: Graph) -> None:
    graphs = {str(one.identifier) for one in graph.dataset().graphs()}
    assert set(graph.store.graphs) <= graphs


def test_the_network_joins_actors_by_what_they_do(graph: Graph) -> None:
    network = graph.network()
    assert {family for _, family in network.nodes(data="family")} >= {"actor", "event", "statement"}
    largest = max(nx.connected_components(nx.Graph(network)), key=len)
    assert len(largest) > 5


# -- what a notebook shows -------------------------------------------------------------------------------------------


def attributes(page: Page) -> dict[str, str]:
    """The attributes of the one element that a page is in a notebook."""
    found = re.fullmatch(r'<iframe((?: [a-z]+="[^"<>]*")+)></iframe>', page._repr_html_())
    assert found is not None
    return {name: html.unescape(text) for name, text in re.findall(r' ([a-z]+)="([^"]*)"', found[1])}


def test_the_page_is_the_built_one_in_a_frame_of_its_own(graph: Graph) -> None:
    frame = attributes(graph.show(height=300))
    assert frame["sandbox"] == "allow-scripts"  # without allow-same-origin it is a stranger to the notebook
    assert "height:300px" in frame["style"]
    assert frame["srcdoc"] == page_html(graph.store, SETTINGS)


def test_no_text_of_a_document_ends_the_frame() -> None:
    page = Graph(hostile_store(), None, Settings(), "hostile").show()
    assert attributes(page)["srcdoc"] == page.html


def test_no_text_of_a_document_or_name_of_a_folder_is_markup_in_a_table() -> None:
    shown = small(HOSTILE).ask("who-said")._repr_html_()
    assert html.escape("</script>") in shown
    assert set(re.findall(r"<(\w+)", shown)) == {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert "<b>" not in Graph(Store.memory(), None, Settings(), "<b>x</b>")._repr_html_()


def test_a_table_shows_what_the_command_line_does() -> None:
    result = small().ask("contradictions")
    shown = result._repr_html_()
    assert [html.unescape(word) for word in re.findall("<th>(.*?)</th>", shown)][:2] == ["voice", "words"]
    assert "https://" not in shown  # the details stay out
    assert "1 row" in shown
    assert "<pre>" in small().ask("DESCRIBE ?s { ?s a kg:Document }")._repr_html_()


def test_a_long_answer_is_shown_in_part() -> None:
    result = small().ask("SELECT * { ?s ?p ?o }")
    many = Result(columns=result.columns, rows=(result.rows * 300)[:300])
    assert many._repr_html_().count("<tr>") == 201
    assert "300 rows; the first 200 shown" in many._repr_html_()


@pytest.mark.browser
def test_the_page_works_in_its_frame_and_cannot_leave_it(chromium: tuple[str, str], tmp_path: Path) -> None:
    cells = [Graph(store, None, Settings(), "x").show()._repr_html_() for store in (small_store(), hostile_store())]
    notebook = tmp_path / "notebook.html"
    notebook.write_text(
        "<!doctype html><html data-ready='yes'><meta charset='utf-8'><title>notebook</title>" + "<hr>".join(cells),
        "utf-8",
    )
    with launched(chromium, tmp_path / "profile") as browser:
        browser.open(notebook)
        frames = browser.all("iframe")
        assert len(frames) == 2
        for frame in frames:
            browser.driver.switch_to.frame(frame)
            WebDriverWait(browser.driver, 30).until(lambda _: browser.run(READY))
            browser.run("page.select({ node: 0 }, true); page.open('sayings')")
            sleep(1)  # the page keeps in its address what is seen, and must not leave by that
            assert browser.run("return page.data.nodes.length") > 0
            assert browser.run("return location.href").startswith("about:srcdoc#")
            assert browser.run("try { return parent.document.title } catch (e) { return e.name }") == "SecurityError"
            browser.driver.switch_to.default_content()
        assert browser.run("return document.title") == "notebook"
        assert {url for url in browser.requests() if not url.startswith("chrome:")} == {notebook.as_uri()}
        assert browser.complaints() == []
