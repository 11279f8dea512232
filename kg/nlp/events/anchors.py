"""Times told by another event: "since the onset of the war", where the text dates the war's beginning elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.model import Modality
from kg.nlp.annotations import Happening, TimeNote
from kg.nlp.events.words import event_lexicon
from kg.nlp.roles import arguments


def anchor(doc: Doc, happenings: list[Happening], begun: set[int]) -> None:
    """Date events that are told to go on since another one; `begun` holds triggers that tell a beginning."""
    named = {token: event for event in happenings for token in event.triggers}
    for event in happenings:
        if event.time is None and event.modality is Modality.ACTUAL:
            event.time = next(_anchored(doc, event, named, happenings, begun), None)


def _anchored(
    doc: Doc, event: Happening, named: dict[int, Happening], happenings: list[Happening], begun: set[int]
) -> Iterator[TimeNote]:
    for token in (doc[i] for i in event.triggers if doc[i].pos_ == "VERB"):
        for argument in arguments(token):
            if argument.role != "time" or argument.preposition != "since":
                continue
            other = next((named[t.i] for t in _named_by(doc[argument.head]) if t.i in named), None)
            if other is not None and other is not event:
                start = _beginning(other, happenings, begun)
                if start:
                    yield TimeNote(argument.stretch, start=start)


def _named_by(noun: Token) -> Iterator[Token]:
    """The noun itself, and what follows in "the onset of the war"."""
    yield noun
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            yield from (c for c in prep.children if c.dep_ == "pobj")


def _beginning(event: Happening, happenings: list[Happening], begun: set[int]) -> str:
    """When `event` began: its own date, or that of the one war that the text tells the beginning of."""
    if event.time is not None:
        return event.time.value or event.time.start
    wars = event_lexicon().merging.wars
    if event.type not in wars:
        return ""
    dates = {e.time.value for e in happenings if e.time and e.type in wars and begun.intersection(e.triggers)}
    return dates.pop() if len(dates) == 1 else ""
