"""The page: one HTML file drawn by pyvis and its vis-network, holding all it needs and asking for nothing.

pyvis builds the nodes, edges and options and renders them, into a template of ours instead of its own, which
loads style sheets from afar and puts titles into the page as HTML.  Text from documents enters the page in one
way only: inside a JSON block in which no character can end the block, and from there as text nodes.  A content
security policy names the scripts and the style sheet by their hashes and forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network as Drawing
from pyvis.node import Node

from kg.config import Settings
from kg.store import Store
from kg.view.content import Content, PageEdge, PageNode, content

ASSETS = Path(__file__).parent / "assets"
LIBRARY = "lib/vis-9.1.2/vis-network.min.js"  # as pyvis ships it
SCRIPTS = ("shapes.js", "drawing.js", "filters.js", "panel.js", "search.js", "main.js")
STYLE = "page.css"

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "tooltipDelay": 0, "keyboard": False},
    "nodes": {"shape": "custom", "borderWidth": 2, "labelHighlightBold": False},
    "edges": {
        "smooth": False,
        "width": 1,
        "hoverWidth": 1,
        "selectionWidth": 1.5,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
}


def write_page(store: Store, path: Path | str, settings: Settings | None = None) -> None:
    """Write the page of `store` to `path`; the same store and settings give the same bytes."""
    Path(path).write_text(page_html(store, settings or Settings()), "utf-8", newline="\n")


def page_html(store: Store, settings: Settings) -> str:
    """The HTML of the page: at most ``settings.page_nodes`` nodes, the best connected first."""
    return render(content(store, settings.page_nodes))


def render(shown: Content) -> str:
    """The HTML of what is to be shown."""
    drawing = Drawing(height="100%", directed=True, cdn_resources="in_line")
    # pyvis looks through all that is there for each node and edge it is told to add: the lists are set whole.
    drawing.nodes = [_node(number, node) for number, node in enumerate(shown.nodes)]
    drawing.edges = [_edge(number, edge) for number, edge in enumerate(shown.edges)]
    drawing.options = OPTIONS
    drawing.set_template_dir(str(ASSETS), "page.html")
    drawing.templateEnv = _environment(Path(Drawing().template_dir), shown)
    return str(drawing.generate_html())


def _node(number: int, node: PageNode) -> dict[str, Any]:
    """pyvis's own record of a node; what the drawing does not need stands in the page's details."""
    options = {name: getattr(node, name) for name in ("x", "y", "size", "kind", "family", "claimed")}
    record: dict[str, Any] = Node(number, "custom", label=node.label, **options).options
    return record


def _edge(number: int, edge: PageEdge) -> dict[str, Any]:
    """pyvis's own record of an edge."""
    record: dict[str, Any] = Edge(
        edge.source, edge.target, directed=True, id=number, family=edge.family, claimed=edge.claimed
    ).options
    return record


def _environment(library: Path, shown: Content) -> Environment:
    """A template environment that escapes, and that knows the assets, their hashes and the details."""
    environment = Environment(loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    scripts = [_code(library / LIBRARY), *(_code(ASSETS / name) for name in SCRIPTS)]
    style = _code(ASSETS / STYLE)
    environment.filters["fromjson"] = json.loads
    environment.globals |= {
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 - files of this package and of pyvis
        "style": Markup(style),  # noqa: S704 - as above
        "script_sources": " ".join(map(_source, scripts)),
        "style_source": _source(style),
        "details": _details(shown),
    }
    return environment


def _code(path: Path) -> str:
    """A script or style sheet as it stands between its tags, without the pointer to a source map elsewhere."""
    text = path.read_text("utf-8")
    if re.search(r"</(script|style)", text, re.IGNORECASE):
        raise ValueError(f"{path}: would end its own tag")
    return "\n" + re.sub(r"\n?//# sourceMappingURL=\S*", "", text).strip() + "\n"


def _source(code: str) -> str:
    """The content security policy's name for `code`."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _details(shown: Content) -> Any:
    """What panel, search and filters know beyond the drawing, as plain JSON values."""
    left_out = ("x", "y", "size", "label", "kind", "family", "claimed")
    details = json.loads(msgspec.json.encode(shown))
    for node in details["nodes"]:
        for name in left_out:
            del node[name]
    for edge in details["edges"]:
        for name in ("source", "target", "family", "claimed"):
            del edge[name]
    return details
