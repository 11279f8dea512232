"""Lasting relations on CrossRE: news and political sentences, end to end from raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.corpora import crossre
from benchmarks.corpora.crossre import Sentence, Tie
from benchmarks.data import Crossre, load
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets
from benchmarks.report import f1
from benchmarks.system import System, passage
from kg.model import Analysis, Relation


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our relations, with the gold entities that its ends overlap."""

    relation: Relation
    source: frozenset[Offsets]
    target: frozenset[Offsets]

    @property
    def countable(self) -> bool:
        """Whether it links two different gold entities, so that the gold could have it."""
        return any(one != other for one in self.source for other in self.target)

    def links(self, tie: Tie) -> bool:
        """Whether it links the two entities of a gold relation, in either direction."""
        forth = tie.source in self.source and tie.target in self.target
        return forth or (tie.target in self.source and tie.source in self.target)


def ours(analysis: Analysis, entities: Iterable[Offsets], table: Crossre) -> Iterator[Ours]:
    """Our relations of the compared types, claimed and ended ones too, with the gold entities at their ends."""
    gold = list(entities)
    places = {
        entity.id: frozenset(
            span for span in gold for m in entity.mentions if m.span.begin < span[1] and span[0] < m.span.end
        )
        for entity in analysis.entities
    }
    for relation in analysis.relations:
        if relation.object and relation.predicate in table.types:
            yield Ours(relation, places[relation.subject], places[relation.object])


def _fits(given: Ours, tie: Tie, table: Crossre) -> bool:
    name = given.relation.predicate
    return given.links(tie) and tie.type in (*table.types[name], *table.also.get(name, ()))


def _compared(item: Sentence, table: Crossre) -> list[Tie]:
    """The gold relations of types that one of ours maps to."""
    known = {name for names in table.types.values() for name in names}
    return [tie for tie in dict.fromkeys(item.ties) if tie.type in known]


def judge(item: Sentence, given: list[Ours], table: Crossre) -> tuple[Counts, Counts]:
    """Counts of relations linked at all, and linked under a type that maps to the gold one."""
    ties = _compared(item, table)
    countable = [g for g in given if g.countable]
    linked = Counts(
        len(ties),
        len(countable),
        sum(any(g.links(tie) for g in countable) for tie in ties),
        sum(any(g.links(tie) for tie in item.ties) for g in countable),
    )
    typed = Counts(
        len(ties),
        len(countable),
        sum(any(_fits(g, tie, table) for g in countable) for tie in ties),
        sum(any(_fits(g, tie, table) for tie in item.ties) for g in countable),
    )
    return linked, typed


def _note(sheet: Sheet, item: Sentence, given: list[Ours], table: Crossre) -> None:
    """Keep gold relations that none of ours is, and ours that no gold relation is."""
    for tie in _compared(item, table):
        if not any(_fits(g, tie, table) for g in given):
            ends = " -> ".join(item.text[begin:end] for begin, end in (tie.source, tie.target))
            sheet.note("missed", tie.type, item.name, item.text, tie.source, ends)
    for one in given:
        if one.countable and not any(_fits(one, tie, table) for tie in item.ties):
            span = one.relation.evidence
            known = sorted({tie.type for tie in item.ties if one.links(tie)})
            note = f"gold: {', '.join(known) or 'none'}"
            sheet.note("spurious", one.relation.predicate, item.name, item.text, (span.begin, span.end), note)


def _run(system: System, request: Request, sheet: Sheet) -> None:
    table = load("crossre", Crossre)
    gold = request.take(crossre.sentences(request.part))
    linked, typed = Counts(), Counts()
    by_domain = {domain: Counts() for domain in crossre.DOMAINS}
    for item, analysis in zip(gold, system.records(passage(g.name, g.text) for g in gold), strict=True):
        given = list(ours(analysis, item.entities, table))
        any_type, right_type = judge(item, given, table)
        linked, typed = linked + any_type, typed + right_type
        by_domain[item.domain] += right_type
        _note(sheet, item, given, table)
    sheet.figures += [f1("relations, linked and typed", typed), f1("relations, linked", linked)]
    sheet.figures += [f1(f"linked and typed, {domain}", counts) for domain, counts in by_domain.items()]


MEASURE = Measure("relations", "CrossRE news and politics", _run, ("dev", "train"))
