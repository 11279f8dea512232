"""What there is to find and to list, and how the index keeps up with a shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from kg.ids import Minter
from kg.model import Analysis, Canonical, Comparison, Ref
from kg.search.index import EVENT, FILE, NAME, STATEMENT, TITLE, Index, Row
from kg.search.items import compared, items, thing_items
from kg.search.lists import Item
from kg.search.told import Told
from kg.shelf import Shelf, Table

Pair = tuple[Ref, Ref]
_DOCUMENT, _PAIR = "document ", "pair "  # how their owners are called


def document_rows(analysis: Analysis, keys: Mapping[Ref, str], minter: Minter) -> Iterator[Row]:
    """The rows of one document: its title, what it calls things, and the words of its statements and events."""
    document, text = analysis.document, analysis.document.text
    title = document.title or document.name
    if title:
        yield Row(TITLE, minter.document(document.id), title, document.id)
    for entity in analysis.entities:
        key = keys.get(Ref(document.id, entity.id), "")
        for name in dict.fromkeys((entity.label, *entity.aliases)) if key else ():
            yield Row(NAME, minter.canonical(key), name)
    for statement in analysis.statements:
        for span in statement.content:
            yield Row(STATEMENT, minter.record(document.id, statement.id), span.of(text), document.id)
    for event in analysis.events:
        yield Row(EVENT, minter.record(document.id, event.id), event.sentence.of(text), document.id)


def canonical_rows(canonical: Canonical, minter: Minter) -> Iterator[Row]:
    """The row of one thing: the name that the graph prefers for it."""
    yield Row(NAME, minter.canonical(canonical.key), canonical.label)


class Catching:
    """Puts into an index what documents, things and comparisons say now."""

    def __init__(
        self,
        index: Index,
        analyses: Mapping[str, Analysis],
        keys: Mapping[Ref, str],
        entities: Mapping[str, Canonical],
        minter: Minter,
    ) -> None:
        self._index, self._analyses, self._keys = index, analyses, keys
        self._entities, self._minter = entities, minter

    def document(self, name: str) -> None:
        """One document, which may be gone."""
        owner, analysis = _DOCUMENT + name, self._analyses.get(name)
        if analysis is None:
            self._index.remove(owner)
            return
        rows = document_rows(analysis, self._keys, self._minter)
        self._index.replace(owner, rows, items(self._told(name)))

    def thing(self, key: str) -> list[str]:
        """One thing, which may be gone; returns the owners of items about it where it is other than before."""
        canonical, iri = self._entities.get(key), self._minter.canonical(key)
        rows = list(canonical_rows(canonical, self._minter)) if canonical else []
        found = list(thing_items(canonical, self._entities, self._minter)) if canonical else []
        changed = self._index.replace(f"thing {key}", rows, found)
        return self._index.lists.naming(iri) if changed else []

    def comparison(self, left: Ref, right: Ref, comparison: Comparison | None) -> None:
        """One conflict or agreement, which may be gone."""
        found: Iterable[Item] = ()
        if comparison is not None and left.document in self._analyses and right.document in self._analyses:
            found = compared(comparison, self._told(left.document), self._told(right.document))
        self._index.replace(_PAIR + msgspec.json.encode((left, right)).decode(), (), found)

    def touching(self, document: str) -> list[str]:
        """The owners of conflicts and agreements with something in this document."""
        return [owner for owner in self._index.lists.naming(self._minter.document(document)) if owner.startswith(_PAIR)]

    def _told(self, name: str) -> Told:
        return Told(self._analyses[name], self._keys, self._entities, self._minter)


def catch_up(
    index: Index,
    shelf: Shelf,
    analyses: Table[str, Analysis],
    keys: Table[Ref, str],
    entities: Table[str, Canonical],
    comparisons: Table[Pair, Comparison],
    minter: Minter,
) -> None:
    """Read what changed in tables of `shelf` since the index last did, and commit both; another round begins.

    `analyses` are by document, `keys` by record and `entities` by key.  The shelf is committed first, so that the
    index never knows of more than it; one that was made for another shelf, or before a restart, is begun anew.
    """
    now = shelf.round
    known = shelf.catch_up(FILE)
    shelf.commit()
    if not known or index.mark("round") > now:
        index.clear()
    last = index.mark("round")
    catching = Catching(index, analyses, keys, entities, minter)
    owners = [owner for key in entities.since(last) for owner in catching.thing(key)]
    documents = {*analyses.since(last), *(ref.document for ref in keys.since(last)), *_named(owners, _DOCUMENT)}
    for name in sorted(documents):
        owners += catching.touching(name)
        catching.document(name)
    pairs = {*comparisons.since(last), *(_decoded(pair) for pair in _named(owners, _PAIR))}
    for pair in sorted(pairs):
        catching.comparison(*pair, comparisons.get(pair))
    index.set_mark("round", now)
    index.commit()


def _named(owners: Iterable[str], kind: str) -> Iterator[str]:
    """What these owners of one kind are called."""
    return (owner.removeprefix(kind) for owner in owners if owner.startswith(kind))


def _decoded(pair: str) -> Pair:
    left, right = msgspec.json.decode(pair, type=Pair)
    return left, right
