"""How an event is told that a noun names: its modifiers, and what governs it ("threat of war", "averted a strike")."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.model import Modality
from kg.nlp.modality.factuality import Factuality, effect_of, modality_lexicon, weaker
from kg.nlp.modality.habits import habitual, recurrent
from kg.nlp.modality.verbs import verbal

Outer = Callable[[Token], Factuality]  # how a governing word is told

_GOVERNING = ("for", "of", "on", "with", "from", "over")  # what a verb listed without preposition may govern by
_NOMINAL = ("of", "for", "against", "to", "on", "about")  # the same of a noun
_QUALIFYING = ("for", "of", "against")  # the same of an adjective
_OBJECTS = ("dobj", "nsubjpass", "xcomp", "ccomp")
_NONE = ("negates", "rejects", "excludes")
_ANY = ("a", "an", "any", "another")
_CERTAIN = ("the", "this", "that", "these", "those")


def own(noun: Token) -> Factuality:
    """From the noun's own modifiers: "no strike", "the planned strike", "a strike is likely"."""
    words = modality_lexicon()
    result = Factuality(denied(noun))
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "advmod") or (child.dep_ == "acl" and child.tag_ == "VBN"):
            result = result.under(words.modifiers.get(child.lower_, "same"))
    return result.under(_predicated(noun))


def denied(noun: Token) -> bool:
    """ "No strike", "not a single strike"; where the noun is the predicate, "none of them a strike"."""
    words = modality_lexicon().words
    return any(
        (c.dep_ in ("det", "neg", "preconj") and c.lower_ in words.negators)
        or (c.dep_ in ("nsubj", "nmod") and c.lower_ in words.negative_subjects)
        for c in noun.lefts
    )


def _predicated(noun: Token) -> str:
    """ "A strike is imminent"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ not in ("be", "seem", "look", "appear"):
        return "same"
    adjective = next((c for c in noun.head.children if c.dep_ in ("acomp", "oprd")), None)
    return modality_lexicon().modifiers.get(adjective.lower_, "same") if adjective is not None else "same"


def came_to_nothing(noun: Token) -> bool:
    """Whether a plan, bid or proposal was dropped, rejected or failed, or somebody was cleared of a charge."""
    words, head = modality_lexicon(), noun.head
    if noun.dep_ == "pobj" and verbal(head.head):
        if head.lower_ in ("in", "at") and head.head.lemma_.lower() in words.words.failing:
            return True
        return effect_of(words.objects, head.head, head.lower_) in _NONE and head.lower_ in ("of", "from")
    if not verbal(head) or any(c.dep_ == "neg" for c in head.children):
        return False
    if noun.dep_ == "nsubj":
        return head.lemma_.lower() in words.words.failing
    return noun.dep_ in ("dobj", "nsubjpass") and (
        effect_of(words.objects, head) in _NONE or head.lemma_.lower() in words.words.dropping
    )


def governed(noun: Token, told: Factuality, outer: Outer) -> Factuality:
    """Add what the governor of a noun says about it."""
    head = noun.head
    if head.i == noun.i:
        return told
    if noun.dep_ == "conj":
        return _conjunct(noun, told, outer)
    if noun.dep_ in ("compound", "nmod") and head.pos_ == "NOUN":
        return told.under(effect_of(modality_lexicon().nouns, head))  # "murder charges"
    if noun.dep_ == "pobj" and head.head.i != head.i:
        return _after(noun, head, told, outer)
    if not verbal(head):
        return told
    if noun.dep_ in _OBJECTS:
        return _acted_on(noun, head, told, effect_of(modality_lexicon().objects, head), outer)
    if noun.dep_ == "attr" and any(c.dep_ == "expl" for c in head.children):
        return told if told.negated else told.within(outer(head))  # "there may be strikes"
    return _subject(noun, head, told, outer) if noun.dep_ == "nsubj" else told


def _conjunct(noun: Token, told: Factuality, outer: Outer) -> Factuality:
    first = outer(noun.head) if noun.head.pos_ == "NOUN" else Factuality()
    alternative = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in noun.head.children)
    return Factuality(told.negated or (alternative and first.negated), weaker(told.modality, first.modality))


def _subject(noun: Token, verb: Token, told: Factuality, outer: Outer) -> Factuality:
    """ "Each delivery adds months", "a strike could cripple the port": of no certain one."""
    if habitual(verb):
        return told if certain(noun) and not recurrent(noun) else told.under("generic")
    if any(c.lower_ in _ANY for c in noun.lefts):
        return Factuality(told.negated, weaker(told.modality, outer(verb).modality))
    return told


def certain(noun: Token) -> bool:
    """Whether a noun points at some certain event: "the strike", "their strike"."""
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _CERTAIN) for c in noun.lefts)


def _after(noun: Token, prep: Token, told: Factuality, outer: Outer) -> Factuality:
    """An event after a preposition: "without violence", "plans for a strike", "called for a ceasefire"."""
    words, governor = modality_lexicon(), prep.head
    if prep.lower_ in words.words.denying or governor.lower_ in words.words.denying:
        return told.under("negates")
    if effect := words.prepositions.get(_compound(prep)) or words.prepositions.get(prep.lower_):
        return told.under(effect)
    if governor.pos_ == "NOUN" and prep.lower_ in _NOMINAL:
        return _in_noun(prep, governor, told)
    if governor.pos_ == "ADJ" and prep.lower_ in _QUALIFYING:
        effect = effect_of(words.clauses, governor)
        return told if effect in ("", "same") else told.under(effect).within(outer(governor))
    if verbal(governor):
        phrase = f"{governor.lemma_.lower()} {prep.lower_}"
        if prep.lower_ in _GOVERNING or phrase in words.objects:
            return _acted_on(noun, governor, told, effect_of(words.objects, governor, prep.lower_), outer)
    return told


def _compound(prep: Token) -> str:
    """ "Ahead of", "in case of"."""
    governor = prep.head
    if governor.pos_ == "NOUN" and governor.dep_ == "pobj" and not governor.n_lefts:
        return f"{governor.head.lower_} {governor.lower_} {prep.lower_}"
    return f"{governor.lower_} {prep.lower_}"


def _in_noun(prep: Token, governor: Token, told: Factuality) -> Factuality:
    """ "Threat of war" and "no sign of a fight" tell of none that is; "goals of the war" does."""
    words = modality_lexicon()
    imagined = prep.lower_ != "of" or governor.lemma_ in words.words.imagining
    changed = told.under(effect_of(words.nouns, governor) if imagined else "same")
    listed = governor.lemma_ in words.words.traces or (imagined and governor.lemma_ in words.nouns)
    nothing = listed and (denied(governor) or came_to_nothing(governor))
    return Factuality(True, changed.modality) if nothing else changed


def _acted_on(noun: Token, verb: Token, told: Factuality, effect: str, outer: Outer) -> Factuality:
    """An event that a verb acts on: "planned no cuts", "refused to commit to cuts" tell of none.

    What was only said stands though it is rejected ("rejected the offer").
    """
    if not effect:
        return _undone(noun, verb, told, outer)
    saying = outer(verb)
    if effect == "rejects" and noun.lemma_.lower() in modality_lexicon().words.said:
        return told
    if effect == "excludes" and saying.negated:
        return told.under("possible")
    if effect == "within":  # "may trigger an election"
        return told if told.negated else told.within(saying)
    if effect in _NONE:
        return told.under("negates").within(saying)  # "did not prevent the attack"
    changed = told.under(effect)
    return Factuality(True, changed.modality) if saying.negated and effect != "same" else changed


def _undone(noun: Token, verb: Token, told: Factuality, outer: Outer) -> Factuality:
    """ "Did not fire a shot", "could face an attack": of no certain one, so no more than the verb says."""
    if not any(c.lower_ in _ANY for c in noun.lefts) or noun.dep_ == "pobj":
        return told
    saying = outer(verb)
    if saying.modality is Modality.ACTUAL and not saying.negated:
        return told
    return Factuality(told.negated or saying.negated, weaker(told.modality, saying.modality))
