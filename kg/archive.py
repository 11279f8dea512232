"""The archive: a graph that documents are added to and taken out of, at the cost of what they touch.

The shelf (`records.db`) holds the records of every document and all that was decided across them; the store is their
RDF, always made from the shelf.  What is on the shelf is committed before the store is changed, and the mark of what
the store has is set after: whatever interrupts it, the next opening goes on from there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import msgspec

from kg.archive_graph import Publisher
from kg.config import Settings
from kg.errors import KgError
from kg.fingerprint import content, fingerprint
from kg.ids import Minter, digest
from kg.model import Analysis, Document
from kg.remote.standing import RECORDS, STORE, facts, moved, reached, settings_of
from kg.resolve.identity import Resolver
from kg.resolve.knowledge import load as load_knowledge
from kg.resolve.rulings import load as load_rulings
from kg.search import FILE as SEARCH
from kg.search import Index, catch_up
from kg.shelf import Shelf, Table
from kg.store import Store

__all__ = ["RECORDS", "RULINGS", "STORE", "Archive", "Entry", "facts", "forget", "restore", "vacate"]

RULINGS = "rulings.toml"
_MISSING = "not there; run 'kg build' first or name its folder with -o"
_ANEW = "to be published anew"  # the fact that the store still holds what was made by another version or setting
_KEPT = ("analyses", "entries", "sources", "facts")  # tables that are not made from others


class Entry(msgspec.Struct, frozen=True):
    """What is known of a document beside its records: the files that it came from and what read it."""

    paths: tuple[str, ...]
    reading: str  # fingerprint of what read it
    content: str  # digest of the document but for its name
    title: str
    publisher: str
    date: str


class Archive:
    """The documents of one folder, or of memory alone, and their graph; a context manager.

    Changes reach the graph by `update`.
    """

    def __init__(self, shelf: Shelf, store: Store, index: Index, settings: Settings) -> None:
        rulings = load_rulings(Path(settings.rulings)) if settings.rulings else ()
        knowledge = load_knowledge(Path(settings.knowledge)) if settings.knowledge else None
        self.shelf, self.store, self.index, self.settings = shelf, store, index, settings
        self.reading = fingerprint(settings)
        self.entries: Table[str, Entry] = shelf.table("entries", str, Entry)
        self._sources: Table[str, str] = shelf.table("sources", str, str)
        self._facts = facts(shelf)
        self._anew, self.changed = self._begin()  # the latter: whether the files beside the store are out of date
        self.resolver = Resolver(shelf, rulings, knowledge)
        self.decided = self.resolver.decided
        self.analyses = self.decided.analyses
        self._publisher = Publisher(shelf, store, settings)

    @classmethod
    def memory(cls, settings: Settings) -> Archive:
        """An empty archive that nothing outlives."""
        return cls(Shelf(), Store.memory(), Index(), settings)

    @classmethod
    def open(cls, folder: Path, settings: Settings) -> Archive:
        """The archive in `folder`, made where there is none.

        Raises `KgError` when another process writes to it, or the folder cannot be written to.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KgError(f"{folder}: cannot make the output folder: {error.strerror}") from error
        shelf = Shelf(folder / RECORDS)
        try:
            return cls(shelf, _store(folder, settings), Index(folder / SEARCH), settings)
        except BaseException:
            shelf.close()
            raise

    @staticmethod
    def settings_of(folder: Path) -> Settings | None:
        """The settings that the archive in `folder` was last built with; None where there is none."""
        return settings_of(folder)

    @classmethod
    def standing(cls, folder: Path) -> Archive:
        """The archive that is in `folder`, with its own settings.  Raises `KgError` where there is none."""
        settings = cls.settings_of(folder)
        if settings is None:
            raise KgError(f"{folder / RECORDS}: {_MISSING}")
        return cls.open(folder, settings)

    @staticmethod
    @contextmanager
    def reading_entries(folder: Path) -> Iterator[Table[str, Entry]]:
        """The entries of the documents in `folder`, as last saved.  Raises `KgError` where there is no archive."""
        if not (folder / RECORDS).is_file():
            raise KgError(f"{folder / RECORDS}: {_MISSING}")
        with Shelf(folder / RECORDS, read_only=True) as shelf:
            yield shelf.table("entries", str, Entry)

    def _begin(self) -> tuple[bool, bool]:
        """Whether the graph was made by another version or setting and is forgotten; whether to show it anew."""
        mark = self.reading + content(self.settings.knowledge) + self.settings.server
        told = {"made by": mark, "base": self.settings.base, "settings": msgspec.json.encode(self.settings).decode()}
        before = {name: self._facts.get(name) for name in told}
        self._facts.update(told)
        if before["made by"] == mark:
            return _ANEW in self._facts, before != told
        self.shelf.restart(keep=_KEPT)
        if before["made by"] is not None:
            self._facts[_ANEW] = mark
        return _ANEW in self._facts, True

    # -- documents ---------------------------------------------------------------------------------------------------

    def has(self, document: Document, path: Path) -> bool:
        """Whether the document is held as it would be read now; that it stands in `path` too is noted."""
        entry = self.entries.get(document.id)
        if entry is None or (entry.reading, entry.content) != (self.reading, _content(document)):
            return False
        if os.path.realpath(path) not in entry.paths:
            self.put(self.analyses[document.id], path)
        return True

    def put(self, analysis: Analysis, path: Path) -> None:
        """Take a document in; what `path` held before, under another id, goes unless another file still holds it."""
        document, source = analysis.document, os.path.realpath(path)
        before = self._sources.get(source, document.id)
        if before != document.id:
            self._leave(before, source)
        entry = self.entries.get(document.id)
        paths = tuple(sorted({source, *(entry.paths if entry else ())}))
        self._sources[source] = document.id
        self.entries[document.id] = Entry(
            paths=paths,
            reading=self.reading,
            content=_content(document),
            title=document.title,
            publisher=document.publisher,
            date=document.date,
        )
        self.analyses[document.id] = _named(analysis, paths)

    def _leave(self, document: str, source: str) -> None:
        entry = self.entries[document]
        paths = tuple(path for path in entry.paths if path != source)
        if paths:
            self.entries[document] = msgspec.structs.replace(entry, paths=paths)
            self.analyses[document] = _named(self.analyses[document], paths)
        else:
            self.remove(document)

    def remove(self, document: str) -> None:
        """Take a document out, with all that rested on it alone; raises `KeyError` where it is not held."""
        for path in self.entries[document].paths:
            del self._sources[path]
        del self.entries[document]
        del self.analyses[document]

    def find(self, wanted: str) -> str:
        """The id of the document with that id, beginning of one, or file.  Raises `KgError` for none or several."""
        fitting = [wanted] if wanted in self.entries else []
        if not fitting:
            path = self._sources.get(os.path.realpath(wanted))
            fitting = [path] if path else sorted(name for name in self.entries if wanted and name.startswith(wanted))
        if len(fitting) == 1:
            return fitting[0]
        fault = f"{len(fitting)} documents have an id beginning with" if fitting else "no document has the id or file"
        raise KgError(f"{fault} {wanted!r}: 'kg list' shows them all")

    @property
    def outdated(self) -> int:
        """Documents whose records were read by another version or setting."""
        return sum(entry.reading != self.reading for entry in self.entries.values())

    # -- the graph ---------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what was put in to the disk; the graph is as before."""
        self.shelf.commit()

    def update(self) -> dict[str, str]:
        """Bring everything up to date with the documents held.

        Returns what is wrong with documents whose graphs would violate the shapes, which are taken out again.
        Raises `GraphError` for a fault that lies in no document.
        """
        faults: dict[str, str] = {}
        while True:
            self.resolver.settle()
            found = self._publisher.faults()
            for document in found:
                self.remove(document)
            if not found:
                break
            faults |= found
        self.shelf.commit()
        self.changed |= self._publisher.publish(anew=self._anew)
        self._anew = False
        self._facts.pop(_ANEW, None)
        self.shelf.commit()
        decided = self.decided
        tables = decided.analyses, decided.keys, decided.entities, decided.comparisons
        catch_up(self.index, self.shelf, *tables, Minter(self.settings.base))
        return faults

    def compact(self) -> None:
        """Give back the space of what was removed."""
        self.update()
        self.shelf.compact()
        self.store.optimize()

    def backup(self, target: Path) -> None:
        """Copy everything into the folder `target`, which must not be there yet.  Raises `KgError`."""
        if target.exists():
            raise KgError(f"{target}: is there already; name a new folder")
        try:
            target.mkdir(parents=True)
            self.store.backup(target / STORE)
            self.shelf.backup(target / RECORDS)
            if self.settings.rulings and Path(self.settings.rulings).is_file():
                shutil.copy(self.settings.rulings, target / RULINGS)
        except OSError as error:
            raise KgError(f"{target}: cannot write the copy: {error.strerror or error}") from error

    def close(self) -> None:
        """Let go of the files."""
        self.index.close()
        self.store.close()
        self.shelf.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _store(folder: Path, settings: Settings) -> Store:
    """Where the archive in `folder` writes its graph; where it stood before, on a server, nothing of it stays."""
    before = settings_of(folder)
    elsewhere = moved(before, settings)
    if elsewhere and before is not None:
        vacate(before)
    if not settings.server:
        return Store.open(folder / STORE)
    store = reached(settings)
    try:
        if elsewhere:
            store.claim()
            shutil.rmtree(folder / STORE, ignore_errors=True)
    except BaseException:
        store.close()
        raise
    return store


def vacate(settings: Settings) -> None:
    """Take the graph away from the server that the settings name, if they name one."""
    if settings.server:
        with reached(settings) as store:
            store.replace(())


def forget(folder: Path) -> None:
    """Delete the archive in `folder`, and its graph wherever it stands; the user's rulings stay."""
    if before := settings_of(folder):
        vacate(before)
    shutil.rmtree(folder / STORE, ignore_errors=True)
    for name in (RECORDS, SEARCH):
        for ending in ("", "-wal", "-shm"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)


def restore(source: Path, folder: Path) -> None:
    """Put the copy that `Archive.backup` made into `folder`, where no archive may be.  Raises `KgError`."""
    if not (source / RECORDS).is_file():
        raise KgError(f"{source}: holds no copy of an archive: {RECORDS} is not there")
    if (folder / RECORDS).exists():
        raise KgError(f"{folder}: holds an archive already; restore into another folder, or move that one away")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source / STORE, folder / STORE, dirs_exist_ok=True)
        if (source / RULINGS).is_file():
            shutil.copy(source / RULINGS, folder / RULINGS)
        _send(settings_of(source), folder / STORE)
        shutil.copy(source / RECORDS, folder / f"{RECORDS}.new")
        os.replace(folder / f"{RECORDS}.new", folder / RECORDS)  # last: without it there is no archive
    except OSError as error:
        raise KgError(f"{folder}: cannot restore into it: {error.strerror or error}") from error


def _send(settings: Settings | None, path: Path) -> None:
    """Bring the store that was copied to `path` to the server where the archive keeps its graph, if it does."""
    if settings is not None and settings.server:
        with reached(settings) as remote, Store.open(path, read_only=True) as copied:
            remote.replace(copied.quads())
        shutil.rmtree(path)


def _content(document: Document) -> str:
    nameless = msgspec.structs.replace(document, name="")
    return digest(repr(nameless), 24)  # an encoder would leave out defaults or not, as they are the same object or not


def _named(analysis: Analysis, paths: tuple[str, ...]) -> Analysis:
    """The analysis under the first of the document's file names, whichever file came first."""
    name = min(Path(path).name for path in paths)
    return msgspec.structs.replace(analysis, document=msgspec.structs.replace(analysis.document, name=name))
