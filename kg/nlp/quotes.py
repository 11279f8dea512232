"""Quoted stretches of a document: quote marks paired within their paragraph, whatever marks a text uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.nlp.annotations import Stretch

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset({".", ",", "!", "?", "…", "...", "--", "—", "-", "?!", "!!", "!?"})
_OPENING = frozenset("“„‟«‘‚‛")
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
    start, kind = -1, ""
    for i in range(*paragraph):
        found = marks.kind(i)
        if not found or (start >= 0 and found != kind):
            continue
        if start >= 0 and marks.closes(i, paragraph):
            yield start, i + 1, True
            start = -1
        elif start >= 0 and marks.opens(i, paragraph):
            yield start, min(doc[start].sent.end, i), False
            start = i
        elif start < 0 and marks.opens(i, paragraph) and (found == '"' or marks.partner(i, paragraph)):
            start, kind = i, found
    if start >= 0:
        yield start, paragraph.end, False


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
        if face in _OPENING or i == paragraph.start:
            return False
        if self.kind(i) == "'":
            possessive = self.doc[i].tag_ == "POS" and not self.doc[i - 1].is_punct
            return not before and not possessive and (after or self.doc[i + 1].is_punct)
        return not before or after

    def partner(self, i: int, paragraph: Stretch) -> bool:
        """Whether some single mark after this one closes it: an apostrophe has none."""
        limit = min(paragraph.end, i + 400)
        return any(self.kind(j) == "'" and self.closes(j, paragraph) for j in range(i + 1, limit))


def _quote(doc: Doc, start: int, end: int, closed: bool) -> Quote:
    inner = doc[start + 1 : end - 1 if closed else end]
    verbal = any(token.tag_ in _FINITE for token in inner)
    words = sum(not token.is_punct and not token.is_space for token in inner)
    stopped = len(inner) > 0 and _last_word(inner).text in _STOPS
    sentence = stopped or (verbal and words > 2 and _capital(inner))
    return Quote(Stretch(start, end), closed, sentence, verbal and words > 3)


def _last_word(inner: object) -> Token:
    tokens = [token for token in inner if not token.is_space]  # type: ignore[attr-defined]
    return tokens[-1] if tokens else inner[-1]  # type: ignore[index]


def _capital(inner: object) -> bool:
    return any(token.text[:1].isupper() for token in list(inner)[:1])  # type: ignore[call-overload]
