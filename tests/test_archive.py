"""The archive: documents in and out, always the graph that a fresh build of the same documents would give."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from benchmarks.generate import documents
from kg.archive import Archive, forget, restore
from kg.config import Settings
from kg.errors import KgError
from kg.model import Analysis
from kg.store import Change, Store

SETTINGS = Settings(base="https://example.org/")
ANALYSES = [generated.analysis for generated in documents(24)]


def file_of(analysis: Analysis) -> Path:
    return Path("/reports", f"{analysis.document.id}.txt")


def fill(archive: Archive, analyses: Iterable[Analysis]) -> None:
    for analysis in analyses:
        archive.put(analysis, file_of(analysis))
    assert archive.update() == {}


def fresh(analyses: Iterable[Analysis], settings: Settings = SETTINGS) -> set[ox.Quad]:
    with Archive.memory(settings) as archive:
        fill(archive, analyses)
        return set(archive.store.quads())


def retold(analysis: Analysis, name: str) -> Analysis:
    """The same records as another document's."""
    return msgspec.structs.replace(analysis, document=msgspec.structs.replace(analysis.document, id=name))


@pytest.mark.parametrize("seed", range(3))
def test_any_way_to_the_same_documents_gives_the_same_graph(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    wanted = chance.sample(ANALYSES, 12)
    passing = [analysis for analysis in ANALYSES if analysis not in wanted][:6]
    steps = [("put", a) for a in (*wanted, *passing)]
    chance.shuffle(steps)
    steps += [("remove", a) for a in passing]
    while steps:
        now, steps = steps[:5], steps[5:]
        with Archive.open(tmp_path, SETTINGS) as archive:
            for step, analysis in now:
                if step == "put":
                    archive.put(analysis, file_of(analysis))
                else:
                    archive.remove(analysis.document.id)
                if chance.random() < 0.3:
                    archive.update()
            archive.update()
    with Archive.open(tmp_path, SETTINGS) as archive:
        assert set(archive.store.quads()) == fresh(wanted)
        assert not archive.changed


def test_nothing_is_left_when_all_are_removed() -> None:
    with Archive.memory(SETTINGS) as archive:
        fill(archive, ANALYSES[:6])
        for analysis in ANALYSES[:6]:
            archive.remove(analysis.document.id)
        archive.update()
        assert list(archive.store.quads()) == []
        assert not archive.entries


def test_a_changed_file_replaces_what_it_held() -> None:
    old, new = ANALYSES[0], retold(ANALYSES[1], ANALYSES[1].document.id)
    with Archive.memory(SETTINGS) as archive:
        archive.put(old, Path("report.txt"))
        archive.update()
        archive.put(new, Path("report.txt"))
        archive.update()
        assert list(archive.entries) == [new.document.id]
        assert old.document.id not in archive.analyses


def test_what_is_known_of_a_document_counts_as_the_document() -> None:
    old = ANALYSES[0]
    other = msgspec.structs.replace(old.document, author="somebody else")
    with Archive.memory(SETTINGS) as archive:
        fill(archive, [old])
        assert archive.has(old.document, file_of(old))
        assert not archive.has(other, file_of(old))
        archive.put(msgspec.structs.replace(old, document=other), file_of(old))
        assert archive.has(other, file_of(old))


def test_a_document_stays_while_one_of_its_files_holds_it() -> None:
    old, new = ANALYSES[:2]
    with Archive.memory(SETTINGS) as archive:
        archive.put(old, Path("b.txt"))
        assert archive.has(old.document, Path("a.txt"))
        assert archive.analyses[old.document.id].document.name == "a.txt"
        archive.put(new, Path("a.txt"))
        assert set(archive.entries) == {old.document.id, new.document.id}
        assert archive.analyses[old.document.id].document.name == "b.txt"


@pytest.mark.parametrize("applied", [True, False])
def test_a_crash_between_the_records_and_the_store_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, applied: bool
) -> None:
    with Archive.open(tmp_path, SETTINGS) as archive:
        fill(archive, ANALYSES[:4])

    def failing(self: Store, change: Change) -> None:
        if applied:
            apply(self, change)
        raise KeyboardInterrupt

    apply = Store.apply
    monkeypatch.setattr(Store, "apply", failing)
    with Archive.open(tmp_path, SETTINGS) as archive:
        archive.remove(ANALYSES[0].document.id)
        with pytest.raises(KeyboardInterrupt):
            fill(archive, ANALYSES[4:10])
    monkeypatch.undo()
    with Archive.open(tmp_path, SETTINGS) as archive:
        archive.remove(ANALYSES[9].document.id)
        archive.update()
        assert set(archive.store.quads()) == fresh(ANALYSES[1:9])


def test_other_settings_make_the_graph_anew(tmp_path: Path) -> None:
    with Archive.open(tmp_path, SETTINGS) as archive:
        fill(archive, ANALYSES[:4])
    other = Settings(base="https://example.com/")
    with Archive.open(tmp_path, other) as archive:
        assert archive.outdated == 4
        archive.update()
        assert set(archive.store.quads()) == fresh(ANALYSES[:4], other)


def test_the_folder_knows_its_settings(tmp_path: Path) -> None:
    assert Archive.settings_of(tmp_path) is None
    with pytest.raises(KgError, match="kg build"):
        Archive.standing(tmp_path)
    with Archive.open(tmp_path, SETTINGS) as archive:
        fill(archive, ANALYSES[:1])
    with Archive.standing(tmp_path) as archive:
        assert archive.settings == SETTINGS
        assert archive.outdated == 0


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    with Archive.open(tmp_path, SETTINGS), pytest.raises(KgError, match="another build is writing"):
        Archive.open(tmp_path, SETTINGS)


def test_documents_are_found_by_id_beginning_and_file() -> None:
    with Archive.memory(SETTINGS) as archive:
        fill(archive, ANALYSES[:2])
        name = ANALYSES[0].document.id
        assert archive.find(name) == archive.find(str(file_of(ANALYSES[0]))) == name
        with pytest.raises(KgError, match="kg list"):
            archive.find("nothing like it")
        with pytest.raises(KgError, match="kg list"):
            archive.find("")


def test_a_document_that_breaks_the_shapes_is_taken_out_again() -> None:
    good, bad = ANALYSES[:2]
    event = bad.events[0]
    beyond = msgspec.structs.replace(event.triggers[0], end=10**9)
    broken = msgspec.structs.replace(bad, events=(msgspec.structs.replace(event, triggers=(beyond,)), *bad.events[1:]))
    with Archive.memory(SETTINGS) as archive:
        for analysis in (good, broken):
            archive.put(analysis, file_of(analysis))
        faults = archive.update()
        assert list(faults) == [bad.document.id]
        assert "no stretch of the text" in faults[bad.document.id]
        assert set(archive.store.quads()) == fresh([good])


def test_a_copy_can_be_put_back(tmp_path: Path) -> None:
    folder, copy, back = tmp_path / "out", tmp_path / "copy", tmp_path / "back"
    with Archive.open(folder, SETTINGS) as archive:
        fill(archive, ANALYSES[:3])
        archive.backup(copy)
        with pytest.raises(KgError, match="is there already"):
            archive.backup(copy)
        fill(archive, ANALYSES[3:5])
    restore(copy, back)
    with pytest.raises(KgError, match="holds an archive already"):
        restore(copy, back)
    with pytest.raises(KgError, match="no copy"):
        restore(tmp_path, tmp_path / "other")
    with Archive.standing(back) as archive:
        assert set(archive.store.quads()) == fresh(ANALYSES[:3])
        fill(archive, ANALYSES[3:5])
        archive.compact()
        assert set(archive.store.quads()) == fresh(ANALYSES[:5])
    forget(back)
    assert Archive.settings_of(back) is None
