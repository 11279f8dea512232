"""Names by pattern: runs of capitalised words around one that names of bodies or places have, "Ministry of Health"."""

from __future__ import annotations

from collections.abc import Iterator

from kg import lexicon
from kg.gazetteer import Gazetteer
from kg.model import EntityKind
from kg.nlp.entities.namespans import NAMED, TIMES, NameSpan, Origin, trim
from kg.nlp.entities.titles import is_title
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Names, name_head


def by_head(words: Words, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    """Runs of capitalised words around a word that organisations', forces' or places' names have."""
    for index in words.capitals:
        kind = name_head(words.text[index])
        if kind is None or words.label[index] in TIMES or words.pos[index] == "VERB":
            continue
        start = _run_start(words, index, gazetteer, kind)
        end = _complement_end(words, index)
        start, _ = trim(words, start, end)
        if end - start > 1 and not _only_modifiers(words, start, end):
            yield NameSpan(start, end, Origin.PATTERN, kind, words.label[index])


def _only_modifiers(words: Words, start: int, end: int) -> bool:
    """Whether a heading's capitals alone make "Russian Forces" look like a name."""
    return words.titled[start] and end - start == 2 and words.pos[start] == "ADJ" and not words.label[start]


def _run_start(words: Words, index: int, gazetteer: Gazetteer, kind: EntityKind) -> int:
    start = index
    while start > 0 and not words.first[start]:
        left = start - 1
        if _joins(words, left, index):
            start = left
        elif words.text[left] in {"&", "-"} and left > 0 and words.capital[left - 1] and not words.dash(left):
            start = left - 1
        elif kind is not EntityKind.PLACE and words.text[left] in {"'s", "'"} and _nation(words, left - 1, gazetteer):
            start = _nation_start(words, left - 1)
            break
        else:
            break
    return start


def _joins(words: Words, left: int, index: int) -> bool:
    """Whether the capitalised word before a run belongs to the name."""
    names = lexicon.load("names", Names)
    if not words.capital[left] or not words.text[left][0].isalpha() or words.text[left] in names.rejected:
        return False
    if words.lower[left] in names.inner or is_title(words, left, left + 1):
        return words.lower[left] in {"state", "private"} and not words.first[left]
    if words.titled[left]:
        return (
            words.label[left] != ""
            and words.label[left] not in {"PERSON", *TIMES}
            and words.pos[left] in {"PROPN", "ADJ"}
        )
    return words.pos[left] in {"PROPN", "ADJ"} or (words.pos[left] == "NOUN" and not words.first[left])


def _nation(words: Words, index: int, gazetteer: Gazetteer) -> bool:
    best = gazetteer.lookup(words.text[index])[:1]
    return words.capital[index] and (words.label[index] == "GPE" or bool(best and best[0].level == "country"))


def _nation_start(words: Words, index: int) -> int:
    while index > 0 and words.label[index] == "GPE" and words.label[index - 1] == "GPE" and words.capital[index - 1]:
        index -= 1
    return index


def _complement_end(words: Words, index: int) -> int:
    """Past an "of" or "for" phrase of capitalised words, where the head takes one."""
    end = index + 1
    names = lexicon.load("names", Names)
    if words.text[index] not in names.complement or words.titled[index]:
        return end
    if end + 1 < len(words) and words.text[end] in {"of", "for", "on", "in"}:
        after = end + 2 if words.text[end + 1] == "the" else end + 1
        last = _capital_run(words, after)
        if last > after and (words.text[end] in {"of", "for"} or words.label[after] == "ORG"):
            return last
    return end


def _capital_run(words: Words, start: int) -> int:
    """The end of a run of capitalised words, "and", "," and "&" between two of them included."""
    end = start
    while end < len(words) and words.capital[end] and words.text[end][0].isalpha() and words.pos[end] in NAMED:
        end += 1
        if words.first[end - 1] and end - 1 > start:
            return end - 1
        if (
            end + 1 < len(words)
            and words.text[end] in {"and", "&", "-"}
            and words.capital[end + 1]
            and _same(words, end)
        ):
            end += 1
    return end


def _same(words: Words, index: int) -> bool:
    """Whether the words on both sides of a conjunction stand in one entity of the model."""
    return words.label[index] == words.label[index - 1] == words.label[index + 1] != "" or words.text[index] == "&"
