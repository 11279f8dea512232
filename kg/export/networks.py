"""GraphML and GEXF of the network, through networkx."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx

from kg.network import Network, network
from kg.store import Store

# What XML 1.0 cannot hold in any spelling.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAMP = re.compile(r' lastmodifieddate="[^"]*"')


class GraphMl:
    """For Gephi, yEd, Cytoscape and igraph."""

    def write(self, store: Store, path: Path) -> None:
        """Write the network of `store` as GraphML."""
        nx.write_graphml_xml(_clean(network(store)), path)


class Gexf:
    """For Gephi."""

    def write(self, store: Store, path: Path) -> None:
        """Write the network of `store` as GEXF; without the day of writing, which networkx adds."""
        text = "\n".join(nx.generate_gexf(_clean(network(store))))
        path.write_text(_STAMP.sub("", text, count=1) + "\n", encoding="utf-8", newline="\n")


def _clean(source: Network) -> Network:
    """A copy whose strings any XML file can hold, each edge with an id of its own."""
    result: Network = nx.MultiDiGraph()
    for node, attributes in source.nodes(data=True):
        result.add_node(node, **_legal(attributes))
    for number, (subject, target, attributes) in enumerate(source.edges(data=True)):
        result.add_edge(subject, target, str(number), **_legal(attributes))
    return result


def _legal(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) if isinstance(value, str) else value for name, value in attributes.items()}


def _text(value: str) -> str:
    return _ILLEGAL.sub("\ufffd", value)
