"""Estimates that answer a number just given: "police put the figure at 600"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.model import Analysis, Comparison, Polarity, Quantity, Ref, Span, Statement
from kg.resolve.comparisons import amounts
from kg.resolve.comparisons.meeting import ANSWER
from kg.resolve.comparisons.oppositions import Oppositions

SHOWN = 60  # characters of a statement that a reason shows

_AT = re.compile(r"(?P<what>(?:\w+\s+){0,2}\w+)\s+at\s+(?:about\s+|around\s+|some\s+)?(?P<number>\d[\d,]*(?:\.\d+)?)\b")


def estimates(analysis: Analysis, keys: Mapping[Ref, str], words: Oppositions) -> Iterator[Comparison]:
    """Each estimate of one document that is another number than the last other voice gave."""
    reader = _Reader(analysis, words)
    last: tuple[Statement, Quantity] | None = None
    for statement in sorted(reader.voiced(), key=_begin):
        number = reader.estimate(statement)
        if number and last and _begin(statement) - last[0].content[-1].end <= ANSWER:
            earlier, quantity = last
            one, other = (keys[Ref(analysis.document.id, s.speaker)] for s in (earlier, statement))
            if one != other and amounts.apart(quantity, number, words):
                yield reader.compared(earlier, statement)
        counted = reader.counted(statement)
        last = (statement, counted) if counted else last


class _Reader:
    """Reads numbers in the statements of one document."""

    def __init__(self, analysis: Analysis, words: Oppositions) -> None:
        self.document = analysis.document
        self.statements = analysis.statements
        self.events = {event.id: event for event in analysis.events}
        self.labels = {entity.id: entity.label for entity in analysis.entities}
        self.words = words

    def voiced(self) -> Iterator[Statement]:
        """What somebody puts forward."""
        for statement in self.statements:
            asserted = self.words.stances.get(statement.stance) is False
            if asserted and statement.polarity is Polarity.AFFIRMED and statement.speaker in self.labels:
                yield statement

    def estimate(self, statement: Statement) -> Quantity | None:
        """The number of "it at 600", where "it" is what was counted before."""
        content = statement.content[0]
        found = _AT.match(content.of(self.document.text))
        if not found or not self._taken_up(found["what"].lower().split()):
            return None
        begin, end = found.span("number")
        value = float(found["number"].replace(",", ""))
        return Quantity(span=Span(content.begin + begin, content.begin + end), value=value)

    def counted(self, statement: Statement) -> Quantity | None:
        """The one number that the statement gives."""
        told = [q for e in statement.reports if e in self.events for q in self.events[e].quantities]
        return told[0] if len(told) == 1 else None

    def compared(self, earlier: Statement, later: Statement) -> Comparison:
        """The conflict between a number and the estimate that answers it."""
        refs = sorted(Ref(self.document.id, s.id) for s in (earlier, later))
        one, other = (f"{self.labels[s.speaker]} “{self._shown(s)}”" for s in (earlier, later))
        return Comparison(left=refs[0], right=refs[1], conflict=True, reason=f"different numbers: {one}, {other}")

    def _taken_up(self, what: list[str]) -> bool:
        words = self.words.answers
        return what[-1] in words.pronouns if len(what) == 1 else what[0] == "the" and what[-1] in words.counting

    def _shown(self, statement: Statement) -> str:
        shown = " ".join(statement.content[0].of(self.document.text).split())
        return shown if len(shown) <= SHOWN else f"{shown[:SHOWN].rsplit(' ', 1)[0]} …"


def _begin(statement: Statement) -> int:
    return statement.content[0].begin
