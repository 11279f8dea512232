"""The statement tagger: an encoder, a linear layer and a chain over the labels."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel

from kg.nlp.tagger.grammar import GOVERNORS
from kg.nlp.tagger.labels import LABELS
from kg.nlp.tagger.pieces import FORMS
from training.crf import Chain


class Tagger(nn.Module):
    """Scores for every sub-word; the first one of a word speaks for it."""

    def __init__(self, encoder: PreTrainedModel, dropout: float = 0.1) -> None:
        super().__init__()
        width = int(encoder.config.hidden_size)
        self.encoder = encoder
        self.forms = nn.Embedding(FORMS, width)
        self.governors = nn.ModuleList(nn.Linear(width, width, bias=False) for _ in range(GOVERNORS))
        for added in (self.forms, *self.governors):
            nn.init.zeros_(added.weight)  # the encoder starts as it was
        self.dropout = nn.Dropout(dropout)
        self.emit = nn.Linear(width, len(LABELS))
        self.chain = Chain()

    def forward(self, ids: Tensor, mask: Tensor | None, forms: Tensor, governors: Tensor) -> Tensor:
        """Scores [window, sub-word, label]."""
        words = self.encoder.get_input_embeddings()
        embedded = words(ids) + self.forms(forms).sum(dim=2)
        for index, governor in enumerate(self.governors):
            embedded = embedded + governor(words(governors[:, :, index]))
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        scores: Tensor = self.emit(self.dropout(hidden))
        return scores


def new_tagger(folder: Path, dropout: float = 0.1) -> Tagger:
    """A tagger on the encoder saved in `folder`.

    Dropout on the attention is left out: it costs a CPU as much time as the attention itself.
    """
    encoder = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0,
        dtype=torch.float32,
    )  # fmt: skip
    return Tagger(encoder, dropout)
