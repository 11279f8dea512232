"""Titles and offices before persons' names: "President", "Lt. Gen.", "Mr."."""

from __future__ import annotations

from collections.abc import Iterator

from kg import lexicon
from kg.model import EntityKind
from kg.nlp.entities.namespans import TIMES, NameSpan, Origin
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Titles, name_head, title_openings


def with_title(words: Words, name: NameSpan) -> NameSpan:
    """Move a title inside the name, or before it, to ``title``; only a person's name takes one."""
    if name.kind is not EntityKind.PERSON and (name.kind is not None or name.label not in {"PERSON", ""}):
        return name
    inside = _title_end(words, name.start, name.end)
    if inside > name.start:
        if inside >= name.end:
            return name
        name.title_start, name.title = name.start, words.surface(name.start, inside)
        name.start = inside
    begin = _title_start(words, name.title_start if name.title else name.start)
    limit = name.title_start if name.title else name.start
    if begin < limit:
        name.title_start, name.title = begin, words.surface(begin, name.start)
    if name.title:
        name.title = clean_title(name.title)
        name.kind = EntityKind.PERSON
    return name


def clean_title(title: str) -> str:
    """A title with honorifics and abbreviations spelt out: "Gen." -> "General"."""
    abbreviations = lexicon.load("titles", Titles).abbreviations
    return " ".join(abbreviations[w.lower()].title() if w.lower() in abbreviations else w for w in title.split())


def is_title(words: Words, start: int, end: int) -> bool:
    """Whether tokens [start, end) are an office, a rank or an honorific."""
    if start >= len(words) or words.lower[start] not in title_openings():
        return False
    titles = lexicon.load("titles", Titles)
    joined = " ".join(words.lower[start:end])
    if end - start == 1 and (joined in titles.honorifics or joined in titles.abbreviations):
        return True
    return joined in titles.offices.words or joined.replace(" - ", "-") in titles.offices.words


def _title_end(words: Words, start: int, limit: int) -> int:
    """Where the title that starts at `start` ends; `start` itself when there is none."""
    end = start
    while end < limit:
        step = next((k for k in (4, 3, 2, 1) if end + k < limit and is_title(words, end, end + k)), 0)
        modifier = words.lower[end] in lexicon.load("titles", Titles).offices.modifiers and end + 1 < limit
        if not step and not (modifier and _title_end(words, end + 1, limit) > end + 1):
            return end
        end += step or 1
    return end


def _title_start(words: Words, end: int) -> int:
    """Where the title that ends before `end` starts; `end` itself when there is none."""
    start = end
    while start > 0:
        step = next((k for k in (4, 3, 2, 1) if start - k >= 0 and is_title(words, start - k, start)), 0)
        if not step:
            return start
        start -= step
        if words.first[start]:
            return start
    return start


def titled_persons(words: Words) -> Iterator[NameSpan]:
    """A capitalised title and the capitalised run behind it: "President Volodymyr Zelensky"."""
    size, done = len(words), 0
    for index in words.capitals:
        if index < done or index >= size - 1:
            continue
        after = _title_end(words, index, min(size, index + 6))
        end = after
        while (
            end < size and end - after < 4 and words.capital[end] and words.pos[end] == "PROPN" and not words.first[end]
        ):
            end += 1
        if (
            after > index
            and end > after
            and not words.titled[index]
            and not any(
                name_head(words.text[i]) is not None or words.label[i] in TIMES or words.label[i] in {"ORG", "GPE"}
                for i in range(after, end)
            )
        ):
            title = clean_title(words.surface(index, after))
            yield NameSpan(after, end, Origin.TITLE, EntityKind.PERSON, "PERSON", None, title, index)
            done = end
