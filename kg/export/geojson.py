"""GeoJSON of the events that have a place with coordinates, for any map."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.terms import PREFIXES
from kg.query.result import value
from kg.store import Store

_EVENTS = """
SELECT DISTINCT ?event ?class ?type ?label ?place ?lat ?long ?document ?outlet ?sentence WHERE {
  VALUES ?class { kg:Event kg:ClaimedEvent }
  ?event a ?class ; rdfs:label ?label ; kg:place ?where ; kg:sentence ?span .
  ?where skos:prefLabel ?place ; wgs84_pos:lat ?lat ; wgs84_pos:long ?long .
  ?span nif:anchorOf ?sentence ; nif:referenceContext ?document .
  OPTIONAL { ?event kg:eventType ?type }
  OPTIONAL { ?document schema:publisher ?outlet }
}
"""
_DATES = ("date", "dateStart", "dateEnd")


class GeoJson:
    """A FeatureCollection with one point for each event and place."""

    def write(self, store: Store, path: Path) -> None:
        """Write the placed events of `store`, by event and place."""
        features = sorted(_features(store), key=lambda feature: (feature["id"], feature["properties"]["place"]))
        content = {"type": "FeatureCollection", "features": features}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _features(store: Store) -> Iterator[dict[str, Any]]:
    for row in store.query(_EVENTS, prefixes=PREFIXES):
        found = {name: value(row[name]) for name in ("event", "label", "place", "document", "outlet", "sentence")}
        properties = {
            "label": found["label"],
            "type": str(value(row["type"]) or "").rpartition("#")[2],
            **{name: _date(store, row["event"], name) for name in _DATES},
            "claimed": row["class"].value.endswith("ClaimedEvent"),
            "place": found["place"],
            "outlet": found["outlet"] or "",
            "document": found["document"],
            "sentence": found["sentence"],
        }
        point = {"type": "Point", "coordinates": [float(row["long"].value), float(row["lat"].value)]}
        yield {"type": "Feature", "id": found["event"], "geometry": point, "properties": properties}


def _date(store: Store, event: ox.NamedNode, name: str) -> str | None:
    """A date of the event, null where there is none."""
    held = store.inner.quads_for_pattern(event, ox.NamedNode(PREFIXES["kg"] + name), None, None)
    return min((quad.object.value for quad in held if isinstance(quad.object, ox.Literal)), default=None)
