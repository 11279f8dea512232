"""Denials that take up what another has just said: "rejected the accusation", "disputed the figure", "denied it"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.model import Analysis, Comparison, Polarity, Ref, Span, Stance, Statement
from kg.resolve.comparisons.meeting import ANSWER
from kg.resolve.comparisons.oppositions import Oppositions

SHOWN = 90  # characters of a statement that a reason shows
NEXT = 100  # characters between a statement and "the union denied it": nothing else stands between
LOOK_BACK = 6  # statements before a denial among which it may find what it takes up

_QUOTES = re.compile('[“”"]')
_POSSESSED = re.compile(r"^['’]s?\s+")  # "the union's claim", cut before its mark

_TAKEN_UP = {
    "accusing": "an accusation by {one} that {other} rejects",
    "counting": "a number by {one} that {other} disputes",
    "any": "an account by {one} that {other} denies",
}


def answers(analysis: Analysis, keys: Mapping[Ref, str], words: Oppositions) -> Iterator[Comparison]:
    """Each denial of one document with the statement that it takes up."""
    ordered = sorted(analysis.statements, key=_begin)
    reader = _Reader(analysis, keys, words)
    for at, statement in enumerate(ordered):
        if not reader.denies(statement):
            continue
        for kind, earlier in reader.taken_up(statement, ordered[max(0, at - LOOK_BACK) : at], ordered[at + 1 :]):
            yield reader.compared(earlier, statement, kind)


class _Reader:
    """Reads the statements of one document."""

    def __init__(self, analysis: Analysis, keys: Mapping[Ref, str], words: Oppositions) -> None:
        self.text = analysis.document.text
        self.document = analysis.document.id
        self.words = words
        self.keys = keys
        self.entities = {entity.id: entity for entity in analysis.entities}
        charges = (e for e in analysis.events if e.narrated and e.type in words.charging)
        self.charges = sorted(trigger.begin for event in charges for trigger in event.triggers)
        self.counted = {event.id for event in analysis.events if event.quantities}

    def denies(self, statement: Statement) -> bool:
        return (
            statement.stance is Stance.DENIES
            and statement.polarity is Polarity.AFFIRMED
            and statement.speaker in self.entities
        )

    def taken_up(
        self, denial: Statement, before: Sequence[Statement], after: Sequence[Statement]
    ) -> Iterator[tuple[str, Statement]]:
        """What the denial takes up, and by which kind of word."""
        kind = self.words.answers.referring(denial.content[0].of(self.text))
        if kind:
            found = self._antecedent(kind, denial, [s for s in before if not s.within and self._faces(s, denial)])
            yield from [(kind, found)] if found else []
            return
        for inner in after:
            if denial.id not in inner.within:
                break
            if self._faces(inner, denial) and self._named_as_said(inner):
                yield "any", inner

    def compared(self, earlier: Statement, denial: Statement, kind: str) -> Comparison:
        refs = sorted((Ref(self.document, earlier.id), Ref(self.document, denial.id)))
        one, other = (self.entities[s.speaker].label for s in (earlier, denial))
        told = f"{one} “{self._shown(earlier)}”, {other} “{self._shown(denial)}”"
        reason = f"{_TAKEN_UP[kind].format(one=one, other=other)}: {told}"
        return Comparison(left=refs[0], right=refs[1], conflict=True, reason=reason)

    def _antecedent(self, kind: str, denial: Statement, faced: Sequence[Statement]) -> Statement | None:
        """The nearest earlier statement by another voice that fits the noun."""
        reach = NEXT if self.words.answers.bare(denial.content[0].of(self.text)) else ANSWER
        near = [s for s in faced if _begin(denial) - s.content[-1].end <= reach]
        if kind == "accusing":
            near = [s for s in near if s.stance is Stance.ACCUSES] or [s for s in near[-1:] if self._open(s, denial)]
        if kind == "counting":
            near = [s for s in near if self._counts(s)]
        return near[-1] if near else None

    def _open(self, earlier: Statement, denial: Statement) -> bool:
        """Whether nothing told in between may be what is denied: a charge, a verdict."""
        between = Span(earlier.content[-1].end, _begin(denial))
        at = bisect_left(self.charges, between.begin)
        return at == len(self.charges) or self.charges[at] >= between.end

    def _faces(self, statement: Statement, denial: Statement) -> bool:
        """Whether the statement puts something forward that another voice may deny."""
        if statement.polarity is not Polarity.AFFIRMED or self.words.stances.get(statement.stance) is not False:
            return False
        if statement.speaker not in self.entities:
            return False
        if self.words.answers.referring(statement.content[0].of(self.text)):
            return False
        one, other = (self.keys[Ref(self.document, s.speaker)] for s in (statement, denial))
        return one != other

    def _counts(self, statement: Statement) -> bool:
        said = " ".join(part.of(self.text) for part in statement.content).lower()
        numeral = any(c.isdigit() for c in said) or bool(self.words.answers.numerals & set(said.split()))
        return numeral or any(event in self.counted for event in statement.reports)

    def _named_as_said(self, statement: Statement) -> bool:
        """Whether a noun names it: "denied a claim by the union that ..."."""
        cue = {word for span in statement.cue for word in span.of(self.text).lower().split()}
        told = statement.content[0].of(self.text).lower().split()[:1] == ["that"]
        return told and bool(cue & (self.words.answers.any | self.words.answers.accusing))

    def _shown(self, statement: Statement) -> str:
        parts = sorted([*statement.cue, *statement.content])
        runs = [parts[0].of(self.text)]
        for previous, part in pairwise(parts):
            gap = self.text[previous.end : part.begin] if previous.end <= part.begin else ""
            runs.append((gap if len(gap) <= 2 else " … ") + part.of(self.text))
        shown = _POSSESSED.sub("", " ".join(_QUOTES.sub("", "".join(runs)).split()))
        return shown if len(shown) <= SHOWN else f"{shown[:SHOWN].rsplit(' ', 1)[0]} …"


def _begin(statement: Statement) -> int:
    return statement.content[0].begin
