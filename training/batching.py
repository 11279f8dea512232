"""Training windows and batches: every epoch the texts are cut anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.nlp.tagger.grammar import GOVERNORS
from kg.nlp.tagger.labels import LABELS
from kg.nlp.tagger.pieces import PLAIN, Splitter
from training.statement_data import Example

Cut = tuple[Example, int, int]  # its sub-words [start, end)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of like length, padded.

    Sub-words, their forms and governors, which are real; the words' first sub-words, which are real, their labels and
    the teacher's probabilities; and which windows have labels, and which a teacher.
    """

    ids: Tensor
    forms: Tensor
    governors: Tensor
    mask: Tensor
    firsts: Tensor
    words: Tensor
    tags: Tensor
    taught: Tensor
    has_tags: Tensor
    has_teacher: Tensor

    def on(self, device: torch.device) -> Batch:
        """The same on `device`."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def batches(
    examples: Sequence[Example], splitter: Splitter, size: int, count: int, chance: random.Random
) -> Iterator[Batch]:
    """One epoch: every word once, windows of up to `size` sub-words cut anew at random, `count` to a batch."""
    cuts: list[Cut] = []
    for example in examples:
        cuts += [(example, *cut) for cut in _random_cuts(len(example.pieces.ids), size - 2, chance)]
    chance.shuffle(cuts)
    pool = 16 * count
    groups = []
    for first in range(0, len(cuts), pool):  # like lengths together, so that little is padding
        like = sorted(cuts[first : first + pool], key=lambda cut: cut[2] - cut[1])
        groups += [like[at : at + count] for at in range(0, len(like), count)]
    chance.shuffle(groups)
    for group in groups:
        yield _batch(group, splitter)


def _random_cuts(total: int, size: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    first = min(total, chance.randint(size // 2, size))
    yield 0, first
    for start in range(first, total, size):
        yield start, min(total, start + size)


def _batch(cuts: Sequence[Cut], splitter: Splitter) -> Batch:
    length = 2 + max(end - start for _, start, end in cuts)
    ids = np.full((len(cuts), length), splitter.pad)
    forms = np.tile(PLAIN, (*ids.shape, 1))
    governors = np.full((*ids.shape, GOVERNORS), splitter.nothing)
    mask, firsts, tags = (np.zeros_like(ids) for _ in range(3))
    words: NDArray[np.bool_] = np.zeros(ids.shape, dtype=np.bool_)
    taught = np.zeros((*ids.shape, len(LABELS)), dtype=np.float32)
    for row, (example, start, end) in enumerate(cuts):
        pieces, stop = example.pieces, end - start + 1
        ids[row, 0], ids[row, 1:stop], ids[row, stop] = splitter.start, pieces.ids[start:end], splitter.stop
        forms[row, 1:stop], governors[row, 1:stop] = pieces.forms[start:end], pieces.governors[start:end]
        mask[row, : stop + 1] = 1
        first, last = np.searchsorted(pieces.firsts, (start, end))
        firsts[row, : last - first] = pieces.firsts[first:last] - start + 1
        words[row, : last - first] = True
        tags[row, : last - first] = example.tags[first:last]
        if example.taught is not None:
            taught[row, : last - first] = example.taught[first:last]
    widest = int(words.sum(axis=1).max())
    return Batch(
        ids=torch.from_numpy(ids),
        forms=torch.from_numpy(forms),
        governors=torch.from_numpy(governors),
        mask=torch.from_numpy(mask),
        firsts=torch.from_numpy(firsts[:, :widest]),
        words=torch.from_numpy(words[:, :widest]),
        tags=torch.from_numpy(tags[:, :widest]),
        taught=torch.from_numpy(taught[:, :widest]),
        has_tags=torch.tensor([example.annotated for example, _, _ in cuts]),
        has_teacher=torch.tensor([example.taught is not None for example, _, _ in cuts]),
    )
