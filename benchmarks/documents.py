"""Documents grouped by their words, as systems for events across documents do before they compare mentions.

Average-link clustering of tf-idf vectors: a baseline for a few hundred texts, quadratic in their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

# Mean cosine at which two groups are still one: the best B³ against the gold sub-topics of the ECB+ train topics.
THRESHOLD = 0.14

_WORD = re.compile(r"[a-z]{2,}")


def grouped(texts: Sequence[str], threshold: float = THRESHOLD) -> list[int]:
    """The number of each text's group; groups are joined while their mean cosine reaches `threshold`."""
    if not texts:
        return []
    vectors = _vectors(texts)
    return _average_link(vectors @ vectors.T, threshold)


def _vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Rows of unit length: (1 + log tf) · log(N / df) of every word that no stop list holds."""
    counts = [Counter(w for w in _WORD.findall(text.lower()) if w not in STOP_WORDS) for text in texts]
    spread = Counter(word for count in counts for word in count)
    column = {word: index for index, word in enumerate(sorted(spread))}
    rows = np.zeros((len(texts), len(column)))
    for row, count in enumerate(counts):
        for word, times in count.items():
            rows[row, column[word]] = (1 + log(times)) * log(len(texts) / spread[word])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = rows / np.where(lengths == 0, 1, lengths)
    return unit


def _average_link(cosines: NDArray[np.float64], threshold: float) -> list[int]:
    totals = cosines.copy()  # of the pairs between two groups
    sizes = np.ones(len(totals))
    group = list(range(len(totals)))
    alive = np.ones(len(totals), dtype=bool)
    while alive.sum() > 1:
        means = np.where(np.outer(alive, alive), totals / np.outer(sizes, sizes), -1.0)
        np.fill_diagonal(means, -1.0)
        kept, gone = sorted(divmod(int(means.argmax()), len(means)))
        if means[kept, gone] < threshold:
            break
        totals[kept] += totals[gone]
        totals[:, kept] += totals[:, gone]
        sizes[kept] += sizes[gone]
        alive[gone] = False
        group = [kept if member == gone else member for member in group]
    return group
