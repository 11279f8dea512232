"""Mentions that a corpus marks across documents, side by side with the project's records of the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from spacy.tokens import Doc, Token

from benchmarks.corpora import ecbplus
from benchmarks.corpora.ecbchains import ACTOR, EVENT
from benchmarks.metrics import Offsets, best_pairs
from kg.extract import extract
from kg.model import Analysis, Ref
from kg.nlp.annotations import Happening
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.participants import RoleFiller
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.types import GENERIC, noun_type, verb_type
from kg.nlp.modality import factuality
from kg.nlp.times import Timeline


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
    """Triggers of events and first cues of statements; words that are both name the event."""
    document = analysis.document.id
    triggers = {t: Ref(document, e.id) for e in analysis.events for t in e.triggers}
    cues = {s.cue[0]: Ref(document, s.id) for s in analysis.statements if s.cue}
    sayings = {cue: ref for cue, ref in cues.items() if not any(cue.contains(trigger) for trigger in triggers)}
    return {(span.begin, span.end): ref for span, ref in (sayings | triggers).items()}


def _actors(analysis: Analysis) -> dict[Offsets, Ref]:
    document = analysis.document.id
    return {(m.span.begin, m.span.end): Ref(document, e.id) for e in analysis.entities for m in e.mentions}


def named(doc: Doc, spans: tuple[Offsets, ...], ref: Ref | None = None) -> Named:
    """Words of `doc` with their head."""
    head = _head(_words(doc, spans))
    return Named(spans, (head.idx, head.idx + len(head)), _lemma(head), head.pos_, ref)


def _head(words: Sequence[Token]) -> Token:
    """The first word that hangs on none of the others."""
    inside = {token.i for token in words}
    return next((t for t in words if t.head.i not in inside or t.head.i == t.i), words[0])


def _words(doc: Doc, spans: Iterable[Offsets]) -> list[Token]:
    found = (doc.char_span(*span, alignment_mode="expand") for span in spans)
    return [token for words in found if words is not None for token in words]


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def forced(doc: Doc, gold: Iterable[ecbplus.Mention]) -> Analysis:
    """The records of `doc` with events at the heads of the gold mentions alone; where there is none, one is made.

    What is made has the type, roles, time and factuality that the project reads at those words.
    """
    told: list[Happening] = list(doc._.happenings)
    events = {token: index for index, event in enumerate(told) for token in event.triggers}
    heads = dict.fromkeys(_head(_words(doc, mention.spans)) for mention in gold)
    fillers, timeline = Fillers(doc), Timeline(doc)
    filler = RoleFiller(fillers, events, {})
    doc._.happenings = told + [_made(head, fillers, filler, timeline) for head in heads if head.i not in events]
    analysis = extract(doc)
    doc._.happenings = told
    wanted = {head.idx for head in heads}
    kept = [event for event in analysis.events if any(trigger.begin in wanted for trigger in event.triggers)]
    return msgspec.structs.replace(analysis, events=tuple(kept))


def _made(head: Token, fillers: Fillers, filler: RoleFiller, timeline: Timeline) -> Happening:
    name = verb_type(head, fillers) if head.pos_ == "VERB" else noun_type(head, fillers)
    trigger, told = Trigger(head, name or GENERIC), factuality(head)
    time = timeline.own(head) or timeline.of(head)
    return Happening([head.i], trigger.type, filler.roles(trigger), time, [], told.polarity, told.modality)
