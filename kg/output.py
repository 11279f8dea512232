"""What `kg build` leaves in its folder beside the archive: the exports, the page and a summary.

Every file is written under another name and then moved into place, so a reader never meets half a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from kg.export import EXPORTERS
from kg.pipeline import Built
from kg.view import write_page

GRAPH_FORMATS, PAGE = ("trig", "ttl"), "graph.html"


def write(built: Built, folder: Path, files: bool = True) -> list[Path]:
    """Write the exports, the page and the summary under `folder`; returns their paths.

    Those that are there and tell of the same graph are left alone.  Without `files`, or for a graph of no document,
    only the summary is written: older exports go, since they would tell of another graph.
    """
    written = []
    wanted = files and bool(built.archive.entries)
    for name, write_file in _files(built).items():
        path = folder / name
        if not wanted:
            path.unlink(missing_ok=True)
        elif built.archive.changed or not path.exists():
            written.append(_placed(path, write_file))
    return [*written, _placed(folder / "summary.json", lambda path: path.write_bytes(summary(built)))]


def _files(built: Built) -> dict[str, Callable[[Path], object]]:
    """By name, how each file is written."""
    exports = {f"graph.{form}": partial(_export, built, form) for form in GRAPH_FORMATS}
    return {**exports, PAGE: lambda path: write_page(built.store, path, built.settings)}


def _export(built: Built, form: str, path: Path) -> None:
    EXPORTERS[form].write(built.store, path)


def summary(built: Built) -> bytes:
    """Counts and skips as JSON: the same build gives the same bytes."""
    skipped = [{"file": path.name, "reason": reason, "message": text} for path, reason, text in built.skipped]
    content = {"counts": built.counts(), "skipped": skipped}
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _placed(path: Path, write: Callable[[Path], object]) -> Path:
    fresh = path.with_name(path.name + ".new")
    write(fresh)
    os.replace(fresh, path)
    return path
