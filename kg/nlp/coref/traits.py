"""What one noun phrase is, as far as coreference cares: every trait is a word, so that weights can be read."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.model import MentionKind
from kg.nlp.coref.phrases import Phrase
from kg.nlp.coref.view import View, pronoun_classes

_ROLES = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "dative": "object",
    "pobj": "oblique",
    "poss": "owner",
    "attr": "attribute",
    "ROOT": "root",
    "appos": "apposition",
    "compound": "modifier",
}
_ENTITIES = {
    "DATE": "time",
    "TIME": "time",
    "MONEY": "number",
    "PERCENT": "number",
    "CARDINAL": "number",
    "QUANTITY": "number",
    "ORDINAL": "number",
}
_FAMILIES = {
    "he": "third",
    "she": "third",
    "it": "third",
    "they": "third",
    "i": "speech",
    "we": "speech",
    "you": "speech",
    "this": "pointing",
    "these": "pointing",
    "demonstrative": "described",
    "definite": "described",
    "possessed": "described",
    "indefinite": "new",
    "plural": "new",
    "bare": "new",
    "number": "new",
    "joined": "new",
    "some": "new",
}
_CLAUSES = frozenset(("relcl", "acl"))
_PLURAL_TAGS = frozenset(("NNS", "NNPS"))
_LONG = 4  # content words from which a description is long


class Traits(NamedTuple):
    """The traits of a phrase.  `core` is what it is called without determiner, owner and complements."""

    type: str  # "he", "it", "name", "definite", "possessed", ...
    kind: str  # of entity, or "time", "number", "named", "thing"
    number: str
    gender: str
    role: str
    noun: str  # lemma of the head
    verb: str  # lemma of what the phrase depends on
    first: str  # first word
    rest: str  # what follows the head
    length: str
    quoted: str
    section: str
    family: str  # of `type`: pronouns of one person, definite descriptions, other descriptions, names
    core: str
    words: tuple[str, ...]  # lemmas of `core` without the head
    owner: str  # who owns it, in small letters
    complement: str  # lemma of the noun behind "of" and the like


def describe(view: View, phrase: Phrase) -> Traits:
    """The traits of `phrase`; what its cluster is already known to be goes into kind and gender."""
    head = view.doc[phrase.head]
    core = [] if phrase.joined else _core(head, phrase)
    kind = "thing" if phrase.joined else _kind(view, phrase, head)
    section = view.sections[phrase.head]
    type_ = _type(view, phrase, head, kind)
    return Traits(
        type=type_,
        kind=kind,
        number=_number(view, phrase, head),
        gender="" if phrase.note is None else view.clusters.profile(phrase.note).gender,
        role=_role(head),
        noun=head.lemma_.lower(),
        verb=head.head.lemma_.lower() if head.head.i != head.i else "",
        first=str(view.doc[phrase.stretch.start].lower_),
        rest=_rest(head),
        length=str(min(len(core), _LONG)),
        quoted=str(phrase.head in view.quote_of),
        section=section.value if section else "",
        family=_FAMILIES.get(type_, type_),
        core=" ".join(token.lower_ for token in core),
        words=tuple(dict.fromkeys(token.lemma_.lower() for token in core if token.i != head.i)),
        owner=next((child.lower_ for child in head.lefts if child.dep_ == "poss"), ""),
        complement=_complement(head),
    )


def _core(head: Token, phrase: Phrase) -> list[Token]:
    """The head and what describes it before: no determiner, owner or mark."""
    if phrase.stretch.start == head.i:
        return [head]
    left = head.doc[phrase.stretch.start : head.i]
    owners = {t.i for child in head.lefts if child.dep_ in ("poss", "det") for t in child.subtree}
    return [t for t in left if t.i not in owners and not t.is_punct and t.dep_ not in ("det", "case")] + [head]


def _type(view: View, phrase: Phrase, head: Token, kind: str) -> str:
    if phrase.joined:
        return "joined"
    note = None if phrase.note is None else view.notes[phrase.note]
    if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$") or (note and note.form == MentionKind.PRONOUN):
        return pronoun_classes().get(head.lower_, "some")
    if (note and note.form == MentionKind.NAME) or head.pos_ == "PROPN":
        return "name"
    if kind in ("time", "number"):
        return kind
    return _determined(view, phrase, head)


def _determined(view: View, phrase: Phrase, head: Token) -> str:
    if any(child.dep_ == "poss" for child in head.lefts):
        return "possessed"
    first = view.doc[phrase.stretch.start].lower_
    if first in pronoun_classes():
        return "demonstrative"
    if first in view.words.definite:
        return "definite"
    if first in view.words.indefinite:
        return "indefinite"
    return "plural" if head.tag_ in _PLURAL_TAGS else "bare"


def _kind(view: View, phrase: Phrase, head: Token) -> str:
    if phrase.note is not None:
        kind = view.clusters.profile(phrase.note).kind
        return kind.value if kind else "open"
    if head.ent_type_ in _ENTITIES:
        return _ENTITIES[head.ent_type_]
    if head.pos_ == "PRON":
        return "open"
    return "named" if head.ent_type_ else "thing"


def _number(view: View, phrase: Phrase, head: Token) -> str:
    if phrase.joined or head.tag_ in _PLURAL_TAGS:
        return "plural"
    if phrase.note is not None and view.notes[phrase.note].plural:
        return "plural"
    return "plural" if head.lower_ in view.words.pronouns.plural else "singular"


def _role(head: Token) -> str:
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    role = _ROLES.get(head.dep_, "other")
    return "topic" if role == "subject" and head.head.dep_ == "ROOT" else role


def _complement(head: Token) -> str:
    for child in head.rights:
        if child.dep_ == "prep":
            return next((str(t.lemma_.lower()) for t in child.rights if t.dep_ in ("pobj", "pcomp")), "")
    return ""


def _rest(head: Token) -> str:
    for child in head.rights:
        if child.dep_ in _CLAUSES:
            return "clause"
        if child.dep_ == "prep":
            return "of" if child.lower_ == "of" else "preposition"
        if child.dep_ == "appos":
            return "apposition"
    return ""
