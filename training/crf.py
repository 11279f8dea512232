"""A linear-chain conditional random field over BIOES labels, in the logarithmic domain."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kg.nlp.tagger.labels import FORBIDDEN, LABELS, legal


class Chain(nn.Module):
    """Scores of one label following another; those that the scheme forbids stay at `FORBIDDEN`.

    `scores` are [window, word, label]; `words` tells which words are real, always the first ones of a row.
    A window may begin and end inside a span.
    """

    def __init__(self) -> None:
        super().__init__()
        self.learned = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.register_buffer("allowed", torch.from_numpy(legal()))

    def transitions(self) -> Tensor:
        """From row to column."""
        return self.learned.masked_fill(~self.get_buffer("allowed"), float(FORBIDDEN))

    def surprise(self, scores: Tensor, tags: Tensor, words: Tensor) -> Tensor:
        """Negative log-likelihood of the labels of each window."""
        transitions = self.transitions()
        tags = tags.masked_fill(~words, 0)
        emitted = scores.gather(2, tags.unsqueeze(2)).squeeze(2) * words
        moved = transitions[tags[:, :-1], tags[:, 1:]] * words[:, 1:]
        reached = self._forward(scores, words, transitions)[-1]
        return torch.logsumexp(reached, dim=1) - emitted.sum(dim=1) - moved.sum(dim=1)

    def marginals(self, scores: Tensor, words: Tensor) -> Tensor:
        """Logarithm of each label's probability at each word, given the whole window."""
        transitions = self.transitions()
        reached = torch.stack(self._forward(scores, words, transitions), dim=1)
        left = torch.stack(self._backward(scores, words, transitions), dim=1)
        return torch.log_softmax(reached + left, dim=2)

    @staticmethod
    def _forward(scores: Tensor, words: Tensor, transitions: Tensor) -> list[Tensor]:
        steps = [scores[:, 0]]
        for index in range(1, scores.shape[1]):
            moved = torch.logsumexp(steps[-1].unsqueeze(2) + transitions, dim=1) + scores[:, index]
            steps.append(torch.where(words[:, index].unsqueeze(1), moved, steps[-1]))
        return steps

    @staticmethod
    def _backward(scores: Tensor, words: Tensor, transitions: Tensor) -> list[Tensor]:
        steps = [torch.zeros_like(scores[:, 0])]
        for index in range(scores.shape[1] - 1, 0, -1):
            moved = torch.logsumexp(transitions + (steps[-1] + scores[:, index]).unsqueeze(1), dim=2)
            steps.append(torch.where(words[:, index].unsqueeze(1), moved, steps[-1]))
        return steps[::-1]
