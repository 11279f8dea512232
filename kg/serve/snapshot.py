"""The newest state of a store that another process may be writing to.

A store opened for reading shows what stood there at that moment, for ever.  Whether more was written since is told
by the names and sizes of its files.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from kg.errors import KgError
from kg.store import Store
from kg.store_files import Sign, sign

_SHARE = 10  # opening anew may take one part in so many of the time
_SHORTEST = 0.2  # seconds that a state is kept at least
_WAIT = 0.3  # seconds that a query waits for a newer state


class Snapshot:
    """One open state of the store at `path`, renewed as it grows old.

    Opening takes long where a writer has much in its log, so it goes on beside the queries, which see the state before.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: Store | None = None
        self._sign: Sign = None
        self._epoch, self._until = 0, 0.0
        self._opening = threading.Lock()
        self._renewal: threading.Thread | None = None

    def newest(self, epoch: int = 0) -> Store:
        """The store as it stands, or stood a moment ago; `epoch` above the last one forbids the latter.

        Raises `KgError` where there is no store to open and none was open.
        """
        if self._store is None or epoch > self._epoch:
            self._epoch = max(epoch, self._epoch)
            return self.again()
        running = self._renewal is not None and self._renewal.is_alive()
        if not running and time.monotonic() >= self._until and self._sign != sign(self._path):
            self._renewal = threading.Thread(target=self.again, daemon=True)
            self._renewal.start()
            self._renewal.join(_WAIT)
        return self._store

    def again(self) -> Store:
        """The store opened anew; the state before where it cannot be opened."""
        with self._opening:
            start, seen = time.monotonic(), sign(self._path)
            try:
                self._store = Store.open(self._path, read_only=True)
                self._sign = seen
            except KgError:
                if self._store is None:
                    raise
            end = time.monotonic()
            self._until = end + max(_SHORTEST, _SHARE * (end - start))
            return self._store
