"""Spans to attributions: every content fragment chooses its cue, and every cue its source or none.

An attribution has one cue, so the cue holds it together.  Each choice is among the nearest candidates on either
side, by a linear score of how the two stand to each other in the text; the weights are a plain mapping.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

Offsets = tuple[int, int]
Weights = Mapping[str, float]

REACH = 3  # candidates on each side
_FAR = 10_000  # characters of a gap in which the end of a sentence is looked for
_STOP = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)")
_WORD = re.compile(r"\w+|[^\w\s]")
_QUOTES = frozenset('“”"«»„')
_INITIAL = {"source": "S", "cue": "C", "content": "K"}


class Span(NamedTuple):
    """A tagged stretch of text."""

    begin: int
    end: int
    role: str


@dataclass(slots=True)
class Linked:
    """One attribution: its cue, its source where it has one, and its content fragments."""

    cue: Offsets
    source: Offsets | None
    content: list[Offsets]


@dataclass(frozen=True, slots=True)
class Choice:
    """A span to attach and its candidates, each with features; the last may stand for none of them."""

    dependent: int
    candidates: tuple[int | None, ...]
    features: tuple[tuple[str, ...], ...]


def choices(text: str, spans: Sequence[Span]) -> Iterator[Choice]:
    """What is to be decided of the spans of a text, which must be in text order."""
    scene = _Scene(text, spans)
    for index, span in enumerate(spans):
        if span.role == "source":
            continue
        wanted = "cue" if span.role == "content" else "source"
        near = scene.nearest(index, wanted)
        candidates: list[int | None] = [*near]
        features = [scene.features(index, other) for other in near]
        if span.role == "cue":
            candidates.append(None)
            features.append(scene.without(index))
        if candidates:
            yield Choice(index, tuple(candidates), tuple(features))


def score(features: Sequence[str], weights: Weights) -> float:
    """Sum of the weights of the features that are known."""
    return sum(weights.get(feature, 0.0) for feature in features)


def link(text: str, spans: Sequence[Span], weights: Weights) -> list[Linked]:
    """Attributions by cue, in text order; cues without content are left out."""
    ordered = sorted(spans)
    found = {i: Linked((s.begin, s.end), None, []) for i, s in enumerate(ordered) if s.role == "cue"}
    for choice in choices(text, ordered):
        scores = [score(features, weights) for features in choice.features]
        best = choice.candidates[scores.index(max(scores))]
        span = ordered[choice.dependent]
        if span.role == "content" and best is not None:
            found[best].content.append((span.begin, span.end))
        elif span.role == "cue" and best is not None:
            found[choice.dependent].source = (ordered[best].begin, ordered[best].end)
    return [linked for linked in found.values() if linked.content]


class _Scene:
    """A text and its spans, asked how two of them stand to each other."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text, self._spans = text, spans
        self._of = {role: [i for i, s in enumerate(spans) if s.role == role] for role in _INITIAL}
        self._rank = {role: _ranks(len(spans), members) for role, members in self._of.items()}
        self._words = [found.span() for found in _WORD.finditer(text)]
        self._lines = [found.start() for found in re.finditer("\n", text)]

    def nearest(self, index: int, role: str) -> list[int]:
        """Up to `REACH` spans of `role` before and after."""
        members, rank = self._of[role], self._rank[role][index]
        return members[max(0, rank - REACH) : rank + REACH]

    def features(self, index: int, other: int) -> tuple[str, ...]:
        """Features of attaching `index` to `other`."""
        span, head = self._spans[index], self._spans[other]
        kind = _INITIAL[span.role] + ("<" if other < index else ">")
        low, high = min(index, other), max(index, other)
        between = self._pattern(low + 1, high)
        gap = self._spans[low].end, max(self._spans[low].end, self._spans[high].begin)
        words = self._words_in(gap)
        breaks = f"{min(2, self._stops(low, gap))}{int(self._parted(gap))}"
        edges = self._edge(span)
        base = f"{kind}{between}"
        outer = f"{self._neighbour(head, other, index)}{self._neighbour(span, index, other)}"
        return tuple(
            f"{base}|{detail}"
            for detail in (
                "", f"breaks={breaks}", f"gap={len(words).bit_length()}", f"edges={edges}", f"outer={outer}",
                f"outer={outer},breaks={breaks}", f"edges={edges},breaks={breaks}", f"edges={edges},outer={outer}",
                f"link={self._link(gap, words)}", f"word={self._word(head)}", f"dependent={self._word(span)}",
            )
        )  # fmt: skip

    def without(self, index: int) -> tuple[str, ...]:
        """Features of a cue that has no source in the text."""
        around = self._pattern(index - 2, index) + "." + self._pattern(index + 1, index + 3)
        first = _WORD.findall(self._text[slice(*self._spans[index][:2])].lower())[:1]
        return ("none", f"none|around={around}", f"none|word={self._word(self._spans[index])}", f"none|first={first}")

    def _pattern(self, start: int, stop: int) -> str:
        start, stop = max(start, 0), max(stop, 0)
        roles = [_INITIAL[s.role] for s in self._spans[start : min(stop, start + 3)]]
        return "".join(roles[:2]) + ("+" if len(roles) > 2 else "")

    def _neighbour(self, span: Span, index: int, other: int) -> str:
        """Role of the next span on the side away from `other`, in lower case when a sentence ends in between."""
        beyond = index + (1 if index > other else -1)
        if not 0 <= beyond < len(self._spans):
            return "-"
        left, right = sorted((span, self._spans[beyond]))
        role = _INITIAL[self._spans[beyond].role]
        start = max(left.begin, left.end - 2)
        apart = _STOP.search(self._text, start, min(right.begin, start + _FAR))
        return role.lower() if apart else role

    def _stops(self, low: int, gap: Offsets) -> int:
        """Ends of sentences, counted to two, in a gap and the last marks of the span before it."""
        span = self._spans[low]
        inside = _STOP.finditer(self._text, max(span.begin, span.end - 2), span.end)
        after = _STOP.finditer(self._text, gap[0], min(gap[1], gap[0] + _FAR))
        return sum(1 for _ in islice(inside, 2)) + sum(1 for _ in islice(after, 2))

    def _parted(self, gap: Offsets) -> bool:
        """Whether a line ends in the gap."""
        return bisect_left(self._lines, gap[0]) < bisect_left(self._lines, gap[1])

    def _words_in(self, gap: Offsets) -> range:
        """Which words of the text reach into the gap."""
        if gap[0] == gap[1]:
            return range(0)
        first = bisect_right(self._words, gap[0], key=lambda word: word[1])
        return range(first, bisect_left(self._words, gap[1], key=lambda word: word[0]))

    def _link(self, gap: Offsets, words: range) -> str:
        """The words of a short gap, else its first and last one."""
        shown = [self._words[index] for index in (words if len(words) <= 2 else (words[0], words[-1]))]
        said = [self._text[max(gap[0], begin) : min(gap[1], end)].lower() for begin, end in shown]
        return (" " if len(words) <= 2 else " … ").join(said)

    def _edge(self, span: Span) -> str:
        words = self._text[span.begin : span.end]
        opens = "q" if words[0] in _QUOTES else "U" if words[0].isupper() else "l"
        closing = words.rstrip("”\"’'")[-1:]
        return opens + (closing if closing in ".,?!" else "w") + ("q" if words[-1] in _QUOTES else "")

    def _word(self, span: Span) -> str:
        found = _WORD.findall(self._text[span.begin : span.end].lower())
        return found[-1] if found else ""


def _ranks(total: int, members: Sequence[int]) -> list[int]:
    """Of each index how many members stand before it."""
    inside = frozenset(members)
    ranks, count = [], 0
    for index in range(total):
        ranks.append(count)
        count += index in inside
    return ranks
