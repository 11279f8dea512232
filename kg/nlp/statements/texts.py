"""Texts and broadcasts that are quoted as if they spoke ("the report found"), and whoever issued them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import msgspec
from spacy.tokens import Doc, Span, Token

from kg import lexicon
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote
from kg.nlp.statements.lexis import lexis, verb_word
from kg.nlp.statements.sources import agent_of, antecedent, owner_of, source_of, subject_of

_REACH = 400  # tokens over which a text is taken up again
_BODIES = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE)


class OwnerData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text's owner stands beside it."""

    prepositions: str
    of: str
    unnamed: str
    verbs: str
    receiving: str
    showing: str


class ReferenceData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text is taken up again."""

    definite: str
    other: str


class IssuerData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`kg/data/issuers.toml`."""

    classes: dict[str, str]
    owners: OwnerData
    reference: ReferenceData


class _Words:
    """The word lists as sets."""

    def __init__(self, data: IssuerData) -> None:
        self.classes: dict[str, frozenset[str]] = {}
        for name, words in data.classes.items():
            for word in words.split():
                self.classes[word] = self.classes.get(word, frozenset()) | {name}
        self.prepositions = frozenset(data.owners.prepositions.split())
        self.of = frozenset(data.owners.of.split())
        self.unnamed = frozenset(data.owners.unnamed.split())
        self.issuing = frozenset(data.owners.verbs.split())
        self.receiving = frozenset(data.owners.receiving.split())
        self.showing = frozenset(data.owners.showing.split())
        self.definite = frozenset(data.reference.definite.split())
        self.other = frozenset(data.reference.other.split())


@cache
def _words() -> _Words:
    return _Words(lexicon.load("issuers", IssuerData))


def is_text(token: Token) -> bool:
    """Whether a noun names a text or broadcast."""
    noun = token.pos_ == "NOUN" or (token.pos_ == "ADJ" and token.dep_ in ("nsubj", "dobj", "pobj"))  # "a circular"
    return noun and token.lemma_.lower() in _words().classes


def shows(text: Token, verb: Token) -> bool:
    """Whether a recording only shows what `verb` tells, which nobody says."""
    return "recording" in _classes(text) and verb.lemma_.lower() in _words().showing


class Texts:
    """The texts that a Doc speaks of, each with the mention that issued it where the Doc says so."""

    def __init__(self, doc: Doc) -> None:
        self._mentions: list[MentionNote] = list(doc._.mentions)
        self._heads: dict[int, int] = {}
        for index, mention in enumerate(self._mentions):
            self._heads.setdefault(mention.head, index)  # the longest comes first
        self._before: dict[str, list[Token]] = {}
        for token in doc:
            if is_text(token):
                for name in sorted(_classes(token)):
                    self._before.setdefault(name, []).append(token)

    def issuer(self, text: Token) -> int | None:
        """The mention that issued `text`: beside it, or where the text was named before."""
        owner = self.owner(text)
        if owner is not None or not _taken_up(text):
            return owner
        for earlier in self._earlier(text):
            owner = self.owner(earlier)
            if owner is not None or not _definite(earlier):
                return owner  # the nearest that brings one in decides, though it be nobody's
        return None

    def owner(self, text: Token) -> int | None:
        """The mention that issued `text` as its own phrase and clause tell."""
        owned = (self._actor(token, text) for token in _owners(text))
        return next((mention for mention in owned if mention is not None), None)

    def announced(self, sentence: Span) -> int | None:
        """The mention that issues a text in `sentence`, as its subject: "The police issued a statement"."""
        texts = (token for token in sentence if is_text(token) and token.dep_ == "dobj" and _issues(token.head))
        return next((self.owner(text) for text in texts), None)

    def _earlier(self, text: Token) -> list[Token]:
        """Texts named before that `text` may take up, the nearest first."""
        named = {token.i: token for name in _classes(text) for token in self._recent(name, text.i)}
        fits = (token for _, token in sorted(named.items(), reverse=True))
        return [token for token in fits if token.tag_ == text.tag_ and _modifiers(text) <= _modifiers(token)]

    def _recent(self, name: str, before: int) -> list[Token]:
        named = self._before[name]
        first, last = (bisect_left(named, place, key=lambda token: token.i) for place in (before - _REACH, before))
        return named[first:last]

    def _actor(self, owner: Token, text: Token) -> int | None:
        """The mention that `owner` heads, if such a one can have issued `text`."""
        index = self._heads.get(antecedent(owner).i)
        if index is None:
            return None
        mention = self._mentions[index]
        if mention.form is MentionKind.ADJECTIVAL or mention.kind is EntityKind.PLACE:
            return None
        if owner.dep_ in ("compound", "nmod"):
            named = mention.form is MentionKind.NAME and mention.kind in _BODIES
            return index if named and text.lemma_.lower() not in _words().unnamed else None
        near = owner.dep_ == "pobj" and owner.head.lower_ == "from" and mention.kind is EntityKind.GPE
        return None if near and not _classes(text) & {"statement", "letter"} else index  # "a report from Rome"


def _classes(text: Token) -> frozenset[str]:
    return _words().classes[text.lemma_.lower()]


def _owners(text: Token) -> Iterator[Token]:
    """Who may have issued `text`, the surest first."""
    words = _words()
    owner = owner_of(text)
    if owner is not None:
        if owner.tag_ == "PRP$":  # "in its ruling, the court said"
            yield from _present(_author(text))
        yield owner
        return
    for child in text.rights:
        by = child.lower_ in words.prepositions or (child.lower_ == "of" and text.lemma_.lower() in words.of)
        if child.dep_ in ("prep", "agent") and by:
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")
        elif child.dep_ == "acl" and child.tag_ == "VBN" and _issues(child):
            yield from _present(agent_of(child))
        elif child.dep_ == "relcl" and _issues(child):
            yield from _present(subject_of(child))
    yield from (child for child in text.lefts if child.dep_ in ("compound", "nmod"))
    yield from _present(_author(text))


def _present(token: Token | None) -> Iterator[Token]:
    if token is not None:
        yield token


def _author(text: Token) -> Token | None:
    """Who issues the text or says something in it: "X published a study", "X said in a statement"."""
    verb = text.head
    if text.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
        return source_of(verb) if _issues(verb) else None
    foreign = _definite(text) and owner_of(text) is None
    if text.dep_ != "pobj" or verb.lower_ not in lexis().media_prepositions or foreign:
        return None
    said = verb.head
    if verb.dep_ != "prep" or said.pos_ != "VERB":
        return None
    word = verb_word(said)
    speaks = word not in _words().receiving and (word in lexis().clause or word in lexis().verbs)
    return source_of(said) if speaks else None


def _issues(verb: Token) -> bool:
    particles = [f"_{child.lower_}" for child in verb.rights if child.dep_ == "prt"]
    return verb.lemma_.lower() + "".join(particles[:1]) in _words().issuing


def _definite(text: Token) -> bool:
    first = text.left_edge
    return first.lower_ in _words().definite


def _taken_up(text: Token) -> bool:
    """Whether a phrase takes up a text named before: "the report", but not "the second report"."""
    return _definite(text) and not any(child.lower_ in _words().other for child in text.lefts)


def _modifiers(text: Token) -> frozenset[str]:
    """The words that tell which text it is ("the autopsy report"), not those that judge it ("the damning report")."""
    telling = (c for c in text.lefts if c.dep_ in ("compound", "nmod") or (c.dep_ == "amod" and not _judges(c)))
    return frozenset(child.lemma_.lower() for child in telling)


def _judges(adjective: Token) -> bool:
    return "-" in adjective.text or adjective.lower_.endswith(("ing", "ed"))
