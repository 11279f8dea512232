"""Pairwise decisions -> clusters, the same whatever order the decisions come in.

Links are followed from the surest to the least sure; one that would bring together what must stay apart is passed
over.  So a chain of likely links never overrules a certain "not the same".
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kg.model import Ref

CERTAIN = 1.0


class Link(msgspec.Struct, frozen=True):
    """Two records that are one thing with this certainty, 0 to 1."""

    left: Ref
    right: Ref
    score: float = CERTAIN


def clusters(refs: Iterable[Ref], links: Iterable[Link], apart: Iterable[tuple[Ref, Ref]] = ()) -> list[list[Ref]]:
    """Each of `refs` in exactly one cluster; every cluster sorted, and they by their first member.

    Raises `KeyError` for a link or pair that names a record which is not among `refs`.
    """
    forest = _Forest(refs)
    for left, right in apart:
        forest.part(left, right)
    for link in sorted(links, key=_surest):
        forest.join(link.left, link.right)
    return forest.groups()


def _surest(link: Link) -> tuple[float, Ref, Ref]:
    first, second = sorted((link.left, link.right))
    return -link.score, first, second


class _Forest:
    """Disjoint sets whose roots know their members and the roots that they must not join."""

    def __init__(self, refs: Iterable[Ref]) -> None:
        self._parent = {ref: ref for ref in refs}
        self._members = {ref: [ref] for ref in self._parent}
        self._foes: dict[Ref, set[Ref]] = {}

    def _root(self, ref: Ref) -> Ref:
        while self._parent[ref] != ref:
            self._parent[ref] = self._parent[self._parent[ref]]
            ref = self._parent[ref]
        return ref

    def part(self, left: Ref, right: Ref) -> None:
        """Keep the two apart; before any `join`."""
        one, other = self._root(left), self._root(right)
        if one != other:
            self._foes.setdefault(one, set()).add(other)
            self._foes.setdefault(other, set()).add(one)

    def join(self, left: Ref, right: Ref) -> None:
        """Make one cluster of two, unless they must stay apart."""
        kept, gone = self._root(left), self._root(right)
        if kept == gone or gone in self._foes.get(kept, ()):
            return
        if (len(self._members[kept]), gone) < (len(self._members[gone]), kept):  # the smaller one moves
            kept, gone = gone, kept
        self._parent[gone] = kept
        self._members[kept] += self._members.pop(gone)
        for foe in self._foes.pop(gone, ()):
            self._foes[foe].remove(gone)
            self._foes[foe].add(kept)
            self._foes.setdefault(kept, set()).add(foe)

    def groups(self) -> list[list[Ref]]:
        return sorted(sorted(members) for members in self._members.values())
