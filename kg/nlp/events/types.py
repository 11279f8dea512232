"""Which type of event a word names in its context: the lexicon, phrasal verbs, and senses told apart by arguments."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.events.fillers import Fillers
from kg.nlp.events.words import Sense, event_lexicon, senses
from kg.nlp.roles.clauses import is_passive, is_time, object_of, subject

GENERIC = "act"  # the type of dynamic verbs that no list names
_PHRASAL = ("prt", "advmod", "prep", "dobj", "acomp", "oprd", "xcomp", "dative", "npadvmod", "attr")
_TIED = ("prep", "prt", "dobj", "dative", "xcomp", "ccomp", "acomp", "oprd", "attr")
_MODIFIERS = ("compound", "amod", "nmod")


# --- verbs ---------------------------------------------------------------------------------------------------


def verb_type(verb: Token, fillers: Fillers) -> str:
    """The event type that `verb` names in its clause; "" when it names none."""
    words = event_lexicon()
    lemma = verb.lemma_.lower()
    entries = words.verbs.get(lemma, ())
    plain = next((name for rest, name in entries if not rest), None)
    if len(entries) > (plain is not None):
        own, around = _companions(verb)
        fitting = ((rest, name, own if len(rest) == 1 else around) for rest, name in entries if rest)
        phrases = [(rest, name) for rest, name, words_around in fitting if _fits(rest, words_around, verb)]
        if phrases:  # the longest; of "pull back" and "pull from" the one with the particle
            particles = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")}
            rest, name = max(phrases, key=lambda phrase: (len(phrase[0]), phrase[0][0] in particles))
            return _decide("verb", " ".join((lemma, *rest)), verb, fillers, name)
    name = _decide("verb", lemma, verb, fillers, plain)
    if name in words.weak or plain is None:
        particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
        if particle is not None:  # "turned out", "set off": the particle makes another word of it
            return "" if f"{lemma} {particle}" in words.inert else GENERIC
    return name


def gerund_type(gerund: str, thing: str) -> str:
    """The type of a verb of which only its "ing" form and what it acts on are known; "" when it names no event."""
    words, stem = event_lexicon(), gerund.removesuffix("ing")
    lemmas = [stem, stem + "e", stem[:-1]] if stem[-1:] == stem[-2:-1] else [stem, stem + "e"]
    if any(lemma in words.inert for lemma in lemmas):
        return ""
    entries = [entry for lemma in lemmas for entry in words.verbs.get(lemma, ()) if entry[0] in ((), (thing,))]
    return max(entries, key=lambda entry: len(entry[0]))[1] if entries else GENERIC


def _decide(pos: str, words: str, token: Token, fillers: Fillers, plain: str | None) -> str:
    for sense in senses().by_word.get((pos, words), ()):
        if _holds(sense, token, fillers):
            return sense.type
    if plain is not None:
        return plain
    return GENERIC if pos == "verb" and words not in event_lexicon().inert else ""


def _companions(verb: Token) -> tuple[set[str], set[str]]:
    """Words that may be part of a phrasal verb: particles, prepositions, objects; the same with what hangs on these."""
    own: set[str] = set()
    around: set[str] = set()
    particles = event_lexicon().particles
    for child in verb.rights:
        objects = [c for c in child.children if c.dep_ == "pobj"] if child.dep_ == "prep" else []
        if objects and (child.lower_ in particles or is_time(objects[0])):
            continue
        if child.dep_ in _PHRASAL:
            own |= {child.lower_, child.lemma_.lower()}
        if child.dep_ in ("prt", "advmod", "prep", "dobj"):
            around |= {c.lower_ for c in child.children if c.dep_ == "pobj" or (c.dep_ == "prep" and not _governs(c))}
            around |= {c.lemma_.lower() for c in child.children if c.dep_ == "pobj"}
    return own, own | around


def _fits(rest: tuple[str, ...], around: set[str], verb: Token) -> bool:
    """Whether the words of a phrasal verb stand there, nouns after their own preposition ("took to the streets")."""
    if not around.issuperset(rest):
        return False
    objects = {c.lemma_.lower(): p.lower_ for p in verb.rights if p.dep_ == "prep" for c in p.children}
    return all(objects.get(word, word) in rest for word in rest)


def _governs(prep: Token) -> bool:
    """Whether a word that may be a particle has an object of its own ("took on a new look in 2008")."""
    return prep.lower_ in event_lexicon().particles and any(c.dep_ == "pobj" for c in prep.children)


# --- nouns ---------------------------------------------------------------------------------------------------


def noun_type(noun: Token, fillers: Fillers) -> str:
    """The event type that `noun` names; "" when it names none."""
    lemma = _noun_lemma(noun)
    entries = event_lexicon().nouns.get(lemma, ())
    if not entries and ("noun", lemma) not in senses().by_word:
        return ""
    before = {w for c in noun.lefts if c.dep_ in _MODIFIERS for w in (c.lower_, c.lemma_.lower())}
    for entry in entries:
        if before.issuperset(entry.before) and (not entry.after or _followed(noun, entry.after)):
            return _decide("noun", entry.words, noun, fillers, entry.type)
    return _decide("noun", lemma, noun, fillers, None)


def _noun_lemma(noun: Token) -> str:
    """The lemma; of a capitalised word, which the tagger takes for a name, the singular that the lexicon knows."""
    lemma = noun.lemma_.lower()
    if noun.tag_ != "NNPS" and noun.tag_ != "NNP":
        return lemma
    return lemma if lemma in event_lexicon().nouns else lemma.removesuffix("s")


def _followed(noun: Token, after: tuple[str, ...]) -> bool:
    """Whether a preposition and, if listed, its object stand after `noun`."""
    prep, *rest = after
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == prep:
            inner = {c.lemma_.lower() for c in child.children if c.dep_ == "pobj"}
            return inner.issuperset(rest[-1:])
    return False


# --- senses --------------------------------------------------------------------------------------------------


def _holds(sense: Sense, token: Token, fillers: Fillers) -> bool:
    """Whether all conditions of `sense` hold for `token`."""
    if sense.about and not fillers.is_about(sense.about):
        return False
    return _noun_holds(sense, token) if sense.pos == "noun" else _verb_holds(sense, token, fillers)


def _verb_holds(sense: Sense, verb: Token, fillers: Fillers) -> bool:
    acted_on = _undergoer(verb) if sense.intransitive or sense.object else None
    if sense.intransitive and acted_on is not None:
        return False
    if sense.bare and not _bare(verb):
        return False
    if sense.passive is not None and is_passive(verb) != sense.passive:
        return False
    if sense.object and not (acted_on is not None and kinds_of(acted_on, fillers) & sense.object):
        return False
    if sense.subject and not _subject_is(verb, sense.subject, fillers):
        return False
    if sense.preposition:
        linked = {c.lower_ for c in verb.children if c.dep_ in ("prep", "prt", "acomp", "dative") and not _of_time(c)}
        if not sense.preposition & linked:
            return False
    return sense.clause is None or any(c.dep_ in ("xcomp", "ccomp", "oprd") for c in verb.children) == sense.clause


def _noun_holds(sense: Sense, noun: Token) -> bool:
    if sense.plural is not None and (noun.tag_ == "NNS") != sense.plural:
        return False
    if sense.modifier:
        kinds = event_lexicon().kinds
        modifiers = [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod", "poss", "nummod")]
        words = {w for c in modifiers for w in (c.lower_, c.lemma_.lower(), *kinds.get(c.lemma_.lower(), ()))}
        words |= {c.lower_ for m in modifiers for c in m.children}
        if not words & sense.modifier:
            return False
    if sense.verb and not (noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in sense.verb):
        return False
    return not sense.preposition or bool(sense.preposition & {c.lower_ for c in noun.rights})


def _bare(verb: Token) -> bool:
    """Whether only adverbs, times and further clauses stand behind `verb`."""
    tied = (c for c in verb.rights if c.dep_ in _TIED)
    return all(c.dep_ == "prep" and _of_time(c) for c in tied)


def _of_time(prep: Token) -> bool:
    return any(c.dep_ == "pobj" and is_time(c) for c in prep.children)


def _undergoer(verb: Token) -> Token | None:
    if not is_passive(verb):
        return object_of(verb)
    found = subject(verb)
    return found[0] if found else None


def _subject_is(verb: Token, wanted: frozenset[str], fillers: Fillers) -> bool:
    found = subject(verb)
    return found is not None and bool(kinds_of(found[0], fillers) & wanted)


def kinds_of(token: Token, fillers: Fillers) -> frozenset[str]:
    """Lemma, word classes and kind of entity of what `token` heads: what senses are told apart by."""
    kinds = event_lexicon().kinds
    lemma = token.lemma_.lower()
    found = {lemma, token.lower_, *kinds.get(lemma, ()), *kinds.get(token.lower_, ())}
    if token.lower_ in ("this", "that") or (token.lower_ == "it" and not fillers.named(token)):
        return frozenset(found)  # may stand for a whole clause
    found.update(fillers.kinds(token))
    for child in token.children:
        if child.dep_ in ("compound", "nmod") and child.i < token.i:
            found |= {child.lemma_.lower(), *kinds.get(child.lemma_.lower(), ())}
        elif child.dep_ == "prep" and child.lower_ == "of" and token.tag_ in ("CD", "NNS", "NN"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            found |= {inner.lemma_.lower(), *kinds.get(inner.lemma_.lower(), ())} if inner is not None else set()
    return frozenset(found)
