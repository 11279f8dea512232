"""Killed without warning at random moments, an archive goes on from its last complete documents."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.archive import STORE, Archive
from kg.config import Settings
from kg.export import EXPORTERS
from kg.store import Store
from kg.validate import validate

DOCUMENTS, KILLS = 60, 8
SETTINGS = Settings(base="https://example.org/")
PROGRAM = """
import sys
from pathlib import Path
from benchmarks.generate import documents
from kg.archive import STORE, Archive
from kg.config import Settings
with Archive.open(Path(sys.argv[1]), Settings(base="https://example.org/")) as archive:
    for number, generated in enumerate(documents(int(sys.argv[2])), 1):
        path = Path(f"{number}.txt")
        if not archive.has(generated.analysis.document, path):
            archive.put(generated.analysis, path)
        if number % 5 == 0:
            archive.save()
        if number % 10 == 0:
            archive.update()
    archive.update()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as Unix has them")


def started(folder: Path, errors: int | None = None) -> subprocess.Popen[bytes]:
    root = Path(__file__).parent.parent
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder), str(DOCUMENTS)], cwd=root, stderr=errors)


def trig(folder: Path) -> bytes:
    with Archive.open(folder, SETTINGS) as archive:
        EXPORTERS["trig"].write(archive.store, folder / "graph.trig")
    return (folder / "graph.trig").read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """An undisturbed build, and the seconds that it took."""
    folder, begin = tmp_path_factory.mktemp("whole"), time.perf_counter()
    assert started(folder).wait() == 0
    return folder, time.perf_counter() - begin


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own that a build fills up."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_killed_builds_end_where_an_undisturbed_one_does(whole: tuple[Path, float], tmp_path: Path) -> None:
    folder, seconds = whole
    chance, cut = random.Random(7), 0
    for _ in range(KILLS):
        run = started(tmp_path)
        try:
            run.wait(chance.uniform(0.3, 0.8) * seconds)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            cut += 1
    assert cut >= 1
    assert started(tmp_path).wait() == 0
    assert trig(tmp_path) == trig(folder)


def test_a_full_disk_leaves_the_store_whole(whole: tuple[Path, float], small_disk: Path) -> None:
    output = small_disk / "out"
    run = started(output, subprocess.PIPE)
    _, errors = run.communicate()
    assert run.returncode != 0
    assert b"KgError: " in errors.splitlines()[-1]
    with Store.open(output / STORE, read_only=True) as store:
        assert validate(store).conforms
    subprocess.run(["mount", "-o", "remount,size=500m", small_disk], check=True)
    assert started(output).wait() == 0
    assert trig(output) == trig(whole[0])
