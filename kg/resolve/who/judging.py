"""Why: a judgement for every decision, told of two records that each stand for what they are.

Four kinds of decision never concern the same two records, but a ruling takes the place of any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.model import Decision, Judgement, Ref
from kg.resolve.decided import Decided
from kg.resolve.who.atoms import GAZETTEER, KNOWLEDGE, Atom
from kg.resolve.who.blocks import Verdict
from kg.resolve.who.changes import Changes
from kg.resolve.who.groups import Groups
from kg.resolve.who.pairs import alike_score
from kg.resolve.who.records import Records, Seat, likely
from kg.resolve.who.ruled import Row, Ruled
from kg.shelf import Shelf, Table

Two = tuple[Ref, Ref]

_RULED = "ruling"


class Judging:
    """Remembers which record stood for an atom when its judgements were written."""

    def __init__(self, shelf: Shelf, records: Records, groups: Groups, ruled: Ruled) -> None:
        self._records, self._groups, self._ruled = records, groups, ruled
        self.judgements = Decided(shelf).of_entities
        self._leads: Table[Atom, Ref] = shelf.table("who leads", Atom, Ref)
        self._between: Table[str, tuple[Two, ...]] = shelf.table("who between", str, tuple[Two, ...])
        self._single: Table[Ref, Ref] = shelf.table("who single", Ref, Ref)
        self._written: dict[Two, Judgement | None] = {}  # in this round; a pair may lose one decision and get another

    def settle(self, altered: Iterable[Row], changes: Changes) -> None:
        """Write anew the judgements about what was touched."""
        for left, right, _ in altered:
            self._written[left, right] = self._written[right, left] = None
        self._write_rulings(changes)
        self._leads.load(changes.members)
        self._within_all(changes)
        stood = [atom for atom in changes.atoms if self._stands_anew(atom, changes)]
        blocks = {atom.block for atom in stood if atom.compared}
        for block in sorted(changes.decided | {block for block in blocks if block in self._groups.decided}):
            self._write_between(block)
        singles = changes.placed | {ref for ref in changes.refs if ref in self._records.placed}
        for atom in stood:
            if changes.atoms[atom] is not None:
                singles.update(self._records.seated(atom, Seat.COMES, Seat.MAYBE))
        for ref in sorted(singles):
            self._write_single(ref)
        for pair, found in self._written.items():
            if found is not None:
                self.judgements[pair] = found
            else:
                self.judgements.pop(pair, None)
        self._written.clear()

    def _stands_anew(self, atom: Atom, changes: Changes) -> bool:
        """Whether another record stands for the atom now, or the same tells something else."""
        before, now = changes.atoms[atom], self._records.profiles.get(atom)
        return now is None or before is None or now.first != before.first or now.first in changes.refs

    # -- records of one atom -----------------------------------------------------------------------------------------

    def _within_all(self, changes: Changes) -> None:
        """One decision per further record of an atom: it is the same as the first."""
        for atom in [*changes.members, *(changes.moved - changes.members.keys())]:
            if atom.alone:
                continue
            lead, before = self._lead(atom), self._leads.get(atom)
            touched = changes.members.get(atom, set())
            if lead != before or lead in changes.refs:
                if before is not None or atom in changes.moved:
                    touched = {*touched, *self._records.seated(atom, Seat.STAYS, Seat.LEFT)}
                if before is not None and lead != before:
                    for ref in touched:
                        self._drop(before, ref)
            for ref in sorted(touched):
                self._write_within(atom, lead, ref)
            if lead is None:
                self._leads.pop(atom, None)
            elif lead != before:
                self._leads[atom] = lead

    def _lead(self, atom: Atom) -> Ref | None:
        """The record that stands for those which stay with their atom; none where each is judged by itself."""
        if self._groups.open(atom):
            return None
        profile = self._records.profiles.get(atom)
        return self._records.leader(atom) if atom.loose else profile.first if profile else None

    def _write_within(self, atom: Atom, lead: Ref | None, ref: Ref) -> None:
        if lead is None or ref == lead:
            return
        if ref.document != lead.document and (atom, Seat.STAYS, ref) in self._records.members:
            self._write(lead, ref, *_sure(atom))
        else:
            self._drop(lead, ref)

    # -- atoms -------------------------------------------------------------------------------------------------------

    def _write_between(self, block: str) -> None:
        """Decisions between atoms, told of their first records."""
        decided, profiles = self._groups.decided.get(block), self._records.profiles
        found: dict[Two, Verdict] = {}
        for verdict in decided.verdicts if decided else ():
            pair = _pair(profiles[verdict.left].first, profiles[verdict.right].first)
            found.setdefault(pair, verdict)
        for pair in self._between.get(block, ()):
            if pair not in found:
                self._drop(*pair)
        for pair, verdict in found.items():
            self._write(pair[0], pair[1], verdict.decision, "name and marks", verdict.words, verdict.score)
        if found:
            self._between[block] = tuple(found)
        else:
            self._between.pop(block, None)

    # -- short forms and records of a name that two bear -------------------------------------------------------------

    def _write_single(self, ref: Ref) -> None:
        placed, before = self._records.placed.get(ref), self._single.get(ref)
        other = self._records.profiles[placed.atom].first if placed is not None and likely(placed) else None
        if before is not None and before != other:
            self._drop(before, ref)
        if placed is not None and other is not None:
            decision = Decision.SAME if placed.sure else Decision.UNSURE
            self._write(other, ref, decision, "short form and company", placed.words, placed.score)
            self._single[ref] = other
        else:
            self._single.pop(ref, None)

    # -- the user's decisions ------------------------------------------------------------------------------------------

    def _write_rulings(self, changes: Changes) -> None:
        """What the user has decided of records that are here."""
        for (left, right, decision), here in self._ruled.concerned(changes):
            if here:
                same = "the same" if decision is Decision.SAME else "not the same"
                self._set(left, right, decision, _RULED, f"decided by hand: {same}", None)
            else:
                self._written[left, right] = None

    # -- rows --------------------------------------------------------------------------------------------------------

    def _write(self, one: Ref, other: Ref, decision: Decision, method: str, words: str, score: float | None) -> None:
        """A row, unless a ruling takes its place."""
        if frozenset((one, other)) not in self._ruled.pairs:
            self._set(*_pair(one, other), decision, method, words, score)

    def _drop(self, one: Ref, other: Ref) -> None:
        """No row, unless there is another reason for it."""
        if frozenset((one, other)) not in self._ruled.pairs:
            self._written.setdefault(_pair(one, other), None)

    def _set(self, left: Ref, right: Ref, decision: Decision, method: str, words: str, score: float | None) -> None:
        one, other = self._records.sighting(left), self._records.sighting(right)
        if one is None or other is None:
            raise KeyError((left, right))
        self._written[left, right] = Judgement(
            left=left,
            right=right,
            decision=decision,
            method=method,
            evidence=words,
            score=score,
            left_name=one.face.label,
            right_name=other.face.label,
            left_span=one.span,
            right_span=other.span,
        )


def _pair(one: Ref, other: Ref) -> Two:
    return (one, other) if one <= other else (other, one)


@lru_cache(maxsize=10_000)
def _sure(atom: Atom) -> tuple[Decision, str, str, float | None]:
    """How the records of one atom are judged: decision, method, evidence and score."""
    if atom.method in (GAZETTEER, KNOWLEDGE):
        return Decision.SAME, atom.method, f"both are {atom.family} {atom.form!r}", None
    score, evidence = alike_score(atom, atom, meet=False)
    return Decision.SAME, atom.method, evidence.words, score
