"""The command line of the benchmarks, with a stand-in measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

import benchmarks.__main__ as command
from benchmarks.corpora import CorpusMissing
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts
from benchmarks.report import f1, show
from benchmarks.system import System
from kg.config import Profile, Settings


def _run(system: System, request: Request, sheet: Sheet) -> None:
    kept = request.take(iter("abc"))
    sheet.figures.append(f1("letters", Counts.matched(3, 4, len(kept))))
    for letter in kept:
        traits = ("vowel",) if letter == "a" else ("consonant",)
        sheet.note("missed", "letter", "alphabet", f"before {letter}\nafter", (7, 8), "a note", traits)


def _missing(system: System, request: Request, sheet: Sheet) -> None:
    raise CorpusMissing("../shared/corpora/made-up is missing")


@pytest.fixture(autouse=True)
def measures(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (Measure("letters", "an alphabet", _run, ("dev", "train")), Measure("gone", "nothing", _missing))
    monkeypatch.setattr(command, "MEASURES", {measure.name: measure for measure in made})


def _call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        command.main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_a_bare_name_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("letters") == 0
    printed = capsys.readouterr().out
    assert "letters: an alphabet, dev" in printed
    assert "85.7" in printed
    assert "words per CPU second" in printed


def test_json_gives_one_line_without_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("letters", "--json", "--limit", "2") == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["figures"] == [
        {
            "name": "letters",
            "value": 57.14,
            "unit": "F1",
            "precision": 50.0,
            "recall": 66.67,
            "gold": 3,
            "predicted": 4,
        }
    ]
    assert "findings" not in outcome
    assert outcome["configuration"]["spacy_model"]
    assert outcome["configuration"]["profile"] == Settings().profile


def test_rows_for_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("letters", "--markdown", "--profile", "fast") == 0
    assert capsys.readouterr().out == "| letters | fast | letters | 85.7 | 75.0 | 100.0 | F1 |  |  |\n"


@pytest.mark.parametrize("profile", list(Profile))
def test_the_profile_asked_for_is_run_and_shown(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = next(p for p in Profile if p != profile)
    settings = tmp_path / "settings.toml"
    settings.write_text(f'profile = "{other}"\n')
    assert _call("letters", "--settings", str(settings)) == 0
    assert f"profile={other}" in capsys.readouterr().out
    assert _call("letters", "--settings", str(settings), "--profile", profile.value) == 0
    assert f"profile={profile}" in capsys.readouterr().out
    assert _call("errors", "letters", "--profile", profile.value) == 0
    assert f"profile={profile}" in capsys.readouterr().out


def test_errors_come_from_train_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("errors", "letters", "--show", "1") == 0
    printed = capsys.readouterr().out
    assert "alphabet: [vowel; a note] before ⟦a⟧ after" in printed
    assert "⟦b⟧" not in printed
    assert "missed letter: 3" in printed
    assert "an alphabet, train" in printed


def test_errors_of_one_kind_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("errors", "letters", "--only", "missed", "--only", "consonant") == 0
    printed = capsys.readouterr().out
    assert "missed letter: 2" in printed
    assert "⟦a⟧" not in printed
    assert _call("errors", "letters", "--json", "--only", "letter", "--only", "vowel") == 0
    assert [json.loads(line)["traits"] for line in capsys.readouterr().out.splitlines()] == [["vowel"]]


def test_a_kind_that_no_error_has_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("errors", "letters", "--only", "mised") == 0
    complaint = capsys.readouterr().err
    assert complaint == "benchmarks: letters: no error is mised; there are: consonant, letter, missed, vowel\n"


def test_details_stand_below_the_other_figures(capsys: pytest.CaptureFixture[str]) -> None:
    made = (f1("a part", Counts(), detail=True), f1("the whole", Counts()))
    outcome = Measure("parts", "", lambda system, request, sheet: sheet.figures.extend(made)).measure(
        System(Settings()), Request()
    )
    show(outcome, Console(width=120))
    printed = capsys.readouterr().out
    assert printed.index("the whole") < printed.index("├") < printed.index("a part")


def test_all_goes_on_past_a_missing_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("all") == 1
    captured = capsys.readouterr()
    assert "letters" in captured.out
    assert captured.err == "benchmarks: gone: ../shared/corpora/made-up is missing\n"


def test_unknown_names_and_parts_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("nosuch") == 1
    assert capsys.readouterr().err == "benchmarks: no measure 'nosuch'; there are: all, letters, gone\n"
    assert _call("gone", "--part", "train") == 1
    assert capsys.readouterr().err == "benchmarks: gone has no part 'train'; it has: dev\n"
