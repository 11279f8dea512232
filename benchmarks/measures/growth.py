"""What it costs to find out which records are one thing, as documents grow in number, and how right it is.

The documents are generated, and their truth with them.  Each size is resolved in a process of its own, so that the
memory of one does not hide that of the next.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path

from benchmarks import world
from benchmarks.apart import fresh
from benchmarks.coreference import Cluster, b_cubed
from benchmarks.generate import document, documents
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts
from benchmarks.report import Figure, f1
from benchmarks.system import System
from kg.gazetteer import open_gazetteer
from kg.model import Analysis, Ref
from kg.pipeline import ROUND
from kg.resolve.identity import Resolver, identify
from kg.shelf import Shelf

SIZES = (1_000, 10_000, 50_000)

_FOLLOWING = 30  # documents added, and taken out, one by one
_KIBIBYTES = 1024 if sys.platform == "darwin" else 1  # that one unit of `ru_maxrss` has, the other way round
_GROUPS = {
    "actors": ("person/", "organisation/", "force/"),
    "places": ("country/", "town/"),
    "events": ("event/",),
    "persons": ("person/",),
    "organisations": ("organisation/",),
    "armed forces": ("force/",),
}
_DETAILS = frozenset({"persons", "organisations", "armed forces"})


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size took: CPU seconds, and the megabytes by which resolving raised the process' peak."""

    documents: int
    words: int
    seconds: float
    megabytes: float
    added: float
    removed: float
    scores: dict[str, Counts]


def sizes(limit: int | None) -> tuple[int, ...]:
    """The sizes measured; a limit is the largest, the others keep their proportion to it."""
    largest = SIZES[-1]
    return SIZES if limit is None else tuple(max(1, size * limit // largest) for size in SIZES)


def cost(count: int) -> Cost:
    """Generate `count` documents, resolve them a round at a time and score the outcome; meant for a fresh process."""
    identify([document(0).analysis])  # opens the gazetteer and the word lists before the clock starts
    with tempfile.TemporaryDirectory() as folder, Shelf(Path(folder, "records.db")) as shelf:
        resolver = Resolver(shelf)
        before, words, seconds = _peak(), 0, 0.0
        for begin in range(0, count, ROUND):
            analyses = [document(number).analysis for number in range(begin, min(begin + ROUND, count))]
            words += sum(len(analysis.document.text.split()) for analysis in analyses)
            seconds += _resolved(resolver, {analysis.document.id: analysis for analysis in analyses})
        megabytes = _peak() - before
        added, removed = _following(resolver, count)
        truth = {ref: key for one in documents(count) for ref, key in one.truth.items()}
        found = scores(truth, resolver.decided.identity().keys)
        return Cost(count, words, seconds, megabytes, added, removed, found)


def _resolved(resolver: Resolver, analyses: Mapping[str, Analysis | None]) -> float:
    """Put documents in, or take those out that have no analysis; the CPU seconds until all is decided and on disk."""
    start = time.process_time()
    for name, analysis in analyses.items():
        if analysis is None:
            del resolver.decided.analyses[name]
        else:
            resolver.decided.analyses[name] = analysis
    resolver.settle()
    resolver.shelf.commit()
    return time.process_time() - start


def _following(resolver: Resolver, count: int) -> tuple[float, float]:
    """CPU seconds to add one document to those held, and to take one out again: the mean of some that follow them."""
    following = {one.document.id: one for one in (document(count + n).analysis for n in range(_FOLLOWING))}
    added = sum(_resolved(resolver, {name: analysis}) for name, analysis in following.items())
    removed = sum(_resolved(resolver, {name: None}) for name in following)
    return added / _FOLLOWING, removed / _FOLLOWING


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIBIBYTES / 1024


# -- right and wrong -------------------------------------------------------------------------------------------


def scores(truth: Mapping[Ref, str], keys: Mapping[Ref, str]) -> dict[str, Counts]:
    """B³ of each group of records; a record without a key is a node of its own."""
    found = {}
    for group, prefixes in _GROUPS.items():
        refs = [ref for ref, key in truth.items() if key.startswith(prefixes)]
        found[group] = _b_cubed(refs, truth, keys)
    times, shared = Counter(truth.values()), namesakes(truth)
    retold = [ref for ref, key in truth.items() if key.startswith(_GROUPS["events"]) and times[key] > 1]
    found["events told more than once"] = _b_cubed(retold, truth, keys)
    found["namesakes"] = _b_cubed([ref for ref, key in truth.items() if key in shared], truth, keys)
    return found


def namesakes(truth: Mapping[Ref, str]) -> frozenset[str]:
    """Persons in these documents who bear one name with another person in them."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for key in dict.fromkeys(truth.values()):
        if key.startswith("person/"):
            bearers[world.person(int(key.removeprefix("person/"))).names[0]].add(key)
    return frozenset(key for keys in bearers.values() if len(keys) > 1 for key in keys)


def _b_cubed(refs: Sequence[Ref], truth: Mapping[Ref, str], keys: Mapping[Ref, str]) -> Counts:
    return b_cubed(_clusters(refs, truth), _clusters(refs, keys))


def _clusters(refs: Sequence[Ref], keys: Mapping[Ref, str]) -> list[Cluster]:
    members: dict[str | Ref, set[Ref]] = defaultdict(set)
    for ref in refs:
        members[keys.get(ref, ref)].add(ref)
    return [frozenset(cluster) for cluster in members.values()]


# -- figures ---------------------------------------------------------------------------------------------------


def report(costs: Sequence[Cost], sheet: Sheet) -> None:
    """Time and memory of each size, how they grow between sizes, and how right the largest is."""
    for one in costs:
        sheet.figures.append(_figure("time", one.documents, one.seconds, "CPU seconds"))
    for one in costs:
        sheet.figures.append(_figure("memory", one.documents, one.megabytes, "MB"))
    sheet.figures += _exponents(costs)
    for one in costs:
        sheet.figures.append(_figure("adding one to", one.documents, 1000 * one.added, "CPU milliseconds"))
        sheet.figures.append(_figure("taking one out of", one.documents, 1000 * one.removed, "CPU milliseconds"))
    for group, counts in costs[-1].scores.items() if costs else ():
        sheet.figures.append(f1(f"{group}, B³", counts, detail=group in _DETAILS))


def _figure(what: str, count: int, value: float, unit: str) -> Figure:
    return Figure(name=f"{what}, {count:,} documents", value=round(value, 2), unit=unit)


def _exponents(costs: Sequence[Cost]) -> Iterator[Figure]:
    """The power of n by which time and memory grow from one size to the next, with that of n log n as the aim."""
    for what in ("seconds", "megabytes"):
        for small, large in pairwise(costs):
            step = log(large.documents / small.documents) if small.documents < large.documents else 0.0
            low, high = getattr(small, what), getattr(large, what)
            if step and low > 0 and high > 0:
                bound = 1 + log(log(large.documents) / log(small.documents)) / step if small.documents > 1 else 2.0
                name = {"seconds": "time", "megabytes": "memory"}[what]
                yield Figure(
                    name=f"exponent of {name}, {small.documents:,} to {large.documents:,}",
                    value=round(log(high / low) / step, 2),
                    unit="power of n",
                    aim=f"n log n: {bound:.2f}",
                )


def _run(system: System, request: Request, sheet: Sheet) -> None:
    open_gazetteer()  # where its index is still to be built, here and not under the clock
    costs = [_apart(size) for size in sizes(request.limit)]
    for one in costs:
        system.tally.documents += one.documents
        system.tally.words += one.words
        system.tally.seconds += one.seconds
    report(costs, sheet)


def _apart(size: int) -> Cost:
    return fresh(cost, size)


MEASURE = Measure("growth", f"generated documents, {SIZES[-1]:,} unless limited", _run)
