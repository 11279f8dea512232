"""What a store costs as documents grow: loading, questions, writing out and memory, and how rdflib alone compares.

The documents are generated news briefs under an identity that is the truth, so that a graph of 10,000 has about 2.6
million quads.  CPU time, since clocks lie on a machine that others use, too.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import rdflib

from benchmarks.apart import fresh
from benchmarks.graphs import fill, quads
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure
from benchmarks.system import System
from kg.config import Settings
from kg.graph import PREFIXES
from kg.ids import Minter
from kg.query import ask, named_questions, stream
from kg.search import FILE, Index
from kg.store import Store, from_rdflib

SIZES = (1_000, 10_000, 40_000)
ROWS = 100  # of an answer that are asked for
RARE = 20  # documents that name the actor who is no hub

_CHUNK = 200_000  # quads whose terms are converted together
_KIBIBYTES = 1024 if sys.platform == "darwin" else 1
_EVENT = "event/"

# What both stores are asked, in words that neither planner can trip over.
_COMPARED = {
    "who said what": "SELECT ?words { ?statement kg:speaker ?who ; kg:contentSpan ?span . ?span nif:anchorOf ?words }",
    "neighbours": "SELECT DISTINCT ?other { ?one kg:filler ?who ; kg:inEvent ?event . ?two kg:inEvent ?event ; "
    "kg:filler ?other }",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size took: CPU seconds, megabytes, rows a CPU second, and the CPU seconds of each question."""

    documents: int
    words: int
    quads: int
    load: float
    index: float
    write: float
    megabytes: float
    questions: dict[str, float]
    compared: dict[str, float] = field(default_factory=dict)
    streamed: float = 0.0


def sizes(limit: int | None) -> tuple[int, ...]:
    """The sizes measured; a limit is the largest, the others keep their proportion to it."""
    largest = SIZES[-1]
    return SIZES if limit is None else tuple(max(1, size * limit // largest) for size in SIZES)


def cost(count: int) -> Cost:
    """Make the graph of `count` documents, load it, ask and write it out; meant to run in a fresh process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "graph.nq"
        made = fresh(make, count, folder)
        inner = ox.Store(str(folder / "store"))
        load = _clocked(lambda: inner.bulk_load(path=str(source), format=ox.RdfFormat.N_QUADS), 1)
        with Store(inner) as store, Index(folder / FILE, read_only=True) as index:
            questions = {
                label: _clocked(lambda name=name, values=values: ask(store, name, values, ROWS, index=index))  # type: ignore[misc]
                for label, name, values in _questions(made.fame)
            }
            streamed = _streamed(store, index, made.fame)
            write = _clocked(lambda: inner.dump(str(folder / "out.nq"), ox.RdfFormat.N_QUADS))
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIBIBYTES / 1024
            compared = _compared(store, folder, _iri(made.fame, 0)) if count <= SIZES[0] else {}
    return Cost(count, made.words, made.quads, load, made.indexing, write, megabytes, questions, compared, streamed)


class Made(NamedTuple):
    """What was made of the documents: how much, the CPU seconds of indexing, and how many documents name each thing."""

    words: int
    quads: int
    indexing: float
    fame: Counter[str]


def make(count: int, folder: Path) -> Made:
    """Write the graph and the index of `count` documents into `folder`, in a process whose memory does not count."""
    settings = Settings()
    total = _generate(count, settings, folder / "graph.nq")
    words, fame, seconds = 0, Counter[str](), 0.0
    with Index(folder / FILE) as index:
        start = time.process_time()
        for one in fill(index, count, settings):
            words += len(one.analysis.document.text.split())
            fame.update({key for key in one.truth.values() if not key.startswith(_EVENT)})
        index.commit()
        seconds = time.process_time() - start
    return Made(words, total, seconds, fame)


def _streamed(store: Store, index: Index, fame: Counter[str]) -> float:
    """Rows a CPU second of a long answer without a limit: the timeline of the best known actor."""
    start = time.process_time()
    rows = sum(1 for _ in stream(store, "timeline", {"about": f"<{_iri(fame, 0)}>"}, index=index).rows)
    return rows / max(time.process_time() - start, 1e-3)


def _generate(count: int, settings: Settings, path: Path) -> int:
    """Write the graph as N-Quads; returns how many there are."""
    total = 0
    with path.open("wb") as file:
        rest = quads(count, settings)
        while chunk := list(islice(rest, _CHUNK)):
            total += len(chunk)
            ox.serialize(from_rdflib(chunk), file, format=ox.RdfFormat.N_QUADS)
    return total


def _questions(fame: Counter[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(label, named question, parameters): of the best known actor and place, of a rare one, and of words."""
    hub, rare = _iri(fame, 0), _iri(fame, RARE)
    town = _known(fame, ("town/",), 0)
    for who, iri in (("hub", hub), ("rare", rare)):
        for name, parameter in (
            *((name, "about") for name in ("who-said", "claims-only", "contradictions", "timeline", "quantities")),
            ("together", "actor"),
            ("relations", "about"),
            ("evidence", "subject"),
            ("evidence", "object"),
            ("sources", "by"),
        ):
            yield f"{name} {parameter} a {who}", name, {parameter: f"<{iri}>"}
    for name in ("agreements", "claims-only", "who-said", "contradictions"):
        yield f"{name} by a hub", name, {"by": f"<{hub}>"}
    for question in named_questions():
        yield f"{question.name}, all", question.name, {}
    yield "happened in a hub", "happened", {"place": f"<{Minter(Settings().base).canonical(town)}>"}
    for name in ("who-said", "claims-only", "contradictions", "timeline"):
        yield f"{name} about words", name, {"about": "troops"}
    yield "who denies", "who-said", {"stance": "Denies"}
    yield "against a hub", "together", {"actor": f"<{hub}>", "how": "against"}
    yield "documents of two days", "documents", {"from": "2023-01-02", "to": "2023-01-03"}


def _iri(fame: Counter[str], documents_naming: int) -> str:
    actors = ("person/", "organisation/", "force/", "country/")
    return Minter(Settings().base).canonical(_known(fame, actors, documents_naming))


def _known(fame: Counter[str], families: tuple[str, ...], count: int) -> str:
    """The key named in most documents, or in about `count`."""
    found = sorted((-number, key) for key, number in fame.items() if key.startswith(families))
    return min(found, key=lambda each: (abs(-each[0] - count), each[1]))[1] if count else found[0][1]


def _clocked(work: Callable[[], object], times: int = 2) -> float:
    """CPU seconds of `work`: the best of so many, of one where that is long."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


def _compared(store: Store, folder: Path, hub: str) -> dict[str, float]:
    """CPU seconds that rdflib takes to load, answer and write the same, divided by what the store takes for it."""
    source, dataset = folder / "graph.nq", rdflib.Dataset(default_union=True)
    fresh = ox.Store()
    found = {
        "load": _clocked(lambda: dataset.parse(source, format="nquads"), 1)
        / _clocked(lambda: fresh.load(path=str(source), format=ox.RdfFormat.N_QUADS), 1)
    }
    for name, text in _COMPARED.items():
        asked = text.replace("?who", f"<{hub}>")
        found[name] = _clocked(lambda asked=asked: list(dataset.query(asked, initNs=PREFIXES))) / _clocked(  # type: ignore[misc]
            lambda asked=asked: list(store.query(asked, prefixes=PREFIXES))  # type: ignore[misc]
        )
    found["write"] = _clocked(lambda: dataset.serialize(format="nquads"), 1) / _clocked(
        lambda: store.inner.dump(format=ox.RdfFormat.N_QUADS), 1
    )
    return found


# -- figures ----------------------------------------------------------------------------------------------------


def report(costs: Sequence[Cost], sheet: Sheet) -> None:
    """The figures of all sizes, those of rdflib as ratios at the smallest."""
    for one in costs:
        suffix = f"{one.documents:,} documents"
        slowest = max(one.questions, key=lambda name: one.questions[name])
        aim = {SIZES[1]: "under 100", SIZES[2]: "under 1,000"}.get(one.documents, "")
        sheet.figures += [
            _figure(f"quads, {suffix}", one.quads, ""),
            _figure(f"load, {suffix}", one.load, "CPU s"),
            _figure(f"index, {suffix}", one.index, "CPU s"),
            _figure(f"write, {suffix}", one.write, "CPU s"),
            _figure(f"memory, {suffix}", one.megabytes, "MB"),
            _figure(f"rows without a limit, {suffix}", one.streamed, "rows/CPU s"),
            _figure(f"questions, {suffix}", 1000 * one.questions[slowest], "CPU ms", f"{aim} ({slowest})".strip()),
        ]
        for name, seconds in one.questions.items():
            sheet.figures.append(_figure(f"{name}, {suffix}", 1000 * seconds, "CPU ms", aim, detail=True))
        for name, ratio in one.compared.items():
            sheet.figures.append(_figure(f"rdflib, {name}, {suffix}", ratio, "times Oxigraph"))


def _figure(name: str, value: float, unit: str, aim: str = "", detail: bool = False) -> Figure:
    return Figure(name=name, value=round(value, 2), unit=unit, aim=aim, detail=detail)


def _run(system: System, request: Request, sheet: Sheet) -> None:
    costs = [_apart(size) for size in sizes(request.limit)]
    for one in costs:
        system.tally.documents += one.documents
        system.tally.words += one.words
        system.tally.seconds += one.load
    report(costs, sheet)


def _apart(size: int) -> Cost:
    return fresh(cost, size)


MEASURE = Measure("store", f"generated briefs, {SIZES[-1]:,} unless limited", _run)
