"""What the words around a name say of whether it is a place."""

from __future__ import annotations

from kg import lexicon
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names

_DATELINE = 7  # words within which the dash of a dateline comes: ", W.Va. (AP) -"


def context_score(words: Words, start: int, end: int, placed: set[int]) -> float:
    """How much the words around a name say that it is a place."""
    lists = lexicon.load("names", Names).places
    score = _told_before(words, start, placed) + _told_behind(words, end, placed)
    if words.lower[governor(words, end)] in lists.kinds_before:
        score += 2.5
    if in_dateline(words, start, end):
        score += 3.0
    return score


def _told_before(words: Words, start: int, placed: set[int]) -> float:
    lists = lexicon.load("names", Names).places
    if start > 1 and words.text[start - 1] == "-" and words.text[start - 2] in lists.parties:
        return 4.0  # "Lena Ruiz, D-Columbus"
    if start > 0 and words.lower[start - 1] in lists.bearings:
        return 2.5
    before = _before(words, start)
    if before < 0:
        return 0.0
    word = words.lower[before]
    if (word in lists.before or words.lemma[before] in lists.before) and word != "to":
        return 2.2
    if word in {"to", "from"}:
        return 2.2 if words.lemma[words.head[before]] in lists.motion else 0.7
    if word == "of" and before > 0 and words.lower[before - 1] in lists.kinds_before:
        return 3.5
    if word == "of" and before > 0 and words.text[before - 1] in lists.populace:
        return 2.5
    if word == "of" and before > 0 and (words.text[before - 1] == "," or words.label[before - 1] == "PERSON"):
        return 2.5  # "Rebecca Sands, 41, of Grovetown"
    return 1.8 if word in {"and", "or", ","} and before - 1 in placed else 0.0


def _told_behind(words: Words, end: int, placed: set[int]) -> float:
    lists = lexicon.load("names", Names).places
    if end >= len(words):
        return 0.0
    word = words.lower[end]
    score = 0.0
    if word in lists.region | lists.physical:
        score += 2.0
    elif words.text[end] in lists.local:
        score += 2.3
    if end + 2 < len(words) and word == "in" and (end + 1 in placed or end + 2 in placed):
        score += 1.5
    if word == "," and end + 1 in placed:
        score += 2.0
    if word in {"and", "or"} and end + 1 in placed:
        score += 1.0
    return score


def among_places(words: Words, start: int, end: int) -> bool:
    """Whether the words beside a name fit a place alone: "eastern Ghouta", "the village of Sirin", "Sirin village"."""
    lists = lexicon.load("names", Names).places
    if start > 1 and words.lower[start - 1] == "of" and words.lower[start - 2] in lists.kinds_before:
        return True
    before = words.lower[start - 1] if start > 0 and not words.first[start] else ""
    behind = words.lower[end] if end < len(words) and governor(words, end) == end else ""
    return before in lists.bearings or behind in lists.settled


def speaks(words: Words, end: int) -> bool:
    """Whether the name ending before `end` is the subject of a verb that takes a person."""
    head = end - 1
    return words.dep[head] == "nsubj" and words.lemma[words.head[head]] in lexicon.load("names", Names).speaking


def in_dateline(words: Words, start: int, end: int) -> bool:
    """Whether the name says where the news comes from: "TROY, Ohio (AP) -", also behind a title in one paragraph."""
    if words.dateline[start]:  # the outlet's name may stand there too: "(Lake Wire)", "MERIDIAN NEWS"
        longer = end < len(words) and words.dateline[end] and words.text[end][0].isalpha()
        return not longer and (start == 0 or words.text[start - 1] != "(")
    opens = words.first[start] or words.text[start - 1] in {".", "?", "!", '"', ")"}
    if not opens or len(words.text[start]) < 2 or not all(_spelt_large(words, i) for i in range(start, end)):
        return False
    for index in range(end, min(end + _DATELINE, len(words))):
        if _ends_dateline(words, index):
            return True
        if words.text[index][0].islower() or words.text[index].isspace() or (index == end and words.capital[index]):
            return False
    return False


def _spelt_large(words: Words, index: int) -> bool:
    return words.text[index].isupper() or not words.text[index].isalpha()


def _ends_dateline(words: Words, index: int) -> bool:
    return words.dash(index) or words.text[index] in {"--", "---", ":"}


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
