"""A user's own knowledge base: who and what there is, under which names and identifiers, from a CSV or RDF file.

A record is linked to an entry that bears its name, whatever the spelling, accents, case, order of words, middle names
and legal form; where two entries do and the country does not tell which, it is linked to neither.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax import SAXException

import msgspec
from rdflib import OWL, RDFS, SKOS, Graph, URIRef
from rdflib.exceptions import ParserError

from kg.errors import KnowledgeError
from kg.ids import digest, slug
from kg.model import Entity, EntityKind
from kg.resolve.who.bodies import branch, plain
from kg.resolve.who.persons import difference, filed, parts
from kg.resolve.words import PLACES, gender, skeleton

RDF_FORMS = {".ttl": "turtle", ".nt": "nt", ".n3": "n3", ".rdf": "xml", ".xml": "xml", ".owl": "xml"}
SEPARATORS = "|;"  # between the aliases of a CSV cell

_CORE = "person "
_NEAR = 0.05  # share of letters of a person's name that may differ

_IDENTIFIER = ("id", "identifier", "iri", "uri")
_COLUMNS = ("label", "aliases", *_IDENTIFIER, "kind", "country")


class Entry(msgspec.Struct, frozen=True):
    """One thing of the knowledge base."""

    label: str
    names: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    kind: EntityKind | None = None
    country: str = ""


class Knowledge:
    """The entries of a knowledge base, found by name."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: dict[str, Entry] = {}
        self._named: dict[str, list[tuple[str, str]]] = defaultdict(list)  # shelf -> key and name
        for entry in entries:
            key = f"{slug(entry.label, 40)}-{digest(repr((entry.label, entry.identifiers, entry.country)), 6)}"
            if key not in self._entries:
                self._entries[key] = entry
                for name in entry.names:
                    for shelf in _shelves(name, _sort(entry.kind) if entry.kind else ""):
                        self._named[shelf].append((key, name))

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, key: str) -> Entry:
        """The entry with that key; raises `KeyError`."""
        return self._entries[key]

    def link(self, entity: Entity) -> str:
        """The key of the entry that `entity` is; "" when there is none, or no telling which."""
        if not self._entries or not entity.named:
            return ""
        known = "" if branch(entity.label, entity.known) else entity.known.replace("-", " ")
        for name in (entity.label, known, *(alias for alias in entity.aliases if " " in alias)):
            for shelf in _shelves(name, _sort(entity.kind)) if name else ():
                keys = self._found(shelf, name, entity)
                if len(keys) > 1:
                    keys = {key for key in keys if entity.country and self._entries[key].country == entity.country}
                    return keys.pop() if len(keys) == 1 else ""
                if keys:
                    return keys.pop()
        return ""

    def _found(self, shelf: str, name: str, entity: Entity) -> set[str]:
        return {
            key for key, other in self._named.get(shelf, ()) if self._fits(key, entity) and _close(name, other, shelf)
        }

    def _fits(self, key: str, entity: Entity) -> bool:
        """Whether kind and country allow it: a person is no place, and nobody is of another country."""
        entry = self._entries[key]
        if entry.country and entity.country and entry.country != entity.country:
            return False
        return entry.kind is None or _sort(entry.kind) == _sort(entity.kind)


def _sort(kind: EntityKind) -> str:
    return "person" if kind is EntityKind.PERSON else "place" if kind in PLACES else "body"


def _shelves(name: str, sort: str) -> tuple[str, ...]:
    """Where a name is kept, and in this order looked for: under what all spellings and orders have in common, under a
    body's words that matter, under the core of a person's name.  Without a `sort`, under all.
    """
    found = ["name " + " ".join(sorted(skeleton(name).split()))]
    if sort in ("body", ""):
        found.append(f"body {plain(name)}")
    if sort in ("person", ""):
        found.append(f"{_CORE}{filed(skeleton(name))}")
    return tuple(found)


def _close(name: str, other: str, shelf: str) -> bool:
    """Whether names of one shelf are near enough: forms of a person's name may yet be two persons'."""
    if not shelf.startswith(_CORE):
        return True
    left, right = skeleton(name), skeleton(other)
    one, two = parts(left), parts(right)
    if len(one.core) != len(two.core) or len(one.core) < 2 or one.suffix != two.suffix:
        return False
    apart = difference(left, right)
    return apart.spelling <= _NEAR and not apart.clash and {gender(left), gender(right)} != {"m", "f"}


def load(path: Path) -> Knowledge:
    """The knowledge base of a file; raises `KnowledgeError` naming the file, the place in it and the mend."""
    form = RDF_FORMS.get(path.suffix.lower())
    if form is None and path.suffix.lower() != ".csv":
        raise KnowledgeError(f"{path}: neither CSV nor RDF: use one of .csv, {', '.join(RDF_FORMS)}")
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot read the knowledge base: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    return Knowledge(_triples(path, content, form) if form else _rows(path, content))


def _rows(path: Path, content: str) -> Iterator[Entry]:
    reader = csv.DictReader(io.StringIO(content, newline=""), strict=True)
    try:
        columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        if "label" not in columns:
            raise KnowledgeError(f"{path}: line 1 has no column 'label': name the columns, of {', '.join(_COLUMNS)}")
        reader.fieldnames = columns
        for row in reader:
            yield from _row(path, reader.line_num, {name: (row.get(name) or "").strip() for name in _COLUMNS})
    except csv.Error as error:
        raise KnowledgeError(f"{path}: line {reader.line_num}: {error}: mend the quotes") from error


def _row(path: Path, line: int, row: dict[str, str]) -> Iterator[Entry]:
    if not any(row.values()):
        return
    if not row["label"]:
        raise KnowledgeError(f"{path}: line {line} has no label: give one or remove the line")
    kinds = {kind.value.lower(): kind for kind in EntityKind}
    if row["kind"] and row["kind"].lower() not in kinds:
        raise KnowledgeError(f"{path}: line {line}: unknown kind {row['kind']!r}: use one of {', '.join(EntityKind)}")
    aliases = row["aliases"]
    for separator in SEPARATORS[1:]:
        aliases = aliases.replace(separator, SEPARATORS[0])
    names = (row["label"], *(alias.strip() for alias in aliases.split(SEPARATORS[0])))
    yield Entry(
        label=row["label"],
        names=tuple(dict.fromkeys(name for name in names if name)),
        identifiers=tuple(dict.fromkeys(row[name] for name in _IDENTIFIER if row[name])),
        kind=kinds.get(row["kind"].lower()),
        country=row["country"].upper(),
    )


def _triples(path: Path, content: str, form: str) -> Iterator[Entry]:
    graph = Graph()
    try:
        graph.parse(data=content, format=form)
    except (SyntaxError, ParserError, SAXException, ValueError) as error:
        raise KnowledgeError(f"{path}: not valid {form}: {' '.join(str(error).split())[:200]}") from error
    for subject in sorted({s for s in graph.subjects() if isinstance(s, URIRef)}):
        labels = sorted({str(o) for p in (SKOS.prefLabel, RDFS.label) for o in graph.objects(subject, p)})
        if labels:
            aliases = sorted({str(o) for o in graph.objects(subject, SKOS.altLabel)})
            same = sorted({str(o) for p in (OWL.sameAs, SKOS.exactMatch) for o in graph.objects(subject, p)})
            names = tuple(dict.fromkeys((*labels, *aliases)))
            yield Entry(labels[0], names, tuple(dict.fromkeys((str(subject), *same))))
