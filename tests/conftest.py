"""Fixtures that several test modules share, and the rule that nothing skips for a missing resource in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from kg.config import Profile, Settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def need(present: bool, what: str) -> None:
    """Skip with a reason where `what` is missing; in CI, where it must be there, fail instead."""
    if not present:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"needs {what}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and the real article, beside the checkout."""
    need(SHARED.is_dir(), "../shared")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> tuple[str, str]:
    """Paths of Chromium and its driver."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    need(bool(browser and driver), "chromium and chromedriver")
    return str(browser), str(driver)


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once."""
    from kg.nlp import load_pipeline

    return load_pipeline(Settings())


@pytest.fixture(scope="session")
def fast() -> Language:
    """The pipeline of the fast profile: statements by rules alone."""
    from kg.nlp import load_pipeline

    return load_pipeline(Settings(profile=Profile.FAST))
