"""The exported tagger run as the product runs it: ONNX Runtime on one thread, `tokenizers`, NumPy, nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime

from training.decoding import Likely, likely_spans
from training.tagging import LABELS, Floats, Ints, Offsets, Splitter, word_scores


class Shipped:
    """A model file with what its metadata says: labels, transitions, window and overlap."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        facts = self._session.get_modelmeta().custom_metadata_map
        if tuple(json.loads(facts["labels"])) != LABELS:
            raise ValueError(f"{model.name} was made for other labels")
        self.transitions: Floats = np.asarray(json.loads(facts["transitions"]), dtype=np.float32)
        self.window, self.overlap = int(facts["window"]), int(facts["overlap"])
        self.splitter = Splitter(tokenizer)

    def score(self, ids: Ints, forms: Ints) -> Floats:
        """Scores [window, sub-word, label] of windows of one length."""
        scores: Floats = self._session.run(["scores"], {"ids": ids, "forms": forms})[0]
        return scores

    def spans(self, text: str) -> list[tuple[Offsets, Likely]]:
        """The spans of a text with their characters, in text order; they never overlap."""
        pieces = self.splitter.pieces(text)
        scores = word_scores(pieces, self.score, self.splitter, self.window, self.overlap)
        return [(pieces.offsets(s.first, s.end), s) for s in likely_spans(scores, self.transitions)]
