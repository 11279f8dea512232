"""Where contents end: at whole quotes, and before what the publisher or the same speaker says besides."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from kg.nlp.annotations import Stretch
from kg.nlp.statements.asides import Asides
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.quotes import Quote, quote_around
from kg.nlp.statements.report import Report
from kg.nlp.statements.sources import source_stretch
from kg.nlp.statements.spans import union

_SUBJECT_LIKE = frozenset({"nsubj", "dobj", "attr", "oprd", "npadvmod", "nsubjpass"})
_SUBJECT_REACH = 8


class Settler:
    """Gives every report its final content, in place; ``links`` says which report each quote belongs to."""

    def __init__(
        self, doc: Doc, reports: list[Report], quotes: list[Quote], links: list[int], paragraphs: list[Stretch]
    ) -> None:
        self.doc, self.quotes = doc, quotes
        self.reports = sorted(reports, key=lambda report: report.head)
        self.asides = Asides(doc, self.reports, quotes)
        self.starts = [quote.stretch.start for quote in quotes]
        self.limits = [paragraph.end for paragraph in paragraphs]
        self.speech: set[int] = set()  # first token of every linked quote
        self.linked: dict[int, list[Stretch]] = {}
        for quote, r in zip(quotes, links, strict=True):
            if r >= 0:
                self.speech.add(quote.stretch.start)
                self.linked.setdefault(id(reports[r]), []).append(quote.stretch)

    def run(self) -> None:
        """Settle each report in text order, so that an outer one is settled before what stands inside it."""
        for report in self.reports:
            linked = self.linked.get(id(report), [])
            content = self._clipped(report, self.asides.cut(report, self._in_paragraph(report)))
            if linked:
                content = [self._after_colon(part, linked) for part in content if _touches(part, linked)]
            else:
                content = [part for part in content if not self._is_anothers(part, report)]
            if not content and not linked and report.quotable and report.word in lexis().fronted:
                content = self._fronted(report)
            if linked and report.speaker is None and not self._quote_around(report.head):
                self._adopt_subject(report)
            report.content = union(self._whole_quotes(content, report) + linked)
            self._take_colon(report)

    def _in_paragraph(self, report: Report) -> list[Stretch]:
        p = bisect_right(self.limits, report.head)
        limit = self.limits[p] if p < len(self.limits) else len(self.doc)
        return [Stretch(start, min(end, limit)) for start, end in report.content if start < limit]

    def _is_anothers(self, part: Stretch, report: Report) -> bool:
        """Whether content of a report without quotes begins in a quote that is another report's."""
        quote = self._quote_around(part.start)
        if quote is None or quote.stretch.start not in self.speech:
            return False
        return not quote.stretch.start <= report.head < quote.stretch.end

    def _quote_around(self, i: int) -> Quote | None:
        return quote_around(self.quotes, i)

    def _clipped(self, report: Report, content: list[Stretch]) -> list[Stretch]:
        """What is reported within a quote ends with it."""
        quote = self._quote_around(report.head)
        if quote is None:
            return content
        start, end = quote.stretch.start + 1, quote.stretch.end - quote.closed
        clipped = [Stretch(max(part.start, start), min(part.end, end)) for part in content]
        return [part for part in clipped if part.start < part.end]

    def _after_colon(self, part: Stretch, linked: list[Stretch]) -> Stretch:
        """Without what stands before the colon that introduces a quote."""
        for quote in linked:
            if part.start < quote.start < part.end and self.doc[quote.start - 1].text == ":":
                return Stretch(quote.start, part.end)
        return part

    def _whole_quotes(self, content: list[Stretch], report: Report) -> list[Stretch]:
        """Content with every quote that it touches taken whole, unless the report stands in that quote."""
        own = [report.cue, *report.source]
        grown = list(content)
        for part in content:
            first = max(bisect_right(self.starts, part.start) - 1, 0)
            for quote in self.quotes[first : bisect_right(self.starts, part.end)]:
                start, end = quote.stretch
                if end > part.start and not any(start < b and a < end for a, b in own):
                    grown.append(quote.stretch)
        return grown

    def _fronted(self, report: Report) -> list[Stretch]:
        """The rest of a sentence that ends in ", X said" which the parser failed to subordinate."""
        box = report.box
        if box.start == 0 or self.doc[box.start - 1].text != ",":
            return []
        sentence = self.doc[box.start].sent
        behind = self.doc[box.end : sentence.end]
        if not report.firm and any(not token.is_punct and not token.is_space for token in behind):
            return []
        return [Stretch(sentence.start, box.start - 1)]

    def _adopt_subject(self, report: Report) -> None:
        """The noun phrase right behind a verb that follows its quote ("...", shouted a guard), however parsed."""
        start = report.cue.end
        if not any(quote.end == report.cue.start for quote in self.linked[id(report)]):
            return
        for token in self.doc[start : start + _SUBJECT_REACH]:
            if token.dep_ in _SUBJECT_LIKE and token.pos_ in ("NOUN", "PROPN", "PRON") and token.left_edge.i == start:
                report.speaker = token
                report.source = [source_stretch(token, report.cue)]
                return

    def _take_colon(self, report: Report) -> None:
        """ "X said:" takes its colon along."""
        colon = report.cue.end
        if any(part.start == colon + 1 for part in report.content) and self.doc[colon].text == ":":
            report.cue = Stretch(report.cue.start, colon + 1)


def _touches(stretch: Stretch, others: list[Stretch]) -> bool:
    return any(stretch.start <= other.end and other.start <= stretch.end for other in others)
