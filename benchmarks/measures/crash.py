"""What a build survives: killed at random moments and started again, it ends where one undisturbed run ends.

Kills come at any moment of a run, start-up and writing included; a run that was killed is followed by the next at once.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import documents
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure
from benchmarks.system import System

DOCUMENTS, KILLS = 1_000, 50
FILES = ("graph.trig", "graph.ttl", "graph.html", "summary.json")
_LONGEST = 12.0  # seconds that a run is left alone at most
_SEED = 50


def write_reports(folder: Path, count: int) -> int:
    """Put the texts of `count` generated documents into `folder`; returns the number of their words."""
    folder.mkdir()
    words = 0
    for number, generated in enumerate(documents(count)):
        document = generated.analysis.document
        head = f"{document.publisher}\n{document.date}\n\n"
        (folder / f"{number:05}.txt").write_text(head + document.text, "utf-8")
        words += len(document.text.split())
    return words


def command(reports: Path, output: Path) -> list[str]:
    """A build of everything, by rules alone."""
    program = "from kg.cli import main; main()"
    return [sys.executable, "-c", program, "build", str(reports), "-o", str(output), "-q", "--profile", "fast"]


def killed(reports: Path, output: Path, kills: int) -> tuple[int, bool]:
    """Kill a build `kills` times, then let it finish; how often it was really cut off, and whether it ended well."""
    chance, cut = random.Random(_SEED), 0
    for _ in range(kills):
        run = subprocess.Popen(command(reports, output), stderr=subprocess.DEVNULL)
        try:
            run.wait(chance.uniform(0.2, _LONGEST))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            cut += 1
    return cut, subprocess.run(command(reports, output), check=False).returncode == 0


def differing(one: Path, other: Path, names: Sequence[str] = FILES) -> list[str]:
    """The files that two builds wrote differently."""
    return [name for name in names if (one / name).read_bytes() != (other / name).read_bytes()]


def _run(system: System, request: Request, sheet: Sheet) -> None:
    count = request.limit or DOCUMENTS
    kills = max(1, KILLS * count // DOCUMENTS)
    with tempfile.TemporaryDirectory() as folder:
        reports, whole, broken = (Path(folder, name) for name in ("reports", "whole", "broken"))
        system.tally.words += write_reports(reports, count)
        system.tally.documents += count
        started = time.perf_counter()
        subprocess.run(command(reports, whole), check=True)
        undisturbed = time.perf_counter() - started
        cut, ended = killed(reports, broken, kills)
        wrong = differing(whole, broken) if ended else list(FILES)
    sheet.figures += [
        Figure(name="kills", value=cut, unit="builds cut off"),
        Figure(name="files that differ in the end", value=len(wrong), unit=f"of {len(FILES)}", aim="0"),
        Figure(name="undisturbed build", value=round(undisturbed, 1), unit="seconds"),
    ]


MEASURE = Measure("crash", f"generated documents, {DOCUMENTS:,} unless limited; killed {KILLS} times", _run)
