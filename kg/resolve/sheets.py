"""What a document holds many of, kept in one row and read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import msgspec

from kg.model import Ref
from kg.shelf import Shelf, Table

V = TypeVar("V")

_CACHED = 1_000  # documents


class Sheets(Generic[V]):
    """Values by document and name."""

    def __init__(self, shelf: Shelf, name: str, value: Any) -> None:
        self._rows: Table[str, dict[str, msgspec.Raw]] = shelf.table(
            name, str, dict[str, msgspec.Raw], _CACHED, packed=True
        )
        self._decode = msgspec.msgpack.Decoder(value).decode
        self._encode = msgspec.msgpack.Encoder(order="deterministic").encode

    def put(self, document: str, values: Mapping[str, V]) -> None:
        """Let a document hold these and no others."""
        if values:
            self._rows[document] = {name: msgspec.Raw(self._encode(values[name])) for name in sorted(values)}
        else:
            self._rows.pop(document, None)

    def get(self, ref: Ref) -> V | None:
        """The value that a document holds under a name, if any."""
        found = self._rows.get(ref.document, {}).get(ref.record)
        return None if found is None else self._decode(found)

    def __getitem__(self, ref: Ref) -> V:
        value: V = self._decode(self._rows[ref.document][ref.record])
        return value

    def __contains__(self, ref: Ref) -> bool:
        return ref.record in self._rows.get(ref.document, {})

    def of(self, document: str) -> dict[str, V]:
        """All that a document holds, by name."""
        return {name: self._decode(found) for name, found in self._rows.get(document, {}).items()}
