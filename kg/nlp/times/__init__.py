"""Times in a parsed document: kg_times finds and resolves them; `Timeline` tells the time of any predicate.

A `TimeNote` whose stretch is ``Stretch(0, 0)`` is inherited: from the date of the saying or of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import SectionKind
from kg.nlp.annotations import Stretch, TimeNote, attributions_of, document_of, section_kinds, sections_of
from kg.nlp.times.periods import Period, Reference, full_day
from kg.nlp.times.tense import tense_of
from kg.nlp.times.timeline import INHERITED, Timeline
from kg.nlp.times.timex import Expression, find

__all__ = ["INHERITED", "Timeline", "Times", "make_times"]

_SKIPPED = (SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE, SectionKind.CAPTION)
_HEADINGS = (SectionKind.HEADLINE, SectionKind.SUBHEADING)
_BEFORE_YEARS = ("in", "since", "by", "until", "from", "before", "after", "during")
_SCHEDULED = ("weekday", "monthday", "daymonth", "dayalone")
_MODIFYING = ("poss", "compound", "nmod", "amod", "nummod")


@Language.factory("kg_times", assigns=["doc._.times"], requires=["doc._.document", "doc._.attributions", "token.dep"])
def make_times(nlp: Language, name: str) -> Times:
    """The component that leaves resolved time expressions in ``doc._.times``."""
    return Times()


class Times:
    """Finds time expressions and resolves them against the document's date and the times named before."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.times``, in text order, what cannot be resolved left out, and the time of each statement."""
        doc._.times = list(_resolved(doc))
        timeline = Timeline(doc)
        for attribution in attributions_of(doc):
            attribution.time = timeline.of_saying(attribution)
        return doc


def _resolved(doc: Doc) -> Iterator[TimeNote]:
    kinds = section_kinds(doc)
    lead = next((stretch for kind, stretch in sections_of(doc) if kind is SectionKind.PARAGRAPH), INHERITED)
    today, anchor = full_day(document_of(doc).date), ""
    for expression in find(doc.text):
        span = doc.char_span(expression.begin, expression.end, alignment_mode="expand")
        if span is None or kinds[span.start] in _SKIPPED or not _plausible(expression, span.root):
            continue
        if expression.kind == "hours" and span.start not in lead:
            continue  # only what the lead tells of is sure to be of the day
        if span.root.dep_ in _MODIFYING:
            expression = replace(expression, cue="")  # "after Monday's attack" is not "after Monday"
        scheduled = expression.kind in _SCHEDULED and kinds[span.start] not in _HEADINGS
        period = expression.resolve(Reference(today, anchor, tense_of(span.root, scheduled)))
        if period is None:
            continue
        yield TimeNote(Stretch(span.start, span.end), period.value, period.start, period.end)
        anchor = _anchor(period, span.root) or anchor


def _anchor(period: Period, root: Token) -> str:
    """What "the same day", "two years later" may go back to: a day, or a month or year that is told by itself."""
    return period.value if full_day(period.value) or root.dep_ not in _MODIFYING else ""


def _plausible(expression: Expression, root: Token) -> bool:
    """A bare year or month must be read as a date by the tagger, or stand after a preposition of time."""
    if expression.kind not in ("year", "month") or "side" in expression.groups or expression.until is not None:
        return True
    if root.ent_type_ == "DATE":
        return not (root.dep_ == "nummod" and root.head.tag_ == "NNS" and root.head.ent_type_ != "DATE")
    return root.dep_ == "pobj" and root.head.lower_ in _BEFORE_YEARS
