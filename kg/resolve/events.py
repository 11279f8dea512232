"""One occurrence told in several documents: recognised as one, each document keeping its own account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kg.ids import digest, slug
from kg.model import Analysis, Decision, Event, Judgement, Ref, Story
from kg.resolve.linkage import Pair, average_link
from kg.resolve.neighbours import Meeting, meetings
from kg.resolve.similarity import features, likelihood, model
from kg.resolve.tellings import Page, Telling, marks, page
from kg.resolve.wording import STEM, kin

METHOD = "wording, participants and time"
_SIDES = ("agent", "patient", "recipient")
_KIN = 0.4  # affinity of two words from which they may name one occurrence
_NEAR = 3  # days by which accounts of one occurrence differ
_CHUNK = 20_000  # pairs scored at once


class Merged(NamedTuple):
    """Keys of the events that are told of more than once, what they tell of, and why."""

    keys: dict[Ref, str]
    stories: dict[str, Story]
    judgements: tuple[Judgement, ...]


def merge_events(analyses: Sequence[Analysis], keys: Mapping[Ref, str], threshold: float | None = None) -> Merged:
    """Which events of `analyses` are one occurrence, whatever their order; `keys` are those of the entities.

    `threshold` is the mean likelihood at which accounts are merged.  By default it is one that seldom merges wrongly,
    and none are merged whose named participants are others.
    """
    ordered = sorted(analyses, key=lambda analysis: analysis.document.id)
    pages = [page(analysis, keys) for analysis in ordered]
    scores = scored(pages, strict=threshold is None)
    groups = average_link(scores, model().merged if threshold is None else threshold)
    events = {Ref(a.document.id, e.id): e for a in ordered for e in a.events}
    found: dict[Ref, str] = {}
    stories: dict[str, Story] = {}
    for group in groups:
        story = _story(group, events)
        stories[story.key] = story
        found |= dict.fromkeys(group, story.key)
    told = {telling.ref: telling for one in pages for telling in one.tellings}
    judgements = [*_same(groups, scores, told), *_unsure(scores, found, told)]
    return Merged(found, stories, tuple(judgements))


def scored(pages: Sequence[Page], strict: bool) -> dict[Pair, float]:
    """The likelihood of every pair worth comparing; only such as weigh in a mean."""
    scores: dict[Pair, float] = {}
    names: list[Pair] = []
    rows: list[list[float]] = []
    for left, right, meeting in pairs(pages, strict):
        names.append((left.ref, right.ref))
        rows.append(features(left, right, meeting))
        if len(rows) == _CHUNK:
            scores.update(zip(names, likelihood(rows), strict=True))
            names, rows = [], []
    scores.update(zip(names, likelihood(rows), strict=True))
    return scores


def pairs(pages: Sequence[Page], strict: bool) -> Iterator[tuple[Telling, Telling, Meeting]]:
    """Tellings of neighbouring documents whose word, type or sense is alike and whose days allow it.

    Where `strict`, those whose named participants are others are left out.
    """
    near = kin((telling.lemma for one in pages for telling in one.tellings), _KIN)
    for meeting in meetings(pages):
        one, other = pages[meeting.left], pages[meeting.right]
        for place, left in enumerate(one.tellings):
            wanted = [*marks(left), *near.get(left.lemma, ())]
            for number in sorted({i for mark in wanted for i in other.index.get(mark, ())}):
                right = other.tellings[number]
                if (one is other and place >= number) or _days_apart(left.day, right.day):
                    continue
                if not (strict and strangers(left, right)):
                    yield left, right, meeting


def strangers(left: Telling, right: Telling) -> bool:
    """Whether nothing named is common to both, or the named who take part are others, on the whole or in one part.

    Two tellings of one document, which looks for those of one event itself, must besides have one word.
    """
    if left.ref.document == right.ref.document and left.lemma != right.lemma:
        return True
    if left.anchors.isdisjoint(right.anchors):
        named = left.names.keys() & right.names.keys() or left.numbers & right.numbers
        if not named or (left.anchors and right.anchors):
            return True
    sides = (role for role in _SIDES if role in left.core and role in right.core)
    return any(left.core[role].isdisjoint(right.core[role]) for role in sides)


def _days_apart(left: str, right: str) -> bool:
    """Whether two resolved days are too far from one another for one occurrence."""
    if len(left) < 10 or len(right) < 10:
        return False
    return abs((date.fromisoformat(left[:10]) - date.fromisoformat(right[:10])).days) > _NEAR


def _story(group: Sequence[Ref], events: Mapping[Ref, Event]) -> Story:
    """What the accounts have in common; the key hangs on the first of them."""
    told = [events[ref] for ref in group]
    days = {(e.time.value or e.time.start) for e in told if e.time is not None}
    labels = Counter(event.label for event in told)
    types = Counter(event.type for event in told)
    return Story(
        key=f"event/{slug(told[0].label, 40)}-{digest(f'{group[0].document}/{group[0].record}', 10)}",
        label=min(labels, key=lambda label: (-labels[label], -len(label), label)),
        type=min(types, key=lambda name: (-types[name], name)),
        date=days.pop() if len(days) == 1 else "",
    )


def _same(
    groups: Iterable[Sequence[Ref]], scores: Mapping[Pair, float], told: Mapping[Ref, Telling]
) -> Iterator[Judgement]:
    """For each further account the one before it that it is likest to, and how likely they are one."""
    for group in groups:
        for place, ref in enumerate(group[1:], start=1):
            compared = [(_of(scores, other, ref), other) for other in group[:place]]
            score, other = min(compared, key=lambda found: (-found[0], found[1]))
            yield _judgement(other, ref, Decision.SAME, score, told)


def _unsure(scores: Mapping[Pair, float], keys: Mapping[Ref, str], told: Mapping[Ref, Telling]) -> Iterator[Judgement]:
    """Likely pairs that were not merged: for each account at most the likeliest."""
    best: dict[Ref, tuple[float, Ref]] = {}
    for (left, right), score in scores.items():
        if score >= model().unsure and (left not in keys or keys[left] != keys.get(right)):
            best[left] = min(best.get(left, (0.0, right)), (-score, right))
    for left, (score, right) in sorted(best.items()):
        yield _judgement(left, right, Decision.UNSURE, -score, told)


def _of(scores: Mapping[Pair, float], left: Ref, right: Ref) -> float:
    return scores.get((left, right), scores.get((right, left), 0.0))


def _judgement(left: Ref, right: Ref, decision: Decision, score: float, told: Mapping[Ref, Telling]) -> Judgement:
    evidence = "; ".join(_evidence(told[left], told[right]))
    return Judgement(left=left, right=right, decision=decision, method=METHOD, evidence=evidence, score=score)


def _evidence(left: Telling, right: Telling) -> Iterator[str]:
    """What speaks for one occurrence, in words."""
    yield f"“{left.lemma}” and “{right.lemma}”" + (f", both of type {left.type}" if left.type == right.type else "")
    shared = [key for key in left.roles if key in right.roles and not key.startswith("doc/")]
    if shared:
        yield f"both with {', '.join(shared)}"
    if left.day and right.day:
        yield f"on {left.day}" if left.day == right.day else f"on {left.day} and {right.day}"
    common = left.sentence.keys() & right.sentence.keys()
    rare = sorted(common, key=lambda stem: (-left.sentence[stem] - right.sentence[stem], stem))[:5]
    if rare:
        shown = (f"{stem}…" if len(stem) == STEM and stem.isalpha() else stem for stem in sorted(rare))
        yield f"words in common: {', '.join(shown)}"
