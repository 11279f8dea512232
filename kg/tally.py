"""What a graph holds, counted by the store."""

from __future__ import annotations

from kg.graph.terms import PREFIXES
from kg.store import Store

# A government is counted where readers look for it, among the places.
_CLASSES = {
    "documents": "kg:Document",
    "actors": "kg:Person kg:Organization kg:ArmedForce kg:Group",
    "places": "kg:Place kg:GeopoliticalEntity",
    "events": "kg:Event",
    "claimed events": "kg:ClaimedEvent",
    "statements": "kg:Statement",
    "relations": "kg:Relation",
}
_OUTCOMES = {"conflicts": "kg:Conflict", "agreements": "kg:Agreement"}


def tally(store: Store) -> dict[str, int]:
    """How many of each kind there are, in the order in which a summary shows them."""
    counts = {name: _count(store, f"VALUES ?class {{ {classes} }} ?s a ?class") for name, classes in _CLASSES.items()}
    return counts | {name: _count(store, f"?s kg:outcome {outcome}") for name, outcome in _OUTCOMES.items()}


def _count(store: Store, pattern: str) -> int:
    (row,) = store.query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {pattern} }}", prefixes=PREFIXES)
    return int(row["n"].value)
