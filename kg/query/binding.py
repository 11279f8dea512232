"""What a user typed for a parameter -> the RDF terms it may stand for, each to be bound to the variable."""

from __future__ import annotations

import datetime as dt
import re
from typing import NoReturn

import pyoxigraph as ox

from kg.errors import InvalidIri, QueryError
from kg.gazetteer import open_gazetteer
from kg.graph.terms import GEONAMES, PREFIXES
from kg.ids import KG, check_iri
from kg.query.names import Names
from kg.query.question import Kind, Parameter
from kg.search import Index
from kg.store import Store, Term

_CALENDAR = {4: "gYear", 7: "gYearMonth", 10: "date"}  # by the length of the ISO form
_INSIDE = "SELECT ?inner ?outer { ?inner kg:locatedIn+ ?outer }"
_ENTRY = "SELECT DISTINCT ?thing ?entry { ?thing skos:exactMatch ?entry }"
WORDS = "_words"  # ends the variable of words in place of a name
_SHOWN = 8  # matches that a note lists


class Binder:
    """Turns values into terms, and notes down how it understood them."""

    def __init__(self, store: Store, index: Index | None = None) -> None:
        self._store = store
        self._names = Names(store, index)
        self.notes: list[str] = []

    def bind(self, parameter: Parameter, value: str) -> tuple[str, list[Term]]:
        """The variable to bind and the terms that `value` may stand for, at least one.

        The variable is the parameter's name, and "_words" where a topic is no name but words of the text.  Raises
        `QueryError` where there is no such thing.
        """
        terms = self._terms(parameter, value)
        if parameter.kind is not Kind.TOPIC or isinstance(terms[0], ox.NamedNode):
            return parameter.name, terms
        return parameter.name + WORDS, terms

    def _terms(self, parameter: Parameter, value: str) -> list[Term]:
        match parameter.kind:
            case Kind.ENTITY:
                return [*self._entities(parameter.name, value)] or self._unknown(value)
            case Kind.PLACE:
                return self._inside(self._entities(parameter.name, value)) or self._unknown(value)
            case Kind.TOPIC:
                return self._inside(self._entities(parameter.name, value)) or self._words(parameter.name, value)
            case Kind.DATE:
                return [_date(parameter.name, value)]
            case Kind.PROPERTY:
                return [_iri(value if ":" in value else KG + value)]
            case Kind.TERM:
                return [_bracketed(value) or ox.Literal(value)]
            case Kind.CHOICE:
                return [ox.Literal(value)]

    def _inside(self, places: list[ox.NamedNode]) -> list[Term]:
        """`places` and all that lie in them, sorted."""
        inner = {row["inner"] for place in places for row in self._store.query(_INSIDE, {"outer": place}, PREFIXES)}
        return sorted({*places, *inner}, key=str)

    def _entities(self, parameter: str, value: str) -> list[ox.NamedNode]:
        given = _bracketed(value) or (_iri(value) if re.match(r"\w+:\S+$", value) else None)
        if given:
            return [given]
        found = self._names.find(value) or self._by_gazetteer(value)
        if found:
            labels = self._names.labels(found[:_SHOWN])
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            self.notes.append(f"{parameter}: {', '.join(labels)}{more}")
        return [ox.NamedNode(iri) for iri in found]

    def _by_gazetteer(self, value: str) -> list[str]:
        """Places that no text calls so: "Kharkiv region" where the graph says "Kharkiv Oblast"."""
        for geo in open_gazetteer().lookup(value):
            entry = ox.NamedNode(f"{GEONAMES}{geo.id}/")
            found = sorted(row["thing"].value for row in self._store.query(_ENTRY, {"entry": entry}, PREFIXES))
            if found:
                return found
        return []

    def _words(self, parameter: str, value: str) -> list[Term]:
        words = re.sub(r"[\W_]+", " ", value.lower()).strip()
        if not words:
            raise QueryError(f"--{parameter} holds no words: {value!r}")
        self.notes.append(f"{parameter}: nothing bears this name; texts that hold the words")
        return [ox.Literal(words)]

    def _unknown(self, value: str) -> NoReturn:
        near = self._names.near(value)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise QueryError(f"no actor or place is called {value!r}{hint}")


def _bracketed(value: str) -> ox.NamedNode | None:
    """The IRI in angle brackets, if `value` is one."""
    return _iri(value[1:-1]) if value.startswith("<") and value.endswith(">") else None


def _iri(value: str) -> ox.NamedNode:
    """An IRI, or a name with one of the project's prefixes."""
    prefix, _, local = value.partition(":")
    try:
        return ox.NamedNode(check_iri(PREFIXES[prefix] + local if prefix in PREFIXES else value))
    except (InvalidIri, ValueError) as error:
        raise QueryError(f"not a valid IRI: {value!r}") from error


def _date(name: str, value: str) -> ox.Literal:
    """An ISO day, month or year as the typed literal that the graph would hold."""
    whole = value + "0000-01-01"[len(value) :]
    try:
        dt.date.fromisoformat(whole)
        return ox.Literal(value, datatype=ox.NamedNode(PREFIXES["xsd"] + _CALENDAR[len(value)]))
    except (ValueError, KeyError) as error:
        raise QueryError(f"--{name} must be a day, month or year such as 2022-09-11; not {value!r}") from error
