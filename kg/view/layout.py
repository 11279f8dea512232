"""Where each node of the page stands: a force-directed layout made before writing, the same for the same graph.

Each connected component is laid out by itself and the components are packed side by side, so that small
islands never drift away from the rest.  Forces follow ForceAtlas2 (Jacomy et al., 2014): repulsion by degree,
linear attraction along edges, a little gravity.  On large components repulsion is summed over a rotating
sample of the nodes (random vertex sampling, Gove 2019), which keeps each round linear in the number of nodes;
the sample walks through the nodes in fixed steps, so nothing here is random.  A component of many thousand nodes
is first laid out as its communities, and each node starts within its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from math import ceil, gcd, sqrt
from typing import NamedTuple, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Node = TypeVar("Node", bound=Hashable)
Points = NDArray[np.float64]

SPACING = 62.0  # the unit of all distances
CROWDED = 0.8 * SPACING  # no two nodes stand closer
MARGIN = 12.0  # between the shapes of two large nodes
WIDER = 1.25  # labels are wide: nodes keep this much more distance sideways than up and down
GRAVITY = 0.03  # keeps loosely joined parts from drifting off
ROOM = 1.9  # how sparsely a component is filled
LARGE = 2_000  # nodes of a component that starts from its communities
GAP = 1.4 * SPACING  # between packed components


class Pace(NamedTuple):
    """How long and how boldly nodes move: how many rounds, how many nodes repel in one, how far the first goes."""

    rounds: int = 300  # by then nothing moves
    sample: int = 256
    reach: float = 1.0


THOROUGH, COARSE, FINISHING = Pace(), Pace(rounds=150, sample=64), Pace(rounds=60, sample=48, reach=0.12)


def layout(graph: nx.Graph[Node], radius: Mapping[Node, float]) -> dict[Node, tuple[int, int]]:
    """Whole-pixel coordinates of every node, whose shape has a `radius` of at most `SPACING` / 2, 0 by default.

    Ties are settled by the order of nodes in `graph`.
    """
    rank = {node: index for index, node in enumerate(graph)}
    groups = [sorted(group, key=rank.__getitem__) for group in nx.connected_components(graph)]
    groups.sort(key=lambda group: (-len(group), rank[group[0]]))
    shapes = [_component(nx.subgraph(graph, group), group, radius) for group in groups]
    placed = zip(groups, _packed(shapes), strict=True)
    return {
        node: (round(x), round(y))
        for group, points in placed
        for node, (x, y) in zip(group, points.tolist(), strict=True)
    }


def _component(graph: nx.Graph[Node], nodes: Sequence[Node], radius: Mapping[Node, float]) -> Points:
    """Coordinates of one connected component, its top left corner at the origin."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    index = {node: place for place, node in enumerate(nodes)}
    pairs = np.array(sorted({tuple(sorted((index[a], index[b]))) for a, b in graph.edges if a != b}), dtype=np.intp)
    if len(nodes) > LARGE:
        points = _forces(_start_by_communities(pairs, len(nodes)), pairs, FINISHING)
    else:
        points = _forces(_start(graph, nodes, index), pairs)
    points = _separated(_scaled(_turned(points) * (WIDER, 1.0)), np.array([radius.get(node, 0.0) for node in nodes]))
    corner: Points = points.min(axis=0)
    return points - corner


def _start_by_communities(pairs: NDArray[np.intp], count: int) -> Points:
    """Each node on a small spiral where the layout of the communities, joined as their members are, puts its own."""
    graph = nx.empty_graph(count)
    graph.add_edges_from(pairs.tolist())
    groups = [sorted(group) for group in nx.community.fast_label_propagation_communities(graph, seed=0)]
    groups.sort(key=lambda group: (-len(group), group[0]))
    home = np.empty(count, dtype=np.intp)
    for number, group in enumerate(groups):
        home[group] = number
    ends = np.sort(home[pairs], axis=1)
    coarse: nx.Graph[int] = nx.empty_graph(len(groups))
    coarse.add_edges_from((a, b) for a, b in np.unique(ends, axis=0).tolist() if a != b)
    names = range(len(groups))
    joined = np.array(sorted((min(a, b), max(a, b)) for a, b in coarse.edges), dtype=np.intp).reshape(-1, 2)
    centres = _forces(_start(coarse, names, {name: name for name in names}), joined, COARSE)
    points = np.empty((count, 2))
    for centre, group in zip(_scaled(centres) * sqrt(count / len(groups)), groups, strict=True):
        points[group] = centre + _spiral(len(group))
    return points


def _spiral(count: int) -> Points:
    """A sunflower's places for so many nodes around the origin."""
    turns = np.arange(count) * np.pi * (3 - sqrt(5))
    reach = SPACING * np.sqrt(np.arange(count))
    return np.column_stack((reach * np.cos(turns), reach * np.sin(turns)))


def _start(graph: nx.Graph[Node], nodes: Sequence[Node], index: dict[Node, int]) -> Points:
    """A sunflower spiral in breadth-first order from the best connected node."""
    hub = max(nodes, key=lambda node: (graph.degree[node], -index[node]))
    tree = nx.bfs_edges(graph, hub, sort_neighbors=lambda found: sorted(found, key=index.__getitem__))
    order = [hub, *(child for _, child in tree)]
    places = np.array([index[node] for node in order])
    points = np.empty((len(order), 2))
    points[places] = _spiral(len(order))
    return points


def _forces(points: Points, pairs: NDArray[np.intp], pace: Pace = THOROUGH) -> Points:
    """Move `points` until repulsion and the pull of `pairs` balance, in ever smaller steps."""
    count = len(points)
    ends, others = pairs[:, 0], pairs[:, 1]
    mass = np.ones(count) + np.bincount(pairs.ravel(), minlength=count)
    for step, sample in zip(range(pace.rounds), _samples(count, pace.sample), strict=False):
        push = _repulsion(points, mass, sample)
        pull = (points[others] - points[ends]) / SPACING
        for axis in (0, 1):
            push[:, axis] += np.bincount(ends, pull[:, axis], count) - np.bincount(others, pull[:, axis], count)
        push -= GRAVITY * mass[:, None] * (points - points.mean(axis=0)) / SPACING
        move = push * (0.9 * SPACING / mass)[:, None]
        length = np.hypot(move[:, 0], move[:, 1])
        limit = pace.reach * sqrt(count) * SPACING * (1 - step / pace.rounds) ** 2 + 0.5
        points = points + move * (np.minimum(length, limit) / np.maximum(length, 1e-9))[:, None]
    return points


def _samples(count: int, most: int) -> Iterator[NDArray[np.intp]]:
    """Endless index arrays that together visit every node equally often; all nodes at once when few."""
    size = min(count, most)
    stride = next(step for step in range(max(1, int(count * 0.618)), count + 2) if gcd(step, count) == 1)
    start = 0
    while True:
        yield (start + np.arange(size)) * stride % count
        start = (start + size) % count


def _repulsion(points: Points, mass: NDArray[np.float64], sample: NDArray[np.intp]) -> Points:
    """The push on each node away from the sampled ones, scaled up to all nodes."""
    dx = points[:, None, 0] - points[None, sample, 0]
    dy = points[:, None, 1] - points[None, sample, 1]
    square = dx * dx + dy * dy
    np.maximum(square, 1.0, out=square)
    strength = mass[None, sample] / square * (SPACING * len(points) / len(sample))
    push = np.column_stack(((dx * strength).sum(axis=1), (dy * strength).sum(axis=1)))
    return np.asarray(push * mass[:, None] * 0.25, dtype=np.float64)


def _turned(points: Points) -> Points:
    """Turn the drawing so that its longest extent lies across the page."""
    centred = points - points.mean(axis=0)
    x, y = centred[:, 0], centred[:, 1]
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    cos, sin = np.cos(angle), np.sin(angle)
    return np.column_stack((cos * x + sin * y, cos * y - sin * x))


def _scaled(points: Points) -> Points:
    """Enlarge or shrink the drawing until each node has about `ROOM` squares of `SPACING` to itself."""
    across, down = (np.ptp(points, axis=0) + SPACING).tolist()
    return np.asarray(points * sqrt(ROOM * len(points) * SPACING**2 / (across * down)), dtype=np.float64)


def _separated(points: Points, radii: NDArray[np.float64]) -> Points:
    """Push nodes that crowd each other apart, wider sideways; a grid finds the neighbours."""
    spots = points / (WIDER, 1.0)
    spots += 1e-3 * _spiral(len(spots))[::-1] / SPACING  # no two stand in one place
    for _ in range(80 if len(points) <= LARGE else 25):
        a, b = _close(spots)
        apart = spots[b] - spots[a]
        distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
        lacking = np.maximum(CROWDED, radii[a] + radii[b] + MARGIN) - distance
        crowd = lacking > 0.5
        if not crowd.any():
            break
        push = apart[crowd] * (0.45 * lacking[crowd] / distance[crowd])[:, None]
        for axis in (0, 1):
            spots[:, axis] += np.bincount(b[crowd], push[:, axis], len(spots))
            spots[:, axis] -= np.bincount(a[crowd], push[:, axis], len(spots))
    return np.asarray(spots * (WIDER, 1.0))


def _close(spots: Points) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of nodes in the same or adjoining cells of a grid as wide as the greatest wanted distance."""
    cells = np.floor((spots - spots.min(axis=0)) / (SPACING + MARGIN)).astype(np.int64)
    rows = int(cells[:, 1].max()) + 3
    keys = cells[:, 0] * rows + cells[:, 1]
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    firsts, seconds = [], []
    for step in (0, 1, rows - 1, rows, rows + 1):  # each pair of cells once
        low = np.searchsorted(ranked, ranked + step, "left") if step else np.arange(1, len(ranked) + 1)
        number = np.maximum(np.searchsorted(ranked, ranked + step, "right") - low, 0)
        first = np.repeat(np.arange(len(ranked)), number)
        within = np.arange(len(first)) - np.repeat(np.cumsum(number) - number, number)
        firsts.append(order[first])
        seconds.append(order[low[first] + within])
    return np.concatenate(firsts), np.concatenate(seconds)


def _packed(shapes: Sequence[Points]) -> Iterator[Points]:
    """Move the components onto shelves of one width, about as wide as a screen is for its height."""
    areas = [(np.ptp(shape, axis=0) + GAP).prod() for shape in shapes]
    widest = max((float(np.ptp(shape[:, 0])) for shape in shapes), default=0.0)
    width = max(widest + GAP, sqrt(1.6 * sum(areas)))
    x = y = shelf = 0.0
    for shape in shapes:
        across, down = (np.ptp(shape, axis=0) + GAP).tolist()
        if x and x + across > width:
            x, y, shelf = 0.0, y + shelf, 0.0
        yield shape + np.array((x, y))
        x, shelf = x + ceil(across), max(shelf, ceil(down))
