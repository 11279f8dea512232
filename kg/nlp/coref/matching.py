"""Which earlier phrases a phrase may take up, and how their words match.

Candidates are the phrases just before, and a few farther back that share a word.  So the work grows with the
length of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.nlp.coref.traits import Traits

NEAR = 40  # phrases before that are candidates, whatever they are
FAR = 4  # farther candidates that share a word
SAME_WORD = 8  # latest phrases with one word that are looked at

Codes = npt.NDArray[np.int32]

MATCHES = ("none", "modifier", "inside", "holds", "clash", "longer", "shorter", "same", "exact")
_MATCH = {label: code for code, label in enumerate(MATCHES)}
_PRONOUNS = frozenset(("he", "she", "it", "they", "i", "we", "you", "this", "these", "some"))
_STEADY = ("i", "we", "you", "he", "she")  # pronouns that mostly go on meaning the same one


def find_matches(traits: Sequence[Traits]) -> list[dict[int, int]]:
    """For each phrase the earlier phrases that share a word with it, and how they match."""
    places: dict[str, list[int]] = defaultdict(list)
    matches: list[dict[int, int]] = []
    for here, trait in enumerate(traits):
        found: dict[int, int] = {}
        if trait.core and trait.type not in _PRONOUNS:
            for word in (trait.noun, *trait.words):
                for there in places[word][-SAME_WORD:]:
                    if there not in found:
                        found[there] = _MATCH[_match(trait, traits[there])]
            for word in (trait.noun, *trait.words):
                places[word].append(here)
        elif trait.type in _STEADY:
            found = dict.fromkeys(places[trait.type][-1:], _MATCH["same"])
            places[trait.type].append(here)
        matches.append(found)
    return matches


def _match(here: Traits, there: Traits) -> str:
    if here.core == there.core:
        return "exact"
    if here.noun == there.noun:
        mine, other = set(here.words), set(there.words)
        if mine == other:
            return "same"
        return "shorter" if mine < other else "longer" if mine > other else "clash"
    if here.noun in there.words:
        return "inside"
    return "holds" if there.noun in here.words else "modifier"


def find_candidates(matches: Sequence[dict[int, int]]) -> Codes:
    """The phrases just before each, nearest first, then the best matching of the farther ones; -1 for none."""
    count = len(matches)
    found = np.full((count, NEAR + FAR), -1, dtype=np.int32)
    found[:, :NEAR] = np.arange(count)[:, None] - np.arange(1, NEAR + 1)
    found[found < 0] = -1
    for here, matched in enumerate(matches):
        far = sorted((j for j in matched if here - j > NEAR), key=lambda j: (-matched[j], -j))[:FAR]
        found[here, NEAR : NEAR + len(far)] = far
    return found


def match_codes(matches: Sequence[dict[int, int]], candidates: Codes) -> Codes:
    """How each phrase matches each of its candidates."""
    codes = np.zeros_like(candidates)
    for here, matched in enumerate(matches):
        for there, code in matched.items():
            if here - there <= NEAR:
                codes[here, here - there - 1] = code
        for column in range(NEAR, NEAR + FAR):
            there = int(candidates[here, column])
            if there >= 0:
                codes[here, column] = matched[there]
    return codes
