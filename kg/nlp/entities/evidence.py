"""What a text says outright of a name's bearer: "X, a mining company", "X's shares", "the spokesman, X", "X, 47,"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg import lexicon
from kg.ids import fold
from kg.model import EntityKind
from kg.nlp.entities.namespans import NameSpan
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, Noun, noun_forms

_TELLING = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION})
_OLDEST = 110  # years: a larger number between commas is no age
_WIDTH = 3  # words in the longest listed noun


def told_kinds(words: Words, names: Iterable[NameSpan], publisher: str) -> dict[str, EntityKind]:
    """For folded names of the document the kind that the text itself gives them, where its signs do not disagree."""
    signs: dict[str, Counter[EntityKind]] = {}
    legal = lexicon.load("names", Names).legal
    outlet = fold(publisher)
    for name in names:
        folded = words.folded(name.start, name.end)
        found = signs.setdefault(folded, Counter())
        found.update(_signs(words, name.start, name.end))
        if len(name) > 1 and words.text[name.end - 1] in legal:  # "Acme AG" tells what "Acme" is
            signs.setdefault(words.folded(name.start, name.end - 1), Counter())[EntityKind.ORGANIZATION] += 2
        if outlet and folded == outlet:
            found[EntityKind.ORGANIZATION] += 2
    told = {folded: kind for folded, found in signs.items() if (kind := _leading(found)) is not None}
    for folded in signs:  # "Etcheverry, 47," tells of "Carolina Etcheverry" too
        parts = folded.split()
        if len(parts) in {2, 3} and told.get(parts[-1]) is EntityKind.PERSON:
            told.setdefault(folded, EntityKind.PERSON)
    return told


def told_kind(words: Words, start: int, end: int) -> EntityKind | None:
    """The kind that the words around tokens [start, end) give the name that stands there."""
    return _leading(Counter(_signs(words, start, end)))


def _leading(signs: Counter[EntityKind]) -> EntityKind | None:
    ranked = signs.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _signs(words: Words, start: int, end: int) -> Iterator[EntityKind]:
    head = next((i for i in range(end - 1, start - 1, -1) if not start <= words.head[i] < end), end - 1)
    acronym = end - start == 1 and words.text[start].isupper()
    for kind in (*_by_apposition(words, start, end, head), *_by_noun_before(words, start)):
        if not (acronym and kind is EntityKind.PERSON):
            yield kind
    yield from _by_property(words, end, head)
    if words.tag[head] != "NNPS" and (_has_age(words, end) or _has_who(words, head)):
        yield EntityKind.PERSON


def _by_apposition(words: Words, start: int, end: int, head: int) -> Iterator[EntityKind]:
    """ "X, a company", "the ambassador, X", "X is a company"; "a spokesman for the company, X" is the spokesman."""
    nouns = [i for i in words.rights[head] if words.dep[i] == "appos" and i >= end]
    if words.dep[head] == "appos" and words.head[head] < start and words.text[start - 1] != "(":
        nouns.append(_person_above(words, words.head[head]))
    verb = words.head[head]
    if words.dep[head] == "nsubj" and words.lemma[verb] == "be":
        nouns += [i for i in words.rights[verb] if words.dep[i] == "attr"]
    for index in nouns:
        noun = noun_at(words, index)
        if noun is None or not _tells(noun) or _in_name(words, index, noun):
            continue
        if noun.kind is EntityKind.ORGANIZATION or not _located(words, head):
            yield noun.kind


def _tells(noun: Noun) -> bool:
    """Whether the noun says what bears the name; a "member" or "owner" may be a person or a body."""
    return noun.kind in _TELLING and not noun.plural and noun.lemma not in lexicon.load("names", Names).either


def _located(words: Words, head: int) -> bool:
    """Whether a preposition of place governs the name: in "at Acme, the director" he is not Acme."""
    return words.dep[head] == "pobj" and words.lower[words.head[head]] in {"at", "in", "of", "for", "from"}


def _in_name(words: Words, index: int, noun: Noun) -> bool:
    """Whether the noun is the last word of another name: "X, chief executive of International Airlines Group"."""
    return noun.kind is EntityKind.ORGANIZATION and words.capital[index]


def _person_above(words: Words, index: int) -> int:
    """The role of whose "for" or "of" phrase `index` is the object, else `index`."""
    preposition = words.head[index]
    if words.dep[index] == "pobj" and words.lower[preposition] in {"for", "of", "at"}:
        noun = noun_at(words, words.head[preposition])
        if noun is not None and noun.kind is EntityKind.PERSON and not noun.plural:
            return words.head[preposition]
    return index


def _by_noun_before(words: Words, start: int) -> Iterator[EntityKind]:
    """ "the supermarket chain X", "the businessman X"."""
    before = start - 1
    if before < 0 or words.first[start] or words.capital[before] or words.pos[before] != "NOUN":
        return
    noun = noun_at(words, before)
    if noun is not None and _tells(noun):
        yield noun.kind


def _by_property(words: Words, end: int, head: int) -> Iterator[EntityKind]:
    """ "X's shares", "shares in X": only a company or body has them."""
    owned = lexicon.load("names", Names).owned
    owner = words.head[head]
    if words.dep[head] == "poss":
        marked = end < len(words) and words.text[end] in {"'s", "'"}
        owns = words.lemma[owner] in owned.possessive or _listed(words, owner, owned.possessive)
    else:
        marked = words.dep[head] == "pobj" and words.lower[owner] in {"in", "of"}
        owns = words.lemma[words.head[owner]] in owned.partitive
    if marked and owns:
        yield EntityKind.ORGANIZATION


def _listed(words: Words, index: int, listed: frozenset[str]) -> bool:
    return index > 0 and f"{words.lower[index - 1]} {words.lemma[index]}" in listed


def _has_age(words: Words, end: int) -> bool:
    """ "X, 47," and "X, 47." """
    if end + 2 >= len(words) or words.text[end] != "," or words.text[end + 2] not in {",", ".", ";"}:
        return False
    number = words.text[end + 1]
    return number.isdecimal() and 0 < int(number) <= _OLDEST


def _has_who(words: Words, head: int) -> bool:
    """ "X, who ..." """
    clauses = (i for i in words.rights[head] if words.dep[i] == "relcl")
    return any(words.lower[i] in {"who", "whom"} for clause in clauses for i in words.lefts[clause])


def noun_at(words: Words, index: int) -> Noun | None:
    """What the listed noun that ends at `index` names, of up to three words; `None` when it is none."""
    forms = noun_forms()
    for width in range(_WIDTH, 0, -1):
        noun = forms.get(" ".join(words.lower[max(0, index - width + 1) : index + 1]))
        if noun is not None and words.pos[index] in {"NOUN", "PROPN"}:
            return noun
    return None
