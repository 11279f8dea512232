"""Whether an occurrence is told as actual, possible, planned or conditional, and whether it is denied.

Read from auxiliaries, negators and the words that govern the predicate: implicatives ("failed to"), intentions
("plans to"), purposes, conditions.  What a saying verb governs is not touched: hearsay is the statements' matter.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import msgspec
from spacy.tokens import Token

from kg import lexicon
from kg.model import Modality, Polarity

_DEEP = 8  # governors looked at; real chains are shorter
_VERBAL = ("VERB", "AUX")
_FINITE = ("nsubj", "nsubjpass", "aux", "auxpass", "expl")


class ModalityWords(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """Small closed classes."""

    negators: frozenset[str]
    negative_subjects: frozenset[str]
    conditions: frozenset[str]
    bounding: frozenset[str]
    singling: frozenset[str]
    denying: frozenset[str]
    imagining: frozenset[str]


class ModalityLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of `kg/data/modality.toml`: words with the effect they have on what they govern."""

    auxiliaries: dict[str, str]
    clauses: dict[str, str]
    objects: dict[str, str]
    nouns: dict[str, str]
    modifiers: dict[str, str]
    words: ModalityWords


class Factuality(NamedTuple):
    """How an occurrence is told."""

    negated: bool = False
    modality: Modality = Modality.ACTUAL

    @property
    def polarity(self) -> Polarity:
        """The polarity as the records have it."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def under(self, effect: str) -> Factuality:
        """What this becomes under a word with `effect`."""
        if effect == "negates":
            return Factuality(not self.negated, self.modality)
        modality = _EFFECTS.get(effect, Modality.ACTUAL)
        return Factuality(self.negated, _weaker(self.modality, modality))

    def within(self, outer: Factuality) -> Factuality:
        """What this becomes where its truth hangs on that of `outer` ("did not manage to", "may begin to")."""
        return Factuality(self.negated != outer.negated, _weaker(self.modality, outer.modality))


_EFFECTS = {
    "possible": Modality.POSSIBLE,
    "future": Modality.FUTURE,
    "conditional": Modality.CONDITIONAL,
}
_STRENGTH = [Modality.ACTUAL, Modality.FUTURE, Modality.POSSIBLE, Modality.CONDITIONAL]


def _weaker(left: Modality, right: Modality) -> Modality:
    return max(left, right, key=_STRENGTH.index)


@cache
def modality_lexicon() -> ModalityLexicon:
    """Words that change how an occurrence is told."""
    return lexicon.load("modality", ModalityLexicon)


def factuality(token: Token) -> Factuality:
    """How the occurrence that `token`, a verb or an event noun, names is told."""
    return _of(token, 0)


def carried(noun: Token, verb: Token) -> Factuality:
    """How an event is told that `noun` names and the light `verb` carries ("did not carry out any strikes")."""
    return _own_noun(noun).within(factuality(verb))


def _of(token: Token, depth: int) -> Factuality:
    if depth > _DEEP:
        return Factuality()
    if token.pos_ in _VERBAL or token.tag_.startswith("VB"):
        return _governed(token, _own_verb(token), depth)
    return _governed_noun(token, _own_noun(token), depth)


# --- verbs ---------------------------------------------------------------------------------------------------


def _own_verb(verb: Token) -> Factuality:
    """From the verb's auxiliaries, negators, adverbs and the "no" on its subject or object."""
    words = modality_lexicon()
    result = Factuality(negated=_negated(verb))
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not any(c.dep_ in _FINITE for c in verb.children):
        result = result.under("possible")  # an imperative
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
            result = result.under(words.auxiliaries.get(child.lower_, "possible"))
        elif child.dep_ == "advmod":
            result = result.under(words.modifiers.get(child.lower_, "same"))
        elif child.dep_ == "advcl" and _conditional(child):
            result = result.under("conditional") if result.modality is not Modality.ACTUAL else result
    if verb.dep_ == "ROOT" and verb.sent[-1].text == "?":
        result = result.under("possible")
    return result


def _negated(verb: Token) -> bool:
    words = modality_lexicon().words
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in words.negators):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            if child.lower_ in words.negative_subjects:
                return True
            if any(c.dep_ == "det" and c.lower_ in words.negators for c in child.children):
                return True
    return False


def _conditional(clause: Token) -> bool:
    conditions = modality_lexicon().words.conditions
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in conditions for c in clause.children)


def _infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def _governed(verb: Token, own: Factuality, depth: int) -> Factuality:
    """Add what the governor of a clause says about it."""
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return own
    if dep == "advcl":
        return _adverbial(verb, own, depth)
    if dep == "conj" and head.pos_ in _VERBAL:
        return _conjunct(verb, own, depth)
    if dep == "xcomp" and head.lemma_ == "be" and _infinitive(verb):
        return own.under("future")  # "is to be held"
    if dep in ("xcomp", "ccomp"):
        return _complement(head, own, modality_lexicon().clauses, depth, default="same" if dep == "xcomp" else "")
    if dep == "acl" and head.pos_ == "NOUN" and (_infinitive(verb) or head.lemma_ in modality_lexicon().nouns):
        return own.under(modality_lexicon().nouns.get(head.lemma_, _aim(head))) if _infinitive(verb) else own
    if dep == "pcomp":
        return _gerund(head, own, depth)
    if dep == "ccomp" or (dep == "relcl" and _conditional(verb)):
        return own.under("conditional")
    return own


def _aim(noun: Token) -> str:
    """What an infinitive after a noun tells: "a law to raise taxes" aims, "the first woman to win" has won."""
    singled = modality_lexicon().words.singling
    return "same" if any(c.lower_ in singled or c.tag_ == "JJS" for c in noun.lefts) else "future"


def _adverbial(verb: Token, own: Factuality, depth: int) -> Factuality:
    if _conditional(verb):
        return own.under("conditional")
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    if _infinitive(verb) and not marks:
        effect = modality_lexicon().clauses.get(verb.head.lemma_, "future")
        return own.under("future" if effect == "same" else effect)
    if marks & modality_lexicon().words.denying:
        return own.under("negates")
    if marks & modality_lexicon().words.bounding:  # "will stay until it is over"
        planned = _of(verb.head, depth + 1).modality is Modality.FUTURE
        return own.under("future") if planned else own
    return own


def _conjunct(verb: Token, own: Factuality, depth: int) -> Factuality:
    """A verb that shares its subject with the verb before shares its auxiliaries and governor too."""
    if any(c.dep_ in _FINITE for c in verb.children):
        return own
    first = _of(verb.head, depth + 1)
    if first.modality is Modality.ACTUAL or verb.tag_ in ("VBD", "VBZ", "VBP"):
        return own
    return Factuality(own.negated, _weaker(own.modality, first.modality))


def _complement(head: Token, own: Factuality, effects: dict[str, str], depth: int, default: str) -> Factuality:
    effect = effects.get(head.lemma_.lower(), default)
    if not effect:
        return own
    changed = own.under(effect)
    if effect in ("same", "negates") and head.pos_ in _VERBAL:
        return changed.within(_of(head, depth + 1))
    return changed


def _gerund(prep: Token, own: Factuality, depth: int) -> Factuality:
    words = modality_lexicon()
    if prep.lower_ in words.words.denying or prep.head.lower_ in words.words.denying:
        return own.under("negates")
    head = prep.head
    if head.pos_ in _VERBAL or head.pos_ == "ADJ":
        return _complement(head, own, words.clauses, depth, default="") if prep.lower_ in _LINKING else own
    return own.under(words.nouns.get(head.lemma_, "same")) if head.pos_ == "NOUN" else own


_GOVERNING = ("for", "of", "on", "with", "from", "over")
_LINKING = ("of", "from", "at", "to", "in", "on", "about", "against", "for", "into")


# --- nouns ---------------------------------------------------------------------------------------------------


def _imagining(noun: Token, prep: Token) -> bool:
    """Whether what follows a noun is only thought of: "threat of war", but not "goals of the war"."""
    return prep.lower_ != "of" or noun.lemma_ in modality_lexicon().words.imagining


def _own_noun(noun: Token) -> Factuality:
    words = modality_lexicon()
    result = Factuality()
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ in words.words.negators:
            result = result.under("negates")
        elif child.dep_ in ("amod", "compound", "advmod"):
            result = result.under(words.modifiers.get(child.lower_, "same"))
    return result


def _governed_noun(noun: Token, own: Factuality, depth: int) -> Factuality:
    head = noun.head
    words = modality_lexicon()
    if noun.dep_ == "conj" and head.i != noun.i:
        outer = _of(head, depth + 1) if head.pos_ == "NOUN" else Factuality()
        return Factuality(own.negated, _weaker(own.modality, outer.modality))
    if noun.dep_ == "pobj" and head.head.i != head.i:
        governor = head.head
        if head.lower_ in words.words.denying:
            return own.under("negates")
        if governor.pos_ == "NOUN" and head.lower_ in ("of", "for", "against", "to"):
            return own.under(words.nouns.get(governor.lemma_, "same") if _imagining(governor, head) else "same")
        if governor.pos_ in _VERBAL and head.lower_ in _GOVERNING:
            return own.under(words.objects.get(governor.lemma_, "same"))
        return own
    if noun.dep_ in ("dobj", "nsubjpass", "xcomp", "ccomp") and head.pos_ in _VERBAL:
        return _acted_on(own, words.objects.get(head.lemma_, "same"), head)
    return own


def _acted_on(own: Factuality, effect: str, verb: Token) -> Factuality:
    """An event as the object of `verb`: "planned no cuts", "did not plan any cuts" tell of none."""
    changed = own.under(effect)
    hoped = effect in ("future", "possible") and _negated(verb)
    return Factuality(True, changed.modality) if hoped else changed
