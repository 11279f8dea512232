"""How likely two tellings are of one occurrence: features of the pair, and a small network over them.

The weights in `kg/data/merging/model.json` are made by `training/train_merging.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from kg.resolve.stories.tellings import GENERIC, Telling
from kg.resolve.stories.wording import affinity, cosine
from kg.resolve.words import names

_UNKNOWN = 0.2  # sense in common of words of which one is not known

FEATURES = (
    "same word", "spelling", "sense", "documents", "sentences", "words around", "one document", "same type",
    "other type", "shared participants", "no participant shared", "words of participants",
    "other participant in a role", "named in both",
    "same day", "other day", "rarity of the word", "shared number", "both head their reports",
    "names in the sentences", "rarest shared word", "saying", "names in the documents",
    "documents for their surroundings", "names for their surroundings",
)  # fmt: skip


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One hidden layer of rectified units over standardised features, and the thresholds for merging."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    hidden: tuple[tuple[float, ...], ...]  # one row per feature
    hidden_bias: tuple[float, ...]
    out: tuple[float, ...]
    bias: float
    merged: float  # mean likelihood at which tellings become one node of the graph
    unsure: float  # from here on the pair is worth a reader's look
    balanced: float  # where CoNLL F1 is highest: for measuring


class Meeting(msgspec.Struct, frozen=True):
    """How alike two documents are whose events are compared."""

    bags: float
    names: float
    named: float  # canonical keys in common, weighted


def traits(left: Telling, right: Telling, meeting: Meeting) -> tuple[float, ...]:
    """The pair in numbers, in the order of `FEATURES`, without those that hang on what is around the documents."""
    same = float(left.lemma == right.lemma or not left.triggers.isdisjoint(right.triggers))
    near = 1.0 if same else affinity(*sorted((left.lemma, right.lemma)))
    return (
        same,
        _spelling(left.lemma, right.lemma),
        _UNKNOWN if near is None else near,
        meeting.bags,
        cosine(left.sentence, right.sentence),
        cosine(left.around, right.around),
        float(left.ref.document == right.ref.document),
        float(left.type == right.type != GENERIC),
        float(GENERIC not in (left.type, right.type) and left.type != right.type),
        sum((value for key, value in left.roles.items() if key in right.roles), 0.0),
        float(bool(left.roles and right.roles) and not left.roles.keys() & right.roles.keys()),
        cosine(left.fillers, right.fillers),
        float(sum(not left.core[role] & right.core[role] for role in left.core if role in right.core)),
        meeting.named,
        float(left.day == right.day != ""),
        float(_other_day(left.day, right.day)),
        (left.rank + right.rank) / 2,
        float(bool(left.numbers & right.numbers)),
        float(left.heads and right.heads),
        cosine(left.names, right.names),
        max((value for stem, value in left.sentence.items() if stem in right.sentence), default=0.0),
        float(left.lemma in names().saying),
        meeting.names,
    )


def likelihood(rows: Sequence[Sequence[float]]) -> list[float]:
    """How likely each pair is one occurrence, 0 to 1; rounded, so that it does not hang on what stands beside it."""
    if not rows:
        return []
    mean, scale, hidden, bias, out = _arrays()
    layer = np.maximum((np.array(rows) - mean) / scale @ hidden + bias, 0.0)
    scores = 1 / (1 + np.exp(-(layer @ out + model().bias)))
    return [round(float(score), 4) for score in scores]


@cache
def model() -> Model:
    """The shipped weights."""
    found = msgspec.json.decode((files("kg") / "data" / "merging" / "model.json").read_bytes(), type=Model)
    assert found.features == FEATURES, "the weights are of other features: run training/train_merging.py"
    return found


@cache
def _arrays() -> tuple[NDArray[np.float64], ...]:
    known = model()
    return tuple(np.array(part) for part in (known.mean, known.scale, known.hidden, known.hidden_bias, known.out))


def _spelling(left: str, right: str) -> float:
    """The share of letters that both begin with."""
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        shared += 1
    return shared / max(len(left), len(right), 1)


def _other_day(left: str, right: str) -> bool:
    return bool(left and right) and not left.startswith(right) and not right.startswith(left)
