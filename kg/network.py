"""The graph as a networkx network: what the page draws, what GraphML and GEXF carry, who is central.

Nodes are actors, places, events and statements, keyed by IRI; every attribute is flat (a string, number or
truth value) so that any tool can read it:

- ``family``: actor, place, event or statement.  A geopolitical entity is an actor, with ``is_place`` true;
- ``kind``: the local name of its class; ``label``; ``mentions``: how often the texts name it;
- ``documents`` (IRIs) and ``outlets`` (names) that tell of it, sorted and joined by "; ";
- ``claimed``: it stands only inside somebody's attributed words;
- ``event_type``, ``date`` (ISO, or "start/end"), ``stance``, ``quotation``: "" where there is none;
- ``lat`` and ``long``: floats, absent where unknown.

Edges go from subject to object, are keyed by the property's local name, which is also ``predicate``, and carry
``label`` and ``claimed``.  Nodes and edges are in the order of their IRIs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import networkx as nx
import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS

from kg.graph.terms import SCHEMA, WGS84
from kg.ids import KG
from kg.model import EntityKind
from kg.store import Store

Network: TypeAlias = "nx.MultiDiGraph[str]"
Attributes: TypeAlias = dict[str, str | int | float | bool]

FAMILIES = {
    **{kind.value: "actor" for kind in EntityKind},
    EntityKind.PLACE.value: "place",
    "Event": "event",
    "ClaimedEvent": "event",
    "Statement": "statement",
}
_PLACES = {EntityKind.PLACE.value, EntityKind.GPE.value}
_SYMMETRIC = {"conflictsWith", "agreesWith"}  # stated both ways, drawn once
_PROVISOS = ("ended", "polarity", "modality")  # what a relation that holds does not carry
_TYPE = ox.NamedNode(str(RDF.type))
_WANTED = frozenset(map(str, (RDF.subject, RDF.predicate, RDF.object, RDFS.label, SKOS.prefLabel))) | {
    f"{SCHEMA}publisher",
    f"{WGS84}lat",
    f"{WGS84}long",
}
# Most of a store says where in the texts something stands or how a decision was reached: all that is passed over.
_ASIDE = frozenset(
    [
        "headSpan",
        "mentionKind",
        "basis",
        "roleProperty",
        "inEvent",
        "filler",
        "right",
        "left",
        "decision",
        "method",
        "score",
        "outcome",
        "trigger",
        "sentence",
        "timeSpan",
        "speakerSpan",
        "quantity",
        "counts",
        "section",
        "sectionKind",
        "configuration",
        "accountOf",
    ]
)


class _Facts:
    """What the store says of the nodes by predicate, gathered from the predicates that matter.

    ``kinds`` names the class that makes a subject a node; ``links`` holds the triples between resources, each with
    whether it is claimed: whether every graph that holds it is a claims graph.
    """

    def __init__(self, store: Store) -> None:
        self.by_predicate: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.links: dict[tuple[str, str, str], bool] = {}
        self.kinds: dict[str, str] = {}
        self._inner = store.inner
        for name in FAMILIES:
            for quad in self._inner.quads_for_pattern(None, _TYPE, ox.NamedNode(KG + name), None):
                self._add(str(RDF.type), quad)
                self.kinds.setdefault(str(getattr(quad.subject, "value", "")), name)
        for row in store.query("SELECT DISTINCT ?name { ?s ?name ?o }"):
            self._read(row["name"].value)

    def _read(self, predicate: str) -> None:
        """Take in what one predicate says; what is said of records, spans and decisions alone joins no nodes."""
        known = predicate.startswith(KG) and predicate.removeprefix(KG) not in _ASIDE
        if known or predicate in _WANTED:
            for quad in self._inner.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
                self._add(predicate, quad)

    def _add(self, predicate: str, quad: ox.Quad) -> None:
        subject, value = str(getattr(quad.subject, "value", "")), quad.object
        if isinstance(value, ox.Triple):
            return
        self.by_predicate[predicate][subject].add(value.value)
        if predicate == str(RDF.type) or (isinstance(value, ox.NamedNode) and value.value in self.kinds):
            link = subject, predicate, value.value
            claimed = isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.endswith("/claims")
            self.links[link] = claimed and self.links.get(link, True)

    def values(self, subject: str, predicate: str) -> list[str]:
        """The values of `predicate` for `subject`, sorted."""
        return sorted(self.by_predicate.get(str(predicate), {}).get(subject, ()))

    def value(self, subject: str, predicate: str) -> str:
        """The first value of `predicate` for `subject`, "" where there is none."""
        return next(iter(self.values(subject, predicate)), "")


def network(store: Store) -> Network:
    """The whole store as a network."""
    facts = _Facts(store)
    result: Network = nx.MultiDiGraph()
    for subject, kind in sorted(facts.kinds.items()):
        result.add_node(subject, **_attributes(facts, subject, kind))
    edges = (edge for edge in _edges(facts) if edge[0] in result and edge[1] in result)
    for subject, target, name, claimed in sorted(edges):
        if not result.has_edge(subject, target, name):
            result.add_edge(subject, target, name, predicate=name, label=_words(name), claimed=claimed)
    return result


def _attributes(facts: _Facts, subject: str, kind: str) -> Attributes:
    """The flat attributes of one node."""
    documents = _documents(facts, subject)
    outlets = {name for document in documents for name in facts.values(document, f"{SCHEMA}publisher")}
    attributes: Attributes = {
        "family": FAMILIES[kind],
        "kind": kind,
        "label": facts.value(subject, SKOS.prefLabel) or facts.value(subject, RDFS.label) or subject,
        "is_place": kind in _PLACES,
        "claimed": facts.links[subject, str(RDF.type), KG + kind],
        "mentions": len(facts.values(subject, f"{KG}mention")),
        "documents": "; ".join(documents),
        "outlets": "; ".join(sorted(outlets)),
        "event_type": _local(facts.value(subject, f"{KG}eventType")),
        "date": _date(facts, subject),
        "stance": _local(facts.value(subject, f"{KG}stance")),
        "quotation": _local(facts.value(subject, f"{KG}quotation")),
    }
    for name in ("lat", "long"):
        if number := facts.value(subject, WGS84 + name):
            attributes[name] = float(number)
    return attributes


def _documents(facts: _Facts, subject: str) -> list[str]:
    """The documents whose spans mention or report `subject`; a span's IRI is its document's plus a fragment."""
    spans = (span for name in ("mention", "contentSpan", "cueSpan") for span in facts.values(subject, KG + name))
    return sorted({span.partition("#char=")[0] for span in spans})


def _date(facts: _Facts, subject: str) -> str:
    """The day, month or year of an event or statement, else "start/end", where ".." is an open end."""
    day, start, end = (facts.value(subject, KG + name) for name in ("date", "dateStart", "dateEnd"))
    return day or (f"{start or '..'}/{end or '..'}" if start or end else "")


def _edges(facts: _Facts) -> Iterator[tuple[str, str, str, bool]]:
    """(subject, object, predicate, claimed) of each plain triple and of each relation, which may have none."""
    for (subject, predicate, value), claimed in facts.links.items():
        name = predicate.removeprefix(KG)
        if predicate.startswith(KG) and (name not in _SYMMETRIC or subject < value):
            yield subject, value, name, claimed
    for relation in facts.by_predicate[str(RDF.predicate)]:
        if any(facts.value(relation, KG + name) for name in _PROVISOS):
            continue  # what has ended, is denied or only possible joins nobody
        ends = facts.value(relation, RDF.subject), facts.value(relation, RDF.object)
        yield *ends, facts.value(relation, RDF.predicate).removeprefix(KG), True


def _local(iri: str) -> str:
    """The local name of a hash IRI."""
    return iri.rpartition("#")[2]


def _words(name: str) -> str:
    """A property's local name as words: "conflictsWith" is "conflicts with"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
