"""Tells what one block is, by its own layout and wording."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model import SectionKind, Span
from kg.read.boilerplate import is_boilerplate, is_caption, is_clause
from kg.read.byline import byline
from kg.read.dateline import Dateline, is_outlet, line_dateline
from kg.read.layout import Block
from kg.read.words import capitalised, holds, plain, words

_LONGEST = 600  # characters; a longer block is prose whatever it holds
_SENTENCE = 8  # words that make a block with a full stop a paragraph in the header
_LONG = 45  # words that make a block a paragraph even without one
_LONG_DECK = 30  # the same once a headline has been seen
_HEADLINE = 24
_SHORT_HEADLINE = 14
_MASTHEAD = 4
_CAPTION = 25
_SUBHEADING = 16
_QUESTION = 7
_LABEL = 6
_QUOTED = re.compile(r"[,.?!][\"”’']\s")  # “So be it,” he said
_LAST_PIECE = re.compile(r"[|/•·–—]([^|/•·–—]*)$")


class Part(NamedTuple):
    """One block with what it is and what it says of the document."""

    kind: SectionKind
    block: Block
    dateline: Dateline | None = None
    author: str = ""


def known(text: str, block: Block) -> Part | None:
    """`block` as a part that its wording alone gives away; None for headlines, paragraphs and the like."""
    if len(block.text) > _LONGEST:
        return None
    if not block.level:
        if dateline := line_dateline(text, block.span):
            return Part(SectionKind.DATELINE, block, dateline)
        if written := byline(block.text):
            beside = line_dateline(text, _last_piece(block)) or Dateline(block.span)
            place, publisher = beside.place or written.place, beside.publisher or written.publisher
            beside = beside._replace(place=place, publisher=publisher)
            return Part(SectionKind.BYLINE, block, beside, written.author)
    if is_boilerplate(block):
        return Part(SectionKind.BOILERPLATE, block)
    return Part(SectionKind.CAPTION, block) if is_caption(block) else None


def _last_piece(block: Block) -> Span:
    """Where a byline has its date: "By Jane Doe | Sept 11, 2022"."""
    cut = _LAST_PIECE.search(block.text)
    return Span(block.span.begin + cut.start(1), block.span.end) if cut else Span(block.span.end, block.span.end)


def is_paragraph(block: Block, titled: bool) -> bool:
    """Whether `block` is a paragraph; before a headline has been seen (`titled`) it may be one itself."""
    count = len(block.words)
    if count >= (_LONG_DECK if titled else _LONG) or (titled and block.text.endswith(":")):
        return True
    if block.sentences > 2 or (block.sentences > 1 and count > _SUBHEADING):
        return True
    if not block.terminal or (count < _SENTENCE and not titled):
        return False
    return titled or not _is_headline(block)


def is_long(block: Block) -> bool:
    """Whether `block` is too long for a headline or a deck."""
    return block.sentences > 2 or len(block.words) > _HEADLINE


def _is_headline(block: Block) -> bool:
    """Whether a first line that ends as a sentence does is a headline all the same."""
    found = block.words
    if len(found) > _HEADLINE:
        return False
    if capitalised(block.text):
        return True
    if holds(words().narrative_phrases).search(plain(block.text)):
        return False
    articles = sum(word.casefold() in words().prose_words for word in found)
    asked = block.text.rstrip("\"'”’").endswith("?")
    return asked or len(found) <= _SHORT_HEADLINE or 10 * articles < len(found)


def is_masthead(block: Block) -> bool:
    """Whether `block` is only the name of an outlet."""
    if block.level or block.terminal or len(block.words) > _MASTHEAD or is_clause(block):
        return False
    return capitalised(block.text) and is_outlet(block.text)


def is_picture(block: Block) -> bool:
    """Whether a line under the headline is a noun phrase, as captions are."""
    if block.level or block.terminal or block.text[-1] in ",:;":
        return False
    return len(block.words) <= _CAPTION and not is_clause(block)


def is_subheading(block: Block) -> bool:
    """A Markdown heading, a short line without the end of a sentence, a short question, or a label in capitals."""
    text, count = block.text, len(block.words)
    if block.level:
        return True
    if count > _SUBHEADING or text[0].islower() or _QUOTED.search(text) or text[-1] in ",:;-–—":
        return False
    asked = text[-1] in "?!" and count <= _QUESTION and text[0] not in "\"“'‘" and ":" not in text
    label = text.isupper() and count <= _LABEL
    return not block.terminal or asked or label
