"""A query with its prefixes and the values of its variables in it, for servers that take nothing but text."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.guard import bare
from kg.remote.client import Refused
from kg.store import Term

_TEMPLATE = re.compile(r"\bCONSTRUCT\s*$", re.IGNORECASE)
_SELECT = re.compile(r"\s*SELECT\b", re.IGNORECASE)


def whole(text: str, bindings: Mapping[str, Term], prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes that it uses, and with its variables bound to terms as pyoxigraph writes them.

    They are bound where the pattern begins: at the end of a query, they would come too late for what is optional.
    """
    used = {name: iri for name, iri in prefixes.items() if f"{name}:" in text and not _declares(text, name)}
    head = "".join(f"PREFIX {name}: {ox.NamedNode(iri)}\n" for name, iri in used.items())
    return head + (_bound(text, bindings) if bindings else text)


def _declares(text: str, prefix: str) -> bool:
    return re.search(rf"\bPREFIX\s+{re.escape(prefix)}\s*:", text, re.IGNORECASE) is not None


def _bound(text: str, bindings: Mapping[str, Term]) -> str:
    names = " ".join(str(ox.Variable(name)) for name in bindings)
    values = f" VALUES ({names}) {{ ({' '.join(map(str, bindings.values()))}) }} "
    begin, end = _pattern(bare(text))
    inside = text[begin:end]
    if _SELECT.match(bare(inside)):
        inside = f"{{{inside}\n}}"  # a query within takes nothing beside itself
    return text[:begin] + values + inside + text[end:]


def _pattern(text: str) -> tuple[int, int]:
    """Where the pattern of a sound query begins and ends, inside its braces; `text` is bare."""
    depth, begin = 0, -1
    for found in re.finditer(r"[{}()]", text):
        place = found.start()
        if found[0] in "{(":
            if depth == 0 and found[0] == "{" and not _TEMPLATE.search(text, 0, place):
                begin = place + 1
            depth += 1
        else:
            depth -= 1
            if depth == 0 and begin >= 0:
                return begin, place
    raise Refused("a query without a pattern binds nothing")
