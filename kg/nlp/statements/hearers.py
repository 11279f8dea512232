"""Who is told: the addressee of a reporting verb."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.sources import is_passive, medium_noun, subject_of


def hearer_of(verb: Token, word: str) -> Token | None:
    """The head of the addressee of `verb`, whose entry in the lexicon is `word`, or ``None``.

    The object of "tell" or of "urge X to leave"; "to reporters", "before the court"; "in a letter to X"; and whoever
    hears the participle beside it: "Speaking to journalists, she said ..."
    """
    bare, _, particle = word.partition("_")
    if word in lexis().addressed or bare in lexis().bidding:
        if is_passive(verb):
            return subject_of(verb) or _told(verb)
        found = _bidden(verb) if bare in lexis().bidding else _object(verb)
        if found is not None:
            return found
    if particle in ("on", "upon") and bare in lexis().bidding_on:
        return _after(verb, (particle,))
    tells = (
        word in lexis().quoted and "to" not in lexis().prepositions.get(word, ())
    ) or bare in lexis().speaking  # not "likened it to a prison"
    return _after(verb, ("to", "before") if tells else ("before",)) or _through_medium(verb) or _beside(verb)


def _object(verb: Token) -> Token | None:
    return next((child for child in verb.rights if child.dep_ in ("dobj", "dative") and child.lower_ != "to"), None)


def _bidden(verb: Token) -> Token | None:
    """ "asked the crowd to leave": the object, or what the parser makes the infinitive's own subject."""
    found = _object(verb)
    if found is not None:
        return found
    clauses = (child for child in verb.rights if child.dep_ in ("ccomp", "xcomp"))
    bidden = (clause for clause in clauses if any(child.tag_ == "TO" for child in clause.lefts))
    return next((subject for clause in bidden if (subject := subject_of(clause)) is not None), None)


def _told(participle: Token) -> Token | None:
    """ "Asked about it, she said ...": the subject of what follows."""
    return subject_of(participle.head) if participle.dep_ == "advcl" else None


def _after(word: Token, prepositions: tuple[str, ...]) -> Token | None:
    """What the first of `prepositions` under `word` governs."""
    for child in word.rights:
        if child.dep_ in ("prep", "dative") and child.lower_ in prepositions:
            return next((noun for noun in child.rights if noun.dep_ == "pobj"), None)
    return None


def _through_medium(verb: Token) -> Token | None:
    """ "in a letter to X", "in an interview with X" """
    for child in verb.children:
        noun = medium_noun(child)
        if noun is not None:
            shared = noun.lemma_.lower() in lexis().conversations
            found = _after(noun, ("to", "with") if shared else ("to",))
            if found is not None:
                return found
    return None


def _beside(verb: Token) -> Token | None:
    """ "Speaking to journalists, she said ...", "Addressing supporters, he said ..." """
    for child in verb.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in lexis().speaking:
            return _after(child, ("to", "before")) or _object(child)
    return None
