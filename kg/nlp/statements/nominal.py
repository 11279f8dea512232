"""Cues that are not verbs: "the claim that", "is confident that", "according to", "in X's words"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.annotations import Stretch, subtree
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.report import Report
from kg.nlp.statements.sources import agent_of, owner_of, source_of, source_stretch
from kg.nlp.statements.verbs import group_start

_PREDICATES = frozenset({"acomp", "oprd", "ccomp", "attr", "xcomp"})


def noun_report(noun: Token) -> Report | None:
    """The report that a noun with a clause or a preposition makes."""
    word = noun.lemma_.lower()
    lex = lexis()
    if word not in lex.nouns:
        return None
    content, link = _noun_content(noun, word)
    if content is None:
        return None
    governor = noun.head
    start, end = noun.i, noun.i + 1
    speaker = owner_of(noun) or agent_of(noun)
    if noun.dep_ == "dobj" and governor.lemma_ in lex.light and governor.pos_ == "VERB":
        start = group_start(governor, governor.i)
        speaker = speaker or source_of(governor)
    elif noun.dep_ == "nsubj" and governor.lemma_ == "be" and content.start > governor.i:
        end = governor.i + 1
    owner = owner_of(noun)
    if owner is not None and start == noun.i:
        start = _after_owner(owner, noun)
    if link is not None and link.i == end:
        end += 1
    return _report(noun, word, Stretch(start, end), content, speaker)


def _noun_content(noun: Token, word: str) -> tuple[Stretch | None, Token | None]:
    lex = lexis()
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl") and word in lex.noun_clause and _is_that(child):
            return subtree(child), None
        if child.dep_ == "acl" and word in lex.noun_infinitive and child.left_edge.tag_ == "TO":
            return subtree(child), None
        if child.dep_ == "prep" and child.lower_ in lex.noun_prepositions.get(word, ()):
            return Stretch(child.i + 1, child.right_edge.i + 1), child
    governor = noun.head
    if noun.dep_ == "nsubj" and governor.lemma_ == "be" and word in lex.noun_clause:
        for child in governor.rights:
            if child.dep_ in ("ccomp", "xcomp") and (_is_that(child) or child.left_edge.tag_ == "TO"):
                return subtree(child), None
    return None, None


def _is_that(clause: Token) -> bool:
    """A "that" that is no relative pronoun."""
    first = clause.left_edge
    return first.lower_ == "that" and first.dep_ == "mark"


def _after_owner(owner: Token, noun: Token) -> int:
    """The cue of "X's claim" begins at the possessive mark."""
    for child in owner.rights:
        if child.dep_ == "case":
            return child.i
    return min(owner.right_edge.i + 1, noun.i)


def _report(head: Token, word: str, cue: Stretch, content: Stretch, speaker: Token | None) -> Report:
    report = Report(head.i, word, cue, [content])
    if speaker is not None:
        report.speaker = speaker
        stretch = source_stretch(speaker, cue)
        if speaker.dep_ == "poss":
            stretch = Stretch(stretch.start, min(stretch.end, max(stretch.start + 1, speaker.i + 1)))
        report.source = [stretch]
    return report


def adjective_report(adjective: Token) -> Report | None:
    """ "X is confident that ...", "X made it clear that ...": copula and adjective are the cue."""
    word = adjective.lemma_.lower()
    copula = adjective.head
    lex = lexis()
    if word not in lex.adjectives and word not in lex.adjective_prepositions:
        return None
    if copula.lemma_ not in lex.copulas or copula.i > adjective.i or adjective.dep_ not in _PREDICATES:
        return None
    if word == "clear" and copula.lemma_ != "make":
        return None
    content, link = _adjective_content(adjective, copula, word)
    if content is None:
        return None
    cue = Stretch(
        group_start(copula, copula.i), adjective.i + 1 if link is None or link.i != adjective.i + 1 else link.i + 1
    )
    return _report(adjective, word, cue, content, source_of(copula))


def _adjective_content(adjective: Token, copula: Token, word: str) -> tuple[Stretch | None, Token | None]:
    lex = lexis()
    for child in [*adjective.rights, *copula.rights]:
        if child.i <= adjective.i:
            continue
        if child.dep_ in ("ccomp", "xcomp") and word in lex.adjectives:
            return subtree(child), None
        if child.dep_ == "prep" and child.lower_ in lex.adjective_prepositions.get(word, ()):
            return Stretch(child.i + 1, child.right_edge.i + 1), child
    return None, None


def according_report(token: Token) -> Report | None:
    """ "according to X": the content is the clause that it hangs on."""
    doc = token.doc
    if token.lower_ != "according" or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    to = doc[token.i + 1]
    speaker = next((child for child in to.rights if child.dep_ in ("pobj", "pcomp")), None)
    cue = Stretch(token.i, token.i + 2)
    if speaker is None:
        return None
    report = Report(token.i, "according", cue, [], quotable=True)
    report.speaker = speaker
    report.source = [source_stretch(speaker, cue)]
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    if clause != token:
        report.content = [subtree(clause)]
    return report


def opinion_report(noun: Token) -> Report | None:
    """ "in X's view": the content is the rest of the clause."""
    preposition = noun.head
    owner = owner_of(noun)
    if noun.lemma_.lower() not in lexis().owned or noun.dep_ != "pobj" or owner is None:
        return None
    if preposition.lower_ not in ("in", "by", "to", "from") or preposition.head.pos_ not in ("VERB", "AUX"):
        return None
    cue = Stretch(_after_owner(owner, noun), noun.i + 1)
    clause, phrase = subtree(preposition.head), subtree(preposition)
    report = _report(noun, noun.lemma_.lower(), cue, Stretch(phrase.end, clause.end), owner)
    report.content.insert(0, Stretch(clause.start, phrase.start))
    report.quotable = True
    return report
