"""The shelf: tables of records in one SQLite file, so that what is known of many documents need not be held in memory.

A table is a mapping.  What it gives out is shared, not copied: change a value only by setting it again.  Rows change in
rounds; a reader that remembers the round up to which it has read asks a table for the keys that changed `since`.
Nothing is on the disk before `commit`, and then everything is.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar, overload

import msgspec

from kg.errors import KgError

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")

CACHED = 5_000  # rows of one table that are kept decoded
_AT_ONCE = 500  # rows that are read by one statement
_STATEMENTS = 512  # that are kept compiled
_PACKING = 1  # the fastest of zlib's levels
_GONE = object()
_META = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID"
_LAST = b"\xff"  # after every character
_WITHIN = "key >= ? AND key < ? AND"


class Shelf:
    """The tables of one file, or of memory alone; a context manager that drops what was not committed."""

    def __init__(self, path: Path | None = None, read_only: bool = False) -> None:
        """Open or make the file; read-only it is as last committed, and may be written to by another.

        Raises `KgError` where the file is none of ours, or another process writes to it.
        """
        self._path = path
        self._tables: dict[str, Table[Any, Any]] = {}
        self._temporary = "TEMPORARY" if read_only else ""  # a file that is only read may lack a table
        try:
            self._db = self._read_only() if read_only else self._writable()
            self._round = self.mark("round") or 1
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _writable(self) -> sqlite3.Connection:
        db = self._connect(str(self._path or ":memory:"))
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("BEGIN IMMEDIATE")
        db.execute(_META)
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")  # from the first row on nobody else may write
        return db

    def _read_only(self) -> sqlite3.Connection:
        db = self._connect(f"{Path(str(self._path)).resolve().as_uri()}?mode=ro", uri=True)
        db.execute("BEGIN")  # one state for all that is read
        return db

    def _connect(self, place: str, uri: bool = False) -> sqlite3.Connection:
        return sqlite3.connect(
            place, uri=uri, isolation_level=None, timeout=0, check_same_thread=False, cached_statements=_STATEMENTS
        )

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

    def table(
        self, name: str, key: Any, value: Any, cached: int = CACHED, followed: bool = False, packed: bool = False
    ) -> Table[Any, Any]:
        """The table called `name`, whose keys and values are of these types; made when missing.

        A key is a string, or a tuple or array-like record whose fields come in the order of their weight.
        About as many rows as `cached` are kept decoded.  Only a table that is `followed` tells what changed `since`;
        a table is so from its first row on.  One is `packed` whose values are of a thousand bytes and more.
        """
        if name not in self._tables:
            self._make(name, followed, packed)
            self._tables[name] = Table(self._db, self, name, key, value, cached, followed, packed)
        return self._tables[name]

    def _make(self, name: str, followed: bool, packed: bool) -> None:
        """Long rows are kept beside their keys, short ones with them."""
        if name in self._names():
            return
        form = "" if packed else "WITHOUT ROWID"
        self._db.execute(
            f'CREATE {self._temporary} TABLE "{name}" (key BLOB PRIMARY KEY, value BLOB, round INTEGER) {form}'
        )
        if followed:
            self._db.execute(f'CREATE INDEX "{name} by round" ON "{name}" (round)')

    def _names(self) -> list[str]:
        """Of all tables of rows."""
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta' ORDER BY name"
        return [name for (name,) in self._db.execute(query)]

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
        for name in self._names():
            kept = "WHERE value IS NULL" if name in keep else ""
            self._db.execute(f'DELETE FROM "{name}" {kept}')  # noqa: S608
        self._db.execute("DELETE FROM meta WHERE name <> 'round'")
        for table in self._tables.values():
            table.forget()

    def compact(self) -> None:
        """Commit, forget which rows are gone, and give the space back.  For when all readers have read to the end."""
        self.flush()
        for name in self._names():
            self._db.execute(f'DELETE FROM "{name}" WHERE value IS NULL')  # noqa: S608
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

    def __init__(
        self,
        db: sqlite3.Connection,
        shelf: Shelf,
        name: str,
        key: Any,
        value: Any,
        cached: int,
        followed: bool,
        packed: bool,
    ) -> None:
        self._db, self._shelf, self._name, self._cached = db, shelf, name, cached
        self._followed, self._packed = followed, packed
        self._keys = msgspec.json.Decoder(key)
        self._values = msgspec.msgpack.Decoder(value)
        self._encoder = msgspec.msgpack.Encoder(order="deterministic")
        self._cache: dict[K, Any] = {}  # value, or _GONE
        self._dirty: dict[K, None] = {}

    def __getitem__(self, key: K) -> V:
        value = self._cache.get(key)
        if value is None:
            value = self._read(key)
        if value is _GONE:
            raise KeyError(key)
        return value  # type: ignore[no-any-return]

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, /, default: V) -> V: ...
    @overload
    def get(self, key: K, /, default: D) -> V | D: ...

    def get(self, key: K, /, default: object = None) -> Any:
        """The value of a row, `default` where there is none."""
        value = self._cache.get(key)
        if value is None:
            value = self._read(key)
        return default if value is _GONE else value

    def _read(self, key: K) -> Any:
        found = self._db.execute(f'SELECT value FROM "{self._name}" WHERE key = ?', (_key(key),)).fetchone()  # noqa: S608
        value = _GONE if found is None or found[0] is None else self._decode(found[0])
        self._trim()
        self._cache[key] = value
        return value

    def _decode(self, blob: bytes) -> Any:
        return self._values.decode(zlib.decompress(blob) if self._packed else blob)

    def _encode(self, value: object) -> bytes:
        blob = self._encoder.encode(value)
        return zlib.compress(blob, _PACKING) if self._packed else blob

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
        return iter(self._decoded(self._select("key", "", "ORDER BY key")))

    def __bool__(self) -> bool:
        return bool(self._select("1", "", "LIMIT 1"))

    def __len__(self) -> int:
        return int(self._select("count(*)", "", "")[0][0])

    def _select(self, what: str, where: str, rest: str, *given: object) -> list[Any]:
        """Rows that are there, the changed ones among them."""
        if self._dirty:
            self.flush()
        query = f'SELECT {what} FROM "{self._name}" WHERE {where} value IS NOT NULL {rest}'  # noqa: S608
        return self._db.execute(query, given).fetchall()

    def _decoded(self, rows: Iterable[tuple[bytes]]) -> list[K]:
        decode = self._keys.decode
        return [decode(key) for (key,) in rows]

    def under(self, *first: object) -> list[K]:
        """The keys that begin with these fields; none is one of them whole."""
        begin = _begin(first)
        return self._decoded(self._select("key", _WITHIN, "ORDER BY key", begin, begin + _LAST))

    def between(self, *first: object, low: str, high: str) -> list[K]:
        """Those of the keys that `under` gives whose next field is a string from `low` to `high`, these included."""
        begin, end = (_key((*first, field))[:-1] + b"," for field in (low, high))
        return self._decoded(self._select("key", _WITHIN, "ORDER BY key", begin, end + _LAST))

    def load(self, keys: Iterable[K]) -> None:
        """Read the rows with these keys at once, for which asking one by one is slow."""
        self._trim()
        wanted = [(_key(key), key) for key in keys if key not in self._cache]
        for begin in range(0, len(wanted), _AT_ONCE):
            part = wanted[begin : begin + _AT_ONCE]
            marks = ",".join("?" * len(part))
            found = dict(self._select("key, value", f"key IN ({marks}) AND", "", *(text for text, _ in part)))
            for text, key in part:
                self._cache[key] = self._decode(found[text]) if text in found else _GONE

    def first_under(self, *first: object) -> K | None:
        """The first of the keys that `under` gives, None where there is none."""
        begin = _begin(first)
        found = self._decoded(self._select("key", _WITHIN, "ORDER BY key LIMIT 1", begin, begin + _LAST))
        return found[0] if found else None

    def following(self, key: K, count: int, *first: object) -> list[tuple[K, V]]:
        """Up to `count` rows under the fields `first`, from `key` on, which need not be there."""
        rows = self._select("key, value", _WITHIN, "ORDER BY key LIMIT ?", _key(key), _begin(first) + _LAST, count)
        return [(self._keys.decode(found), self._decode(value)) for found, value in rows]

    def preceding(self, key: K, count: int, *first: object) -> list[tuple[K, V]]:
        """Up to `count` rows under the fields `first` that come before `key`, the nearest first."""
        rows = self._select("key, value", _WITHIN, "ORDER BY key DESC LIMIT ?", _begin(first), _key(key), count)
        return [(self._keys.decode(found), self._decode(value)) for found, value in rows]

    def since(self, last: int) -> list[K]:
        """The keys of rows that were set to another value, or removed, in rounds after `last`; in order."""
        assert self._followed, f"nobody follows {self._name}"
        self.flush()
        rows = self._db.execute(f'SELECT key FROM "{self._name}" WHERE round > ?', (last,)).fetchall()  # noqa: S608
        return self._decoded(sorted(rows))

    def flush(self) -> None:
        """Hand changed rows to the database, those that are as before left out."""
        if self._dirty:
            self._write()
        self._trim()

    def _trim(self) -> None:
        """Drop decoded rows where they are too many."""
        if len(self._cache) > self._cached:
            if self._dirty:
                self._write()
            self._cache.clear()

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._cache.clear()
        self._dirty.clear()

    def _write(self) -> None:
        number, rows, gone = self._shelf.round, [], []
        for key in self._dirty:
            value = self._cache[key]
            if value is not _GONE or self._followed:
                rows.append((_key(key), None if value is _GONE else self._encode(value), number))
            else:
                gone.append((_key(key),))
        self._db.executemany(
            f'INSERT INTO "{self._name}" VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE '  # noqa: S608
            "SET value = excluded.value, round = excluded.round WHERE value IS NOT excluded.value",
            sorted(rows),
        )
        self._db.executemany(f'DELETE FROM "{self._name}" WHERE key = ?', gone)  # noqa: S608
        self._dirty.clear()


_key = msgspec.json.encode  # so that nothing in a text can pass for the border of two fields


def _begin(first: tuple[object, ...]) -> bytes:
    """How the keys begin that begin with these fields."""
    return _key(first)[:-1] + b","
