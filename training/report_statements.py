"""Figures of the shipped tagger and linker: `python -m training.report_statements --model FOLDER`.

Spans and whole statements as `benchmarks` counts them (before anything the pipeline adds), and the share of gold
attributions found, by kind of quotation and of source.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from benchmarks.corpora import polnear
from benchmarks.metrics import Counts, Words, best_pairs, dice, overlaps
from kg.nlp.tagger.linking import Linked, Span, Weights, link
from kg.nlp.tagger.model import Shipped

HALF = 0.5
_PRONOUNS = frozenset(
    ("i", "we", "you", "he", "she", "they", "it", "who", "this", "that", "some", "many", "others", "one", "those")
)


def attributions(model: Shipped, weights: Weights, text: str) -> list[Linked]:
    """What the shipped files make of a text."""
    return link(text, [Span(*offsets, span.role) for offsets, span in model.spans(text)], weights)


def matched(article: polnear.Article, found: list[Linked]) -> set[int]:
    """Gold attributions that are found: source and content each with a token F1 of at least one half."""
    words = Words(article.text)
    contents = overlaps(
        [words.inside(a.content) for a in article.attributions], [words.inside(f.content) for f in found], dice
    )
    weights = {}
    for (left, right), content in contents.items():
        gold, given = article.attributions[left].source, found[right].source
        source = dice(words.inside(gold), words.inside([given])) if given and gold else float(not given and not gold)
        if content >= HALF and source >= HALF:
            weights[left, right] = content + source
    return {left for left, _ in best_pairs(weights)}


def quotation(attribution: polnear.Attribution, text: str) -> str:
    """Direct where every fragment is quoted, mixed where some words are, else indirect."""
    pieces = [text[begin:end] for begin, end in attribution.content]
    if all(piece[0] in '“"' for piece in pieces):
        return "direct"
    return "mixed" if any(mark in piece for piece in pieces for mark in '“"') else "indirect"


def source_kind(attribution: polnear.Attribution, text: str) -> str:
    """Pronoun, named or nominal by the look of the words, or none."""
    if not attribution.source:
        return "no source"
    words = text[attribution.source[0][0] : attribution.source[0][1]].split()
    if len(words) == 1 and words[0].casefold() in _PRONOUNS:
        return "pronoun"
    return "named" if any(word[:1].isupper() for word in words[1:] or words) else "nominal"


def main() -> None:
    """Print the figures for dev."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the shipped files")
    options = parser.parse_args()
    model = Shipped(options.model / "statements.onnx", options.model / "tokenizer.json")
    weights = json.loads((options.model / "linker.json").read_text("utf-8"))
    whole = Counts()
    held, total = Counter[str](), Counter[str]()
    for article in polnear.articles("dev"):
        found = attributions(model, weights, article.text)
        right = matched(article, found)
        whole += Counts.matched(len(article.attributions), len(found), len(right))
        for number, attribution in enumerate(article.attributions):
            if not attribution.content:
                continue
            for kind in (quotation(attribution, article.text), source_kind(attribution, article.text)):
                total[kind] += 1
                held[kind] += number in right
    print(f"whole statements: P {100 * whole.precision:.1f} R {100 * whole.recall:.1f} F1 {100 * whole.f1:.1f}")
    for kind in sorted(total):
        print(f"  found of {kind}: {100 * held[kind] / total[kind]:.1f} % of {total[kind]}")


if __name__ == "__main__":
    main()
