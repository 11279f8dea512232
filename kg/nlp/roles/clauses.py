"""Who a clause is about and what it acts on: subjects and objects of verbs, also from outside their own clause.

Passives, relative clauses, participles, control, coordination.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.roles.phrases import gerund_before, is_time, named_deed
from kg.nlp.roles.voice import NOMINAL, SUBJECTS, is_passive, relative_noun
from kg.nlp.roles.words import role_lexicon

__all__ = ["CLAUSES", "SUBJECTS", "accused", "infinitive", "is_passive", "is_time", "object_of", "subject"]

_CONTROLLED = ("conj", "xcomp", "ccomp", "advcl", "dep", "csubj", "acomp", "attr")
CLAUSES = ("xcomp", "ccomp")
_BODIES = ("GPE", "NORP", "ORG")
_DEEP = 12  # how far control is followed upwards; real sentences need far less


def subject(verb: Token) -> tuple[Token, bool] | None:
    """The token that heads the subject of `verb`, and whether it was found outside its own phrase."""
    return _subject(verb, 0)


def object_of(verb: Token) -> Token | None:
    """The token that heads what the active `verb` acts on, antecedents included."""
    for child in verb.children:
        if child.dep_ in ("dobj", "attr") and not (child.dep_ == "attr" and verb.lemma_ == "be"):
            return _antecedent(child, verb)
    return _gap(verb) or _shared_object(verb)


def infinitive(verb: Token) -> bool:
    """Whether `verb` is a "to" infinitive."""
    return any(c.tag_ == "TO" for c in verb.children)


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
    if before or subjects:
        own = before[-1] if before else subjects[0]
        if len(before) > 1 and any(relative_noun(c) is not None for c in own.rights):
            return before[-2]
        after = own.nbor() if own.i + 1 < verb.i else own
        return after if named_deed(after) == own else own
    astray = (c for a in verb.lefts if a.dep_ in ("aux", "auxpass") for c in a.children if c.dep_ in SUBJECTS)
    return next(astray, None) or _headed(verb)  # the parser now and then hangs the subject on the auxiliary


def _headed(verb: Token) -> Token | None:
    """ "Chile to host summit": in a heading the noun before a bare infinitive, which the parser leaves loose."""
    if verb.dep_ != "ROOT" or not infinitive(verb):
        return None
    return next((c for c in verb.lefts if c.dep_ in ("dep", "compound", "npadvmod") and c.pos_ in NOMINAL), None)


def _controller(verb: Token, depth: int) -> Token | None:
    """Who does what the subjectless `verb` names, from its governor."""
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return None
    if dep == "advcl" and verb.tag_ == "VBG" and verb.lemma_ in role_lexicon().consequences and head.i < verb.i:
        return head if head.pos_ == "VERB" else None  # "were killed, prompting protests": what is told does it
    if dep in ("acl", "relcl", "amod"):
        return _noun_controller(verb, head, depth)
    if dep == "prep" and verb.tag_ == "VBG" and head.pos_ != "ADP":  # "sports including sailing"
        return _governor_subject(head, verb, depth) if head.pos_ in ("VERB", "AUX") else head
    if dep == "advcl" and (deed := _deed_before(verb)) is not None:
        return deed
    if dep == "pcomp" and any(c.dep_ == "advcl" and _deed_before(c) == verb for c in head.head.rights):
        return None
    if dep == "pcomp" or (dep == "prep" and head.pos_ == "ADP"):
        return _governor_subject(head.head, verb, depth) if head.head.i != head.i else None
    if dep in _CONTROLLED and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        return _governor_subject(head, verb, depth)
    return None


def _deed_before(verb: Token) -> Token | None:
    """ "Owner held after sinking kills two": a gerund right before a finite verb that has no other subject."""
    if verb.tag_ != "VBZ" or any(c.dep_ in ("mark", "advmod", *SUBJECTS) for c in verb.lefts):
        return None
    deeds = (c for prep in verb.head.rights if prep.dep_ == "prep" for c in prep.children if c.dep_ == "pcomp")
    return next((c for c in deeds if c.tag_ == "VBG" and c.right_edge.i + 1 == verb.left_edge.i), None)


def _noun_controller(verb: Token, noun: Token, depth: int) -> Token | None:
    """ "positions held", "people fleeing": the noun itself; "its decision to regroup": who decides."""
    if not infinitive(verb):
        return noun
    if noun.dep_ == "ROOT" and noun.i < verb.i:
        return noun  # "Ukraine to hold talks", without another verb
    if any(c.lower_ in role_lexicon().singling for c in noun.lefts):  # "the first woman to win the prize"
        named = _subject(noun.head, depth) if noun.dep_ == "attr" else None
        return named[0] if named else noun
    possessor = _possessor(noun)
    if possessor is not None:
        return possessor
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX") and noun.head.lemma_ != "be":
        found = _subject(noun.head, depth)
        return found[0] if found else None
    if noun.dep_ == "nsubjpass":
        return _by_agent(noun.head)
    return None


def _possessor(noun: Token) -> Token | None:
    """Whose plan or decision it is: "its decision", "the US decision", "a Russian plan"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    named = (c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and c.ent_type_ in _BODIES)
    return owner if owner is not None else next(named, None)


def _governor_subject(head: Token, verb: Token, depth: int) -> Token | None:
    if head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return None
    if head.pos_ == "NOUN":
        accused = _accused(head)
        if accused is not None:
            return accused
        possessor = _possessor(head)
        if possessor is not None or head.dep_ != "dobj" or depth > _DEEP:
            return possessor
        return _governor_subject(head.head, verb, depth + 1)  # "seek a method of raising it"
    if verb.dep_ == "ccomp" and _finite(verb):  # "suggests a measure has failed", taken for an object
        named = next((c for c in head.children if c.dep_ == "dobj" and c.i < verb.i), None)
        if named is not None:
            return named
    if head.lemma_ in role_lexicon().object_control and _may_be_controlled(verb):
        controller = next((c for c in head.children if c.dep_ in ("dobj", "nsubjpass", "dative")), None)
        if controller is not None:
            return _antecedent(controller, head)
    if verb.dep_ == "advcl" and is_passive(head):
        if infinitive(verb):
            return _by_agent(head)
        doer = _by_agent(head) if verb.tag_ == "VBG" and verb.lemma_ in role_lexicon().transitive else None
        if doer is not None:
            return doer  # "was wrecked by a blast, killing six"
    found = _subject(head, depth)
    if found is not None and verb.dep_ == "xcomp" and head.lemma_ == "be" and found[0].lemma_ in role_lexicon().aims:
        return _possessor(found[0])  # "their aim is to win"
    return found[0] if found else None


def _accused(charge: Token) -> Token | None:
    """ "Acquitted him of a charge of forging": who is concerned by what such a verb says about its object."""
    prep = charge.head
    if charge.dep_ != "pobj" or prep.lower_ not in role_lexicon().controlling:
        return None
    verb = prep.head.head if prep.head.dep_ == "dobj" else prep.head
    if verb.lemma_ not in role_lexicon().object_control:
        return None
    return _acted_on(verb)


def _finite(verb: Token) -> bool:
    return any(t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in (verb, *verb.children) if t is verb or "aux" in t.dep_)


def _may_be_controlled(verb: Token) -> bool:
    """Whether an object may do what `verb` names: "accused of stealing", but not "kept it alive by feeding it"."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_ in role_lexicon().controlling
    if verb.dep_ == "advcl":  # "fired shots, hitting a man", "warned him after leaving": the subject does it
        return infinitive(verb) and verb.i > verb.head.i
    return verb.dep_ in ("xcomp", "ccomp")


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


def _acted_on(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)


def accused(deed: Token) -> Token | None:
    """ "Charged him with murder", "was jailed for the attack": who is said to have done what a noun names."""
    prep = deed.head
    if deed.dep_ == "dobj" and prep.lemma_ in role_lexicon().denying and gerund_before(deed) is not None:
        found = subject(prep)
        return found[0] if found else None
    if deed.dep_ != "pobj" or prep.lower_ not in role_lexicon().charging:
        return None
    verb = prep.head.head if prep.head.dep_ == "dobj" else prep.head
    if verb.lemma_ not in role_lexicon().accusing:
        return None
    return _acted_on(verb)


# --- objects -------------------------------------------------------------------------------------------------


def _gap(verb: Token) -> Token | None:
    """The antecedent of a relative clause that misses its object ("the city they left")."""
    antecedent = relative_noun(verb)
    if antecedent is not None:
        return antecedent
    if verb.dep_ != "relcl" or is_passive(verb):
        return None
    children = list(verb.children)
    if any(c.dep_ in ("dobj", *CLAUSES) or (c.dep_ == "prep" and not any(c.children)) for c in children):
        return None
    own = next((c for c in children if c.dep_ in SUBJECTS), None)
    adverbial = any(c.tag_ == "WRB" for c in children)
    relative = own is not None and (_antecedent(own, verb).i != own.i or any(c.tag_ == "WP$" for c in own.lefts))
    return None if own is None or relative or adverbial else verb.head


def _shared_object(verb: Token) -> Token | None:
    """ "bought and sold shares": the object that closely coordinated verbs share."""
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and other.i - verb.i <= 2 and other.tag_ == verb.tag_:
            return next((c for c in other.children if c.dep_ == "dobj"), None)
    return None
