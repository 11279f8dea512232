"""Estimates that answer a number just given: "police put the figure at 600", "the agency stood by its count of 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.model import Analysis, Comparison, Event, Polarity, Quantity, Ref, RoleName, Span, Statement
from kg.resolve.comparisons import amounts
from kg.resolve.comparisons.meeting import ANSWER
from kg.resolve.comparisons.oppositions import Oppositions

SHOWN = 60  # characters of what is said that a reason shows

_SCALED = r"\s*(?:%|per\s?cent|[mbtr]+illion|thousand|hundred|dozen|bn\b|m\b)"
_NUMBER = rf"(?:about\s+|around\s+|some\s+)?(?P<number>\d[\d,]*(?:\.\d+)?)\b(?!{_SCALED})"
_AT = re.compile(rf"(?P<what>(?:\w+\s+){{0,2}}\w+)\s+at\s+{_NUMBER}")
_OWN = re.compile(rf"\b(?:its|his|her|their)\s+(?:\w+\s+){{0,2}}?(?P<noun>\w+)\s+of\s+{_NUMBER}")


class _Said(NamedTuple):
    """A number that somebody gives."""

    begin: int
    ref: Ref
    speaker: str  # an entity's id
    words: Span
    number: Quantity
    answers: bool  # whether it is another number for what was counted before


def estimates(analysis: Analysis, keys: Mapping[Ref, str], words: Oppositions) -> Iterator[Comparison]:
    """Each estimate of one document that is another number than the last other voice gave."""
    reader = _Reader(analysis, words)
    last: _Said | None = None
    for said in sorted(reader.said(), key=lambda said: (said.begin, said.ref)):
        if not said.answers:
            last = said
        elif last and said.begin - last.words.end <= ANSWER and not (last.number.unit and said.number.counts):
            one, other = (keys[Ref(analysis.document.id, each.speaker)] for each in (last, said))
            if one != other and amounts.apart(last.number, said.number, words):
                yield reader.compared(last, said)


class _Reader:
    """Reads numbers in what the voices of one document say."""

    def __init__(self, analysis: Analysis, words: Oppositions) -> None:
        self.document = analysis.document
        self.analysis = analysis
        self.events = {event.id: event for event in analysis.events}
        self.labels = {entity.id: entity.label for entity in analysis.entities}
        self.words = words

    def said(self) -> Iterator[_Said]:
        """Every number that counts something, or is put in its place."""
        for statement in self.analysis.statements:
            asserted = self.words.stances.get(statement.stance) is False
            if asserted and statement.polarity is Polarity.AFFIRMED and statement.speaker in self.labels:
                yield from self._stated(statement)
        for event in self.analysis.events:
            if event.narrated and event.polarity is Polarity.AFFIRMED and event.lemma in self.words.answers.holding:
                yield from self._held(event)

    def compared(self, earlier: _Said, later: _Said) -> Comparison:
        """The conflict between a number and the estimate that answers it."""
        refs = sorted((earlier.ref, later.ref))
        one, other = (f"{self.labels[said.speaker]} “{self._shown(said.words)}”" for said in (earlier, later))
        return Comparison(left=refs[0], right=refs[1], conflict=True, reason=f"different numbers: {one}, {other}")

    def _stated(self, statement: Statement) -> Iterator[_Said]:
        """The one number of a statement, or that of "it at 600", where "it" is what was counted before."""
        content, ref = statement.content[0], Ref(self.document.id, statement.id)
        found = _AT.match(content.of(self.document.text))
        if found and self._taken_up(found["what"].lower().split()):
            number = _quantity(found, content.begin)
            yield _Said(content.begin, ref, statement.speaker, content, number, answers=True)
            return
        told = [q for e in statement.reports if e in self.events for q in self.events[e].quantities]
        inside = [q for q in told if any(part.contains(q.span) for part in statement.content)]
        if len(inside) == 1:
            whole = Span(content.begin, statement.content[-1].end)
            yield _Said(content.begin, ref, statement.speaker, whole, inside[0], answers=False)

    def _held(self, event: Event) -> Iterator[_Said]:
        """The number of "stood by its figure of 14"."""
        begin = event.triggers[0].begin
        found = _OWN.search(self.document.text, begin, event.sentence.end)
        doers = [role for role in event.roles if role.role is RoleName.AGENT and role.filler in self.labels]
        if found and len(doers) == 1 and found["noun"].lower() in self.words.answers.counting:
            said, number = Span(begin, found.end()), _quantity(found, 0, found["noun"])
            yield _Said(begin, Ref(self.document.id, event.id), doers[0].filler, said, number, answers=True)

    def _taken_up(self, what: list[str]) -> bool:
        words = self.words.answers
        return what[-1] in words.pronouns if len(what) == 1 else what[0] == "the" and what[-1] in words.counting

    def _shown(self, span: Span) -> str:
        shown = " ".join(span.of(self.document.text).split())
        return shown if len(shown) <= SHOWN else f"{shown[:SHOWN].rsplit(' ', 1)[0]} …"


def _quantity(found: re.Match[str], begin: int, counts: str = "") -> Quantity:
    """The number that was found in a text from `begin` on."""
    span = Span(begin + found.start("number"), begin + found.end("number"))
    return Quantity(span=span, value=float(found["number"].replace(",", "")), counts=counts)
