"""Interrupting a build loses nothing: what was finished is kept, and the next run ends where one run would have."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.archive import Archive, Entry
from kg.errors import KgError

TOWNS = ("Odesa", "Lagos", "Lima", "Quito", "Osaka", "Porto", "Bergen", "Split", "Tampa", "Accra", "Hanoi", "Davao")
REPORTS = 48  # three batches
PATIENCE = 120  # seconds

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as Unix has them")


def command(folder: Path, output: Path) -> list[str]:
    return [sys.executable, "-c", "from kg.cli import main; main()", "build", str(folder), "-o", str(output), "-q"]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(REPORTS):
        town = TOWNS[n % len(TOWNS)]
        told = f"Police in {town} arrested {n + 2} people on Friday, the mayor said. “Nobody was hurt,” she added. "
        (folder / f"{n:03}.txt").write_text(f"Arrests in {town}\n\n{told * 4}\n")
    return folder


def kept(output: Path) -> dict[str, Entry]:
    """What the folder holds, as another process sees it."""
    try:
        with Archive.reading_entries(output) as entries:
            return dict(entries.items())
    except KgError:  # not there yet
        return {}


def interrupted(folder: Path, output: Path) -> subprocess.Popen[str]:
    """A build that was sent SIGINT as soon as it had saved a document."""
    run = subprocess.Popen(command(folder, output), stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + PATIENCE
    while not kept(output) and run.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    return run


def test_an_interrupted_build_goes_on_where_it_was(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run = interrupted(reports, output)
    _, message = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130
    assert message == "kg: interrupted; finished documents are kept: run the same command again to go on\n"
    assert not (output / "graph.trig").exists()
    before = kept(output)
    assert 0 < len(before) < REPORTS

    subprocess.run(command(reports, output), check=True, timeout=PATIENCE)
    assert len(kept(output)) == REPORTS
    subprocess.run(command(reports, tmp_path / "whole"), check=True, timeout=PATIENCE)
    for name in ("graph.trig", "graph.ttl", "graph.html", "summary.json"):
        assert (output / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
