"""Coreference on GUM in the OntoGUM scheme: chains of two or more mentions, the project's own mentions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.coreference import Cluster, b_cubed, ceaf_e, conll, muc
from benchmarks.corpora import gum
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets
from benchmarks.report import Figure, f1
from benchmarks.system import System, article
from kg.model import Analysis

_RULES: dict[str, Callable[[Sequence[Cluster], Sequence[Cluster]], Counts]] = {
    "MUC": muc,
    "B³": b_cubed,
    "CEAF-e": ceaf_e,
}


def chains(analysis: Analysis) -> list[Cluster]:
    """The entities' mention spans; entities with one mention are no chain in this scheme.

    A span that two entities claim goes to the first.
    """
    taken: set[Offsets] = set()
    found: list[Cluster] = []
    for entity in analysis.entities:
        spans = {(m.span.begin, m.span.end) for m in entity.mentions} - taken
        taken |= spans
        if len(spans) > 1:
            found.append(frozenset(spans))
    return found


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(gum.articles(request.part))
    scores = {genre: {rule: Counts() for rule in _RULES} for genre in ("news", "other")}
    for item, analysis in zip(gold, system.records(article(g.name, g.text) for g in gold), strict=True):
        genre = "news" if item.genre == "news" else "other"
        given = chains(analysis)
        for name, rule in _RULES.items():
            scores[genre][name] += rule(item.chains, given)
        mentioned = {(m.span.begin, m.span.end) for entity in analysis.entities for m in entity.mentions}
        linked = {span for span in mentioned if any(span in chain for chain in given)}
        sheet.differ("chained", item.name, item.text, {span for chain in item.chains for span in chain}, linked)
    for genre, counts in scores.items():
        sheet.figures += [f1(f"{rule}, {genre}", counts[rule]) for rule in _RULES]
        mean = round(100 * conll(list(counts.values())), 2)
        sheet.figures.append(Figure(name=f"CoNLL F1, {genre}", value=mean, unit="mean F1"))


MEASURE = Measure("coreference", "GUM in the OntoGUM scheme", _run, ("dev", "train"))
