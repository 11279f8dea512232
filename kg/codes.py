"""Events and statements in the codes of PLOVER, the scheme of machine-coded political events.

A code hangs on the type and on how it is told: aid given is AID, aid promised AGREE, aid refused REJECT; a strike is
FIGHT or ASSAULT, a strike to come THREATEN.  The tables are `kg/data/plover.toml`; `ontology/types.ttl` says the same
of what happened, in the codes of CAMEO.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from kg import lexicon
from kg.model import Event, Modality, Polarity, Stance, Statement

Codes = tuple[str, ...]


class PloverTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shape of `kg/data/plover.toml`; `intended` and `denied` map a code to those that it stands for."""

    codes: frozenset[str]
    types: dict[str, Codes]
    intended: dict[str, Codes]
    denied: dict[str, Codes]
    stances: dict[Stance, Codes]
    hostile: dict[Stance, Codes]


@cache
def plover_table() -> PloverTable:
    """Which types, stances and ways of telling have which codes."""
    return lexicon.load("plover", PloverTable)


def event_codes(event: Event) -> Codes:
    """PLOVER codes of `event`, the likeliest first; none where nothing of it is left to code.

    What may come about, or may have, can be both: an offer and what it offers.
    """
    table = plover_table()
    codes = _of_type(event.type)
    if event.polarity is Polarity.NEGATED:
        return _instead(codes, table.denied)
    if event.modality is Modality.ACTUAL:
        return codes
    intended = _instead(codes, table.intended)
    verbal = tuple(code for code in codes if not _instead((code,), table.intended))  # to demand is to say so
    kept = codes if event.modality is not Modality.FUTURE else verbal
    return tuple(dict.fromkeys((*intended, *kept)))


def statement_codes(statement: Statement, reported: Iterable[Event] = ()) -> Codes:
    """PLOVER codes of what `statement` does by its stance; `reported` are the events in its content.

    To promise what harms is to threaten; to call for it is to disapprove of whom it would befall.
    """
    table = plover_table()
    if statement.polarity is Polarity.NEGATED:
        return ()
    codes = table.stances.get(statement.stance, ())
    harm = table.hostile.get(statement.stance, ())
    if harm and any(_hostile(event) for event in reported):
        return tuple(dict.fromkeys((*harm, *codes)))
    return codes


def _of_type(name: str) -> Codes:
    table = plover_table()
    return table.types.get(name, (name,) if name in table.codes else ())


def _instead(codes: Codes, table: Mapping[str, Codes]) -> Codes:
    """The codes that stand for one of `codes`."""
    return tuple(code for code, replaced in table.items() if set(replaced) & set(codes))


def _hostile(event: Event) -> bool:
    """Whether a threat is all that `event` could be, were it to come."""
    codes = _of_type(event.type)
    return event.polarity is Polarity.AFFIRMED and _instead(codes, plover_table().intended) == ("threaten",)
