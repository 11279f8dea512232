"""Third-party files: what was fetched can be read, what was not says how to get it, and no other archive is taken."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from kg import assets
from kg.errors import AssetMissing
from tests.conftest import ROOT

NPM = """#!{python}
import shutil, sys
words = sys.argv[1:]
place = words[words.index("--pack-destination") + 1]
shutil.copy({archive!r}, place + "/thing-1.0.0.tgz")
"""


@pytest.fixture
def fetch() -> ModuleType:
    """third_party/fetch.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("fetch", ROOT / "third_party" / "fetch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def registry(tmp_path: Path, fetch: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A client that knows one package, and a manifest that names it; returns where files are to go."""
    source = tmp_path / "source" / "package" / "dist"
    source.mkdir(parents=True)
    (source / "thing.min.js").write_text("var thing")
    archive = tmp_path / "thing.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(source.parent, "package")
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(NPM.format(python=sys.executable, archive=str(archive)))
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(npm.parent))
    monkeypatch.setattr(fetch, "MANIFEST", tmp_path / "packages.toml")
    _name(tmp_path / "packages.toml", fetch._integrity(archive), "dist/thing.min.js")
    return tmp_path / "files"


def _name(manifest: Path, integrity: str, file: str) -> None:
    manifest.write_text(
        f'[packages."@scope/thing"]\nversion = "1.0.0"\nintegrity = {json.dumps(integrity)}\nfiles = ["{file}"]\n'
    )


def test_a_file_lands_under_its_package_and_bare_name(
    registry: Path, fetch: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch.fetch(registry)
    assert (registry / "thing" / "thing.min.js").read_text() == "var thing"
    assert {path.name for path in registry.iterdir()} == {"thing", "manifest.sha256"}
    monkeypatch.setenv("PATH", "")  # the second time asks nobody
    fetch.fetch(registry)


def test_another_archive_than_the_manifest_s_is_refused_and_what_stood_stays(registry: Path, fetch: ModuleType) -> None:
    fetch.fetch(registry)
    _name(fetch.MANIFEST, "sha512-AAAA", "dist/thing.min.js")
    with pytest.raises(fetch.FetchError, match="its hash differs"):
        fetch.fetch(registry)
    assert (registry / "thing" / "thing.min.js").is_file()
    assert not list(registry.parent.glob(f".{registry.name}-*"))


def test_a_file_that_the_package_has_not_is_named(registry: Path, fetch: ModuleType) -> None:
    _name(fetch.MANIFEST, tomllib.loads(fetch.MANIFEST.read_text())["packages"]["@scope/thing"]["integrity"], "no.js")
    with pytest.raises(fetch.FetchError, match=r"no\.js"):
        fetch.fetch(registry)


def test_without_a_client_the_mend_is_named(fetch: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "npm", lambda: None)
    with pytest.raises(fetch.FetchError, match="install Node"):
        fetch.fetch(tmp_path / "files")


def test_the_manifest_names_no_host_and_fixes_every_package(fetch: ModuleType) -> None:
    text = fetch.MANIFEST.read_text()
    assert "://" not in text
    for package in tomllib.loads(text)["packages"].values():
        assert package["integrity"].startswith("sha512-")
        assert package["files"]


def test_a_missing_file_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_FOLDER", tmp_path)
    with pytest.raises(AssetMissing, match=r"third_party/fetch\.py"):
        assets.read("thing/thing.js")
    (tmp_path / "thing").mkdir()
    (tmp_path / "thing" / "thing.js").write_bytes(b"var thing")
    assert assets.read("thing/thing.js") == b"var thing"
    assert assets.there("thing/thing.js")
    assert not assets.there("thing/thing.js", "thing/other.js")


def test_nothing_third_party_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "kg/_third_party"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert listed.stdout == ""
