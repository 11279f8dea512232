"""What a question asks of the lists of an index, and what these cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.query.binding import WORDS
from kg.query.question import Kind, Question
from kg.search import Index, Wanted
from kg.store import Term

_THINGS = frozenset((Kind.ENTITY, Kind.PLACE, Kind.TOPIC))


def listed(question: Question, bound: Mapping[str, Sequence[Term]], index: Index) -> Iterator[tuple[bytes, str]] | None:
    """What the pages of `question` hold, in order; None where the store must be asked.

    That is where nothing is listed for the question, or under what it is asked about: an actor or place that takes
    no part in what it asks for, or any other resource, for which the store itself has little to look through.
    """
    if not question.kept:
        return None
    tags: dict[str, list[str]] = {}
    unknown: set[Kind] = set()
    phrase, dates = "", {"from": "", "to": ""}
    for parameter in question.parameters:
        values = [str(term.value) for term in bound.get(parameter.name, ())]
        words = bound.get(parameter.name + WORDS)
        if words:
            phrase = words[0].value
        elif values and parameter.kind is Kind.DATE:
            dates[parameter.name] = values[0]
        elif values:
            known = bool(index.lists.known(question.name, parameter.name, values))
            if known or not parameter.late:
                tags[parameter.name] = values
            unknown |= {parameter.kind} if not known else set()
    if unknown & _THINGS or (Kind.PROPERTY in unknown and not tags):
        return None
    return index.lists.ordered(question.name, Wanted(tags, phrase, dates["from"], dates["to"]))
