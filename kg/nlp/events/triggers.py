"""Which words name events: verbs, nouns that may hang on light verbs, predicative adjectives.

A trigger is a verb ("fled"), an event noun ("the withdrawal"), or an event noun that a light verb carries ("carried
out strikes"): then the noun gives the type and the verb its arguments.  Of "was found dead", the adjective names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.nlp.events.fillers import Fillers
from kg.nlp.events.types import GENERIC, gerund_type, noun_type, verb_type
from kg.nlp.events.words import event_lexicon
from kg.nlp.modality import modality_lexicon
from kg.nlp.roles.clauses import accused, is_passive, object_of
from kg.nlp.roles.phrases import gerund_before

_NOT_CLAUSES = ("compound", "aux", "auxpass")
_PREDICATES = ("acomp", "oprd", "ROOT", "ccomp", "conj", "advcl")
_MODIFYING = ("compound", "amod", "nmod")
_ACRONYM = 4  # letters: longer words in capitals are seldom acronyms
_POINTING = ("the", "this", "that", "these", "those")


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that names an event, its type, and the light verb that carries it, if any."""

    token: Token
    type: str
    carrier: Token | None = None
    begins: bool = False  # the carrier tells its beginning ("commenced the operation")
    shell: Token | None = None  # the noun that the trigger only specifies ("redeployment process")
    names_too: bool = False  # the carrier names the event as well ("an earthquake struck")

    @property
    def predicate(self) -> Token:
        """Where tense, time and negation are read."""
        return self.carrier if self.carrier is not None else self.token

    @property
    def noun(self) -> Token:
        """The head of the noun phrase that names the event, where a noun does."""
        return self.shell if self.shell is not None else self.token

    @property
    def tokens(self) -> list[int]:
        """The words that name the event, best first."""
        return [self.token.i] + ([self.carrier.i] if self.carrier is not None and self.names_too else [])


def triggers(doc: Doc, fillers: Fillers, skipped: Collection[int]) -> list[Trigger]:
    """All triggers of `doc` in text order; `skipped` tokens name no event (cues, boilerplate)."""
    words: dict[str, list[Token]] = {"V": [], "N": [], "J": []}
    for sentence in doc.sents:
        capitals = _in_capitals(sentence)
        for token in sentence:
            if token.tag_[0] in words and token.i not in skipped and _is_common(token, sentence.start, capitals):
                words[token.tag_[0]].append(token)
    found = [*_noun_triggers(words["N"], fillers), *_adjective_triggers(words["J"])]
    carriers = {t.carrier.i for t in found if t.carrier is not None}
    verbs = [t for t in words["V"] if t.i not in carriers and _is_event_verb(t)]
    named = ((verb, _verb_type(verb, fillers)) for verb in verbs)
    found += [Trigger(verb, name) for verb, name in named if name]
    return sorted(found, key=lambda t: t.token.i)


# --- words ---------------------------------------------------------------------------------------------------


def _in_capitals(sentence: Span) -> bool:
    """Whether most words of `sentence` are capitalised, as in a headline."""
    words = [t for t in sentence if t.is_alpha and len(t) > 3]
    return sum(t.is_title or t.is_upper for t in words) > len(words) / 2


def _is_common(token: Token, start: int, capitals: bool) -> bool:
    """Whether `token` of a sentence from `start` on may be no name: in a headline, capitals tell nothing."""
    if token.tag_ in ("NNP", "NNPS"):
        return capitals and (token.is_title or len(token) > _ACRONYM)
    return token.pos_ != "VERB" or token.is_lower or token.is_upper or capitals or token.i - start <= 1


# --- verbs and adjectives ------------------------------------------------------------------------------------


def _is_event_verb(token: Token) -> bool:
    if token.pos_ != "VERB" or token.dep_ in _NOT_CLAUSES:
        return False
    return token.tag_ != "VBN" or all(c.dep_ != "det" for c in token.children)  # not "the wounded"


def _verb_type(verb: Token, fillers: Fillers) -> str:
    """The type of a verb; a participle before its noun tells of an event of some special type only."""
    if verb.dep_ != "amod":
        return verb_type(verb, fillers)
    if verb.i and verb.doc[verb.i - 1].text == "-":
        return ""  # "a Western-backed government": a trait
    plain = [name for rest, name in event_lexicon().verbs.get(verb.lemma_.lower(), ()) if not rest]
    if not plain or plain[0] in event_lexicon().weak or verb.lower_ in modality_lexicon().modifiers:
        return ""
    name = verb_type(verb, fillers)
    return name if name not in event_lexicon().weak else ""


def _adjective_triggers(adjectives: Iterable[Token]) -> Iterator[Trigger]:
    """ "Was found dead", "three are ill": adjectives that tell what has become of somebody."""
    words = event_lexicon()
    for token in adjectives:
        name = words.adjectives.get(token.lower_)
        if name is None or token.dep_ not in _PREDICATES:
            continue
        head = token.head
        if token.dep_ in ("acomp", "oprd", "ccomp") and head.lemma_.lower() in words.leaving and name in words.outcomes:
            yield Trigger(token, words.outcomes[name], head, names_too=True)
        elif token.dep_ in ("acomp", "oprd") and head.lemma_.lower() in words.copulas:
            yield Trigger(token, name, head)
        elif any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            yield Trigger(token, name)


# --- nouns ---------------------------------------------------------------------------------------------------


def _may_name_event(noun: Token, fillers: Fillers) -> bool:
    """A noun that only modifies another, or stands in a name, names no event."""
    if noun.dep_ in ("compound", "nmod", "amod", "npadvmod") and noun.head.i > noun.i:
        return False
    return not fillers.in_name(noun)


def _noun_triggers(nouns: Iterable[Token], fillers: Fillers) -> Iterator[Trigger]:
    """Event nouns; "the operation" names an event where a fuller name of that head did before."""
    words = event_lexicon()
    seen: dict[str, str] = {}
    for noun in nouns:
        if not _may_name_event(noun, fillers):
            yield from _concerned(noun, fillers)
            yield from _gerund(noun, fillers)
            continue
        name, lemma = noun_type(noun, fillers), noun.lemma_.lower()
        specific = _specifier(noun, fillers) if lemma in words.shells and not name else _held(noun, name)
        if specific is not None:
            carrier, begins = _carrier(noun, specific[1], fillers)
            yield Trigger(*specific, carrier, begins, shell=noun, names_too=lemma in words.framing)
        elif name or (lemma in seen and any(c.lower_ in _POINTING for c in noun.lefts)):
            yield _carried(noun, name or seen[lemma], fillers)
        if name:
            seen[lemma] = name


def _carried(noun: Token, name: str, fillers: Fillers) -> Trigger:
    """An event noun with the verb that carries it, which may tell more closely what it is ("signed an agreement")."""
    carrier, begins = _carrier(noun, name, fillers)
    if carrier is None:
        return Trigger(noun, name)
    does = verb_type(carrier, fillers)
    if event_lexicon().finer.get(does) == name:
        return Trigger(noun, does, carrier, begins, names_too=True)
    too = does == name and noun.dep_ == "nsubj"  # "an earthquake struck", but not "suffered injuries"
    return Trigger(noun, name, carrier, begins, names_too=too)


def _concerned(noun: Token, fillers: Fillers) -> Iterator[Trigger]:
    """The event that another noun is about: "the bombing suspect", "a murder trial"."""
    words = event_lexicon()
    if noun.dep_ in _MODIFYING and noun.head.lemma_.lower() in words.concerning and not fillers.in_name(noun):
        name = noun_type(noun, fillers)
        if name in words.concerned:
            yield Trigger(noun, name)


def _gerund(noun: Token, fillers: Fillers) -> Iterator[Trigger]:
    """The deed in "accused of hiding records", where the tagger sees a noun."""
    whole = noun.head
    if gerund_before(whole) != noun or accused(whole) is None or noun_type(noun, fillers):
        return
    name = gerund_type(noun.lower_, whole.lemma_.lower())
    if name and not (name == GENERIC and whole.dep_ == "pobj" and noun_type(whole, fillers)):  # "parking offences"
        yield Trigger(noun, name, shell=whole)


def _specifier(noun: Token, fillers: Fillers) -> tuple[Token, str] | None:
    """The event noun that specifies an empty one ("redeployment" in "redeployment process")."""
    for child in reversed(list(noun.lefts)):
        if child.dep_ in _MODIFYING and child.lower_ in event_lexicon().nouns:
            name = noun_type(child, fillers)
            if name:
                return child, name
    return None


def _held(noun: Token, name: str) -> tuple[Token, str] | None:
    """The noun in a phrase like "state of emergency" that says what it is."""
    if not name or noun.lemma_.lower() not in event_lexicon().framing:
        return None
    inner = (c for prep in noun.rights if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj")
    return next(((token, name) for token in inner), None)


# --- what carries them ---------------------------------------------------------------------------------------


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
        if not as_object and verb_type(verb, fillers) == name != GENERIC:
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
