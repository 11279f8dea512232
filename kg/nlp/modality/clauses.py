"""What the word that governs a clause says of it: "refused to", "denied that", "plans for", "if", "rather than"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.model import Modality
from kg.nlp.modality.factuality import Factuality, effect_of, modality_lexicon, weaker
from kg.nlp.modality.nouns import came_to_nothing, denied
from kg.nlp.modality.verbs import FINITE, conditional, infinitive, marked, verbal

Outer = Callable[[Token], Factuality]  # how a governing word is told

_LINKING = ("of", "from", "at", "to", "in", "on", "about", "against", "for", "into")
_PURPOSE = frozenset(("for", "in", "order", "so", "as", "just"))  # what may open a purpose beside "to"
_ASKING = ("WP", "WRB", "WDT", "WP$")
_LINKING_VERBS = ("be", "seem", "appear", "look", "become", "remain")
_BARE = ("VB", "VBP")
_NAMING = ("NOUN", "PROPN", "PRON", "NUM", "ADJ")


def governed(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    """Add what the governor of a clause says about it."""
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return own
    if _instead(verb):
        return own.under("negates")
    if dep == "advcl":
        return _adverbial(verb, own, outer)
    if dep == "conj":
        return _conjunct(verb, own, outer)
    if (dep in ("acl", "relcl") and head.pos_ in _NAMING) or (dep == "ccomp" and head.pos_ == "NOUN"):
        return _specifying(verb, own, outer)
    if dep in ("xcomp", "ccomp"):
        return _clause(verb, own, outer)
    if dep == "pcomp" or (dep == "pobj" and verb.tag_ == "VBG"):
        return _gerund(verb, own, outer)
    return own


def _instead(verb: Token) -> bool:
    """ "Withdrew rather than fight", "instead of paying"."""
    start = verb.left_edge.i
    before = [t.lower_ for t in verb.doc[max(0, start - 2) : start]]
    return len(before) == 2 and before[1] in ("than", "of") and before[0] in modality_lexicon().words.denying


# --- complements -----------------------------------------------------------------------------------------------


def _clause(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    """The complement of a verb or adjective: "refused to", "is believed to have", "asked whether"."""
    words = modality_lexicon()
    if marked(verb) & words.words.open:
        return own.under("possible")
    if _unfulfilled(verb):
        return own.under("negates")
    head = _predicative(verb)
    if verb.dep_ == "xcomp" and verb.tag_ in _BARE and not infinitive(verb) and head.lemma_ == "call":
        return own  # a noun for all the tagger says: "Moscow calls retreat a regrouping"
    if verb.dep_ == "xcomp" and head.lemma_ == "be" and infinitive(verb):
        return _intended(verb, own, outer)
    if verb.dep_ == "ccomp":
        return _content(verb, head, own, outer)
    if head.pos_ == "ADJ" and any(c.lower_ in words.words.excess for c in head.lefts):
        return own.under("negates").within(outer(head))  # "too weak to attack"
    raised = effect_of(words.raised, head) if infinitive(verb) else ""
    if raised:
        return own.under(raised).within(outer(head))
    default = "possible" if _impersonal(head) else "same"
    return _complement(head, own, outer, default, *(["to"] if infinitive(verb) else []))


def _content(verb: Token, head: Token, own: Factuality, outer: Outer) -> Factuality:
    """A clause with a subject of its own: "denied that he fled", "suggested that she resign"."""
    brought = effect_of(modality_lexicon().clauses, head) == "same"  # "helped him win"
    if verb.tag_ == "VB" and _bare_of_subject(verb) and not brought:
        return own.under("possible")
    if verb.left_edge.tag_ in _ASKING:
        return own  # "is not sure who did it" takes for granted that it was done
    return _complement(head, own, outer, "", *sorted(marked(verb)))


def _bare_of_subject(verb: Token) -> bool:
    dependencies = {c.dep_ for c in verb.children}
    return not dependencies & {"aux", "auxpass"} and bool(dependencies & {"nsubj", "nsubjpass"})


def _unfulfilled(verb: Token) -> bool:
    """ "Has yet to sign", "is yet to open"."""
    awaited = any(c.lower_ in modality_lexicon().words.awaited for c in verb.head.children)
    return awaited and infinitive(verb) and verb.head.lemma_ in ("have", "be")


def _predicative(verb: Token) -> Token:
    """The governor of a clause: of "it is not true that", the adjective."""
    adjectives = (c for c in verb.head.children if c.dep_ in ("acomp", "oprd") and c.pos_ == "ADJ" and c.i < verb.i)
    return next(adjectives, verb.head) if verb.head.lemma_ in _LINKING_VERBS else verb.head


def _impersonal(adjective: Token) -> bool:
    """ "It is illegal to strike"."""
    verb = adjective.head
    return adjective.pos_ == "ADJ" and any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in verb.children)


def _intended(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    """ "Is to be held" is planned; "was to have opened" was planned, and has not come about."""
    unmet = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return (own.under("negates") if unmet else own).under("future").within(outer(verb.head))


def _complement(head: Token, own: Factuality, outer: Outer, default: str, *links: str) -> Factuality:
    """What is not expected, allowed or tried is told as not so, like what is not begun."""
    words = modality_lexicon()
    effect = effect_of(words.clauses, head, *links) or default
    if not effect:
        raising = head.lemma_.lower() in words.words.thinking
        return own.within(outer(head)) if raising and outer(head).negated else own
    if effect == "excludes":  # "has not ruled out sending"
        return own.under("possible") if outer(head).negated else own.under("negates").within(outer(head))
    changed = own.under(effect)
    return changed.within(outer(head)) if verbal(head) or head.pos_ in ("ADJ", "ADV") else changed


def _gerund(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    words, prep = modality_lexicon(), verb.head
    head = prep.head
    if prep.lower_ == "by" and verbal(head):  # "will cut costs by closing a plant"
        return Factuality(own.negated, weaker(own.modality, outer(head).modality))
    if prep.lower_ in words.words.denying or head.lower_ in words.words.denying:
        return own.under("negates")
    if verbal(head) or head.pos_ in ("ADJ", "ADV"):
        linked = prep.lower_ in _LINKING
        return _complement(head, own, outer, "", prep.lower_) if linked else own
    if head.pos_ != "NOUN":
        return own
    changed = own.under(words.nouns.get(head.lemma_, "same"))
    nothing = head.lemma_ in words.nouns and prep.lower_ in _LINKING and (denied(head) or came_to_nothing(head))
    return Factuality(True, changed.modality) if nothing else changed


# --- clauses on nouns ------------------------------------------------------------------------------------------


def _specifying(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    """A clause on a noun: "refusal to negotiate", "fears that it will attack", "a bill banning the party".

    Of an attempt that was thwarted, or a plan that was dropped, nothing came.
    """
    words, noun = modality_lexicon(), verb.head
    if infinitive(verb) and not any(c.tag_ == "MD" for c in verb.children):
        changed = own.under(_infinitive_effect(noun))
    elif verb.dep_ == "relcl":
        if conditional(verb):
            return own.under("conditional")
        existing = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in noun.head.children)
        return own.under("negates") if existing and denied(noun) else own  # "there was no guard who fled"
    elif verb.tag_ in ("VBG", "VBN") and not marked(verb):
        if verb.tag_ == "VBN" or noun.lemma_.lower() not in words.words.drafts:
            return own.under("negates") if denied(noun) else own
        changed = own.under(effect_of(words.nouns, noun) or "future")
    elif "that" in marked(verb) and noun.lemma_ in words.words.doubts:
        return own if denied(noun) else own.under("unlikely")
    elif "that" in marked(verb):
        changed = own.under(effect_of(words.nouns, noun) or "same")
    else:
        return own
    nothing = came_to_nothing(noun) or outer(noun).negated
    return Factuality(True, changed.modality) if nothing else changed


def _infinitive_effect(noun: Token) -> str:
    """Of "a law to raise taxes" or a headline's "Firm to raise prices"; "the first woman to win" has won."""
    words = modality_lexicon()
    if noun.lemma_ in words.words.spells and noun.head.lemma_ in words.words.lasting:
        return "same"  # "took ten minutes to die"
    singled = noun.lower_ in words.words.singling or any(_singles(c) for c in noun.lefts)
    return effect_of(words.nouns, noun) or ("same" if singled else "future")


def _singles(modifier: Token) -> bool:
    """ "First", "30th", "latest", "largest"."""
    ranked = modifier.tag_ == "JJS" or modifier.ent_type_ == "ORDINAL"
    return ranked or modifier.lower_ in modality_lexicon().words.singling


# --- adverbial and joined clauses --------------------------------------------------------------------------------


def _adverbial(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    words, head = modality_lexicon(), verb.head
    if conditional(verb):
        return own.under("conditional")
    marks = marked(verb)
    if infinitive(verb) and not marks - _PURPOSE:
        return _purpose(verb, own, outer)
    if "without" in marks:
        return own.under("negates")
    if marks >= {"so", "that"} and verb.tag_ != "VBD":
        return own.under("future")
    if "before" in marks and any(c.lower_ == "could" for c in verb.children):
        return own.under("negates")  # "sank before help could reach it"
    if marks & words.words.bounding:  # "will stay until it is over"
        planned = verb.tag_ != "VBD" and outer(head).modality is Modality.FUTURE
        return own.under("future") if planned else own
    if verb.tag_ != "VBG" or marks:
        return own
    if any(c.dep_ == "prt" for c in head.children) and effect_of(words.clauses, head):  # "ruled out sending"
        return _complement(head, own, outer, "")
    hanging = verb.i > head.i and verbal(head)  # "could explode, killing dozens"
    return Factuality(own.negated, weaker(own.modality, outer(head).modality)) if hanging else own


def _purpose(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    """ "Crossed the river to attack"; what it only helps ("used gas to disperse") or leads to has come about."""
    words, head = modality_lexicon(), verb.head
    lemma = head.lemma_.lower()
    caused = lemma in words.words.causing and any(c.dep_ == "dobj" and c.i < verb.i for c in head.children)
    if caused or lemma in words.words.fulfilling or verb.lemma_.lower() in words.words.resulting:
        return own.within(outer(head))
    effect = effect_of(words.objects, head, "for") if "for" in marked(verb) else effect_of(words.clauses, head)
    aimed = effect in ("same", "") or (effect == "negates" and lemma not in words.words.refusing)
    changed = own.under("future" if aimed else effect)  # "blocked the road to stop them"
    return Factuality(changed.negated, weaker(changed.modality, outer(head).modality))


def _conjunct(verb: Token, own: Factuality, outer: Outer) -> Factuality:
    """A verb that shares its subject with the verb before shares its auxiliaries and governor too."""
    head = verb.head
    if not verbal(head) and verb.tag_ == "VB":
        head = head.head  # "will lay down arms and release hostages", joined to the arms for all the parser says
    if not verbal(head) or any(c.dep_ in FINITE and c.tag_ != "TO" for c in verb.children):
        return own
    first = outer(head)
    finite = verb.tag_ in ("VBD", "VBZ") or (verb.tag_ == "VBP" and head.tag_ != "VB")
    supposed = first.modality is Modality.CONDITIONAL and verb.tag_ == head.tag_
    if finite and not supposed:
        return own
    alternative = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in verb.head.children)
    negated = own.negated or (alternative and first.negated)
    return Factuality(negated, weaker(own.modality, first.modality))
