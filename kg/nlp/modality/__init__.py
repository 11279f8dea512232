"""Whether an occurrence is told as actual, possible, planned or conditional, and whether it is denied.

Read from auxiliaries, negators and the words that govern the predicate: implicatives ("failed to"), intentions
("plans to"), purposes, conditions.  What a saying verb governs is not touched: hearsay is the statements' matter.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import Modality
from kg.nlp.modality.factuality import Effects, Factuality, effect_of, modality_lexicon, weaker

__all__ = ["Factuality", "carried", "factuality", "modality_lexicon"]

_DEEP = 8  # governors looked at; real chains are shorter
_VERBAL = ("VERB", "AUX")
_FINITE = ("nsubj", "nsubjpass", "aux", "auxpass", "expl")
_LINKING = ("of", "from", "at", "to", "in", "on", "about", "against", "for", "into")
_GOVERNING = ("for", "of", "on", "with", "from", "over")  # what a verb listed without preposition may govern by
_NOMINAL = ("of", "for", "against", "to", "on", "about")  # the same of a noun


def factuality(token: Token) -> Factuality:
    """How the occurrence that `token`, a verb or an event noun, names is told."""
    return _of(token, 0)


def carried(noun: Token, verb: Token) -> Factuality:
    """How an event is told that `noun` names and the light `verb` carries ("did not carry out any strikes")."""
    own, outer = _own_noun(noun), factuality(verb)
    return Factuality(own.negated or outer.negated, weaker(own.modality, outer.modality))


def _of(token: Token, depth: int) -> Factuality:
    if depth > _DEEP:
        return Factuality()
    if token.pos_ in _VERBAL or token.tag_.startswith("VB"):
        return _governed(token, _own_verb(token), depth)
    if token.pos_ == "ADJ" and token.head.i != token.i:
        return _of(token.head, depth + 1)  # "was not able to"
    return _governed_noun(token, _own_noun(token), depth)


# --- verbs ---------------------------------------------------------------------------------------------------


def _own_verb(verb: Token) -> Factuality:
    """From the verb's auxiliaries, negators, adverbs and the "no" on its subject or object."""
    words = modality_lexicon()
    children = list(verb.children)
    result = Factuality(negated=_negated(verb))
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not any(c.dep_ in _FINITE for c in children):
        result = result.under("future" if _infinitive(verb) else "possible")  # a headline's "X to buy Y"; an imperative
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in children)
    for child in children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
            unreal = perfect and child.lower_ in words.words.unreal  # "could have died"
            result = result.under("conditional" if unreal else words.auxiliaries.get(child.lower_, "possible"))
        elif child.dep_ == "advmod":
            result = result.under(words.modifiers.get(child.lower_, "same"))
    if verb.dep_ == "ROOT" and verb.sent[-1].text == "?":
        result = result.under("possible")
    if result.modality is not Modality.ACTUAL and any(c.dep_ == "advcl" and _conditional(c) for c in children):
        result = result.under("conditional")
    return result


def _negated(verb: Token) -> bool:
    words = modality_lexicon().words
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in words.negators):
            if not _singled_out(child):
                return True
        elif child.dep_ == "advmod" and any(c.lower_ in words.negators for c in child.children):
            return True  # "no longer supports"
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            if child.lower_ in words.negative_subjects:
                return True
            if any(c.dep_ == "det" and c.lower_ in words.negators for c in child.children):
                return True
    return False


def _singled_out(negator: Token) -> bool:
    """ "Not only robbed the bank": what is denied is that it was all."""
    after = negator.doc[negator.i + 1] if negator.i + 1 < len(negator.doc) else negator
    return after.lower_ in ("only", "just", "merely", "simply")


def _conditional(clause: Token) -> bool:
    return _marked(clause) & modality_lexicon().words.conditions != set()


def _marked(clause: Token) -> set[str]:
    return {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}


def _infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def _governed(verb: Token, own: Factuality, depth: int) -> Factuality:
    """Add what the governor of a clause says about it."""
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return own
    if _instead(verb):
        return own.under("negates")
    if dep == "advcl":
        return _adverbial(verb, own, depth)
    if dep == "conj" and head.pos_ in _VERBAL:
        return _conjunct(verb, own, depth)
    if dep == "xcomp" and head.lemma_ == "be" and _infinitive(verb):
        return _intended(verb, own)
    if dep in ("xcomp", "ccomp"):
        return _clause(verb, own, depth)
    if dep == "acl" and head.pos_ == "NOUN":
        return _specifying(verb, own, depth)
    if dep == "pcomp" or (dep == "pobj" and verb.tag_ == "VBG"):
        return _gerund(verb, head, own, depth)
    if dep == "relcl" and _conditional(verb):
        return own.under("conditional")
    return own


def _instead(verb: Token) -> bool:
    """ "Withdrew rather than fight", "instead of paying"."""
    start = verb.left_edge.i
    before = [t.lower_ for t in verb.doc[max(0, start - 2) : start]]
    return len(before) == 2 and before[1] in ("than", "of") and before[0] in modality_lexicon().words.denying


def _intended(verb: Token, own: Factuality) -> Factuality:
    """ "Is to be held" is planned; "was to have opened" was planned, and has not come about."""
    unmet = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return (own.under("negates") if unmet else own).under("future")


def _clause(verb: Token, own: Factuality, depth: int) -> Factuality:
    """The complement of a verb or adjective: "refused to", "is believed to have", "asked whether"."""
    words, head = modality_lexicon(), verb.head
    if verb.dep_ == "ccomp":
        if _marked(verb) & words.words.open:
            return own.under("possible")
        subjunctive = verb.tag_ == "VB" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
        if subjunctive and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            return own.under("possible")  # "suggested that she resign"
        return _complement(head, own, words.clauses, depth, "", *sorted(_marked(verb)))
    if head.pos_ == "ADJ" and any(c.lower_ in words.words.excess for c in head.lefts):
        return own.under("negates").within(_of(head, depth + 1))  # "too weak to attack"
    raised = effect_of(words.raised, head) if _infinitive(verb) else ""
    return own.under(raised) if raised else _complement(head, own, words.clauses, depth, "same")


def _specifying(verb: Token, own: Factuality, depth: int) -> Factuality:
    """An infinitive after a noun: "refusal to negotiate", "a law to raise taxes"; "the first woman to win" has won.

    Of an attempt that was thwarted, or a plan that was dropped, nothing came.
    """
    if not _infinitive(verb):
        return own
    words, noun = modality_lexicon(), verb.head
    singled = any(c.lower_ in words.words.singling or c.tag_ == "JJS" for c in noun.lefts)
    changed = own.under(effect_of(words.nouns, noun) or ("same" if singled else "future"))
    return Factuality(True, changed.modality) if _of(noun, depth + 1).negated else changed


def _adverbial(verb: Token, own: Factuality, depth: int) -> Factuality:
    words = modality_lexicon()
    if _conditional(verb):
        return own.under("conditional")
    marks = _marked(verb)
    if _infinitive(verb) and not marks:
        effect = words.clauses.get(verb.head.lemma_, "future")
        aimed = effect == "same" or (effect == "negates" and verb.head.lemma_ not in words.words.refusing)
        return own.under("future" if aimed else effect)  # "blocked the road to stop them"
    if marks & words.words.denying:
        return own.under("negates")
    if marks & words.words.bounding:  # "will stay until it is over"
        planned = _of(verb.head, depth + 1).modality is Modality.FUTURE
        return own.under("future") if planned else own
    if verb.tag_ == "VBG" and any(c.dep_ == "prt" for c in verb.head.children):  # "ruled out sending"
        return _complement(verb.head, own, words.clauses, depth, "")
    return own


def _conjunct(verb: Token, own: Factuality, depth: int) -> Factuality:
    """A verb that shares its subject with the verb before shares its auxiliaries and governor too."""
    if any(c.dep_ in _FINITE for c in verb.children):
        return own
    first = _of(verb.head, depth + 1)
    if first.modality is Modality.ACTUAL or verb.tag_ in ("VBD", "VBZ", "VBP"):
        return own
    return Factuality(own.negated, weaker(own.modality, first.modality))


def _complement(head: Token, own: Factuality, effects: Effects, depth: int, default: str, *links: str) -> Factuality:
    effect = effect_of(effects, head, *links) or default
    if not effect:
        return own
    changed = own.under(effect)
    if effect in ("same", "negates") and head.pos_ in (*_VERBAL, "ADJ"):
        return changed.within(_of(head, depth + 1))
    return changed


def _gerund(verb: Token, prep: Token, own: Factuality, depth: int) -> Factuality:
    words = modality_lexicon()
    if prep.lower_ in words.words.denying or prep.head.lower_ in words.words.denying:
        return own.under("negates")
    head = prep.head
    if head.pos_ in _VERBAL or head.pos_ == "ADJ":
        return _complement(head, own, words.clauses, depth, "", prep.lower_) if prep.lower_ in _LINKING else own
    return own.under(words.nouns.get(head.lemma_, "same")) if head.pos_ == "NOUN" else own


# --- nouns ---------------------------------------------------------------------------------------------------


def _own_noun(noun: Token) -> Factuality:
    words = modality_lexicon()
    result = Factuality(_denied(noun))
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "advmod"):
            result = result.under(words.modifiers.get(child.lower_, "same"))
    return result


def _denied(noun: Token) -> bool:
    negators = modality_lexicon().words.negators
    return any(c.dep_ == "det" and c.lower_ in negators for c in noun.children)


def _governed_noun(noun: Token, own: Factuality, depth: int) -> Factuality:
    head = noun.head
    if noun.dep_ == "conj" and head.i != noun.i:
        outer = _of(head, depth + 1) if head.pos_ == "NOUN" else Factuality()
        return Factuality(own.negated, weaker(own.modality, outer.modality))
    if noun.dep_ == "pobj" and head.head.i != head.i:
        return _after(noun, head, own, depth)
    if noun.dep_ in ("dobj", "nsubjpass", "xcomp", "ccomp") and head.pos_ in _VERBAL:
        return _acted_on(noun, own, effect_of(modality_lexicon().objects, head), depth)
    return own


def _after(noun: Token, prep: Token, own: Factuality, depth: int) -> Factuality:
    """An event after a preposition: "without violence", "plans for a strike", "called for a ceasefire"."""
    words, governor = modality_lexicon(), prep.head
    if prep.lower_ in words.words.denying:
        return own.under("negates")
    if governor.pos_ == "NOUN" and prep.lower_ in _NOMINAL:
        return _in_noun(prep, governor, own)
    if governor.pos_ in _VERBAL:
        phrase = f"{governor.lemma_.lower()} {prep.lower_}"
        if prep.lower_ in _GOVERNING or phrase in words.objects:
            return _acted_on(noun, own, effect_of(words.objects, governor, prep.lower_), depth)
    return own


def _in_noun(prep: Token, governor: Token, own: Factuality) -> Factuality:
    """ "Threat of war" and "no sign of a fight" tell of none that is; "goals of the war" does."""
    words = modality_lexicon()
    imagined = prep.lower_ != "of" or governor.lemma_ in words.words.imagining
    changed = own.under(effect_of(words.nouns, governor) if imagined else "same")
    listed = governor.lemma_ in words.words.traces or (imagined and governor.lemma_ in words.nouns)
    return Factuality(True, changed.modality) if listed and _denied(governor) else changed


def _acted_on(noun: Token, own: Factuality, effect: str, depth: int) -> Factuality:
    """An event that a verb acts on: "planned no cuts", "refused to commit to cuts" tell of none.

    What was only said stands though it is rejected ("rejected the offer").
    """
    verb = noun.head if noun.dep_ != "pobj" else noun.head.head
    if not effect:
        return own
    outer = _of(verb, depth + 1)
    if effect == "rejects" and noun.lemma_.lower() in modality_lexicon().words.said:
        return own
    if effect == "excludes" and outer.negated:
        return own.under("possible")
    if effect == "within":  # "may trigger an election"
        return own if own.negated else own.within(outer)
    if effect in ("negates", "rejects", "excludes"):
        return own.under("negates").within(outer)  # "did not prevent the attack"
    changed = own.under(effect)
    return Factuality(True, changed.modality) if outer.negated and effect != "same" else changed
