"""Named questions as data: `ontology/queries/<name>.rq`, plain SPARQL under a header that declares it.

The header is TOML in comment lines that begin with ``#:``.  A parameter is the variable of the same name.  Marks are
lines of their own, comments to SPARQL, which reads the file as one question about everything:

- between ``#if NAME`` and ``#end`` stands what counts only where that parameter is given; its variable is bound there,
  by ``#if NAME as VARIABLE`` another one in its place.  ``#bind NAME`` binds it once more, in an inner group;
- ``#any NAME...`` begins what counts where one of these is given, ``#none NAME...`` where none is;
- ``#first``, ``#then``, ``#pages`` and ``#rest`` cut a question into stages: see `kg.query.stages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kg.errors import QueryError, VocabularyError
from kg.ontology import ontology_dir
from kg.store import Term

_MARK = "#:"
_BLOCK = re.compile(
    r"^[ \t]*#(?:if (?P<name>\w+)(?: as (?P<variable>\w+))?|(?P<some>any|none) (?P<names>[\w ]+?))[ \t]*\n"
    r"(?P<lines>.*?)^[ \t]*#end[ \t]*\n",
    re.MULTILINE | re.DOTALL,
)
_BIND = re.compile(r"^[ \t]*#bind (\w+)[ \t]*$", re.MULTILINE)


class Kind(StrEnum):
    """What may be given for a parameter."""

    ENTITY = "entity"  # the name of an actor or place, or an IRI
    PLACE = "place"  # the same, together with the places inside
    TOPIC = "topic"  # as place; where nothing bears the name, words that the text holds
    DATE = "date"  # an ISO day, month or year
    CHOICE = "choice"  # one of a list
    PROPERTY = "property"  # the name of a property: "leads", "kg:leads" or an IRI
    TERM = "term"  # an IRI in angle brackets, or any words


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter of a question; a late one is bound once more after the pages, which may hold more."""

    name: str
    kind: Kind
    help: str
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    late: bool = False


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question, its parameters, and how its answer is shown.

    Rows are sorted by the columns of ``sort`` ("-" before a name reverses it), then by all others.  ``join`` maps
    a column to the one that orders it: rows that differ in such columns alone become one row.  ``details`` are
    columns that a table leaves out.  ``kept`` are the columns of what stands between ``#pages`` and ``#rest``, where
    an index lists that under the question's name: see `kg.search.items`.  ``page`` is how many of these the first page
    holds.
    """

    name: str
    title: str
    description: str = ""
    example: dict[str, str] = {}
    parameters: tuple[Parameter, ...] = ()
    sort: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    page: int = 100
    join: dict[str, str] = {}
    details: tuple[str, ...] = ()
    function: str = ""  # computed in Python: a key of `kg.query.FUNCTIONS`
    sparql: str = ""

    def text(self, bound: Mapping[str, Sequence[Term]]) -> str:
        """The SPARQL to run when the parameters in `bound` stand for these terms, any of them.

        Terms are bound as VALUES in the syntax that the store itself writes terms in; no text of a user's makes
        part of the query.
        """

        def block(found: re.Match[str]) -> str:
            if found["some"]:
                given = any(name in bound for name in found["names"].split())
                return found["lines"] if given == (found["some"] == "any") else ""
            terms = bound.get(found["name"])
            return f"{values(found['variable'] or found['name'], terms)}\n{found['lines']}" if terms else ""

        def again(found: re.Match[str]) -> str:
            return values(found[1], bound[found[1]]) if found[1] in bound else ""

        return _BIND.sub(again, _BLOCK.sub(block, self.sparql))


def values(name: str, terms: Iterable[Term]) -> str:
    """A variable bound to any of these terms, as SPARQL."""
    return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"


def parse(text: str, name: str) -> Question:
    """The question in the text of a file; without a header it has no parameters and its name for a title.

    Raises `VocabularyError` naming the file and the key when the header is wrong.
    """
    marked = [line.removeprefix(_MARK) for line in text.splitlines() if line.startswith(_MARK)]
    header: dict[str, Any] = {"title": name}
    try:
        header |= msgspec.toml.decode("\n".join(marked))
        return msgspec.convert(header | {"name": name, "sparql": text}, Question)
    except msgspec.DecodeError as error:
        raise VocabularyError(f"{name}.rq: the header is wrong: {error}") from error


@cache
def _catalogue(folder: Path) -> Mapping[str, Question]:
    return {path.stem: parse(path.read_text("utf-8"), path.stem) for path in sorted(folder.glob("*.rq"))}


def catalogue() -> Mapping[str, Question]:
    """All named questions by name, sorted."""
    return _catalogue(ontology_dir() / "queries")


def checked(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """`given` with defaults filled in; raises `QueryError` on unknown, missing or impossible values."""
    known = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in known:
            raise QueryError(f"{question.name} has no parameter --{name}; it has: {_options(known) or 'none'}")
    values = {
        parameter.name: _checked(question, parameter, given.get(parameter.name, "").strip())
        for parameter in question.parameters
    }
    return {name: value for name, value in values.items() if value}


def _checked(question: Question, parameter: Parameter, given: str) -> str:
    value = given or parameter.default
    if not value and parameter.required:
        raise QueryError(f"{question.name} needs --{parameter.name}: {parameter.help}")
    if value and parameter.choices and value not in parameter.choices:
        raise QueryError(f"--{parameter.name} must be one of {', '.join(parameter.choices)}; not {value!r}")
    return value


def _options(names: list[str]) -> str:
    return " ".join(f"--{name}" for name in names)
