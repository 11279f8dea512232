"""SPARQL text: what it is, whether it may run, and where it is wrong."""

from __future__ import annotations

import re

from kg.errors import QueryError
from kg.guard import refusal

# One token that hides keywords from a search: an escape, a comment, an IRI, a string, long forms first.
_OPAQUE = re.compile(
    r"""\\. | \#[^\r\n]* | <[^<>"{}|^`\\\x00-\x20]*>
      | '''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
      | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*"
      | [?$@][\w-]+ | [\w.-]*:[\w.:%-]*""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
_QUERIES = frozenset(("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"))
_BEFORE, _WIDTH = 60, 100  # characters of a line that are shown before a fault, and in all
_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)", re.DOTALL)


class SparqlError(QueryError):
    """SPARQL that is none; ``excerpt`` is the faulty line with a caret under the place, "" where it is not known."""

    def __init__(self, message: str, excerpt: str) -> None:
        super().__init__(message)
        self.excerpt = excerpt


def is_sparql(text: str) -> bool:
    """Whether `text` is a query rather than the name of one."""
    return "{" in text or bool(_QUERIES & _words(text))


def check(text: str) -> None:
    """Raise `QueryError` unless `text` only reads, and reads this store alone."""
    words = _words(text) | _words(_ESCAPE.sub(_unescaped, text))  # escapes may spell a keyword, too
    if refused := refusal(text, update=False) or refusal(_ESCAPE.sub(_unescaped, text), update=False):
        raise QueryError(refused)
    updates = sorted(words & _UPDATES)
    if updates and not words & _QUERIES:
        raise QueryError(f"{updates[0]} is refused: questions only read the graph")


def is_ordered(text: str) -> bool:
    """Whether the query orders its answer itself."""
    return "ORDER" in _words(text)


def fault(error: Exception, text: str) -> SparqlError:
    """A parser's error, told in one line and shown in the text."""
    return SparqlError(f"not valid SPARQL: {explain(error, text)}", _excerpt(error, text))


def _excerpt(error: Exception, text: str) -> str:
    found = _PLACE.match(str(error))
    if not found:
        return ""
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines() or [""]
    shown = "".join(c if c.isprintable() else " " for c in lines[min(line, len(lines)) - 1])
    begin = max(0, column - 1 - _BEFORE)
    return f"  {shown[begin : begin + _WIDTH]}\n  {' ' * (column - 1 - begin)}^"


def explain(error: Exception, text: str) -> str:
    """A parser's message as one line: where it is and what stands there."""
    found = _PLACE.match(str(error))
    if not found:
        return " ".join(str(error).split())
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines() or [""]
    rest = lines[min(line, len(lines)) - 1][column - 1 :].strip()[:40]
    reason = "a prefix is not declared" if "Prefix not found" in found[3] else " ".join(found[3].split())
    near = f" at {rest!r}" if rest else " at its end"
    return f"line {line}, column {column}{near}: {reason if len(reason) <= 120 else reason[:119] + '…'}"


def _words(text: str) -> frozenset[str]:
    """The bare words of a query, in upper case."""
    return frozenset(re.findall(r"\w+", _OPAQUE.sub(" ", text).upper()))


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else " "
