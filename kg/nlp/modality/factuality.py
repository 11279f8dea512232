"""How an occurrence is told, and the words that change it: the shape of `kg/data/modality.toml`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import msgspec
from spacy.tokens import Token

from kg import lexicon
from kg.model import Modality, Polarity

Effects = dict[str, str]  # a word, or a word with its particle, preposition or tag -> what it does to what it governs


class ModalityWords(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """Small closed classes."""

    negators: frozenset[str]
    negative_subjects: frozenset[str]
    conditions: frozenset[str]
    bounding: frozenset[str]
    singling: frozenset[str]
    denying: frozenset[str]
    imagining: frozenset[str]
    unreal: frozenset[str]
    open: frozenset[str]
    excess: frozenset[str]
    traces: frozenset[str]
    said: frozenset[str]
    refusing: frozenset[str]
    tries: frozenset[str]
    inverted: frozenset[str]
    circumstances: frozenset[str]
    awaited: frozenset[str]
    thinking: frozenset[str]
    drafts: frozenset[str]
    doubts: frozenset[str]
    dropping: frozenset[str]
    failing: frozenset[str]
    causing: frozenset[str]
    fulfilling: frozenset[str]
    resulting: frozenset[str]
    habits: frozenset[str]
    each: frozenset[str]
    whoever: frozenset[str]
    whenever: frozenset[str]
    continuing: frozenset[str]
    lasting: frozenset[str]
    spells: frozenset[str]


class ModalityLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of `kg/data/modality.toml`: words with the effect they have on what they govern."""

    auxiliaries: Effects
    clauses: Effects
    raised: Effects
    objects: Effects
    nouns: Effects
    modifiers: Effects
    prepositions: Effects
    words: ModalityWords


class Factuality(NamedTuple):
    """How an occurrence is told."""

    negated: bool = False
    modality: Modality = Modality.ACTUAL

    @property
    def polarity(self) -> Polarity:
        """The polarity as the records have it."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def under(self, effect: str) -> Factuality:
        """What this becomes under a word with `effect`."""
        if effect == "negates":
            return Factuality(not self.negated, self.modality)
        if effect == "unlikely":
            return Factuality(not self.negated, weaker(self.modality, Modality.POSSIBLE))
        return Factuality(self.negated, weaker(self.modality, _EFFECTS.get(effect, Modality.ACTUAL)))

    def within(self, outer: Factuality) -> Factuality:
        """What this becomes where its truth hangs on that of `outer` ("did not manage to", "may begin to")."""
        return Factuality(self.negated != outer.negated, weaker(self.modality, outer.modality))


_EFFECTS = {
    "possible": Modality.POSSIBLE,
    "future": Modality.FUTURE,
    "conditional": Modality.CONDITIONAL,
    "generic": Modality.GENERIC,
}
_STRENGTH = [Modality.ACTUAL, Modality.GENERIC, Modality.FUTURE, Modality.POSSIBLE, Modality.CONDITIONAL]


def weaker(left: Modality, right: Modality) -> Modality:
    """The less certain of two modalities."""
    return max(left, right, key=_STRENGTH.index)


@cache
def modality_lexicon() -> ModalityLexicon:
    """Words that change how an occurrence is told."""
    return lexicon.load("modality", ModalityLexicon)


def effect_of(effects: Effects, word: Token, *links: str) -> str:
    """What `word` does to what it governs, "" when not listed.

    Looked up with its particle ("rule out") or one of `links`, a preposition or conjunction ("stop from"), then with
    its tag ("have/VBD"; an adjective has that of its verb), then alone; an adverb first with its verb ("come close").
    """
    lemma = word.lemma_.lower()
    particles = [child.lower_ for child in word.children if child.dep_ == "prt"]
    verb = word.head
    tag = verb.tag_ if word.pos_ == "ADJ" else word.tag_
    phrases = [f"{lemma} {link}" for link in (*particles, *links)]
    if word.pos_ in ("ADJ", "ADV"):
        phrases.insert(0, f"{verb.lemma_.lower()} {lemma}")
    keys = (*phrases, f"{lemma}/{tag}", lemma)
    return next((effects[key] for key in keys if key in effects), "")
