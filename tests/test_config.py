from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings, load_settings
from kg.errors import ConfigError, ModelMissing
from kg.nlp import load_pipeline


def test_overrides_win_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "kg.toml"
    file.write_text('base = "https://example.org/a/"\nbatch_size = 4\n')
    settings = load_settings(file, base="https://example.org/b/", batch_size=None)
    assert settings == Settings(base="https://example.org/b/", batch_size=4)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("colour = 1", "colour"), ('batch_size = "many"', "batch_size"), ("= 1", "not valid TOML")],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "kg.toml"
    file.write_text(content)
    with pytest.raises(ConfigError, match=complaint) as caught:
        load_settings(file)
    assert "kg.toml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load_settings(tmp_path / "gone.toml")


def test_a_missing_spacy_pipeline_says_how_to_get_it() -> None:
    with pytest.raises(ModelMissing, match="pip install en-core-web-xx"):
        load_pipeline(Settings(spacy_model="en_core_web_xx"))
