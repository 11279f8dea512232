"""QA-SRL on Wikinews: for each verb, questions about it and the tokens that answer them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpora import locate
from benchmarks.corpora.tokens import Joined, join
from benchmarks.metrics import Tokens


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answers, each the indices of a run of tokens."""

    wh: str
    text: str
    answers: tuple[Tokens, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by its token index, with the questions asked about it."""

    index: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its annotated verbs."""

    name: str
    joined: Joined
    verbs: tuple[Verb, ...]


def sentences() -> Iterator[Sentence]:
    """Annotated dev sentences in the order of the file; questions marked redundant are left out."""
    asked: dict[str, dict[int, list[Question]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("wikinews.dev.gold.csv"):
        if row["is_redundant"] == "False":
            answers = tuple(_range(piece) for piece in row["answer_range"].split("~!~"))
            question = Question(row["wh"], row["question"], answers)
            asked[row["qasrl_id"]][int(row["verb_idx"])].append(question)
    for row in _rows("wikinews.dev.full.csv"):
        verbs = asked.get(row["qasrl_id"], {})
        if verbs:
            annotated = tuple(Verb(index, tuple(verbs[index])) for index in sorted(verbs))
            yield Sentence(row["qasrl_id"], join(row["tokens"].split(" ")), annotated)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with locate("qasrl_wikinews", name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _range(piece: str) -> Tokens:
    first, end = piece.split(":")
    return frozenset(range(int(first), int(end)))
