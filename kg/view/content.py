"""From the network and the store to what one page holds: nodes with places, edges, and the evidence of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import sqrt

import msgspec
import networkx as nx
from rdflib import SKOS

from kg.graph.terms import NIF
from kg.ids import KG
from kg.network import Network, network
from kg.store import Store
from kg.view.evidence import Evidence, Library, Source, Text, shown
from kg.view.facts import Facts
from kg.view.groups import Group, Society
from kg.view.layout import layout
from kg.view.marks import Marker
from kg.view.stories import Stories
from kg.view.words import spaced, words

LARGEST = 30  # radius of the best connected nodes
BRIDGES = 5  # actors that are named as bridges
SAME = "sameEventAs"  # the page's own name for what joins two tellings of one event
LABEL = 30  # characters of a label on the drawing; the panel shows all of it


class PageNode(msgspec.Struct, frozen=True, kw_only=True):
    """One node: where and how large it is drawn, what the filters ask about it, and what the panel shows."""

    iri: str
    name: str
    label: str
    kind: str
    family: str
    x: int
    y: int
    size: int
    claimed: bool
    type: str
    stance: str
    start: str
    end: str
    documents: tuple[int, ...]
    group: int  # of actors, or of the actors around it; -1 for none
    where: tuple[float, float] | None  # latitude and longitude
    aliases: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]  # how an actor stands among the others, in sentences
    accounts: tuple[int, ...]  # other tellings of the same event
    evidence: Evidence


class PageEdge(msgspec.Struct, frozen=True, kw_only=True):
    """One drawn line: all predicates from one node to another, the most telling family first."""

    source: int
    target: int
    family: str
    claimed: bool
    predicates: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    reason: str
    evidence: Evidence


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All that a page shows; nodes, sources and groups are named by their place in their lists."""

    nodes: tuple[PageNode, ...]
    edges: tuple[PageEdge, ...]
    sources: tuple[Source, ...]
    texts: tuple[Text | None, ...]  # of the sources, None where nothing shown rests on one
    groups: tuple[Group, ...]
    bridges: tuple[int, ...]  # actors that join others, the first first
    total: int  # nodes of the whole graph, those left out included


def content(store: Store, most: int) -> Content:
    """What the page shows of `store`: its `most` best connected nodes, in the order of their importance."""
    graph = network(store)
    kept = best_connected(graph, most)
    composer = _Composer(store, graph, kept)
    simple = _simple(graph, kept)
    simple.add_edges_from((kept[a], kept[b]) for a, b in composer.stories.pairs())
    sizes = {iri: _size(graph.nodes[iri]["family"], simple.degree[iri]) for iri in kept}
    places = layout(_guided(simple, graph), sizes)
    nodes = tuple(composer.node(iri, *places[iri], sizes[iri]) for iri in kept)
    edges = tuple(composer.edges())
    library, society = composer.library, composer.society
    return Content(
        nodes=nodes,
        edges=edges,
        sources=tuple(library.sources),
        texts=tuple(library.texts),
        groups=tuple(Group(shown(group.name), group.size) for group in society.groups),
        bridges=tuple(composer.numbers[iri] for iri in society.bridges(BRIDGES) if iri in composer.numbers),
        total=len(graph),
    )


def best_connected(graph: Network, most: int) -> list[str]:
    """The `most` nodes with most neighbours, best first; equals in the order of their IRIs."""
    neighbours = {node: len({*graph.successors(node), *graph.predecessors(node)} - {node}) for node in graph}
    return sorted(graph, key=lambda node: (-neighbours[node], node))[:most]


def _simple(graph: Network, kept: list[str]) -> nx.Graph[str]:
    """The kept nodes, in their order, joined where any edge joins them."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(kept)
    pairs = {(a, b) if a < b else (b, a) for a, b in graph.edges() if a != b and a in simple and b in simple}
    simple.add_edges_from(sorted(pairs))
    return simple


def _guided(simple: nx.Graph[str], graph: Network) -> nx.Graph[str]:
    """`simple` with a node for each document, joined to the best node of each island that it tells of.

    Nothing else holds the islands of one story together on the drawing.
    """
    guided = simple.copy()
    islands = {node: number for number, island in enumerate(nx.connected_components(simple)) for node in island}
    joined = set()
    for node in simple:
        for document in _documents(graph, node):
            if (document, islands[node]) not in joined:
                joined.add((document, islands[node]))
                guided.add_edge(node, document)
    return guided


def _documents(graph: Network, node: str) -> list[str]:
    """IRIs of the documents that tell of a node."""
    return [document for document in graph.nodes[node]["documents"].split("; ") if document]


def _size(family: str, degree: int) -> int:
    """The radius of a node: its area grows with its neighbours; actors and places grow faster than occurrences."""
    return round(min(8 + (5 if family in ("actor", "place") else 3) * sqrt(degree), LARGEST))


class _Composer:
    """Makes the page's nodes and edges out of those of the network and what the store knows of them."""

    def __init__(self, store: Store, graph: Network, kept: list[str]) -> None:
        self.graph = graph
        self.facts = Facts(store)
        self.numbers = {iri: number for number, iri in enumerate(kept)}
        self.marker = Marker(self.facts, self.numbers)
        self.library = Library(self.facts)
        self.society = Society(graph)
        self.stories = Stories(self.facts, self.numbers)
        self._evidence = {iri: self._gathered(iri) for iri in sorted(kept, key=self._rank)}

    def _rank(self, iri: str) -> bool:
        """Occurrences come first: theirs are the documents whose texts the page holds."""
        return self.graph.nodes[iri]["family"] not in ("event", "statement")

    def _gathered(self, iri: str) -> Evidence:
        whole = self.graph.nodes[iri]["family"] == "statement"
        return self.library.evidence(self.marker.of_node(iri), self.numbers[iri], whole)

    def node(self, iri: str, x: int, y: int, size: int) -> PageNode:
        """The node `iri`, drawn at x, y."""
        attributes = self.graph.nodes[iri]
        family, name = attributes["family"], shown(attributes["label"])
        start, _, end = attributes["date"].partition("/")
        return PageNode(
            iri=iri,
            name=name,
            label=self._label(iri, name, family),
            kind=attributes["kind"],
            family=family,
            x=x,
            y=y,
            size=size,
            claimed=attributes["claimed"],
            type=spaced(attributes["event_type"]),
            stance=spaced(attributes["stance"]),
            start=start.replace("..", ""),
            end=(end or start).replace("..", ""),
            documents=tuple(sorted(map(self.library.document, _documents(self.graph, iri)))),
            group=self.society.group(iri),
            where=(attributes["lat"], attributes["long"]) if "lat" in attributes and "long" in attributes else None,
            aliases=tuple(shown(alias) for alias in self.facts.values(iri, str(SKOS.altLabel))),
            facts=tuple(self._facts(iri)),
            notes=self.society.notes(iri),
            accounts=self.stories.others(iri),
            evidence=self._evidence[iri],
        )

    def _label(self, iri: str, name: str, family: str) -> str:
        """What is drawn of a name: an event's own word, a statement's words, since edges show who and where."""
        if family == "event":
            triggers = [self.facts.value(span, f"{NIF}anchorOf") for span in self.facts.values(iri, f"{KG}trigger")]
            return _short(shown(next((word for word in triggers if word in name), name)))
        _, _, said = name.partition(": ")
        return f"“{_short(said.strip('“”'))}”" if said and family == "statement" else _short(name)

    def _facts(self, iri: str) -> Iterator[tuple[str, str]]:
        """(label, value) of every property that the panel lists."""
        for fact in words().facts:
            values = self.facts.named(iri, KG + fact.property)
            if text := ", ".join(value for value in values if value not in fact.hide):
                yield fact.label, shown(text)

    def edges(self) -> Iterator[PageEdge]:
        """The edges between the page's nodes, in the order in which the word list names their predicates."""
        joined = sorted(self._joined(), key=lambda edge: words().rank(edge[0][0]))
        for number, (predicates, source, target, claimed) in enumerate(joined):
            family = words().family(predicates[0])
            relations = predicates if family == "relation" else ()
            marks = [mark for name in relations for mark in self.marker.of_relation(source, name, target)]
            yield PageEdge(
                source=self.numbers[source],
                target=self.numbers[target],
                family=family,
                claimed=claimed,
                predicates=tuple(predicates),
                readings=tuple(words().reading(name) for name in predicates),
                reason=shown(self.marker.reason(source, target)) if family in ("conflict", "agreement") else "",
                evidence=self.library.evidence(marks, -1 - number),
            )

    def _joined(self) -> Iterator[tuple[list[str], str, str, bool]]:
        """What `_joined` finds, and the tellings of one event, each joined to the best connected one."""
        yield from _joined(self.graph, self.numbers)
        iris = [*self.numbers]
        for one, other in self.stories.pairs():
            if not self.graph.has_edge(iris[one], iris[other]):
                yield [SAME], iris[one], iris[other], False


def _joined(graph: Network, numbers: Mapping[str, int]) -> Iterator[tuple[list[str], str, str, bool]]:
    """(predicates, source, target, whether all are claimed) for each ordered pair of nodes that edges join."""
    pairs: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for source, target, data in graph.edges(data=True):
        if source in numbers and target in numbers and source != target:
            pairs[source, target][data["predicate"]] = data["claimed"]
    for (source, target), predicates in sorted(pairs.items()):
        yield sorted(predicates, key=words().rank), source, target, all(predicates.values())


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"
