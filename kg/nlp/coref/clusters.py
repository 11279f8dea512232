"""Growing clusters of mentions: a disjoint-set forest whose roots carry what is known of the entity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote

_ACTING = {EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE}


@dataclass(slots=True)
class Profile:
    """What the mentions of one cluster say together; empty strings and sets are "unknown"."""

    members: list[int]
    kind: EntityKind | None
    names: dict[str, None] = field(default_factory=dict)  # folded names, in order of appearance
    country: str = ""
    gender: str = ""
    known: str = ""
    geo: int = 0
    plural: bool = False


class Clusters:
    """Mention indices joined step by step; `profile` answers for the cluster that an index is in."""

    def __init__(self, notes: list[MentionNote], folded: list[str]) -> None:
        self._parent = list(range(len(notes)))
        self._notes, self._folded = notes, folded
        self._profiles = {i: self._alone(i) for i in range(len(notes))}

    def find(self, index: int) -> int:
        """The root that stands for `index`'s cluster."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def profile(self, index: int) -> Profile:
        """What is known of the cluster that `index` is in."""
        return self._profiles[self.find(index)]

    def same(self, left: int, right: int) -> bool:
        """Whether the two mentions are already joined."""
        return self.find(left) == self.find(right)

    def join(self, left: int, right: int) -> bool:
        """Join two clusters unless what is known of them clashes; True when they are one afterwards."""
        first, second = sorted((self.find(left), self.find(right)))
        if first == second:
            return True
        if not compatible(self._profiles[first], self._profiles[second]):
            return False
        self._merge(first, second)
        return True

    def part(self, leaving: Collection[int]) -> None:
        """Take the mentions `leaving` out of their clusters: each stands alone until it is joined again."""
        groups = self.groups()
        self._parent = list(range(len(self._notes)))
        self._profiles = {i: self._alone(i) for i in range(len(self._notes))}
        for group in groups:
            staying = [index for index in group if index not in leaving]
            for index in staying[1:]:
                self._merge(staying[0], index)

    def _alone(self, index: int) -> Profile:
        return _profile(index, self._notes[index], self._folded[index])

    def _merge(self, first: int, second: int) -> None:
        self._parent[second] = first
        _absorb(self._profiles[first], self._profiles.pop(second))

    def groups(self) -> list[list[int]]:
        """All clusters, each sorted, by first member."""
        return sorted(sorted(profile.members) for profile in self._profiles.values())


def compatible(left: Profile, right: Profile) -> bool:
    """No contradiction of kind, country, gender, place, knowledge-file entry or person's name."""
    if left.kind and right.kind and not _kinds_agree(left.kind, right.kind):
        return False
    if left.kind == right.kind == EntityKind.PERSON and _names_clash(left, right):
        return False
    pairs = (
        (left.country, right.country),
        (left.gender, right.gender),
        (left.known, right.known),
        (left.geo, right.geo),
    )
    return not any(a and b and a != b for a, b in pairs)


def _names_clash(left: Profile, right: Profile) -> bool:
    """Two persons' names that share no word, or a surname only; not where the knowledge file has both as one's."""
    if left.known and left.known == right.known:
        return False
    one, other = ([name.split() for name in profile.names] for profile in (left, right))
    if one and other and {w for words in one for w in words}.isdisjoint(w for words in other for w in words):
        return True
    return any(_namesakes(a, b) for a in one for b in other)


def _namesakes(one: list[str], other: list[str]) -> bool:
    """Full names with one surname and different first names: "Ada Okoro", "Ben Okoro"; not "B. Okoro"."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1] or one[0] == other[0]:
        return False
    initials = min(len(one[0].strip(".")), len(other[0].strip("."))) == 1
    return not (initials and one[0][0] == other[0][0])


def _kinds_agree(left: EntityKind, right: EntityKind) -> bool:
    """Equal kinds, or an army called an organisation, or a place called by its government's noun."""
    if left == right or {left, right} <= _ACTING:
        return True
    return {left, right} == {EntityKind.GPE, EntityKind.PLACE}


def _profile(index: int, note: MentionNote, folded: str) -> Profile:
    place = note.places[0] if note.places and note.form != MentionKind.PRONOUN else None
    return Profile(
        members=[index],
        kind=note.kind,
        names={folded: None} if folded else {},
        country=note.country,
        gender=note.gender,
        known=note.known,
        geo=place.id if place else 0,
        plural=note.plural,
    )


def _absorb(kept: Profile, gone: Profile) -> None:
    kept.members += gone.members
    kept.names |= gone.names
    if kept.kind is None or (gone.kind == EntityKind.ARMED_FORCE and kept.kind in _ACTING):
        kept.kind = gone.kind or kept.kind
    kept.country = kept.country or gone.country
    kept.gender = kept.gender or gone.gender
    kept.known = kept.known or gone.known
    kept.geo = kept.geo or gone.geo
