"""The shelf: tables that outlive their process, change in rounds, and hold nothing that was not committed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Ref
from kg.shelf import Shelf, Table

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


def refs(shelf: Shelf) -> Table[Ref, str]:
    return shelf.table("refs", Ref, str, followed=True)


@given(st.dictionaries(st.tuples(TEXT, TEXT), TEXT, max_size=20))
def test_whatever_is_put_in_comes_out(rows: dict[tuple[str, str], str]) -> None:
    with Shelf() as shelf:
        table = shelf.table("any", tuple[str, str], str)
        table.update(rows)
        shelf.flush()
        table.forget()
        assert dict(table.items()) == rows
        assert len(table) == len(rows)
        for first in {key[0] for key in rows}:
            assert sorted(table.under(first)) == sorted(key for key in rows if key[0] == first)


def test_what_was_committed_stays_and_the_rest_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Shelf(path) as shelf:
        refs(shelf)[Ref("a", "1")] = "kept"
        shelf.commit()
        refs(shelf)[Ref("a", "2")] = "dropped"
        shelf.flush()
    with Shelf(path) as shelf:
        assert dict(refs(shelf).items()) == {Ref("a", "1"): "kept"}


def test_a_reader_is_told_what_changed_and_what_went() -> None:
    with Shelf() as shelf:
        table = refs(shelf)
        table.update({Ref("a", name): name for name in "123"})
        assert len(table.since(shelf.catch_up("reader"))) == 3
        table[Ref("a", "1")] = "1"  # as before
        table[Ref("a", "2")] = "other"
        del table[Ref("a", "3")]
        assert table.since(shelf.catch_up("reader")) == [Ref("a", "2"), Ref("a", "3")]
        assert table.since(shelf.catch_up("reader")) == []
        assert Ref("a", "3") not in table
        with pytest.raises(KeyError):
            del table[Ref("a", "3")]


def test_another_process_may_read_and_not_write(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Shelf(path) as shelf:
        refs(shelf)[Ref("a", "1")] = "x"
        shelf.commit()
        with pytest.raises(KgError, match="another build is writing"):
            Shelf(path)
        with Shelf(path, read_only=True) as reader:
            assert dict(refs(reader).items()) == {Ref("a", "1"): "x"}


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_text("no database, though long enough to be taken for the head of one " * 40)
    with pytest.raises(KgError, match="cannot be used"):
        Shelf(path)


def test_starting_anew_keeps_what_is_named() -> None:
    with Shelf() as shelf:
        table, other = refs(shelf), shelf.table("other", str, int)
        table[Ref("a", "1")], other["x"] = "y", 1
        shelf.catch_up("reader")
        shelf.restart(keep=("refs",))
        assert (len(table), len(other)) == (1, 0)
        assert table.since(shelf.catch_up("reader")) == [Ref("a", "1")]


def test_compacting_forgets_what_is_gone(tmp_path: Path) -> None:
    with Shelf(tmp_path / "a.db") as shelf:
        table = shelf.table("texts", str, str)
        table.update({str(n): "x" * 10_000 for n in range(100)})
        shelf.commit()
        for n in range(99):
            del table[str(n)]
        shelf.compact()
        shelf.commit()
        assert list(table) == ["99"]
    assert (tmp_path / "a.db").stat().st_size < 100_000  # of a million
