"""Times in a parsed document: kg_times finds and resolves them; `Timeline` tells the time of any predicate.

A `TimeNote` whose stretch is ``Stretch(0, 0)`` is inherited: from the date of the saying or of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import Quotation, SectionKind
from kg.nlp import normalise
from kg.nlp.annotations import Stretch, TimeNote, attributions_of, document_of, section_kinds, sections_of
from kg.nlp.times.governors import VERBAL, climb
from kg.nlp.times.periods import Period, Reference, Tense, full_day, time_lexicon
from kg.nlp.times.tense import of_a_noun, tense_of
from kg.nlp.times.timeline import INHERITED, Timeline
from kg.nlp.times.timex import Expression, find

__all__ = ["INHERITED", "Timeline", "Times", "make_times"]

_SKIPPED = (SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE, SectionKind.CAPTION)
_HEADINGS = (SectionKind.HEADLINE, SectionKind.SUBHEADING)
_BEFORE_YEARS = ("in", "since", "by", "until", "from", "before", "after", "during")
_COMPARING = ("on", "with", "than", "over", "versus")
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
        doc._.times = list(_resolved(doc, {}))
        _date_sayings(doc)
        spoken = _days_of_speech(doc)
        if any(note.stretch.start in spoken for note in doc._.times):
            doc._.times = list(_resolved(doc, spoken))  # "yesterday" counts from the day that the speaker spoke
            _date_sayings(doc)
        return doc


def _date_sayings(doc: Doc) -> None:
    timeline = Timeline(doc)
    for attribution in attributions_of(doc):
        attribution.time = timeline.of_saying(attribution)


def _days_of_speech(doc: Doc) -> dict[int, date]:
    """Token -> day of the dated quotation that holds it, where that is not the document's day."""
    today = full_day(document_of(doc).date)
    days: dict[int, date] = {}
    for attribution in attributions_of(doc):
        said = attribution.time if attribution.quotation is Quotation.DIRECT else None
        day = full_day(said.value) if said is not None else None
        if said is None or day is None or day == today:
            continue
        within = said.stretch != INHERITED and any(said.stretch.start in c for c in attribution.content)
        if not within:
            days |= dict.fromkeys((i for content in attribution.content for i in range(*content)), day)
    return days


def _resolved(doc: Doc, spoken: Mapping[int, date]) -> Iterator[TimeNote]:
    """The times of the text; what stands in speech counts from the day `spoken`, all else from the document's."""
    kinds = section_kinds(doc)
    lead = next((stretch for kind, stretch in sections_of(doc) if kind is SectionKind.PARAGRAPH), INHERITED)
    today, anchors = full_day(document_of(doc).date), _Anchors(doc)
    for expression in find(normalise(document_of(doc).text)):  # the text of the Doc, without putting it together
        span = doc.char_span(expression.begin, expression.end, alignment_mode="expand")
        if span is None or kinds[span.start] in _SKIPPED or not _plausible(expression, span.root):
            continue
        if expression.kind == "hours" and span.start not in lead:
            continue  # only what the lead tells of is sure to be of the day
        if span.root.dep_ in _MODIFYING:
            expression = replace(expression, cue="")  # "after Monday's attack" is not "after Monday"
        scheduled = expression.kind in _SCHEDULED and kinds[span.start] not in _HEADINGS
        tense = tense_of(span.root, scheduled)
        loose = tense is Tense.FUTURE and of_a_noun(span.root)
        reference = Reference(spoken.get(span.start, today), anchors.at(span.start), tense, loose)
        period = expression.resolve(reference)
        if period is not None and expression.until is None and _following_to(span.root):
            period = _up_to(period, span.root)
        if period is None:
            continue
        yield TimeNote(Stretch(span.start, span.end), period.value, period.start, period.end)
        anchors.note(period, span.root)


def _following_to(root: Token) -> bool:
    return root.dep_ == "pobj" and root.head.lower_ == "to"


def _up_to(period: Period, root: Token) -> Period | None:
    """ "In the year to March 31" ends then; "put off to Friday" is of another day."""
    noun = root.doc[max(0, root.head.i - 1)].lower_
    units = time_lexicon().units
    return Period(end=period.value or period.end) if noun in units or noun.removesuffix("s") in units else None


def _background(root: Token) -> bool:
    """ "The 2014 election", "since the war began in February"."""
    verb = next((t for t in climb(root) if t.pos_ in VERBAL), root)
    since = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children)
    return root.dep_ in _MODIFYING or since


class _Anchors:
    """What "the same day", "two years later" may go back to: a day, or a month or year that is told by itself.

    What a speaker names in a quotation serves that quotation alone.
    """

    def __init__(self, doc: Doc) -> None:
        direct = (a for a in attributions_of(doc) if a.quotation is Quotation.DIRECT)
        self._quotation = {
            i: content.start for attribution in direct for content in attribution.content for i in range(*content)
        }
        self._last: dict[int | None, str] = {}

    def at(self, token: int) -> str:
        """The time named last before `token`, where it is in a quotation also outside of it."""
        return self._last.get(self._quotation.get(token)) or self._last.get(None, "")

    def note(self, period: Period, root: Token) -> None:
        """Keep `period`, which the expression headed by `root` tells, unless it is the month or year of background."""
        seasonal = len(period.start) == len(period.end) == len("2021-03") and period.start[:4] == period.end[:4]
        named = period.value or (period.start[:4] if seasonal else "")  # "that year" after "in the spring of 2021"
        if named and (full_day(named) or not _background(root)):
            self._last[self._quotation.get(root.i)] = named


def _plausible(expression: Expression, root: Token) -> bool:
    """A bare year or month must be read as a date by the tagger, or stand after a preposition of time.

    What is "up 3% on 2016" or "compared with 2016" is not of that year.
    """
    if expression.kind == "year" and root.dep_ == "pobj" and root.head.lower_ in _COMPARING:
        return False
    if expression.kind not in ("year", "month") or "side" in expression.groups or expression.until is not None:
        return True
    if root.dep_ == "nsubj" and expression.kind == "month" and root.head.lemma_ not in time_lexicon().causal:
        return False  # the prime minister, May
    if root.ent_type_ == "DATE":
        return not (root.dep_ == "nummod" and root.head.tag_ == "NNS" and root.head.ent_type_ != "DATE")
    return root.dep_ == "pobj" and root.head.lower_ in _BEFORE_YEARS
