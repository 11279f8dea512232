"""Recognises the parts of a news document by layout and wording.

The blocks before the first paragraph are the header, told apart by order and form; after it a short line is a
sub-heading where a paragraph follows, and boilerplate where none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kg.model import Section, SectionKind, Span
from kg.read.boilerplate import starts_list
from kg.read.dateline import Dateline, is_outlet, prefix_dateline
from kg.read.dates import year_in
from kg.read.layout import Block, blocks
from kg.read.parts import Part, is_long, is_masthead, is_paragraph, is_picture, is_subheading, known
from kg.read.words import opens, plain, split_words, words

_TWO_HEADLINES = re.compile(r";\s+(?=[\"'“‘(]?[A-Z0-9])")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_LONGEST_HEADER = 10  # blocks among which a dateline or byline is looked for
_MOST_SENTENCES = 3  # blocks that end in a full stop which a header can have
_FEWEST = 3  # words of a headline that shares its line with another


class Layout(NamedTuple):
    """The sections of a text in order, and what its header and footer say about it."""

    sections: tuple[Section, ...]
    title: str = ""
    author: str = ""
    datelines: tuple[Dateline, ...] = ()
    year: str = ""  # of the copyright line


class _Seen(NamedTuple):
    """A block and what its wording alone makes it, None where place and order must tell."""

    block: Block
    part: Part | None


def recognise(text: str, start: int = 0) -> Layout:
    """The layout of `text` from character `start` on."""
    seen = [_Seen(block, known(text, block)) for block in blocks(text, start)]
    body = _body_start(text, seen)
    parts = _header(seen[:body]) + _body(seen[body:])
    parts = _with_prefix(text, parts)
    title = next((p.block.text for p in parts if p.kind is SectionKind.HEADLINE), "")
    return Layout(
        sections=tuple(section for part in parts for section in _sections(text, part)),
        title=" ".join(title.split()),
        author=next((p.author for p in parts if p.author), ""),
        datelines=tuple(p.dateline for p in parts if p.dateline),
        year=_copyright_year(parts),
    )


def _body_start(text: str, seen: list[_Seen]) -> int:
    """Index of the first paragraph: the one that a dateline opens, else the first that reads like one."""
    earliest, opened = _header_evidence(text, seen)
    if opened:
        return earliest
    titled = False
    for i, (block, part) in enumerate(seen):
        goes_on = i < earliest or (i > 0 and seen[i - 1].block.text.endswith(";"))
        last = i + 1 == len(seen)
        if not part and not block.level and not goes_on and is_paragraph(block, titled or last):
            return i
        titled = titled or not part
    return _best_body(seen)


def _header_evidence(text: str, seen: list[_Seen]) -> tuple[int, bool]:
    """Where the first paragraph is (True), or where it is at the earliest: below the byline and the date."""
    earliest = sentences = 0
    for i, (block, part) in enumerate(seen[:_LONGEST_HEADER]):
        if prefix_dateline(text, block.span):
            return i, True
        if part and part.kind in (SectionKind.DATELINE, SectionKind.BYLINE) and 2 * i < len(seen):
            earliest = i
        sentences += not part and block.terminal
        if is_long(block) or sentences > _MOST_SENTENCES:
            break
    return earliest, False


def _best_body(seen: list[_Seen]) -> int:
    """Where no block reads as a paragraph: the longest that can be one."""
    lengths = [0 if part or block.level else len(block.text) for block, part in seen]
    longest = max(lengths, default=0)
    return lengths.index(longest) if longest else len(seen)


def _header(seen: list[_Seen]) -> list[Part]:
    """Parts before the first paragraph: the first line that is nothing else is the headline."""
    parts: list[Part] = []
    titled = False
    for i, (block, part) in enumerate(seen):
        if part is None:
            part = _masthead(block) if not titled and i + 1 < len(seen) else None
        if part is None:
            part = Part(_header_kind(block, parts[-1] if parts else None, titled), block)
        titled = titled or part.kind is SectionKind.HEADLINE
        parts.append(part)
    return parts


def _header_kind(block: Block, before: Part | None, titled: bool) -> SectionKind:
    """Headline or caption; a line goes on with what an open-ended one before it began: "Image caption,"."""
    if before and before.block.text.endswith((";", ":", ",")):
        return SectionKind.CAPTION if before.kind is SectionKind.CAPTION else SectionKind.HEADLINE
    return SectionKind.CAPTION if titled and is_picture(block) else SectionKind.HEADLINE


def _masthead(block: Block) -> Part | None:
    if not is_masthead(block):
        return None
    return Part(SectionKind.DATELINE, block, Dateline(block.span, publisher=" ".join(block.text.split())))


def _body(seen: list[_Seen]) -> list[Part]:
    """Parts from the first paragraph on."""
    proses = [part is None and block.terminal and not block.level for block, part in seen]
    last = max((i for i, prose in enumerate(proses) if prose), default=0)
    parts: list[Part] = []
    listing = False
    for i, (block, part) in enumerate(seen):
        part = _in_body(block, part, listing)
        if part is None and i == 0:
            part = Part(SectionKind.PARAGRAPH, block)
        elif part is None:
            part = Part(_body_kind(block, leads=i < last and proses[i + 1], foot=listing or i > last), block)
        listing = starts_list(block) or (listing and part.kind is SectionKind.BOILERPLATE)
        parts.append(part)
    return _noted(parts)


def _in_body(block: Block, part: Part | None, listing: bool) -> Part | None:
    """What the wording of a block still makes it below the header: no datelines of others, no pictures in a list."""
    if part and part.kind is SectionKind.CAPTION and listing:
        return Part(SectionKind.BOILERPLATE, block)
    if part and part.dateline and part.kind is SectionKind.DATELINE:
        cued = bool(opens(words().date_cues).match(plain(block.text)))
        return part if cued or is_outlet(part.dateline.publisher) else None
    return part


def _body_kind(block: Block, leads: bool, foot: bool) -> SectionKind:
    """A short line leads a paragraph as its sub-heading, belongs to the foot, or is an item of a list."""
    if not is_subheading(block):
        return SectionKind.PARAGRAPH
    if foot:
        return SectionKind.BOILERPLATE
    return SectionKind.SUBHEADING if leads or block.level else SectionKind.PARAGRAPH


def _noted(parts: list[Part]) -> list[Part]:
    """`parts` with all that follows a label such as "Correction:" in the second half made boilerplate."""
    labels = words().note_labels
    half = len(parts) // 2 + 1
    first = next((i for i, p in enumerate(parts) if i >= half and plain(p.block.text).rstrip(".:") in labels), None)
    if first is None:
        return parts
    return parts[:first] + [Part(SectionKind.BOILERPLATE, part.block) for part in parts[first:]]


def _with_prefix(text: str, parts: list[Part]) -> list[Part]:
    """`parts` with the dateline at the start of the first paragraph as a part of its own."""
    first = next((i for i, p in enumerate(parts) if p.kind is SectionKind.PARAGRAPH), None)
    dateline = prefix_dateline(text, parts[first].block.span) if first is not None else None
    if first is None or dateline is None:
        return parts
    block, begin = parts[first].block, dateline.span.end
    begin += len(text[begin : block.span.end]) - len(text[begin : block.span.end].lstrip())
    rest = replace(block, span=Span(begin, block.span.end), text=text[begin : block.span.end])
    head = Block(dateline.span, dateline.span.of(text))
    split = [Part(SectionKind.DATELINE, head, dateline), Part(SectionKind.PARAGRAPH, rest)]
    return parts[:first] + split + parts[first + 1 :]


def _sections(text: str, part: Part) -> Iterator[Section]:
    """The sections of `part`: a line of two headlines ("A hits B; C denies it") makes two."""
    begin, end = part.block.span.begin, part.block.span.end
    cuts = _TWO_HEADLINES.finditer(text, begin, end) if part.kind is SectionKind.HEADLINE else iter(())
    for cut in cuts:
        halves = (text[begin : cut.start()], text[cut.end() : end])
        if all(len(split_words(half)) >= _FEWEST for half in halves):
            yield Section(kind=part.kind, span=Span(begin, begin + len(halves[0].rstrip())))
            begin = cut.end()
    yield Section(kind=part.kind, span=Span(begin, end))


def _copyright_year(parts: list[Part]) -> str:
    """The year of the first copyright line that has just one, "" without such a line."""
    notices = (p.block.text for p in parts if p.kind is SectionKind.BOILERPLATE)
    return next((year for notice in notices if _COPYRIGHT.search(notice) if (year := year_in(notice))), "")
