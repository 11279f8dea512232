"""Whether a clause is passive, also where auxiliaries lack or the parser takes its verb for a bare participle."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.roles.words import role_lexicon

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
NOMINAL = ("NOUN", "PROPN")
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


def is_passive(verb: Token) -> bool:
    """Whether the subject of `verb` undergoes it: a passive clause, or a past participle that modifies a noun."""
    if verb.tag_ == "VBD":
        return _headline_passive(verb)
    if verb.tag_ != "VBN" or _stative(verb):
        return False
    deps = {child.dep_ for child in verb.children}
    if deps & {"auxpass", "nsubjpass", "csubjpass"}:
        return True
    if "aux" in deps:
        return False
    if "agent" in deps:
        return True
    if "nsubj" in deps:  # "Minister sacked over spending", but "the town that rebels captured"
        return verb.dep_ != "relcl" and not deps & _COMPLEMENTS
    if _lone_clause(verb) or relative_noun(verb) is not None:
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head)
    return verb.dep_ in _REDUCED


def _lone_clause(verb: Token) -> bool:
    """ "Our units left at night.": the only clause of a whole sentence, taken for a participle after its subject."""
    noun, sentence = verb.head, verb.sent
    if verb.dep_ != "acl" or noun.dep_ != "ROOT" or noun.i != verb.i - 1 or not sentence[-1].is_punct:
        return False
    return (
        verb.lemma_.lower() not in role_lexicon().transitive and sum(t.pos_ in ("VERB", "AUX") for t in sentence) == 1
    )


def relative_noun(verb: Token) -> Token | None:
    """The antecedent of an object relative that the parser takes for a noun with a participle.

    "The mayor, whom rebels kidnapped", "the town the rebels captured was shelled", "images that a firm released show".
    """
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or verb.i != noun.i + 1:
        return None
    if noun.dep_ == "relcl":
        return noun.head if any(c.tag_ in ("WP", "WDT") for c in noun.lefts) else None
    if noun.dep_ not in SUBJECTS:
        return None
    clause, first = noun.head, noun.left_edge
    if clause.dep_ == "relcl" and clause.head.dep_ == "ROOT" and first.i and first.nbor(-1).tag_ in ("WP", "WDT"):
        return clause.head
    return _beside(noun)


def _beside(noun: Token) -> Token | None:
    """The other subject of the same verb, which stands directly before `noun` and its article."""
    first = noun.left_edge
    if not first.i or first.tag_ != "DT":
        return None
    before = first.nbor(-1)
    return before if before.dep_ in SUBJECTS and before.head == noun.head and before.pos_ in NOMINAL else None


def _headline_passive(verb: Token) -> bool:
    """ "Minister sacked over bribes": a verb that always has an object has none, and no full stop follows."""
    if verb.lemma_.lower() not in role_lexicon().transitive or verb.sent[-1].is_punct:
        return False
    deps = {child.dep_ for child in verb.children}
    return "nsubj" in deps and not deps & {"dobj", "dative", "xcomp", "ccomp", "aux", "auxpass"}


def _stative(verb: Token) -> bool:
    """ "Are engaged in", "is opposed to": who is it, does it."""
    link = role_lexicon().stative.get(verb.lower_)
    return link is not None and any(c.dep_ == "prep" and c.lower_ == link for c in verb.children)
