"""Imports point only downward in the order below, so that each room knows only the ones beneath it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"

# From the foundation to the command line; what stands on one line may not import its neighbours.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("ids", "model", "guard", "store_files"),
    ("config", "ontology", "lexicon", "shelf"),
    ("gazetteer",),
    ("read", "nlp"),
    ("extract", "codes"),
    ("resolve",),
    ("graph",),
    ("store",),
    ("remote",),
    ("tally",),
    ("validate",),
    ("network",),
    ("search",),
    ("query",),
    ("assets",),
    ("export", "view"),
    ("fingerprint",),
    ("archive_graph",),
    ("archive",),
    ("opened",),
    ("pipeline",),
    ("output", "decisions"),
    ("serve",),
    ("commands",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a module imports at its top level or inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "kg")


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path: Path) -> None:
    here = room(path)
    assert here in LEVEL, f"{here} has no place in the order of rooms"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "kg" or len(parts) < 2 or parts[1] in (here, "__version__"):
            continue
        assert LEVEL[parts[1]] < LEVEL[here], f"{here} imports {parts[1]}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_past_extraction_knows_spacy(path: Path) -> None:
    if room(path) in ("nlp", "extract", "pipeline"):
        return
    assert not any(name.split(".")[0] == "spacy" for name in imports(path))
