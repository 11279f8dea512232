"""Rulings: what a user has decided about pairs of records, kept in a TOML file and obeyed by every later build."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from kg.errors import RulingError
from kg.model import Decision, Ref

HEAD = "# Decisions taken by hand; `kg identity undo ID` removes one.  Records are named by document and characters.\n"


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two records, with its name for the reader."""

    document: str
    record: str
    name: str = ""

    @property
    def ref(self) -> Ref:
        """The record."""
        return Ref(self.document, self.record)


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two records that are, or are not, one thing because the user says so; `id` is that of the judgement."""

    id: str
    decision: Decision
    left: Side
    right: Side


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ruling: tuple[Ruling, ...] = ()


def load(path: Path) -> tuple[Ruling, ...]:
    """The rulings of a file, by id; none where there is no file.  Raises `RulingError` for a faulty one."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise RulingError(f"{path}: cannot read the rulings: {error.strerror}") from error
    try:
        found = msgspec.toml.decode(content, type=_File).ruling
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise RulingError(f"{path}: {_line(error)}: mend or remove that ruling") from error
    seen: dict[frozenset[Ref], Ruling] = {}
    for number, ruling in enumerate(found, 1):
        pair = frozenset((ruling.left.ref, ruling.right.ref))
        if len(pair) < 2 or ruling.decision is Decision.UNSURE:
            fault = "names one record twice" if len(pair) < 2 else "must decide Same or Different"
            raise RulingError(f"{path}: ruling {number} ({ruling.id}) {fault}: mend or remove it")
        if pair in seen:
            raise RulingError(f"{path}: ruling {number} ({ruling.id}) repeats the pair of {seen[pair].id}: remove one")
        seen[pair] = ruling
    return tuple(sorted(found, key=lambda ruling: (ruling.id, ruling.left.ref, ruling.right.ref)))


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def save(path: Path, rulings: Iterable[Ruling]) -> None:
    """Write the file anew, sorted; never half of it."""
    text = HEAD + "".join(_written(ruling) for ruling in sorted(rulings, key=lambda ruling: ruling.id))
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, "utf-8")
        os.replace(fresh, path)
    except OSError as error:
        raise RulingError(f"{path}: cannot write the rulings: {error.strerror}") from error


def _written(ruling: Ruling) -> str:
    sides = (("left", ruling.left), ("right", ruling.right))
    strings = [(name, *map(_string, (side.document, side.record, side.name))) for name, side in sides]
    lines = ["\n[[ruling]]", f"id = {_string(ruling.id)}", f"decision = {_string(ruling.decision.value)}"]
    lines += [f"{n} = {{ document = {d}, record = {r}, name = {shown} }}" for n, d, r, shown in strings]
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for the delete character, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
