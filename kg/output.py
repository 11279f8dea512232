"""What `kg build` leaves in its folder: the store, the exports, the decisions, the page and a summary.

Every file is written under another name and then moved into place, so a reader never meets half a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from kg import decisions
from kg.export import EXPORTERS
from kg.ids import Minter
from kg.pipeline import Built
from kg.store import write_store
from kg.view import write_page

GRAPH_FORMATS = ("trig", "ttl")


def write(built: Built, folder: Path) -> list[Path]:
    """Write everything under `folder`, made if missing; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    write_store(folder / "store", built.store.quads())
    written = [folder / "store"]
    for form in GRAPH_FORMATS:
        exporter = EXPORTERS[form]
        written += [_placed(folder / f"graph.{form}", partial(exporter.write, built.store))]
    found = decisions.listed(built.identity, built.analyses, Minter(built.settings.base))
    written.append(_placed(folder / decisions.FILE, partial(decisions.write, found)))
    written.append(_placed(folder / "graph.html", lambda path: write_page(built.store, path, built.settings)))
    written.append(_placed(folder / "summary.json", lambda path: path.write_bytes(summary(built))))
    return written


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
