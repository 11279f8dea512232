"""Who takes part in an event and where it is, in a form that two accounts can be compared by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kg.model import Analysis, Entity, EntityKind, Event, Ref, Role, RoleName, Span

_OF_COUNTRY = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE, EntityKind.GPE)
_SINGLE = (EntityKind.PERSON, EntityKind.ORGANIZATION)
_LOCAL = (EntityKind.GPE, EntityKind.PLACE)


class Party(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Those who fill one part of an event.

    `keys` are what they are certainly known by, `wider` the country or region that they belong to, `single` the keys
    of named persons and organisations, which are never part of one another, and `nouns` the head words of those
    without a name.  Only what is `known` can be told apart from another by its key.
    """

    keys: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    known: bool = False
    forces: bool = False  # troops are among them

    def __or__(self, other: Party) -> Party:
        return Party(
            keys=self.keys | other.keys,
            wider=self.wider | other.wider,
            nouns=self.nouns | other.nouns,
            single=self.single | other.single,
            known=self.known or other.known,
            forces=self.forces or other.forces,
        )

    def __bool__(self) -> bool:
        return bool(self.keys)

    def meets(self, other: Party) -> bool:
        """Whether one of them is certainly in both, or one holds the other."""
        return bool(self.keys & other.keys or self.keys & other.wider or self.wider & other.keys)

    def beside(self, other: Party) -> bool:
        """Whether both are of one country or region, or the same."""
        return self.meets(other) or bool(self.wider & other.wider)

    def clashes(self, other: Party, together: bool) -> bool:
        """Whether they cannot be the same; `together` in one document, where bare nouns can be told apart too."""
        if not self or not other or self.meets(other):
            return False
        if self.single and other.single:
            return True
        if self.beside(other):
            return False
        if self.known and other.known:
            return True
        return together and not (self.known or other.known) and not self.nouns & other.nouns


class Cast:
    """The entities of one document with their canonical keys."""

    def __init__(self, analysis: Analysis, keys: Mapping[Ref, str]) -> None:
        self.entities = {entity.id: entity for entity in analysis.entities}
        self._document = analysis.document.id
        self._keys = keys
        self._known: dict[str, str] = {}
        mentions = [(m.span, e) for e in analysis.entities if e.kind in _LOCAL and e.named for m in e.mentions]
        self._mentions = sorted(mentions, key=lambda pair: (pair[0], pair[1].id))

    def key(self, identifier: str) -> str:
        """The canonical key of an entity."""
        found = self._known.get(identifier)
        if found is None:
            found = self._known[identifier] = self._keys[Ref(self._document, identifier)]
        return found

    def known(self, entity: Entity) -> bool:
        """Whether the entity can be told from others: by a name, or as a body of a country."""
        return entity.named or (bool(entity.country) and entity.kind in _OF_COUNTRY)

    def party(self, event: Event, roles: Sequence[RoleName]) -> Party:
        """Who fills one of `roles`; a body of a state also counts as that state's side."""
        fillers = [self.entities[r.filler] for r in event.roles if r.role in roles and r.filler in self.entities]
        sides = (e for e in fillers if e.country and (e.kind in _OF_COUNTRY or e.named))
        return Party(
            keys=frozenset(self.key(e.id) for e in fillers),
            wider=frozenset(f"country {e.country}" for e in sides),
            nouns=_nouns(fillers),
            single=frozenset(self.key(e.id) for e in fillers if e.named and e.kind in _SINGLE),
            known=any(self.known(e) for e in fillers),
            forces=any(e.kind is EntityKind.ARMED_FORCE for e in fillers),
        )

    def places(self, told: Iterable[Role], roles: Sequence[RoleName]) -> Party:
        """Where it is, countries left out; a town lies in its region, and "the Brno area" is at Brno."""
        named = [r for r in told if r.role in roles and r.filler in self.entities]
        fillers = [place for role in named for place in self._sites(role)]
        return Party(
            keys=frozenset(key for e in fillers for key in self._place_keys(e)),
            wider=frozenset(
                f"region {e.geo.country} {e.geo.region}" for e in fillers if e.geo and e.geo.region and _town(e)
            ),
            nouns=_nouns(fillers),
            known=any(e.geo for e in fillers),
        )

    def _place_keys(self, entity: Entity) -> Iterator[str]:
        yield self.key(entity.id)
        if entity.geo and entity.geo.level == "region":
            yield f"region {entity.geo.country} {entity.geo.region or entity.geo.name}"

    def _sites(self, role: Role) -> Iterator[Entity]:
        """The filler, and the places that its words name."""
        filler = self.entities[role.filler]
        if not (filler.geo and filler.geo.level == "country"):
            yield filler
        if not filler.geo:
            yield from (e for e in self._inside(role.span) if e is not filler and e.geo and e.geo.level != "country")

    def _inside(self, span: Span) -> Iterator[Entity]:
        at = bisect_left(self._mentions, span.begin, key=lambda pair: pair[0].begin)
        while at < len(self._mentions) and self._mentions[at][0].begin < span.end:
            if span.contains(self._mentions[at][0]):
                yield self._mentions[at][1]
            at += 1


def _town(entity: Entity) -> bool:
    return entity.geo is not None and entity.geo.level == "town"


def _nouns(entities: Iterable[Entity]) -> frozenset[str]:
    return frozenset(e.label.split()[-1].lower() for e in entities if not e.named and e.label.split())
