"""The words that tell which part a phrase plays: the shape of `kg/data/roles.toml`, loaded once."""

from __future__ import annotations

from functools import cache

import msgspec

from kg import lexicon


class RoleWords(msgspec.Struct, frozen=True, kw_only=True):
    """Adverbs that are places or times by themselves; vague ones tell no time that anybody would ask for, nor do
    those that comment on the whole sentence tell a manner."""

    place: frozenset[str]
    time: frozenset[str]
    vague: frozenset[str]
    comment: frozenset[str]


class RoleLexicon(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The shape of `kg/data/roles.toml`."""

    prepositions: dict[str, str]
    subordinators: dict[str, str]
    words: RoleWords
    object_control: frozenset[str]
    transitive: frozenset[str]
    stative: dict[str, str]
    parties: frozenset[str]
    controlling: frozenset[str]
    consequences: frozenset[str]
    singling: frozenset[str]
    accusing: frozenset[str]
    charging: frozenset[str]
    denying: frozenset[str]
    aims: frozenset[str]
    portions: frozenset[str]
    removing: frozenset[str]


@cache
def role_lexicon() -> RoleLexicon:
    """Prepositions, subordinators and adverbs with the role they mark."""
    return lexicon.load("roles", RoleLexicon)
