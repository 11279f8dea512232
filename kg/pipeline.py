"""Composes the stages: documents -> annotated Docs -> records -> identity -> RDF -> store.

`build` is the whole way; each stage can be called alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
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
from kg.resolve.knowledge import load as load_knowledge
from kg.resolve.rulings import load as load_rulings
from kg.store import Store, from_rdflib

Skipped = tuple[Path, str, str]  # path, reason, message
Failed = Callable[[Document, Exception], None]
Progress = Callable[[str, int, int], None]  # stage, done, total; called on the caller's thread


@dataclass(slots=True)
class Reading:
    """The documents of a batch, sorted by id, the file of each, and every input left out."""

    documents: list[Document] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, document: Document, reason: str, message: str) -> None:
        """Leave out a document that was read."""
        path = self.paths[document.id]
        self.skipped.append((path, reason, f"{path}: {' '.join(message.split())}"))


@dataclass(slots=True)
class Built:
    """The result of a build: records, decisions, the graph and what was left out."""

    settings: Settings
    analyses: list[Analysis]
    identity: Identity
    store: Store
    skipped: list[Skipped]

    def ask(self, question: str, limit: int | None = None, **parameters: str) -> Result:
        """The answer to a named question, a query file or SPARQL; see ``kg.query.ask``."""
        return query.ask(self.store, question, parameters, limit=limit)

    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset."""
        minter = Minter(self.settings.base)
        return graph.dataset(graph.graph_quads(self.analyses, self.identity, minter, self.settings))

    def counts(self) -> dict[str, int]:
        """What the graph holds, for the summary."""
        named = set(self.identity.keys.values()) - set(self.identity.stories)
        kinds = Counter(self.identity.entities[key].kind for key in named)
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
            reading.paths.setdefault(document.id, path)
        if progress:
            progress("reading", number, len(files))
    reading.documents = [found[key] for key in sorted(found)]
    return reading


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
    store, faults = _checked(analyses, identity, settings)
    for message in faults.values():
        raise GraphError(message)
    return store


def _checked(analyses: Sequence[Analysis], identity: Identity, settings: Settings) -> tuple[Store, dict[str, str]]:
    """The graph, and what is wrong with it by the id of the document at fault.

    Raises `GraphError` for a fault that lies in no document but in what was decided across them.
    """
    minter = Minter(settings.base)
    store = Store.memory()
    faults: dict[str, str] = {}
    for analysis in analyses:
        try:
            store.add(from_rdflib(graph.document_quads(analysis, identity, minter, settings)))
        except GraphError as error:
            faults[analysis.document.id] = str(error)
    if faults:
        return store, faults
    store.add(from_rdflib(graph.identity_quads(identity, analyses, minter)))
    owned = re.compile(re.escape(minter.document("")) + "([^/#]+)[/#]")
    for finding in validate.validate(store).findings:
        owner = owned.match(finding.focus)
        message = f"the built graph violates the shapes: {finding.message}"
        if owner is None:
            raise GraphError(message)
        faults.setdefault(owner[1], message)
    return store, faults


def build(
    paths: Sequence[Path | str],
    settings: Settings | None = None,
    journal: Journal | None = None,
    progress: Progress | None = None,
) -> Built:
    """Read, analyse, resolve and build the graph of `paths` in memory.

    With a `journal`, documents that an earlier run finished are not analysed again.  A document that cannot be
    analysed, or whose graph would violate the shapes, is left out like one that cannot be read.
    """
    settings = settings or Settings()
    rulings = load_rulings(Path(settings.rulings)) if settings.rulings else ()
    knowledge = load_knowledge(Path(settings.knowledge)) if settings.knowledge else None
    reading = read_all([Path(path) for path in paths], settings, progress)
    analyses = list(_analyses(reading, settings, journal, progress))
    while True:
        identity = identify(analyses, rulings, knowledge)
        store, faults = _checked(analyses, identity, settings)
        if not faults:
            return Built(settings, analyses, identity, store, reading.skipped)
        for analysis in analyses:
            if analysis.document.id in faults:
                reading.skip(analysis.document, "invalid", faults[analysis.document.id])
        analyses = [analysis for analysis in analyses if analysis.document.id not in faults]


def _analyses(
    reading: Reading, settings: Settings, journal: Journal | None, progress: Progress | None
) -> Iterator[Analysis]:
    """Finished analyses from the journal, the rest made now and written there; sorted by document id."""

    def failed(document: Document, error: Exception) -> None:
        reading.skip(document, "failed", f"the analysis failed: {type(error).__name__}: {error}")

    documents = reading.documents
    found = {document.id: journal.get(document) for document in documents} if journal else {}
    done = {key: analysis for key, analysis in found.items() if analysis is not None}
    missing = [document for document in documents if document.id not in done]
    new = analyse(missing, settings, failed=failed) if missing else iter(())
    for number, analysis in enumerate(new, 1):
        done[analysis.document.id] = analysis
        if journal:
            journal.add(analysis)
        if progress:
            progress("analysing", number, len(missing))
    yield from (done[document.id] for document in documents if document.id in done)
