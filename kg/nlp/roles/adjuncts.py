"""What hangs on a verb or noun: objects of prepositions, clauses, adverbs, and what the parser hung on its object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.nlp.annotations import Stretch
from kg.nlp.roles.clauses import CLAUSES, infinitive, is_passive
from kg.nlp.roles.phrases import is_time, phrase, trim
from kg.nlp.roles.words import role_lexicon

_PLACES = ("GPE", "LOC", "FAC")
# Roles whose answer is the whole phrase ("in Lima", "on Monday", "by train"), not the noun in it.
_ADVERBIAL = ("place", "destination", "time", "manner", "capacity", "cause", "path", "concession", "comparison")
_FOLLOWING = ("relcl", "advcl", "prep")
_AMOUNTS = ("PERCENT", "MONEY", "QUANTITY", "CARDINAL")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its role as the syntax tells it, its head token and its words.

    ``role`` is agent, patient, recipient, instrument, place, origin, destination, time, manner, cause, purpose, topic,
    party, path, capacity, condition, concession, comparison or modifier.  ``function`` is how it is attached:
    subject, object, indirect, oblique, clause, adverb, possessor, modifier, modified (the noun after a participle),
    controller (who is charged with what a noun names), appositive, antecedent (what a pronoun beside it stands for),
    shared where another verb's time or place holds too, or preposition where the parser takes a preposition for a
    participle.  ``inherited`` marks arguments found outside the predicate's own phrase: antecedents, controllers,
    shared subjects.
    """

    role: str
    head: int
    stretch: Stretch
    preposition: str = ""
    function: str = ""
    inherited: bool = False


def child_arguments(child: Token, verb: Token) -> Iterator[Argument]:
    """What a child of `verb` tells, its subject and its direct object aside."""
    dep = child.dep_
    if dep in ("prep", "agent") or (dep == "dative" and child.pos_ == "ADP"):
        yield from oblique(child)
    elif dep == "dative":
        yield Argument("recipient", child.i, phrase(child), "", "indirect")
    elif dep == "dobj" and is_passive(verb):
        yield Argument("patient", child.i, phrase(child), "", "object")
    elif dep in ("oprd", "acomp") or (dep == "attr" and verb.lemma_ != "be"):
        yield Argument("capacity", child.i, phrase(child), "", "clause")
    elif dep in CLAUSES:
        yield Argument("topic", child.i, _quoted(clause_of(child), verb), "", "clause")
        raised = next((c for c in child.children if c.dep_ == "nsubj"), None)
        if raised is not None and infinitive(child) and verb.lemma_ in role_lexicon().object_control:
            yield Argument("patient", raised.i, phrase(raised), "", "object", True)  # "allowed them to leave"
    elif dep == "advcl":
        role = _clause_role(child)
        yield Argument(role, child.i, clause_of(child), "", "clause")
    elif dep == "pobj":  # of a participle that is used as a preposition: "including", "following"
        yield Argument("patient", child.i, phrase(child), "", "preposition")
    elif dep in ("npadvmod", "advmod", "prt"):
        yield from _adverb(child)


def oblique(prep: Token, prefix: str = "") -> Iterator[Argument]:
    """The objects of a preposition; chains such as "out of", "from under" keep the whole as preposition."""
    words = f"{prefix} {prep.lower_}".strip()
    for child in prep.children:
        if child.dep_ == "prep":
            yield from oblique(child, words)
        elif words == "to" and child.dep_ == "pobj" and _up_to(prep, child):
            yield Argument("patient", child.i, phrase(child), "", "object")
        elif child.dep_ == "pobj" or (child.dep_ not in ("prep", "pcomp", "punct", "cc", "conj") and child.i > prep.i):
            role = _oblique_role(prep, words, child)
            inner = phrase(child)
            first = prep.i - len(prefix.split()) if role in _ADVERBIAL else inner.start
            yield Argument(role, child.i, Stretch(min(first, inner.start), inner.end), words, "oblique")
            if role == "time":  # "on May 6 in Lyon"
                yield from (a for a in object_places(child) if a.role == "place")
        elif child.dep_ == "pcomp":
            role = "manner" if words in ("by", "without", "with") else _oblique_role(prep, words, child)
            yield Argument(role, child.i, clause_of(child), words, "clause")
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from oblique(child)


def _up_to(prep: Token, noun: Token) -> bool:
    """ "Kidnapped up to 16 advisers": a bound of the number, not where anything goes."""
    return prep.i > 0 and prep.nbor(-1).lower_ == "up" and any(c.dep_ == "nummod" for c in noun.lefts)


def _oblique_role(prep: Token, words: str, noun: Token) -> str:
    if (is_time(noun) and words not in ("by", "with")) or (words == "by" and is_time(noun) and prep.dep_ != "agent"):
        return "time"
    if words == "by" and noun.ent_type_ in _AMOUNTS:
        return "manner"  # "rose by 50 percent"
    if words == "to" and noun.ent_type_ in _PLACES and not _gives(prep.head):
        return "destination"
    table = role_lexicon().prepositions
    return table.get(words) or table.get(prep.lower_, "manner")


def _gives(verb: Token) -> bool:
    """Whether somebody may be given something: what stands with an object or in the passive."""
    return any(c.dep_ in ("dobj", "nsubjpass", "dative") for c in verb.children)


def _adverb(child: Token) -> Iterator[Argument]:
    words = role_lexicon().words
    lower = child.lower_
    if lower in words.vague or lower in words.comment or child.tag_ == "WRB":
        return
    beside = [a for prep in child.rights if prep.lower_ == "of" for a in oblique(prep)] if lower in words.place else []
    if beside:  # "east of Kayes"
        yield from (replace(a, role="place", stretch=Stretch(child.i, a.stretch.end)) for a in beside)
        return
    if child.dep_ == "npadvmod":
        yield Argument("time" if is_time(child) else "manner", child.i, phrase(child), "", "adverb")
    elif lower in words.place:
        yield Argument("place", child.i, Stretch(child.i, child.i + 1), "", "adverb")
    elif is_time(child):
        yield Argument("time", child.i, phrase(child), "", "adverb")
    elif child.dep_ == "advmod" and child.tag_ in ("RB", "RBR") and not child.is_stop:
        yield Argument("manner", child.i, phrase(child), "", "adverb")
    for prep in child.children:
        if prep.dep_ == "prep":
            yield from oblique(prep)


def object_places(noun: Token, *more: str) -> Iterator[Argument]:
    """ "shelled a village near the border", "sent tons of wheat to Lebanon": what the parser hung on the object."""
    for prep in noun.rights:
        if prep.dep_ == "advmod" and prep.lower_ in role_lexicon().words.place:
            yield Argument("place", prep.i, Stretch(prep.i, prep.i + 1), "", "adverb")  # "its forces there"
        if prep.dep_ != "prep":
            continue
        for argument in oblique(prep):
            if prep.lower_ == "of" and argument.function == "oblique":
                yield from object_places(noun.doc[argument.head])
            elif argument.role in ("place", "time", "destination", "instrument", "recipient", *more):
                yield argument


def relative_adverb(verb: Token) -> Iterator[Argument]:
    """ "The town where he died", "the day when it fell": the antecedent as place or time, for joined verbs too."""
    clause = verb
    while clause.dep_ == "conj" and clause.head.i < clause.i:
        clause = clause.head
    if clause.dep_ not in ("relcl", "advcl"):
        return
    for child in clause.children:
        if child.tag_ == "WRB" and child.lower_ in ("where", "when") and child.i < clause.i:
            role = "place" if child.lower_ == "where" else "time"
            noun = _noun_before(clause, child)
            if noun is not None and (role == "place" or is_time(noun)):
                yield Argument(role, noun.i, phrase(noun), "", "adverb", True)


def _noun_before(clause: Token, relative: Token) -> Token | None:
    """The noun that "where" or "when" follows; the parser often hangs the clause on one further off."""
    first = relative.i - 1
    if first >= 0 and clause.doc[first].text == ",":
        first -= 1
    noun: Token = clause.doc[max(first, 0)]
    while relative.lower_ == "where" and is_time(noun) and noun.head.pos_ == "ADP" and 0 < noun.head.i < noun.i:
        noun = noun.head.nbor(-1)  # "in Lima on Saturday, where ..."
    while noun.head.i != noun.i and noun.head.right_edge.i == first and noun.head.pos_ in ("NOUN", "PROPN", "NUM"):
        noun = noun.head
    if noun.pos_ in ("NOUN", "PROPN", "NUM"):
        return noun
    return clause.head if clause.dep_ == "relcl" else None


def clause_of(head: Token) -> Stretch:
    """The words of the clause that `head` heads, up to what only follows on it after a comma."""
    end = head.right_edge.i + 1
    for token in head.doc[head.i + 1 : end]:
        first = token.left_edge.i
        if token.dep_ in _FOLLOWING and first > head.i + 1 and head.doc[first - 1].text == ",":
            end = first - 1
            break
    return trim(head, head.left_edge.i, end)


def _quoted(words: Stretch, verb: Token) -> Stretch:
    """A quotation up to its closing mark, also where the parser parted it."""
    doc = verb.doc
    if not words.start or doc[words.start - 1].text != '"' or verb.i in words:
        return words
    end = verb.sent.end if verb.i < words.start else verb.i
    close = next((t.i for t in doc[words.end : end] if t.text == '"'), words.end)
    return Stretch(words.start, close)


def _clause_role(clause: Token) -> str:
    for child in clause.children:
        if child.dep_ in ("mark", "advmod") and child.i < clause.i:
            role = role_lexicon().subordinators.get(child.lower_)
            if role:
                return role
        if child.tag_ == "TO":
            return "purpose"
    return "manner"
