"""The decisions of an archive as a list that can be read, explained and ruled on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from kg.archive import RECORDS, facts
from kg.errors import RulingError
from kg.graph.identity import judgement_iri
from kg.ids import Minter
from kg.model import Analysis, Decision, Entity, Event, Judgement, Ref, Span
from kg.resolve.decided import Decided
from kg.resolve.rulings import Ruling, Side
from kg.shelf import Shelf

AROUND = 70  # characters of the text on either side of a name


class Told(msgspec.Struct, frozen=True):
    """One of the two records that were judged: its name, its thing, and where its text names it."""

    document: str
    record: str
    name: str
    kind: str
    key: str
    publisher: str
    date: str
    words: str


class Listed(msgspec.Struct, frozen=True):
    """A judgement for a reader; `id` is the last part of its IRI."""

    id: str
    decision: Decision
    method: str
    evidence: str
    left: Told
    right: Told
    score: float | None = None


class Decisions:
    """The decisions of the archive in `folder`, as last built; a context manager."""

    def __init__(self, folder: Path) -> None:
        """Raises `RulingError` where there is no archive."""
        path = folder / RECORDS
        if not path.is_file():
            raise RulingError(f"{path}: not there; run 'kg build' first or name its folder with -o")
        self._shelf = Shelf(path, read_only=True)
        self._decided = Decided(self._shelf)
        self._minter = Minter(facts(self._shelf)["base"])

    def all(self, decision: Decision | None = None, name: str = "") -> Iterator[tuple[str, Judgement]]:
        """Ids and judgements: only those with this outcome, and where one of the names holds `name`, in any case."""
        wanted = name.casefold()
        for judgement in self._decided.judgements():
            if decision in (None, judgement.decision) and any(
                wanted in each.casefold() for each in (judgement.left_name, judgement.right_name)
            ):
                yield self._id(judgement), judgement

    def find(self, wanted: str) -> tuple[str, Judgement]:
        """The one with that id, or the beginning of it that no other has; raises `RulingError`."""
        fitting = [found for found in self.all() if wanted and found[0].startswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
        fault = f"{len(fitting)} judgements begin with" if fitting else "no judgement with the id"
        raise RulingError(f"{fault} {wanted!r}: 'kg identity list' shows them all")

    def listed(self, identifier: str, judgement: Judgement) -> Listed:
        """A judgement with the words of both texts."""
        return Listed(
            id=identifier,
            decision=judgement.decision,
            method=judgement.method,
            evidence=judgement.evidence,
            left=self._told(judgement.left, judgement.left_name, judgement.left_span),
            right=self._told(judgement.right, judgement.right_name, judgement.right_span),
            score=judgement.score,
        )

    def _id(self, judgement: Judgement) -> str:
        return judgement_iri(self._minter, judgement.left, judgement.right).rpartition("/")[2]

    def _told(self, ref: Ref, name: str, span: Span | None) -> Told:
        analysis = self._decided.analyses[ref.document]
        document, record = analysis.document, _record(analysis, ref.record)
        first = span or (record.triggers[0] if isinstance(record, Event) else Span(0, 0))
        words = document.text[max(0, first.begin - AROUND) : first.end + AROUND]
        return Told(
            document=ref.document,
            record=ref.record,
            name=name,
            kind="event" if isinstance(record, Event) else record.kind.value,
            key=self._key(ref),
            publisher=document.publisher,
            date=document.date,
            words=" ".join(words.split()),
        )

    def _key(self, ref: Ref) -> str:
        alone = f"doc/{ref.document}/{ref.record}"
        return self._decided.keys.get(ref) or self._decided.accounts.get(ref) or alone

    def __enter__(self) -> Decisions:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shelf.close()


def _record(analysis: Analysis, wanted: str) -> Entity | Event:
    records: tuple[Entity | Event, ...] = (*analysis.entities, *analysis.events)
    return next(record for record in records if record.id == wanted)


def ruling(identifier: str, judgement: Judgement, decision: Decision) -> Ruling:
    """The user's decision on the pair of a judgement."""
    left = Side(judgement.left.document, judgement.left.record, judgement.left_name)
    right = Side(judgement.right.document, judgement.right.record, judgement.right_name)
    return Ruling(identifier, decision, left, right)
