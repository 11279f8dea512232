"""Coreference within a document: sieves from the surest to the least sure, after Lee et al. (2013).

Names first (over the whole document), then apposition, then nominals and unnamed speakers, then pronouns.  A sieve
only joins clusters that do not clash in kind, country, gender, place or person's name.  With these clusters as
evidence a fitted ranker then joins all noun phrases, things and ideas too, in chains.  What it is sure of decides
where the clusters' pronouns go (see `adoption`); last come the nominals that a pronoun had to explain ("his country's
army").
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.ids import fold
from kg.lexicon import load
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Cluster, MentionNote
from kg.nlp.coref.adoption import adopt
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.linking import chains, choose
from kg.nlp.coref.names import appositions, same_name, short_names
from kg.nlp.coref.nominals import country_forces, headlines, nominals, possessed, same_owner
from kg.nlp.coref.phrases import find_phrases
from kg.nlp.coref.pronouns import pronouns
from kg.nlp.coref.ranker import load_ranker
from kg.nlp.coref.speakers import cataphora, first_person
from kg.nlp.coref.view import PLACES, View
from kg.nlp.entities.wordlists import KnownActors

_ABBREVIATED = 5  # letters up to which a name all in capitals is an abbreviation

SIEVES = (
    same_name,
    short_names,
    appositions,
    headlines,
    country_forces,
    nominals,
    cataphora,
    first_person,
    pronouns,
)


@Language.factory("kg_coref", assigns=["doc._.clusters", "doc._.chains"], requires=["doc._.mentions", "token.dep"])
def make_coref(nlp: Language, name: str) -> Coreference:
    """spaCy factory for `Coreference`."""
    return Coreference()


class Coreference:
    """The component: joins `doc._.mentions` into `doc._.clusters`, and all noun phrases into `doc._.chains`."""

    def __call__(self, doc: Doc) -> Doc:
        """Set both; every mention is in exactly one cluster, and a chain has two phrases or more."""
        view = View(doc)
        for sieve in SIEVES:
            sieve(view)
        ranker = load_ranker()
        grid = Grid(view, find_phrases(doc, view.notes), ranker.values)
        choices = choose(grid, ranker)
        adopt(view, grid, choices)
        same_owner(view)
        possessed(view)
        doc._.clusters = [_cluster(view, group) for group in view.clusters.groups()]
        doc._.chains = chains(grid, choices)
        return doc


def _cluster(view: View, group: list[int]) -> Cluster:
    profile = view.clusters.profile(group[0])
    label = _label(view, [view.notes[i] for i in group], profile.kind)
    return Cluster(group, profile.kind or EntityKind.GROUP, label, profile.country)


def _label(view: View, notes: list[MentionNote], kind: EntityKind | None) -> str:
    """The fullest name, written out; of an adjective's place the gazetteer's; else the best nominal."""
    names = [note for note in notes if note.form == MentionKind.NAME and note.name and not note.metonym]
    if names:
        return _written_out(max(names, key=_fullness), kind)
    for note in notes:
        if note.known:
            return _known(note.known)
        if kind in PLACES and note.form == MentionKind.ADJECTIVAL and note.name:
            return note.name
        if kind in PLACES and note.places and note.form != MentionKind.NOMINAL:
            return note.places[0].name
    nominals = [note for note in notes if note.form == MentionKind.NOMINAL]
    best = max(nominals, key=lambda note: _clearness(view, note), default=notes[0])
    return " ".join(view.doc[best.stretch.start : best.stretch.end].text.split())


def _written_out(note: MentionNote, kind: EntityKind | None) -> str:
    """The name, but "Pennsylvania" for "Pa.", "United Nations" for "UN", "Kyiv" for the KYIV of a dateline."""
    name = note.name
    short = (name.isupper() and len(name) <= _ABBREVIATED) or (name.endswith(".") and " " not in name)
    if short and note.known:
        return _known(note.known)
    if kind in PLACES and note.places and (short or (name.isupper() and fold(name) == fold(note.places[0].name))):
        return note.places[0].name
    return name


@cache
def _known_labels() -> dict[str, str]:
    return {actor.key: actor.names[0] for actor in load("known_actors", KnownActors).actor}


def _known(key: str) -> str:
    """The name that the knowledge file shows for one of its actors."""
    return _known_labels()[key]


def _fullness(note: MentionNote) -> tuple[int, bool, bool, int, int]:
    """More words first; "Russian Defence Ministry" before "Russia's", "Kyiv" before "KYIV"."""
    owned = "'s" in note.name or "’s" in note.name
    return len(note.name.split()), not owned, not note.name.isupper(), len(note.name), -note.stretch.start


def _clearness(view: View, note: MentionNote) -> tuple[bool, bool, int]:
    """ "Russian forces" before "its soldiers": not told by a pronoun, with its country in it, the first."""
    pronoun = view.doc[note.stretch.start].pos_ == "PRON"
    return not pronoun, bool(note.country), -note.stretch.start
