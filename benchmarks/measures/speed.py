"""Speed: the full pipeline against the bare spaCy pipeline, same text, same process, one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterable

import spacy

from benchmarks.corpora import read_exact, seed
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure
from benchmarks.system import System, article

REPEATS = 200


def _run(system: System, request: Request, sheet: Sheet) -> None:
    repeats = request.limit or REPEATS
    text = read_exact(seed())
    words = repeats * len(text.split())
    bare = spacy.load(system.settings.spacy_model)
    _spend(bare.pipe([text], batch_size=1))
    _spend(system.records([article("warm-up", text)]))
    plain = _spend(bare.pipe([text] * repeats, batch_size=system.settings.batch_size))
    full = _spend(system.records(article(f"copy-{number}", text) for number in range(repeats)))
    sheet.figures += [
        Figure(name="full pipeline", value=round(words / full, 1), unit="words per CPU second"),
        Figure(name="bare spaCy pipeline", value=round(words / plain, 1), unit="words per CPU second"),
        Figure(name="full to bare CPU time", value=round(full / plain, 2), unit="ratio"),
        Figure(name="per article", value=round(full / repeats, 3), unit="CPU seconds"),
    ]


def _spend(results: Iterable[object]) -> float:
    """CPU seconds of this process, all threads, that it takes to use up `results`."""
    start = time.process_time()
    for _ in results:
        pass
    return time.process_time() - start


MEASURE = Measure("speed", f"the seed article, {REPEATS} times unless limited", _run)
