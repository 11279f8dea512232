"""CSV tables of entities, events, statements and relations, for a spreadsheet or a data frame."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.model import RoleName
from kg.network import Network, network
from kg.query import ask
from kg.query.result import Value, safe_cell
from kg.store import Store

_ENTITY = ("iri", "kind", "label", "is_place", "lat", "long", "mentions", "documents", "outlets")
_ROLES = tuple(role.value for role in RoleName)
_EVENT = ("iri", "event_type", "label", "date", "claimed", *_ROLES, "documents", "outlets")


class Tables:
    """A folder with entities.csv, events.csv, statements.csv and relations.csv."""

    def write(self, store: Store, path: Path) -> None:
        """Write the four tables into the folder `path`, made if missing."""
        path.mkdir(parents=True, exist_ok=True)
        whole = network(store)
        _write(path / "entities.csv", _ENTITY, _entities(whole))
        _write(path / "events.csv", _EVENT, _events(whole))
        for name, question in (("statements", "who-said"), ("relations", "relations")):
            answer = ask(store, question)
            _write(path / f"{name}.csv", answer.columns, (tuple(row.values()) for row in answer.records()))


def _entities(whole: Network) -> Iterator[tuple[Value, ...]]:
    for iri, attributes in whole.nodes(data=True):
        if attributes["family"] in ("actor", "place"):
            yield iri, *(attributes.get(name) for name in _ENTITY[1:])


def _events(whole: Network) -> Iterator[tuple[Value, ...]]:
    for iri, attributes in whole.nodes(data=True):
        if attributes["family"] == "event":
            row = {"iri": iri, **attributes, **{role: _fillers(whole, iri, role) for role in _ROLES}}
            yield tuple(row[name] for name in _EVENT)


def _fillers(whole: Network, event: str, role: str) -> str:
    """The labels of what fills `role`, joined by "; "."""
    fillers = (target for _, target, name in whole.out_edges(event, keys=True) if name == role)
    return "; ".join(sorted(whole.nodes[filler]["label"] for filler in fillers))


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Value]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)
