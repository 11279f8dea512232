"""The cue lexicon: which words report, in which frames, and what they do by it."""

from __future__ import annotations

from functools import cache

import msgspec
from spacy.tokens import Token

from kg import lexicon
from kg.model import Stance


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of a table: blank-separated words under free or fixed keys."""


class VerbData(_Data, frozen=True, kw_only=True):
    """Verbs by the frame that holds the content."""

    clause: str
    infinitive: str
    gerund: str
    object: str
    impersonal: str
    predicate: str
    passive: str
    addressed: str
    quoted: str
    carrier: str
    light: str
    taken_as: str
    controllers: str
    documented: str
    naming: str
    prepositions: dict[str, str]


class NounData(_Data, frozen=True):
    """Nouns that report."""

    clause: str
    infinitive: str
    prepositions: dict[str, str]


class AdjectiveData(_Data, frozen=True):
    """Adjectives that take a clause."""

    copulas: str
    clause: str
    prepositions: dict[str, str]


class ClauseData(_Data, frozen=True):
    """What helps to tell clauses apart."""

    time_marks: str
    questions: str
    times: str
    with_object: str


class PhraseData(_Data, frozen=True):
    """Prepositional cues."""

    owned: str


class NegationData(_Data, frozen=True):
    """What makes a saying one that was not made."""

    words: str
    subjects: str
    harmless: str
    phrases: str
    inner: str
    refusals: str
    untold: str
    information: str
    failing: str
    silent: str


class MediaData(_Data, frozen=True):
    """What carries the words."""

    nouns: str
    prepositions: str
    documents: str


class HearerData(_Data, frozen=True):
    """Who is told, beside the object of the verbs that are `addressed`."""

    bidding: str
    bidding_on: str
    speaking: str
    conversations: str
    carriers: str


class VouchedData(_Data, frozen=True):
    """Cues whose content the publisher itself tells, by what the content is; and those that need no source."""

    acts: str
    attitudes: str
    passives: str
    hearsay: str


class HeadlineData(_Data, frozen=True):
    """Who may stand beside a headline's colon."""

    speakers: str
    labels: str


class CueData(_Data, frozen=True):
    """`kg/data/cues.toml`."""

    verbs: VerbData
    nouns: NounData
    adjectives: AdjectiveData
    clauses: ClauseData
    phrases: PhraseData
    stances: dict[Stance, str]
    negation: NegationData
    media: MediaData
    hearers: HearerData
    headlines: HeadlineData
    vouched: VouchedData


class Lexis:
    """The lexicon with its word lists as sets."""

    def __init__(self, data: CueData) -> None:
        verbs, nouns = data.verbs, data.nouns
        self.clause = _words(verbs.clause)
        self.infinitive = _words(verbs.infinitive)
        self.gerund = _words(verbs.gerund)
        self.object = _words(verbs.object)
        self.impersonal = _words(verbs.impersonal)
        self.predicate = _words(verbs.predicate)
        self.passive = _words(verbs.passive)
        self.addressed = _words(verbs.addressed)
        self.quoted = _words(verbs.quoted) | self.clause
        self.fronted = self.clause | _words(data.phrases.owned) | {"according"}
        self.carrier = _words(verbs.carrier)
        self.acts = _words(data.vouched.acts)
        self.hearsay = _words(data.vouched.hearsay)
        self.attitudes = _words(data.vouched.attitudes)
        self.passives = _words(data.vouched.passives)
        self.controllers = _words(verbs.controllers)
        self.light = _words(verbs.light)
        self.taken_as = _words(verbs.taken_as)
        self.naming = _words(verbs.naming)
        self.documented = _words(verbs.documented)
        self.prepositions = {verb: _words(preps) for verb, preps in verbs.prepositions.items()}
        self.verbs = frozenset(self.prepositions).union(
            self.clause,
            self.infinitive,
            self.gerund,
            self.object,
            self.predicate,
            self.passive,
            self.quoted,
            self.taken_as,
            self.documented,
        )
        self.noun_clause = _words(nouns.clause)
        self.noun_infinitive = _words(nouns.infinitive)
        self.noun_prepositions = {noun: _words(preps) for noun, preps in nouns.prepositions.items()}
        self.nouns = self.noun_clause | self.noun_infinitive | frozenset(self.noun_prepositions)
        self.adjectives = _words(data.adjectives.clause)
        self.adjective_prepositions = {word: _words(preps) for word, preps in data.adjectives.prepositions.items()}
        self.copulas = _words(data.adjectives.copulas)
        self.time_marks = _words(data.clauses.time_marks)
        self.questions = _words(data.clauses.questions)
        self.with_object = _words(data.clauses.with_object)
        self.times = _words(data.clauses.times)
        self.owned = _words(data.phrases.owned)
        self.media = _words(data.media.nouns)
        self.documents = _words(data.media.documents)
        self.media_prepositions = _words(data.media.prepositions)
        self.bidding = _words(data.hearers.bidding)
        self.bidding_on = _words(data.hearers.bidding_on)
        self.speaking = _words(data.hearers.speaking)
        self.carriers = _words(data.hearers.carriers)
        self.conversations = _words(data.hearers.conversations)
        self.speakers = _words(data.headlines.speakers)
        self.labels = _words(data.headlines.labels)
        self.negations = _words(data.negation.words)
        self.negative_subjects = _words(data.negation.subjects)
        self.harmless = frozenset(tuple(phrase.split("_")) for phrase in data.negation.harmless.split())
        self.unsaying = frozenset(tuple(phrase.split("_")) for phrase in data.negation.phrases.split())
        self.unsaying_within = frozenset(tuple(phrase.split("_")) for phrase in data.negation.inner.split())
        self.untold = _words(data.negation.untold)
        self.information = _words(data.negation.information)
        self.silent = _words(data.negation.silent)
        self.failing = _words(data.negation.failing)
        self.refusals = _words(data.negation.refusals)
        self.stances = {word: stance for stance, words in data.stances.items() for word in words.split()}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def lexis() -> Lexis:
    """The cue lexicon, read once."""
    return Lexis(lexicon.load("cues", CueData))


def verb_word(token: Token) -> str:
    """A verb's entry: its lemma, with its particle after an underscore where the lexicon has that."""
    lemma = token.lemma_.lower()
    for child in token.rights:
        if child.dep_ == "prt" or (child.i == token.i + 1 and child.dep_ in ("prep", "advmod", "dobj")):
            joined = f"{lemma}_{child.lower_}"
            if joined in lexis().verbs or joined in lexis().carrier:
                return joined
    return lemma
