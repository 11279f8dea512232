"""Where each node of the page stands: a force-directed layout made before writing, the same for the same graph.

Each connected component is laid out by itself and the components are packed side by side, so that small
islands never drift away from the rest.  Forces follow ForceAtlas2 (Jacomy et al., 2014): repulsion by degree,
linear attraction along edges, a little gravity.  On large components repulsion is summed over a rotating
sample of the nodes (random vertex sampling, Gove 2019), which keeps each round linear in the number of nodes;
the sample walks through the nodes in fixed steps, so nothing here is random.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product
from math import ceil, gcd, sqrt
from typing import TypeVar

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
ROUNDS = 300  # by then nothing moves
SAMPLE = 256  # nodes that repel in one round
GAP = 1.4 * SPACING  # between packed components


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
    pairs = sorted({tuple(sorted((index[a], index[b]))) for a, b in graph.edges if a != b})
    points = _forces(_start(graph, nodes, index), np.array(pairs, dtype=np.intp))
    points = _separated(_scaled(_turned(points) * (WIDER, 1.0)), [radius.get(node, 0.0) for node in nodes])
    corner: Points = points.min(axis=0)
    return points - corner


def _start(graph: nx.Graph[Node], nodes: Sequence[Node], index: dict[Node, int]) -> Points:
    """A sunflower spiral in breadth-first order from the best connected node."""
    hub = max(nodes, key=lambda node: (graph.degree[node], -index[node]))
    tree = nx.bfs_edges(graph, hub, sort_neighbors=lambda found: sorted(found, key=index.__getitem__))
    order = [hub, *(child for _, child in tree)]
    places = np.array([index[node] for node in order])
    turns = np.arange(len(order)) * np.pi * (3 - sqrt(5))
    radius = SPACING * np.sqrt(np.arange(len(order)))
    points = np.empty((len(order), 2))
    points[places] = np.column_stack((radius * np.cos(turns), radius * np.sin(turns)))
    return points


def _forces(points: Points, pairs: NDArray[np.intp]) -> Points:
    """Move `points` until repulsion and the pull of `pairs` balance, in ever smaller steps."""
    count = len(points)
    ends, others = pairs[:, 0], pairs[:, 1]
    mass = np.ones(count) + np.bincount(pairs.ravel(), minlength=count)
    for step, sample in zip(range(ROUNDS), _samples(count), strict=False):
        push = _repulsion(points, mass, sample)
        pull = (points[others] - points[ends]) / SPACING
        for axis in (0, 1):
            push[:, axis] += np.bincount(ends, pull[:, axis], count) - np.bincount(others, pull[:, axis], count)
        push -= GRAVITY * mass[:, None] * (points - points.mean(axis=0)) / SPACING
        move = push * (0.9 * SPACING / mass)[:, None]
        length = np.hypot(move[:, 0], move[:, 1])
        limit = sqrt(count) * SPACING * (1 - step / ROUNDS) ** 2 + 0.5
        points = points + move * (np.minimum(length, limit) / np.maximum(length, 1e-9))[:, None]
    return points


def _samples(count: int) -> Iterator[NDArray[np.intp]]:
    """Endless index arrays that together visit every node equally often; all nodes at once when few."""
    size = min(count, SAMPLE)
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


def _separated(points: Points, radii: Sequence[float]) -> Points:
    """Push nodes that crowd each other apart, wider sideways; a grid finds the neighbours."""
    spots = [[x / WIDER, y] for x, y in points.tolist()]
    for _ in range(60):
        wanted = ((a, b, max(CROWDED, radii[a] + radii[b] + MARGIN)) for a, b in _close(spots))
        moved = sum(_part(spots[a], spots[b], distance) for a, b, distance in wanted)
        if not moved:
            break
    return np.array([[x * WIDER, y] for x, y in spots])


def _close(spots: list[list[float]]) -> Iterator[tuple[int, int]]:
    """Pairs of nodes in the same or adjoining cells of a grid as wide as the greatest wanted distance."""
    cell = SPACING + MARGIN
    cells: dict[tuple[int, int], list[int]] = {}
    for node, (x, y) in enumerate(spots):
        cells.setdefault((int(x // cell), int(y // cell)), []).append(node)
    for (column, row), members in cells.items():
        for right, down in product((-1, 0, 1), repeat=2):
            for a, b in product(members, cells.get((column + right, row + down), ())):
                if a < b:
                    yield a, b


def _part(a: list[float], b: list[float], wanted: float) -> bool:
    """Move two spots towards the wanted distance, each its share; whether they stood too close."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    distance = sqrt(dx * dx + dy * dy)
    if wanted - distance <= 0.5:
        return False
    dx, dy = (dx / distance, dy / distance) if distance > 1e-6 else (0.6, 0.8)
    share = (wanted - distance) * 0.45
    a[0], a[1] = a[0] - dx * share, a[1] - dy * share
    b[0], b[1] = b[0] + dx * share, b[1] + dy * share
    return True


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
