"""A linear ranker: for each phrase the best antecedent, or none.

Weights lie in `weights.json`: for every template of columns (see `grid`) a weight for each combination of their
values.  They are fitted by `training/train_coref.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import msgspec
import numpy as np
import numpy.typing as npt

from kg.nlp.coref.grid import PAIR_VALUES, Grid
from kg.nlp.coref.matching import Codes

Scores = npt.NDArray[np.float32]

PAIRS = tuple(
    tuple(line.split())
    for line in """
    i.type j.type sentences
    i.type j.type between
    i.type j.type match
    i.type match sentences
    i.type i.kind j.kind
    i.type i.role j.role
    i.type j.role sentences
    i.type i.number j.number
    i.type i.gender j.gender
    i.type nesting
    i.type clause
    i.type j.type voice
    i.type size
    i.type j.length
    i.type j.section
    i.type j.rest match
    i.noun match
    i.noun j.kind
    i.kind j.kind match
    i.noun j.noun
    j.noun i.type
    j.first match
    i.type j.type paragraphs
    i.type match owners
    i.type match complements
    i.family match j.family sentences
    i.family j.family match between
    i.family i.number j.number match
    i.type j.type rules
    i.type rules sentences
    i.family rules match
    i.kind rules j.type
    i.type j.type others
    i.family j.family others sentences
    i.type rank sentences
    i.type j.role rank
    i.type agree rules
    i.type i.role j.role sentences
    i.type j.type size
    i.type j.kind j.role rank
    i.family match rules others
    i.family match size sentences
    i.type j.family match rank
    i.type j.quoted rank voice
    """.strip().splitlines()
)
NEW = tuple(
    tuple(line.split())
    for line in """
    i.type seen
    i.type i.role
    i.type i.kind
    i.type i.number
    i.type i.rest
    i.type i.rest seen
    i.type i.length seen
    i.type i.quoted
    i.type i.section
    i.type i.verb
    i.noun seen
    i.noun i.type
    i.first seen
    i.first i.type
    i.type joined
    i.type i.kind joined
    i.type i.role joined
    i.type seen joined
    i.noun joined
    """.strip().splitlines()
)
TRAITS = (
    "type",
    "kind",
    "number",
    "gender",
    "role",
    "noun",
    "verb",
    "first",
    "rest",
    "length",
    "quoted",
    "section",
    "family",
)


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights file: the words that each trait may have, and a weight for each template and its values."""

    values: dict[str, list[str]]
    pairs: dict[str, dict[str, float]]
    new: dict[str, dict[str, float]]


class Ranker:
    """Scores of every candidate and of having none."""

    def __init__(self, weights: Weights) -> None:
        self.values = codes_of(weights.values)
        self._pairs = {name: _table(name, table, self.values) for name, table in weights.pairs.items()}
        self._new = {name: _table(name, table, self.values) for name, table in weights.new.items()}

    def pairs(self, grid: Grid) -> Scores:
        """[phrase, candidate]; minus infinity where there is no candidate."""
        total = np.zeros(grid.candidates.shape, dtype=np.float32)
        for name, table in self._pairs.items():
            total += table[index(name.split(), grid, self.values)]
        total[~grid.known] = -np.inf
        return total

    def new(self, grid: Grid) -> Scores:
        """[phrase]: the score of beginning a new entity."""
        total = np.zeros((len(grid.phrases), 1), dtype=np.float32)
        for name, table in self._new.items():
            total += table[index(name.split(), grid, self.values)]
        return total[:, 0]


def codes_of(values: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """Each trait's words numbered from 1; 0 is any other."""
    return {name: {word: code for code, word in enumerate(words, 1)} for name, words in values.items()}


def width(column: str, values: Mapping[str, Mapping[str, int]]) -> int:
    """How many codes a column has."""
    return len(values[column[2:]]) + 1 if column[1] == "." else len(PAIR_VALUES[column])


def index(columns: Sequence[str], grid: Grid, values: Mapping[str, Mapping[str, int]]) -> Codes:
    """The place of each pair in the table of a template."""
    place = grid.column(columns[0])
    for column in columns[1:]:
        place = place * width(column, values) + grid.column(column)
    return place


def label(columns: Sequence[str], place: int, values: Mapping[str, Mapping[str, int]]) -> str:
    """The values that stand at a place of a template's table: the reverse of `index`."""
    words: list[str] = []
    for column in reversed(columns):
        place, code = divmod(place, width(column, values))
        words.append(_words(column, values)[code])
    return "|".join(reversed(words))


def _words(column: str, values: Mapping[str, Mapping[str, int]]) -> list[str]:
    return ["*", *values[column[2:]]] if column[1] == "." else list(PAIR_VALUES[column])


def _table(name: str, weights: Mapping[str, float], values: Mapping[str, Mapping[str, int]]) -> Scores:
    columns = name.split()
    codes = [{word: code for code, word in enumerate(_words(column, values))} for column in columns]
    table = np.zeros(int(np.prod([len(c) for c in codes])), dtype=np.float32)
    for key, weight in weights.items():
        place = 0
        for word, known in zip(key.split("|"), codes, strict=True):
            place = place * len(known) + known[word]
        table[place] = weight
    return table


@cache
def load_ranker() -> Ranker:
    """The ranker that ships with the project."""
    data = resources.files("kg.nlp.coref").joinpath("weights.json").read_bytes()
    return Ranker(msgspec.json.decode(data, type=Weights))
