"""Word lists as data: typed TOML files in the package, checked when loaded and loaded once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from kg.errors import VocabularyError

T = TypeVar("T")


def load(name: str, shape: type[T]) -> T:
    """The word list `kg/data/<name>.toml` as `shape`, a frozen msgspec Struct.

    Raises `VocabularyError` naming the file and the key when the file does not fit the shape.
    """
    words: T = _load(name, shape)  # type: ignore[arg-type]  # classes are hashable
    return words


@cache
def _load(name: str, shape: type[Any]) -> Any:
    source = files("kg") / "data" / f"{name}.toml"
    try:
        return msgspec.toml.decode(source.read_bytes(), type=shape)
    except FileNotFoundError as error:
        raise VocabularyError(f"{name}.toml: no such word list in the package") from error
    except msgspec.DecodeError as error:
        raise VocabularyError(f"{name}.toml: {error}") from error
