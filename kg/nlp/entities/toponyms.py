"""Places that the statistical model missed, names of regions, and capitals that stand for their governments."""

from __future__ import annotations

from collections.abc import Iterator

from kg import lexicon
from kg.gazetteer import Candidate, Gazetteer
from kg.ids import fold
from kg.nlp.entities.kinds import Roster, place_score
from kg.nlp.entities.namespans import NameSpan, Origin
from kg.nlp.entities.spelling import acceptable
from kg.nlp.entities.surroundings import context_score, governor, in_dateline
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Metonyms, Names, noun_forms

_LONGEST = 5  # words in the longest toponym looked for
_MISTAKEN = frozenset({"", "GPE", "LOC", "NORP", "ORG", "PERSON", "FAC", "DATE", "MONEY"})  # "Manbij", "US dollars"
_SURE = 0.8  # how much evidence a name needs that no model marked


def find_missed(
    words: Words, gazetteer: Gazetteer, taken: set[int], roster: Roster, seen: set[str]
) -> Iterator[NameSpan]:
    """Capitalised toponyms outside all other names; `seen` holds folded names that mean places elsewhere."""
    done = 0
    for index in words.capitals:
        end = _run_end(words, index, taken) if index >= done else index
        if end > index:
            found = _first_in(words, index, end, gazetteer, roster, seen)
            done = end if found is None else found.end
            if found is not None:
                yield found


def _run_end(words: Words, index: int, taken: set[int]) -> int:
    end = index
    while (
        end < len(words) and end not in taken and words.capital[end] and words.read[end]
        and words.pos[end] in {"PROPN", "NOUN", "ADJ"} and not (words.first[end] and end > index)
        and words.label[end] in _MISTAKEN
    ):  # fmt: skip
        end += 1
        if end + 1 < len(words) and words.text[end] == "-" and words.capital[end + 1]:
            end += 1
    return end


def _first_in(
    words: Words, start: int, end: int, gazetteer: Gazetteer, roster: Roster, seen: set[str]
) -> NameSpan | None:
    """The first toponym at the start of a run of capitals or behind a hyphen in it: "Ocilla" in "R-Ocilla"."""
    for index in range(start, end):
        if index == start or words.text[index - 1] == "-":
            found = _longest(words, index, end, gazetteer, roster, seen)
            if found is not None:
                return found
    return None


def _longest(
    words: Words, start: int, end: int, gazetteer: Gazetteer, roster: Roster, seen: set[str]
) -> NameSpan | None:
    lists = lexicon.load("names", Names).places
    for stop in range(min(end, start + _LONGEST), start, -1):
        if not words.text[stop - 1][0].isalnum():
            continue  # "Paris-" of "Paris-Dakar"
        name = NameSpan(start, stop, Origin.GAZETTEER, None, "")
        folded = words.folded(start, stop)
        candidates = gazetteer.candidates(folded)
        if folded in seen:
            return name
        if not candidates or not acceptable(words, name, candidates[0]):
            continue
        if _common(words, start, stop) and candidates[0].geo.level != "country":
            continue
        whole = stop == end or words.text[stop] == "-" or words.lower[stop] in lists.region
        partial = 0.0 if whole else 1.5
        if place_score(words, name, candidates[0], roster) - partial > _SURE:
            return name
    return None


def _common(words: Words, start: int, stop: int) -> bool:
    """Whether the word is an ordinary one that only a sentence start or a heading capitalises."""
    if stop - start > 1 or in_dateline(words, start, stop):
        return False
    rejected = words.text[start] in lexicon.load("names", Names).rejected or words.lower[start] in noun_forms()
    loose = (words.first[start] or words.titled[start]) and words.pos[start] != "PROPN"
    return rejected or loose or (words.titled[start] and context_score(words, start, stop, set()) <= 0)


def region_noun(words: Words, end: int) -> str:
    """The word "region", "province" or the like right behind a name, else ""."""
    lists = lexicon.load("names", Names).places
    fits = end < len(words) and words.lower[end] in lists.region and words.pos[end] in {"NOUN", "PROPN"}
    fits = fits and words.text[end] not in lists.schools  # where it belongs, the gazetteer knows the whole name
    return words.lower[end] if fits and not words.first[end] else ""


def region_named(words: Words, start: int, end: int, noun: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Candidates of "X region" and its like, X being tokens [start, end): under that name, or X's own if regions."""
    base = words.folded(start, end)
    whole = gazetteer.candidates(f"{base} {fold(noun)}")
    found = [*whole, *gazetteer.candidates(base), *gazetteer.candidates(f"{base} region")]
    return tuple(dict.fromkeys(c for c in found if c.geo.level == "region" or c in whole))


def governing_region(words: Words, start: int, end: int) -> str:
    """ "republic" for X in "the X and Y republics": the word for a region that the name modifies, in the singular."""
    head = governor(words, end)
    noun = words.lemma[head].lower()
    apart = head >= end and noun in lexicon.load("names", Names).places.region
    return noun if apart and words.dep[head] != "compound" else ""


def stands_for_government(words: Words, start: int, end: int) -> bool:
    """Whether a capital's name means the government: it acts, owns what only an actor does, or is dealt with as one."""
    lists = lexicon.load("metonyms", Metonyms)
    head = next((i for i in range(end - 1, start - 1, -1) if not start <= words.head[i] < end), end - 1)
    while words.dep[head] == "conj" and words.head[head] < head and words.pos[words.head[head]] == "PROPN":
        head = words.head[head]
    governor, dep = words.head[head], words.dep[head]
    if end < len(words) and words.text[end] in {":", "(", ",", "—", "–"}:
        return words.titled[start] and words.text[end] == ":"
    if dep == "nsubj" and words.pos[governor] in {"VERB", "AUX"}:
        return _acts(words, governor, lists)
    if dep == "poss":
        return words.lemma[governor] in lists.possessions
    if end + 1 < len(words) and words.text[end] == "-" and words.lower[end + 1] in lists.hyphened:
        return True
    if dep == "pobj":
        above = words.head[governor]
        if words.dep[governor] == "agent":
            return _acts(words, above, lists)
        return words.lower[governor] in lists.governs.get(words.lemma[above], ())
    return False


def _acts(words: Words, verb: int, lists: Metonyms) -> bool:
    return words.lemma[verb] in lists.acts.verbs
