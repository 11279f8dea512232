"""The ontology files -> a frozen vocabulary, checked when loaded and loaded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import VocabularyError
from kg.ids import KG, KGT

_PACKAGE = Path(__file__).parent

T = TypeVar("T")


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """What every term of the vocabulary has.

    Names in ``parents`` and the like are local names of `kg:` terms, or CURIEs such as "sem:Event" for terms
    of other vocabularies.
    """

    name: str
    label: str
    comment: str
    parents: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


class Class(Term, frozen=True, kw_only=True):
    """A class; ``members`` are its individuals where it is a closed list of them."""

    members: tuple[str, ...] = ()


class Property(Term, frozen=True, kw_only=True):
    """A property; several names in ``domain`` or ``range`` mean any one of them."""

    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()


class Individual(Term, frozen=True, kw_only=True):
    """A named value, such as `kg:Affirmed`; ``parents`` holds its class."""


class Vocabulary(msgspec.Struct, frozen=True):
    """All terms of kg.ttl by local name, in the order of their names."""

    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    individuals: Mapping[str, Individual]

    def below(self, name: str) -> tuple[str, ...]:
        """The classes or properties under `name`, at any depth, itself left out."""
        terms: Mapping[str, Term] = self.classes if name in self.classes else self.properties
        found = [term.name for term in terms.values() if name in term.parents]
        return tuple(sorted({*found, *(deeper for child in found for deeper in self.below(child))}))


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """A concept of the event type scheme; ``matches`` are CURIEs or IRIs of concepts in other schemes."""

    notation: str
    label: str
    definition: str
    broader: str = ""  # notation of the parent concept, "" at the top
    matches: tuple[str, ...] = ()


def ontology_dir() -> Path:
    """The folder of the ontology files: in the package when installed, beside it in a checkout."""
    for folder in (_PACKAGE / "_ontology", _PACKAGE.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise VocabularyError(f"{_PACKAGE / '_ontology'}: no kg.ttl there; install newskg again")


@cache
def load_vocabulary() -> Vocabulary:
    """The classes, properties and individuals of kg.ttl; raises `VocabularyError` when they do not fit."""
    return parse_vocabulary(ontology_dir() / "kg.ttl")


@cache
def load_event_types() -> Mapping[str, EventType]:
    """The event types of types.ttl by notation; raises `VocabularyError` when they do not fit."""
    return parse_event_types(ontology_dir() / "types.ttl")


def parse_vocabulary(path: Path) -> Vocabulary:
    """As `load_vocabulary`, from the file at `path`."""
    reader = _Reader(path)
    classes = {name: reader.class_(name) for name in reader.names(OWL.Class)}
    properties = {
        name: reader.property(name)
        for kind in (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty)
        for name in reader.names(kind)
    }
    individuals = {
        name: reader.individual(name, group) for group in classes for name in reader.names(URIRef(KG + group))
    }
    reader.check_references({*classes, *properties, *individuals}, (*classes.values(), *properties.values()))
    return Vocabulary(_ordered(classes), _ordered(properties), _ordered(individuals))


def parse_event_types(path: Path) -> Mapping[str, EventType]:
    """As `load_event_types`, from the file at `path`."""
    reader = _Reader(path)
    concepts = sorted(str(concept) for concept in reader.graph.subjects(RDF.type, SKOS.Concept))
    types = {found.notation: found for found in map(reader.event_type, map(URIRef, concepts))}
    for found in types.values():
        if found.broader and found.broader not in types:
            raise VocabularyError(
                f"{path}: {found.notation} has the broader concept {found.broader!r}, which is not defined"
            )
    return _ordered(types)


class _Reader:
    """Reads terms from one Turtle file and names the file in every complaint."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.graph = Graph().parse(path, format="turtle")
        except OSError as error:
            raise VocabularyError(f"{path}: cannot read it: {error.strerror}") from error
        except SyntaxError as error:
            raise VocabularyError(f"{path}: not valid Turtle: {' '.join(str(error).split())}") from error

    def names(self, kind: URIRef) -> list[str]:
        """Local names of the kg: subjects of type `kind`."""
        subjects = (str(subject) for subject in self.graph.subjects(RDF.type, kind))
        return sorted(subject.removeprefix(KG) for subject in subjects if subject.startswith(KG))

    def class_(self, name: str) -> Class:
        """The class `name`."""
        iri = URIRef(KG + name)
        members = self._list(self.graph.value(iri, OWL.oneOf))
        return Class(**self._common(iri, RDFS.subClassOf), members=tuple(members))

    def property(self, name: str) -> Property:
        """The property `name`."""
        iri = URIRef(KG + name)
        return Property(
            **self._common(iri, RDFS.subPropertyOf),
            domain=self._alternatives(iri, RDFS.domain),
            range=self._alternatives(iri, RDFS.range),
        )

    def individual(self, name: str, group: str) -> Individual:
        """The individual `name` of the class `group`."""
        common = self._common(URIRef(KG + name), RDFS.subClassOf)
        return Individual(**{**common, "parents": (group,)})

    def event_type(self, iri: URIRef) -> EventType:
        """The concept `iri`, which must be its notation in the namespace of types."""
        notation = self._text(iri, SKOS.notation)
        if str(iri) != KGT + notation:
            raise VocabularyError(f"{self.path}: the concept <{iri}> must be named {KGT}{notation}")
        matches = (
            self._short(match)
            for relation in (SKOS.exactMatch, SKOS.closeMatch)
            for match in self.graph.objects(iri, relation)
        )
        broader = self.graph.value(iri, SKOS.broader)
        return EventType(
            notation=notation,
            label=self._text(iri, SKOS.prefLabel),
            definition=self._text(iri, SKOS.definition),
            broader=str(broader or "").removeprefix(KGT),
            matches=tuple(sorted(matches)),
        )

    def check_references(self, known: set[str], terms: tuple[Term, ...]) -> None:
        """Every kg: term that another names must be defined."""
        for term in terms:
            named = (*term.parents, *getattr(term, "domain", ()), *getattr(term, "range", ()))
            for name in (*named, *getattr(term, "members", ())):
                if ":" not in name and name not in known:
                    raise VocabularyError(f"{self.path}: kg:{term.name} names kg:{name}, which is not defined")

    def _common(self, iri: URIRef, parent: URIRef) -> dict[str, Any]:
        return {
            "name": str(iri).removeprefix(KG),
            "label": self._text(iri, RDFS.label),
            "comment": self._text(iri, RDFS.comment),
            "parents": self._named(iri, parent),
            "see_also": self._named(iri, RDFS.seeAlso),
        }

    def _text(self, iri: URIRef, prop: URIRef) -> str:
        value = self.graph.value(iri, prop)
        if value is None or not str(value).strip():
            raise VocabularyError(f"{self.path}: <{iri}> lacks {self._short(prop)}; give it one")
        return str(value)

    def _named(self, iri: URIRef, prop: URIRef) -> tuple[str, ...]:
        """The IRIs among the values, shortened; restrictions and the like are for reasoners alone."""
        values = (value for value in self.graph.objects(iri, prop) if isinstance(value, URIRef))
        return tuple(sorted(self._short(value) for value in values))

    def _alternatives(self, iri: URIRef, prop: URIRef) -> tuple[str, ...]:
        value = self.graph.value(iri, prop)
        if value is None:
            return ()
        if isinstance(value, URIRef):
            return (self._short(value),)
        return tuple(self._list(self.graph.value(value, OWL.unionOf)))

    def _list(self, head: Node | None) -> Iterator[str]:
        if head is not None:
            yield from (self._short(item) for item in Collection(self.graph, head))

    def _short(self, term: Node) -> str:
        """A local name for kg: terms, else a CURIE, else the IRI."""
        iri = str(term)
        if iri.startswith(KG):
            return iri.removeprefix(KG)
        return self.graph.namespace_manager.normalizeUri(iri).strip("<>")


def _ordered(terms: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType({name: terms[name] for name in sorted(terms)})
