"""Makes what events are recognised by across documents: `python -m training.train_merging`; a few minutes.

The words in order of how common they are, with short vectors of their sense, come from the vocabulary and the input
embeddings of the encoder; the network over pairs of events is fitted on the train topics of ECB+, its thresholds
are chosen on topics that it was not fitted on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from benchmarks.alignment import forced, readings
from benchmarks.coreference import Cluster, b_cubed, ceaf_e, conll, muc
from benchmarks.corpora import ecbplus
from benchmarks.corpora.ecbchains import EVENT
from benchmarks.system import System, article
from kg.config import Profile, Settings
from kg.model import Analysis, Ref
from kg.resolve.identity import identify
from kg.resolve.stories.circles import Circles
from kg.resolve.stories.encounters import Encounters
from kg.resolve.stories.likenesses import strangers
from kg.resolve.stories.linkage import average_link
from kg.resolve.stories.neighbours import subject
from kg.resolve.stories.similarity import FEATURES, Model
from kg.resolve.stories.tellings import Page, page
from kg.resolve.stories.wording import DIMENSIONS
from kg.shelf import Shelf
from training.__main__ import encoder

FOLDER = Path(__file__).parent.parent / "kg" / "data" / "merging"
FIRST = 1996  # the first whole word of the encoder's vocabulary, which is in order of frequency
ENDINGS = ("s", "es", "d", "ed", "ing")
UNITS, EPOCHS, BATCH, RATE, DECAY = 16, 20, 256, 3e-3, 1e-3
FOLDS = 4
SEEDS = 3
SURE = 0.95  # B³ precision that the graph demands
THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(16))


class Pairs(NamedTuple):
    """Pairs of events: what they are, in numbers, whether they are one, and the fold that holds them out.

    `strange` are those that the graph never merges.
    """

    names: list[tuple[Ref, Ref]]
    rows: NDArray[np.float32]
    same: NDArray[np.bool_]
    fold: NDArray[np.int64]
    strange: NDArray[np.bool_]


class Point(NamedTuple):
    """A threshold, and the CoNLL F1 and B³ precision that it leads to."""

    threshold: float
    conll: float
    precision: float


# -- words ---------------------------------------------------------------------------------------------------------


def write_words(folder: Path) -> None:
    """`words.txt`, inflected forms marked by a hyphen, and `vectors.bin`, eight bits for each number."""
    vocabulary = AutoTokenizer.from_pretrained(encoder()).get_vocab()
    table = AutoModel.from_pretrained(encoder()).get_input_embeddings().weight.detach().numpy()
    ranked = sorted((i, w) for w, i in vocabulary.items() if i >= FIRST and w.isascii() and w.isalpha() and len(w) > 1)
    known = {word for _, word in ranked}
    base = [(i, word) for i, word in ranked if not _inflected(word, known)]
    kept = {word for _, word in base}
    lines = (word if word in kept else f"-{word}" for _, word in ranked)
    folder.mkdir(exist_ok=True)
    (folder / "words.txt").write_text("\n".join(lines) + "\n", "utf-8")
    rows = table[[i for i, _ in base]]
    rows = rows - rows.mean(0)
    _, _, axes = np.linalg.svd(rows, full_matrices=False)
    short = rows @ axes[:DIMENSIONS].T
    short *= 127 / np.abs(short).max(1, keepdims=True)
    (folder / "vectors.bin").write_bytes(short.round().astype(np.int8).tobytes())


def _inflected(word: str, known: set[str]) -> bool:
    stems = (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
    return any(len(s) > 2 and (s in known or f"{s}e" in known or (s[:-1] in known and s[-1] == s[-2])) for s in stems)


# -- data ----------------------------------------------------------------------------------------------------------


def read(part: str) -> tuple[list[Analysis], dict[Ref, str], dict[str, int]]:
    """Records with events at the gold mentions, the chain of each event, and the topic of each document."""
    system = System(Settings()).under(Profile.FAST)
    analyses, chain, topic = [], dict[Ref, str](), dict[str, int]()
    gold = list(ecbplus.articles(part))
    for item, doc in zip(gold, system.docs(article(g.name, g.text) for g in gold), strict=True):
        analyses.append(forced(doc, item.of(EVENT)))
        topic[analyses[-1].document.id] = item.topic
        reading = readings(item, doc, analyses[-1])[EVENT]
        for left, right in reading.pairs().items():
            ref = reading.ours[right].ref
            if ref is not None and ref.record.startswith("event/"):
                chain.setdefault(ref, item.of(EVENT)[left].instance)
    return analyses, chain, topic


def compared(analyses: Sequence[Analysis], chain: Mapping[Ref, str], topic: Mapping[str, int]) -> Pairs:
    """Every pair that the product would compare, where both are in a chain."""
    keys = identify(analyses).keys
    pages = {analysis.document.id: page(analysis, keys) for analysis in analyses}
    told = {telling.ref: telling for one in pages.values() for telling in one.tellings}
    folds = {number: place % FOLDS for place, number in enumerate(sorted(set(topic.values())))}
    names, rows, same, fold, strange = [], [], [], [], []
    for left, right, features in _unscored(analyses, pages):
        if left in chain and right in chain:
            names.append((left, right))
            rows.append(features)
            same.append(chain[left] == chain[right])
            fold.append(folds[topic[left.document]])
            strange.append(strangers(told[left], told[right]))
    return Pairs(names, np.array(rows, dtype=np.float32), np.array(same), np.array(fold), np.array(strange))


def _unscored(analyses: Iterable[Analysis], pages: Mapping[str, Page]) -> Iterator[tuple[Ref, Ref, tuple[float, ...]]]:
    """The pairs that the product compares, in numbers."""
    with Shelf() as shelf:
        circles = Circles(shelf)
        former = circles.settle({analysis.document.id: subject(analysis.document) for analysis in analyses})
        encounters = Encounters(shelf, circles.circles, strict=False, rate=lambda rows: [0.0] * len(rows))
        encounters.settle(former, pages)
        for (one, other), row in encounters.likenesses.items():
            for found in row:
                yield Ref(one, found.left), Ref(other, found.right), found.features


# -- the network ---------------------------------------------------------------------------------------------------


def fit(rows: NDArray[np.float32], same: NDArray[np.bool_], seed: int = 7) -> Model:
    """Likelihood that a pair is one occurrence."""
    torch.manual_seed(seed)
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    x, y = torch.tensor((rows - mean) / scale), torch.tensor(same, dtype=torch.float32)
    net = torch.nn.Sequential(torch.nn.Linear(x.shape[1], UNITS), torch.nn.ReLU(), torch.nn.Linear(UNITS, 1))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    generator = torch.Generator().manual_seed(seed)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x), generator=generator).split(BATCH):
            optimiser.zero_grad()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(net(x[batch]).squeeze(1), y[batch])
            loss.backward()
            optimiser.step()
        schedule.step()
    first, _, last = net
    return Model(
        features=FEATURES,
        mean=_rounded(mean),
        scale=_rounded(scale),
        hidden=tuple(_rounded(row) for row in first.weight.detach().numpy().T),
        hidden_bias=_rounded(first.bias.detach().numpy()),
        out=_rounded(last.weight.detach().numpy()[0]),
        bias=round(float(last.bias), 5),
        merged=0.0,
        unsure=0.0,
        balanced=0.0,
    )


def _rounded(values: NDArray[np.float32]) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


def scores(model: Model, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """As `kg.resolve.stories.similarity.likelihood`, with other weights than the shipped."""
    mean, scale, hidden = (np.array(part) for part in (model.mean, model.scale, model.hidden))
    layer = np.maximum((rows - mean) / scale @ hidden + np.array(model.hidden_bias), 0)
    found: NDArray[np.float64] = 1 / (1 + np.exp(-(layer @ np.array(model.out) + model.bias)))
    return found


# -- thresholds ------------------------------------------------------------------------------------------------------


def held_out(data: Pairs) -> NDArray[np.float64]:
    """The likelihood of each pair by weights that had not seen its topic."""
    held = np.zeros(len(data.same))
    for fold in range(FOLDS):
        out = data.fold == fold
        held[out] = scores(fit(data.rows[~out], data.same[~out]), data.rows[out])
    return held


def operating_points(given: Mapping[tuple[Ref, Ref], float], chain: Mapping[Ref, str]) -> list[Point]:
    """What each threshold leads to."""
    return [Point(threshold, *_quality(given, chain, threshold)) for threshold in THRESHOLDS]


def thresholds(data: Pairs, chain: Mapping[Ref, str]) -> tuple[float, float]:
    """Where CoNLL F1 is highest, and the least at which the graph is as precise as demanded."""
    held = held_out(data).tolist()
    every = operating_points(dict(zip(data.names, held, strict=True)), chain)
    kept = zip(data.names, held, data.strange.tolist(), strict=True)
    strict = operating_points({pair: score for pair, score, strange in kept if not strange}, chain)
    for name, points in (("balanced", every), ("graph", strict)):
        for point in points:
            print(f"{name}, threshold {point.threshold:.2f}: F1 {point.conll:.2f}, precision {point.precision:.3f}")
    balanced = max(every, key=lambda point: point.conll).threshold
    return balanced, next(point.threshold for point in strict if point.precision >= SURE)


def _quality(given: Mapping[tuple[Ref, Ref], float], chain: Mapping[Ref, str], threshold: float) -> tuple[float, float]:
    gold = defaultdict[Hashable, set[Hashable]](set)
    for ref, name in chain.items():
        gold[name].add(ref)
    groups: list[Cluster] = [frozenset(group) for group in average_link(given, threshold)]
    merged = frozenset[Hashable]().union(*groups)
    groups += [frozenset({ref}) for ref in chain if ref not in merged]
    counts = [rule([frozenset(g) for g in gold.values()], groups) for rule in (muc, b_cubed, ceaf_e)]
    return 100 * conll(counts), counts[1].precision


def main() -> None:
    """Write words and vectors, then fit, choose and write the weights."""
    torch.set_num_threads(1)
    write_words(FOLDER)
    analyses, chain, topic = read("train")
    data = compared(analyses, chain, topic)
    balanced, merged = thresholds(data, chain)
    model = msgspec.structs.replace(
        fit(data.rows, data.same), balanced=balanced, merged=merged, unsure=(balanced + merged) / 2
    )
    (FOLDER / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1))


if __name__ == "__main__":
    main()
