"""From the name that a user types to the resources that bear it."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches

from kg.graph.terms import PREFIXES
from kg.ids import fold
from kg.store import Store

_PLACES = "VALUES ?what { kg:Place kg:GeopoliticalEntity } ?thing a ?what"


class Names:
    """The names of all actors and places of a store, compared without case, accents and punctuation."""

    def __init__(self, store: Store) -> None:
        preferred = _select(store, "?thing skos:prefLabel ?what")
        self.labels = dict(preferred)
        self._places = {iri for iri, _ in _select(store, _PLACES)}
        self._bearers: dict[str, set[str]] = defaultdict(set)  # folded name -> IRIs
        for iri, label in (*preferred, *_select(store, "?thing skos:altLabel ?what")):
            self._bearers[fold(label)].add(iri)

    def find(self, name: str) -> list[str]:
        """The IRIs of what `name` names, sorted.

        All that bear the very name, and places whose name begins or ends with it: "Kharkiv" is "Kharkiv region"
        too.  Where nothing bears it, all with a name that holds its words: "Lovelace" is "Ada Lovelace".
        """
        wanted = fold(name)
        if not wanted:
            return []
        exact = self._bearers.get(wanted, set())
        if not exact:
            return sorted({iri for name, iris in self._bearers.items() if f" {wanted} " in f" {name} " for iri in iris})
        begins, ends = f"{wanted} ", f" {wanted}"
        wider = (iris for name, iris in self._bearers.items() if name.startswith(begins) or name.endswith(ends))
        return sorted(exact | (set().union(*wider) & self._places))

    def near(self, name: str) -> list[str]:
        """Names spelt like `name`, best first."""
        return get_close_matches(fold(name), sorted(self._bearers), n=3, cutoff=0.6)


def _select(store: Store, pattern: str) -> list[tuple[str, str]]:
    """Distinct (?thing, ?what) of a pattern; graphs repeat them, and decoding each would cost far more."""
    rows = store.query(f"SELECT DISTINCT ?thing ?what {{ {pattern} }}", prefixes=PREFIXES)
    return [(row["thing"].value, row["what"].value) for row in rows]
