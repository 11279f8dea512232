"""What a verb's own clause says of it: auxiliaries, negators, adverbs, questions, commands, conditions and habits."""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import Modality
from kg.nlp.modality.factuality import Factuality, modality_lexicon
from kg.nlp.modality.habits import habitual

FINITE = ("nsubj", "nsubjpass", "aux", "auxpass", "expl")
_SUBJECTS = ("nsubj", "nsubjpass")
_ARGUMENTS = (*_SUBJECTS, "dobj", "attr")
_EACH = ("all", "every", "everyone", "everybody", "only", "just", "merely", "simply", "necessarily")
_MORE = ("fewer", "less", "more", "later", "sooner")


def verbal(token: Token) -> bool:
    """Whether `token` is tagged as a verb."""
    return token.pos_ in ("VERB", "AUX")


def infinitive(verb: Token) -> bool:
    """Whether "to" stands with `verb`."""
    return any(c.tag_ == "TO" for c in verb.children)


def marked(clause: Token) -> set[str]:
    """The words that open a clause, lower case."""
    return {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}


def conditional(clause: Token) -> bool:
    """Whether a clause says on what another depends: "if he resigns", "had he resigned"."""
    return bool(marked(clause) & modality_lexicon().words.conditions) or _inverted(clause)


def own(verb: Token) -> Factuality:
    """From the verb's auxiliaries, negators, adverbs and the "no" on its subject or object."""
    words = modality_lexicon()
    children = list(verb.children)
    result = Factuality(negated=_negated(verb))
    if verb.tag_ == "VB" and verb.dep_ == "ROOT":
        result = result.under(_headlined(verb))
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in children)
    for child in children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
            unreal = perfect and child.lower_ in words.words.unreal  # "could have died"
            result = result.under("conditional" if unreal else words.auxiliaries.get(child.lower_, "possible"))
        elif child.dep_ == "advmod":
            result = result.under(words.modifiers.get(child.lower_, "same"))
    if verb.dep_ == "ROOT" and _asked(verb):
        result = result.under("possible")
    if result.modality is not Modality.ACTUAL and any(c.dep_ == "advcl" and conditional(c) for c in children):
        return result.under("conditional")
    return result.under("generic") if result.modality is Modality.ACTUAL and habitual(verb) else result


def _headlined(verb: Token) -> str:
    """A headline's "X to buy Y" is planned; a bare imperative is only wanted."""
    if infinitive(verb) and not any(c.tag_ == "MD" for c in verb.children):
        return "future"
    return "same" if any(c.dep_ in FINITE for c in verb.children) else "possible"


def _asked(verb: Token) -> bool:
    """Whether the sentence asks if it is so; "who", "why" and "how" ask more about what is so."""
    sentence = verb.sent
    first = next((t for t in sentence if t.is_alpha), verb)
    mark = next((t for t in sentence[-2:] if t.text == "?"), None)
    if mark is None or first.tag_.startswith("W"):
        return False
    return not any(t.is_quote for t in verb.doc[verb.i : mark.i])  # 'tweeted: "Who is he?"' asks nothing of itself


def _inverted(clause: Token) -> bool:
    """ "Had the dam burst", "were he to resign", "should it rain"."""
    first = clause.left_edge
    opens = first.i == clause.i or (first.head.i == clause.i and first.dep_ in ("aux", "auxpass"))
    return opens and clause.dep_ == "advcl" and first.lower_ in modality_lexicon().words.inverted


# --- negation --------------------------------------------------------------------------------------------------


def _negated(verb: Token) -> bool:
    if verb.dep_ == "conj" and any(_nor(c, verb) for c in verb.head.children):
        return True
    fronted = (c for aux in verb.children if aux.dep_ in ("aux", "auxpass") for c in aux.lefts)  # "at no time did he"
    return any(_denies(child, verb) for child in (*verb.children, *fronted))


def _denies(child: Token, verb: Token) -> bool:
    """Whether a word that hangs on `verb` denies it: "never", "no longer", "nor", "no soldiers", "at no time"."""
    negators, dep = modality_lexicon().words.negators, child.dep_
    if dep == "neg" or (dep == "advmod" and child.lower_ in negators):
        return not _singled_out(child)
    if dep in ("advmod", "npadvmod"):
        return any(c.lower_ in negators for c in child.children)
    if dep in _ARGUMENTS:
        return _none_of(child)
    if dep == "prep":
        return any(_never(c) for c in child.children)
    return _nor(child, verb)


def _nor(child: Token, verb: Token) -> bool:
    return child.dep_ in ("cc", "preconj") and child.lower_ in ("neither", "nor") and child.i < verb.i


def _none_of(noun: Token) -> bool:
    """ "No soldiers", "neither army nor navy", "not a single soldier", "nobody"."""
    words = modality_lexicon().words
    if noun.lower_ in words.negative_subjects:
        return True
    for child in noun.lefts:
        if child.dep_ in ("det", "preconj", "neg") and child.lower_ in words.negators and not _singled_out(child):
            return True
    return False


def _never(noun: Token) -> bool:
    """ "Under no circumstances", "at no time"."""
    words = modality_lexicon().words
    denied = any(c.dep_ == "det" and c.lower_ == "no" for c in noun.lefts)
    return denied and noun.lemma_.lower() in words.circumstances


def _singled_out(negator: Token) -> bool:
    """ "Not only robbed", "not all fled", "no fewer than ten fled": what is denied is that it was all."""
    after = [t.lower_ for t in negator.doc[negator.i + 1 : negator.i + 3]]
    return bool(after) and (after[0] in _EACH or (after[0] in _MORE and after[-1] == "than"))
