"""The shelf: tables of records in one SQLite file, so that what is known of many documents need not be held in memory.

A table is a mapping.  What it gives out is shared, not copied: change a value only by setting it again.  Rows change in
rounds; a reader that remembers the round up to which it has read asks a table for the keys that changed `since`.
Nothing is on the disk before `commit`, and then everything is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

import msgspec

from kg.errors import KgError

K = TypeVar("K")
V = TypeVar("V")

CACHED = 100_000  # rows of one table that are kept decoded
_AT_ONCE = 500  # rows that are read by one statement
_GONE = object()
_TABLES = """
CREATE TABLE IF NOT EXISTS row (
    shelf TEXT, key TEXT, value BLOB, round INTEGER, PRIMARY KEY (shelf, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS changed ON row (shelf, round);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
"""
_LAST = chr(0x10FFFF)  # after every other character


class Shelf:
    """The tables of one file, or of memory alone; a context manager that drops what was not committed."""

    def __init__(self, path: Path | None = None, read_only: bool = False) -> None:
        """Open or make the file; read-only it is as last committed, and may be written to by another.

        Raises `KgError` where the file is none of ours, or another process writes to it.
        """
        self._path = path
        self._tables: dict[str, Table[Any, Any]] = {}
        try:
            self._db = self._read_only() if read_only else self._writable()
            self._round = self.mark("round") or 1
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _writable(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path or ":memory:", isolation_level=None, timeout=0, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, _TABLES.split(";")):
            db.execute(statement)
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")  # from the first row on nobody else may write
        return db

    def _read_only(self) -> sqlite3.Connection:
        place = f"{Path(str(self._path)).resolve().as_uri()}?mode=ro"
        db = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
        db.execute("BEGIN")  # one state for all that is read
        return db

    def _fault(self, error: sqlite3.Error) -> KgError:
        if "locked" in str(error):
            return KgError(f"{self._path}: another build is writing to it; wait for that one to end")
        return KgError(f"{self._path}: cannot be used as the records of a build: {error}")

    @property
    def round(self) -> int:
        """The number of the present round, 1 or more."""
        return self._round

    def next_round(self) -> int:
        """Begin another round; returns its number."""
        self.flush()
        self._round += 1
        self.set_mark("round", self._round)
        return self._round

    def catch_up(self, reader: str) -> int:
        """The round up to which `reader` has read; from now on it has read all that is here, and another one begins."""
        last = self.mark(reader)
        self.set_mark(reader, self._round)
        self.next_round()
        return last

    def mark(self, name: str) -> int:
        """A number kept under `name`, such as the round up to which a reader has read; 0 before it is set."""
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def set_mark(self, name: str, value: int) -> None:
        """Keep a number under `name`."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def table(self, name: str, key: Any, value: Any, cached: int = CACHED) -> Table[Any, Any]:
        """The table called `name`, whose keys and values are of these types; made when missing.

        A key is a string, or a tuple or array-like record whose fields come in the order of their weight.
        About as many rows as `cached` are kept decoded.
        """
        if name not in self._tables:
            self._tables[name] = Table(self._db, self, name, key, value, cached)
        return self._tables[name]

    def flush(self) -> None:
        """Hand all rows to the database, which may still drop them."""
        for table in self._tables.values():
            table.flush()

    def commit(self) -> None:
        """Write everything to the disk.  Raises `KgError` where that fails; then what was there before stands."""
        try:
            self.flush()
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def restart(self, keep: Sequence[str]) -> None:
        """Empty all tables but those named, as if they had never held a row; no reader has read anything."""
        self.flush()
        marks = ", ".join("?" for _ in keep)
        self._db.execute(f"DELETE FROM row WHERE shelf NOT IN ({marks}) OR value IS NULL", tuple(keep))  # noqa: S608
        self._db.execute("DELETE FROM meta WHERE name <> 'round'")
        for table in self._tables.values():
            table.forget()

    def compact(self) -> None:
        """Commit, forget which rows are gone, and give the space back.  For when all readers have read to the end."""
        self.flush()
        self._db.execute("DELETE FROM row WHERE value IS NULL")
        self._db.execute("COMMIT")
        self._db.execute("VACUUM")
        self._db.execute("BEGIN IMMEDIATE")

    def backup(self, path: Path) -> None:
        """Commit and copy everything into a new file."""
        self.commit()
        with sqlite3.connect(path) as target:
            self._db.execute("COMMIT")
            self._db.backup(target)
            self._db.execute("BEGIN IMMEDIATE")
        target.close()

    def close(self) -> None:
        """Let go of the file; what was not committed is dropped."""
        self._db.close()

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Table(MutableMapping[K, V], Generic[K, V]):
    """Rows of one kind; iterates in the order of its encoded keys.  Made by `Shelf.table`."""

    def __init__(self, db: sqlite3.Connection, shelf: Shelf, name: str, key: Any, value: Any, cached: int) -> None:
        self._db, self._shelf, self._name, self._cached = db, shelf, name, cached
        self._keys = msgspec.json.Decoder(key)
        self._values = msgspec.msgpack.Decoder(value)
        self._encode = msgspec.msgpack.Encoder(order="deterministic").encode
        self._cache: dict[K, Any] = {}  # value, or _GONE
        self._dirty: dict[K, None] = {}

    def __getitem__(self, key: K) -> V:
        value = self._cache.get(key)
        if value is None:
            value = self._read(key)
        if value is _GONE:
            raise KeyError(key)
        return value  # type: ignore[no-any-return]

    def _read(self, key: K) -> Any:
        query = "SELECT value FROM row WHERE shelf = ? AND key = ?"
        found = self._db.execute(query, (self._name, _key(key))).fetchone()
        value = _GONE if found is None or found[0] is None else self._values.decode(found[0])
        self._cache[key] = value
        return value

    def __setitem__(self, key: K, value: V) -> None:
        self._cache[key] = value
        self._dirty[key] = None

    def __delitem__(self, key: K) -> None:
        self[key]
        self._cache[key] = _GONE
        self._dirty[key] = None

    def __contains__(self, key: object) -> bool:
        value = self._cache.get(key)  # type: ignore[arg-type]
        return (self._read(key) if value is None else value) is not _GONE  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[K]:
        self.flush()
        rows = self._db.execute(
            "SELECT key FROM row WHERE shelf = ? AND value IS NOT NULL ORDER BY key", (self._name,)
        ).fetchall()
        return (self._keys.decode(key) for (key,) in rows)

    def __bool__(self) -> bool:
        self.flush()
        query = "SELECT 1 FROM row WHERE shelf = ? AND value IS NOT NULL LIMIT 1"
        return self._db.execute(query, (self._name,)).fetchone() is not None

    def __len__(self) -> int:
        self.flush()
        found = self._db.execute("SELECT count(*) FROM row WHERE shelf = ? AND value IS NOT NULL", (self._name,))
        return int(found.fetchone()[0])

    def under(self, *first: object) -> list[K]:
        """The keys that begin with these fields; none is one of them whole."""
        self.flush()
        begin = _begin(first)
        rows = self._db.execute(
            "SELECT key FROM row WHERE shelf = ? AND key >= ? AND key < ? AND value IS NOT NULL ORDER BY key",
            (self._name, begin, begin + _LAST),
        ).fetchall()
        return [self._keys.decode(key) for (key,) in rows]

    def between(self, *first: object, low: str, high: str) -> list[K]:
        """Those of the keys that `under` gives whose next field is a string from `low` to `high`, these included."""
        self.flush()
        begin, end = (_key((*first, field))[:-1] + "," for field in (low, high))
        rows = self._db.execute(
            "SELECT key FROM row WHERE shelf = ? AND key >= ? AND key < ? AND value IS NOT NULL ORDER BY key",
            (self._name, begin, end + _LAST),
        ).fetchall()
        return [self._keys.decode(key) for (key,) in rows]

    def load(self, keys: Iterable[K]) -> None:
        """Read the rows with these keys at once, for which asking one by one is slow."""
        wanted = [(_key(key), key) for key in keys if key not in self._cache]
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, value FROM row WHERE shelf = ? AND key IN ({marks}) AND value IS NOT NULL"  # noqa: S608
            found = dict(self._db.execute(query, (self._name, *(text for text, _ in part))))
            for text, key in part:
                self._cache[key] = self._values.decode(found[text]) if text in found else _GONE

    def first_under(self, *first: object) -> K | None:
        """The first of the keys that `under` gives, None where there is none."""
        self.flush()
        begin = _begin(first)
        found = self._db.execute(
            "SELECT key FROM row WHERE shelf = ? AND key >= ? AND key < ? AND value IS NOT NULL ORDER BY key LIMIT 1",
            (self._name, begin, begin + _LAST),
        ).fetchone()
        return None if found is None else self._keys.decode(found[0])

    def following(self, key: K, count: int, *first: object) -> list[tuple[K, V]]:
        """Up to `count` rows under the fields `first`, from `key` on, which need not be there."""
        self.flush()
        rows = self._db.execute(
            "SELECT key, value FROM row WHERE shelf = ? AND key >= ? AND key < ? AND value IS NOT NULL "
            "ORDER BY key LIMIT ?",
            (self._name, _key(key), _begin(first) + _LAST, count),
        ).fetchall()
        return [(self._keys.decode(found), self._values.decode(value)) for found, value in rows]

    def preceding(self, key: K, count: int, *first: object) -> list[tuple[K, V]]:
        """Up to `count` rows under the fields `first` that come before `key`, the nearest first."""
        self.flush()
        rows = self._db.execute(
            "SELECT key, value FROM row WHERE shelf = ? AND key < ? AND key >= ? AND value IS NOT NULL "
            "ORDER BY key DESC LIMIT ?",
            (self._name, _key(key), _begin(first), count),
        ).fetchall()
        return [(self._keys.decode(found), self._values.decode(value)) for found, value in rows]

    def since(self, last: int) -> list[K]:
        """The keys of rows that were set to another value, or removed, in rounds after `last`."""
        self.flush()
        rows = self._db.execute(
            "SELECT key FROM row WHERE shelf = ? AND round > ? ORDER BY key", (self._name, last)
        ).fetchall()
        return [self._keys.decode(key) for (key,) in rows]

    def flush(self) -> None:
        """Hand changed rows to the database, those that are as before left out."""
        if self._dirty:
            self._write()
        if len(self._cache) > self._cached:
            self._cache.clear()

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._cache.clear()
        self._dirty.clear()

    def _write(self) -> None:
        number = self._shelf.round
        rows = []
        for key in self._dirty:
            value = self._cache[key]
            blob = None if value is _GONE else self._encode(value)
            rows.append((self._name, _key(key), blob, number))
        self._db.executemany(
            "INSERT INTO row VALUES (?, ?, ?, ?) ON CONFLICT (shelf, key) DO UPDATE "
            "SET value = excluded.value, round = excluded.round WHERE value IS NOT excluded.value",
            rows,
        )
        self._dirty.clear()


def _key(key: object) -> str:
    """JSON, so that nothing in a text can pass for the border of two fields."""
    return msgspec.json.encode(key).decode()


def _begin(first: tuple[object, ...]) -> str:
    """How the keys begin that begin with these fields."""
    return _key(first)[:-1] + ","
