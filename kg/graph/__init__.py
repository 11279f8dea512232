"""Records -> RDF quads: the one place where RDF terms are built.

Every document has three named graphs.  ``<doc>/source`` describes the document, its spans, the actors and
places it mentions and the activity that read it; ``<doc>/narrative`` holds what the publisher asserts in its
own voice; ``<doc>/claims`` what stands only inside attributed words.  ``<base>/identity`` holds what was
decided across documents.  docs/ontology.md explains the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from itertools import chain

import msgspec
from rdflib import PROV, Dataset, Graph, Literal, URIRef

from kg.config import Settings
from kg.graph.document import describe
from kg.graph.identity import (
    account_triple,
    canonical_triples,
    comparison_triples,
    judgement_triples,
    story_triples,
)
from kg.graph.scope import Scope
from kg.graph.terms import LABEL, PREFIXES, TYPE, Quad, Term, Triple, in_graph, kg, schema
from kg.ids import Minter, digest
from kg.model import Analysis, Identity

__all__ = ["PREFIXES", "Quad", "Term", "Triple", "dataset", "document_quads", "graph_quads", "identity_quads"]


def document_quads(analysis: Analysis, identity: Identity, minter: Minter, settings: Settings) -> Iterator[Quad]:
    """The quads of one document's three graphs, in a fixed order; a triple may come twice.

    `identity` must give every entity of the analysis its key.  Raises `GraphError` when a record names a
    record or characters that the document does not have.
    """
    activity = _activity(minter.base, settings)
    yield from describe(Scope(analysis, identity, minter, activity[0][0]), analysis)
    yield from in_graph(URIRef(minter.graph(analysis.document.id, "source")), activity)


def identity_quads(identity: Identity, minter: Minter) -> Iterator[Quad]:
    """The quads of the identity graph."""
    triples = chain(
        *(canonical_triples(canonical, minter) for canonical in identity.entities.values()),
        *(story_triples(story, minter) for story in identity.stories.values()),
        (account_triple(ref, key, minter) for ref, key in identity.keys.items() if key in identity.stories),
        *(judgement_triples(judgement, minter) for judgement in identity.judgements),
        *(comparison_triples(comparison, minter) for comparison in identity.comparisons),
    )
    yield from in_graph(URIRef(minter.identity_graph()), triples)


def graph_quads(analyses: Iterable[Analysis], identity: Identity, minter: Minter, settings: Settings) -> Iterator[Quad]:
    """All quads of a batch: its documents by id, then the identity graph."""
    ordered = sorted(analyses, key=lambda analysis: analysis.document.id)
    for analysis in ordered:
        yield from document_quads(analysis, identity, minter, settings)
    yield from identity_quads(identity, minter)


def dataset(quads: Iterable[Quad]) -> Dataset:
    """An rdflib Dataset of `quads`, with the project's prefixes bound."""
    result = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        result.bind(prefix, namespace, replace=True)
    graphs: dict[URIRef, Graph] = {}
    add = result.store.add  # a third faster than Dataset.addN, which checks every context anew
    for subject, predicate, value, name in quads:
        if name not in graphs:
            graphs[name] = result.graph(name)
        add((subject, predicate, value), graphs[name])
    return result


@lru_cache(maxsize=8)
def _activity(base: str, settings: Settings) -> tuple[Triple, ...]:
    """The extraction activity: which pipeline, in which version, with which settings; no clock.

    The activity is the subject of the first triple.
    """
    release = version("newskg")
    configuration = msgspec.json.encode(settings.reading).decode()
    iri = URIRef(f"{base}activity/{digest(release + configuration)}")
    return (
        (iri, TYPE, PROV.Activity),
        (iri, LABEL, Literal(f"newskg {release}")),
        (iri, schema("softwareVersion"), Literal(release)),
        (iri, kg("configuration"), Literal(configuration)),
    )
