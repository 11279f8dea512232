"""The README shows what its commands really print, and every command in it exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from docs.readme import README, filled
from kg.cli import app

TEXT = README.read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"(?:^    |`)(kg [^`\n#]+)", TEXT, re.MULTILINE)))


def test_the_output_shown_is_the_output_printed(tmp_path: Path) -> None:
    assert filled(TEXT, tmp_path) == TEXT, "run: python -m docs.readme"


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_exists(line: str) -> None:
    words = shlex.split(line)
    commands = getattr(get_command(app), "commands")  # noqa: B009 - a Group, typed as a Command
    assert words[1] in commands
    known = {name for parameter in commands[words[1]].params for name in parameter.opts}
    options = {word for word in words[2:] if word.startswith("-")}
    if words[1] != "query":  # whose parameters are the questions' own
        assert options <= known


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", TEXT))
def test_every_link_leads_somewhere(target: str) -> None:
    assert target.startswith("https://") or (README.parent / target).exists()
