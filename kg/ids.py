"""IRIs and ids, minted from content alone: no clock, no counter, no random number."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.errors import InvalidIri

KG = "https://w3id.org/newskg#"
KGT = "https://w3id.org/newskg/type#"
DEFAULT_BASE = "https://w3id.org/newskg/data/"

# RFC 3987 excludes these from IRIs; control characters are tested apart.
_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")


# Letters that Unicode does not take apart into a base and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})


def fold(text: str) -> str:
    """Lower-case ASCII skeleton of `text` for comparing names: accents, quotes and dashes dropped."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", bare.replace("'", "").replace("’", "")).split())


def slug(text: str, limit: int = 60) -> str:
    """`text` as a readable IRI segment of [a-z0-9-]; "x" plus a hash where nothing readable is left."""
    ascii_only = fold(text).encode("ascii", "ignore").decode()
    cut = "-".join(ascii_only.replace("_", " ").split())[:limit].strip("-")
    return cut or "x" + digest(text, 8)


def digest(text: str, length: int = 12) -> str:
    """The first `length` hex digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def document_id(text: str, publisher: str, date: str, url: str) -> str:
    """Id of an article: the same words from the same outlet, day and address are the same article."""
    mark = digest("\x1f".join((text, publisher, date, url)), 10)
    return "-".join(part for part in (slug(publisher, 30) if publisher else "", date, mark) if part)


def check_iri(iri: str) -> str:
    """Return `iri` if it is an absolute IRI without forbidden characters, else raise `InvalidIri`."""
    if not _SCHEME.match(iri) or _FORBIDDEN.search(iri):
        raise InvalidIri(f"not a valid absolute IRI: {iri!r}")
    return iri


class Minter:
    """Mints every IRI of a graph under one base, which must end in "/" or "#"."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not base.endswith(("/", "#")):
            raise InvalidIri(f"the base IRI must end in '/' or '#': {base!r}")
        self.base = check_iri(base)

    def document(self, document_id: str) -> str:
        """IRI of a document."""
        return check_iri(f"{self.base}doc/{document_id}")

    def graph(self, document_id: str, name: str) -> str:
        """IRI of a document's named graph: narrative, claims or source."""
        return f"{self.document(document_id)}/{name}"

    def identity_graph(self) -> str:
        """IRI of the graph of decisions across documents."""
        return f"{self.base}identity"

    def span(self, document_id: str, begin: int, end: int) -> str:
        """RFC 5147 fragment IRI of characters [begin, end) of a document."""
        return f"{self.document(document_id)}#char={begin},{end}"

    def record(self, document_id: str, record_id: str) -> str:
        """IRI of a record of one document: an event, statement, relation or quantity."""
        return check_iri(f"{self.document(document_id)}/{record_id}")

    def canonical(self, key: str) -> str:
        """IRI of a resource shared by documents, from its identity key such as "person/ada-lovelace"."""
        return check_iri(self.base + key)

    def pair(self, kind: str, left: str, right: str) -> str:
        """IRI of a judgement or comparison over two IRIs; the order of the two does not matter."""
        first, second = sorted((left, right))
        return f"{self.base}{kind}/{digest(first + ' ' + second, 16)}"
