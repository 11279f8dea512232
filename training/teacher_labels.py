"""What one or more trained taggers say of every word, for a student to learn.

    python -m training.teacher_labels --checkpoint FILE --encoder FOLDER --out FILE.npz

Writes the mean of their probabilities, given the whole text, of PolNeAR train and of plain news; a student is then
trained with `training.train_statements --teacher FILE`.  All encoders must cut words alike (uncased BERT's rule).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from kg.nlp.tagger.labels import Floats
from kg.nlp.tagger.pieces import Splitter
from kg.nlp.tagger.windows import word_scores
from training.model import Tagger
from training.statement_data import Example, articles, plain_news
from training.train_statements import Recipe, load_tagger, scorer_of


def probabilities(tagger: Tagger, recipe: Recipe, splitter: Splitter, example: Example) -> Floats:
    """Each label's probability at each word [word, label]."""
    scores = word_scores(example.pieces, scorer_of(tagger), splitter, recipe.window, recipe.overlap)
    device = next(tagger.parameters()).device
    with torch.inference_mode():
        batch = torch.from_numpy(scores)[None].to(device)
        real = torch.ones(batch.shape[:2], dtype=torch.bool, device=device)
        found: Floats = tagger.chain.marginals(batch, real)[0].exp().cpu().numpy()
    return found


def main() -> None:
    """Label and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, action="append", help="may be repeated")
    parser.add_argument("--encoder", type=Path, required=True, action="append", help="one for each checkpoint")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    found: dict[str, Floats] = defaultdict(lambda: np.zeros((), dtype=np.float32))
    for checkpoint, encoder in zip(options.checkpoint, options.encoder, strict=True):
        tagger, recipe = load_tagger(checkpoint, encoder)
        tagger.to("cuda" if torch.cuda.is_available() else "cpu")
        splitter = Splitter(encoder / "tokenizer.json")
        for example in articles(splitter, "train") + plain_news(splitter):
            found[example.name] = found[example.name] + probabilities(tagger, recipe, splitter, example)
    means = {name: (sums / len(options.checkpoint)).astype(np.float16) for name, sums in found.items()}
    np.savez_compressed(options.out, allow_pickle=False, **means)


if __name__ == "__main__":
    main()
