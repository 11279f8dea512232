"""Where the graph of a folder stands: in its store, or on the server that its settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.config import Settings
from kg.shelf import Shelf, Table
from kg.store import Store

if TYPE_CHECKING:
    from kg.remote.store import Remote

RECORDS, STORE = "records.db", "store"


def facts(shelf: Shelf) -> Table[str, str]:
    """What an archive's shelf was made by, and the base of its IRIs."""
    return shelf.table("facts", str, str)


def settings_of(folder: Path) -> Settings | None:
    """The settings that the archive in `folder` was last built with; None where there is none."""
    if not (folder / RECORDS).is_file():
        return None
    with Shelf(folder / RECORDS, read_only=True) as shelf:
        kept = facts(shelf).get("settings")  # none yet where the first build was cut off at once
    return msgspec.json.decode(kept, type=Settings) if kept else None


def standing(folder: Path) -> Store:
    """The graph of the archive in `folder`, to be read.  Raises `KgError` where there is none."""
    settings = settings_of(folder)
    if settings is not None and settings.server:
        return reached(settings)
    return Store.open(folder / STORE, read_only=True)


def reached(settings: Settings) -> Remote:
    """The graphs on the server that the settings name.  Raises `KgError` where none answers."""
    from kg.remote.address import Address  # an HTTP client is loaded by those alone who have a server
    from kg.remote.store import Remote

    address = Address.of(settings.server, settings.update_url, settings.graph_store_url)
    return Remote.reached(address, settings.base)


def moved(before: Settings | None, settings: Settings) -> bool:
    """Whether the graph stands elsewhere than it did, if it did anywhere."""
    return before is None or (before.server, before.base) != (settings.server, settings.base)
