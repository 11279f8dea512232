"""The files of a store that another process may be writing to: opening them whole, and telling whether they changed."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

Sign: TypeAlias = tuple[int, tuple[tuple[str, int], ...]] | None  # the folder, its files and their sizes

_TRIES, _PAUSE = 40, 0.025  # where a writer is in the way
_LOG = ".log"
_ASIDE = ("LOG", "LOCK")  # files that change without any change of what is stored


def read_only_store(path: Path) -> ox.Store:
    """The store as it stood at one moment.  Raises `OSError` where it cannot be opened.

    Opening takes a while, in which a writer may move what it logged into tables and drop the log: the store would
    open without an error and without the log.  So it counts only where no file came or went meanwhile.
    """
    trouble: Exception = OSError("a writer kept changing it while it was being opened")
    for _ in range(_TRIES):
        before = _names(sign(path))
        try:
            store = ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            trouble = error
            if before is None:
                break
        else:
            if _names(sign(path)) == before:
                return store
        time.sleep(_PAUSE)
    raise trouble if isinstance(trouble, OSError) else OSError(str(trouble))


def sign(path: Path) -> Sign:
    """What changes whenever the store does: cheap, for it is looked at before each query; None for no store."""
    try:
        with os.scandir(path) as entries:
            files = sorted((one.name, one.stat().st_size) for one in entries if not one.name.startswith(_ASIDE))
        return (path.stat().st_ino, tuple(files))
    except FileNotFoundError:
        return None


def _names(found: Sign) -> Sign:
    """The part of a sign that writing to the log alone leaves as it is."""
    if found is None:
        return None
    folder, files = found
    return folder, tuple((name, 0 if name.endswith(_LOG) else size) for name, size in files)
