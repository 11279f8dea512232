"""GUM with OntoGUM coreference: news and other genres, as text laid out in paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import CorpusMalformed, locate
from benchmarks.metrics import Offsets

_MARK = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")
_COLUMNS = 10  # of CoNLL-U
_SPLIT = re.compile(r"^## (\w+)$|^\s*\* (GUM_\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """A text and its coreference chains, each a set of spans; single mentions are not annotated."""

    name: str
    genre: str
    text: str
    chains: tuple[frozenset[Offsets], ...]


def articles(part: str) -> Iterator[Article]:
    """Documents of "train" or "dev": news first, then the other genres by name."""
    folders = (("gum_news", "coref/ontogum/conll"), ("gum_more", "ontogum"))
    for corpus, coref in folders:
        members = _members(locate(corpus, "splits.md").read_text("utf-8"), part)
        for path in sorted(locate(corpus, *coref.split("/")).glob("*.conll")):
            if path.stem in members:
                text, places = _layout(locate(corpus, "dep", f"{path.stem}.conllu"))
                yield Article(path.stem, path.stem.split("_")[1], text, tuple(_chains(path, places)))


def _members(splits: str, part: str) -> set[str]:
    found: dict[str, set[str]] = defaultdict(set)
    current = ""
    for heading, name in _SPLIT.findall(splits):
        current = heading or current
        if name:
            found[current].add(name)
    return found[part]


def _layout(path: Path) -> tuple[str, list[Offsets]]:
    """Running text with an empty line between paragraphs, and the place of every word."""
    parts: list[str] = []
    places: list[Offsets] = []
    length, gap, joined_until, gap_after = 0, "", 0, " "
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar"):
            gap = "\n\n"
        fields = line.split("\t")
        if len(fields) != _COLUMNS:
            continue
        space = "" if "SpaceAfter=No" in fields[9] else " "
        if "-" in fields[0]:  # the written form of the next words, such as "won't"
            joined_until, gap_after = int(fields[0].split("-")[1]), space
        elif "." not in fields[0]:
            number = int(fields[0])
            text = (gap if parts else "") + fields[1]
            parts.append(text)
            length += len(text)
            places.append((length - len(fields[1]), length))
            gap = "" if number < joined_until else gap_after if number == joined_until else space
            joined_until = 0 if number >= joined_until else joined_until
    return "".join(parts), places


def _chains(path: Path, places: list[Offsets]) -> Iterator[frozenset[Offsets]]:
    """Chains of the brackets "(3(2", "2)", "(4)" in the last column."""
    chains: dict[str, set[Offsets]] = defaultdict(set)
    opened: dict[str, list[int]] = defaultdict(list)
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
    if len(lines) != len(places):
        raise CorpusMalformed(f"{path.name}: {len(lines)} tokens, but {len(places)} in its .conllu")
    for index, (begin, end) in enumerate(places):
        for single, first, last in _MARK.findall(lines[index][-1]):
            if single:
                chains[single].add((begin, end))
            elif first:
                opened[first].append(begin)
            elif opened[last]:
                chains[last].add((opened[last].pop(), end))
    for key in sorted(chains, key=int):
        if len(chains[key]) > 1:
            yield frozenset(chains[key])
