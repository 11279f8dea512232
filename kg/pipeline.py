"""Composes the stages: documents -> annotated Docs -> records -> identity -> RDF -> store.

`build` is the whole way; each stage can be called alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Dataset
from spacy.language import Language

from kg import graph, nlp, query, read, validate
from kg.archive import Archive
from kg.config import Settings
from kg.errors import GraphError, ReadError
from kg.extract import extract
from kg.ids import Minter
from kg.model import Analysis, Document, Identity
from kg.query.result import Result
from kg.store import Store, from_rdflib
from kg.tally import tally

if TYPE_CHECKING:
    from kg.opened import Graph

ROUND = 32  # documents after which the graph is brought up to date; their quads are in memory meanwhile

Skipped = tuple[Path, str, str]  # path, reason, message
Failed = Callable[[Document, Exception], None]
Progress = Callable[[str, int, int], None]  # stage, done, total; called on the caller's thread


@dataclass(slots=True)
class Built:
    """The result of a build: the archive with records, decisions and graph, and what was left out."""

    archive: Archive
    skipped: list[Skipped] = field(default_factory=list)
    added: int = 0  # documents that are new, or were read anew
    unchanged: int = 0

    @property
    def settings(self) -> Settings:
        """The settings of the build."""
        return self.archive.settings

    @property
    def store(self) -> Store:
        """The graph."""
        return self.archive.store

    @property
    def analyses(self) -> list[Analysis]:
        """The records of every document, by id, read into memory."""
        return list(self.archive.analyses.values())

    @property
    def identity(self) -> Identity:
        """What was decided across documents, read into memory."""
        return self.archive.decided.identity()

    @property
    def graph(self) -> Graph:
        """The graph as ``kg.open`` gives one of a folder."""
        from kg.opened import Graph

        return Graph(self.store, self.archive.index, self.settings, "a graph in memory")

    def ask(self, question: str, limit: int | None = None, **parameters: str) -> Result:
        """The answer to a named question, a query file or SPARQL; see ``kg.query.ask``."""
        return query.ask(self.store, question, parameters, limit=limit)

    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset."""
        minter = Minter(self.settings.base)
        return graph.dataset(graph.graph_quads(self.analyses, self.identity, minter, self.settings))

    def counts(self) -> dict[str, int]:
        """What the graph holds, for the summary."""
        return tally(self.store) | {"skipped": len(self.skipped)}


def analyse(
    documents: Iterable[Document],
    settings: Settings,
    language: Language | None = None,
    failed: Failed | None = None,
) -> Iterator[Analysis]:
    """The records of each document, in order, streaming; loads the spaCy pipeline unless `language` is given.

    A document whose analysis raises is left out and handed to `failed` with the error; without `failed`, the error
    goes through.
    """
    pipeline = language or nlp.load_pipeline(settings)
    rest = iter(documents)
    while batch := list(islice(rest, settings.batch_size)):
        try:
            found = _records(pipeline, batch)
        except Exception:
            found = [a for document in batch for a in _alone(pipeline, document, failed)]
        yield from found


def _records(pipeline: Language, batch: list[Document]) -> list[Analysis]:
    return [extract(doc) for doc in nlp.annotate(pipeline, batch, len(batch))]


def _alone(pipeline: Language, document: Document, failed: Failed | None) -> list[Analysis]:
    """The records of one document of a batch in which some document failed."""
    try:
        return _records(pipeline, [document])
    except Exception as error:
        if failed is None:
            raise
        failed(document, error)
        return []


def graph_of(analyses: Sequence[Analysis], identity: Identity, settings: Settings) -> Store:
    """The validated graph in memory; raises `GraphError` should it violate the shapes."""
    store = Store.memory(from_rdflib(graph.graph_quads(analyses, identity, Minter(settings.base), settings)))
    for finding in validate.validate(store).findings:
        raise GraphError(f"the built graph violates the shapes: {finding.message}")
    return store


def build(
    paths: Sequence[Path | str],
    settings: Settings | None = None,
    archive: Archive | None = None,
    progress: Progress | None = None,
) -> Built:
    """Read, analyse and resolve what `paths` hold and add it to `archive`, by default a new one in memory.

    A document that is there already, read as it would be now, is left as it is; a file whose text has changed replaces
    what it held before.  What cannot be read or analysed, or whose graph would violate the shapes, is left out.
    """
    run = _Run(archive or Archive.memory(settings or Settings()), progress)
    run.build([Path(path) for path in paths])
    return run.built


class _Run:
    """One build: files in, the archive brought up to date every few documents."""

    def __init__(self, archive: Archive, progress: Progress | None) -> None:
        self.archive, self.progress = archive, progress
        self.built = Built(archive)
        self.found: dict[str, Path] = {}  # documents of this run -> their first file
        self.twins: list[tuple[Document, Path]] = []  # documents of this run that stand in other files too
        self.reached, self.files = 0, 0

    def build(self, paths: Sequence[Path]) -> None:
        """Everything under `paths`."""
        files = list(read.discover(paths))
        self.files = len(files)
        missing = self._missing(files)
        first = next(missing, None)
        if first is not None:  # only now is a model loaded
            for number, analysis in enumerate(self._analysed(chain([first], missing)), 1):
                self.archive.put(analysis, self.found[analysis.document.id])
                self.built.added += 1
                if number % self.archive.settings.batch_size == 0:
                    self.archive.save()
                    self._show()
                if number % ROUND == 0:
                    self._update()
        for document, path in self.twins:
            self.archive.has(document, path)
        self._update()

    def _analysed(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        return analyse(documents, self.archive.settings, failed=self._failed)

    def _missing(self, files: Sequence[Path]) -> Iterator[Document]:
        """The documents of `files` that the archive does not hold yet, or holds as another version read them."""
        for path in files:
            self.reached += 1
            try:
                document = read.read(path, self.archive.settings)
            except ReadError as error:
                self.built.skipped.append((path, error.reason, str(error)))
                continue
            if document.id in self.found:
                message = f"{path}: the same article as {self.found[document.id].name}"
                self.built.skipped.append((path, "duplicate", message))
                self.twins.append((document, path))
                continue
            self.found[document.id] = path
            if self.archive.has(document, path):
                self.built.unchanged += 1
            else:
                yield document

    def _failed(self, document: Document, error: Exception) -> None:
        self._skip(document.id, "failed", f"the analysis failed: {type(error).__name__}: {error}")

    def _skip(self, document: str, reason: str, message: str) -> None:
        path = self.found[document]
        self.built.skipped.append((path, reason, f"{path}: {' '.join(message.split())}"))

    def _update(self) -> None:
        for document, message in sorted(self.archive.update().items()):
            self._skip(document, "invalid", message)
            self.built.added -= 1
        self._show()

    def _show(self) -> None:
        if self.progress:
            self.progress("documents", self.reached, self.files)
