"""kg_statements: who says what, by which words, in which words of the text.

Two profiles.  "fast": the parse, the cue lexicon and the quote marks alone.  "accurate": a trained tagger and linker
tell source, cue and content; the rules add what stands inside another's words, and how it is said.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.config import Profile
from kg.nlp.annotations import Attribution
from kg.nlp.statements.issuers import name_speakers
from kg.nlp.statements.learned import Finder, combined
from kg.nlp.statements.notes import attributions, orphans
from kg.nlp.statements.rules import read


def find_attributions(doc: Doc, finder: Finder | None = None) -> list[Attribution]:
    """All statements of `doc`, nested ones too, by first content or cue token."""
    reading = read(doc)
    reports, quotes = reading.reports, reading.loose
    if finder is not None:
        reports, quotes = combined(doc, finder(doc), reading), reading.quotes
    found = attributions(doc, reports, reading.quoted)
    found += orphans(quotes, found)
    found.sort(key=lambda note: (min(note.content + note.cue), note.cue))
    name_speakers(doc, found)
    return found


class StatementFinder:
    """The spaCy component."""

    def __init__(self, name: str, profile: Profile = Profile.FAST) -> None:
        self.name = name
        self._find: Finder | None = None
        if profile is Profile.ACCURATE:
            from kg.nlp.tagger.model import shipped  # the fast profile needs no runtime for models

            self._find = shipped().attributions

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.attributions``."""
        doc._.attributions = find_attributions(doc, self._find)
        return doc


@Language.factory(
    "kg_statements",
    default_config={"profile": "fast"},
    assigns=["doc._.attributions"],
    requires=["doc._.document", "token.dep"],
)
def make_statements(nlp: Language, name: str, profile: str) -> StatementFinder:
    """The factory behind ``nlp.add_pipe("kg_statements")``."""
    return StatementFinder(name, Profile(profile))
