"""Who a clause is about and what it acts on: subjects and objects of verbs, also from outside their own clause.

Passives, relative clauses, participles, control, coordination; and the words that a noun phrase covers.
"""

from __future__ import annotations

from functools import cache

import msgspec
from spacy.tokens import Token

from kg import lexicon
from kg.nlp.annotations import Stretch

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_CONTROLLED = ("conj", "xcomp", "ccomp", "advcl", "dep", "csubj", "acomp", "attr")
_LOOSE = ("cc", "mark", "case")  # what no phrase ends with
CLAUSES = ("xcomp", "ccomp")
_COMPLEMENTS = {"dobj", "attr", "xcomp", "ccomp", "prt", "acomp", "oprd"}
_REDUCED = (
    "acl",
    "amod",
    "advcl",
    "relcl",
    "agent",
    "acomp",
    "oprd",
    "xcomp",
    "ccomp",
)  # where a past participle needs no auxiliary
_DEEP = 12  # how far control is followed upwards; real sentences need far less


class RoleWords(msgspec.Struct, frozen=True, kw_only=True):
    """Adverbs that are places or times by themselves."""

    place: frozenset[str]
    time: frozenset[str]


class RoleLexicon(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The shape of `kg/data/roles.toml`."""

    prepositions: dict[str, str]
    subordinators: dict[str, str]
    words: RoleWords
    object_control: frozenset[str]
    relative: frozenset[str]


@cache
def role_lexicon() -> RoleLexicon:
    """Prepositions, subordinators and adverbs with the role they mark."""
    return lexicon.load("roles", RoleLexicon)


def is_passive(verb: Token) -> bool:
    """Whether the subject of `verb` undergoes it: a passive clause, or a past participle that modifies a noun."""
    if verb.tag_ != "VBN":
        return False
    deps = {child.dep_ for child in verb.children}
    if deps & {"auxpass", "nsubjpass", "csubjpass"}:
        return True
    if "aux" in deps:
        return False
    if "agent" in deps:
        return True
    if "nsubj" in deps:
        return not deps & _COMPLEMENTS  # "Minister sacked over spending"
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head)
    return verb.dep_ in _REDUCED


def subject(verb: Token) -> tuple[Token, bool] | None:
    """The token that heads the subject of `verb`, and whether it was found outside its own phrase."""
    return _subject(verb, 0)


def object_of(verb: Token) -> Token | None:
    """The token that heads what the active `verb` acts on, antecedents included."""
    for child in verb.children:
        if child.dep_ in ("dobj", "attr") and not (child.dep_ == "attr" and verb.lemma_ == "be"):
            return _antecedent(child, verb)
    return _gap(verb) or _shared_object(verb)


def coordinated(token: Token) -> list[Token]:
    """`token` and the nouns coordinated with it, in text order."""
    nouns = [token, *(t for t in token.conjuncts if t.i > token.i and t.pos_ not in ("VERB", "AUX"))]
    return nouns if token.pos_ not in ("VERB", "AUX") else [token]


def phrase(token: Token, stop: int | None = None) -> Stretch:
    """The words of the noun phrase that `token` heads, without what only comments on it or starts at `stop`."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    for child in token.rights:
        if child.dep_ in ("relcl", "appos", "parataxis", "advcl") or child.left_edge.i == stop:
            end = child.left_edge.i
            break
    if stop is not None and token.i < stop < end:
        end = stop
    comment = (t.left_edge.i for t in token.doc[token.i + 1 : end] if t.dep_ == "relcl" and _after_comma(t))
    return trim(token, start, min(end, next(comment, end)))


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


def infinitive(verb: Token) -> bool:
    """Whether `verb` is a "to" infinitive."""
    return any(c.tag_ == "TO" for c in verb.children)


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


# --- subjects ------------------------------------------------------------------------------------------------


def _subject(verb: Token, depth: int) -> tuple[Token, bool] | None:
    if depth > _DEEP:
        return None
    own = _own_subject(verb)
    if own is not None:
        found = _antecedent(own, verb)
        return (found, found.i != own.i)
    for child in verb.children:
        if child.dep_ == "expl":
            named = next((c for c in verb.children if c.dep_ in ("attr", "dobj")), None)
            return (named, False) if named is not None else None
    found_outside = _controller(verb, depth + 1)
    return (found_outside, True) if found_outside is not None else None


def _own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb; of two ("a magnitude 6 earthquake struck") the one next to it."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    before = [c for c in subjects if c.i < verb.i]
    return before[-1] if before else next(iter(subjects), None)


def _controller(verb: Token, depth: int) -> Token | None:
    """Who does what the subjectless `verb` names, from its governor."""
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return None
    if dep in ("acl", "relcl", "amod"):
        return _noun_controller(verb, head, depth)
    if dep == "pcomp" or (dep == "prep" and head.pos_ == "ADP"):
        return _governor_subject(head.head, verb, depth) if head.head.i != head.i else None
    if dep in _CONTROLLED and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        return _governor_subject(head, verb, depth)
    return None


def _noun_controller(verb: Token, noun: Token, depth: int) -> Token | None:
    """ "positions held", "people fleeing": the noun itself; "its decision to regroup": who decides."""
    if not any(child.tag_ == "TO" for child in verb.children):
        return noun
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    if possessor is not None:
        return possessor
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX") and noun.head.lemma_ != "be":
        found = _subject(noun.head, depth)
        return found[0] if found else None
    if noun.dep_ == "nsubjpass":
        return _by_agent(noun.head)
    return None


def _governor_subject(head: Token, verb: Token, depth: int) -> Token | None:
    if head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return None
    if head.pos_ == "NOUN":
        possessor = next((c for c in head.children if c.dep_ == "poss"), None)
        if possessor is not None or head.dep_ != "dobj" or depth > _DEEP:
            return possessor
        return _governor_subject(head.head, verb, depth + 1)  # "seek a method of raising it"
    if head.lemma_ in role_lexicon().object_control and verb.dep_ in ("xcomp", "ccomp", "pcomp", "advcl"):
        controller = next((c for c in head.children if c.dep_ in ("dobj", "nsubjpass", "dative")), None)
        if controller is not None:
            return _antecedent(controller, head)
    if verb.dep_ == "advcl" and is_passive(head) and any(child.tag_ == "TO" for child in verb.children):
        return _by_agent(head)
    found = _subject(head, depth)
    return found[0] if found else None


def _by_agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _antecedent(token: Token, verb: Token) -> Token:
    """What a relative pronoun stands for; any other token is itself."""
    if token.tag_ not in ("WDT", "WP", "WP$", "WRB") and not (token.lower_ == "that" and token.pos_ == "PRON"):
        return token
    clause = verb
    for _ in range(_DEEP):
        if clause.dep_ == "relcl":
            return clause.head
        if clause.head.i == clause.i or clause.dep_ not in ("conj", "xcomp", "ccomp", "pcomp"):
            return token
        clause = clause.head
    return token


# --- objects -------------------------------------------------------------------------------------------------


def _gap(verb: Token) -> Token | None:
    """The antecedent of a relative clause that misses its object ("the city they left")."""
    if verb.dep_ != "relcl" or is_passive(verb):
        return None
    children = list(verb.children)
    if any(c.dep_ in ("dobj", *CLAUSES) or (c.dep_ == "prep" and not any(c.children)) for c in children):
        return None
    own = next((c for c in children if c.dep_ in SUBJECTS), None)
    adverbial = any(c.tag_ == "WRB" for c in children)
    relative = own is not None and _antecedent(own, verb).i != own.i
    return None if own is None or relative or adverbial else verb.head


def _shared_object(verb: Token) -> Token | None:
    """ "bought and sold shares": the object that closely coordinated verbs share."""
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and other.i - verb.i <= 2 and other.tag_ == verb.tag_:
            return next((c for c in other.children if c.dep_ == "dobj"), None)
    return None
