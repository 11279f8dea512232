"""The component kg_entities: every mention of an actor or place, by name, noun, adjective or pronoun.

Countries, their subdivisions and self-proclaimed republics are geopolitical entities, able to act; towns, borders,
seas and buildings are places.  A town's council is an organisation; a capital that acts is its country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg import lexicon
from kg.gazetteer import open_gazetteer
from kg.model import EntityKind
from kg.nlp.annotations import MentionNote, Stretch
from kg.nlp.entities.names import find_names
from kg.nlp.entities.namespans import NameSpan, Origin
from kg.nlp.entities.naming import Naming
from kg.nlp.entities.nominals import find_nominals, find_pronouns
from kg.nlp.entities.peoples import find_adjectives, find_peoples
from kg.nlp.entities.tokens import Words, words_of
from kg.nlp.entities.wordlists import KnownActors


@Language.factory(
    "kg_entities",
    assigns=["doc._.mentions"],
    requires=["doc.ents", "token.pos", "token.tag", "token.dep", "token.lemma"],
)
def make_entities(nlp: Language, name: str) -> Entities:
    """The component, as spaCy asks for it."""
    return Entities(nlp)


class Entities:
    """Sets ``doc._.mentions``, sorted by start, the longer first."""

    def __init__(self, nlp: Language) -> None:
        lists = lexicon.load("known_actors", KnownActors)
        self._known = {known.key: known for known in lists.actor}
        self._seats = lists.seats
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for known in lists.actor:
            self._matcher.add(known.key, [nlp.make_doc(name) for name in known.names])
        for seat in lists.seats:
            self._matcher.add(seat, [nlp.make_doc(seat)])
        self._adjectives = {word: known for known in lists.actor for word in known.adjectives}
        self._acronyms = {n.lower() for k in self._known.values() for n in k.names if n.isupper()}

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of `doc`."""
        gazetteer = open_gazetteer()
        words = words_of(doc)
        names = find_names(words, gazetteer, self._known_names(words))
        notes = list(Naming(words, gazetteer).notes(names))
        covered = {i for note in notes for i in range(*note.stretch)}
        inside = covered - _of_bodies(notes)
        notes += find_peoples(words, gazetteer, inside)
        notes += find_adjectives(words, self._adjectives, covered)
        at = {i: note for note in sorted(notes, key=_size) for i in range(*note.stretch)}
        notes += find_nominals(words, at)
        notes += find_pronouns(words)
        doc._.mentions = _sorted(notes)
        return doc

    def _known_names(self, words: Words) -> Iterator[NameSpan]:
        for key, start, end in self._matcher(words.doc):
            text = words.surface(start, end)
            capitals = text.lower() not in self._acronyms or text.isupper()
            start += not words.capital[start] and words.lower[start] == "the"
            if words.read[start] and capitals and any(words.capital[i] for i in range(start, end)):
                name = words.doc.vocab.strings[key]
                known = self._known.get(name)
                kind = known.kind if known else EntityKind.GPE
                yield NameSpan(
                    start, end, Origin.KNOWN, kind, words.label[start], known, seat=self._seats.get(name, "")
                )


def _of_bodies(notes: Iterable[MentionNote]) -> set[int]:
    """Tokens of the names of bodies, which may hold an adjective: "Russian Defense Ministry"."""
    kinds = {EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE}
    long = (n.stretch for n in notes if n.kind in kinds and n.stretch.end > n.stretch.start + 1)
    return {index for stretch in long for index in range(*stretch)}


def _sorted(notes: Iterable[MentionNote]) -> list[MentionNote]:
    """In text order, one mention for a stretch."""
    unique: dict[Stretch, MentionNote] = {}
    for note in notes:
        unique.setdefault(note.stretch, note)
    return sorted(unique.values(), key=lambda n: (n.stretch.start, -n.stretch.end))


def _size(note: MentionNote) -> int:
    return note.stretch.end - note.stretch.start
