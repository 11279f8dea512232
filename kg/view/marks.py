"""Which characters of which document a node or edge of the page points at, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rdflib import PROV, RDF, RDFS

from kg.ids import KG
from kg.model import Span
from kg.view.facts import Facts
from kg.view.words import words


class Mark(NamedTuple):
    """A span of a document, why it is marked, and the node that it names (-1 for none)."""

    document: str
    span: Span
    reason: str
    node: int = -1


class Marker:
    """Finds the marks of nodes and edges; `numbers` maps a node's IRI to its number on the page."""

    def __init__(self, facts: Facts, numbers: Mapping[str, int]) -> None:
        self._facts = facts
        self._numbers = numbers

    def of_node(self, node: str) -> list[Mark]:
        """Every span that the node itself points at, with those that fill its roles or that it reports."""
        marks = [mark for name, reason in words().marks.items() for mark in self._marks(node, KG + name, reason)]
        triggers = {mark.span for mark in marks if mark.reason == "trigger"}
        marks = [mark for mark in marks if mark.reason != "mention" or mark.span not in triggers]
        speaker = self._number(self._facts.value(node, f"{KG}speaker"))
        marks = [mark._replace(node=speaker) if mark.reason == "speaker" else mark for mark in marks]
        for role in self._facts.subjects(f"{KG}inEvent", node):
            filler = self._facts.value(role, f"{KG}filler")
            marks += self._marks(role, str(PROV.wasDerivedFrom), "role", self._number(filler))
        for reported in self._facts.values(node, f"{KG}reports"):
            marks += self._marks(reported, f"{KG}trigger", "trigger", self._number(reported))
        return marks

    def of_relation(self, subject: str, predicate: str, value: str) -> list[Mark]:
        """The spans that a lasting relation was read from."""
        relations = (
            relation
            for relation in self._facts.subjects(str(RDF.subject), subject)
            if value in self._facts.values(relation, str(RDF.object))
            and KG + predicate in self._facts.values(relation, str(RDF.predicate))
        )
        return [mark for relation in relations for mark in self._marks(relation, str(PROV.wasDerivedFrom), "relation")]

    def reason(self, left: str, right: str) -> str:
        """Why two nodes conflict or agree: the comment of the comparison that names both."""
        named = set(self._facts.subjects(f"{KG}left", left)) & set(self._facts.subjects(f"{KG}right", right))
        named |= set(self._facts.subjects(f"{KG}left", right)) & set(self._facts.subjects(f"{KG}right", left))
        return " ".join(self._facts.value(comparison, str(RDFS.comment)) for comparison in sorted(named))

    def _marks(self, subject: str, predicate: str, reason: str, node: int = -1) -> list[Mark]:
        spans = (iri for iri in self._facts.values(subject, predicate) if "#char=" in iri)
        return [Mark(iri.partition("#char=")[0], span_of(iri), reason, node) for iri in spans]

    def _number(self, node: str) -> int:
        return self._numbers.get(node, -1)


def span_of(iri: str) -> Span:
    """The characters that a span's IRI names."""
    begin, _, end = iri.partition("#char=")[2].partition(",")
    return Span(int(begin), int(end))
