"""The words that a noun phrase covers, and the nouns and clauses inside it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.annotations import Stretch
from kg.nlp.roles.words import role_lexicon

_LOOSE = ("cc", "mark", "case")  # what no phrase ends with
_PLACES = ("GPE", "LOC", "FAC")
_DEEP = 12  # how far a clause inside a phrase is followed upwards; real sentences need far less


def phrase(token: Token, stop: int | None = None) -> Stretch:
    """The words of the noun phrase that `token` heads, without what only comments on it or starts at `stop`."""
    start, end = token.left_edge.i, token.i + 1
    for child in token.rights:
        first = child.left_edge.i
        if first > end or first == stop or _comments(child):  # what stands further on is parted from the phrase
            break
        end = child.right_edge.i + 1
    if stop is not None and token.i < stop < end:
        end = stop
    for i in range(token.i + 2, end):
        if token.doc[i].dep_ == "relcl" and _after_comma(token.doc[i]):
            end = token.doc[i].left_edge.i
            break
    return trim(token, start, end)


def _comments(child: Token) -> bool:
    """Whether what follows a noun says more of it instead of telling which: clauses, names, phrases after a comma."""
    if child.dep_ == "appos":
        return not _completes(child)
    return child.dep_ in ("relcl", "parataxis", "advcl") or (child.dep_ in ("acl", "prep") and _after_comma(child))


def _completes(name: Token) -> bool:
    """ "Sunday, July 20", "Dover, Delaware": a second name that is part of the first."""
    head = name.head
    if is_time(name):
        return is_time(head)
    return name.ent_type_ in _PLACES and head.ent_type_ in _PLACES and _after_comma(name) and name.pos_ == "PROPN"


def _after_comma(clause: Token) -> bool:
    first = clause.left_edge.i
    return first > 0 and clause.doc[first - 1].text == ","


def trim(token: Token, start: int, end: int) -> Stretch:
    """Tokens [start, end) around `token` without punctuation, conjunctions and possessive marks at the ends."""
    doc = token.doc
    while end - 1 > token.i and (doc[end - 1].dep_ in _LOOSE or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < token.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return Stretch(start, end)


def is_time(token: Token) -> bool:
    """Whether a phrase headed by `token` names a time."""
    if token.ent_type_ in ("DATE", "TIME"):
        return True
    return token.lemma_.lower() in role_lexicon().words.time


def named_deed(token: Token) -> Token | None:
    """ "Ukrainian shelling killed": the adjective of a gerund that names an event, which the parser parts from it."""
    if token.tag_ != "VBG" or token.i == 0:
        return None
    before = token.nbor(-1)
    named = ("NORP", "GPE") if before.tag_ == "JJ" else ("NORP",) if before.tag_ == "NNP" else ()
    whose = before.ent_type_ in named and before.dep_ in ("nsubj", "amod", "nsubjpass", "compound", "nmod")
    return before if whose and before.head.i in (token.i, token.head.i) else None


def gerund_before(noun: Token) -> Token | None:
    """ "Accused of hiding records": a gerund that the tagger takes for a part of the noun it acts on."""
    if noun.i == 0 or noun.tag_ != "NNS":
        return None
    before = noun.nbor(-1)
    bare = all(c.dep_ not in ("det", "poss", "amod", "nummod") for c in noun.lefts)
    deed = before.dep_ == "compound" and before.head.i == noun.i and before.tag_ == "NN" and len(list(noun.lefts)) == 1
    return before if bare and deed and before.lower_.endswith("ing") else None


def coordinated(token: Token) -> list[Token]:
    """`token` and the nouns coordinated with it, in text order."""
    nouns = [token, *(t for t in token.conjuncts if t.i > token.i and t.pos_ not in ("VERB", "AUX"))]
    return nouns if token.pos_ not in ("VERB", "AUX") else [token]


def branch_of(noun: Token, verb: Token) -> int | None:
    """Where the branch under `noun` that holds `verb` begins, if it does."""
    token = verb
    for _ in range(_DEEP):
        if token.head.i == noun.i and token.i != noun.i:
            return token.left_edge.i
        if token.head.i == token.i:
            return None
        token = token.head
    return None
