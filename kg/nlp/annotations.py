"""What the components leave on a spaCy ``Doc``: the contract between them, in tokens instead of characters.

Every component reads what the ones before it wrote and sets one extension:

    component      requires (beside the parse)        sets
    kg_entities    doc._.document                     doc._.mentions
    kg_statements  doc._.mentions                     doc._.attributions
    kg_coref       doc._.mentions, doc._.attributions doc._.clusters, doc._.chains
    kg_times       doc._.document, attributions       doc._.times, Attribution.time
    kg_events      all of the above                   doc._.happenings
    kg_relations   all of the above                   doc._.bonds

Token stretches are half-open ``Stretch(start, end)`` indices into the Doc.  ``kg.extract`` alone turns these
into records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.model import (
    Document,
    EntityKind,
    Geo,
    MentionKind,
    Modality,
    Polarity,
    Quotation,
    RoleName,
    SectionKind,
    Stance,
)


class Stretch(NamedTuple):
    """Tokens [start, end) of a Doc."""

    start: int
    end: int

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and self.start <= index < self.end


@dataclass(slots=True)
class MentionNote:
    """One candidate mention of an actor or place; ``doc._.mentions`` is sorted by (start, -end).

    Mentions may nest: "Russia's Defense Ministry" holds "Russia".  ``head`` is the token index of the syntactic
    head.  ``country`` is the ISO code that the words name or imply ("Russian troops" -> RU).  ``places`` are
    gazetteer candidates, best first.
    """

    stretch: Stretch
    head: int
    form: MentionKind
    kind: EntityKind | None  # None for pronouns whose antecedent will tell
    name: str = ""  # canonical spelling of a name, titles and possessive marks left out; "" unless a name
    country: str = ""
    places: tuple[Geo, ...] = ()
    plural: bool = False
    gender: str = ""  # "m", "f", "n" or "" when unknown
    title: str = ""  # the office or title that stands with a name: "President", "governor"
    metonym: bool = False  # a capital or palace that stands for its government
    known: str = ""  # key in the knowledge file of well-known actors


@dataclass(slots=True)
class Attribution:
    """One statement: who (``source``), the reporting words (``cue``), the reported words (``content``).

    Fragments of one role are disjoint and in text order.  ``source`` is empty where the text names none or where
    it must be taken from elsewhere; then ``speaker`` may still point at the mention that speaks.
    """

    content: list[Stretch]
    cue: list[Stretch] = field(default_factory=list)
    source: list[Stretch] = field(default_factory=list)
    speaker: int | None = None  # index into doc._.mentions
    quotation: Quotation = Quotation.INDIRECT
    stance: Stance = Stance.ASSERTS
    polarity: Polarity = Polarity.AFFIRMED
    medium: str = ""
    addressee: int | None = None  # index into doc._.mentions
    time: TimeNote | None = None  # when it was said: set by kg_times
    vouched: bool = False  # the publisher itself tells the content: "refused to pay", "condemned the strike"
    cue_head: int | None = None  # token that heads the cue: where tense, time and negation of the saying are read


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity, as indices into ``doc._.mentions`` in text order; every mention is in exactly one."""

    mentions: list[int]
    kind: EntityKind
    label: str
    country: str = ""  # ISO code of the country that it is, lies in or serves, as far as the text tells


@dataclass(slots=True)
class TimeNote:
    """A time expression with its resolved value; ISO day, month or year, and bounds for longer stretches.

    An empty stretch marks a value inherited from a governing clause, the saying or the document.
    """

    stretch: Stretch
    value: str = ""
    start: str = ""
    end: str = ""


@dataclass(slots=True)
class QuantityNote:
    """A number and what it counts, as in ``kg.model.Quantity``; ``filler`` is an index into ``doc._.clusters``."""

    stretch: Stretch
    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    counts: str = ""
    role: RoleName | None = None
    filler: int | None = None


@dataclass(slots=True)
class RoleNote:
    """A role filler: an index into ``doc._.clusters`` or, where ``event`` is set, into ``doc._.happenings``."""

    role: RoleName
    filler: int
    stretch: Stretch
    event: bool = False
    basis: str = "argument"


@dataclass(slots=True)
class Happening:
    """One event of the document: its trigger tokens (best first), type, roles, time, polarity and modality."""

    triggers: list[int]
    type: str
    roles: list[RoleNote] = field(default_factory=list)
    time: TimeNote | None = None
    quantities: list[QuantityNote] = field(default_factory=list)
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL


@dataclass(slots=True)
class Bond:
    """A lasting relation between two clusters, or from a cluster to a literal (then ``object`` is None).

    ``start`` and ``end`` are ISO days, months or years; ``started_by`` and ``ended_by`` index ``doc._.happenings``.
    """

    subject: int
    predicate: str  # local name of a kg: property
    evidence: Stretch
    object: int | None = None
    literal: str = ""
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    ended: bool = False
    start: str = ""
    end: str = ""
    started_by: int | None = None
    ended_by: int | None = None


_EXTENSIONS: dict[str, object] = {
    "document": None,
    "mentions": (),
    "attributions": (),
    "clusters": (),
    "chains": (),
    "times": (),
    "happenings": (),
    "bonds": (),
}


def register() -> None:
    """Declare the extensions on ``Doc``; safe to call again."""
    for name, default in _EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


register()


def document_of(doc: Doc) -> Document:
    """The Document record that `doc` was made from."""
    document = doc._.document
    assert isinstance(document, Document)
    return document


def mentions_of(doc: Doc) -> list[MentionNote]:
    """Mentions that kg_entities found, in text order."""
    return list(doc._.mentions)


def attributions_of(doc: Doc) -> list[Attribution]:
    """Attributions that kg_statements found, by first content or cue token."""
    return list(doc._.attributions)


def clusters_of(doc: Doc) -> list[Cluster]:
    """Entity clusters that kg_coref made, by first mention."""
    return list(doc._.clusters)


def chains_of(doc: Doc) -> list[list[Stretch]]:
    """The noun phrases of whatever the text takes up again: things and ideas as well as actors and places."""
    return list(doc._.chains)


def cluster_at(doc: Doc) -> dict[int, int]:
    """Mention index -> cluster index."""
    return {m: c for c, cluster in enumerate(clusters_of(doc)) for m in cluster.mentions}


_SECTIONS = "kg_sections"  # key of the Doc's user data


def sections_of(doc: Doc) -> list[tuple[SectionKind, Stretch]]:
    """Each section of the document with its tokens (white space around it left out); worked out once a document."""
    document = document_of(doc)
    known: tuple[Document, list[tuple[SectionKind, Stretch]]] | None = doc.user_data.get(_SECTIONS)
    if known is None or known[0] is not document:
        known = doc.user_data[_SECTIONS] = document, list(_sections(doc, document))
    return known[1]


def _sections(doc: Doc, document: Document) -> Iterator[tuple[SectionKind, Stretch]]:
    begins = [token.idx for token in doc]
    for section in document.sections:
        start, end = bisect_left(begins, section.span.begin), bisect_left(begins, section.span.end)
        if end > start:
            yield section.kind, Stretch(start, end)


def section_kinds(doc: Doc) -> list[SectionKind | None]:
    """The section kind of every token; ``None`` for tokens outside all sections (blank lines)."""
    kinds: list[SectionKind | None] = [None] * len(doc)
    for kind, stretch in sections_of(doc):
        kinds[stretch.start : stretch.end] = [kind] * (stretch.end - stretch.start)
    return kinds


def subtree(token: Token) -> Stretch:
    """The tokens from the left to the right edge of what `token` heads."""
    return Stretch(token.left_edge.i, token.right_edge.i + 1)
