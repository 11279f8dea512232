"""GUM with the project's own parse: the noun phrases of each text and the chain that each one is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from benchmarks.coreference import Cluster
from benchmarks.corpora import gum
from benchmarks.system import article
from kg.config import Profile, Settings
from kg.nlp import annotate, load_pipeline
from kg.nlp.annotations import Stretch
from kg.nlp.coref import SIEVES
from kg.nlp.coref.phrases import Phrase, find_phrases
from kg.nlp.coref.traits import Traits, describe
from kg.nlp.coref.view import View

Chains = Iterable[frozenset[tuple[int, int]]]


@dataclass(slots=True)
class Text:
    """A text after the sieves; `chain` numbers the gold chain of each phrase, -1 for none."""

    name: str
    genre: str
    view: View
    phrases: list[Phrase]
    gold: list[Cluster]
    chain: list[int]
    traits: list[Traits] = field(default_factory=list)


def gum_texts(part: str) -> Iterator[Text]:
    """The texts of a part, with the components before coreference run on them."""
    settings = Settings(profile=Profile.FAST)
    language = load_pipeline(settings)
    articles = list(gum.articles(part))
    with language.select_pipes(disable=["kg_coref", "kg_times", "kg_events", "kg_relations"]):
        docs = annotate(language, (article(one.name, one.text) for one in articles), settings.batch_size)
        for one, doc in zip(articles, docs, strict=True):
            yield text_of(one.name, one.genre, doc, one.chains)


def prepared(doc: Doc) -> View:
    """The view of `doc` after the sieves."""
    view = View(doc)
    for sieve in SIEVES:
        sieve(view)
    return view


def text_of(name: str, genre: str, doc: Doc, chains: Chains) -> Text:
    """`doc` as the ranker will find it, beside the gold chains."""
    view = prepared(doc)
    gold = list(chains)
    phrases = find_phrases(doc, view.notes)
    traits = [describe(view, phrase) for phrase in phrases]
    return Text(name, genre, view, phrases, [frozenset(c) for c in gold], _aligned(doc, phrases, gold), traits)


def _aligned(doc: Doc, phrases: list[Phrase], gold: list[frozenset[tuple[int, int]]]) -> list[int]:
    """By equal span; else by the head, of the phrase that is left."""
    chain = [-1] * len(phrases)
    by_span = {characters(doc, p.stretch): i for i, p in enumerate(phrases)}
    by_head = {p.head: i for i, p in enumerate(phrases) if not p.joined}
    loose = []
    for number, spans in enumerate(gold):
        for span in sorted(spans):
            if span in by_span:
                chain[by_span[span]] = number
            else:
                loose.append((span, number))
    for span, number in loose:
        found = doc.char_span(*span)
        place = None if found is None else by_head.get(found.root.i)
        if place is not None and chain[place] < 0:
            chain[place] = number
    return chain


def characters(doc: Doc, stretch: Stretch) -> tuple[int, int]:
    """Character offsets of tokens."""
    last = doc[stretch.end - 1]
    return doc[stretch.start].idx, last.idx + len(last)
