"""The page: one HTML file drawn by pyvis and its vis-network, holding all it needs and asking for nothing.

pyvis builds the nodes, edges and options and renders them, into a template of ours instead of its own, which
loads style sheets from afar and puts titles into the page as HTML.  Text from documents enters the page in one
way only: inside a JSON block in which no character can end the block, and from there as text nodes.  A content
security policy names the scripts and the style sheet by their hashes and forbids everything else.

Up to `DRAWN` nodes pyvis draws all; of more it draws the best connected, the rest joins the drawing when a reader
comes to it, and sigma draws them all as an overview.  sigma, graphology and the outlines of the map come from
elsewhere (`kg.assets`); a page made without them lacks the overview, or the outlines under the map.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network as Drawing
from pyvis.node import Node

from kg import assets
from kg.config import Settings
from kg.store import Store
from kg.view.blocks import blocks, escaped
from kg.view.content import Content, PageEdge, PageNode, content
from kg.view.core import core

ASSETS = Path(__file__).parent / "assets"
LIBRARY = "lib/vis-9.1.2/vis-network.min.js"  # as pyvis ships it
OVERVIEW = ("graphology/graphology.umd.min.js", "sigma/sigma.min.js")
OUTLINES = "world-atlas/countries-110m.json"
SCRIPTS = (
    *("shapes.js", "data.js", "texts.js", "drawing.js", "overview.js", "filters.js", "panel.js", "reader.js"),
    *("timeline.js", "map.js", "sayings.js", "search.js", "paths.js", "trail.js", "keys.js", "main.js"),
)
STYLES = ("page.css", "views.css")
DRAWN = 5_000  # nodes that are drawn from the start; of more only the first
FIRST = 800

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
    places = _places(shown)
    # pyvis looks through all that is there for each node and edge it is told to add: the lists are set whole.
    drawing.nodes = [_node(number, shown.nodes[number], place) for number, place in places.items()]
    drawing.edges = [
        _edge(number, edge)
        for number, edge in enumerate(shown.edges)
        if edge.source in places and edge.target in places
    ]
    drawing.options = OPTIONS
    drawing.set_template_dir(str(ASSETS), "page.html")
    drawing.templateEnv = _environment(Path(Drawing().template_dir), shown)
    return str(drawing.generate_html())


def _places(shown: Content) -> dict[int, tuple[int, int]]:
    """Which nodes are drawn from the start, and where."""
    if len(shown.nodes) <= DRAWN:
        return {number: (node.x, node.y) for number, node in enumerate(shown.nodes)}
    pairs = [(edge.source, edge.target) for edge in shown.edges]
    return core([node.family for node in shown.nodes], pairs, [node.size for node in shown.nodes], FIRST)


def _node(number: int, node: PageNode, place: tuple[int, int]) -> dict[str, Any]:
    """pyvis's own record of a node; what the drawing does not need stands in the page's blocks."""
    options = {name: getattr(node, name) for name in ("size", "kind", "family", "claimed")}
    x, y = place
    record: dict[str, Any] = Node(number, "custom", label=node.label, x=x, y=y, **options).options
    return record


def _edge(number: int, edge: PageEdge) -> dict[str, Any]:
    """pyvis's own record of an edge."""
    record: dict[str, Any] = Edge(
        edge.source, edge.target, directed=True, id=number, family=edge.family, claimed=edge.claimed
    ).options
    return record


def _environment(library: Path, shown: Content) -> Environment:
    """A template environment that escapes, and that knows the assets, their hashes and the JSON blocks."""
    environment = Environment(loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    style = "".join(_code(path.name, path.read_text("utf-8")) for path in (ASSETS / name for name in STYLES))
    scripts = [*_scripts(library, large=len(shown.nodes) > DRAWN)]
    environment.filters["fromjson"] = json.loads
    environment.globals |= {
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 - files of this package, of pyvis and bundled
        "style": Markup(style),  # noqa: S704 - as above
        "script_sources": " ".join(map(_source, scripts)),
        "style_source": _source(style),
        "blocks": [(name, Markup(text)) for name, text in blocks(shown)],  # noqa: S704 - escaped there
        "outlines": Markup(_outlines(shown)),  # noqa: S704 - escaped there
    }
    return environment


def _scripts(library: Path, large: bool) -> Iterator[str]:
    """The scripts in their order; the overview's library only where there is more than pyvis draws."""
    yield _code(LIBRARY, (library / LIBRARY).read_text("utf-8"))
    if large and assets.there(*OVERVIEW):
        yield from (_code(name, assets.read(name).decode()) for name in OVERVIEW)
    yield from (_code(name, (ASSETS / name).read_text("utf-8")) for name in SCRIPTS)


def _outlines(shown: Content) -> str:
    """The countries' outlines as TopoJSON, "null" where no place has coordinates or the outlines are missing."""
    wanted = any(node.where for node in shown.nodes) and assets.there(OUTLINES)
    return escaped(assets.read(OUTLINES)) if wanted else "null"


def _code(name: str, text: str) -> str:
    """A script or style sheet as it stands between its tags, without the pointer to a source map elsewhere."""
    if re.search(r"</(script|style)", text, re.IGNORECASE):
        raise ValueError(f"{name}: would end its own tag")
    return "\n" + re.sub(r"\n?//# sourceMappingURL=\S*", "", text).strip() + "\n"


def _source(code: str) -> str:
    """The content security policy's name for `code`."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
