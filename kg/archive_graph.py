"""From the shelf to the store: what changed across documents, as changes of named graphs and of triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

import msgspec
import pyoxigraph as ox
from rdflib import URIRef

from kg import graph, validate
from kg.config import Settings
from kg.errors import GraphError
from kg.graph import identity as rows
from kg.graph.terms import Triple, in_graph, kg
from kg.ids import Minter
from kg.model import Canonical, Identity, Ref
from kg.resolve.decided import Decided
from kg.shelf import Shelf, Table
from kg.store import Change, Pattern, Store, from_rdflib

T = TypeVar("T")

_READER = "graph"
_AT_ONCE = 64  # documents up to which a round is one transaction
_DOCUMENTS = 32  # whose graphs are replaced in one transaction, each whole, where there are more
_ROWS = 5_000
_GRAPHS = ("source", "narrative", "claims")


class Publisher:
    """Keeps a store in step with what was decided on a shelf."""

    def __init__(self, shelf: Shelf, store: Store, settings: Settings) -> None:
        self._shelf, self._store, self._settings = shelf, store, settings
        self._decided = Decided(shelf)
        self._minter = Minter(settings.base)
        self._identity = URIRef(self._minter.identity_graph())
        self._keys: Table[str, tuple[str, ...]] = shelf.table("keys of graphs", str, tuple[str, ...])
        self._bearers: Table[tuple[str, str], bool] = shelf.table("graphs of keys", tuple[str, str], bool)
        self._shown: Table[str, tuple[str, str]] = shelf.table("names in graphs", str, tuple[str, str])
        self._made: dict[str, list[ox.Quad]] = {}  # quads of documents found sound, for when they are published
        self._keeping = True
        self._owner = re.compile(re.escape(self._minter.document("")) + "([^/#]+)[/#]")

    # -- before ------------------------------------------------------------------------------------------------------

    def faults(self) -> dict[str, str]:
        """What is wrong with the graphs of documents that came since the last publishing, by their ids."""
        analyses = self._decided.analyses
        new = [document for document in analyses.since(self._shelf.mark(_READER)) if document in analyses]
        self._made.clear()
        self._keeping = len(new) <= _AT_ONCE
        found: dict[str, str] = {}
        for chunk in _chunks(new, _DOCUMENTS):
            found |= self._faulty(chunk)
        return found

    def _faulty(self, documents: list[str]) -> dict[str, str]:
        store = Store.memory()
        faults: dict[str, str] = {}
        around: dict[str, Canonical] = {}
        for document in documents:
            part = self._part(document)
            around |= part.entities
            try:
                quads = list(from_rdflib(self._quads(document, part)))
                store.add(quads)
                if self._keeping:
                    self._made[document] = quads
            except GraphError as error:
                faults[document] = str(error)
        for canonical in self._enclosed(around.values()):
            store.add(self._identified(rows.canonical_triples(canonical, self._minter)))
        if faults:
            return faults
        for finding in validate.validate(store).findings:
            owner = self._owner.match(finding.focus)
            message = f"the built graph violates the shapes: {finding.message}"
            if owner is None:
                raise GraphError(message)
            faults.setdefault(owner[1], message)
        return faults

    def _enclosed(self, entities: Iterable[Canonical]) -> Iterator[Canonical]:
        """These, and the places that they lie in, which need not be named by the same documents."""
        found = {canonical.key: canonical for canonical in entities}
        rest = list(found.values())
        while rest:
            around = rest.pop().within
            if around and around not in found:
                found[around] = msgspec.structs.replace(self._decided.entities[around], mentioned=False)
                rest.append(found[around])
        yield from found.values()

    # -- documents ---------------------------------------------------------------------------------------------------

    def _part(self, document: str) -> Identity:
        """What was decided of the records of one document."""
        decided = self._decided
        refs = [Ref(document, entity.id) for entity in decided.analyses[document].entities]
        keys = {ref: decided.keys[ref] for ref in refs}
        return Identity(keys=keys, entities={key: decided.entities[key] for key in keys.values()})

    def _quads(self, document: str, part: Identity) -> Iterator[graph.Quad]:
        return graph.document_quads(self._decided.analyses[document], part, self._minter, self._settings)

    def _identified(self, triples: Iterable[Triple]) -> Iterator[ox.Quad]:
        return from_rdflib(in_graph(self._identity, triples))

    def publish(self, anew: bool = False) -> bool:
        """Write to the store what changed since the last time; `anew`, put everything in place of what it holds.

        Returns whether anything changed.
        """
        last = self._shelf.catch_up(_READER)
        documents = self._changed(last)
        if anew:
            self._store.replace(self._everything(documents, last))
            return True
        changed = False
        for change in self._steps(documents, last):
            self._store.apply(change)
            changed = True
        return changed

    def _steps(self, documents: list[str], last: int) -> Iterator[Change]:
        """One transaction for everything, or, where a name changed that very many documents bear, several."""
        changes = chain(map(self._replaced, _chunks(documents, _DOCUMENTS)), self._decisions(last))
        if len(documents) > _AT_ONCE:
            yield from changes
            return
        whole = Change()
        for change in changes:
            whole.dropped += change.dropped
            whole.cleared += change.cleared
            whole.added += change.added
        if whole.dropped or whole.cleared or whole.added:
            yield whole

    def _everything(self, documents: Iterable[str], last: int) -> Iterator[ox.Quad]:
        for document in documents:
            yield from self._replaced([document]).added
        for change in self._decisions(last):
            yield from change.added

    def _changed(self, last: int) -> list[str]:
        """Documents whose graphs are other than before: their records, their keys, or what these are called."""
        decided = self._decided
        found = dict.fromkeys(decided.analyses.since(last))
        found |= dict.fromkeys(ref.document for ref in decided.keys.since(last))
        for key in decided.entities.since(last):
            canonical = decided.entities.get(key)
            shown = (canonical.label, canonical.kind.value) if canonical else None
            if shown != self._shown.get(key):
                found |= dict.fromkeys(document for _, document in self._bearers.under(key))
                if shown:
                    self._shown[key] = shown
                else:
                    del self._shown[key]
        return sorted(found)

    def _replaced(self, documents: Iterable[str]) -> Change:
        change = Change()
        for document in documents:
            before = self._keys.pop(document, ())
            for key in before:
                del self._bearers[key, document]
            change.dropped += [ox.NamedNode(self._minter.graph(document, name)) for name in _GRAPHS]
            if document not in self._decided.analyses:
                continue
            part = self._part(document)
            made = self._made.pop(document, None)
            change.added += from_rdflib(self._quads(document, part)) if made is None else made
            self._keys[document] = tuple(part.entities)
            for key in part.entities:
                self._bearers[key, document] = True
        return change

    # -- decisions ---------------------------------------------------------------------------------------------------

    def _decisions(self, last: int) -> Iterator[Change]:
        """The changed rows of the identity graph."""
        for chunk in _chunks(self._rows(last), _ROWS):
            change = Change()
            for cleared, triples in chunk:
                change.cleared += cleared
                change.added += self._identified(triples)
            yield change

    def _rows(self, last: int) -> Iterator[tuple[list[Pattern], list[Triple]]]:
        """For each changed row what is cleared and what is said now."""
        decided, minter = self._decided, self._minter
        entities, stories, accounts = decided.entities, decided.stories, decided.accounts
        for key in entities.since(last):
            canonical = entities.get(key)
            said = list(rows.canonical_triples(canonical, minter)) if canonical else []
            yield [self._pattern(minter.canonical(key))], said
        for key in stories.since(last):
            story = stories.get(key)
            yield [self._pattern(minter.canonical(key))], list(rows.story_triples(story, minter)) if story else []
        for ref in accounts.since(last):
            told, record = accounts.get(ref), minter.record(ref.document, ref.record)
            said = [rows.account_triple(ref, told, minter)] if told else []
            yield [self._pattern(record, "accountOf")], said
        for table in decided.judgement_tables:
            for pair in table.since(last):
                judgement = table.get(pair)
                said = list(rows.judgement_triples(judgement, minter)) if judgement else []
                yield [self._pattern(rows.judgement_iri(minter, *pair))], said
        for pair in decided.comparisons.since(last):
            comparison = decided.comparisons.get(pair)
            said = list(rows.comparison_triples(comparison, minter)) if comparison else []
            yield list(self._compared(*pair)), said

    def _compared(self, left: Ref, right: Ref) -> Iterator[Pattern]:
        """All that may have been said of two records as conflict or agreement."""
        one, other = (self._minter.record(ref.document, ref.record) for ref in (left, right))
        for conflict in (True, False):
            yield self._pattern(rows.comparison_iri(self._minter, left, right, conflict))
        for name in ("conflictsWith", "agreesWith"):
            yield self._pattern(one, name, other)
            yield self._pattern(other, name, one)

    def _pattern(self, subject: str, name: str = "", value: str = "") -> Pattern:
        return Pattern(
            ox.NamedNode(str(self._identity)),
            ox.NamedNode(subject),
            ox.NamedNode(str(kg(name))) if name else None,
            ox.NamedNode(value) if value else None,
        )


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
