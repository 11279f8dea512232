"""The page's word list: how predicates group into edges and read aloud, and what the panel lists."""

from __future__ import annotations

import re

import msgspec

from kg import lexicon


class Fact(msgspec.Struct, frozen=True):
    """A property that the panel lists under `label`, unless its value is in `hide`."""

    property: str
    label: str
    hide: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True):
    """The word list `page.toml`; all names in it are local names in the `kg:` namespace."""

    edges: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, str]]
    marks: dict[str, str]
    facts: tuple[Fact, ...]

    def family(self, predicate: str) -> str:
        """The edge family of a predicate; what no family names is a lasting relation."""
        return next((family for family, names in self.edges.items() if predicate in names), "relation")

    def rank(self, predicate: str) -> tuple[int, str]:
        """What sorts predicates into the order of the word list, those it does not name last."""
        order = [*self.words]
        return order.index(predicate) if predicate in order else len(order), predicate

    def reading(self, predicate: str) -> tuple[str, str]:
        """How an edge reads from subject to object, and from object to subject."""
        spoken = spaced(predicate)
        return self.words.get(predicate, (spoken, f"{spoken} (of)"))


def words() -> Words:
    """The word list, loaded once."""
    return lexicon.load("page", Words)


def spaced(name: str) -> str:
    """A local name as words: "conflictsWith" is "conflicts with"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
