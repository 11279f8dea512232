"""What a proper name names: person, organisation, force, country or place; decided with the whole document in view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg import lexicon
from kg.gazetteer import Candidate, Gazetteer
from kg.ids import fold
from kg.model import EntityKind
from kg.nlp.entities.evidence import told_kind, told_kinds
from kg.nlp.entities.namespans import NameSpan
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, given_names, name_head

_MODEL = {"GPE": 2.5, "LOC": 2.0, "FAC": 0.5, "NORP": -0.3, "": -0.8, "ORG": -1.2, "PERSON": -1.5}
_OPAQUE = frozenset({"EVENT", "WORK_OF_ART", "LAW", "PRODUCT"})
_LARGE = 7.8  # rank of a city of a quarter of a million
_UNINTRODUCED = 1.0  # for a place: a text that names persons in full seldom has one by a surname alone
_EVEN = 6.5  # rank at which a name is as likely a place as not when nothing else speaks


@dataclass(slots=True)
class Roster:
    """What the rest of the document says of a name.

    ``parts`` holds words of persons' names seen whole, since a lone surname elsewhere means the person;
    ``evidence`` the best sign that a name, folded, is a place; ``labels`` the model's words for it; ``told`` the kind
    that the text itself gives it; ``placed`` the tokens settled as places so far.
    """

    parts: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, float] = field(default_factory=dict)
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    told: dict[str, EntityKind] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, words: Words, names: list[NameSpan], gazetteer: Gazetteer) -> Roster:
        """Collect from names of several words that the model or a title says are persons."""
        roster = cls(told=told_kinds(words, names, publisher_of(words)))
        for name in names:
            roster.placed |= set(range(name.start, name.end)) if name.label in {"GPE", "LOC"} else set()
        for name in names:
            if name.kind is None:
                folded = fold(words.surface(name.start, name.end))
                roster.labels.setdefault(folded, Counter())[name.label] += 1
                own = _own_evidence(words, name, roster)
                roster.evidence[folded] = max(own, roster.evidence.get(folded, own))
            whole = words.surface(name.start, name.end)
            told = roster.told.get(fold(whole))
            person = name.label == "PERSON" and len(name) > 1 and name.kind in {None, EntityKind.PERSON}
            person = told is EntityKind.PERSON if told is not None else person or personal(words, name)
            person = (person or bool(name.title)) and not words.titled[name.start] and not _sided(words, name)
            if person and not _well_known_place(gazetteer, whole):
                for index in range(name.start, name.end):
                    roster.parts.setdefault(words.lower[index], whole)
        return roster


def publisher_of(words: Words) -> str:
    """The outlet that the document is known to come from, "" when unknown."""
    document = words.doc._.document
    return document.publisher if document is not None else ""


def _sided(words: Words, name: NameSpan) -> bool:
    """Whether a prefix says for or against whom: after "pro-" stands a country or cause, rarely a person."""
    before = name.start - 2
    return before >= 0 and words.text[before + 1] == "-" and words.lower[before] in _names().prefixes


def _names() -> Names:
    return lexicon.load("names", Names)


def mend_heading(words: Words, name: NameSpan, roster: Roster) -> None:
    """Cut a person's name in a heading, whose capitals the model may take for it, to the words the body confirms."""
    if words.titled[name.start] and name.label == "PERSON" and name.known is None:
        end = name.start
        while end < name.end and words.lower[end] in roster.parts:
            end += 1
        if end > name.start:
            name.end = end


def _joins_persons(words: Words, name: NameSpan, roster: Roster) -> bool:
    """Whether the name is two surnames with a hyphen, as of a bill or a race: "Lopez-Meyer"."""
    return any(
        words.text[i] == "-" and words.lower[i - 1] in roster.parts and words.lower[i + 1] in roster.parts
        for i in range(name.start + 1, name.end - 1)
    )


def personal(words: Words, name: NameSpan) -> bool:
    """Whether the name is made like a person's: a given name first, or an initial in the middle."""
    if name.kind not in {None, EntityKind.PERSON} or not 2 <= len(name) <= 5 or name.label in _OPAQUE:
        return False
    if name_head(words.text[name.end - 1]) is not None or not words.text[name.end - 1][0].isupper():
        return False
    initial = any(len(t) == 2 and t[1] == "." and t[0].isupper() for t in words.text[name.start + 1 : name.end - 1])
    return initial or (words.text[name.start] in given_names() and not words.titled[name.start])


def _well_known_place(gazetteer: Gazetteer, text: str) -> bool:
    best = gazetteer.candidates(fold(text))[:1]
    return bool(best) and best[0].rank > _EVEN + 1


def settle(
    words: Words, name: NameSpan, roster: Roster, gazetteer: Gazetteer
) -> tuple[EntityKind | None, tuple[Candidate, ...]]:
    """The kind of `name` and, for a place, its candidates; ``None`` when it names no actor or place."""
    if name.known is not None:
        return name.known.kind, ()
    text = words.surface(name.start, name.end)
    candidates = gazetteer.candidates(fold(text))
    if name.seat:
        return EntityKind.GPE, ()
    if _joins_persons(words, name, roster) or (words.text[name.start] in _names().happenings and len(name) > 1):
        return None, ()
    told = _told(words, name, roster, gazetteer)
    if told is not None:
        return told, ()
    if name.kind is EntityKind.PERSON or (personal(words, name) and not _well_known_place(gazetteer, text)):
        return EntityKind.PERSON, ()
    if len(name) == 1 and words.lower[name.start] in roster.parts and not _is_country(candidates):
        return EntityKind.PERSON, ()
    if name.kind is not None and not (candidates and name.label in {"GPE", "LOC"}):
        return name.kind, candidates if name.kind is EntityKind.PLACE else ()
    if candidates and acceptable(words, name, candidates[0]) and place_score(words, name, candidates[0], roster) > 0:
        return place_kind(candidates[0]), candidates
    return _by_label(words, name, roster.labels.get(fold(text), Counter())), ()


def _told(words: Words, name: NameSpan, roster: Roster, gazetteer: Gazetteer) -> EntityKind | None:
    """The kind that the text gives the name, unless a title or a well-known place speaks against it."""
    text = words.surface(name.start, name.end)
    told = roster.told.get(fold(text)) or told_kind(words, name.start, name.end)
    if name.title or told is None or _well_known_place(gazetteer, text):
        return None
    patterned = name.kind in {EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE} and told is EntityKind.PERSON
    return None if patterned or name.label in _OPAQUE | {"NORP"} else told


def acceptable(words: Words, name: NameSpan, best: Candidate) -> bool:
    """Whether the capitals fit: "US" may be a country, "us" and "Us" not; a code of two letters only a country."""
    text = words.text[name.start]
    if len(name) == 1 and len(text) == 2 and text.isupper() and words.text[name.start - 1] == ",":
        return best.geo.level != "town"
    if len(name) == 1 and len(text) <= 3:
        return (text.isupper() and best.geo.level == "country") or (
            len(text) == 3 and best.rank > _EVEN and not text.isupper()
        )
    return True


def _is_country(candidates: tuple[Candidate, ...]) -> bool:
    return bool(candidates) and candidates[0].geo.level == "country"


def place_kind(best: Candidate) -> EntityKind:
    """Countries and subdivisions can act; towns and physical places only hold what happens."""
    return EntityKind.GPE if best.governed and best.geo.level != "town" else EntityKind.PLACE


def place_score(words: Words, name: NameSpan, best: Candidate, roster: Roster) -> float:
    """Evidence that the name means a place; above 0 it does."""
    own = _own_evidence(words, name, roster)
    elsewhere = roster.evidence.get(fold(words.surface(name.start, name.end)), own)
    score = (best.rank - _EVEN) * 0.5 + (own + max(own, elsewhere)) / 2
    if name.label == "PERSON" and len(name) > 1 and best.geo.level != "country" and best.rank < _LARGE:
        score -= 2.0
    if any(words.lower[i] in roster.parts for i in range(name.start, name.end)):
        score -= 4.0
    elif roster.parts and name.label == "PERSON" and len(name) == 1:
        score += _UNINTRODUCED
    if len(name) == 1 and words.text[name.start] in given_names() and best.geo.level != "country":
        score -= 2.5
    return score


def _own_evidence(words: Words, name: NameSpan, roster: Roster) -> float:
    return _MODEL.get(name.label, -2.0) + context_score(words, name.start, name.end, roster.placed)


def context_score(words: Words, start: int, end: int, placed: set[int]) -> float:
    """How much the words around a name say that it is a place."""
    lists = lexicon.load("names", Names).places
    before = _before(words, start)
    score = 0.0
    if before >= 0:
        word = words.lower[before]
        if (word in lists.before or words.lemma[before] in lists.before) and word != "to":
            score += 2.2
        elif word in {"to", "from"}:
            score += 0.7
        elif word == "of" and before > 0 and words.lower[before - 1] in lists.kinds_before:
            score += 3.5
        elif word in {"and", "or", ","} and before - 1 in placed:
            score += 1.8
    if end < len(words) and words.lower[end] in lists.region | lists.physical:
        score += 2.0
    if end + 2 < len(words) and words.lower[end] == "in" and (end + 1 in placed or end + 2 in placed):
        score += 1.5
    if words.lower[governor(words, end)] in lists.kinds_before:
        score += 2.5
    if end < len(words) and words.text[end] == "," and end + 1 in placed:
        score += 2.0
    if end < len(words) and words.lower[end] in {"and", "or"} and end + 1 in placed:
        score += 1.0
    return score


def governor(words: Words, end: int) -> int:
    """The noun that the name ending before `end` modifies, through coordination: "republics" in "Donetsk and
    Luhansk republics"; else its own last word.
    """
    head = end - 1
    while words.dep[head] == "conj" and words.head[head] < head:
        head = words.head[head]
    return words.head[head] if words.dep[head] in {"compound", "nmod", "amod"} else head


def _before(words: Words, start: int) -> int:
    """The word before the name that tells its role, articles and compass points passed over; -1 at a sentence start."""
    skipped = lexicon.load("names", Names).places.skipped
    index = start
    while index > 0 and not words.first[index]:
        index -= 1
        if words.lower[index] not in skipped:
            return index
    return -1


def _by_label(words: Words, name: NameSpan, labels: Counter[str]) -> EntityKind | None:
    """The kind that the statistical model's label stands for, where it wavers the commonest of the document."""
    head = name_head(words.text[name.end - 1])
    if head is not None and len(name) > 1:
        return head
    label = max(sorted(labels), key=lambda word: (labels[word], word == name.label), default=name.label)
    text = words.text[name.start]
    if label == "PERSON":
        return EntityKind.PERSON
    if label == "ORG":
        unsure = words.titled[name.start] and (len(name) > 3 or labels.total() < 2)
        return None if unsure else EntityKind.ORGANIZATION
    if label in {"GPE", "LOC", "FAC"}:
        if len(name) == 1 and (len(text) < 3 or any(c.isdigit() for c in text)):
            return None
        return EntityKind.ORGANIZATION if len(name) == 1 and text.isupper() and len(text) < 6 else EntityKind.PLACE
    if label == "NORP":
        if text.isupper():
            return EntityKind.ORGANIZATION
        return None if _attributive(words, name) else EntityKind.GROUP
    return name.kind


def _attributive(words: Words, name: NameSpan) -> bool:
    """Whether the name only describes what follows: "Muslim" in "Muslim pilgrims" is no group of its own."""
    head = name.end - 1
    if words.pos[head] == "ADJ":
        return True
    return words.dep[head] in {"amod", "compound", "nmod"} and words.head[head] > head
