"""What is said of two events, and why, in words that a reader can check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.ids import digest, slug
from kg.model import Decision, Judgement, Story
from kg.resolve.stories.tellings import Telling
from kg.resolve.stories.wording import STEM

METHOD = "wording, participants and time"
RULING = "ruling"


def story(told: Sequence[Telling]) -> Story:
    """What the accounts have in common; the key hangs on the first of them."""
    first = told[0]
    days = {telling.day for telling in told if telling.day}
    labels = Counter(telling.label for telling in told)
    types = Counter(telling.type for telling in told)
    return Story(
        key=f"event/{slug(first.label, 40)}-{digest(f'{first.ref.document}/{first.ref.record}', 10)}",
        label=min(labels, key=lambda label: (-labels[label], -len(label), label)),
        type=min(types, key=lambda name: (-types[name], name)),
        date=days.pop() if len(days) == 1 else "",
    )


def compared(left: Telling, right: Telling, decision: Decision, score: float) -> Judgement:
    """The two are one occurrence, or may be, by what they are likely to be."""
    return Judgement(
        left=left.ref,
        right=right.ref,
        decision=decision,
        method=METHOD,
        evidence="; ".join(_evidence(left, right)),
        score=score,
        left_name=left.label,
        right_name=right.label,
    )


def ruled(left: Telling, right: Telling, decision: Decision) -> Judgement:
    """The two are what the user says."""
    return Judgement(
        left=left.ref,
        right=right.ref,
        decision=decision,
        method=RULING,
        evidence=f"decided by hand: {'the same' if decision is Decision.SAME else 'not the same'}",
        left_name=left.label,
        right_name=right.label,
    )


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
