"""The labels of the statement tagger: BIOES tags of three roles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Offsets = tuple[int, int]  # characters [begin, end)
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))
LABEL_IDS = {label: index for index, label in enumerate(LABELS)}
EDGES = tuple(index for index, label in enumerate(LABELS) if label[0] in "BES")
FORBIDDEN = np.float32(-1e4)


def legal() -> NDArray[np.bool_]:
    """Which label (row) may be followed by which (column)."""
    allowed = np.zeros((len(LABELS), len(LABELS)), dtype=np.bool_)
    for i, left in enumerate(LABELS):
        for j, right in enumerate(LABELS):
            if left[0] in "BI":
                allowed[i, j] = right[0] in "IE" and right[1:] == left[1:]
            else:
                allowed[i, j] = right[0] in "OBS"
    return allowed
