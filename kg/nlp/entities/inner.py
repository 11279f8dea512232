"""Places inside longer names: "Norway's Finance Ministry", "Titus County Jail", "Supreme Court of India"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg import lexicon
from kg.gazetteer import Candidate, Gazetteer
from kg.ids import fold
from kg.nlp.entities.namespans import NameSpan, Origin
from kg.nlp.entities.spelling import acceptable
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, PlaceWords, given_names

Found = tuple[NameSpan, tuple[Candidate, ...]]

_SHORT = 3  # letters up to which a last word is rather a plain one: "Recovery Act"
_WIDEST = 3  # words in the longest place looked for
_PUBLIC_RANK = 4.0  # of a place in front of what only places have: "Torrington Fire Department"
_REGION_RANK = 6.0  # of a country or region elsewhere in a name
_TOWN_RANK = 8.0  # of a town: smaller ones are as likely surnames
_OWNER_RANK = 7.9  # of a town before "'s"
_NAMESAKE_RANK = 8.9  # of a town whose name people bear too
_COUNTRY_RANK = 5.0  # of a country by its own name anywhere: "Air France KLM"
_FAMOUS_RANK = 9.0  # of a place at the end of a name without "of": "Air France"


def place_inside(
    words: Words, start: int, end: int, gazetteer: Gazetteer, seen: Collection[str], body: bool
) -> Found | None:
    """The place in the name of a body or, not `body`, of a building, tokens [start, end), with its candidates.

    `seen` holds folded names that mean places elsewhere in the document: they need no other sign.
    """
    places = lexicon.load("names", Names).places
    if words.text[end - 1].title() in places.outlets:
        return None
    for low, high, least in _spots(words, start, end):
        if least is _COUNTRY_RANK and not _is_country(words, low, high, gazetteer):
            continue
        if not body and least not in {_PUBLIC_RANK, _OWNER_RANK}:
            continue  # "Washington Drive", "Hampton Hills"
        if high - low == 1 and words.text[low] in places.plain:
            continue
        folded = words.folded(low, high)
        candidates = gazetteer.candidates(folded)
        name = NameSpan(low, high, Origin.PATTERN, None, "GPE")
        if high < end and words.text[high - 1] in places.of and candidates and fold(candidates[0].geo.name) != folded:
            continue  # in "Dublin City Council" the city is Dublin
        if candidates and acceptable(words, name, candidates[0]):
            known = folded in seen and least < _FAMOUS_RANK
            if known or candidates[0].rank > (min(least, _REGION_RANK) if _first_level(candidates[0]) else least):
                return name, candidates
    return None


def _is_country(words: Words, low: int, high: int, gazetteer: Gazetteer) -> bool:
    best = gazetteer.candidates(words.folded(low, high))[:1]
    return bool(best) and best[0].geo.level == "country" and fold(best[0].geo.name) == words.folded(low, high)


def _first_level(candidate: Candidate) -> bool:
    return candidate.geo.level != "town" and not candidate.geo.region


def _spots(words: Words, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Where a name may hold a place, and the rank that one must have there: before "'s", behind "of", in front, at
    the end, and for a country anywhere.
    """
    places = lexicon.load("names", Names).places
    mark = next((i for i in range(start, end) if words.text[i] in {"'s", "'"}), -1)
    if mark > start:
        yield from ((low, mark, _OWNER_RANK) for low in range(start, mark))
    preposition = next((i for i in range(end - 2, start, -1) if words.text[i] in {"of", "in"}), -1)
    if preposition > start:
        yield (preposition + 2 if words.text[preposition + 1] == "the" else preposition + 1), end, _TOWN_RANK
    while start < end and words.text[start] in places.directions:
        start += 1
    if start < end and words.lower[start] not in places.kinds_before:  # "East African Court"
        for stop in range(min(end - 1, start + _WIDEST), start, -1):
            if words.text[stop - 1][0].isalnum():
                yield start, stop, _front_rank(words, start, stop, places)
    if preposition < 0 and end - start > 1 and len(words.text[end - 1]) > _SHORT:
        yield end - 1, end, _FAMOUS_RANK
    yield from ((index, index + 1, _COUNTRY_RANK) for index in range(start + 1, end) if words.capital[index])


def _front_rank(words: Words, start: int, stop: int, places: PlaceWords) -> float:
    if stop == start + 1 and words.text[start] in given_names():
        return _NAMESAKE_RANK
    own = words.text[stop - 1] in places.counties
    return _PUBLIC_RANK if own or words.text[stop] in places.civic else _TOWN_RANK
