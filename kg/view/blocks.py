"""What the page holds beyond the drawing, as JSON blocks that its scripts read when they need them.

One block lists all nodes and edges in columns, short enough to be read at once; what stands behind them, and the
texts, come in blocks of a few hundred, each read when one of its nodes or texts is first looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from kg.view.content import Content, PageNode

Item = TypeVar("Item")

NODES = 256  # nodes of one block
TEXTS = 16  # texts of one block
# No character of a block can end it, open a comment in it or end its line.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def blocks(shown: Content) -> Iterator[tuple[str, str]]:
    """(id, JSON) of each block, in which no character means anything to HTML."""
    for name, value in _blocks(shown):
        yield name, escaped(msgspec.json.encode(value))


def escaped(data: bytes) -> str:
    """JSON as it may stand in a script element."""
    return data.decode().translate(_ESCAPES)


def _blocks(shown: Content) -> Iterator[tuple[str, Any]]:
    yield "graph", _graph(shown)
    yield "reasons", {str(number): edge.reason for number, edge in enumerate(shown.edges) if edge.reason}
    yield "edge-evidence", {str(n): edge.evidence for n, edge in enumerate(shown.edges) if edge.evidence.passages}
    for number, nodes in enumerate(_runs(shown.nodes, NODES)):
        yield f"details-{number}", [_details(node) for node in nodes]
    for number, texts in enumerate(_runs(shown.texts, TEXTS)):
        yield f"texts-{number}", texts


def _runs(items: Sequence[Item], length: int) -> Iterator[Sequence[Item]]:
    for begin in range(0, len(items), length):
        yield items[begin : begin + length]


def _graph(shown: Content) -> dict[str, Any]:
    """The columns of nodes and edges, and the lists that they name by number."""
    ways = {edge.predicates: edge.readings for edge in shown.edges}
    numbers = {predicates: number for number, predicates in enumerate(ways)}
    return {
        "total": shown.total,
        "run": {"nodes": NODES, "texts": TEXTS},
        "sources": shown.sources,
        "groups": shown.groups,
        "bridges": shown.bridges,
        "ways": [_way(names, readings) for names, readings in ways.items()],
        "nodes": _columns(shown.nodes),
        "edges": {
            "from": [edge.source for edge in shown.edges],
            "to": [edge.target for edge in shown.edges],
            "family": [edge.family for edge in shown.edges],
            "claimed": [int(edge.claimed) for edge in shown.edges],
            "way": [numbers[edge.predicates] for edge in shown.edges],
        },
    }


def _way(names: Sequence[str], readings: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Each predicate with how it reads forth and back."""
    return [(name, forth, back) for name, (forth, back) in zip(names, readings, strict=True)]


def _columns(nodes: Sequence[PageNode]) -> dict[str, list[Any]]:
    """What drawing, filters, search, timeline, map and table ask of each node; a label that is its name is left out."""
    names = ("iri", "name", "kind", "family", "x", "y", "size", "type", "stance", "start", "end", "group", "where")
    return {
        "documents": [node.documents for node in nodes],
        "aliases": [node.aliases for node in nodes],
        **{name: [getattr(node, name) for node in nodes] for name in names},
        "claimed": [int(node.claimed) for node in nodes],
        "label": ["" if node.label == node.name else node.label for node in nodes],
    }


def _details(node: PageNode) -> dict[str, Any]:
    """What the panel shows besides."""
    return {name: getattr(node, name) for name in ("facts", "notes", "accounts", "evidence")}
