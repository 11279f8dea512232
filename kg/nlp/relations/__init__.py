"""The component kg_relations: lasting relations between clusters, each with the words that say so.

Read from titles, possessives, adjectives, "of" phrases, apposition (through the clusters), copulas, verbs that state
them, places in a row, and from events that begin or end them.  Precision goes first.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.relations.bodies import bodies
from kg.nlp.relations.changes import changes
from kg.nlp.relations.clauses import clauses
from kg.nlp.relations.merge import merged
from kg.nlp.relations.nouns import nouns
from kg.nlp.relations.offices import offices
from kg.nlp.relations.ties import Ties

_READERS = (offices, bodies, nouns, clauses)


@Language.factory(
    "kg_relations",
    assigns=["doc._.bonds"],
    requires=["doc._.mentions", "doc._.attributions", "doc._.clusters", "doc._.times", "doc._.happenings"],
)
def make_relations(nlp: Language, name: str) -> Relations:
    """The component, as spaCy asks for it."""
    return Relations()


class Relations:
    """Sets ``doc._.bonds``, each relation once, with its evidence, in text order."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of `doc`."""
        ties = Ties(doc)
        told = [bond for reader in _READERS for bond in reader(ties)]
        doc._.bonds = merged(ties, [*told, *changes(ties, told)])
        return doc
