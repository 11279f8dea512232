"""What every sieve looks at: the mentions of a Doc, their words, and the clusters grown so far."""

from __future__ import annotations

from functools import cache

import msgspec
from spacy.tokens import Doc, Token

from kg import lexicon
from kg.ids import fold
from kg.model import EntityKind, MentionKind, Quotation, SectionKind
from kg.nlp.annotations import Attribution, MentionNote, attributions_of, mentions_of, section_kinds, sections_of
from kg.nlp.coref.clusters import Clusters

PLACES = (EntityKind.GPE, EntityKind.PLACE)
_HEADLINES = (SectionKind.HEADLINE, SectionKind.SUBHEADING)


class Pronouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pronoun forms by what they agree with, in lower case."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    neuter: frozenset[str]
    plural: frozenset[str]
    first: frozenset[str]
    first_plural: frozenset[str]
    second: frozenset[str]
    demonstrative: frozenset[str]
    demonstrative_plural: frozenset[str]
    relative: frozenset[str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `coref.toml`; its comments say what each entry is for."""

    definite: frozenset[str]
    indefinite: frozenset[str]
    neutral: frozenset[str]
    descriptive: frozenset[str]
    forces: frozenset[str]
    singular: frozenset[str]
    lesser: frozenset[str]
    fresh: frozenset[str]
    firms: frozenset[str]
    institutions: frozenset[str]
    places: dict[str, frozenset[str]]
    organizations: dict[str, frozenset[str]]
    organization_marks: dict[str, frozenset[str]]
    covers: dict[str, frozenset[str]]
    pronouns: Pronouns


class View:
    """One Doc under resolution.  Sieves read the text through it and join mentions in `clusters`."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = lexicon.load("coref", Words)
        self.notes = mentions_of(doc)
        self.attributions = attributions_of(doc)
        self.sections = section_kinds(doc)
        self.paragraphs = paragraph_numbers(doc)
        self.quote_of = _quotes(self.attributions)
        self.by_head = {note.head: i for i, note in enumerate(self.notes)}
        self.taken_up: dict[int, int] = {}  # pronoun -> the mention that the sieve of pronouns found for it
        self.clusters = Clusters(self.notes, [fold(note.name) for note in self.notes])

    def lemma(self, note: MentionNote) -> str:
        """Lemma of the mention's head, lower case."""
        return str(self.doc[note.head].lemma_.lower())

    def first_word(self, note: MentionNote) -> str:
        """The word that the mention begins with, lower case."""
        return str(self.doc[note.stretch.start].lower_)

    def verb(self, note: MentionNote) -> int:
        """The token that heads the mention's clause: the nearest verb above it, or the root."""
        token = self.doc[note.head].head
        while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
            token = token.head
        return int(token.i)

    def modifiers(self, note: MentionNote) -> frozenset[str]:
        """Lemmas that restrict the head: adjectives and compounds that name no country and are not neutral."""
        children = self.doc[note.head].children
        restricting = (t for t in children if t.i in note.stretch and t.dep_ in ("amod", "compound", "nmod"))
        lemmas = (t.lemma_.lower() for t in restricting if not self.names_country(t) and not self._bygone(t))
        return frozenset(lemma for lemma in lemmas if lemma not in self.words.neutral)

    def _bygone(self, token: Token) -> bool:
        """ "Soviet" in "ex-Soviet": what something was once does not tell it from others."""
        i = token.i
        return i > 1 and self.doc[i - 1].text == "-" and self.doc[i - 2].lower_ in self.words.descriptive

    def bare_words(self, note: MentionNote) -> tuple[str, ...]:
        """The content words of a mention in alphabetical order, countries left out."""
        tokens = (self.doc[i] for i in range(*note.stretch))
        content = (t for t in tokens if (t.is_alpha or t.like_num) and not t.is_stop and not self.names_country(t))
        return tuple(sorted({t.lower_ for t in content}))

    def names_country(self, token: Token) -> bool:
        """Whether the token heads a mention of a country or region with a government."""
        index = self.by_head.get(token.i)
        return index is not None and self.notes[index].kind == EntityKind.GPE

    def owner(self, note: MentionNote) -> int | None:
        """The mention that possesses this one: "its" in "its forces"."""
        for child in self.doc[note.head].children:
            if child.dep_ == "poss" and child.i in self.by_head:
                return self.by_head[child.i]
        return None

    def bare(self, note: MentionNote) -> bool:
        """A singular nominal without determiner, as only headlines have it."""
        determined = any(child.dep_ in ("det", "poss") for child in self.doc[note.head].children)
        nominal = note.form == MentionKind.NOMINAL and not note.plural
        return nominal and not determined and self.sections[note.head] in _HEADLINES

    def overheard(self, index: int, other: int) -> bool:
        """Whether `other` stands in a quotation that `index` is not part of, where it is less salient."""
        quoted = self.quote_of.get(self.notes[other].head)
        return quoted is not None and quoted != self.quote_of.get(self.notes[index].head)

    def quoter(self, index: int) -> int | None:
        """The mention that says the direct quotation in which `index` stands: to itself it would say "I"."""
        quoted = self.quote_of.get(self.notes[index].head)
        return None if quoted is None else self.attributions[quoted].speaker

    def level(self, note: MentionNote) -> str:
        """The gazetteer level of a place mention, "" when it is none."""
        return note.places[0].level if note.places else ""

    def plain_forces(self, note: MentionNote) -> bool:
        """ "troops", "the military": a country's forces as a whole, without "airborne", "second" or a number."""
        counted = any(child.dep_ == "nummod" for child in self.doc[note.head].children)
        return not counted and self.lemma(note) in self.words.forces and not self.modifiers(note)


def paragraph_numbers(doc: Doc) -> list[int]:
    """The number of the section that each token stands in."""
    numbers = [0] * len(doc)
    for number, (_, (start, end)) in enumerate(sections_of(doc)):
        numbers[start:end] = [number] * (end - start)
    return numbers


@cache
def pronoun_classes() -> dict[str, str]:
    """Pronoun form -> the plainest pronoun of its person and number: "his" -> "he", "those" -> "these"."""
    pronouns = lexicon.load("coref", Words).pronouns
    by_class = {
        "he": pronouns.masculine,
        "she": pronouns.feminine,
        "it": pronouns.neuter,
        "they": pronouns.plural,
        "i": pronouns.first,
        "we": pronouns.first_plural,
        "you": pronouns.second,
        "this": pronouns.demonstrative,
        "these": pronouns.demonstrative_plural,
    }
    return {word: name for name, words in by_class.items() for word in words}


def _quotes(attributions: list[Attribution]) -> dict[int, int]:
    """Token -> number of the direct quotation that it stands in."""
    inside: dict[int, int] = {}
    for number, attribution in enumerate(attributions):
        if attribution.quotation == Quotation.DIRECT:
            for stretch in attribution.content:
                inside.update(dict.fromkeys(range(stretch.start, stretch.end), number))
    return inside
