"""Mentions that a corpus marks across documents, side by side with the project's records of the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from benchmarks.corpora import ecbplus
from benchmarks.corpora.ecbchains import ACTOR, EVENT
from benchmarks.metrics import Offsets, best_pairs
from kg.model import Analysis, Ref


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name something: where, their head and its lemma; `ref` is our record of it, where there is one."""

    spans: tuple[Offsets, ...]
    head: Offsets
    lemma: str
    word_class: str
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as the corpus and as the project read it, in mentions of one kind."""

    item: ecbplus.Article
    gold: tuple[Named, ...]
    ours: tuple[Named, ...]

    def pairs(self) -> dict[int, int]:
        """Gold mentions -> ours, one to one: those that share characters, same heads first, then the best overlap."""
        weights = {
            (left, right): _likeness(gold, given)
            for left, gold in enumerate(self.gold)
            for right, given in enumerate(self.ours)
        }
        return dict(best_pairs(weights))


def _likeness(gold: Named, given: Named) -> float:
    """Character Jaccard of the two, and 1 more where they have the same head."""
    left, right = _characters(gold.spans), _characters(given.spans)
    shared = len(left & right)
    return shared / len(left | right) + (gold.head == given.head) if shared else 0.0


def _characters(spans: Iterable[Offsets]) -> set[int]:
    return {place for begin, end in spans for place in range(begin, end)}


def readings(item: ecbplus.Article, doc: Doc, analysis: Analysis) -> dict[str, Reading]:
    """The article's events and its actors.  Only ours that start in a validated sentence are kept."""
    found = {}
    for kind, records in ((EVENT, _occurrences(analysis)), (ACTOR, _actors(analysis))):
        gold = tuple(named(doc, mention.spans) for mention in item.of(kind))
        ours = tuple(
            named(doc, (span,), ref)
            for span, ref in sorted(records.items())
            if any(begin <= span[0] < end for begin, end in item.validated)
        )
        found[kind] = Reading(item, gold, ours)
    return found


def _occurrences(analysis: Analysis) -> dict[Offsets, Ref]:
    """Triggers of events and first cues of statements; a word that is both names the event."""
    document = analysis.document.id
    sayings = {(s.cue[0].begin, s.cue[0].end): Ref(document, s.id) for s in analysis.statements if s.cue}
    return sayings | {(t.begin, t.end): Ref(document, e.id) for e in analysis.events for t in e.triggers}


def _actors(analysis: Analysis) -> dict[Offsets, Ref]:
    document = analysis.document.id
    return {(m.span.begin, m.span.end): Ref(document, e.id) for e in analysis.entities for m in e.mentions}


def named(doc: Doc, spans: tuple[Offsets, ...], ref: Ref | None = None) -> Named:
    """The head is the first word that hangs on none of the others."""
    words = [token for span in spans for token in _words(doc, span)]
    inside = {token.i for token in words}
    head = next((t for t in words if t.head.i not in inside or t.head.i == t.i), words[0])
    return Named(spans, (head.idx, head.idx + len(head)), _lemma(head), head.pos_, ref)


def _words(doc: Doc, span: Offsets) -> Words:
    return doc.char_span(*span, alignment_mode="expand")  # type: ignore[return-value]  # None outside the text only


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def forced(doc: Doc, analysis: Analysis, gold: Sequence[ecbplus.Mention]) -> Analysis:
    """`analysis` with an event at every gold mention that has none; the place to make them once that can be done.

    Until then a gold mention without an event of ours stays a node of its own.
    """
    return analysis
