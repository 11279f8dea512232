"""What stands in a sentence beside what is reported: the same speaker's next words, or the publisher's own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.model import Stance
from kg.nlp.annotations import Stretch
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.quotes import Quote, quote_around
from kg.nlp.statements.report import Report
from kg.nlp.statements.spans import minus

_LOOK = 16  # inner reports looked at for each content: enough for any sentence, and keeps the work linear


class Asides:
    """Cuts contents before asides; ``reports`` are all those of the Doc."""

    def __init__(self, doc: Doc, reports: Sequence[Report], quotes: Sequence[Quote]) -> None:
        self.doc, self.quotes = doc, quotes
        self.reports = sorted(reports, key=lambda report: report.head)
        self.heads = [report.head for report in self.reports]

    def cut(self, report: Report, content: list[Stretch]) -> list[Stretch]:
        """Content without what another report begins that is no part of what is reported.

        Either the same source goes on (", adding that ...", "and said that ..."), or the publisher tells of another
        one ("hours after Ukrainians claimed ...", ", and the police said ...").
        """
        holes: list[Stretch] = []
        around = quote_around(self.quotes, report.head)
        for part in content:
            first = bisect_right(self.heads, max(part.start - 1, report.head))
            last = min(bisect_left(self.heads, part.end), first + _LOOK)
            for inner in self.reports[first:last]:
                if quote_around(self.quotes, inner.head) is not around:
                    continue
                start = self._aside_start(report, inner)
                if start is not None:
                    holes.append(Stretch(start, part.end))
        return minus(content, holes)

    def _aside_start(self, report: Report, inner: Report) -> int | None:
        doc, verb = self.doc, self.doc[inner.head]
        if _second_verb(doc, verb, inner, doc[report.head]):
            inner.share_source(report)
            return inner.cue.start - 1
        if _participle(doc, verb, inner):
            inner.share_source(report)
            return inner.cue.start
        if _own_clause(doc, verb, inner):
            return verb.left_edge.i - 1
        if _time_clause(verb):
            return verb.left_edge.i
        return None


def _participle(doc: Doc, verb: Token, inner: Report) -> bool:
    """ ", adding that ..." """
    after_comma = inner.cue.start > 0 and doc[inner.cue.start - 1].text == ","
    return verb.tag_ == "VBG" and verb.dep_ in ("advcl", "conj", "dep", "acl") and after_comma


def _second_verb(doc: Doc, verb: Token, inner: Report, outer: Token) -> bool:
    """ "X said it rained and added that ...": a reporting verb without a subject, in the first one's form."""
    return (
        verb.dep_ == "conj"
        and verb.tag_ == outer.tag_
        and verb.tag_ in ("VBD", "VBZ", "VBP")
        and inner.word in lexis().clause
        and lexis().stances.get(inner.word) is not Stance.BELIEVES
        and inner.cue.start > 0
        and doc[inner.cue.start - 1].dep_ == "cc"
    )


def _own_clause(doc: Doc, verb: Token, inner: Report) -> bool:
    """ "..., and Y said ...": a coordinated clause with a source of its own, after a comma."""
    start = verb.left_edge.i
    return (
        verb.dep_ == "conj"
        and inner.word in lexis().clause
        and start >= 2
        and doc[start - 1].dep_ == "cc"
        and doc[start - 2].text in (",", ";")
        and any(child.dep_ == "nsubj" for child in verb.lefts)
        and not any(child.dep_ == "mark" for child in verb.lefts)
        and any(child.dep_ == "ccomp" for child in verb.rights)
    )


def _time_clause(verb: Token) -> bool:
    """ "hours after Y said ...", "as Y claimed ..." """
    if verb.dep_ not in ("advcl", "pcomp"):
        return False
    marked = any(child.dep_ in ("mark", "advmod") and child.lower_ in lexis().time_marks for child in verb.lefts)
    return marked and any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)
