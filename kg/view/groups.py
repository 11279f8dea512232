"""How the actors of a network stand to each other, in words: the groups they form, and who joins them.

Two actors meet where they share an event, a statement or a lasting relation.  Groups are the communities of
that network (Louvain); a bridge is an actor that many of the shortest chains between two others lead through
(betweenness, counted from a sample of actors where there are many).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from math import floor
from typing import NamedTuple

import msgspec
import networkx as nx

from kg.network import Network
from kg.query.central import projection

SMALLEST = 3  # actors of a group that is shown as one
MOST = 12  # groups that are named, the largest first
NAMED = 3  # actors that a group is named after
SAMPLE = 64  # actors that shortest chains are counted from, where there are more
BRIDGE = 0.02  # share of the shortest chains from which on an actor is called a bridge


class Group(msgspec.Struct, frozen=True):
    """Actors that meet each other more than they meet others, named after those that meet most."""

    name: str
    size: int


class Standing(NamedTuple):
    """How an actor stands: how many it meets, the share of actors that meet fewer, and of chains through it."""

    meets: int
    ahead: float
    between: float


class Society:
    """The actors of a network with their groups and standings."""

    def __init__(self, graph: Network) -> None:
        names = sorted(node for node, family in graph.nodes(data="family") if str(family) == "actor")
        numbers = {name: number for number, name in enumerate(names)}
        meeting: nx.Graph[int] = nx.empty_graph(len(names))
        met = projection(graph).edges(data="weight")
        meeting.add_weighted_edges_from(sorted((*sorted((numbers[a], numbers[b])), weight) for a, b, weight in met))
        self.standings = {names[number]: standing for number, standing in _standings(meeting)}
        found = _communities(meeting)
        self.groups = tuple(_group(graph, meeting, names, members) for members in found)
        self._home = {names[number]: place for place, members in enumerate(found) for number in members}
        self._graph = graph

    def group(self, node: str) -> int:
        """The number of the group that an actor belongs to, or that most actors around another node do; -1 for none."""
        if node in self._home:
            return self._home[node]
        around = sorted({*self._graph.successors(node), *self._graph.predecessors(node)})
        homes = Counter(self._home[near] for near in around if near in self._home)
        return min(homes, key=lambda home: (-homes[home], home)) if homes else -1

    def notes(self, node: str) -> tuple[str, ...]:
        """What there is to say of an actor's standing, in sentences."""
        standing = self.standings.get(node)
        if standing is None or not standing.meets:
            return ()
        others = "one other actor" if standing.meets == 1 else f"{standing.meets} other actors"
        sentences = [f"Meets {others} in events, statements or lasting relations" + _compared(standing.ahead)]
        if standing.between >= BRIDGE:
            sentences.append(f"A bridge: {standing.between:.0%} of the shortest chains between two others lead here.")
        return tuple(sentences)

    def bridges(self, most: int) -> list[str]:
        """The actors that most chains lead through, the first first."""
        found = [node for node, standing in self.standings.items() if standing.between >= BRIDGE]
        return sorted(found, key=lambda node: (-self.standings[node].between, node))[:most]


def _compared(ahead: float) -> str:
    return f", more than {floor(100 * ahead)}% of all actors do." if ahead >= 0.5 else "."


def _standings(meeting: nx.Graph[int]) -> Iterable[tuple[int, Standing]]:
    sources = SAMPLE if len(meeting) > SAMPLE else None
    between: Mapping[int, float] = nx.betweenness_centrality(meeting, k=sources, seed=0)
    degrees = sorted(degree for _, degree in meeting.degree)
    for node, degree in meeting.degree:
        yield node, Standing(degree, bisect_left(degrees, degree) / len(degrees), between[node])


def _communities(meeting: nx.Graph[int]) -> list[list[int]]:
    """The groups worth naming, the largest first."""
    if not meeting.size():
        return []
    found = (sorted(members) for members in nx.community.louvain_communities(meeting, weight="weight", seed=0))
    groups = sorted((members for members in found if len(members) >= SMALLEST), key=lambda group: (-len(group), group))
    return groups[:MOST]


def _group(graph: Network, meeting: nx.Graph[int], names: list[str], members: list[int]) -> Group:
    first = sorted(members, key=lambda member: (-meeting.degree[member], member))[:NAMED]
    return Group(", ".join(str(graph.nodes[names[member]]["label"]) for member in first), len(members))
