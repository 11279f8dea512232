"""Composes the stages: documents -> annotated Docs -> records -> identity -> RDF -> store.

`build` is the whole way; each stage can be called alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Dataset
from spacy.language import Language

from kg import graph, nlp, query, read, validate
from kg.config import Settings
from kg.errors import GraphError, ReadError
from kg.extract import extract
from kg.ids import Minter
from kg.journal import Journal
from kg.model import Analysis, Document, Identity
from kg.query.result import Result
from kg.resolve.identity import identify
from kg.store import Store, from_rdflib

Progress = Callable[[str, int, int], None]  # stage, done, total; called on the caller's thread


@dataclass(slots=True)
class Reading:
    """The documents of a batch, sorted by id, and every input left out: (path, reason, message)."""

    documents: list[Document] = field(default_factory=list)
    skipped: list[tuple[Path, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Built:
    """The result of a build: records, decisions, the graph and what was left out."""

    settings: Settings
    analyses: list[Analysis]
    identity: Identity
    store: Store
    skipped: list[tuple[Path, str, str]]

    def ask(self, question: str, limit: int | None = None, **parameters: str) -> Result:
        """The answer to a named question, a query file or SPARQL; see ``kg.query.ask``."""
        return query.ask(self.store, question, parameters, limit=limit)

    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset."""
        minter = Minter(self.settings.base)
        return graph.dataset(graph.graph_quads(self.analyses, self.identity, minter, self.settings))

    def counts(self) -> dict[str, int]:
        """What the graph holds, for the summary."""
        kinds = Counter(entity.kind for entity in self.identity.entities.values())
        places = {"Place", "GeopoliticalEntity"}
        return {
            "documents": len(self.analyses),
            "actors": sum(n for kind, n in kinds.items() if kind not in places),
            "places": sum(n for kind, n in kinds.items() if kind in places),
            "events": sum(e.narrated for a in self.analyses for e in a.events),
            "claimed events": sum(not e.narrated for a in self.analyses for e in a.events),
            "statements": sum(len(a.statements) for a in self.analyses),
            "relations": sum(len(a.relations) for a in self.analyses),
            "conflicts": sum(c.conflict for c in self.identity.comparisons),
            "agreements": sum(not c.conflict for c in self.identity.comparisons),
            "skipped": len(self.skipped),
        }


def read_all(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Reading:
    """Every readable document under `paths`; the rest is kept with its reason and never stops the batch."""
    reading = Reading()
    found: dict[str, Document] = {}
    files = list(read.discover(paths))
    for number, path in enumerate(files, 1):
        try:
            document = read.read(path, settings)
        except ReadError as error:
            reading.skipped.append((path, error.reason, str(error)))
        else:
            if document.id in found:
                message = f"{path}: the same article as {found[document.id].name}"
                reading.skipped.append((path, "duplicate", message))
            found.setdefault(document.id, document)
        if progress:
            progress("reading", number, len(files))
    reading.documents = [found[key] for key in sorted(found)]
    return reading


def analyse(documents: Iterable[Document], settings: Settings, language: Language | None = None) -> Iterator[Analysis]:
    """The records of each document, in order, streaming; loads the spaCy pipeline unless `language` is given."""
    pipeline = language or nlp.load_pipeline(settings)
    for doc in nlp.annotate(pipeline, documents, settings.batch_size):
        yield extract(doc)


def graph_of(analyses: Sequence[Analysis], identity: Identity, settings: Settings) -> Store:
    """The validated graph in memory; raises `GraphError` should it violate the shapes."""
    minter = Minter(settings.base)
    store = Store.memory()
    for analysis in analyses:
        store.add(from_rdflib(graph.document_quads(analysis, identity, minter, settings)))
    store.add(from_rdflib(graph.identity_quads(identity, analyses, minter)))
    report = validate.validate(store)
    if not report.conforms:
        raise GraphError(f"the built graph violates the shapes: {report.findings[0].message}")
    return store


def build(
    paths: Sequence[Path | str],
    settings: Settings | None = None,
    journal: Journal | None = None,
    progress: Progress | None = None,
) -> Built:
    """Read, analyse, resolve and build the graph of `paths` in memory.

    With a `journal`, documents that an earlier run finished are not analysed again.
    """
    settings = settings or Settings()
    reading = read_all([Path(path) for path in paths], settings, progress)
    analyses = list(_analyses(reading.documents, settings, journal, progress))
    identity = identify(analyses)
    return Built(settings, analyses, identity, graph_of(analyses, identity, settings), reading.skipped)


def _analyses(
    documents: list[Document], settings: Settings, journal: Journal | None, progress: Progress | None
) -> Iterator[Analysis]:
    """Finished analyses from the journal, the rest made now and written there; sorted by document id."""
    found = {document.id: journal.get(document) for document in documents} if journal else {}
    done = {key: analysis for key, analysis in found.items() if analysis is not None}
    missing = [document for document in documents if document.id not in done]
    for number, analysis in enumerate(analyse(missing, settings) if missing else (), 1):
        done[analysis.document.id] = analysis
        if journal:
            journal.add(analysis)
        if progress:
            progress("analysing", number, len(missing))
    yield from (done[document.id] for document in documents)
