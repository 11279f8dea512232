"""Who is the source of a reporting word: its subject, the subject that controls it, or its agent."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.annotations import Stretch
from kg.nlp.statements.lexis import lexis

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def subject_of(verb: Token) -> Token | None:
    """The verb's own subject; ``None`` for expletives."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.pos_ != "VERB":
            return child
    return None


def trails(verb: Token) -> bool:
    """Whether it ends a sentence as "said" does in "..., the firms announced on Friday", read as a participle.

    The parser takes "the firms announced" for an apposition to the sentence's subject.
    """
    noun = verb.head
    start = noun.left_edge.i
    tail = (child for child in verb.rights if child.dep_ not in ("punct", "npadvmod", "advmod", "dobj"))
    return (
        verb.dep_ == "acl"
        and verb.tag_ in ("VBN", "VBD")
        and noun.dep_ in ("appos", "conj", "dep")
        and noun.i == verb.i - 1
        and start > noun.sent.start
        and verb.doc[start - 1].text == ","
        and verb.right_edge.i + 2 >= noun.sent.end
        and all(child.dep_ == "prep" and child.lower_ in ("on", "in", "at") for child in tail)
    )


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive, with its auxiliary or as a participle ("asked about it, she ...")."""
    if trails(verb):
        return False
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts):
        return True
    participle = verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")
    return participle and not any(child.dep_ in ("aux", "nsubj") for child in verb.lefts)


def agent_of(verb: Token) -> Token | None:
    """The doer in "by X"."""
    for child in verb.rights:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    return grandchild
    return None


def source_of(verb: Token) -> Token | None:
    """The head of the source of a reporting verb, or ``None`` where the text names none.

    A verb without a subject of its own ("saying", "to deny", "and added") takes the one that controls it.
    """
    if is_passive(verb):
        return agent_of(verb)
    return _subject_in_reach(verb)


def _subject_in_reach(verb: Token) -> Token | None:
    for _ in range(8):  # longer chains are parser noise
        subject = subject_of(verb)
        if subject is not None:
            return subject
        if any(child.dep_ == "expl" for child in verb.lefts):
            return None
        if verb.dep_ == "acl":
            return _modified(verb)
        governor = _governor(verb)
        if governor is None:
            return None
        if verb.dep_ == "xcomp" and governor.lemma_ in lexis().controllers:
            for child in governor.rights:
                if child.dep_ in ("dobj", "dative") and child.i < verb.i:
                    return child
        verb = governor
    return None


def _governor(verb: Token) -> Token | None:
    """The verb whose subject a subjectless verb shares."""
    head = verb.head
    if head is verb or head == verb:
        return None
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis") and head.pos_ in ("VERB", "AUX"):
        return head
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "agent", "mark"):
        return head.head if head.head.pos_ in ("VERB", "AUX") else None
    if verb.dep_ in ("xcomp", "advcl") and head.pos_ == "ADJ":
        return head.head if head.head.pos_ in ("VERB", "AUX") else None
    return None


def _modified(verb: Token) -> Token | None:
    """For "a statement saying", whoever makes the statement; for "people saying", the people."""
    noun = verb.head
    if noun.lemma_.lower() not in lexis().media and noun.lemma_.lower() not in lexis().nouns:
        return noun
    owner = owner_of(noun)
    if owner is not None:
        return owner
    if noun.dep_ in ("dobj", "pobj"):
        governor = noun.head if noun.dep_ == "dobj" else noun.head.head
        if governor.pos_ == "VERB":
            return source_of(governor)
    return noun


def owner_of(noun: Token) -> Token | None:
    """The possessor of a noun."""
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "IN", "DT"):
        verb = token.head
        for _ in range(6):
            if verb.dep_ == "relcl":
                return verb.head
            if verb.head == verb:
                return token
            verb = verb.head
    return token


def source_stretch(head: Token, cue: Stretch, limit: int | None = None) -> Stretch:
    """The words of a source: its noun phrase with appositions, without the cue.

    A closing comma belongs to it when it pairs with one inside ("Smith, a lawyer, said").
    """
    doc = head.doc
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start < cue.end <= head.i:
        start = cue.end
    if head.i < cue.start < end:
        end = cue.start
    end = _before_speech(head, start, end)
    aside = next((i for i in range(head.i + 1, end) if doc[i - 1].text == "," and medium_noun(doc[i]) is not None), end)
    end = min(end, aside, len(doc) if limit is None else limit)
    while end > head.i + 1 and (doc[end - 1].is_space or doc[end - 1].text in (",", ":", ";", "-", "—", '"', ".")):
        end -= 1
    while start < head.i and (doc[start].is_space or doc[start].is_punct):
        start += 1
    paired = any(token.text == "," for token in doc[head.i : end]) and _late_modifier(head)
    if paired and end < len(doc) and doc[end].text == ",":
        end += 1
    return Stretch(start, end)


def medium_noun(preposition: Token) -> Token | None:
    """The noun of a prepositional phrase that names a medium: "in a statement", "on Telegram"."""
    if preposition.dep_ != "prep" or preposition.lower_ not in lexis().media_prepositions:
        return None
    noun = next((child for child in preposition.rights if child.dep_ == "pobj"), None)
    return noun if noun is not None and noun.lemma_.lower() in lexis().media else None


def _late_modifier(head: Token) -> bool:
    return any(
        child.dep_ in ("appos", "relcl", "acl", "prep", "amod", "npadvmod", "nmod", "nummod", "conj")
        and head.doc[child.left_edge.i - 1].text == ","
        and child.dep_ != "conj"
        for child in head.rights
    )


def _before_speech(head: Token, start: int, end: int) -> int:
    """Where the noun phrase stops before a quote mark or colon that the parser swallowed."""
    for i in range(head.i + 1, end):
        mark = head.doc[i].text
        if mark == ":" or (mark in ('"', "''") and head.doc[i - 1].text in (",", ":", ".")):
            return i
    return end
