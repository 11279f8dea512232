"""Which nodes of the page tell of one event: accounts that several documents give of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.ids import KG
from kg.view.facts import Facts


class Stories:
    """The accounts among the page's nodes; `numbers` maps a node's IRI to its number."""

    def __init__(self, facts: Facts, numbers: Mapping[str, int]) -> None:
        stories: dict[str, list[int]] = defaultdict(list)
        for iri, number in numbers.items():
            for story in facts.values(iri, f"{KG}accountOf"):
                stories[story].append(number)
        self._stories = [sorted(told) for told in stories.values() if len(told) > 1]
        names = [*numbers]
        self._told = {names[number]: told for told in self._stories for number in told}
        self._numbers = numbers

    def others(self, iri: str) -> tuple[int, ...]:
        """The numbers of the other accounts of what `iri` tells of."""
        return tuple(number for number in self._told.get(iri, ()) if number != self._numbers[iri])

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The best connected account of each event with each of the others."""
        for first, *others in self._stories:
            yield from ((first, other) for other in others)
