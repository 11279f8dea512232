"""The endpoint under load: many clients at once while another process writes, and queries without end.

The server, the writer and the clients are processes of this machine, and all traffic stays on it.
"""

from __future__ import annotations

import http.client
import itertools
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from benchmarks.generate import document
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure
from benchmarks.system import System
from kg.config import Settings
from kg.errors import KgError
from kg.graph import document_quads
from kg.ids import Minter
from kg.model import Canonical, Identity, Ref
from kg.store import Store, from_rdflib, write_store

DOCUMENTS = 1_000
CLIENTS = 64
SECONDS = 60.0

_BRIEF = 5.0  # seconds of a limited run
_LIMIT = 5.0  # seconds that a query may take
_PAUSE = 0.05  # seconds between two documents written
_ENDLESS = 8
_SERVE = "from kg.cli import main; main()"
_COUNT = "SELECT (COUNT(?d) AS ?n) { ?d a kg:Document }"
# What a page or a notebook asks: look-ups, a neighbourhood, a list, counts.
QUERIES = (
    "SELECT ?s ?name { ?s skos:altLabel ?name } LIMIT 20",
    "SELECT ?statement ?speaker { ?statement kg:speaker ?speaker } LIMIT 50",
    "SELECT DISTINCT ?p ?o { ?event a kg:ClaimedEvent ; ?p ?o } LIMIT 100",
    "CONSTRUCT { ?e a ?type } WHERE { ?e a ?type . ?e kg:place ?where } LIMIT 50",
    "ASK { ?s kg:conflictsWith ?o }",
    _COUNT,
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(slots=True)
class Log:
    """What clients met: the time of each answer in seconds, and each answer that was none by its status or fault."""

    times: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)  # documents seen, in the order of asking

    def join(self, other: Log) -> None:
        """Take over what another client met."""
        self.times += other.times
        self.faults += other.faults
        self.sizes += other.sizes


def quads(number: int) -> Iterator[ox.Quad]:
    """The graph of one generated document."""
    settings, generated = Settings(), document(number)
    analysis, keys, entities = generated.analysis, {}, {}
    for entity in analysis.entities:
        ref = Ref(analysis.document.id, entity.id)
        key = keys[ref] = generated.truth[ref]
        entities[key] = Canonical(key=key, kind=entity.kind, label=entity.label)
    known = Identity(keys=keys, entities=entities)
    return from_rdflib(document_quads(analysis, known, Minter(settings.base), settings))


def write(store: Path, first: int, done: Event, written: object) -> None:
    """Add documents one after the other until `done`, as a build does; meant to run in a process of its own."""
    with Store.open(store) as inner:
        for number in itertools.count(first):
            if done.is_set():
                return
            inner.add(quads(number))
            inner.inner.flush()  # else all that was logged is read again by each who opens the store
            written.value = number - first + 1  # type: ignore[attr-defined]
            time.sleep(_PAUSE)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of `kg serve` on `folder`."""
    command = (sys.executable, "-c", _SERVE, "serve", "-o", str(folder), "--port", "0", "--timeout", str(_LIMIT))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().removeprefix("page: ").strip()
        finally:
            process.terminate()


def client(address: str, number: int, end: float) -> Log:
    """Ask one query after the other over one connection until the clock shows `end`."""
    log, connection = Log(), _connection(address)
    for query in itertools.islice(itertools.cycle(QUERIES), number, None):
        if time.monotonic() >= end:
            break
        start = time.monotonic()
        try:
            status, body = _asked(connection, query)
        except (OSError, http.client.HTTPException) as error:
            log.faults[type(error).__name__] += 1
            connection = _connection(address)
            continue
        if status != http.client.OK:
            log.faults[str(status)] += 1
            continue
        log.times.append(time.monotonic() - start)
        if query == _COUNT:
            log.sizes.append(int(json.loads(body)["results"]["bindings"][0]["n"]["value"]))
    connection.close()
    return log


def _connection(address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)


def _asked(connection: http.client.HTTPConnection, query: str) -> tuple[int, bytes]:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sparql", urlencode({"query": query}), form)
    response = connection.getresponse()
    return response.status, response.read()


def crowd(address: str, clients: int, seconds: float) -> Log:
    """What so many clients met who ask at once."""
    end, log = time.monotonic() + seconds, Log()
    with ThreadPoolExecutor(clients) as pool:
        for met in pool.map(lambda number: client(address, number, end), range(clients)):
            log.join(met)
    return log


def stopped(address: str, count: int) -> list[float]:
    """Seconds until each of `count` endless queries, asked one after the other, was stopped; inf where it was not."""
    times = []
    for _ in range(count):
        start = time.monotonic()
        status, _ = _asked(_connection(address), ENDLESS)
        times.append(time.monotonic() - start if status == http.client.GATEWAY_TIMEOUT else float("inf"))
    return times


def report(log: Log, seconds: float, written: int, ends: Sequence[float], sheet: Sheet) -> None:
    """The figures of one run."""
    faults = sum(log.faults.values())
    sheet.figures += [
        Figure(name="answers", value=round(len(log.times) / seconds, 1), unit="a second"),
        Figure(name="faults", value=faults, unit="answers", aim="0"),
        *(
            Figure(name=f"faults, {what}", value=n, unit="answers", detail=True)
            for what, n in sorted(log.faults.items())
        ),
    ]
    if len(log.times) > 1:
        cuts = statistics.quantiles(log.times, n=100)
        sheet.figures += [
            Figure(name=f"time of an answer, {share} in 100 under", value=round(1000 * cuts[share - 1], 1), unit="ms")
            for share in (50, 95, 99)
        ]
    grown = max(log.sizes) - min(log.sizes) if log.sizes else 0
    sheet.figures += [
        Figure(name="documents written meanwhile", value=written, unit="documents"),
        Figure(name="of these seen by clients", value=grown, unit="documents"),
    ]
    if ends:
        late = max(ends) - _LIMIT
        sheet.figures.append(
            Figure(name=f"endless query stopped after its {_LIMIT:g} seconds, the latest", value=late, unit="seconds")
        )


def _run(system: System, request: Request, sheet: Sheet) -> None:
    count = request.limit or DOCUMENTS
    seconds = SECONDS if request.limit is None else _BRIEF
    context = multiprocessing.get_context("spawn")
    done, written = context.Event(), context.Value("i", 0)
    with tempfile.TemporaryDirectory() as name:
        store = Path(name, "store")
        write_store(store, (quad for number in range(count) for quad in quads(number)))
        writer = context.Process(target=write, args=(store, count, done, written))
        with serving(Path(name)) as address:
            writer.start()
            while not written.value:
                time.sleep(0.1)
                if not writer.is_alive():
                    raise KgError("the writer ended before it wrote anything")
            log = crowd(address, CLIENTS, seconds)
            done.set()
            writer.join()
            report(log, seconds, written.value, stopped(address, _ENDLESS), sheet)
    system.tally.documents += count


MEASURE = Measure("endpoint", f"{DOCUMENTS:,} generated documents, {CLIENTS} clients, while one writes", _run)
