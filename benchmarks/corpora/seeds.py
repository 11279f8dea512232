"""The demo reports in `seeds/` with the events that an editor would have in the graph: `tests/golden/seeds`.

A folder per report holds `events.toml`.  Each `[[event]]` says where its words stand (`at`, the trigger in brackets
inside enough words to be found once, the clearest mention first) and what is to be told of it.  A bar separates answers
that are as good as one another; "?" before a filler or an amount says that it may be there and need not be.

    [[event]]
    at = ["had [struck] reserves"]      # further mentions of the same event as further strings
    type = "attack|bomb"                # of ontology/types.ttl; left out where several would do
    date = "2022-09-10|none"            # day, month or year, or a span "2016/2019"; none where left out
    polarity = "Negated"                # Affirmed where left out
    modality = "Possible|Future"        # Actual where left out
    told = "claims"                     # narrative where left out
    agent = ["France", "Palau"]         # words of a filler: its label, an alias or the words of the role
    party = "soldiers"                  # agent or patient: which of the two can be argued
    goal = "Ukraine"                    # recipient, destination or patient
    quantity = ["..400 jobs", "?2000.."]   # value, or "minimum..", "..maximum", "minimum..maximum", and what is counted

`tolerated` lists words that may be events and need not be; `not_events` those that must not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.corpora import ROOT, CorpusMalformed, CorpusMissing, anchors
from benchmarks.metrics import Offsets
from kg.config import Settings
from kg.model import Document, Modality, Polarity
from kg.ontology import load_event_types
from kg.read import discover, read

GOLD = ROOT / "tests" / "golden" / "seeds"
REPORTS = ROOT / "seeds"
TOLD = ("narrative", "claims")
ROLES = ("agent", "patient", "recipient", "instrument", "place", "origin", "destination")
EITHER = {"party": ("agent", "patient"), "goal": ("recipient", "destination", "patient")}
NO_DATE = "none"

Strings = str | tuple[str, ...]

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_AMOUNT = re.compile(r"(?P<low>\d+(?:\.\d+)?)?(?P<to>\.\.)?(?P<high>\d+(?:\.\d+)?)?(?:\s+(?P<counts>\D.*))?")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[event]]` as written."""

    at: tuple[str, ...]
    type: str = ""
    date: str = NO_DATE
    polarity: str = Polarity.AFFIRMED.value
    modality: str = Modality.ACTUAL.value
    told: str = TOLD[0]
    agent: Strings = ()
    patient: Strings = ()
    recipient: Strings = ()
    instrument: Strings = ()
    place: Strings = ()
    origin: Strings = ()
    destination: Strings = ()
    party: Strings = ()
    goal: Strings = ()
    quantity: Strings = ()


class Entries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole `events.toml` as written."""

    event: tuple[Entry, ...]
    tolerated: tuple[str, ...] = ()
    not_events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills the role `key`, one of `ROLES` or `EITHER`, by any of `names`."""

    key: str
    names: tuple[str, ...]
    demanded: bool

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that it may stand in."""
        return EITHER.get(self.key, (self.key,))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: a value, or the bounds of one; `counts` is "" where any noun will do."""

    value: float | None
    minimum: float | None
    maximum: float | None
    counts: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts of which one will do; `name` is what is written."""

    name: str
    choices: tuple[Amount, ...]
    demanded: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event of the gold; each tuple of strings holds answers that are as good as one another."""

    name: str
    anchors: tuple[Offsets, ...]
    types: tuple[str, ...]
    dates: tuple[str, ...]
    polarities: tuple[str, ...]
    modalities: tuple[str, ...]
    told: tuple[str, ...]
    fillers: tuple[Filler, ...]
    quantities: tuple[Amounts, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its gold; `tolerated` and `not_events` are the words that may and that must not be events."""

    document: Document
    events: tuple[GoldEvent, ...]
    tolerated: tuple[Offsets, ...]
    not_events: tuple[Offsets, ...]


def reports(settings: Settings) -> Iterator[Report]:
    """Every report of `seeds/`, by name.

    Raises `CorpusMissing` where a report has no gold, `CorpusMalformed` where the gold has a fault.
    """
    if not REPORTS.is_dir():
        raise CorpusMissing(f"{REPORTS.name}/ is missing: the demo reports stand beside the package")
    for path in discover([REPORTS]):
        gold = GOLD / path.stem / "events.toml"
        if not gold.is_file():
            raise CorpusMissing(f"{gold.relative_to(ROOT)} is missing: {path.name} has no gold")
        yield load(gold, read(path, settings))


def load(path: Path, document: Document) -> Report:
    """The gold in `path` over the text of `document`; raises `CorpusMalformed`, which names file, event and mend."""
    try:
        entries = msgspec.toml.decode(path.read_bytes(), type=Entries)
    except msgspec.DecodeError as error:
        raise CorpusMalformed(f"{path.parent.name}/{path.name}: {error}") from error
    reader = _Reader(f"{path.parent.name}/{path.name}", document.text)
    return Report(
        document,
        tuple(reader.event(entry) for entry in entries.event),
        tuple(reader.anchor(anchor, "tolerated") for anchor in entries.tolerated),
        tuple(reader.anchor(anchor, "not_events") for anchor in entries.not_events),
    )


class _Reader:
    """Checks what is written, and finds it in the text."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    def event(self, entry: Entry) -> GoldEvent:
        if not entry.at:
            raise self._fault("[[event]]", 'has no words: give at = ["some [trigger] here"]')
        name = entry.at[0]
        return GoldEvent(
            name,
            tuple(self.anchor(anchor, name) for anchor in entry.at),
            self._choices(name, "type", entry.type, tuple(load_event_types())) if entry.type else (),
            tuple(self._date(name, date) for date in entry.date.split("|")),
            self._choices(name, "polarity", entry.polarity, tuple(Polarity)),
            self._choices(name, "modality", entry.modality, tuple(Modality)),
            self._choices(name, "told", entry.told, TOLD),
            tuple(filler for key in (*ROLES, *EITHER) for filler in self._fillers(key, getattr(entry, key))),
            tuple(self._amounts(name, written) for written in _listed(entry.quantity)),
        )

    def anchor(self, written: str, event: str) -> Offsets:
        """Where the bracketed words stand; any white space may stand for a space."""
        try:
            return anchors.find(written, self.text)
        except ValueError as error:
            raise self._fault(event, str(error)) from error

    def _choices(self, event: str, key: str, written: str, known: tuple[str, ...]) -> tuple[str, ...]:
        given = tuple(written.split("|"))
        for choice in given:
            if choice not in known:
                raise self._fault(event, f"{key} {choice!r} is none of {', '.join(known)}")
        return given

    def _date(self, event: str, written: str) -> str:
        ends = written.split("/")
        if written != NO_DATE and not (len(ends) <= 2 and any(ends) and all(not e or _DATE.fullmatch(e) for e in ends)):
            raise self._fault(event, f'date {written!r}: write "2022-09-10", "2022-09", "2022", "2016/2019" or "none"')
        return written

    def _fillers(self, key: str, written: Strings) -> Iterator[Filler]:
        for one in _listed(written):
            yield Filler(key, tuple(one.removeprefix("?").split("|")), not one.startswith("?"))

    def _amounts(self, event: str, written: str) -> Amounts:
        choices = tuple(self._amount(event, one) for one in written.removeprefix("?").split("|"))
        return Amounts(written, choices, not written.startswith("?"))

    def _amount(self, event: str, written: str) -> Amount:
        parts = _AMOUNT.fullmatch(written)
        if not parts or not (parts["low"] or parts["high"]):
            raise self._fault(event, f'quantity {written!r}: write "14 people", "14.. people" or "..14 people"')
        low, high = (float(parts[end]) if parts[end] else None for end in ("low", "high"))
        counts = parts["counts"] or ""
        return Amount(None, low, high, counts) if parts["to"] else Amount(low, None, None, counts)

    def _fault(self, event: str, what: str) -> CorpusMalformed:
        return CorpusMalformed(f"{self.file}: {event}: {what}")


def _listed(written: Strings) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else written
