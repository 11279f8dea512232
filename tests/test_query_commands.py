"""`kg query`, `kg ask` and `kg search` as typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from kg.commands import query as query_commands
from kg.query.asking import patterns, understood
from kg.query.question import catalogue
from kg.search import FILE
from kg.store import write_store
from tests.small_graph import small_store
from tests.test_search import small_index

app = typer.Typer()
app.command(context_settings=query_commands.ARGUMENTS)(query_commands.query)
app.command()(query_commands.ask)
app.command()(query_commands.search)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built")
    write_store(path / "store", small_store().quads())
    small_index(path / FILE).close()
    return path


def kg(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_rows_are_streamed_in_every_form(folder: Path, form: str) -> None:
    found = kg("query", "who-said", "--by", "korr", "-o", str(folder), "-f", form, "--limit", "1").stdout
    assert "There were no weapons here" in found
    if form.startswith("json"):
        assert json.loads(found)


def test_a_syntax_error_is_shown_in_its_line(folder: Path) -> None:
    found = kg("query", "SELECT * WHERE {\n ?s ?p }", "-o", str(folder))
    assert found.exit_code == 1
    message, line, caret = found.stderr.splitlines()
    assert "line 2, column" in message
    assert line == "   ?s ?p }"
    assert caret.endswith("^")


def test_an_endless_question_is_stopped(folder: Path) -> None:
    code = (
        "import typer; from kg.commands import query as c; app = typer.Typer()\n"
        "app.command(context_settings=c.ARGUMENTS)(c.query); app()"
    )
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    words = [sys.executable, "-c", code, endless, "-o", str(folder), "--timeout", "0.3"]
    found = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert found.returncode == query_commands.STOPPED
    assert found.stderr.startswith(b"kg: stopped after 0.3 s")


def test_everyday_words_say_what_was_asked(folder: Path) -> None:
    found = kg("ask", "what", "happened", "in", "Oland?", "-o", str(folder), "-f", "csv")
    assert "kg query happened --place 'Oland'" in found.stderr
    assert "Marsh End" in found.stdout
    assert kg("ask", "who", "leads", "Tolvik", "-o", str(folder)).exit_code == 0


def test_what_is_not_understood_lists_what_can_be_asked() -> None:
    assert "who leads {about}" in str(kg("ask", "who", "ate", "it").exception)
    assert "what happened in {place}" in kg("ask").stdout


def test_every_pattern_is_a_question_with_its_parameters() -> None:
    for asking in patterns():
        asked = understood(asking.pattern.replace("{", "").replace("}", ""))
        assert asked is not None
        question = catalogue()[asking.question]
        assert set(asked.parameters) <= {parameter.name for parameter in question.parameters}
        assert asked.question == asking.question


def test_words_are_found(folder: Path) -> None:
    assert "weapons" in kg("search", "weapons", "-o", str(folder)).stdout
    (hit, *_) = map(json.loads, kg("search", "weapons", "-o", str(folder), "-f", "jsonl").stdout.splitlines())
    assert hit["kind"] in ("statement", "event")
    assert "choose one of name" in str(kg("search", "x", "--kind", "y", "-o", str(folder)).exception)
    assert "kg build" in str(kg("search", "x", "-o", str(folder / "absent")).exception)
