"""Trains the statement tagger: `python -m training.train_statements --encoder FOLDER --out FOLDER`.

Seeds are fixed.  After every epoch a checkpoint is written; the same command goes on from the last one.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.nlp.tagger.labels import Floats, Ints
from kg.nlp.tagger.pieces import Splitter
from kg.nlp.tagger.windows import Scorer
from training.batching import Batch, batches
from training.model import Tagger, new_tagger
from training.scoring import Figures, evaluate, line
from training.statement_data import Example, articles, passages, plain_news, split, teach


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that the weights depend on beside the corpus and the encoder."""

    epochs: int = 4
    window: int = 256
    overlap: int = 96
    batch: int = 8
    encoder_rate: float = 3e-4
    head_rate: float = 2e-3
    warmup: float = 0.125
    decay: float = 0.01
    dropout: float = 0.15
    average: float = 0.99
    seed: int = 11
    trust: float = 0.5  # weight of a teacher's probabilities beside the labels; all there is where there are none
    everything: bool = False  # train on the validation articles too


class Run:
    """A training run: weights, their running average, optimiser and schedule, in step with one another."""

    def __init__(self, recipe: Recipe, encoder: Path, examples: list[Example], splitter: Splitter) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.examples, self.splitter = recipe, examples, splitter
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tagger = new_tagger(encoder, recipe.dropout).to(self.device)
        average = get_ema_multi_avg_fn(recipe.average)  # type: ignore[no-untyped-call]
        self.average = AveragedModel(self.tagger, multi_avg_fn=average)
        self.optimiser = torch.optim.AdamW(_groups(self.tagger, recipe), weight_decay=recipe.decay, fused=True)
        self.steps = sum(1 for _ in self._batches(0)) * recipe.epochs
        self.schedule = LambdaLR(self.optimiser, self._rate)
        self.done = 0

    def _rate(self, step: int) -> float:
        warm = self.recipe.warmup * self.steps
        if step < warm:
            return (step + 1) / warm
        return 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / (self.steps - warm))))

    def _batches(self, epoch: int) -> list[Batch]:
        chance = random.Random(self.recipe.seed * 1000 + epoch)  # noqa: S311  windows, not secrets
        return list(batches(self.examples, self.splitter, self.recipe.window, self.recipe.batch, chance))

    def epoch(self) -> None:
        """One pass over the corpus."""
        torch.manual_seed(self.recipe.seed * 1000 + self.done)
        self.tagger.train()
        total, since = 0.0, time.monotonic()
        found = self._batches(self.done)
        for number, batch in enumerate(found, 1):
            total += self._step(batch)
            if number % 50 == 0:
                speed = number / (time.monotonic() - since)
                print(f"  {number}/{len(found)} loss {total / number:.4f}, {speed:.2f} steps/s", flush=True)
        self.done += 1
        print(f"epoch {self.done}: loss {total / len(found):.4f} in {time.monotonic() - since:.0f} s", flush=True)

    def _step(self, batch: Batch) -> float:
        loss = batch_loss(self.tagger, batch.on(self.device), self.recipe.trust)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.average.update_parameters(self.tagger)
        return float(loss.detach())

    def averaged(self) -> Tagger:
        """The tagger with the running average of its weights."""
        tagger = self.average.module
        assert isinstance(tagger, Tagger)
        return tagger

    def save(self, path: Path) -> None:
        """Everything that is needed to go on."""
        states = {name: getattr(self, name).state_dict() for name in ("tagger", "average", "optimiser", "schedule")}
        partial = path.with_suffix(".part")
        torch.save({"done": self.done, "recipe": asdict(self.recipe), **states}, partial)
        partial.replace(path)

    def resume(self, path: Path) -> None:
        """Take up a checkpoint of the same recipe."""
        states = torch.load(path, weights_only=True)
        if states["recipe"] != asdict(self.recipe):
            raise ValueError(f"{path} was made by another recipe: {states['recipe']}")
        for name in ("tagger", "average", "optimiser", "schedule"):
            getattr(self, name).load_state_dict(states[name])
        self.done = states["done"]


def _groups(tagger: Tagger, recipe: Recipe) -> list[dict[str, object]]:
    read, judged = (tagger.encoder, tagger.forms, tagger.governors), (tagger.emit, tagger.chain)
    body, head = ([parameter for part in parts for parameter in part.parameters()] for parts in (read, judged))
    return [{"params": body, "lr": recipe.encoder_rate}, {"params": head, "lr": recipe.head_rate}]


def batch_loss(tagger: Tagger, batch: Batch, trust: float) -> Tensor:
    """Loss a word: the labels' surprise, and at `trust` how far the teacher's probabilities are from the tagger's.

    The encoder computes in bfloat16, the chain in float32.
    """
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        scores = tagger(batch.ids, batch.mask, batch.forms, batch.governors).float()
    scores = scores.gather(1, batch.firsts.unsqueeze(2).expand(-1, -1, scores.shape[2]))
    surprise = tagger.chain.surprise(scores, batch.tags, batch.words)
    if not bool(batch.has_teacher.any()):
        return surprise.sum() / batch.words.sum()
    apart = -(batch.taught * tagger.chain.marginals(scores, batch.words)).sum(dim=2) * batch.words
    weight = batch.has_teacher * torch.where(batch.has_tags, trust, 1.0)
    total = surprise * (1 - weight) + apart.sum(dim=1) * weight
    return total.sum() / batch.words.sum()


def scorer_of(tagger: Tagger) -> Scorer:
    """The tagger as a function of arrays, in bfloat16."""
    device = next(tagger.parameters()).device

    def scorer(ids: Ints, forms: Ints, governors: Ints) -> Floats:
        read, seen, above = (torch.from_numpy(array).to(device) for array in (ids, forms, governors))
        with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
            scores = tagger(read, None, seen, above)
        found: Floats = scores.float().cpu().numpy()
        return found

    return scorer


def measure(tagger: Tagger, examples: list[Example], splitter: Splitter, recipe: Recipe) -> Figures:
    """Figures of the tagger on whole texts."""
    tagger.eval()
    transitions: Floats = tagger.chain.transitions().detach().cpu().numpy()
    return evaluate(examples, scorer_of(tagger), transitions, splitter, recipe.window, recipe.overlap)


def load_tagger(checkpoint: Path, encoder: Path) -> tuple[Tagger, Recipe]:
    """The averaged weights of a checkpoint."""
    states = torch.load(checkpoint, weights_only=True, map_location="cpu")
    tagger = new_tagger(encoder)
    prefix = "module."
    weights = {k.removeprefix(prefix): v for k, v in states["average"].items() if k.startswith(prefix)}
    tagger.load_state_dict(weights)
    return tagger.eval(), Recipe(**states["recipe"])


def train(recipe: Recipe, encoder: Path, out: Path, teacher: Path | None = None) -> Path:
    """Train on train, with validation figures after every epoch and those on dev at the end; the checkpoint's path.

    Goes on from a checkpoint in `out`.
    """
    out.mkdir(parents=True, exist_ok=True)
    splitter = Splitter(encoder / "tokenizer.json")
    examples, validation = split(articles(splitter, "train"))
    examples += validation * recipe.everything
    if teacher:
        examples = teach(examples + plain_news(splitter), teacher)
    run = Run(recipe, encoder, examples, splitter)
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        run.resume(checkpoint)
    while run.done < recipe.epochs:
        run.epoch()
        run.save(checkpoint)
        print(line(f"validation after {run.done}", measure(run.averaged(), validation, splitter, recipe)), flush=True)
    for name, found in (("dev", articles(splitter, "dev")), ("passages", passages(splitter))):
        print(line(name, measure(run.averaged(), found, splitter, recipe)), flush=True)
    return checkpoint


def main() -> None:
    """Train."""
    recipe, options = _arguments()
    torch.set_num_threads(options.threads)
    train(recipe, options.encoder, options.out, options.teacher)


def _arguments() -> tuple[Recipe, argparse.Namespace]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder and its tokenizer")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and figures")
    parser.add_argument("--teacher", type=Path, help="what training.teacher_labels wrote")
    parser.add_argument("--threads", type=int, default=1, help="one is fastest on a busy machine")
    for name, value in asdict(Recipe()).items():
        kind = (lambda word: word == "True") if isinstance(value, bool) else type(value)
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=value)
    options = parser.parse_args()
    return Recipe(**{name: getattr(options, name) for name in asdict(Recipe())}), options


if __name__ == "__main__":
    main()
