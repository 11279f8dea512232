"""The command line, run as a user runs it: another process, real files, the seed reports."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

SEEDS = Path(__file__).parent.parent / "seeds"
REPORTS = ("dnipro-wire-kharkiv.txt", "volga-courier-kharkiv.txt", "harbour-standard-strike.txt")


def kg(*words: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, words)]
    env = os.environ | {"COLUMNS": "200"} | environment
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env, timeout=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, and one file for every reason to be left out."""
    folder = tmp_path_factory.mktemp("reports")
    for name in REPORTS:
        shutil.copy(SEEDS / name, folder / name)
    shutil.copy(SEEDS / REPORTS[0], folder / "again.txt")
    (folder / "empty.txt").write_text("")
    (folder / "image.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "deutsch.txt").write_text(
        "Die Regierung hat am Montag beschlossen, dass die Steuern im nächsten Jahr nicht erhöht werden. "
        "Der Minister sagte vor Journalisten in Berlin, man habe lange darüber gesprochen und sei sich einig. "
        "Die Opposition kritisierte den Beschluss und forderte eine Debatte im Parlament noch in dieser Woche."
    )
    (folder / "huge.txt").write_text("All of this was said before. " * 20_000)
    return folder


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    output = tmp_path_factory.mktemp("output")
    return output, kg("build", folder, "-o", output)


def test_build_writes_everything_and_counts_every_skip(
    built: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    output, run = built
    assert run.returncode == 0, run.stderr
    assert {p.name for p in output.iterdir()} >= {"graph.trig", "graph.ttl", "graph.html", "store", "summary.json"}
    summary = json.loads((output / "summary.json").read_text())
    assert summary["counts"]["documents"] == 3
    reasons = {skip["file"]: skip["reason"] for skip in summary["skipped"]}
    assert set(reasons) & {"again.txt", REPORTS[0]}
    assert reasons["empty.txt"] == "empty"
    assert reasons["image.txt"] == "binary"
    assert reasons["photo.jpg"] == "unsupported"
    assert reasons["deutsch.txt"] == "language"
    assert reasons["huge.txt"] == "too-long"
    for name, reason in reasons.items():
        assert name in run.stdout
        assert f"skipped, {reason}" in run.stdout
    assert str(output / "graph.html") in run.stdout


def test_the_graph_holds_statements_with_speakers(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    graph = rdflib.Graph().parse(built[0] / "graph.ttl")
    answer = graph.query(
        "PREFIX kg: <https://w3id.org/newskg#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "ASK { ?s a kg:Statement ; kg:speaker/skos:prefLabel ?who FILTER CONTAINS(?who, 'Mabaso') }"
    )
    assert answer.askAnswer


def test_the_same_bytes_in_any_order_and_under_any_hash_seed(
    folder: Path, built: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    output, _ = built
    files = sorted((p for p in folder.iterdir() if p.name in REPORTS), reverse=True)
    run = kg("build", *files, "-o", tmp_path, "--quiet", PYTHONHASHSEED="77")
    assert run.returncode == 0, run.stderr
    assert run.stdout == run.stderr == ""
    for name in ("graph.trig", "graph.ttl", "graph.html"):
        assert (tmp_path / name).read_bytes() == (output / name).read_bytes(), name


def test_a_second_build_adds_what_is_new(folder: Path, tmp_path: Path) -> None:
    one, two = folder / REPORTS[0], folder / REPORTS[1]
    kg("build", one, "-o", tmp_path)
    run = kg("build", two, "-o", tmp_path, "--json")
    assert json.loads(run.stdout)["counts"]["documents"] == 2
    before = (tmp_path / "graph.trig").read_bytes()
    again = kg("build", one, two, "-o", tmp_path)
    assert "already there: 2" in again.stdout
    assert (tmp_path / "graph.trig").read_bytes() == before


def test_named_questions_print_as_table_csv_json_and_turtle(
    built: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    output, _ = built
    table = kg("query", "who-said", "--about", "Izyum", "-o", output)
    assert table.returncode == 0, table.stderr
    assert "Dnipro Wire" in table.stdout
    rows = list(csv.DictReader(io.StringIO(kg("query", "who-said", "-o", output, "-f", "csv").stdout)))
    assert any("Mabaso" in row["speaker"] for row in rows)
    answer = json.loads(kg("query", "documents", "-o", output, "-f", "json").stdout)
    assert len(answer["results"]["bindings"]) == 3
    turtle = kg("query", "CONSTRUCT { ?s ?p ?o } { ?s a kg:Statement ; ?p ?o }", "-o", output, "-f", "turtle")
    assert len(rdflib.Graph().parse(data=turtle.stdout)) > 10


def test_without_a_question_the_named_ones_are_listed() -> None:
    listing = kg("query").stdout
    assert len(re.findall(r"^│ [a-z]", listing, re.MULTILINE)) >= 8


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "jsonld", "graphml", "gexf", "geojson", "csv"])
def test_every_export_is_written(
    built: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path, form: str
) -> None:
    run = kg("export", "--format", form, "--to", tmp_path / "out", "-o", built[0])
    assert run.returncode == 0, run.stderr
    written = [p for p in [tmp_path / "out", *tmp_path.rglob("*")] if p.is_file()]
    assert written
    assert all(path.stat().st_size for path in written)


def test_validate_says_that_the_build_conforms(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    run = kg("validate", "-o", built[0])
    assert run.returncode == 0
    assert "conforms" in run.stdout


def test_validate_explains_a_violation_in_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix kg: <https://w3id.org/newskg#> . <urn:x:e> a kg:Event, kg:ClaimedEvent .")
    run = kg("validate", bad)
    assert run.returncode == 1
    assert "<urn:x:e> is both an event and a claimed event" in run.stdout


def test_show_names_the_page(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    run = kg("show", "--no-browser", "-o", built[0])
    assert Path(run.stdout.strip()).is_file()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["build", "no/such/folder"], "no/such/folder"),
        (["query", "who-sad"], "who-said"),
        (["query", "who-said", "about"], "--name value"),
        (["query", "SELECT * WHERE { ?s ?p }"], "1"),
        (["query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"], "read"),
        (["export", "--format", "docx"], "docx"),
    ],
)
def test_a_mistake_is_one_line_and_a_failing_exit_code(
    built: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path, words: list[str], complaint: str
) -> None:
    output = tmp_path if words[0] == "build" else built[0]
    run = kg(*words, "-o", output)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    first, *shown = run.stderr.strip().splitlines()
    assert first.startswith("kg: ")
    assert all(line.startswith("  ") for line in shown)  # the faulty line, and a caret under the place
    assert complaint in run.stderr


def test_a_folder_without_a_graph_says_what_to_run(tmp_path: Path) -> None:
    for command in (["query", "documents"], ["validate"], ["show"]):
        run = kg(*command, "-o", tmp_path)
        assert run.returncode == 1
        assert "kg build" in run.stderr, command


@pytest.mark.parametrize("command", [[], ["build"], ["query"], ["validate"], ["export"], ["show"]])
def test_help_is_there_for_everything(command: list[str]) -> None:
    run = kg(*command, "--help")
    assert run.returncode == 0
    assert "Usage" in run.stdout
