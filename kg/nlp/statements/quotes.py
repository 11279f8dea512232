"""Quoted stretches of a document: quote marks paired within their paragraph, whatever marks a text uses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.nlp.annotations import Stretch

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset({".", ",", "!", "?", "…", "...", "--", "—", "-", "?!", "!!", "!?"})
_OPENING = frozenset("“„‟«‘‚‛")
_BREAK = 2  # tokens of white space between paragraphs
_REACH = 12  # marks looked at to tell whether one nests
_CLOSING = frozenset("”»")  # ’ is an apostrophe as often as a mark


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens between two quote marks, marks included.

    ``closed`` is false where the paragraph ends before the mark does.  ``sentence`` tells quoted speech from a quoted
    word or name: it holds a finite verb, or ends in a mark of its own.  ``verbal`` asks for the verb.
    """

    stretch: Stretch
    closed: bool
    sentence: bool
    verbal: bool


def quote_around(quotes: Sequence[Quote], i: int) -> Quote | None:
    """The one of `quotes`, which are in text order, that holds token `i`."""
    q = bisect_right(quotes, i, key=lambda quote: quote.stretch.start) - 1
    return quotes[q] if q >= 0 and i < quotes[q].stretch.end else None


def find_quotes(doc: Doc, paragraphs: list[Stretch]) -> list[Quote]:
    """The outermost quotes of each paragraph, in text order.

    A mark without a partner never raises: an unclosed quote runs to the end of its paragraph, or of its sentence
    when another opens before; a closing mark without an opening one is ignored.
    """
    marks = _Marks(doc)
    return [
        _quote(doc, start, end, closed)
        for paragraph in paragraphs
        for start, end, closed in _pairs(doc, paragraph, marks)
    ]


def _pairs(doc: Doc, paragraph: Stretch, marks: _Marks) -> Iterator[tuple[int, int, bool]]:
    start, kind, depth = -1, "", 0
    places = [i for i in range(*paragraph) if marks.kind(i)]
    last_single = max((i for i in places if marks.kind(i) == "'" and marks.closes(i, paragraph)), default=-1)
    for n, i in enumerate(places):
        found = marks.kind(i)
        if start >= 0 and found != kind:
            continue
        if start < 0:
            if marks.opens(i, paragraph) and (found == '"' or i < last_single):  # an apostrophe has no partner
                start, kind = i, found
        elif marks.closes(i, paragraph):
            if depth == 0:
                yield start, i + 1, True
                start = -1
            else:
                depth -= 1
        elif marks.opens(i, paragraph):
            if marks.nests(places[n : n + _REACH]):
                depth += 1
            else:
                yield start, _sentence_end(doc, start, i), False
                start, depth = i, 0
    if start >= 0:
        yield start, paragraph.end, False


def _sentence_end(doc: Doc, start: int, limit: int) -> int:
    """Where the sentence that `start` is in ends, at the latest at `limit`."""
    return next((i for i in range(start + 1, limit) if doc[i].is_sent_start), limit)


class _Marks:
    """Which tokens are quote marks, and which way they face.

    The Doc's text has straight marks; the document's own text, where it is at hand, still shows their direction.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        document = doc._.document
        self.text: str = document.text if document is not None else doc.text

    def kind(self, i: int) -> str:
        """'"', "'" or "" when the token is no quote mark."""
        text = self.doc[i].text
        if text in ('"', "''", '""'):
            return '"'
        return "'" if text == "'" else ""

    def _face(self, i: int) -> str:
        idx = self.doc[i].idx
        return self.text[idx] if idx < len(self.text) else ""

    def _spaced(self, i: int, paragraph: Stretch) -> tuple[bool, bool]:
        before = i == paragraph.start or bool(self.doc[i - 1].whitespace_) or self.doc[i - 1].is_space
        after = i + 1 >= paragraph.end or bool(self.doc[i].whitespace_) or self.doc[i + 1].is_space
        return before, after

    def opens(self, i: int, paragraph: Stretch) -> bool:
        """Whether the mark can open a quote."""
        face = self._face(i)
        before, after = self._spaced(i, paragraph)
        if face in _OPENING:
            return True
        if face in _CLOSING or i + 1 >= paragraph.end:
            return False
        if self.kind(i) == "'":
            return before and not after and face != "’" and self.doc[i].tag_ != "POS"
        return not after or before

    def closes(self, i: int, paragraph: Stretch) -> bool:
        """Whether the mark can close a quote."""
        face = self._face(i)
        before, after = self._spaced(i, paragraph)
        if face in _CLOSING:
            return True
        if i == paragraph.start or (face in _OPENING and (before or not after)):
            return False
        if self.kind(i) == "'":
            possessive = self.doc[i].tag_ == "POS" and not self.doc[i - 1].is_punct
            return not before and not possessive and (after or self.doc[i + 1].is_punct)
        return not before or after

    def nests(self, places: list[int]) -> bool:
        """Whether a curly mark that opens within a quote has a closing mark of its own before the quote's.

        `places` are the tokens of this mark and those that follow.
        """
        faces = [self._face(i) for i in places]
        if len(faces) < 3 or faces[0] not in _OPENING or faces[1] not in _CLOSING:
            return False
        return sum(face in _CLOSING for face in faces) > sum(face in _OPENING for face in faces)


def _quote(doc: Doc, start: int, end: int, closed: bool) -> Quote:
    inner = [token for token in doc[start + 1 : end - closed] if not token.is_space]
    verbal = any(token.tag_ in _FINITE for token in inner)
    words = sum(not token.is_punct for token in inner)
    stopped = bool(inner) and inner[-1].text in _STOPS
    sentence = stopped or (verbal and words > 2 and inner[0].text[:1].isupper())
    return Quote(Stretch(start, end), closed, sentence, verbal and words > 3)


def without_reports(quotes: list[Quote], tails: list[Stretch], doc: Doc) -> list[Quote]:
    """`quotes` with each one left open cut before the ", X said" (one of `tails`) that it would swallow."""
    starts = [tail.start for tail in tails]
    kept: list[Quote] = []
    for q, quote in enumerate(quotes):
        start, end = quote.stretch
        goes_on = q + 1 < len(quotes) and quotes[q + 1].stretch.start - end <= _BREAK
        if not quote.closed and not goes_on:
            for tail in tails[bisect_left(starts, start + 2) : bisect_left(starts, end)]:
                if doc[tail.start - 1].text == "," and tail.end < end and doc[tail.end].text == ".":
                    end = tail.start
                    break
        kept.append(quote if end == quote.stretch.end else _quote(doc, start, end, False))
    return kept
