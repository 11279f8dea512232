"""A store on a server.  Only graphs named as we name ours are ever written, counted or copied."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.guard import names_graphs
from kg.ids import Minter
from kg.remote.address import Address
from kg.remote.binding import whole
from kg.remote.changes import by_graph, chunks, deletions, drop, insertions, n_triples
from kg.remote.client import Client, Refused
from kg.remote.dialects import Dialect, dialect, restored
from kg.store import Change, Function, Store, Term

_AT_ONCE = 10_000  # quads that are held while a whole graph is written
_LONGEST = 40_000_000  # characters of an update, each of up to 4 bytes; Oxigraph takes 128 MiB
_EXCLUDED = 64  # graphs of others that a query can name
_log = logging.getLogger(__name__)


class Remote(Store):
    """The named graphs under one base on a server; a context manager that ends the connection.

    Questions are answered by the server where its default graph holds ours and nothing else, otherwise, and where it
    refuses one, from a copy on this side.
    """

    def __init__(self, client: Client, base: str) -> None:
        self._client, self._minter = client, Minter(base)
        self._copy: ox.Store | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._empty = Store.memory()
        self._ours = re.compile(f"^{_escaped(base)}(identity|doc/[^/#]+/(source|narrative|claims))$")

    @classmethod
    def reached(cls, address: Address, base: str) -> Remote:
        """The graphs under `base` on the server at `address`.  Raises `KgError` where no server answers."""
        store = cls(Client(address), base)
        try:
            _ = store._dialect
        except KgError:
            store.close()
            raise
        return store

    # -- what is there -----------------------------------------------------------------------------------------------

    @cached_property
    def _dialect(self) -> Dialect:
        return dialect(self._client.software())

    @property
    def inner(self) -> ox.Store:
        """A copy of our graphs, made when first asked for and kept until the next change."""
        if self._copy is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kg-")
            copy = ox.Store(self._folder.name)
            copy.bulk_extend(self._fetched())
            self._copy = copy
        return self._copy

    def _fetched(self) -> Iterator[ox.Quad]:
        for graph in self.graphs:
            name = ox.NamedNode(graph)
            for triple in self._client.graph(graph):
                yield ox.Quad(triple.subject, triple.predicate, restored(triple.object), name)

    def _forget(self) -> None:
        """Let go of the copy, which is no longer what the server holds."""
        self._copy = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def close(self) -> None:
        """End the connection."""
        self._forget()
        self._client.close()

    def __len__(self) -> int:
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({self._named()}) }}"
        (row,) = self._client.rows(text, self._dialect.options)
        return int(row["n"].value)

    @property
    def graphs(self) -> list[str]:
        """The IRIs of our named graphs, sorted."""
        text = f"SELECT DISTINCT ?g {{ {self._dialect.every} FILTER({self._named()}) }}"
        found = (row["g"].value for row in self._client.rows(text, self._dialect.options))
        return sorted(filter(self._ours.match, found))  # looked at again: what stands here may be dropped

    def _named(self) -> str:
        """The condition that ?g is named as we name graphs."""
        return f"REGEX(STR(?g), {ox.Literal(self._ours.pattern)})"

    # -- changes -----------------------------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Make a change: in one transaction where the server has such, else graph by graph and row by row.

        A change that was cut off is made whole by making it again.
        """
        text = change.update()
        if not text:
            return
        self._forget()
        if self._dialect.whole and len(text) < _LONGEST:
            self._client.update(text)
            return
        added = by_graph(change.added)
        for graph in dict.fromkeys(name.value for name in change.dropped):
            self._put(graph, added.pop(graph, []))
        for update in deletions(change.cleared):
            self._client.update(update)
        for graph, triples in added.items():
            for update in insertions(graph, triples):
                self._client.update(update)

    def _put(self, graph: str, triples: list[ox.Triple]) -> None:
        if triples:
            self._client.put(graph, n_triples(triples))
        else:
            self._client.update(drop(graph))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add `quads`."""
        for chunk in chunks(quads, _AT_ONCE):
            self.apply(Change(added=chunk))

    def replace(self, quads: Iterable[ox.Quad]) -> None:
        """Hold exactly `quads`: each graph is replaced when it comes, and what is left of the old ones goes last."""
        written: dict[str, None] = {}
        for chunk in chunks(quads, _AT_ONCE):
            fresh = [name for name in by_graph(chunk) if name not in written]
            self.apply(Change(dropped=[*map(ox.NamedNode, fresh)], added=chunk))
            written |= dict.fromkeys(fresh)
        self.apply(Change(dropped=[ox.NamedNode(name) for name in self.graphs if name not in written]))

    def optimize(self) -> None:
        """Nothing: a server keeps its own files in order."""

    def load(self, path: Path | str) -> None:
        """Add an RDF file."""
        held = Store.memory()
        held.load(path)
        self.add(held.quads())

    def claim(self) -> None:
        """Make sure that the server takes changes, and that no other archive keeps its graphs under our base."""
        if found := next((graph for graph in self.graphs if any(self._client.graph(graph))), None):
            raise KgError(
                f"{self._client.address.query}: holds graphs under {self._minter.base} already, such as {found}: "
                "choose another --base, or take their place with --anew"
            )
        graph, node = self._minter.identity_graph(), ox.NamedNode(f"{self._minter.base}probe")
        try:
            for update in insertions(graph, [ox.Triple(node, node, node)]):
                self._client.update(update)
            self._check_union()
        finally:
            self._client.update(drop(graph))

    # -- questions ---------------------------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        functions: Mapping[str, Function] | None = None,
    ) -> Any:
        """As `Store.query`.  What is wrong with a query is found on this side, as for a store of our own."""
        form = self._empty.query(text, bindings, prefixes, functions)
        cut = self._dialect.cuts and isinstance(form, ox.QueryTriples)
        if functions or cut or names_graphs(text) or self._before is None:
            return super().query(text, bindings, prefixes, functions)
        try:
            return self._answered(form, self._before + whole(text, bindings or {}, prefixes or {}))
        except Refused as error:
            _log.warning("%s; answered from a copy of the graph, which is slower", error)
            return super().query(text, bindings, prefixes, functions)

    def _answered(self, form: Any, text: str) -> Any:
        if isinstance(form, ox.QueryBoolean):
            return self._client.verdict(text, self._dialect.options)
        if isinstance(form, ox.QuerySolutions):
            return self._client.rows(text, self._dialect.options)
        held = ox.Store()
        held.extend(ox.Quad(*triple) for triple in self._client.triples(text, self._dialect.options))
        return held.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")

    @cached_property
    def _before(self) -> str | None:
        """What queries begin with, so that they see our graphs alone; None where they cannot."""
        self._check_union()
        text = f"SELECT DISTINCT ?g {{ {self._dialect.every} FILTER(!{self._named()}) }} LIMIT {_EXCLUDED + 1}"
        others = [row["g"].value for row in self._client.rows(text, self._dialect.options)]
        if not others:
            return ""
        if self._dialect.excludes and len(others) <= _EXCLUDED:
            return self._dialect.without(others)
        _log.warning(
            "%s: holds graphs of others; questions are answered from a copy of ours, which is slower",
            self._client.address.query,
        )
        return None

    def _check_union(self) -> None:
        """Raise `KgError` unless what stands in a named graph is seen by a query that names none."""
        identity = ox.NamedNode(self._minter.identity_graph())
        text = f"SELECT ?s ?p ?o {{ GRAPH {identity} {{ ?s ?p ?o }} }} LIMIT 1"
        for row in list(self._client.rows(text, self._dialect.options)):
            triple = " ".join(str(row[name]) for name in "spo")
            if not self._client.verdict(f"ASK {{ {triple} }}", self._dialect.options):
                address = self._client.address.query
                raise KgError(f"{address}: questions would see none of the named graphs: {self._dialect.mend}")


def _escaped(text: str) -> str:
    """Text as a regular expression of XPath, which knows fewer escapes than Python."""
    return re.sub(r"[\\.+*?^$|(){}\[\]]", r"\\\g<0>", text)
