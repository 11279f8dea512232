"""What a proper name names: person, organisation, force, country or place; decided with the whole document in view."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg import lexicon
from kg.gazetteer import Candidate, Gazetteer
from kg.ids import fold
from kg.model import EntityKind
from kg.nlp.entities.evidence import told_kind, told_kinds
from kg.nlp.entities.namespans import NameSpan
from kg.nlp.entities.spelling import EVEN, acceptable, sainted
from kg.nlp.entities.surroundings import among_places, context_score, in_dateline, speaks
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, given_names, name_head

_JOINED = re.compile(r",|;|/|&|\band\b")  # between the authors of one report
_MODEL = {"GPE": 2.5, "LOC": 2.0, "FAC": 0.5, "NORP": -0.3, "": -0.8, "ORG": -1.2, "PERSON": -1.5}
_AT_A_PLACE = 2.0  # what context must say more than, for a name that a person bears too to be a place
_LOCATED = frozenset({"GPE", "LOC"})
_OPAQUE = frozenset({"EVENT", "WORK_OF_ART", "LAW", "PRODUCT"})
_WAVERING = frozenset({"GPE", "LOC", "FAC", "ORG", "PERSON", ""})  # labels that unknown places are given
_SPEAKS = 4.0  # against a town whose name speaks elsewhere in the text
_SILENT = 500_000  # people from whom on a town may speak for its country or itself: "Moscow said"
_LARGE = 7.8  # rank of a city of a quarter of a million
_UNINTRODUCED = 1.0  # for a place: a text that names persons in full seldom has one by a surname alone


@dataclass(slots=True)
class Roster:
    """What the rest of the document says of a name.

    ``parts`` holds words of persons' names seen whole, since a lone surname elsewhere means the person;
    ``evidence`` the best sign that a name, folded, is a place; ``labels`` the model's words for it; ``told`` the kind
    that the text itself gives it; ``placed`` the tokens settled as places so far; ``speaking`` the names, folded, that
    somewhere say or think something.
    """

    parts: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, float] = field(default_factory=dict)
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    told: dict[str, EntityKind] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)
    speaking: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, words: Words, names: list[NameSpan], gazetteer: Gazetteer) -> Roster:
        """Collect from names of several words that the model or a title says are persons."""
        authors = dict.fromkeys(authors_of(words), EntityKind.PERSON)
        roster = cls(told=authors | told_kinds(words, names, publisher_of(words)))
        roster.speaking = {words.folded(i, i + 1) for i in words.capitals if speaks(words, i + 1)}
        for name in names:
            roster.placed |= set(range(name.start, name.end)) if name.label in {"GPE", "LOC"} else set()
        for name in names:
            if name.kind is None:
                folded = words.folded(name.start, name.end)
                if speaks(words, name.end):
                    roster.speaking.add(folded)
                roster.labels.setdefault(folded, Counter())[name.label] += 1
                own = _own_evidence(words, name, roster)
                roster.evidence[folded] = max(own, roster.evidence.get(folded, own))
            whole = words.surface(name.start, name.end)
            told = roster.told.get(words.folded(name.start, name.end))
            person = name.label == "PERSON" and len(name) > 1 and name.kind in {None, EntityKind.PERSON}
            person = told is EntityKind.PERSON if told is not None else person or personal(words, name)
            person = (person or bool(name.title)) and not words.titled[name.start] and not _sided(words, name)
            if person and not _well_known_place(gazetteer, words.folded(name.start, name.end)):
                for index in range(name.start, name.end):
                    roster.parts.setdefault(words.lower[index], whole)
        return roster


def publisher_of(words: Words) -> str:
    """The outlet that the document is known to come from, "" when unknown."""
    document = words.doc._.document
    return document.publisher if document is not None else ""


def authors_of(words: Words) -> list[str]:
    """The full names, folded, of those who the document says wrote it; a lone word is an agency."""
    document = words.doc._.document
    named = _JOINED.split(document.author) if document is not None else []
    return [fold(name) for name in named if " " in name.strip()]


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
    last = words.text[name.end - 1]
    if name_head(last) is not None or not last[0].isupper() or last in _names().places.counties:
        return False
    initial = any(len(t) == 2 and t[1] == "." and t[0].isupper() for t in words.text[name.start + 1 : name.end - 1])
    return initial or (words.text[name.start] in given_names() and not words.titled[name.start])


def _well_known_place(gazetteer: Gazetteer, folded: str) -> bool:
    best = gazetteer.candidates(folded)[:1]
    return bool(best) and best[0].rank > EVEN + 1


def settle(
    words: Words, name: NameSpan, roster: Roster, gazetteer: Gazetteer
) -> tuple[EntityKind | None, tuple[Candidate, ...]]:
    """The kind of `name` and, for a place, its candidates; ``None`` when it names no actor or place."""
    if name.known is not None:
        return name.known.kind, ()
    if name.seat:
        return EntityKind.GPE, ()
    if _nobody(words, name, roster):
        return None, ()
    told = _told(words, name, roster, gazetteer)
    if told is not None:
        return told, ()
    folded = words.folded(name.start, name.end)
    candidates = gazetteer.candidates(folded)
    if _is_person(words, name, roster, candidates, gazetteer):
        return EntityKind.PERSON, ()
    dateline = name.kind in {None, EntityKind.PLACE} and in_dateline(words, name.start, name.end)
    if name.kind is not None and not dateline and not (candidates and name.label in _LOCATED):
        return name.kind, candidates if name.kind is EntityKind.PLACE else ()
    fits = bool(candidates) and (dateline or acceptable(words, name, candidates[0]))
    if fits and (dateline or place_score(words, name, candidates[0], roster) > 0):
        return place_kind(candidates[0]), candidates
    if not candidates and name.label in _WAVERING and among_places(words, name.start, name.end):
        return EntityKind.PLACE, ()
    if len(name) == 1 and name.label in _LOCATED and folded in roster.speaking:
        return EntityKind.PERSON, ()
    unplaced = not candidates and roster.evidence.get(folded, 0.0) <= _MODEL["GPE"]
    return _by_label(words, name, roster.labels.get(folded, Counter()), unplaced), ()


def _nobody(words: Words, name: NameSpan, roster: Roster) -> bool:
    """Whether the name is no actor's or place's: a saint's that something is called after, a bill's, a storm's."""
    storm = words.text[name.start] in _names().happenings and len(name) > 1
    return storm or sainted(words, name) or _joins_persons(words, name, roster)


def _is_person(
    words: Words, name: NameSpan, roster: Roster, candidates: tuple[Candidate, ...], gazetteer: Gazetteer
) -> bool:
    """Whether a title, the name's shape or the rest of the document make it a person's."""
    if name.kind is EntityKind.PERSON:
        return True
    if personal(words, name) and not _well_known_place(gazetteer, words.folded(name.start, name.end)):
        return True
    if len(name) > 1 or words.lower[name.start] not in roster.parts or _is_country(candidates):
        return False
    if candidates and in_dateline(words, name.start, name.end):
        return False
    located = name.label in _LOCATED and context_score(words, name.start, name.end, roster.placed) > _AT_A_PLACE
    return not (located and candidates)


def _told(words: Words, name: NameSpan, roster: Roster, gazetteer: Gazetteer) -> EntityKind | None:
    """The kind that the text gives the name, unless a title or a well-known place speaks against it."""
    folded = words.folded(name.start, name.end)
    told = roster.told.get(folded) or told_kind(words, name.start, name.end)
    if name.title or told is None or _well_known_place(gazetteer, folded):
        return None
    patterned = name.kind in {EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE} and told is EntityKind.PERSON
    return None if patterned or name.label in _OPAQUE | {"NORP"} else told


def _is_country(candidates: tuple[Candidate, ...]) -> bool:
    return bool(candidates) and candidates[0].geo.level == "country"


def place_kind(best: Candidate) -> EntityKind:
    """Countries and subdivisions can act; towns and physical places only hold what happens."""
    return EntityKind.GPE if best.governed and best.geo.level != "town" else EntityKind.PLACE


def place_score(words: Words, name: NameSpan, best: Candidate, roster: Roster) -> float:
    """Evidence that the name means a place; above 0 it does."""
    own = _own_evidence(words, name, roster)
    elsewhere = roster.evidence.get(words.folded(name.start, name.end), own)
    score = (best.rank - EVEN) * 0.5 + (own + max(own, elsewhere)) / 2
    if name.label == "PERSON" and len(name) > 1 and best.geo.level != "country" and best.rank < _LARGE:
        score -= 2.0
    quiet = best.geo.level == "town" and best.geo.population < _SILENT
    if quiet and words.folded(name.start, name.end) in roster.speaking:
        score -= _SPEAKS
    if any(words.lower[i] in roster.parts for i in range(name.start, name.end)):
        score -= 4.0
    elif roster.parts and name.label == "PERSON" and len(name) == 1:
        score += _UNINTRODUCED
    if len(name) == 1 and words.text[name.start] in given_names() and best.geo.level != "country":
        score -= 2.5
    return score


def _own_evidence(words: Words, name: NameSpan, roster: Roster) -> float:
    return _MODEL.get(name.label, -2.0) + context_score(words, name.start, name.end, roster.placed)


def _by_label(words: Words, name: NameSpan, labels: Counter[str], unplaced: bool) -> EntityKind | None:
    """The kind that the statistical model's label stands for, where it wavers the commonest of the document.

    `unplaced` says that nothing but the model takes the name for a place.
    """
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
        if len(name) == 1 and label == "GPE" and unplaced:
            return EntityKind.ORGANIZATION
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
