"""Coreference on GUM in the OntoGUM scheme: chains of two or more mentions, the project's own mentions.

Twice: the entities of the graph, actors and places with the mentions that the graph shows; and all noun phrases that
coreference joins, things and ideas too, with their determiners and relative clauses, as the corpus marks them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc

from benchmarks.coreference import Cluster, b_cubed, ceaf_e, conll, muc
from benchmarks.corpora import gum
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets
from benchmarks.report import Figure, f1
from benchmarks.system import System, article
from kg.extract import extract
from kg.model import Analysis
from kg.nlp.annotations import chains_of

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


def phrase_chains(doc: Doc) -> list[Cluster]:
    """The noun phrases that coreference joined, as characters."""
    return [
        frozenset((doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in c) for c in chains_of(doc)
    ]


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(gum.articles(request.part))
    entities, phrases = _Scores(), _Scores()
    for item, doc in zip(gold, system.docs(article(g.name, g.text) for g in gold), strict=True):
        analysis = extract(doc)
        given = chains(analysis)
        entities.add(item, given)
        phrases.add(item, phrase_chains(doc))
        mentioned = {(m.span.begin, m.span.end) for entity in analysis.entities for m in entity.mentions}
        linked = {span for span in mentioned if any(span in chain for chain in given)}
        sheet.differ("chained", item.name, item.text, {span for chain in item.chains for span in chain}, linked)
    sheet.figures += [*entities.figures(""), *phrases.figures(", all noun phrases")]


class _Scores:
    """The counts of each rule for news and for the other genres."""

    def __init__(self) -> None:
        self._counts = {genre: {rule: Counts() for rule in _RULES} for genre in ("news", "other")}

    def add(self, item: gum.Article, given: Sequence[Cluster]) -> None:
        counts = self._counts["news" if item.genre == "news" else "other"]
        for name, rule in _RULES.items():
            counts[name] += rule(item.chains, given)

    def figures(self, suffix: str) -> Iterator[Figure]:
        for genre, counts in self._counts.items():
            yield from (f1(f"{rule}, {genre}{suffix}", counts[rule]) for rule in _RULES)
            mean = round(100 * conll(list(counts.values())), 2)
            yield Figure(name=f"CoNLL F1, {genre}{suffix}", value=mean, unit="mean F1")


MEASURE = Measure("coreference", "GUM in the OntoGUM scheme", _run, ("dev", "train"))
