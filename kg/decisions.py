"""The decisions of a build as a list that can be read, explained and ruled on: one JSON line each, beside the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kg.errors import RulingError
from kg.graph.identity import judgement_iri
from kg.ids import Minter
from kg.model import Analysis, Decision, Entity, Identity, Judgement, MentionKind, Ref, Span
from kg.resolve.rulings import Ruling, Side

FILE = "judgements.jsonl"
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

    @property
    def side(self) -> Side:
        """How a ruling names it."""
        return Side(self.document, self.record, self.name)


class Listed(msgspec.Struct, frozen=True):
    """A judgement for a reader; `id` is the last part of its IRI."""

    id: str
    decision: Decision
    method: str
    evidence: str
    left: Told
    right: Told
    score: float | None = None

    def ruling(self, decision: Decision) -> Ruling:
        """The user's decision on this pair."""
        return Ruling(self.id, decision, self.left.side, self.right.side)


def listed(identity: Identity, analyses: Iterable[Analysis], minter: Minter) -> Iterator[Listed]:
    """Every judgement on actors and places, in the identity's order."""
    held = {analysis.document.id: analysis for analysis in analyses}
    wanted: dict[str, set[str]] = {}
    for judgement in identity.judgements:
        for ref in (judgement.left, judgement.right):
            wanted.setdefault(ref.document, set()).add(ref.record)
    told = {
        Ref(document, entity.id): _told(held[document], entity, identity.keys)
        for document in wanted
        for entity in held[document].entities
        if entity.id in wanted[document]
    }
    for judgement in identity.judgements:
        if judgement.left in told and judgement.right in told:
            yield _listed(judgement, told, minter)


def _listed(judgement: Judgement, told: Mapping[Ref, Told], minter: Minter) -> Listed:
    iri = judgement_iri(minter, judgement.left, judgement.right)
    return Listed(
        id=iri.rpartition("/")[2],
        decision=judgement.decision,
        method=judgement.method,
        evidence=judgement.evidence,
        left=told[judgement.left],
        right=told[judgement.right],
        score=judgement.score,
    )


def _told(analysis: Analysis, entity: Entity, keys: Mapping[Ref, str]) -> Told:
    document = analysis.document
    named = (mention.span for mention in entity.mentions if mention.kind is MentionKind.NAME)
    first = next(named, entity.mentions[0].span) if entity.mentions else Span(0, 0)
    words = document.text[max(0, first.begin - AROUND) : first.end + AROUND]
    return Told(
        document=document.id,
        record=entity.id,
        name=entity.label,
        kind=entity.kind.value,
        key=keys[Ref(document.id, entity.id)],
        publisher=document.publisher,
        date=document.date,
        words=" ".join(words.split()),
    )


def write(found: Iterable[Listed], path: Path) -> None:
    """One line for each."""
    encoder = msgspec.json.Encoder(order="deterministic")
    with path.open("wb") as file:
        file.writelines(encoder.encode(one) + b"\n" for one in found)


def read(folder: Path) -> list[Listed]:
    """The decisions of the build in `folder`; raises `RulingError` where there is none."""
    path = folder / FILE
    decoder = msgspec.json.Decoder(Listed)
    try:
        return [decoder.decode(line) for line in path.read_bytes().splitlines()]
    except OSError as error:
        raise RulingError(f"{path}: not there; run 'kg build' first or name its folder with -o") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RulingError(f"{path}: not what 'kg build' writes ({error}): run it again") from error


def find(found: Sequence[Listed], wanted: str) -> Listed:
    """The decision with that id, or the beginning of it that no other has; raises `RulingError`."""
    fitting = [one for one in found if wanted and one.id.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    fault = f"{len(fitting)} judgements begin with" if fitting else "no judgement with the id"
    raise RulingError(f"{fault} {wanted!r}: 'kg identity list' shows them all")
