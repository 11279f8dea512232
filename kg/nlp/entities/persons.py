"""Persons that the statistical model missed: surnames known from elsewhere, given names, subjects of human verbs."""

from __future__ import annotations

from collections.abc import Iterator

from kg import lexicon
from kg.model import EntityKind
from kg.nlp.entities.evidence import told_kind
from kg.nlp.entities.kinds import Roster
from kg.nlp.entities.namespans import NameSpan, Origin
from kg.nlp.entities.titles import is_title
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, given_names, name_head, noun_forms

_LONGEST = 4  # words in the longest run taken for a person's name


def find_missed_persons(words: Words, taken: set[int], roster: Roster) -> Iterator[NameSpan]:
    """Runs of capitalised words outside all other names that must be persons."""
    done = 0
    for index in words.capitals:
        if index < done:
            continue
        end = index
        while end < len(words) and _fits(words, end, taken) and not (words.first[end] and end > index):
            end += 1
        if 0 < end - index <= _LONGEST:
            if told_kind(words, index, end) is not None and not words.titled[index]:
                yield NameSpan(index, end, Origin.PATTERN)
            elif _is_person(words, index, end, roster):
                yield NameSpan(index, end, Origin.PATTERN, EntityKind.PERSON, "PERSON")
        done = end


def _fits(words: Words, index: int, taken: set[int]) -> bool:
    if index in taken or not words.plain[index] or words.label[index] or words.pos[index] != "PROPN":
        return False
    text, lower = words.text[index], words.lower[index]
    common = lower in noun_forms() or text in lexicon.load("names", Names).rejected or is_title(words, index, index + 1)
    return text[0].isupper() and len(text) > 1 and not common and name_head(text) is None


def _is_person(words: Words, start: int, end: int, roster: Roster) -> bool:
    if all(words.lower[i] in roster.parts for i in range(start, end)):
        return True
    if words.titled[start] or (end < len(words) and words.text[end] == "-"):
        return False
    if end - start > 1 and words.text[start] in given_names():
        return True
    verb = words.head[end - 1]
    subject = words.dep[end - 1] in {"nsubj", "nsubjpass"} and words.pos[verb] == "VERB" and words.pos[end] != "PROPN"
    return subject and words.lemma[verb] in lexicon.load("names", Names).human
