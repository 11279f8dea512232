"""The page: how long it takes to make and to open, in headless Chromium, for graphs of generated news.

Opening is timed by the browser's own clock, from the start of navigation until the page says that it is ready, the
best of three; making by the CPU time of this process.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import documents
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure
from benchmarks.system import System
from kg.config import Settings
from kg.errors import KgError
from kg.graph import graph_quads
from kg.ids import Minter
from kg.network import network
from kg.resolve.identity import identify
from kg.store import Store, from_rdflib
from kg.view.page import page_html
from tests.view.browser import Browser, launched

SIZES = (1_000, 50_000)  # nodes
NODES = 27.5  # that a generated document adds to a graph, about

_OPENED = "return performance.getEntriesByName('ready')[0].startTime"


def _run(system: System, request: Request, sheet: Sheet) -> None:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        raise KgError("the page is measured in Chromium: install chromium and chromedriver")
    sizes = SIZES if request.limit is None else tuple(min(size, request.limit) for size in SIZES)
    with TemporaryDirectory() as name, launched((chromium, driver), Path(name) / "profile") as browser:
        for size in sizes:
            store = _graph(round(size / NODES) + 1, system.settings)
            _measure(store, size, Path(name) / "graph.html", browser, sheet)


def _graph(count: int, settings: Settings) -> Store:
    """The graph of so many generated documents."""
    analyses = [generated.analysis for generated in documents(count)]
    quads = graph_quads(analyses, identify(analyses), Minter(settings.base), settings)
    return Store.memory(from_rdflib(quads))


def _measure(store: Store, size: int, path: Path, browser: Browser, sheet: Sheet) -> None:
    start = time.process_time()
    nodes = len(network(store))
    drawn = time.process_time()
    path.write_text(page_html(store, Settings(page_nodes=size)), "utf-8")
    made = time.process_time()
    seconds = min(_opened(browser, path) for _ in range(3))
    name = f"{min(nodes, size):,} nodes"
    sheet.figures += [
        Figure(name=f"network of {nodes:,} nodes", value=round(drawn - start, 2), unit="CPU seconds"),
        Figure(name=f"page of {name}, made", value=round(made - drawn, 2), unit="CPU seconds"),
        Figure(name=f"page of {name}, size", value=round(path.stat().st_size / 1e6, 1), unit="MB"),
        Figure(name=f"page of {name}, opened", value=round(seconds, 2), unit="seconds"),
    ]


def _opened(browser: Browser, path: Path) -> float:
    browser.open(path)
    return float(browser.run(_OPENED)) / 1000


MEASURE = Measure("page", "generated news", _run)
