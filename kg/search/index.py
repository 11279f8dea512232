"""The index in an SQLite file of its own: full text by FTS5, and the lists that questions are answered from.

Rows belong to owners, each a document or a thing that documents name, and an owner's rows are replaced together: what
is as before stays, so that one document more costs one document.  A row that several owners give is kept once, until
the last of them lets go of it.  Case and accents do not count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from kg.errors import KgError
from kg.ids import fold
from kg.model import Span
from kg.search import lists
from kg.search.lists import Item, Lists, quoted

FILE = "search.db"
NAME, TITLE, STATEMENT, EVENT = "name", "title", "statement", "event"
KINDS = (NAME, TITLE, STATEMENT, EVENT)

_VERSION = 2  # of the tables; an index of another one is begun anew
_SCHEMA = f"""{lists.SCHEMA};
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, kind TEXT, iri TEXT, text TEXT, document TEXT, folded TEXT, owners INTEGER);
CREATE UNIQUE INDEX IF NOT EXISTS entry_whole ON entry (iri, kind, text, document);
CREATE INDEX IF NOT EXISTS entry_folded ON entry (folded) WHERE folded <> '';
CREATE TABLE IF NOT EXISTS holding (owner TEXT, entry INTEGER, PRIMARY KEY (owner, entry)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, folded, tokenize = "unicode61 remove_diacritics 2")
"""
_TABLES = ("entry", "holding", "mark", "words", *lists.TABLES)
# What no text holds: it parts the words found from those around them, and is gone before anybody sees it.
_OPEN, _CLOSE, _CUT = "\ue000", "\ue001", "…"
_AROUND = 24  # words of a hit that are shown
_CANDIDATES = 2_000  # names that a misspelt one is compared with


class Row(NamedTuple):
    """Words that can be found: of which kind, what they are of, and the id of the document that has them, if one."""

    kind: str
    iri: str
    text: str
    document: str = ""


class Hit(NamedTuple):
    """A row that was found: the words around, and the places in them of those sought."""

    kind: str
    iri: str
    document: str
    words: str
    found: tuple[Span, ...]


class Index:
    """The index in one file, or in memory; a context manager that drops what was not committed."""

    def __init__(self, path: Path | None = None, read_only: bool = False) -> None:
        """Open the file, or make it.  Raises `KgError` where it cannot be used, or is missing and read-only."""
        self._path = path
        try:
            if path is not None and read_only:
                self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
                self._db.execute("SELECT count(*) FROM mark").fetchone()
                if self._version() != _VERSION:
                    raise KgError(f"{path}: made by another version; run 'kg build' again")
            else:
                self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
                self._make()
        except sqlite3.Error as error:
            raise self._fault(error) from error
        self.lists = Lists(self._db)

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _make(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN IMMEDIATE")
        if self._version() != _VERSION:
            for table in _TABLES:
                self._db.execute(f"DROP TABLE IF EXISTS {table}")
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)
        self.commit()  # who reads beside us finds the tables

    def _fault(self, error: sqlite3.Error) -> KgError:
        return KgError(f"{self._path}: cannot be used as a search index: {error}")

    # -- writing ---------------------------------------------------------------------------------------------------

    def replace(self, owner: str, rows: Iterable[Row], items: Iterable[Item] = ()) -> bool:
        """Put `rows`, and `items` of lists, in place of all that `owner` had; returns whether either changed."""
        wanted = dict.fromkeys(rows)
        held = self._held(owner)
        self._let_go(owner, [entry for row, entry in held.items() if row not in wanted])
        for row in wanted:
            if row not in held:
                self._hold(owner, row)
        listed = self.lists.put(owner, items)
        return listed or wanted.keys() != held.keys()

    def remove(self, owner: str) -> None:
        """Take out all that `owner` had."""
        self.replace(owner, ())

    def _held(self, owner: str) -> dict[Row, int]:
        found = self._db.execute(
            "SELECT kind, iri, text, document, id FROM holding JOIN entry ON entry.id = holding.entry WHERE owner = ?",
            (owner,),
        )
        return {Row(*row): number for *row, number in found}

    def _hold(self, owner: str, row: Row) -> None:
        sought = "SELECT id FROM entry WHERE iri = ? AND kind = ? AND text = ? AND document = ?"
        found = self._db.execute(sought, (row.iri, row.kind, row.text, row.document)).fetchone()
        if found:
            number = int(found[0])
            self._db.execute("UPDATE entry SET owners = owners + 1 WHERE id = ?", (number,))
        else:
            folded = fold(row.text) if row.kind == NAME else ""
            added = self._db.execute("INSERT INTO entry VALUES (NULL, ?, ?, ?, ?, ?, 1)", (*row, folded))
            number = added.lastrowid or 0
            self._db.execute("INSERT INTO words (rowid, text, folded) VALUES (?, ?, ?)", (number, row.text, folded))
        self._db.execute("INSERT INTO holding VALUES (?, ?)", (owner, number))

    def _let_go(self, owner: str, entries: Sequence[int]) -> None:
        for number in entries:
            self._db.execute("DELETE FROM holding WHERE owner = ? AND entry = ?", (owner, number))
            self._db.execute("UPDATE entry SET owners = owners - 1 WHERE id = ?", (number,))
            gone = self._db.execute("DELETE FROM entry WHERE id = ? AND owners = 0", (number,))
            if gone.rowcount:
                self._db.execute("DELETE FROM words WHERE rowid = ?", (number,))

    def clear(self) -> None:
        """Take out everything, marks included."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours

    def mark(self, name: str) -> int:
        """A number kept under `name`, such as the round up to which rows were read; 0 before it is set."""
        found = self._db.execute("SELECT value FROM mark WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def set_mark(self, name: str, value: int) -> None:
        """Keep a number under `name`, from the next commit on."""
        self._db.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, value))

    def commit(self) -> None:
        """Write everything to the disk, or raise `KgError` and leave there what was there before."""
        try:
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def close(self) -> None:
        """Let go of the file; what was not committed is dropped."""
        self._db.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __bool__(self) -> bool:
        """Whether anything is in it: nothing is, while a first build goes on."""
        return self._db.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is not None

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def rows(self) -> list[Row]:
        """All rows, sorted."""
        return sorted(Row(*row) for row in self._db.execute("SELECT kind, iri, text, document FROM entry"))

    # -- finding ---------------------------------------------------------------------------------------------------

    def find(self, words: str, kind: str | None = None, limit: int = 20) -> list[Hit]:
        """The rows that hold all of `words`, the best first; `kind` asks for rows of one kind alone."""
        query = " ".join(map(quoted, words.split()))
        rows = self._matching(
            "kind, iri, document, snippet(words, 0, ?, ?, ?, ?)",
            f"{{text folded}} : ({query})" if query else "",
            kind,
            " ORDER BY bm25(words, 1.0, 0.5), kind, iri, entry.text, document LIMIT ?",
            (_OPEN, _CLOSE, _CUT, _AROUND),
            (limit,),
        )
        return [Hit(kind, iri, document, *_plain(words)) for kind, iri, document, words in rows]

    def holding(self, phrase: str, kind: str) -> list[str]:
        """The IRIs of what has these words one after the other, sorted."""
        return sorted({iri for (iri,) in self._matching("iri", f"text : {quoted(phrase)}", kind)})

    def named(self, name: str) -> Iterator[tuple[str, str]]:
        """(IRI, folded name) of each name that holds the words of `name` one after the other, exact ones too."""
        wanted = fold(name)
        if wanted:
            yield from self._matching("DISTINCT iri, entry.folded", f"folded : {quoted(wanted)}", None)

    def near(self, name: str) -> list[str]:
        """Folded names with a word that begins as one of `name` does, sorted: among them are misspellings of it."""
        starts = dict.fromkeys(word[:3] for word in fold(name).split())
        query = " OR ".join(f"{quoted(start)} *" for start in starts)
        found = self._matching(
            "DISTINCT entry.folded",
            f"folded : ({query})" if query else "",
            None,
            " ORDER BY entry.folded LIMIT ?",
            (),
            (_CANDIDATES,),
        )
        return [folded for (folded,) in found]

    def _matching(
        self,
        columns: str,
        query: str,
        kind: str | None,
        rest: str = "",
        before: Sequence[object] = (),
        after: Sequence[object] = (),
    ) -> list[Any]:
        """`columns` of the rows that fit an FTS5 query, whose words are quoted; "" fits none."""
        if not query:
            return []
        text = f"SELECT {columns} FROM words JOIN entry ON entry.id = words.rowid WHERE words MATCH ?"  # noqa: S608
        of_kind = " AND kind = ?" if kind else ""
        values = (*before, query, *([kind] if kind else ()), *after)
        try:
            return self._db.execute(text + of_kind + rest, values).fetchall()
        except sqlite3.Error as error:
            raise self._fault(error) from error


def _plain(marked: str) -> tuple[str, tuple[Span, ...]]:
    """A snippet without its marks, on one line, and where they stood."""
    text, found, begin = "", [], 0
    for character in marked:
        if character == _OPEN:
            begin = len(text)
        elif character == _CLOSE:
            found.append(Span(begin, len(text)))
        else:
            text += " " if character.isspace() else character
    return text, tuple(found)
