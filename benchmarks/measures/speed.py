"""Speed: each profile, and the event stage alone, against the bare spaCy pipeline.

The same text in the same process, one after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

import spacy

from benchmarks.corpora import read_exact, seed
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure
from benchmarks.system import System, article
from kg.config import Profile
from kg.model import Document

REPEATS = 200
# What finds times, events and relations.
EVENT_STAGE = ("kg_times", "kg_events", "kg_relations")

Runner = Callable[[int], Iterable[object]]  # works so many copies of the text


def _run(system: System, request: Request, sheet: Sheet) -> None:
    repeats = request.limit or REPEATS
    text = read_exact(seed())
    systems = {profile: system.under(profile) for profile in Profile}
    runners = {profile.value: _profile(systems[profile], text) for profile in Profile}
    runners = {"bare": _bare(system, text)} | runners
    for runner in runners.values():  # loads and warms up everything before the first clock starts
        _spend(runner(1))
    spent = {name: _spend(runner(repeats)) for name, runner in runners.items()}
    stage = systems[Profile.FAST].spent_in(EVENT_STAGE, _copies(text, repeats))
    _report(spent, stage, repeats, repeats * len(text.split()), sheet)


def _bare(system: System, text: str) -> Runner:
    bare = spacy.load(system.settings.spacy_model)
    return lambda copies: bare.pipe([text] * copies, batch_size=system.settings.batch_size)


def _profile(system: System, text: str) -> Runner:
    return lambda copies: system.records(_copies(text, copies))


def _copies(text: str, copies: int) -> Iterator[Document]:
    return (article(f"copy-{number}", text) for number in range(copies))


def _report(spent: dict[str, float], stage: float, repeats: int, words: int, sheet: Sheet) -> None:
    bare = spent.pop("bare")
    sheet.figures.append(_rate("bare spaCy pipeline", words, bare))
    sheet.figures += [_rate(f"{name} profile", words, seconds) for name, seconds in spent.items()]
    for name, seconds in spent.items():
        ratio = round(seconds / bare, 2)
        sheet.figures.append(Figure(name=f"{name} to bare CPU time", value=ratio, unit="ratio"))
    share = round(100 * stage / bare, 1)
    sheet.figures.append(Figure(name="event stage to bare CPU time", value=share, unit="percent"))
    for name, seconds in spent.items():
        each = round(seconds / repeats, 3)
        sheet.figures.append(Figure(name=f"per article, {name}", value=each, unit="CPU seconds"))


def _rate(name: str, words: int, seconds: float) -> Figure:
    return Figure(name=name, value=round(words / seconds, 1), unit="words per CPU second")


def _spend(results: Iterable[object]) -> float:
    """CPU seconds of this process, all threads, that it takes to use up `results`."""
    start = time.process_time()
    for _ in results:
        pass
    return time.process_time() - start


MEASURE = Measure("speed", f"the seed article, {REPEATS} times unless limited", _run, every_profile=True)
