"""Where proper names stand and what they may be: the parser's entities, patterns of capitalised words, known actors.

Nothing here decides between a place and a person: `kg.nlp.entities.kinds` does, once all names are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import lexicon
from kg.gazetteer import Gazetteer
from kg.ids import fold
from kg.model import EntityKind
from kg.nlp.entities.namespans import NAMED, NameSpan, Origin, pointed, trim
from kg.nlp.entities.runs import by_head
from kg.nlp.entities.titles import is_title, titled_persons, with_title
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, name_head, noun_forms

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"})
_OFFICED = frozenset({"ORG", "GPE", "LOC", "FAC"})  # labels of what may have officers, taken for part of the name
_KNOWN_RANK = 4.0  # of a place that a longer name must have for the shorter to give way


def find_names(words: Words, gazetteer: Gazetteer, known: Iterable[NameSpan]) -> list[NameSpan]:
    """Disjoint candidate names in text order."""
    found = list(known)
    ends = frozenset(name.end for name in found)
    found += [*titled_persons(words), *by_head(words, gazetteer), *_by_model(words, gazetteer, ends)]
    found += _counties(words, gazetteer)
    names = [with_title(words, name) if name.origin is Origin.KNOWN else name for name in _disjoint(found)]
    names += _acronyms(words, names, gazetteer)
    names += _repeats(words, names)
    return sorted(names, key=lambda n: n.start)


def _counties(words: Words, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    """ "Titus County" and its like, whatever the model says of them."""
    counties = lexicon.load("names", Names).places.counties
    for index in words.capitals:
        if words.text[index] in counties and not words.first[index]:
            for start in range(max(0, index - 3), index):
                capitals = all(words.capital[i] and not words.first[i + 1] for i in range(start, index))
                if capitals and gazetteer.candidates(words.folded(start, index + 1)):
                    yield NameSpan(start, index + 1, Origin.PATTERN, None, "GPE")
                    break


_ACRONYM_BEARERS = frozenset({EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE})


def _acronyms(words: Words, names: list[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """Acronyms put in brackets behind an organisation's name, everywhere they stand in the document.

    A name of the document that is such an acronym is changed in place; the others are returned.
    """
    bearers: dict[str, NameSpan] = {}
    for name in names:
        bearer = name.kind in _ACRONYM_BEARERS or (name.kind is None and name.label == "ORG")
        if bearer and len(name) > 1 and name.end + 2 < len(words) and words.text[name.end] == "(":
            text = words.text[name.end + 1]
            country = gazetteer.candidates(fold(text))[:1]
            if country and country[0].geo.level == "country":
                continue
            if words.text[name.end + 2] == ")" and sum(c.isupper() for c in text) > 1:
                bearers.setdefault(text, name)
    if not bearers:
        return []
    at = {i: name for name in names for i in range(name.start, name.end)}
    added = []
    for index, text in enumerate(words.text):
        bearer_of = bearers.get(text)
        if bearer_of is None or not words.read[index]:
            continue
        own = at.get(index)
        if own is None:
            own = NameSpan(index, index + 1, Origin.KNOWN)
            added.append(own)
        if len(own) == 1:
            own.kind, own.known, own.label = bearer_of.kind or EntityKind.ORGANIZATION, bearer_of.known, "ORG"
    return added


def _repeats(words: Words, names: list[NameSpan]) -> list[NameSpan]:
    """Names of several words where the model has missed them: what it found once it may miss in the next sentence."""
    known: dict[str, list[NameSpan]] = {}
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            known.setdefault(words.text[name.start], []).append(name)
    taken = {i for name in names for i in range(name.start, name.end)}
    added = []
    for index in words.capitals:
        for name in known.get(words.text[index], ()) if words.read[index] else ():
            end = index + len(name)
            same = words.text[index:end] == words.text[name.start : name.end]
            if same and taken.isdisjoint(range(index, end)):
                added.append(NameSpan(index, end, name.origin, name.kind, name.label, name.known, seat=name.seat))
                taken.update(range(index, end))
                break
    return added


def _disjoint(found: list[NameSpan]) -> list[NameSpan]:
    """Of overlapping candidates the longest, where equally long the surest."""
    found.sort(key=lambda n: (-len(n), n.origin, n.start))
    taken: set[int] = set()
    kept = []
    for name in found:
        if not any(i in taken for i in range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.title_start if name.title else name.start, name.end))
    return kept


def _by_model(words: Words, gazetteer: Gazetteer, ends: frozenset[int]) -> Iterator[NameSpan]:
    for ent in words.doc.ents:
        if ent.label_ in _LABELS and words.read[ent.start]:
            for start, end in _split(words, ent.start, ent.end, ent.label_, ends, gazetteer):
                if ent.label_ == "PERSON" and (front := _place_in_front(words, start, end, gazetteer)) > start:
                    yield NameSpan(start, front, Origin.MODEL, None, "")
                    start = front
                start, end = trim(words, start, end)
                end += end < len(words) and start < end and pointed(words, end)
                while ent.label_ in _OFFICED and end - start > 1 and is_title(words, end - 1, end):
                    end -= 1  # "State Department Spokesperson", "Lamar County Sheriff"
                if ent.label_ in {"GPE", "LOC"}:
                    start, end = _grown(words, start, end, gazetteer)
                if start < end and _is_name(words, start, end, ent.label_):
                    yield with_title(words, NameSpan(start, end, Origin.MODEL, None, ent.label_))


def _place_in_front(words: Words, start: int, end: int, gazetteer: Gazetteer) -> int:
    """The end of the place in "Troy Fire Chief Al Moss", which the model may take for one person; else `start`."""
    title = next((i for i in range(start + 1, end) if is_title(words, i, i + 1)), start)
    for stop in range(title, start, -1):
        if gazetteer.candidates(words.folded(start, stop)):
            return stop
    return start


def _hyphened(words: Words, start: int, end: int, label: str, gazetteer: Gazetteer) -> frozenset[int]:
    """Hyphens between places that have no name together, "Boston-Philadelphia", or behind a party, "D-Columbus"."""
    if words.text[start] in lexicon.load("names", Names).places.parties and words.text[start + 1 : start + 2] == ["-"]:
        return frozenset({start + 1} if gazetteer.candidates(words.folded(start + 2, end)) else ())
    if label not in {"GPE", "LOC"} or gazetteer.candidates(words.folded(start, end)):
        return frozenset()
    return frozenset(
        i for i in range(start + 1, end - 1)
        if words.text[i] == "-" and gazetteer.candidates(words.folded(start, i))
    )  # fmt: skip


def _split(
    words: Words, start: int, end: int, label: str, ends: frozenset[int], gazetteer: Gazetteer
) -> Iterator[tuple[int, int]]:
    """The entity cut at line ends and, for persons, at possessives and commas."""
    begin = start
    hyphens = _hyphened(words, start, end, label, gazetteer)
    for i in range(start, end):
        if i in hyphens or _cuts(words, i, begin, label, ends):
            if begin < i:
                yield begin, i
            begin = i + 1
    if begin < end:
        yield begin, end


def _grown(words: Words, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, int]:
    """A place's name with the capitalised words beside it where the longer name is in the gazetteer."""
    for left, right in ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2)):
        low, high = start - left, end + right
        if low < 0 or high > len(words) or any(words.first[i] for i in range(low + 1, high)):
            continue
        ends = words.capital[low] and words.capital[high - 1]
        if ends and all(words.capital[i] or words.text[i] == "-" for i in range(low, high)):
            longer = gazetteer.candidates(words.folded(low, high))
            if longer and longer[0].rank > _KNOWN_RANK:
                return low, high
    return start, end


_BREAKS = frozenset({":", ";", "|", "/", '"', "—", "–", "(", ")"})


def _cuts(words: Words, index: int, begin: int, label: str, ends: frozenset[int]) -> bool:
    """Whether the model glued two names at this token."""
    text = words.text[index]
    if text.isspace() or text in _BREAKS or words.dash(index):
        return True
    if text == ",":
        return (
            index + 1 < len(words)
            and words.text[index + 1] not in lexicon.load("names", Names).firm
            and label != "WORK_OF_ART"
        )
    if label in {"PERSON", "GPE", "NORP", "LOC", "FAC"}:
        counties = lexicon.load("names", Names).places.counties
        return text in {"'s", "and", "or"} or (label == "PERSON" and text in counties)
    return (
        text == "and"
        and index > begin
        and label == "ORG"
        and (name_head(words.text[index - 1]) is not None or index in ends)
    )


def _is_name(words: Words, start: int, end: int, label: str) -> bool:
    rejected = lexicon.load("names", Names).rejected
    if end - start == 1:
        text = words.text[start]
        if text in rejected or len(text) < 2 or not text[0].isalpha():
            return False
        if words.lower[start] in noun_forms() or is_title(words, start, start + 1):
            return False
        if not words.titled[start] and is_title(words, start, start + 2) and label != "PERSON":
            return False
        if words.first[start] and words.pos[start] not in NAMED:
            return False
    return any(words.capital[i] for i in range(start, end))
