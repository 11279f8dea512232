"""Text cut into blocks: lines that belong together, told by blank lines and by how lines are filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kg.model import Span
from kg.read.words import split_words, words

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_LONGEST_WORD = 30
_LONGEST_HEADING = 300
_INNER_STOP = re.compile(r"(?<=\w)[.!?][\"'”’)]*\s+[\"'“‘(]?[A-Z]")
_MARKUP = re.compile(r"(#{1,6})\s+|>\s+|[•▪◦‣*]\s+|-\s+")
_IMAGE = re.compile(r"!\[([^\]\n]+)\]\([^)\n]*\)$")
_LIST_ITEM = re.compile(r"\s*(?:[•▪◦‣*-]|\d{1,2}[.)])\s")
_SPACED = 3  # groups of lines that show blank lines to part paragraphs
_WIDEST_WRAP = 120  # hard-wrapped text is never wider; longer lines are whole paragraphs


@dataclass(frozen=True)
class Block:
    """Lines that make one part of a document; `span` is trimmed of white space and Markdown marks."""

    span: Span
    text: str
    level: int = 0  # depth of a Markdown heading, 0 for any other block
    image: bool = False  # the alternative text of a Markdown image

    @cached_property
    def words(self) -> list[str]:
        """The words of the block."""
        return split_words(self.text)

    @cached_property
    def terminal(self) -> bool:
        """Whether the block ends as a sentence does."""
        return bool(_TERMINAL.search(self.text))

    @cached_property
    def sentences(self) -> int:
        """A low estimate of how many sentences the block holds."""
        stops = (m.start() for m in _INNER_STOP.finditer(self.text))
        return 1 + sum(_ends_sentence(self.text[max(0, stop - _LONGEST_WORD) : stop]) for stop in stops)


def _ends_sentence(before: str) -> bool:
    """Whether a full stop after `before` can end a sentence: not in "P.A." or "Gov."."""
    word = before.rpartition(" ")[2].strip("\"'“‘(")
    return len(word) > 1 and "." not in word and word.casefold() not in words().abbreviations


class _Line(NamedTuple):
    begin: int
    end: int
    gap: bool  # a blank line, a rule or the start of the text stands before it


class _Wrap(NamedTuple):
    width: int  # the column at which lines are broken, 0 where paragraphs are not broken into lines
    spaced: bool  # blank lines part the paragraphs, so that a line break inside a group seldom ends one


def blocks(text: str, start: int = 0) -> list[Block]:
    """The blocks of `text` from `start` on, in order; rules such as "----" and blank lines are in none."""
    groups = _groups(_lines(text, start))
    wrap = _wrap(text, groups)
    return [block for group in groups for block in _joined(text, group, wrap)]


def _groups(lines: list[_Line]) -> list[list[_Line]]:
    """Lines with nothing but a line break between them."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line.gap:
            groups.append([])
        groups[-1].append(line)
    return groups


def _joined(text: str, group: list[_Line], wrap: _Wrap) -> Iterator[Block]:
    """The blocks of one group; a group that ends in mid-sentence is a heading or list, filled by chance if at all."""
    if not _closed(text, group[-1]):
        wrap = _Wrap(0, False)
    begin = 0
    for i, line in enumerate(group):
        if i + 1 == len(group) or not _continues(text, line, group[i + 1], wrap):
            yield _block(text, group[begin].begin, line.end)
            begin = i + 1


def _closed(text: str, line: _Line) -> bool:
    return bool(_TERMINAL.search(text, line.begin, line.end))


def _lines(text: str, start: int) -> list[_Line]:
    lines: list[_Line] = []
    gap, previous = True, start
    for match in _LINE.finditer(text, start):
        piece = match.group()
        gap = gap or len(_BREAK.findall(text, previous, match.start())) > 1
        previous = match.end()
        if not any(c.isalnum() for c in piece):
            gap = True
            continue
        begin = match.start() + len(piece) - len(piece.lstrip())
        lines.append(_Line(begin, begin + len(piece.strip()), gap))
        gap = False
    return lines


def _wrap(text: str, groups: list[list[_Line]]) -> _Wrap:
    """How the text is hard-wrapped.

    In wrapped text many line breaks fall before a word in lower case; the width is the longest line before one.
    """
    breaks = [pair for group in groups for pair in pairwise(group)]
    inside = [a.end - a.begin for a, b in breaks if text[b.begin].islower() and not _closed(text, a)]
    width = max(inside, default=0)
    if 3 * len(inside) < len(breaks) or width > _WIDEST_WRAP:
        return _Wrap(0, False)
    return _Wrap(width, len(groups) >= _SPACED)


def _continues(text: str, line: _Line, following: _Line, wrap: _Wrap) -> bool:
    """Whether `following` goes on with the sentence or paragraph of `line`."""
    if _LIST_ITEM.match(text, following.begin) or text.startswith("#", line.begin):
        return False
    closed = _closed(text, line)
    narrow = max(line.end - line.begin, following.end - following.begin) <= _WIDEST_WRAP
    if text[following.begin].islower() and not closed and narrow:
        return True
    if not wrap.width:
        return False
    length = line.end - line.begin
    first_word = len(text[following.begin : following.end].split(maxsplit=1)[0])
    full = length + 1 + first_word > wrap.width
    return full or (5 * length > 4 * wrap.width and (wrap.spaced or not closed))


def _block(text: str, begin: int, end: int) -> Block:
    image = _IMAGE.match(text, begin, end)
    if image and image[1].strip():
        return Block(Span(*image.span(1)), image[1], image=True)
    markup = _MARKUP.match(text, begin, end)
    level = len(markup[1] or "") if markup and end - begin <= _LONGEST_HEADING else 0
    if markup and markup.end() < end:
        begin = markup.end()
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    return Block(Span(begin, end), text[begin:end], level)
