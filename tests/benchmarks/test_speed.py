"""The speed measure with stand-ins for both pipelines: what is run, not how fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from benchmarks.measures import speed
from benchmarks.measures.base import Request
from benchmarks.report import markdown
from benchmarks.system import System
from kg import nlp
from kg.config import Profile, Settings
from kg.errors import ModelMissing
from kg.model import Analysis, Document


@pytest.fixture(autouse=True)
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "article.txt"
    path.write_text("The bridge opened on Monday.\n\nThe mayor of Arlen said that it would last.\n")
    monkeypatch.setattr(speed, "seed", lambda: path)
    monkeypatch.setattr(spacy, "load", lambda name: spacy.blank("en"))


def test_every_profile_is_warmed_up_and_then_run(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[tuple[Profile, int]] = []

    def analyse(documents: Iterable[Document], settings: Settings) -> Iterator[Analysis]:
        given = list(documents)
        runs.append((settings.profile, len(given)))
        return (Analysis(document=document) for document in given)

    outcome = speed.MEASURE.measure(System(Settings(profile=Profile.ACCURATE), analyse), Request(limit=3))
    assert runs == [(Profile.FAST, 1), (Profile.ACCURATE, 1), (Profile.FAST, 3), (Profile.ACCURATE, 3)]
    assert [(figure.name, figure.unit) for figure in outcome.figures] == [
        ("bare spaCy pipeline", "words per CPU second"),
        ("fast profile", "words per CPU second"),
        ("accurate profile", "words per CPU second"),
        ("fast to bare CPU time", "ratio"),
        ("accurate to bare CPU time", "ratio"),
        ("event stage to bare CPU time", "percent"),
        ("per article, fast", "CPU seconds"),
        ("per article, accurate", "CPU seconds"),
    ]
    assert all(figure.value >= 0 for figure in outcome.figures)
    assert outcome.figures[2].aim
    assert outcome.documents == 2 * (1 + 3)
    assert outcome.configuration["profile"] == "fast and accurate"
    assert markdown(outcome).startswith("| speed | fast and accurate | bare spaCy pipeline |")


def test_missing_weights_are_the_products_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Profile] = []

    def load_pipeline(settings: Settings) -> Language:
        loaded.append(settings.profile)
        if settings.profile is Profile.ACCURATE:
            raise ModelMissing("weights: missing from the package")
        return blank()

    monkeypatch.setattr(nlp, "load_pipeline", load_pipeline)
    with pytest.raises(ModelMissing, match="missing from the package"):
        speed.MEASURE.measure(System(Settings()), Request(limit=1))
    assert loaded == [Profile.FAST, Profile.ACCURATE]


def test_each_profile_is_loaded_by_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Profile] = []

    def load_pipeline(settings: Settings) -> Language:
        loaded.append(settings.profile)
        return blank()

    monkeypatch.setattr(nlp, "load_pipeline", load_pipeline)
    outcome = speed.MEASURE.measure(System(Settings()), Request(limit=2))
    assert loaded == list(Profile)
    assert all(figure.value > 0 for figure in outcome.figures if figure.unit == "words per CPU second")


def blank() -> Language:
    """A pipeline that finds sentences and nothing in them."""
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return language
