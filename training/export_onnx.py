"""Ships the tagger: `python -m training.export_onnx --checkpoint FILE --encoder FOLDER --out FOLDER`.

Writes `statements.onnx` (int8, labels and transitions in its metadata) and `tokenizer.json`, and shows what the
quantisation costs: F1 beside that of float32, and words a second on one thread.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.nlp.tagger.grammar import GOVERNORS
from kg.nlp.tagger.labels import LABELS
from kg.nlp.tagger.model import Tagger as Shipped
from kg.nlp.tagger.pieces import FIELDS, Splitter
from training.model import Tagger
from training.scoring import evaluate, line
from training.statement_data import Example, articles, passages
from training.train_statements import Recipe, load_tagger

ALLOWED_LOSS = 0.5  # points of exact F1


class _Unmasked(nn.Module):
    """The tagger on windows of one length: no padding, so no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, forms: Tensor, governors: Tensor) -> Tensor:
        scores: Tensor = self.tagger(ids, None, forms, governors)
        return scores


def export(tagger: Tagger, recipe: Recipe, path: Path) -> None:
    """Write the tagger as a float32 ONNX graph of the inputs of a `Scorer`."""
    tagger.encoder.set_attn_implementation("eager")
    ids = torch.randint(1000, 2000, (2, 16))
    forms, governors = (torch.zeros((*ids.shape, count), dtype=ids.dtype) for count in (FIELDS, GOVERNORS))
    axes = {0: "window", 1: "piece"}
    torch.onnx.export(
        _Unmasked(tagger).eval(),
        (ids, forms, governors),
        str(path),
        input_names=["ids", "forms", "governors"],
        output_names=["scores"],
        dynamic_axes=dict.fromkeys(("ids", "forms", "governors", "scores"), axes),
        opset_version=17,
        dynamo=False,  # the graph is a plain BERT, and the newer exporter needs one more package
    )
    model = onnx.load(str(path))
    transitions = tagger.chain.transitions().detach().numpy().round(4).tolist()
    facts = {"labels": LABELS, "transitions": transitions, "window": recipe.window, "overlap": recipe.overlap}
    onnx.helper.set_model_props(model, {name: json.dumps(value) for name, value in facts.items()})
    onnx.save(model, str(path))


def quantise(source: Path, target: Path) -> None:
    """Weights and embeddings as 7-bit integers, one scale a column.

    The eighth bit would overflow on processors without VNNI instructions, and figures would hang on the machine.
    """
    quantize_dynamic(
        str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def words_a_second(model: Shipped, examples: Sequence[Example]) -> float:
    """White-space words of raw text to spans, per CPU second."""
    since = time.process_time()
    for example in examples:
        model.spans(example.pieces)
    return sum(len(e.text.split()) for e in examples) / (time.process_time() - since)


def report(folder: Path, groups: dict[str, list[Example]]) -> dict[str, list[float]]:
    """Print size, hash, speed and figures of a model file; exact F1 by group and role."""
    model, path = Shipped(folder), folder / "statements.onnx"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    speed = words_a_second(model, groups["dev"][:20])
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {speed:.0f} words a CPU second, sha256 {digest}")
    found = {}
    for name, examples in groups.items():
        figures = evaluate(examples, model.score, model.transitions, model.splitter, model.window, model.overlap)
        print("  " + line(name, figures), flush=True)
        found[name] = [role["exact"] for role in figures.values()]
    return found


def ship(checkpoint: Path, encoder: Path, out: Path) -> None:
    """Write the tagger and its tokenizer to `out`, and show what is lost; raises `SystemExit` if that is too much."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    splitter = Splitter(out / "tokenizer.json")
    groups = {"dev": articles(splitter, "dev"), "passages": passages(splitter)}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder)
        shutil.copyfile(out / "tokenizer.json", full / "tokenizer.json")
        export(*load_tagger(checkpoint, encoder), full / "statements.onnx")
        quantise(full / "statements.onnx", out / "statements.onnx")
        before = report(full, groups)
    after = report(out, groups)
    losses = [np.subtract(before[name], after[name]) for name in groups]
    loss = float(np.mean(losses, axis=0).max())
    print(f"the role that loses most loses {loss:.2f} points of exact F1, mean of {' and '.join(groups)}")
    if loss >= ALLOWED_LOSS:
        raise SystemExit("quantisation costs too much")


def main() -> None:
    """Export, quantise and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    ship(options.checkpoint, options.encoder, options.out)


if __name__ == "__main__":
    main()
