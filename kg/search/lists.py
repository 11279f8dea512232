"""Lists of what questions are about, in the order of their answers, so that the first of an answer are found first.

An item stands in a list by its rank, and bears tags: (parameter, value) pairs of those who may ask for it.  What an
item says is a line of SPARQL VALUES, made from records, never from what a user typed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

Key: TypeAlias = str | int | None
Term: TypeAlias = ox.NamedNode | ox.Literal | None

SCHEMA = """
CREATE TABLE IF NOT EXISTS item (
    id INTEGER PRIMARY KEY, list TEXT, rank BLOB, line TEXT, first TEXT, last TEXT, owner TEXT);
CREATE INDEX IF NOT EXISTS item_ranked ON item (list, rank);
CREATE INDEX IF NOT EXISTS item_owner ON item (owner);
CREATE TABLE IF NOT EXISTS term (id INTEGER PRIMARY KEY, value TEXT, list TEXT, parameter TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS term_whole ON term (value, list, parameter);
CREATE TABLE IF NOT EXISTS tag (term INTEGER, item INTEGER, PRIMARY KEY (term, item)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tag_item ON tag (item);
CREATE TABLE IF NOT EXISTS worded (entry INTEGER, item INTEGER, PRIMARY KEY (entry, item)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS worded_item ON worded (item)
"""
TABLES = ("item", "term", "tag", "worded")
_FEW = 2_000  # items that are sorted rather than found by running through a list


class Item(NamedTuple):
    """One row of a list: its place, what it says, when it was, who may ask for it, and whose words it holds."""

    list: str
    rank: bytes
    line: str
    first: str | None = None
    last: str | None = None
    tags: tuple[tuple[str, str], ...] = ()
    records: tuple[str, ...] = ()  # IRIs of statements and events


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a list; what stands for one parameter are alternatives."""

    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    phrase: str = ""  # that the words hold, one after the other
    since: str = ""
    until: str = ""


def rank(*keys: Key) -> bytes:
    """Bytes that sort as `kg.query.rows.order` sorts: nothing, then numbers, then text without regard to case."""
    return b"".join(map(_ranked, keys))


def _ranked(key: Key) -> bytes:
    if key is None:
        return b"\0"
    if isinstance(key, int):
        return b"\1" + (key + 2**63).to_bytes(8, "big")
    return b"\2" + key.casefold().encode() + b"\0" + str(ox.Literal(key)).encode() + b"\0"


def line(*terms: Term) -> str:
    """Terms as one line of VALUES, written by pyoxigraph, which escapes what stands in them."""
    return f"({' '.join('UNDEF' if term is None else str(term) for term in terms)})"


class Lists:
    """The lists in one database, whose transactions are its owner's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # -- writing ---------------------------------------------------------------------------------------------------

    def put(self, owner: str, items: Iterable[Item]) -> bool:
        """Put `items` in place of all that `owner` had; their records' words are found where they are indexed.

        Returns whether other lines stand there now.
        """
        before = {line for (line,) in self._db.execute("SELECT line FROM item WHERE owner = ?", (owner,))}
        if before:
            self.drop(owner)
        after = set[str]()
        for item in items:
            after.add(item.line)
            added = self._db.execute(
                "INSERT INTO item VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                (item.list, item.rank, item.line, item.first, item.last, owner),
            )
            number = added.lastrowid or 0
            terms = dict.fromkeys(self._term(value, item.list, parameter) for parameter, value in item.tags)
            self._db.executemany("INSERT INTO tag VALUES (?, ?)", [(term, number) for term in terms])
            self._db.executemany(
                "INSERT OR IGNORE INTO worded SELECT id, ? FROM entry WHERE iri = ? AND kind IN ('statement', 'event')",
                [(number, record) for record in item.records],
            )
        return before != after

    def _term(self, value: str, name: str, parameter: str) -> int:
        whole = (value, name, parameter)
        found = self._db.execute("SELECT id FROM term WHERE value = ? AND list = ? AND parameter = ?", whole).fetchone()
        return (
            int(found[0])
            if found
            else self._db.execute("INSERT INTO term VALUES (NULL, ?, ?, ?)", whole).lastrowid or 0
        )

    def drop(self, owner: str) -> None:
        """Take out all that `owner` had."""
        for (number,) in self._db.execute("SELECT id FROM item WHERE owner = ?", (owner,)).fetchall():
            for table in ("tag", "worded"):
                self._db.execute(f"DELETE FROM {table} WHERE item = ?", (number,))  # noqa: S608 - names of ours
        self._db.execute("DELETE FROM item WHERE owner = ?", (owner,))

    def naming(self, iri: str) -> list[str]:
        """The owners of items that bear a tag of this value, sorted."""
        found = self._db.execute(
            "SELECT DISTINCT owner FROM term JOIN tag ON tag.term = term.id JOIN item ON item.id = tag.item "
            "WHERE term.value = ? ORDER BY owner",
            (iri,),
        )
        return [owner for (owner,) in found]

    # -- asking ----------------------------------------------------------------------------------------------------

    def known(self, name: str, parameter: str, values: Iterable[str]) -> list[int]:
        """The terms that some items of a list are tagged with, of those that a parameter may stand for."""
        sought = "SELECT id FROM term WHERE value = ? AND list = ? AND parameter = ?"
        found = (self._db.execute(sought, (value, name, parameter)).fetchone() for value in values)
        return [int(row[0]) for row in found if row]

    def tagged(self, name: str, parameter: str) -> list[str]:
        """The values that items of a list are tagged with, sorted."""
        found = self._db.execute(
            "SELECT value FROM term WHERE list = ? AND parameter = ? "
            "AND EXISTS (SELECT 1 FROM tag WHERE tag.term = term.id) ORDER BY value",
            (name, parameter),
        )
        return [value for (value,) in found]

    def ordered(self, name: str, wanted: Wanted) -> Iterator[tuple[bytes, str]]:
        """(rank, line) of the items of a list that fit all that is wanted, by their rank, read as they are taken."""
        conditions, values = ["list = ?"], list[object]([name])
        few = False
        for parameter, alternatives in wanted.tags.items():
            terms = self.known(name, parameter, alternatives)
            tagged = f"SELECT item FROM tag WHERE term IN ({','.join(map(str, terms))})"  # noqa: S608 - numbers
            conditions.append(f"id IN ({tagged})")
            few |= self._few(tagged, ())
        if wanted.phrase:
            held = "SELECT item FROM words JOIN worded ON entry = words.rowid WHERE words MATCH ?"
            phrase = "text : " + quoted(wanted.phrase)
            conditions.append(f"id IN ({held})")
            values.append(phrase)
            few |= self._few(held, (phrase,))
        if wanted.since:
            conditions.append("last || '~' >= ?")  # "~" sorts after "-": 2022 lasts until 2022-12-31
            values.append(wanted.since)
        if wanted.until:
            conditions.append("first <= ?")
            values.append(f"{wanted.until}~")
        through = "NOT INDEXED" if few else "INDEXED BY item_ranked"
        text = f"SELECT rank, line FROM item {through} WHERE {' AND '.join(conditions)} ORDER BY rank"  # noqa: S608 - numbers
        yield from self._db.execute(text, values)

    def _few(self, text: str, values: Sequence[object]) -> bool:
        """Whether a query finds so little that sorting it costs less than running through a whole list."""
        counted = f"SELECT count(*) FROM ({text} LIMIT {_FEW})"  # noqa: S608 - of ours
        return int(self._db.execute(counted, values).fetchone()[0]) < _FEW


def quoted(words: str) -> str:
    """`words` as an FTS5 string, in which nothing is an operator."""
    return '"' + words.replace("\0", " ").replace('"', '""') + '"'
