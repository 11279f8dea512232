"""newskg: news text in, an RDF knowledge graph out, where what happened is kept apart from who says so.

    >>> import kg
    >>> built = kg.build(["seeds/"])              # doctest: +SKIP
    >>> built.ask("who-said", about="Izyum")      # doctest: +SKIP
    >>> graph = kg.open("output/")                # doctest: +SKIP
    >>> graph.frame("happened", place="Izyum")    # doctest: +SKIP

The records are in ``kg.model``, the settings in ``kg.config``, all errors in ``kg.errors``.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings

if TYPE_CHECKING:
    from kg.opened import Graph
    from kg.pipeline import Built

__version__ = version("newskg")
__all__ = ["Settings", "__version__", "build", "open"]


def build(paths: Sequence[Path | str], settings: Settings | None = None) -> Built:
    """Read the files and folders `paths` and build their graph in memory.

    Inputs that cannot be read are left out and listed in ``Built.skipped``; raises ``kg.errors.KgError`` when a
    path does not exist or a setting is wrong.  Importing ``kg`` loads no model: the first build does.
    """
    from kg.pipeline import build as run

    return run(paths, settings)


def open(folder: Path | str = "output") -> Graph:
    """The graph that ``kg build`` left in `folder`, to be asked, drawn and searched; raises ``kg.errors.KgError``."""
    from kg.opened import Graph

    return Graph.open(folder)
