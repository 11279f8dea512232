"""Times in a parsed document: kg_times finds and resolves them; `Timeline` tells the time of any predicate.

A `TimeNote` whose stretch is ``Stretch(0, 0)`` is inherited: from the date of the saying or of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import Modality, SectionKind
from kg.nlp.annotations import (
    Attribution,
    Stretch,
    TimeNote,
    attributions_of,
    cluster_at,
    document_of,
    section_kinds,
    sections_of,
)
from kg.nlp.modality import factuality
from kg.nlp.times.periods import Reference, Tense, time_lexicon
from kg.nlp.times.timex import Expression, find

INHERITED = Stretch(0, 0)
_SKIPPED = (SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE, SectionKind.CAPTION)
_HEADINGS = (SectionKind.HEADLINE, SectionKind.SUBHEADING)
_VERBAL = ("VERB", "AUX")
_DEEP = 8
_BEFORE_YEARS = ("in", "since", "by", "until", "from", "before", "after", "during")
_CLIMBING = ("pobj", "prep", "npadvmod", "advmod", "pcomp", "dep", "appos", "nsubj", "dobj", "conj")
_WITHIN = ("in", "with", "by", "during", "amid", "through", "on", "against")  # "died in the crash" on its day
_SHARING = ("conj", "xcomp", "dobj", "nsubjpass", "nsubj", "attr", "pobj", "prep", "agent", "relcl", "acl", "pcomp")
_RECENT = 10  # days before the document's date within which a saying counts as its news


@Language.factory("kg_times", assigns=["doc._.times"], requires=["doc._.document", "doc._.attributions", "token.dep"])
def make_times(nlp: Language, name: str) -> Times:
    """The component that leaves resolved time expressions in ``doc._.times``."""
    return Times()


class Times:
    """Finds time expressions and resolves them against the document's date and the days named before."""

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
    today = _date(document_of(doc).date)
    anchor: date | None = None
    for expression in find(doc.text):
        span = doc.char_span(expression.begin, expression.end, alignment_mode="expand")
        if span is None or kinds[span.start] in _SKIPPED or not _plausible(expression, span.root):
            continue
        if expression.kind == "hours" and span.start not in lead:
            continue  # only what the lead tells of is sure to be of the day
        if span.root.dep_ in ("poss", "compound", "nmod", "amod"):
            expression = replace(expression, cue="")  # "after Monday's attack" is not "after Monday"
        period = expression.resolve(Reference(today, anchor, tense_of(span.root)))
        if period is None:
            continue
        yield TimeNote(Stretch(span.start, span.end), period.value, period.start, period.end)
        anchor = _date(period.value) or anchor


def _date(iso: str) -> date | None:
    """A full ISO day as a date; months, years and the empty string are none."""
    return date.fromisoformat(iso) if len(iso) == 10 else None


def _plausible(expression: Expression, root: Token) -> bool:
    """A bare year or month must be read as a date by the tagger, or stand after a preposition of time."""
    if expression.kind not in ("year", "month") or "side" in expression.groups:
        return True
    if root.ent_type_ == "DATE":
        return not (root.dep_ == "nummod" and root.head.tag_ == "NNS" and root.head.ent_type_ != "DATE")
    return root.dep_ == "pobj" and root.head.lower_ in _BEFORE_YEARS


def tense_of(token: Token) -> Tense:
    """Whether the clause around `token` looks ahead; what has happened, or is told in the past, looks back."""
    verb = next((t for t in _climb(token) if t.pos_ in _VERBAL), None)
    if verb is None:
        return Tense.PAST
    children = list(verb.children)
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in children):
        return Tense.PAST
    planned = (c for v in (verb, *children) if v.head.lemma_ == "be" and v.dep_ == "xcomp" for c in v.children)
    if any(c.tag_ == "TO" for c in planned):
        return Tense.FUTURE  # "is to be held"
    modality = factuality(verb).modality
    if modality is Modality.FUTURE or any(c.dep_ == "aux" and c.tag_ == "MD" for c in children):
        return Tense.FUTURE
    if modality is not Modality.ACTUAL:  # "threatened to leave on Monday" may well date the threat
        return Tense.PAST if verb.head.tag_ == "VBD" else Tense.FUTURE
    going = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in children)
    return Tense.FUTURE if going else Tense.PAST


def _climb(token: Token) -> Iterator[Token]:
    for _ in range(_DEEP):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


class Timeline:
    """The time of any predicate of one document: its own, that of its clause, or that of the saying around it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._today = _date(document_of(doc).date)
        notes: list[TimeNote] = list(doc._.times)
        self._direct: dict[int, TimeNote] = {}
        self._starts = {note.stretch.start: note for note in notes}
        for note in notes:
            for governor in _governors(doc, note):
                self._direct.setdefault(governor, note)
        headings = (stretch for kind, stretch in sections_of(doc) if kind in _HEADINGS)
        self._headings = {i for stretch in headings for i in range(*stretch)}
        dated = list(self._dated(attributions_of(doc)))
        self._sayings = {id(attribution): note for attribution, note in dated}
        self._around = self._statement_times(dated)

    def own(self, token: Token) -> TimeNote | None:
        """The time that stands with `token` itself."""
        return self._direct.get(token.i)

    def of(self, token: Token) -> TimeNote | None:
        """The time of the predicate `token`: its own, or that of the clauses it is joined to or depends on."""
        aside = False
        for clause in _clauses(token):
            if clause.i in self._direct:
                note = self._direct[clause.i]
                if aside and len(note.value) == len("2022-09-11"):
                    return None  # "met a man who had robbed a bank": the day of the meeting
                return _unbounded(note) if _told_by_when(token, note) else note
            if clause.dep_ == "relcl" and clause.head.i in self._direct and _scene(clause):
                return self._direct[clause.head.i]  # "the 1991 march, in which forty people were hurt"
            if clause.dep_ == "relcl" and (clause.head.pos_ == "PROPN" or "nsubj" in clause.head.dep_):
                return None  # who somebody is, told by the way
            aside = aside or clause.dep_ == "relcl"
            shared = next((c for c in clause.children if _continues(c) and c.i in self._direct), None)
            if shared is not None:
                return self._direct[shared.i]  # "killed or wounded since Tuesday"
        return None

    def of_saying(self, attribution: Attribution) -> TimeNote | None:
        """When the statement was made: as the text says, when the same speaker last spoke, or, if just now, today."""
        return self._sayings.get(id(attribution)) or self._just_said(attribution)

    def _just_said(self, attribution: Attribution) -> TimeNote | None:
        """The document's date for headlines, "says" and "is warning", which tell of the day's news."""
        if any(content.start in self._headings for content in attribution.content):
            return self.today()
        if attribution.cue_head is None:
            return None
        verb = self.doc[attribution.cue_head]
        first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
        return self.today() if first.tag_ in ("VBZ", "VBP") else None

    def _told_time(self, attribution: Attribution) -> TimeNote | None:
        """The time that stands with the cue, outside what is said."""
        if attribution.cue_head is None:
            return None
        verb = self.doc[attribution.cue_head]
        candidates = [self.of(verb)]
        for stretch in (*attribution.cue, *attribution.source):
            candidates += self._between(stretch.start, stretch.end)
        for child in verb.children:  # "In a statement released on Sunday, the ministry said ..."
            if child.dep_ == "prep":
                candidates += self._between(child.left_edge.i, child.right_edge.i + 1)
        candidates.append(self._direct.get(_reporting(verb).i))
        outside = (n for n in candidates if n and not any(n.stretch.start in c for c in attribution.content))
        return next(outside, None)

    def around(self, token: Token) -> TimeNote | None:
        """The date of the innermost dated, recent statement whose content holds `token`, as an inherited time."""
        return self._around.get(token.i)

    def news(self, lead: Stretch, going: bool) -> TimeNote | None:
        """When the day's news came about: the recent day that the `lead` sentence names; else, if `going` on, today."""
        days = (note for note in self._between(*lead) if self.recent(note))
        note = next(days, None)
        if note is not None:
            return replace(note, stretch=INHERITED)
        return self.today() if going else None

    def today(self) -> TimeNote | None:
        """The document's date as an inherited time."""
        return TimeNote(INHERITED, value=self._today.isoformat()) if self._today else None

    def _between(self, start: int, end: int) -> list[TimeNote]:
        return [self._starts[i] for i in range(start, end) if i in self._starts]

    def _statement_times(self, dated: list[tuple[Attribution, TimeNote]]) -> dict[int, TimeNote]:
        """Token -> date of the innermost dated, recent statement around it; wide ones first, so that inner ones win."""
        times: dict[int, TimeNote] = {}
        for attribution, note in sorted(dated, key=lambda pair: -sum(c.end - c.start for c in pair[0].content)):
            if self.recent(note):
                inherited = replace(note, stretch=INHERITED)
                times |= {i: inherited for content in attribution.content for i in range(*content)}
        return times

    def _dated(self, attributions: list[Attribution]) -> Iterator[tuple[Attribution, TimeNote]]:
        """Statements with their dates; who goes on speaking in the same paragraph speaks on the same day."""
        clusters = cluster_at(self.doc)
        paragraph = {i: n for n, (_, stretch) in enumerate(sections_of(self.doc)) for i in range(*stretch)}
        last: dict[tuple[int | None, int | None], TimeNote] = {}
        for attribution in attributions:
            place = paragraph.get(attribution.content[0].start) if attribution.content else None
            speaker = clusters.get(attribution.speaker) if attribution.speaker is not None else None
            note = self._told_time(attribution)
            if note is None and speaker is not None:
                note = last.get((place, speaker))
            if note is not None:
                last[place, speaker] = replace(note, stretch=INHERITED)
                yield attribution, note

    def recent(self, note: TimeNote) -> bool:
        """Whether the time is a day of the document's own news: its date or one of the few days before."""
        day = _date(note.value)
        if day is None or self._today is None:
            return False
        return timedelta(0) <= self._today - day < timedelta(_RECENT)


def _governors(doc: Doc, note: TimeNote) -> Iterator[int]:
    """The predicates that a time expression stands with: nouns on the way up, then the first verb."""
    token = doc[note.stretch.start : note.stretch.end].root
    for _ in range(_DEEP):
        head = token.head
        if head.i == token.i:
            return
        climbs = token.dep_ in _CLIMBING
        if head.pos_ in _VERBAL:
            yield head.i
            return
        if head.pos_ in ("NOUN", "PROPN") and head.i not in range(*note.stretch):
            yield head.i
            if token.dep_ not in ("prep", "npadvmod"):
                return  # "the 2014 election", "Friday's attack": the noun's time alone
        elif not climbs and head.pos_ not in ("ADP", "ADV", "ADJ", "SCONJ"):
            return
        token = head


def _clauses(token: Token) -> Iterator[Token]:
    """`token` and the predicates whose time it shares, inner first; purposes and reported clauses share none."""
    for step in range(_DEEP):
        yield token
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return
        if dep == "pobj" and head.lower_ not in _WITHIN:
            return
        if step == 0 and dep in ("dobj", "nsubjpass") and token.pos_ == "NOUN" and _told_before(token):
            return
        if dep not in _SHARING and not (dep == "advcl" and _simultaneous(token)):
            return
        token = head


def _scene(clause: Token) -> bool:
    """Whether a relative clause tells what happened at its antecedent: "in which", "when"."""
    within = (c for p in clause.children if p.dep_ == "prep" for c in p.children)
    return any(c.tag_ in ("WDT", "WRB") for c in (*within, *(c for c in clause.children if c.dep_ == "advmod")))


def _told_before(noun: Token) -> bool:
    """What was condemned on Monday may have happened before; what was caused or planned for Monday did not."""
    return noun.head.lemma_.lower() not in time_lexicon().causal and factuality(noun).modality is not Modality.FUTURE


def _continues(clause: Token) -> bool:
    """Whether a coordinated verb shares its subject with the verb before."""
    return clause.dep_ == "conj" and clause.pos_ == "VERB" and not any("subj" in c.dep_ for c in clause.children)


def _told_by_when(verb: Token, note: TimeNote) -> bool:
    """ "Since last year, when he resigned": the resignation falls into that year."""
    return verb.dep_ == "relcl" and verb.head.i in note.stretch and any(c.lower_ == "when" for c in verb.children)


def _unbounded(note: TimeNote) -> TimeNote:
    return note if note.value else replace(note, value=note.start or note.end, start="", end="")


def _reporting(verb: Token) -> Token:
    """The verb under which `verb`, a saying inside another's report, stands; itself where there is none."""
    for token in _climb(verb):
        if token.dep_ == "ccomp":
            return token.head
        if token.dep_ not in ("conj", "advcl", "xcomp"):
            break
    return verb


def _simultaneous(clause: Token) -> bool:
    """A participle or a clause of time shares the time of its governor; purposes, causes and conditions do not."""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    if any(c.tag_ == "TO" for c in clause.children):
        return False
    return not marks - {"as", "while", "when", "thereby", "thus"} or clause.tag_ in ("VBG", "VBN")
