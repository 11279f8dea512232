"""Writers of the graph in other formats, by name.  The same graph gives the same bytes, however it was loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kg.export.geojson import GeoJson
from kg.export.networks import Gexf, GraphMl
from kg.export.rdf import JsonLd, NQuads, TriG, Turtle
from kg.export.tables import Tables
from kg.store import Store

__all__ = ["EXPORTERS", "Exporter"]


class Exporter(Protocol):
    """Writes a store to `path`, which it replaces."""

    def write(self, store: Store, path: Path) -> None:
        """Write `store` to the file, or folder, `path`."""
        ...


EXPORTERS: dict[str, Exporter] = {
    "ttl": Turtle(),
    "trig": TriG(),
    "nq": NQuads(),
    "jsonld": JsonLd(),
    "graphml": GraphMl(),
    "gexf": Gexf(),
    "geojson": GeoJson(),
    "csv": Tables(),
}
