"""CaRB sentences with reported speech: tuples whose context field says who says them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpora import locate
from benchmarks.corpora.tokens import Joined, join


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that stand under an attribution, and the attribution's words ("He said that")."""

    words: tuple[str, ...]
    attribution: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its attributed tuples."""

    name: str
    joined: Joined
    claims: tuple[Claim, ...]


def sentences() -> Iterator[Sentence]:
    """Sentences that hold at least one attributed tuple, in file order."""
    found: dict[str, list[Claim]] = {}
    lines = locate("carb_said", "said_type_annotations.tsv").read_text("utf-8").splitlines()
    for line in lines:
        sentence, *fields = line.replace("\ufeff", "").split("\t")
        context = next((field[2:] for field in fields if field.startswith("C:")), "")
        plain = [field for field in fields if not (len(field) > 1 and field[1] == ":")]
        if context and plain:
            words = tuple(" ".join(plain).split())
            found.setdefault(sentence.strip(), []).append(Claim(words, tuple(context.split())))
    for number, (sentence, claims) in enumerate(found.items()):
        yield Sentence(f"carb-{number}", join(sentence.split(), hyphens=True), tuple(claims))
