"""Which complements of a reporting verb hold the content, by the frames the lexicon gives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.nlp.annotations import Stretch, subtree
from kg.nlp.statements.lexis import lexis, verb_word
from kg.nlp.statements.sources import agent_of, subject_of

_OBJECT_COMPLEMENTS = frozenset({"dobj", "oprd", "xcomp", "ccomp", "acomp", "attr", "dative"})
_WITHIN_TIMES = frozenset({"npadvmod", "dobj", "prep"})
_CLAUSES = frozenset({"relcl", "acl", "ccomp"})
_LOOK = 40  # tokens in which a "that" torn from its verb is looked for


class Part(NamedTuple):
    """One complement that belongs to the content, and the preposition before it that belongs to the cue."""

    stretch: Stretch
    preposition: Token | None = None


def active_content(verb: Token, word: str) -> list[Part]:
    """The content of a verb in the active voice; empty when it stands in none of its frames."""
    lex = lexis()
    clauses = [part for child in verb.children for part in _clausal(child, verb, word)]
    if clauses:
        later = [part for part in clauses if part.stretch.start > verb.i]
        return later or clauses  # a clause before as well is a neighbour that the parser drew in
    thing = _object(verb)
    heard = thing is not None and word in lex.addressed and _personal(thing)
    if word in lex.object and thing is not None and not heard and (word not in lex.naming or _named(verb, thing)):
        return [Part(_object_stretch(verb, thing))]
    if word in lex.taken_as and (framed := _taken_as(verb)) is not None:
        return [Part(framed)]
    if word in lex.documented and thing is not None and _documented(verb):
        return [Part(_object_stretch(verb, thing))]
    prepositional = [part for child in verb.rights for part in _prepositional(child, word)]
    if prepositional:
        return prepositional[:1]
    if word in lex.predicate:
        return _predicated(verb)
    return [Part(stretch) for stretch in _displaced(verb)] if word in lex.clause else []


def passive_content(verb: Token, word: str) -> list[Part]:
    """The content of a passive: its subject with what is said of it ("X is expected | to resign")."""
    lex = lexis()
    rest = [Part(subtree(child)) for child in verb.rights if child.dep_ in ("ccomp", "xcomp", "oprd", "dobj")]
    rest += [
        Part(Stretch(child.i + 1, child.right_edge.i + 1), child)
        for child in [*verb.rights, *_after_agent(verb)]
        if child.dep_ == "prep" and (child.lower_ in lex.prepositions.get(word, ()) or child.lower_ in ("as", "of"))
    ]
    if word in lex.addressed and rest:
        return rest[:1]
    agent = agent_of(verb)
    if word not in lex.passive and not (word in lex.object and agent):
        return []
    if not rest and word not in lex.object and agent is None:
        return []
    subject = subject_of(verb)
    if subject is None or (subject.lower_ in ("it", "there") and any(c.dep_ == "ccomp" for c in verb.rights)):
        return rest[:1]
    return [Part(_before(subject, verb)), *rest[:1]]


def _after_agent(verb: Token) -> list[Token]:
    """Prepositions that the parser hung on the agent: "was accused by the police of theft"."""
    agent = agent_of(verb)
    wanted = lexis().prepositions.get(verb_word(verb), ())
    return [] if agent is None else [child for child in agent.rights if child.lower_ in wanted]


def _clausal(child: Token, verb: Token, word: str) -> Iterator[Part]:
    lex = lexis()
    after = child.i > verb.i
    if child.dep_ == "ccomp":
        infinitive = after and word in lex.infinitive and has_to(child)
        if not after and any(token.text == ";" for token in verb.doc[child.right_edge.i + 1 : verb.i]):
            return  # a neighbour that the parser drew in
        if word in lex.clause or infinitive or (after and word in lex.object):
            yield Part(subtree(child))
    elif child.dep_ == "advcl" and after and (mark := _mark(child)) is not None:
        if mark.lower_ in lex.prepositions.get(word, ()):  # "called for X to resign"
            yield Part(Stretch(mark.i + 1, child.right_edge.i + 1), mark)
        elif mark.lower_ in ("if", "whether") and word in lex.questions:
            yield Part(subtree(child))
    elif child.dep_ in ("xcomp", "advcl") and after:
        if has_to(child):
            if word in lex.infinitive and (child.dep_ == "xcomp" or _object(verb) is None):
                yield Part(_with_object(verb, word, child))
        elif child.dep_ == "advcl":
            return
        elif (child.tag_ == "VBG" and word in lex.gerund) or (word in lex.object and _object(verb) is None):
            yield Part(subtree(child))


def _with_object(verb: Token, word: str, complement: Token) -> Stretch:
    """ "urged the council to act": the council is part of what is urged, unless it is merely told so."""
    end = _infinitive_end(complement)
    thing = _object(verb)
    if thing is not None and thing.i < complement.i and word not in ("tell", "promise"):
        return Stretch(thing.left_edge.i, end)
    return Stretch(complement.left_edge.i, end)


def _infinitive_end(verb: Token) -> int:
    """Where an infinitive clause ends: before a finite verb that the parser coordinated with it."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.tag_ in ("VBD", "VBZ", "VBP"):
            start = child.left_edge.i
            return start - 1 if verb.doc[start - 1].dep_ == "cc" else start
    return verb.right_edge.i + 1


def _prepositional(child: Token, word: str) -> Iterator[Part]:
    linked = child.dep_ == "prep" and child.lower_ in lexis().prepositions.get(word, ())
    if linked and any(grandchild.dep_ in ("pobj", "pcomp") for grandchild in child.rights):
        yield Part(Stretch(child.i + 1, child.right_edge.i + 1), child)


def _predicated(verb: Token) -> list[Part]:
    """ "X seems angry": subject and predicate both are what seems so, to nobody named."""
    subject = subject_of(verb)
    for child in verb.rights:
        if child.dep_ in ("oprd", "acomp", "attr", "xcomp") or (child.dep_ == "prep" and child.lower_ == "like"):
            part = Part(subtree(child))
            return [part] if subject is None else [Part(_before(subject, verb)), part]
    return []


def _object(verb: Token) -> Token | None:
    return next((child for child in verb.rights if child.dep_ == "dobj"), None)


def _object_stretch(verb: Token, thing: Token) -> Stretch:
    """The object with what is predicated of it: "called the vote a sham", "blamed him for the delay"."""
    end = thing.right_edge.i + 1
    for child in verb.rights:
        if child.i <= thing.i:
            continue
        belongs = (
            child.dep_ in _OBJECT_COMPLEMENTS
            or (child.dep_ == "advcl" and has_to(child))
            or (child.dep_ == "prep" and child.lower_ in lexis().with_object)
        )
        if not belongs or child.left_edge.i > end + 1:
            break
        end = child.right_edge.i + 1
    return Stretch(thing.left_edge.i, end)


def _named(verb: Token, thing: Token) -> bool:
    """Whether something is predicated of the object: "called the vote a sham", but not "called his mother"."""
    end = thing.right_edge.i + 1
    quoted = end < len(verb.doc) and verb.doc[end].text in ('"', "''", "'")
    return quoted or any(child.i > thing.i and child.dep_ in _OBJECT_COMPLEMENTS for child in verb.rights)


def _taken_as(verb: Token) -> Stretch | None:
    """ "described it as a failure", or "as a failure" alone where the object is relative."""
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ == "as":
            thing = _object(verb)
            start = child.i if thing is None or thing.i > child.i else thing.left_edge.i
            return Stretch(start, child.right_edge.i + 1)
    return None


def _documented(verb: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and subject.lemma_.lower() in lexis().documents


def _displaced(verb: Token) -> list[Stretch]:
    """The content of a clause verb that governs none: its own governor's clause, or one hung on a time word.

    Parsers make "he said" a parenthesis of what he said, and attach "that it would leave" in "announced the same day
    that it would leave" to the day.
    """
    if verb.dep_ == "parataxis" or _parenthetic(verb):
        return [subtree(verb.head)]
    for child in verb.rights:
        if child.dep_ in _WITHIN_TIMES:
            for i in range(child.left_edge.i, min(child.right_edge.i + 1, child.left_edge.i + _LOOK)):
                clause = verb.doc[i]
                first = clause.left_edge
                torn = clause.dep_ in _CLAUSES and first.lower_ == "that"
                if torn and (first.dep_ == "mark" or _timely(clause.head)):
                    return [subtree(clause)]
    return []


def _timely(noun: Token) -> bool:
    return noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in lexis().times or noun.pos_ == "PROPN"


def _parenthetic(verb: Token) -> bool:
    """ "As X said, ..." """
    return verb.dep_ == "advcl" and any(
        child.lower_ == "as" and child.dep_ in ("mark", "advmod") for child in verb.lefts
    )


def _before(subject: Token, verb: Token) -> Stretch:
    return Stretch(subject.left_edge.i, min(subject.right_edge.i + 1, verb.i))


def _personal(token: Token) -> bool:
    return token.pos_ in ("PROPN", "PRON")


def _mark(clause: Token) -> Token | None:
    first = clause.left_edge
    return first if first.dep_ == "mark" else None


def has_to(verb: Token) -> bool:
    """Whether the verb is a to-infinitive."""
    return any(child.tag_ == "TO" for child in verb.lefts)
