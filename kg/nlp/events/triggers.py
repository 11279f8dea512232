"""Which words name events, and of which type: lexicon, senses, light verbs.

A trigger is a verb ("fled"), an event noun ("the withdrawal"), or an event noun that a light verb carries ("carried
out strikes"): then the noun gives the type and the verb its arguments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.nlp.clauses import is_passive, is_time, object_of, subject
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.words import Sense, event_lexicon, senses

_NOT_CLAUSES = ("amod", "compound", "aux", "auxpass")
_PHRASAL = ("prt", "advmod", "prep", "dobj", "acomp", "oprd", "xcomp", "dative", "npadvmod", "attr")
GENERIC = "act"  # the type of dynamic verbs that no list names


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that names an event, its type, and the light verb that carries it, if any."""

    token: Token
    type: str
    carrier: Token | None = None
    begins: bool = False  # the carrier tells its beginning ("commenced the operation")
    shell: Token | None = None  # the noun that the trigger only specifies ("redeployment process")

    @property
    def predicate(self) -> Token:
        """Where tense, time and negation are read."""
        return self.carrier if self.carrier is not None else self.token

    @property
    def noun(self) -> Token:
        """The head of the noun phrase that names the event, where a noun does."""
        return self.shell if self.shell is not None else self.token


def triggers(doc: Doc, fillers: Fillers, skipped: Collection[int]) -> list[Trigger]:
    """All triggers of `doc` in text order; `skipped` tokens name no event (cues, boilerplate)."""
    nouns = list(_noun_triggers(doc, fillers, skipped))
    carriers = {t.carrier.i for t in nouns if t.carrier is not None}
    verbs = [t for t in doc if t.i not in skipped and t.i not in carriers and _is_event_verb(t)]
    named = ((verb, verb_type(verb, fillers)) for verb in verbs)
    found = nouns + [Trigger(verb, name) for verb, name in named if name]
    return sorted(found, key=lambda t: t.token.i)


# --- verbs ---------------------------------------------------------------------------------------------------


def _is_event_verb(token: Token) -> bool:
    if token.pos_ != "VERB" or not token.tag_.startswith("VB") or token.dep_ in _NOT_CLAUSES:
        return False
    return token.is_lower or token.is_sent_start or token.is_upper or _in_capitals(token)


def _in_capitals(token: Token) -> bool:
    """Whether the words beside a capitalised verb are capitalised throughout the sentence, as in a headline."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    return sum(t.is_title or t.is_upper for t in words) > len(words) / 2 or token.i - token.sent.start <= 1


def verb_type(verb: Token, fillers: Fillers) -> str:
    """The event type that `verb` names in its clause; "" when it names none."""
    words = event_lexicon()
    lemma = verb.lemma_.lower()
    around = _companions(verb)
    phrases = [(rest, name) for rest, name in words.verbs.get(lemma, ()) if rest and _fits(rest, around, verb)]
    if phrases:  # the longest; of "pull back" and "pull from" the one with the particle
        particles = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")}
        rest, name = max(phrases, key=lambda phrase: (len(phrase[0]), phrase[0][0] in particles))
        return _decide("verb", " ".join((lemma, *rest)), verb, fillers, name)
    particle = any(child.dep_ == "prt" for child in verb.children)
    plain = next((name for rest, name in words.verbs.get(lemma, ()) if not rest), None)
    name = _decide("verb", lemma, verb, fillers, plain)
    if particle and (name in words.weak or plain is None):
        return ""  # "turned out", "set off": the particle makes another word of it
    return name


def _decide(pos: str, words: str, token: Token, fillers: Fillers, plain: str | None) -> str:
    for sense in senses().by_word.get((pos, words), ()):
        if _holds(sense, token, fillers):
            return sense.type
    if plain is not None:
        return plain
    return GENERIC if pos == "verb" and words not in _not_generic() else ""


@cache
def _not_generic() -> frozenset[str]:
    words = event_lexicon()
    return words.inert | words.light | words.aspectual | words.happening


def _companions(verb: Token) -> set[str]:
    """Words that may be part of a phrasal verb: particles, prepositions, objects, and what hangs on these."""
    around: set[str] = set()
    particles = event_lexicon().particles
    for child in verb.rights:
        objects = [c for c in child.children if c.dep_ == "pobj"] if child.dep_ == "prep" else []
        if objects and (child.lower_ in particles or is_time(objects[0])):
            continue
        if child.dep_ in _PHRASAL:
            around |= {child.lower_, child.lemma_.lower()}
        if child.dep_ in ("prt", "advmod", "prep", "dobj"):
            around |= {c.lower_ for c in child.children if c.dep_ == "pobj" or (c.dep_ == "prep" and not _governs(c))}
            around |= {c.lemma_.lower() for c in child.children if c.dep_ == "pobj"}
    return around


def _fits(rest: tuple[str, ...], around: set[str], verb: Token) -> bool:
    """Whether the words of a phrasal verb stand there, nouns after their own preposition ("took to the streets")."""
    if not around.issuperset(rest):
        return False
    objects = {c.lemma_.lower(): p.lower_ for p in verb.rights if p.dep_ == "prep" for c in p.children}
    return all(objects.get(word, word) in rest for word in rest)


def _governs(prep: Token) -> bool:
    """Whether a word that may be a particle has an object of its own ("took on a new look in 2008")."""
    return prep.lower_ in event_lexicon().particles and any(c.dep_ == "pobj" for c in prep.children)


def _holds(sense: Sense, token: Token, fillers: Fillers) -> bool:
    """Whether all conditions of `sense` hold for `token`."""
    if sense.about and not fillers.is_about(sense.about):
        return False
    if sense.pos == "noun":
        return _noun_holds(sense, token)
    acted_on = _undergoer(token)
    if sense.intransitive and acted_on is not None:
        return False
    if sense.passive is not None and is_passive(token) != sense.passive:
        return False
    if sense.object and not (acted_on is not None and kinds_of(acted_on, fillers) & sense.object):
        return False
    if sense.subject and not _subject_is(token, sense.subject, fillers):
        return False
    linked = {c.lower_ for c in token.children if c.dep_ in ("prep", "prt", "acomp", "dative") and not _of_time(c)}
    if sense.preposition and not sense.preposition & linked:
        return False
    clausal = any(c.dep_ in ("xcomp", "ccomp", "oprd") for c in token.children)
    return sense.clause is None or clausal == sense.clause


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
    found = {lemma, *kinds.get(lemma, ()), *kinds.get(token.lower_, ())}
    if token.lower_ in ("it", "this", "that"):
        return frozenset(found)  # may stand for a whole clause
    found.update(fillers.kinds(token))
    for child in token.children:
        if child.dep_ in ("compound", "nmod") and child.i < token.i:
            found |= {child.lemma_.lower(), *kinds.get(child.lemma_.lower(), ())}
        elif child.dep_ == "prep" and child.lower_ == "of" and token.tag_ in ("CD", "NNS", "NN"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            found |= {inner.lemma_.lower(), *kinds.get(inner.lemma_.lower(), ())} if inner is not None else set()
    return frozenset(found)


# --- nouns ---------------------------------------------------------------------------------------------------


def _may_name_event(noun: Token, fillers: Fillers) -> bool:
    """A noun that only modifies another, or stands in a name, names no event."""
    if noun.dep_ in ("compound", "nmod", "amod", "npadvmod") and noun.head.i > noun.i:
        return False
    return not fillers.in_name(noun)


def noun_type(noun: Token, fillers: Fillers) -> str:
    """The event type that `noun` names; "" when it names none."""
    lemma = noun.lemma_.lower()
    before = {w for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") for w in (c.lower_, c.lemma_.lower())}
    for rest, name in event_lexicon().nouns.get(lemma, ()):
        if all(word in before for word in rest):
            words = " ".join((*reversed(rest), lemma))
            return _decide("noun", words, noun, fillers, name)
    return _decide("noun", lemma, noun, fillers, None)


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


def _noun_triggers(doc: Doc, fillers: Fillers, skipped: Collection[int]) -> Iterator[Trigger]:
    """Event nouns; "the operation" names an event where a fuller name of that head did before."""
    seen: dict[str, str] = {}
    for noun in doc:
        if noun.tag_ not in ("NN", "NNS") or noun.i in skipped or not _may_name_event(noun, fillers):
            continue
        name, lemma = noun_type(noun, fillers), noun.lemma_.lower()
        specific = _specifier(noun, fillers) if lemma in event_lexicon().shells else None
        if specific is not None:
            yield Trigger(specific[0], specific[1], *_carrier(noun, specific[1], fillers), shell=noun)
        elif name or (lemma in seen and any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.lefts)):
            yield Trigger(noun, name or seen[lemma], *_carrier(noun, name or seen[lemma], fillers))
        if name:
            seen[lemma] = name


def _specifier(noun: Token, fillers: Fillers) -> tuple[Token, str] | None:
    """The event noun that specifies an empty one ("redeployment" in "redeployment process")."""
    for child in reversed(list(noun.lefts)):
        if child.dep_ in ("compound", "amod", "nmod") and child.lower_ in event_lexicon().nouns:
            name = noun_type(child, fillers)
            if name:
                return child, name
    return None


def _carrier(noun: Token, name: str, fillers: Fillers) -> tuple[Token | None, bool]:
    """The light, aspectual or happening verb that carries an event noun of type `name`, and whether it begins it."""
    words = event_lexicon()
    first = noun.head if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" else noun
    bundle = first.head.head
    if first.dep_ == "pobj" and first.head.lower_ == "of" and bundle.lemma_.lower() in words.portions:
        first = bundle  # "carried out a series of strikes"
    for verb, as_object in _verbs_over(first):
        lemmas = _phrasal(verb) | (_phrasal(verb, first.head) if first.head.dep_ == "prep" else set())
        if as_object and lemmas & words.light:
            return verb, bool(lemmas & words.aspectual)
        if as_object and lemmas & words.aspectual:
            return verb, True
        if not as_object and lemmas & words.happening:
            return verb, bool(lemmas & words.aspectual)
        if not as_object and verb_type(verb, fillers) == name:
            return verb, False  # "an earthquake struck"
    return None, False


def _verbs_over(noun: Token) -> Iterator[tuple[Token, bool]]:
    """Verbs that have `noun` as object (also of the passive, or by a participle after it) or as subject."""
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB":
        yield head, True
    elif noun.dep_ == "nsubj" and head.pos_ == "VERB":
        yield head, False
    elif noun.dep_ == "pobj" and head.dep_ == "prep" and _phrasal(head.head, head) & event_lexicon().light:
        yield head.head, True
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and child.tag_ == "VBN" and is_passive(child):
            yield child, True
        elif child.dep_ == "relcl" and object_of(child) == noun:
            yield child, True  # "the war that it has waged"
        elif child.dep_ == "relcl" and (_does(child) or not any(c.dep_ == "dobj" for c in child.children)):
            yield child, False


def _does(clause: Token) -> bool:
    """Whether what a relative clause stands with is its subject: "the earthquake that struck"."""
    return any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in clause.children)


def _phrasal(verb: Token, prep: Token | None = None) -> set[str]:
    """The verb with each of its particles, objects or the given preposition; alone only without a preposition."""
    lemma = verb.lemma_.lower()
    phrases = {f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in ("prt", "advmod", "dobj")}
    return phrases | {lemma if prep is None else f"{lemma} {prep.lower_}"}
