"""One block of alike names: which of its atoms are one thing, which are namesakes, and which may be either's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

import msgspec

from kg.model import Decision, Ref
from kg.resolve.clustering import Link, clusters
from kg.resolve.who.atoms import Atom
from kg.resolve.who.pairs import alike_score
from kg.resolve.who.persons import plainer
from kg.resolve.who.profiles import Profile
from kg.resolve.words import names

CAP = (
    80  # atoms of one block that are compared: the first in the order of their forms, so that no order of adding counts
)

Pair = tuple[Atom, Atom]


class Verdict(msgspec.Struct, frozen=True):
    """What was decided about two atoms, and why."""

    left: Atom
    right: Atom
    decision: Decision
    score: float
    words: str


class Outcome(msgspec.Struct, frozen=True):
    """The groups of a block; `open` are the atoms that go with several of them, each record by what else it tells."""

    groups: tuple[tuple[Atom, ...], ...] = ()
    open: frozenset[Atom] = frozenset()
    verdicts: tuple[Verdict, ...] = ()


def decide(atoms: Collection[Atom], profiles: Mapping[Atom, Profile], apart: Collection[Pair]) -> Outcome:
    """Groups of the atoms of one block; the pairs in `apart` stay so."""
    if len(atoms) == 1:
        return Outcome((tuple(atoms),))
    ordered = sorted(atoms)
    verdicts = list(_verdicts(ordered[:CAP], profiles))
    undecided = _open(verdicts)
    stand = {atom: Ref(f"{number:06}", "") for number, atom in enumerate(ordered)}
    links = [
        Link(stand[v.left], stand[v.right], v.score)
        for v in verdicts
        if v.decision is Decision.SAME and not undecided & {v.left, v.right}
    ]
    kept = [(v.left, v.right) for v in verdicts if v.decision is Decision.DIFFERENT]
    kept += [pair for pair in apart if pair[0] in stand and pair[1] in stand]
    found = clusters(stand.values(), links, [(stand[left], stand[right]) for left, right in kept])
    groups = tuple(tuple(ordered[int(ref.document)] for ref in group) for group in found)
    home = {atom: group for group in groups for atom in group}
    told = (v for v in verdicts if not undecided & {v.left, v.right})
    return Outcome(groups, undecided, tuple(_kept(told, home)))


def _verdicts(atoms: list[Atom], profiles: Mapping[Atom, Profile]) -> Iterator[Verdict]:
    limits = names().decision
    for left, right in combinations(atoms, 2):
        meet = bool(left.office and right.office) and profiles[left].meets(profiles[right])
        score, evidence = alike_score(left, right, meet)
        decision = Decision.UNSURE
        if score >= limits.same:
            decision = Decision.SAME
        elif score <= limits.different:
            decision = Decision.DIFFERENT
        yield Verdict(left, right, decision, score, evidence.words)


def _open(verdicts: list[Verdict]) -> frozenset[Atom]:
    """Atoms that tell less than two others that they both could be, where those are not one."""
    differ = {frozenset((v.left, v.right)) for v in verdicts if v.decision is Decision.DIFFERENT}
    partners: dict[Atom, list[Atom]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.decision is Decision.SAME:
            left, right = verdict.left, verdict.right
            for atom, other in ((left, right), (right, left)):
                if atom.form == other.form or plainer(atom.form, other.form):
                    partners[atom].append(other)
    return frozenset(
        atom
        for atom, others in partners.items()
        if not (atom.office and atom.country) and any(frozenset(pair) in differ for pair in combinations(others, 2))
    )


def _kept(verdicts: Iterator[Verdict], home: Mapping[Atom, tuple[Atom, ...]]) -> Iterator[Verdict]:
    """What is worth recording: joins that hold, namesakes, and doubts about names spelt alike."""
    for verdict in verdicts:
        together = home[verdict.left] is home[verdict.right]
        alike = verdict.left.form == verdict.right.form
        if verdict.decision is Decision.SAME and not together:  # a surer decision forbids it
            yield msgspec.structs.replace(verdict, decision=Decision.UNSURE)
        elif verdict.decision is Decision.SAME or (not together and (alike or _doubtful(verdict))):
            yield verdict


def _doubtful(verdict: Verdict) -> bool:
    return verdict.decision is Decision.UNSURE and verdict.score >= names().decision.doubt
