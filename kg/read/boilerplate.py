"""Tells boilerplate and captions from news by wording: invitations, credits, notices, lists of links."""

from __future__ import annotations

import re

from kg.read.layout import Block
from kg.read.words import capitalised, ends, holds, opens, plain, split_words, words

_LONGEST = 60  # words; a longer block is prose whatever it holds
_LONGEST_INVITATION = 35
_LONGEST_CREDIT = 15
_LONGEST_CAPTION = 45
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w{2,}|[\w.+-]+@[\w-]+\.\w+")


_STEP = re.compile(r"\s+[|>›»/]\s+")


def is_boilerplate(block: Block) -> bool:
    """Whether the wording of `block` is that of a site or a desk and not of the news."""
    found = block.words
    if len(found) > _LONGEST:
        return False
    line = plain(block.text)
    lex = words()
    bare = line.lstrip("([").rstrip(".:!)]>» ")
    if bare in lex.labels or bare in lex.list_labels or opens(lex.openers).match(line.lstrip("([")):
        return True
    if bool(holds(lex.phrases).search(line)) or _is_invitation(line) or _is_credit(block):
        return True
    return _is_link(block) or _is_trail(block)


def starts_list(block: Block) -> bool:
    """Whether `block` is the label of a list of links or contacts: "Related articles:"."""
    return plain(block.text).rstrip(".:!>» ") in words().list_labels


def is_caption(block: Block) -> bool:
    """Whether the wording of `block` is that of a caption or picture credit."""
    if block.image:
        return True
    if len(block.words) > _LONGEST_CAPTION:
        return False
    line = plain(block.text)
    lex = words()
    opening = opens(lex.caption_openers).match(line.lstrip("(["))
    labelled = bool(opening) and line.lstrip("([")[opening.end() :][:1] in tuple(":|/,") if opening else False
    return labelled or bool(holds(lex.caption_phrases).search(line)) or _has_credit(block, line)


def is_clause(block: Block) -> bool:
    """Whether a short line holds a verb form, as headlines do and most captions do not."""
    return any(word in words().clause_words for word in split_words(plain(block.text)))


def _has_credit(block: Block, line: str) -> bool:
    """A short line that ends in "(Outlet)" or "/ Agency" or "file photo"."""
    bracketed = re.search(r"\(([^()]{2,60})\)[.\s]*$|\s[/|©]\s?([^/|©]{2,40})$", line)
    inside = split_words((bracketed[1] or bracketed[2]) if bracketed else "")
    named = any(w in words().outlets or w in words().outlet_words for w in inside)
    return named or bool(ends(words().caption_endings).search(line) and not block.terminal)


def _is_invitation(line: str) -> bool:
    """An imperative that addresses the reader: "Get the latest posts emailed to you daily"."""
    found = split_words(line)
    lex = words()
    if not found or len(found) > _LONGEST_INVITATION or line[0] in "\"'`":
        return False
    return found[0] in lex.calls and any(word in lex.addresses for word in found[1:])


def _is_credit(block: Block) -> bool:
    """A block that is only a credit: "Jane Doe reported from Kyiv."."""
    short = block.sentences == 1 and len(block.words) <= _LONGEST_CREDIT
    return short and bool(holds(words().credit_verbs).search(plain(block.text)))


def _is_trail(block: Block) -> bool:
    """The way to a page on its site: "World | Europe"."""
    steps = _STEP.split(block.text)
    return len(steps) > 1 and all(len(split_words(step)) <= 2 and capitalised(step) for step in steps)


def _is_link(block: Block) -> bool:
    """A block that is mostly addresses of pages, mail or accounts, or gives one to the reader."""
    links = _LINK.findall(block.text)
    rest = split_words(plain(_LINK.sub(" ", block.text)))
    quoted = any(mark in block.text for mark in '"“')
    invites = not quoted and len(rest) <= _LONGEST_INVITATION and any(word in words().addresses for word in rest)
    return bool(links) and (len(rest) <= 4 * len(links) or (invites and not all(link[0] == "@" for link in links)))
