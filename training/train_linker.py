"""Fits the linker on gold spans: `python -m training.train_linker --out FILE`; takes about a minute.

Multinomial logistic regression over each choice's candidates; features seen less than `SEEN` times are dropped.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import torch

from benchmarks.corpora import polnear
from kg.nlp.tagger.linking import Choice, Span, Weights, choices, score
from training.statement_data import VALIDATION_STEP

SEEN = 8
EPOCHS = 6
RATE = 0.02
DECAY = 2e-2
Decision = tuple[str, Choice, int]  # role of the dependent, what there is to choose from, which is right


def decisions(article: polnear.Article) -> list[Decision]:
    """The article's choices whose right candidate is among those offered."""
    roles = defaultdict[Span, set[int]](set)
    for number, attribution in enumerate(article.attributions):
        for role in polnear.ROLES:
            for offsets in attribution.role(role):
                roles[Span(*offsets, role)].add(number)
    spans = sorted(roles)
    found = []
    for choice in choices(article.text, spans):
        span = spans[choice.dependent]
        right = [
            place
            for place, candidate in enumerate(choice.candidates)
            if candidate is not None and roles[spans[candidate]] & roles[span]
        ]
        if not right and span.role == "cue" and not any(article.attributions[n].source for n in roles[span]):
            right = [len(choice.candidates) - 1]
        if right:
            found.append((span.role, choice, right[0]))
    return found


def fit(found: Iterable[Decision]) -> Weights:
    """Weights that make the right candidates likely."""
    decided = list(found)
    counts = Counter(f for _, choice, _ in decided for features in choice.features for f in features)
    known = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
    weights = torch.zeros(len(known) + 1, requires_grad=True)
    optimiser = torch.optim.AdamW([weights], lr=RATE, weight_decay=DECAY)
    indices, mask, right = _tensors(decided, known)
    generator = torch.Generator().manual_seed(7)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(decided), generator=generator).split(256):  # type: ignore[no-untyped-call]
            scores = weights[indices[rows]].sum(dim=2).masked_fill(~mask[rows], -1e4)
            loss = torch.nn.functional.cross_entropy(scores, right[rows])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            with torch.no_grad():
                weights[-1] = 0.0
    values = weights.detach().tolist()
    return {f: round(values[i], 3) for f, i in known.items() if abs(values[i]) >= 0.01}


def _tensors(decided: list[Decision], known: dict[str, int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Feature indices [decision, candidate, feature], which candidates are real, and the right ones."""
    widest = max(len(choice.candidates) for _, choice, _ in decided)
    longest = max(len(features) for _, choice, _ in decided for features in choice.features)
    indices = torch.full((len(decided), widest, longest), len(known))
    mask = torch.zeros((len(decided), widest), dtype=torch.bool)
    for row, (_, choice, _) in enumerate(decided):
        mask[row, : len(choice.candidates)] = True
        for column, features in enumerate(choice.features):
            ids = [known.get(f, len(known)) for f in features]
            indices[row, column, : len(ids)] = torch.tensor(ids)
    return indices, mask, torch.tensor([right for _, _, right in decided])


def accuracy(found: Iterable[Decision], weights: Weights) -> dict[str, float]:
    """Percent of choices made right, by role of what chooses, given gold spans."""
    right, total = Counter[str](), Counter[str]()
    for role, choice, gold in found:
        scores = [score(features, weights) for features in choice.features]
        right[role] += scores.index(max(scores)) == gold
        total[role] += 1
    return {role: round(100 * right[role] / total[role], 2) for role in sorted(total)}


def train(path: Path) -> None:
    """Fit on train less the validation articles, show the accuracy on those and on dev, write the weights to `path`."""
    found = [decisions(article) for article in polnear.articles("train")]
    weights = fit(d for i, ds in enumerate(found) if i % VALIDATION_STEP for d in ds)
    print(f"{len(weights)} weights")
    print("validation", accuracy((d for ds in found[::VALIDATION_STEP] for d in ds), weights))
    print("dev", accuracy((d for a in polnear.articles("dev") for d in decisions(a)), weights))
    path.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n")


def main() -> None:
    """Fit, show and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train(options.out)


if __name__ == "__main__":
    main()
