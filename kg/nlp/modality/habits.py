"""What is told as a habit or a rule, and so as no one occurrence: "strikes usually hit", "anyone who attacks"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.modality.factuality import modality_lexicon

_PRESENT = ("VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass")


def habitual(verb: Token) -> bool:
    """Whether a clause in the plain present says what happens again and again, or to whom it may concern."""
    habits = modality_lexicon().words.habits
    usual = any(c.dep_ == "advmod" and c.lower_ in habits for c in verb.children)
    if not _present(verb):
        return usual and verb.tag_ == "VBD" and verb.lower_ == verb.lemma_  # "usually hit" may well be present
    return usual or _of_anyone(verb) or _whenever(verb) or any(_of_all(child) for child in verb.children)


def _of_all(child: Token) -> bool:
    """Whether a subject, time or clause of a verb makes what it tells hold every time or for everybody."""
    if child.dep_ in _SUBJECTS:
        return recurrent(child) or child.lower_ in modality_lexicon().words.whoever
    return (child.dep_ == "npadvmod" and recurrent(child)) or _whenever(child)


def recurrent(noun: Token) -> bool:
    """Whether "each", "every" or "any" makes of a noun all of its kind."""
    return any(c.dep_ == "det" and c.lower_ in modality_lexicon().words.each for c in noun.lefts)


def _present(verb: Token) -> bool:
    """Whether a verb is in the plain present, active or passive: not progressive, not perfect, no modal."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if not auxiliaries:
        return verb.tag_ in _PRESENT
    first = auxiliaries[0]
    passive = first.dep_ == "auxpass" and first.lemma_ == "be" and verb.tag_ == "VBN"
    return len(auxiliaries) == 1 and first.tag_ in _PRESENT and (passive or first.lemma_ == "do")


def _whenever(clause: Token) -> bool:
    return clause.dep_ == "advcl" and any(c.lower_ in modality_lexicon().words.whenever for c in clause.lefts)


def _of_anyone(verb: Token) -> bool:
    """The relative clause of "anyone who", "those who"."""
    return verb.dep_ == "relcl" and verb.head.lower_ in modality_lexicon().words.whoever
