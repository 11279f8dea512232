"""Times told by another event of the text: "since the onset of the war", "two days after the strike"."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.model import Modality
from kg.nlp.annotations import Happening, Stretch, TimeNote, attributions_of
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.words import event_lexicon
from kg.nlp.roles import Argument, arguments
from kg.nlp.times.governors import climb
from kg.nlp.times.periods import shifted, time_lexicon, unit_of

_SIGNS = {"after": 1, "before": -1}


def anchor(doc: Doc, happenings: list[Happening], found: list[Trigger]) -> None:
    """Date events by the ones that they are told to follow or precede; `found` are the triggers they were made of."""
    named = {token: event for event in happenings for token in event.triggers}
    carried = {t.carrier.i: named[t.token.i] for t in found if t.carrier is not None and t.token.i in named}
    dated: dict[str, list[tuple[int, Happening]]] = defaultdict(list)
    for token, event in sorted(named.items(), key=lambda pair: pair[0]):
        if event.time is not None and doc[token].pos_ == "NOUN":
            dated[doc[token].lemma_].append((token, event))
    verbs = {t.token.i: t.predicate for t in found if t.predicate.pos_ == "VERB"}
    begun = {t.token.i for t in found if t.begins}
    anchors = _Anchors(doc, carried | named, dated, verbs, happenings, begun)
    for event in happenings:
        if event.modality is Modality.ACTUAL and (event.time is None or anchors.hours(event.time)):
            event.time = next(anchors.times(event), event.time)
    for event in happenings:
        if event.modality is Modality.ACTUAL and event.time is None:
            event.time = next(anchors.counted_back(event), None)


@dataclass(frozen=True, slots=True)
class _Anchors:
    """The dated events of one document, by their words; `verbs` are the ones that stand with a trigger."""

    doc: Doc
    named: dict[int, Happening]
    dated: dict[str, list[tuple[int, Happening]]]
    verbs: dict[int, Token]
    happenings: list[Happening]
    begun: set[int]

    def hours(self, time: TimeNote) -> bool:
        """Whether a time is only "hours after" something, which a dated event tells better."""
        return time.stretch.end > 0 and unit(self.doc[time.stretch.end - 1]) == "h" and not time.value

    def times(self, event: Happening) -> Iterator[TimeNote]:
        """Times of `event` by other events that stand with its verb."""
        for verb in (self.verbs[i] for i in event.triggers if i in self.verbs):
            for argument in arguments(verb):
                other = self._other(argument, event) if argument.role == "time" else None
                time = self._time(argument, other) if other is not None else None
                if time is not None:
                    yield time

    def counted_back(self, event: Happening) -> Iterator[TimeNote]:
        """The time of `event` by a dated one told after it: "was jailed on Monday, a year after he attacked a fan"."""
        for token in (self.doc[i] for i in event.triggers):
            link = _link(token)
            measure = self.doc[link.i - 1] if link is not None and link.i else None
            if link is None or measure is None or unit(measure) in ("", "h"):
                continue
            base = self._dated_governor(token.head if token.dep_ == "advcl" else link)
            count = _count(measure)
            if base is None or not base.value or count is None:
                continue
            period = shifted(base.value, unit(measure), -count * _SIGNS[link.lower_])
            if period is not None:
                yield TimeNote(Stretch(measure.left_edge.i, link.i + 1), period.value, period.start, period.end)

    def _dated_governor(self, token: Token) -> TimeNote | None:
        """The time of the event or the saying that the first verb over `token`, or itself, names."""
        verb = next((t for t in climb(token) if t.pos_ == "VERB"), token)
        event = self.named.get(verb.i)
        if event is not None and event.time is not None:
            return event.time
        return next((a.time for a in attributions_of(self.doc) if a.cue_head == verb.i and a.time), None)

    def _other(self, argument: Argument, event: Happening) -> Happening | None:
        """The event that an argument names."""
        for token in _named_by(self.doc[argument.head]):
            other = self.named.get(token.i)
            if other is not None and other is not event:
                return other if other.time is not None else self._told_before(token) or other
        return None

    def _told_before(self, token: Token) -> Happening | None:
        """The dated event that the same word named before: "a missile strike on Tuesday", then "the strike"."""
        told = self.dated.get(token.lemma_, [])
        place = bisect_left(told, token.i, key=lambda pair: pair[0])
        return told[place - 1][1] if place else None

    def _time(self, argument: Argument, other: Happening) -> TimeNote | None:
        head = self.doc[argument.head]
        if argument.preposition == "since":
            start = self._beginning(other)
            return TimeNote(argument.stretch, start=start) if start else None
        if other.time is None or not other.time.value:
            return None
        if argument.preposition == "on" and head.lower_ in time_lexicon().eves:
            eve = shifted(other.time.value, "d", -1)
            return TimeNote(argument.stretch, value=eve.value) if eve is not None else None
        if argument.preposition == "on" and unit(head) == "d" and head.i not in self.named:
            return TimeNote(argument.stretch, value=other.time.value)  # "on the day of the strike"
        link = _link(head)
        measure = self.doc[link.i - 1] if link is not None and link.i else None
        if link is None or measure is None or not unit(measure):
            return None
        count = _count(measure)
        period = shifted(other.time.value, unit(measure), count * _SIGNS[link.lower_]) if count is not None else None
        return TimeNote(argument.stretch, period.value, period.start, period.end) if period is not None else None

    def _beginning(self, event: Happening) -> str:
        """When `event` began: its own date, or that of the one war that the text tells the beginning of."""
        if event.time is not None:
            return event.time.value or event.time.start
        wars = event_lexicon().merging.wars
        if event.type not in wars:
            return ""
        begun = (e for e in self.happenings if e.type in wars and self.begun.intersection(e.triggers))
        dates = {e.time.value for e in begun if e.time}
        return dates.pop() if len(dates) == 1 else ""


def unit(token: Token) -> str:
    """The unit of time that a noun names, "" where it names none."""
    return unit_of(token.lower_) if token.lower_.removesuffix("s") in time_lexicon().units else ""


def _count(measure: Token) -> int | None:
    """How many: "two days", "a week"; of "hours" any number will do, of "days" none."""
    if unit(measure) == "h":
        return 0
    if measure.left_edge.i < measure.i - 1:
        return None  # "nearly a year"
    before = measure.nbor(-1).lower_ if measure.i else ""
    numbers = time_lexicon().numbers
    return int(before) if before.isdecimal() else numbers.get(before)


def _link(head: Token) -> Token | None:
    """The "after" or "before" that joins a noun or a clause to what it dates."""
    candidates = [head.head, *(c for c in head.children if c.dep_ in ("mark", "advmod", "prep") and c.i < head.i)]
    return next((c for c in candidates if c.lower_ in _SIGNS), None)


def _named_by(noun: Token) -> Iterator[Token]:
    """The noun or verb itself, what follows in "the onset of the war", and the subject of "after the war began"."""
    yield noun
    yield from (c for c in noun.lefts if c.dep_ == "nsubj")
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            yield from (c for c in prep.children if c.dep_ == "pobj")
