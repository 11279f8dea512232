"""Whether a name is written as places are: its capitals, and the points of abbreviations."""

from __future__ import annotations

from functools import cache

from kg import lexicon
from kg.gazetteer import Candidate
from kg.gazetteer.rows import Places
from kg.nlp.entities.namespans import NameSpan
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names

EVEN = 6.5  # rank at which a name is as likely a place as not when nothing else speaks


def acceptable(words: Words, name: NameSpan, best: Candidate) -> bool:
    """Whether the capitals fit: "US" may be a country, "us" and "Us" not; a code of two letters only a country."""
    text = words.text[name.start]
    if (len(name) == 1 and text in lexicon.load("names", Names).legal) or sainted(words, name):
        return False
    if len(name) == 1 and text.lower() in _abbreviations() and not _marked(words, name.start):
        return False
    if len(name) == 1 and len(text) == 2 and text.isupper() and words.text[name.start - 1] == ",":
        return best.geo.level != "town"
    if len(name) == 1 and len(text) <= 3:
        return (text.isupper() and best.geo.level == "country") or (
            len(text) == 3 and best.rank > EVEN and not text.isupper()
        )
    return True


def sainted(words: Words, name: NameSpan) -> bool:
    """Whether the name is of a saint that something is called after: "St. Patrick's Day", "St. Mary's students"."""
    owns = words.text[name.end : name.end + 1] == ["'s"]
    return owns and len(name) > 1 and words.text[name.start] in lexicon.load("names", Names).places.saints


@cache
def _abbreviations() -> frozenset[str]:
    """Short forms of regions that are words without their point: "miss" of "Miss.", "ill", "mass", "man"."""
    forms = [form for forms in lexicon.load("places", Places).short.values() for form in forms]
    pointed = {form[:-1].lower() for form in forms if form.endswith(".") and form[:-1].isalpha()}
    return frozenset(pointed - {form.lower() for form in forms})


def _marked(words: Words, index: int) -> bool:
    """Whether a word has the point of an abbreviation, or the comma that names of states stand behind."""
    return words.text[index].endswith(".") or words.text[index + 1 : index + 2] == ["."] or words.text[index - 1] == ","
