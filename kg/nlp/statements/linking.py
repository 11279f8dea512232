"""Joins quotes to the reports that introduce, interrupt or follow them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from kg.nlp.annotations import Stretch
from kg.nlp.statements.quotes import Quote
from kg.nlp.statements.report import Report
from kg.nlp.statements.spans import mask

_SOFT = frozenset({"PUNCT", "ADV", "SPACE"})
_TAIL_MARKS = frozenset({",", "?", "!", "—", "-", "--", "…", "...", "?!"})
_TAIL = 40  # tokens of a sentence that may follow "X said" before the quote goes on
_LEAD_IN = 14  # tokens that may stand between a reporting verb and the comma or colon before its quote


class Linker:
    """Assigns each quote to at most one report; ``links[q]`` is the index of quote q's report, or -1."""

    def __init__(self, doc: Doc, reports: list[Report], quotes: list[Quote], paragraphs: list[Stretch]) -> None:
        self.doc, self.reports, self.quotes = doc, reports, quotes
        self.links = [-1] * len(quotes)
        self.paragraph_of = _containing([quote.stretch.start for quote in quotes], paragraphs)
        self.paragraphs = paragraphs
        inside = mask(len(doc), [quote.stretch for quote in quotes if quote.sentence])
        self.outer = [r for r, report in enumerate(reports) if report.quotable and not inside[report.head]]
        self.heads = [reports[r].head for r in self.outer]
        self.boxes = {r: reports[r].box for r in self.outer}

    def run(self) -> list[int]:
        """Link all quotes, nearest evidence first."""
        for q in range(len(self.quotes)):
            self.links[q] = self._following(q)
        for q in range(len(self.quotes)):
            if self.links[q] < 0:
                self.links[q] = self._preceding(q)
        for q in range(1, len(self.quotes)):
            self._continue(q)
        for q in range(len(self.quotes) - 2, -1, -1):
            if self.links[q] < 0 and self._runs_on(q):
                self.links[q] = self.links[q + 1]
        return self.links

    def _following(self, q: int) -> int:
        """The report right behind the quote: "...", X said."""
        quote, paragraph = self.quotes[q].stretch, self.paragraphs[self.paragraph_of[q]]
        doc = self.doc
        if quote.start > paragraph.start and not (doc[quote.start - 1].is_punct or doc[quote.start - 1].is_space):
            return -1  # part of a clause: the grammar tells whose
        tail = _tail(doc, quote, self.quotes[q].closed) in _TAIL_MARKS
        if quote.end < paragraph.end and doc[quote.end].text in (",", "—", "-", "--"):
            tail = True
        for k in range(
            bisect_left(self.heads, quote.end), min(len(self.heads), bisect_left(self.heads, quote.end) + 2)
        ):
            r = self.outer[k]
            place = self.boxes[r]
            if place.end > paragraph.end or place.start < quote.end:
                break
            if place.end < paragraph.end and doc[place.end].text == ":":
                break
            if not tail and not self._bare(r, paragraph):
                break
            between = doc[quote.end : place.start]
            if len(between) <= 3 and all(token.pos_ in _SOFT or token.lower_ == "as" for token in between):
                return r
        return -1

    def _bare(self, r: int, paragraph: Stretch) -> bool:
        """Whether the report is nothing but "X said." after a quote that ended with a full stop."""
        end = self.boxes[r].end
        return not self.reports[r].content and (end >= paragraph.end or self.doc[end].text == ".")

    def _preceding(self, q: int) -> int:
        """The report before the quote: X said, "..."; or the one that the quote goes on from: "..," X said. "..." """
        quote, paragraph = self.quotes[q], self.paragraphs[self.paragraph_of[q]]
        doc, start = self.doc, quote.stretch.start
        k = bisect_left(self.heads, start) - 1
        if k < 0:
            return -1
        if start == paragraph.start:
            return self._announced(q, self.outer[k])
        if (interrupted := self._interrupted(q)) >= 0:
            return interrupted
        r = self.outer[k]
        place = self.boxes[r]
        if place.start < paragraph.start or place.end > start:
            return -1
        before = doc[start - 1]
        if place.end == start:
            return r if quote.sentence or quote.verbal else -1
        near = start - place.end <= _LEAD_IN
        if near and before.text in (",", ":") and quote.sentence and not _stop_between(doc, place.end, start):
            return r
        return -1

    def _announced(self, q: int, r: int) -> int:
        """The report that ends the paragraph before with a colon."""
        p = self.paragraph_of[q]
        if p == 0:
            return -1
        before = self.paragraphs[p - 1]
        place = self.boxes[r]
        colon = self.doc[before.end - 1].text == ":"
        return r if colon and before.start <= place.start and before.end - place.end <= _LEAD_IN else -1

    def _interrupted(self, q: int) -> int:
        """The report between the last speech and this one: "..." X said in the House. "..." """
        last = q - 1
        while last >= 0 and self.links[last] < 0 and not self.quotes[last].verbal and q - last < 4:
            last -= 1
        if last < 0 or self.links[last] < 0 or not self.quotes[q].sentence:
            return -1
        place, start = self.boxes[self.links[last]], self.quotes[q].stretch.start
        between = start - place.end
        if self.quotes[last].stretch.end > place.start or not 0 <= between <= _TAIL:
            return -1
        clean = between == 0 or self.doc[start - 1].is_punct or self.doc[start - 1].is_space
        return self.links[last] if clean and not _stop_between(self.doc, place.end, start - 1) else -1

    def _continue(self, q: int) -> None:
        """A quote without a report of its own that goes on from the last one's speaker."""
        if self.links[q] >= 0 or self.links[q - 1] < 0:
            return
        quote = self.quotes[q]
        same = self.paragraph_of[q] == self.paragraph_of[q - 1]
        paragraph = self.paragraphs[self.paragraph_of[q]]
        opens = quote.stretch.start == paragraph.start
        if self._runs_on(q - 1):
            self.links[q] = self.links[q - 1]
        elif not same and opens and quote.sentence and self.paragraph_of[q] - self.paragraph_of[q - 1] == 1:
            whole = quote.stretch.end >= paragraph.end - 1
            if whole and self._ends_speaking(q - 1):
                self.links[q] = self.links[q - 1]
        elif same and quote.sentence and self._adjacent(q):
            self.links[q] = self.links[q - 1]

    def _adjacent(self, q: int) -> bool:
        start, end = self.quotes[q - 1].stretch.end, self.quotes[q].stretch.start
        later = bisect_left(self.heads, end) > bisect_right(
            self.heads, max(start, self.reports[self.links[q - 1]].head)
        )
        return end - start <= _TAIL and not later and self.quotes[q].verbal

    def _runs_on(self, q: int) -> bool:
        """Whether quote q is left open at its paragraph's end and the next paragraph opens a quote again."""
        if self.quotes[q].closed or q + 1 >= len(self.quotes):
            return False
        here, there = self.paragraph_of[q], self.paragraph_of[q + 1]
        return there == here + 1 and self.quotes[q + 1].stretch.start == self.paragraphs[there].start

    def _ends_speaking(self, q: int) -> bool:
        """Whether nothing but the quote, its report and what hangs on it end the paragraph."""
        paragraph = self.paragraphs[self.paragraph_of[q]]
        place = self.boxes[self.links[q]]
        last = max(place.end, self.quotes[q].stretch.end)
        return paragraph.end - last <= _LEAD_IN and not _stop_between(self.doc, last, paragraph.end - 1)


def _tail(doc: Doc, quote: Stretch, closed: bool) -> str:
    """The last mark or word before the closing quote mark, nested closing marks left out."""
    last = quote.end - 2 if closed else quote.end - 1
    while last > quote.start + 1 and (doc[last].text in ("'", '"', "''") or doc[last].is_space):
        last -= 1
    return doc[last].text


def _stop_between(doc: Doc, start: int, end: int) -> bool:
    return any(token.text in (".", "!", "?") for token in doc[start:end])


def _containing(positions: list[int], stretches: list[Stretch]) -> list[int]:
    """For each position (ascending) the index of the stretch that holds it."""
    found, k = [], 0
    for position in positions:
        while k + 1 < len(stretches) and stretches[k].end <= position:
            k += 1
        found.append(k)
    return found
