"""Speakers beside a colon: "Ministry: troops withdraw", "Troops withdraw: official", several to a headline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote, Stretch
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.quotes import Quote
from kg.nlp.statements.report import Report

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "PART", "PUNCT", "CCONJ", "X", "SPACE"})
_SPEAKER_WORDS = 8


def colon_reports(doc: Doc, headline: Stretch) -> Iterator[Report]:
    """The reports of a headline or sub-heading, clause by clause between semicolons."""
    for clause in _split(doc, headline, ";"):
        sides = _split(doc, clause, ":")
        if len(sides) != 2:
            continue
        left, right = sides
        colon = Stretch(left.end, left.end + 1)
        if (speaker := _speaker(doc, right)) is not None and right.end - right.start < left.end - left.start:
            yield Report(colon.start, ":", colon, [left], [right], speaker)
        elif (speaker := _speaker(doc, left)) is not None:
            yield Report(colon.start, ":", colon, [right], [left], speaker)


def label_report(doc: Doc, paragraph: Stretch) -> Report | None:
    """ "SMITH: I never said that.": a paragraph of a transcript."""
    limit = min(paragraph.end, paragraph.start + _SPEAKER_WORDS)
    colon = next((i for i in range(paragraph.start + 1, limit) if doc[i].text == ":"), None)
    if colon is None or colon + 2 >= paragraph.end:
        return None
    left = Stretch(paragraph.start, colon)
    speaker = _speaker(doc, left)
    if speaker is None or speaker.pos_ != "PROPN":
        return None
    return Report(colon, ":", Stretch(colon, colon + 1), [Stretch(colon + 1, paragraph.end)], [left], speaker)


def colon_quotes(doc: Doc, quotes: list[Quote], links: list[int], reports: list[Report]) -> list[Report]:
    """Reports for quotes that only a colon introduces ("Not so the mayor: ..."), with `links` set to them.

    The new ones are numbered on from the known `reports`.
    """
    colons = {report.head for report in reports if report.word == ":"}
    made: list[Report] = []
    for q, quote in enumerate(quotes):
        colon = quote.stretch.start - 1
        if links[q] >= 0 or not quote.sentence or colon < 1 or colon in colons or doc[colon].text != ":":
            continue
        cue = Stretch(colon, colon + 1)
        report = Report(colon, ":", cue, quotable=True)
        speaker = _before_colon(doc[colon - 1])
        if speaker is not None:
            report.speaker = speaker
            report.source = [Stretch(speaker.left_edge.i, colon)]
        links[q] = len(reports) + len(made)
        made.append(report)
    return made


def _before_colon(token: Token) -> Token | None:
    """The head of a name that ends right before a colon."""
    end = token.i
    while token.head.right_edge.i == end and token.head != token and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    named = token.pos_ == "PROPN" or token.lemma_.lower() in lexis().speakers
    return token if named and token.dep_ in ("nsubj", "ROOT", "dobj", "pobj", "appos", "dep") else None


def _split(doc: Doc, stretch: Stretch, mark: str) -> list[Stretch]:
    parts, start = [], stretch.start
    for i in range(*stretch):
        if doc[i].text == mark:
            parts.append(Stretch(start, i))
            start = i + 1
    parts.append(Stretch(start, stretch.end))
    return [part for part in parts if part.end > part.start]


def _speaker(doc: Doc, side: Stretch) -> Token | None:
    """The head of a noun phrase that can speak, if that is all there is on this side of the colon."""
    tokens = doc[side.start : side.end]
    if not 0 < len(tokens) <= _SPEAKER_WORDS or any(token.lower_ in lexis().labels for token in tokens):
        return None
    mention = _whole_mention(doc, side)
    if mention is not None and _speaks(mention):
        return doc[mention.head]
    if any(token.pos_ not in _NOMINAL or any(map(str.isdigit, token.text)) for token in tokens):
        return None
    head = next((token for token in reversed(tokens) if token.pos_ in ("NOUN", "PROPN")), None)
    if any(token.lemma_.lower() in lexis().speakers for token in tokens if token.pos_ in ("NOUN", "PROPN")):
        return head
    named = head is not None and all(token.pos_ in ("PROPN", "PART", "PUNCT") for token in tokens)
    return head if named and mention is None and head is not None and head.ent_type_ in ("PERSON", "") else None


def _whole_mention(doc: Doc, side: Stretch) -> MentionNote | None:
    mentions: list[MentionNote] = doc._.mentions
    first = bisect_left(mentions, side.start, key=lambda mention: mention.stretch.start)
    for mention in mentions[first : first + _SPEAKER_WORDS]:
        if mention.stretch.end == side.end and mention.stretch.start - side.start <= 1:
            return mention
    return None


def _speaks(mention: MentionNote) -> bool:
    """A country or place beside a colon is a topic ("Ukraine: ...") unless it stands for its government."""
    if mention.form is MentionKind.NOMINAL:
        return mention.kind is not EntityKind.PLACE
    return mention.metonym or mention.kind in (
        EntityKind.PERSON,
        EntityKind.ORGANIZATION,
        EntityKind.ARMED_FORCE,
    )
