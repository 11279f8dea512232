"""The archive on the command line: files that change, documents that go, copies that come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import kg

FAST = ("--profile", "fast")
STRIKE = "Dockers strike in Durban\n\nDURBAN, May 3 — Dockers in Durban went on strike on Tuesday, their union said.\n"
QUAKE = "Quake shakes Lima\n\nLIMA, May 4 — An earthquake shook Lima on Wednesday, Mayor Rosa Quispe said.\n"
MENDED = QUAKE.replace("shook Lima", "shook Lima and Callao")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, of which one was mended after a first build."""
    folder, output = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("output")
    for name, text in (("strike.txt", STRIKE), ("quake.txt", QUAKE)):
        (folder / name).write_text(text)
    assert kg("build", folder, "-o", output, *FAST).returncode == 0
    (folder / "quake.txt").write_text(MENDED)
    run = kg("build", folder, "-o", output)
    assert "already there: 1" in run.stdout, run.stderr
    return output


def listed(output: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(kg("list", "-o", output, "--json").stdout)
    return found


def test_a_mended_file_replaces_what_it_gave(output: Path) -> None:
    assert sorted(entry["title"] for entry in listed(output)) == ["Dockers strike in Durban", "Quake shakes Lima"]
    assert "Callao" in (output / "graph.ttl").read_text()
    assert "Quake shakes Lima" in kg("list", "-o", output).stdout


def test_stats_count_what_is_there(output: Path) -> None:
    counts = json.loads(kg("stats", "-o", output, "--json").stdout)
    assert counts["documents"] == 2
    assert counts["triples"] > 100
    assert "documents" in kg("stats", "-o", output).stdout


def test_a_removed_document_leaves_nothing_and_a_copy_brings_it_back(output: Path, tmp_path: Path) -> None:
    before = (output / "graph.trig").read_bytes()
    copy, back = tmp_path / "copy", tmp_path / "back"
    assert kg("backup", copy, "-o", output).returncode == 0
    quake = next(entry["id"] for entry in listed(output) if "Quake" in entry["title"])
    run = kg("remove", quake[:-3], "-o", output)
    assert run.stdout == f"removed {quake}\n"
    assert "Lima" not in (output / "graph.ttl").read_text()
    assert kg("compact", "-o", output).returncode == 0
    assert len(listed(output)) == 1
    assert kg("restore", copy, "-o", back).returncode == 0
    assert (back / "graph.trig").read_bytes() == before


def test_the_files_can_be_left_out_and_the_folder_begun_anew(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "strike.txt").write_text(STRIKE)
    (reports / "quake.txt").write_text(QUAKE)
    output = tmp_path / "output"
    kg("build", reports / "strike.txt", "-o", output, *FAST)
    kg("build", reports / "quake.txt", "-o", output, "--anew", "--no-files", *FAST)
    assert [entry["title"] for entry in listed(output)] == ["Quake shakes Lima"]
    assert not (output / "graph.ttl").exists()
    assert kg("build", "-o", output).returncode == 0  # nothing to add: the files are written
    assert "Lima" in (output / "graph.ttl").read_text()


@pytest.mark.parametrize("words", [("remove", "nothing"), ("list",), ("stats",), ("compact",), ("restore", "nowhere")])
def test_a_folder_without_a_graph_says_so_in_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = kg(*words, "-o", tmp_path)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1, run.stderr
