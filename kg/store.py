"""The graph on disk or in memory: a thin room over pyoxigraph, where rdflib terms become its own.

A build never touches the store that is there: it writes a new one beside it and swaps the two
(`write_store`), so that whatever interrupts it, a whole store remains.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from kg.errors import GraphError, KgError
from kg.guard import names_graphs
from kg.store_files import read_only_store

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Function: TypeAlias = Callable[..., Term | None]
RdflibQuad: TypeAlias = tuple[Node, Node, Node, Node | None]


class Pattern(NamedTuple):
    """Triples of one graph: those of `subject`, with these predicate and object where they are given."""

    graph: ox.NamedNode
    subject: ox.NamedNode
    predicate: ox.NamedNode | None = None
    object: ox.NamedNode | None = None

    def __str__(self) -> str:
        return f"GRAPH {self.graph} {{ {self.subject} {self.predicate or '?p'} {self.object or '?o'} }}"


@dataclass(slots=True)
class Change:
    """Graphs and triples that go and quads that come, in that order: one transaction."""

    dropped: list[ox.NamedNode] = field(default_factory=list)
    cleared: list[Pattern] = field(default_factory=list)
    added: list[ox.Quad] = field(default_factory=list)

    def update(self) -> str:
        """The change as SPARQL 1.1 Update; "" where it changes nothing.

        Terms are written by pyoxigraph, which escapes what stands in them.
        """
        parts = [f"DROP SILENT GRAPH {graph}" for graph in self.dropped]
        parts += [f"DELETE WHERE {{ {pattern} }}" for pattern in self.cleared]
        graphs: dict[Any, list[str]] = {}
        for quad in self.added:
            graphs.setdefault(quad.graph_name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
        if graphs:
            blocks = "\n".join(f"GRAPH {name} {{\n" + "\n".join(lines) + "\n}" for name, lines in graphs.items())
            parts.append(f"INSERT DATA {{\n{blocks}\n}}")
        return " ;\n".join(parts)


class Store:
    """A dataset of named graphs that queries see as one; a context manager that lets go of the files."""

    def __init__(self, inner: ox.Store, path: Path | None = None) -> None:
        self._inner: ox.Store | None = inner
        self._path = path

    @classmethod
    def memory(cls, quads: Iterable[ox.Quad] = ()) -> Store:
        """A store that lives only in memory, holding `quads`."""
        inner = ox.Store()
        inner.extend(quads)
        return cls(inner)

    @classmethod
    def open(cls, path: Path | str, read_only: bool = False) -> Store:
        """The store in the folder `path`; read-only stores open beside a writer and are never created.

        Raises `KgError` when the folder holds no store, or when another process is writing to it.
        """
        path = Path(path)
        try:
            if read_only:
                return cls(read_only_store(_standing(path)))
            _restore(path)
            return cls(ox.Store(str(path)), path)
        except FileNotFoundError as error:
            raise KgError(f"{path}: holds no store; run 'kg build' first") from error
        except OSError as error:
            if "lock" in str(error).lower():
                raise KgError(f"{path}: already open for writing; wait for the other to end") from error
            raise KgError(f"{path}: cannot open the store: {' '.join(str(error).split())}") from error

    @property
    def inner(self) -> ox.Store:
        """The pyoxigraph store itself; raises `KgError` once closed."""
        if self._inner is None:
            raise KgError("the store is closed")
        return self._inner

    def close(self) -> None:
        """Let go of the files and their lock."""
        self._inner = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.inner)

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self.inner.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one named graph, in no particular order."""
        return self.inner.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add `quads`, all of them or none."""
        self.inner.extend(quads)

    def apply(self, change: Change) -> None:
        """Make a change, all of it or nothing.  Raises `KgError` where the disk refuses it."""
        text = change.update()
        if not text:
            return
        try:
            self.inner.update(text)
            if self._path is not None:
                self.inner.flush()  # who opens it beside us would have to read the log anew
        except OSError as error:
            raise KgError(f"the store cannot be written: {' '.join(str(error).split())}") from error

    def replace(self, quads: Iterable[ox.Quad]) -> None:
        """Hold exactly `quads`; on disk, the old ones are there until the new ones are complete."""
        if self._path is None:
            self.inner.clear()
            self.inner.extend(quads)
            return
        self.close()
        write_store(self._path, quads)
        self._inner = ox.Store(str(self._path))

    def optimize(self) -> None:
        """Put the files in order, which gives back the space of what was removed."""
        self.inner.optimize()

    def backup(self, target: Path) -> None:
        """Copy the store as it is now into `target`, a folder that must not be there yet."""
        self.inner.backup(str(target))

    def load(self, path: Path | str) -> None:
        """Add an RDF file, its format told by its ending.  Raises `GraphError` naming file and line."""
        path = Path(path)
        form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
        if form is None:
            raise GraphError(f"{path}: unknown ending; give .ttl, .trig, .nq, .nt, .jsonld or .rdf")
        try:
            self.inner.load(path=str(path), format=form)
        except (OSError, SyntaxError) as error:
            raise GraphError(f"{path}: cannot be read as {form.name}: {error}") from error

    def query(
        self,
        text: str,
        bindings: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        functions: Mapping[str, Function] | None = None,
    ) -> Any:
        """Run SPARQL over all graphs as one, or over those that it names by FROM.

        Each variable in `bindings` must stand in the SELECT clause.  Returns what pyoxigraph does, and lets its
        ``SyntaxError`` through.
        """
        return self.inner.query(
            text,
            use_default_graph_as_union=not names_graphs(text),
            prefixes=dict(prefixes or {}),
            substitutions={ox.Variable(name): term for name, term in (bindings or {}).items()},
            custom_functions={ox.NamedNode(iri): function for iri, function in (functions or {}).items()},
        )


def from_rdflib(quads: Iterable[RdflibQuad]) -> Iterator[ox.Quad]:
    """rdflib quads as pyoxigraph ones; each distinct term is converted once."""
    terms: dict[Node, Any] = {}

    def convert(node: Node) -> Any:
        term = terms.get(node)
        if term is None:
            term = terms[node] = _term(node)
        return term

    for subject, predicate, object_, graph in quads:
        name = ox.DefaultGraph() if graph is None else convert(graph)
        yield ox.Quad(convert(subject), convert(predicate), convert(object_), name)


def _term(node: Node) -> Term:
    """One rdflib term as pyoxigraph's; an invalid IRI or tag is a `GraphError` that quotes it."""
    try:
        if isinstance(node, rdflib.URIRef):
            return ox.NamedNode(str(node))
        if isinstance(node, rdflib.Literal):
            if node.language:
                return ox.Literal(str(node), language=node.language)
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
        if isinstance(node, rdflib.BNode):
            return ox.BlankNode(str(node))
    except ValueError as error:
        raise GraphError(f"not a valid RDF term: {node!r}: {error}") from error
    raise GraphError(f"not an RDF term: {node!r}")


def write_store(path: Path | str, quads: Iterable[ox.Quad]) -> None:
    """Make `path` a store of exactly `quads`; whatever interrupts it, the old store or the new one stands."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _restore(path)
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        inner = ox.Store(str(fresh))
        inner.bulk_extend(quads)
        inner.flush()
        del inner  # closes the files
        _swap(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, path: Path) -> None:
    """Rename `fresh` to `path`.  No folder can be renamed over a full one: the old one steps aside first."""
    retired = _retired(path)
    if path.exists():
        shutil.rmtree(retired, ignore_errors=True)
        path.replace(retired)
    fresh.replace(path)
    shutil.rmtree(retired, ignore_errors=True)


def _restore(path: Path) -> None:
    """Undo a swap that was cut off between its two renames."""
    if _standing(path) != path:
        _retired(path).replace(path)


def _standing(path: Path) -> Path:
    """Where the store `path` stands now: itself, or its old self in the middle of a swap."""
    return path if path.exists() or not _retired(path).exists() else _retired(path)


def _retired(path: Path) -> Path:
    """What `write_store` calls the old store for the moment of the swap."""
    return path.with_name(f"{path.name}.retired")
