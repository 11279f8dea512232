from __future__ import annotations

from pathlib import Path

from kg.config import Settings
from kg.journal import Journal
from kg.model import Analysis, Document


def document(name: str = "a.txt", title: str = "") -> Document:
    return Document(id="d1", text="Words.", sections=(), name=name, title=title)


def test_what_was_finished_is_found_again_under_any_file_name(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, Settings()) as journal:
        assert journal.get(document()) is None
        journal.add(Analysis(document=document()))
    with Journal(path, Settings()) as journal:
        again = journal.get(document("b.txt"))
        assert again is not None
        assert again.document.name == "b.txt"
        assert journal.get(document(title="changed")) is None


def test_a_torn_last_line_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, Settings()) as journal:
        journal.add(Analysis(document=document()))
    path.write_bytes(path.read_bytes() + b'{"document": {"id"')
    with Journal(path, Settings()) as journal:
        assert journal.get(document()) is not None
    assert path.read_bytes().endswith(b"\n")


def test_other_settings_start_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, Settings()) as journal:
        journal.add(Analysis(document=document()))
    with Journal(path, Settings(base="https://example.org/")) as journal:
        assert journal.get(document()) is None
