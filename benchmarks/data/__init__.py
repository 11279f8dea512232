"""Tables that map the corpora's labels to the vocabulary, and published figures; checked when loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Reference(msgspec.Struct, frozen=True):
    """What a figure is held against."""

    reference: str = ""
    aim: str = ""


class References(msgspec.Struct, frozen=True):
    """Published figures and aims: measure -> figure -> reference."""

    measures: dict[str, dict[str, Reference]]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A corpus' name labels mapped to kinds; `kinds` maps the vocabulary's kinds to the same."""

    labels: dict[str, str]
    kinds: dict[str, str]
    left_out: tuple[str, ...]


class Kairos(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Our event types and stances -> KAIROS type prefixes; KAIROS and our roles -> the roles compared."""

    types: dict[str, tuple[str, ...]]
    statement: tuple[str, ...]
    stances: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]
    ours: dict[str, str]


class Crossre(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Our lasting relations -> the CrossRE types that they may stand for, and those that are no fault either."""

    types: dict[str, tuple[str, ...]]
    also: dict[str, tuple[str, ...]]


class Slices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell kinds of sources apart."""

    pronouns: tuple[str, ...]


@cache
def load(name: str, shape: type[T]) -> T:
    """The table `<name>.toml` of this folder as `shape`; raises ``msgspec.ValidationError`` when it does not fit."""
    return msgspec.toml.decode((Path(__file__).parent / f"{name}.toml").read_bytes(), type=shape)
