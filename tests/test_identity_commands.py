"""`kg identity` as a user runs it: decisions listed and explained, ruled on, and obeyed by later builds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib

from tests.test_cli import kg

GOVERNOR = (
    "OSLO, 3 May 2031 (Fjord Wire) - Governor Maren Tveit of Norway opened the new bridge in Bergen on Saturday. "
    "“It took nine years,” Tveit said. The Norwegian Health Ministry praised the builders.\n"
)
BRIDGE = (
    "BERGEN, 4 May 2031 (Kyst Daily) - Maren Tveit cut a ribbon in Bergen, and Norway's Health Ministry sent doctors. "
    "Engineers said the bridge was safe.\n"
)
SINGER = (
    "BERGEN, 6 May 2031 (Nordlys Post) - The crowd in Bergen cheered Maren Tveit on Tuesday. "
    "Norway's Ministry of Health closed two clinics, the mayor told reporters.\n"
)
NORWAY = "https://example.org/ministries/no-health"


def build(folder: Path, output: Path, *more: str | Path) -> None:
    run = kg("build", folder, "-o", output, "--profile", "fast", "--quiet", *more)
    assert run.returncode == 0, run.stderr
    assert kg("validate", "-o", output).returncode == 0


def listed(output: Path, *more: str) -> list[dict[str, object]]:
    run = kg("identity", "list", "-o", output, "--json", *more)
    assert run.returncode == 0, run.stderr
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "governor.txt").write_text(GOVERNOR)
    (folder / "bridge.txt").write_text(BRIDGE)
    return folder


@pytest.fixture(scope="module")
def output(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    build(folder, output)
    return output


def test_decisions_are_listed_with_score_names_and_evidence(output: Path) -> None:
    (one,) = listed(output, "--name", "tveit")
    assert one["decision"] == "Same"
    assert 0.9 < float(str(one["score"])) <= 1
    assert "maren" in str(one["evidence"])
    table = kg("identity", "list", "-o", output)
    assert table.returncode == 0
    assert str(one["id"]) in table.stdout
    assert "Maren Tveit" in table.stdout
    assert listed(output, "--decision", "Different") == []
    assert len(listed(output, "--limit", "1")) == 1


def test_the_id_is_that_of_the_judgement_in_the_graph(output: Path) -> None:
    graph = rdflib.Graph().parse(output / "graph.ttl")
    judgements = {
        str(s).rpartition("/")[2] for s in graph.subjects(None, rdflib.URIRef("https://w3id.org/newskg#Judgement"))
    }
    assert {str(one["id"]) for one in listed(output)} <= judgements


def test_a_decision_is_explained_with_both_texts_words(output: Path) -> None:
    (one,) = listed(output, "--name", "tveit")
    run = kg("identity", "explain", str(one["id"])[:10], "-o", output)
    assert run.returncode == 0, run.stderr
    assert "opened the new bridge" in run.stdout
    assert "cut a ribbon" in run.stdout
    assert "because" in run.stdout


def test_a_rejected_pair_stays_apart_with_more_documents_until_it_is_undone(folder: Path, tmp_path: Path) -> None:
    reports, output = tmp_path / "reports", tmp_path / "output"
    reports.mkdir()
    for path in folder.iterdir():
        (reports / path.name).write_bytes(path.read_bytes())
    build(reports, output)
    (one,) = listed(output, "--name", "tveit")
    identifier = str(one["id"])
    run = kg("identity", "reject", identifier, "-o", output)
    assert run.returncode == 0, run.stderr
    assert "kg build" in run.stdout
    (reports / "singer.txt").write_text(SINGER)
    build(reports, output)
    again = next(each for each in listed(output) if each["id"] == identifier)
    assert (again["decision"], again["method"]) == ("Different", "ruling")
    assert keys(again)[0] != keys(again)[1]
    assert kg("identity", "undo", identifier, "-o", output).returncode == 0
    build(reports, output)
    after = next(each for each in listed(output) if each["id"] == identifier)
    assert after["decision"] == "Same"
    assert keys(after)[0] == keys(after)[1]


def test_a_confirmed_decision_is_the_users(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path)
    identifier = str(listed(tmp_path, "--name", "tveit")[0]["id"])
    mine = tmp_path / "mine.toml"
    assert kg("identity", "confirm", identifier, "-o", tmp_path, "--rulings", mine).returncode == 0
    build(folder, tmp_path, "--rulings", mine)
    (again,) = listed(tmp_path, "--name", "tveit")
    assert (again["decision"], again["method"]) == ("Same", "ruling")


def keys(one: dict[str, object]) -> list[str]:
    sides = (one["left"], one["right"])
    return [side["key"] for side in sides if isinstance(side, dict)]


@pytest.mark.parametrize("command", ["explain", "confirm", "reject", "undo"])
def test_an_unknown_id_is_one_line(output: Path, command: str) -> None:
    run = kg("identity", command, "nobody", "-o", output)
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1
    assert "'nobody'" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_folder_without_a_build_says_what_to_run(tmp_path: Path) -> None:
    for words in (["list"], ["explain", "x"], ["confirm", "x"], ["reject", "x"]):
        run = kg("identity", *words, "-o", tmp_path)
        assert run.returncode == 1
        assert "kg build" in run.stderr


@pytest.mark.parametrize("content", ["ruling = 3", "[[ruling]]\nid = 'a'\ndecision = 'Perhaps'", "\x00"])
def test_a_faulty_file_of_rulings_stops_the_build_in_one_line(folder: Path, tmp_path: Path, content: str) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(content)
    run = kg("build", folder, "-o", tmp_path / "output", "--rulings", bad)
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1
    assert str(bad) in run.stderr


def test_the_users_own_knowledge_base_names_and_identifies(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "known.csv"
    table.write_text(f"label,aliases,id,kind\nMaren Tveit (governor),Tveit Maren,{NORWAY},Person\n")
    build(folder, tmp_path / "output", "--knowledge", table)
    graph = rdflib.Graph().parse(tmp_path / "output" / "graph.ttl")
    found = list(graph.subjects(rdflib.SKOS.exactMatch, rdflib.URIRef(NORWAY)))
    assert len(found) == 1
    assert graph.value(found[0], rdflib.SKOS.prefLabel) == rdflib.Literal("Maren Tveit (governor)")
    run = kg("build", folder, "-o", tmp_path / "output", "--knowledge", tmp_path / "none.csv")
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1
    assert "none.csv" in run.stderr


@pytest.mark.parametrize("command", [[], ["list"], ["explain"], ["confirm"], ["reject"], ["undo"]])
def test_help_is_there(command: list[str]) -> None:
    run = kg("identity", *command, "--help")
    assert run.returncode == 0
    assert "Usage" in run.stdout
