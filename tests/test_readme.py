"""The README shows what its commands really print, and every command in it and in the other pages runs."""

from __future__ import annotations

import json
import re
import shlex
import webbrowser
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from docs.readme import README, ROOT, filled
from kg.cli import app

TEXT = README.read_text("utf-8")
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
RUN = (README, ROOT / "docs" / "archive.md", ROOT / "docs" / "identity.md")
COMMAND = re.compile(r"^    (kg .+)", re.MULTILINE)
INLINE = re.compile(r"`(kg [^`\n#]+)`")
UNENDING = ("serve",)  # runs until it is stopped; its own tests start it


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader stands: a folder with seeds/, and what the examples name."""
    path = tmp_path_factory.mktemp("reader")
    (path / "seeds").symlink_to(ROOT / "seeds")
    (path / "my.csv").write_text("label,id,kind\nVolodymyr Zelensky,Q3874550,Person\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    """The README with what its commands print, whose graph is then in the reader's folder."""
    return filled(TEXT, folder / "output")


def test_the_output_shown_is_the_output_printed(printed: str) -> None:
    assert printed == TEXT, "run: python -m docs.readme"


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_every_command_runs(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as a reader would type them, in the folder that the commands before have left."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(webbrowser, "open", lambda _: True)
    for line in COMMAND.findall(page.read_text("utf-8")):
        words = shlex.split(line, comments=True)[1:]
        if words[0] in UNENDING:
            continue
        outcome = CliRunner().invoke(app, [_identifier() if word == "ID" else word for word in words])
        assert outcome.exit_code == 0, f"{line}: {outcome.output} {outcome.exception!r}"
        assert outcome.output or words[0] == "compact", line


def _identifier() -> str:
    """The id of a decision that may be ruled on, which the pages call ID."""
    listed = CliRunner().invoke(app, ["identity", "list", "--limit", "1", "--json"])
    return str(json.loads(listed.stdout)[0]["id"])


@pytest.mark.usefixtures("printed")
def test_the_python_example_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (example,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert "harbour-standard-strike.txt" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    for line in [*COMMAND.findall(text), *INLINE.findall(text)]:
        words = shlex.split(line, comments=True)[1:]
        command = get_command(app)
        while words and (inner := getattr(command, "commands", {}).get(words[0])):
            command = inner
            del words[0]
        assert not hasattr(command, "commands") or not words, line
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        options = {word.partition("=")[0] for word in words if word.startswith("-")}
        assert command.name == "query" or options <= known, line  # the parameters of a question are its own


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target
