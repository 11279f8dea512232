"""The trained statement tagger and linker: files of the package, their hashes checked, run by ONNX Runtime.

`shipped()` is loaded once a process.  One thread, so that the same text costs and gives the same everywhere.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from spacy.tokens import Doc

from kg import lexicon
from kg.errors import ModelMissing
from kg.nlp.tagger.decoding import Likely, likely_spans
from kg.nlp.tagger.grammar import Grammar
from kg.nlp.tagger.labels import LABELS, Floats, Ints, Offsets
from kg.nlp.tagger.linking import Linked, Span, Weights, link
from kg.nlp.tagger.pieces import Pieces, Splitter, flowing
from kg.nlp.tagger.windows import word_scores

FOLDER = Path(__file__).parent / "weights"


class Weighed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`kg/data/tagger.toml`: SHA-256 of each file of the weights."""

    files: dict[str, str]


class Tagger:
    """A model file with what its metadata says: labels, transitions, window and overlap."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = folder / "statements.onnx"
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        facts = self._session.get_modelmeta().custom_metadata_map
        if tuple(json.loads(facts["labels"])) != LABELS:
            raise ValueError(f"{path.name} was made for other labels")
        self.transitions: Floats = np.asarray(json.loads(facts["transitions"]), dtype=np.float32)
        self.window, self.overlap = int(facts["window"]), int(facts["overlap"])
        self.splitter = Splitter(folder / "tokenizer.json")

    def score(self, ids: Ints, forms: Ints, governors: Ints) -> Floats:
        """Scores [window, sub-word, label] of windows of one length."""
        scores: Floats = self._session.run(["scores"], {"ids": ids, "forms": forms, "governors": governors})[0]
        return scores

    def spans(self, pieces: Pieces) -> list[tuple[Offsets, Likely]]:
        """The spans of a text with their characters, in text order; they never overlap."""
        scores = word_scores(pieces, self.score, self.splitter, self.window, self.overlap)
        return [(pieces.offsets(s.first, s.end), s) for s in likely_spans(scores, self.transitions)]


class StatementModel:
    """Tagger and linker: a parsed Doc in, attributions as characters out."""

    def __init__(self, tagger: Tagger, weights: Weights) -> None:
        self.tagger, self.weights = tagger, weights

    def attributions(self, doc: Doc) -> list[Linked]:
        """Cue, source where there is one, and content fragments of each attribution, none inside another."""
        document = doc._.document
        text = doc.text if document is None else flowing(document)
        spans = self.tagger.spans(self.tagger.splitter.pieces(text, Grammar(doc)))
        return link(text, [Span(*offsets, span.role) for offsets, span in spans], self.weights)


def from_folder(folder: Path) -> StatementModel:
    """The tagger and the linker saved in `folder`."""
    return StatementModel(Tagger(folder), json.loads((folder / "linker.json").read_text("utf-8")))


def hashes() -> dict[str, str]:
    """SHA-256 of each file of the shipped weights, by name."""
    return dict(sorted(lexicon.load("tagger", Weighed).files.items()))


@cache
def shipped() -> StatementModel:
    """The package's own weights, loaded once.

    Raises `ModelMissing` naming the file that is missing or is not the one that was shipped.
    """
    for name, digest in hashes().items():
        path = FOLDER / name
        if not path.is_file():
            raise ModelMissing(f"{path}: missing from the package; install it again, or choose the profile 'fast'")
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ModelMissing(f"{path}: damaged; install the package again, or choose the profile 'fast'")
    return from_folder(FOLDER)
