from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pyoxigraph as ox
import pytest

from kg import store_files
from kg.errors import KgError
from kg.serve.snapshot import Snapshot
from kg.store import Store, write_store
from kg.store_files import sign


def quad(number: int) -> ox.Quad:
    node = ox.NamedNode(f"https://example.org/{number}")
    return ox.Quad(node, node, node, node)


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        Event().wait(0.05)
    pytest.fail("waited in vain")


def test_the_sign_changes_with_every_write_and_not_by_reading(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as writer:
        writer.add([quad(1)])
        before = sign(tmp_path / "store")
        with Store.open(tmp_path / "store", read_only=True) as reader:
            assert len(reader) == 1
        assert sign(tmp_path / "store") == before
        writer.add([quad(2)])
        assert sign(tmp_path / "store") != before


def test_what_was_written_is_seen_soon_and_at_once_after_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store"
    with Store.open(path) as writer:
        writer.add([quad(1)])
        seen = Snapshot(path)
        first = seen.newest()
        writer.add([quad(2)])
        assert seen.newest() is first  # young enough
        assert len(seen.newest(epoch=1)) == 2
        writer.add([quad(3)])
        monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
        wait_for(lambda: len(seen.newest(epoch=1)) == 3)


def test_a_store_swapped_for_another_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write_store(path, [quad(1)])
    seen = Snapshot(path)
    assert len(seen.newest()) == 1
    write_store(path, [quad(1), quad(2)])
    assert len(seen.again()) == 2


def test_the_last_state_stays_where_the_store_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store"
    write_store(path, [quad(1)])
    monkeypatch.setattr(store_files, "_PAUSE", 0.0)
    seen = Snapshot(path)
    assert len(seen.newest()) == 1
    shutil.rmtree(path)
    assert len(seen.again()) == 1
    with pytest.raises(KgError, match="holds no store"):
        Snapshot(path).newest()
