"""Fits the ranker of coreference: `python -m training.train_coref --out FILE`.

For each phrase of GUM's train part the right antecedents together are made likelier than the rest and than none:
multinomial logistic regression.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch

from benchmarks.coreference import b_cubed, ceaf_e, conll, muc
from benchmarks.metrics import Counts
from kg.nlp.coref.grid import Grid
from kg.nlp.coref.linking import chains, choose
from kg.nlp.coref.ranker import NEW, PAIRS, TRAITS, Ranker, Weights, codes_of, index, label, width
from training.coref_data import Text, characters, gum_texts

SEEN = 6  # times that a word must occur to have weights of its own
EPOCHS = 8
FAINT = 0.1  # weights nearer to 0 are left out
RATE = 0.1
FOLDS = 5
DECAY = 1.0
BATCH = 256
LEXICAL = ("noun", "verb", "first")


@dataclass(slots=True)
class Examples:
    """Phrases to be decided: places in the templates' tables, which candidates are there and which are right."""

    pairs: torch.Tensor  # [phrase, candidate, template]
    new: torch.Tensor  # [phrase, template]
    known: torch.Tensor  # [phrase, 1 + candidate]
    right: torch.Tensor  # [phrase, 1 + candidate]; first column: a new entity


def vocabulary(texts: Sequence[Text]) -> dict[str, list[str]]:
    """The words of each trait that are frequent enough."""
    values = {}
    for name in TRAITS:
        counts = Counter(getattr(trait, name) for text in texts for trait in text.traits)
        floor = SEEN if name in LEXICAL else 1
        values[name] = sorted(
            word for word, n in counts.items() if n >= floor and word and word.isprintable() and "|" not in word
        )
    return values


def examples(text: Text, values: dict[str, dict[str, int]], offsets: tuple[list[int], list[int]]) -> Examples:
    """What the ranker has to decide in one text."""
    grid = Grid(text.view, text.phrases, values)
    shape = grid.candidates.shape
    pairs = np.stack(
        [np.broadcast_to(index(c, grid, values), shape) + o for c, o in zip(PAIRS, offsets[0], strict=True)], axis=2
    )
    new = np.concatenate([index(c, grid, values) + o for c, o in zip(NEW, offsets[1], strict=True)], axis=1)
    chain = np.array(text.chain)
    there = np.where(grid.known, grid.candidates, 0)
    right = grid.known & (chain[:, None] >= 0) & (chain[there] == chain[:, None])
    first = ~right.any(axis=1, keepdims=True)
    known = np.concatenate([np.ones_like(first), grid.known], axis=1)
    right = np.concatenate([first, right], axis=1)
    tensors = (torch.from_numpy(array) for array in (pairs.astype(np.int32), new.astype(np.int32), known, right))
    return Examples(*tensors)


def fit(texts: Sequence[Text], epochs: int = EPOCHS, decay: float = DECAY) -> Weights:
    """Weights that make the right antecedents likely."""
    words = vocabulary(texts)
    values = codes_of(words)
    sizes = [[int(np.prod([width(c, values) for c in columns])) for columns in templates] for templates in (PAIRS, NEW)]
    offsets = [np.cumsum([0, *size])[:-1].tolist() for size in sizes]
    parts = [examples(text, values, (offsets[0], offsets[1])) for text in texts]
    data = Examples(*(torch.cat([getattr(part, name) for part in parts]) for name in Examples.__slots__))
    pair_weights = torch.zeros(sum(sizes[0]), requires_grad=True)
    new_weights = torch.zeros(sum(sizes[1]), requires_grad=True)
    optimiser = torch.optim.Adagrad([pair_weights, new_weights], lr=RATE)
    generator = torch.Generator().manual_seed(7)
    for _ in range(epochs):
        for rows in torch.randperm(len(data.right), generator=generator).split(BATCH):  # type: ignore[no-untyped-call]
            loss = _loss(data, rows, pair_weights, new_weights)
            loss = (
                loss
                + decay * (pair_weights.square().sum() + new_weights.square().sum()) / len(data.right) * len(rows) / 2
            )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return Weights(
        words,
        _named(PAIRS, sizes[0], pair_weights.tolist(), values),
        _named(NEW, sizes[1], new_weights.tolist(), values),
    )


def _loss(data: Examples, rows: torch.Tensor, pair_weights: torch.Tensor, new_weights: torch.Tensor) -> torch.Tensor:
    pairs = pair_weights[data.pairs[rows]].sum(dim=2)
    new = new_weights[data.new[rows]].sum(dim=1, keepdim=True)
    scores = torch.cat([new, pairs], dim=1).masked_fill(~data.known[rows], -1e4)
    right = scores.masked_fill(~data.right[rows], -1e4)
    return (scores.logsumexp(dim=1) - right.logsumexp(dim=1)).sum()


def _named(
    templates: Sequence[tuple[str, ...]],
    sizes: Sequence[int],
    weights: list[float],
    values: dict[str, dict[str, int]],
) -> dict[str, dict[str, float]]:
    tables = {}
    start = 0
    for columns, size in zip(templates, sizes, strict=True):
        own = enumerate(weights[start : start + size])
        tables[" ".join(columns)] = {label(columns, i, values): round(w, 2) for i, w in own if abs(w) >= FAINT}
        start += size
    return tables


def held_out(texts: Sequence[Text], weights: Weights) -> dict[str, float]:
    """CoNLL F1 of chains over all texts, for news and for the other genres."""
    ranker = Ranker(weights)
    counts = {genre: [Counts(), Counts(), Counts()] for genre in ("news", "other")}
    for text in texts:
        grid = Grid(text.view, text.phrases, ranker.values)
        given = [frozenset(characters(text.view.doc, s) for s in chain) for chain in chains(grid, choose(grid, ranker))]
        scores = counts["news" if text.genre == "news" else "other"]
        for i, rule in enumerate((muc, b_cubed, ceaf_e)):
            scores[i] += rule(text.gold, given)
    return {genre: round(100 * conll(scores), 1) for genre, scores in counts.items()}


def train(path: Path) -> None:
    """Show what four fifths of the texts give on each other fifth, then fit all and write the weights to `path`."""
    texts = list(gum_texts("train"))
    for fold in range(FOLDS):
        weights = fit([text for i, text in enumerate(texts) if i % FOLDS != fold])
        print("fold", fold, held_out(texts[fold::FOLDS], weights), flush=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(fit(texts)), indent=0) + b"\n")


def main() -> None:
    """Fit, show and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train(options.out)


if __name__ == "__main__":
    main()
