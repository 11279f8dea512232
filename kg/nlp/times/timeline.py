"""The time of any predicate of one document: its own, that of its clause, or that of the saying around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Doc, Token

from kg.model import SectionKind
from kg.nlp.annotations import Attribution, Stretch, TimeNote, attributions_of, cluster_at, document_of, sections_of
from kg.nlp.times.periods import full_day, time_lexicon
from kg.nlp.times.sharing import (
    apart,
    clauses,
    continues,
    goes_on,
    governors,
    reporting,
    scene,
    told_by_when,
    unbounded,
)

INHERITED = Stretch(0, 0)
_HEADINGS = (SectionKind.HEADLINE, SectionKind.SUBHEADING)
_RECENT = 10  # days before the document's date within which a saying counts as its news


class Timeline:
    """The time of any predicate of one document: its own, that of its clause, or that of the saying around it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._today = full_day(document_of(doc).date)
        notes: list[TimeNote] = list(doc._.times)
        self._direct: dict[int, TimeNote] = {}
        self._starts = {note.stretch.start: note for note in notes}
        for note in notes:
            for governor in governors(doc, note):
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
        aside, inner = False, token
        for clause in clauses(token):
            if clause.i in self._direct:
                note = self._direct[clause.i]
                if apart(inner, clause, note):
                    return None
                if aside and len(note.value) == len("2022-09-11"):
                    return None  # "met a man who had robbed a bank": the day of the meeting
                return unbounded(note) if told_by_when(token, note) else note
            happened = self._of_subject(clause)
            if happened is not None:
                return happened
            if clause.dep_ == "relcl" and clause.head.i in self._direct and scene(clause):
                return self._direct[clause.head.i]  # "the 1991 march, in which forty people were hurt"
            if clause.dep_ == "relcl" and scene(clause) and goes_on(clause):
                continue  # "in Lima on Saturday, where police fired tear gas"
            if clause.dep_ == "relcl" and (clause.head.pos_ == "PROPN" or "nsubj" in clause.head.dep_):
                return None  # who somebody is, told by the way
            if clause.dep_ == "acl" and clause.head.dep_ == "appos":
                return None  # "to Medoril, a firm based in Turin"
            aside, inner = aside or clause.dep_ == "relcl", clause
            shared = next((c for c in clause.children if continues(c) and c.i in self._direct), None)
            if shared is not None:
                return self._direct[shared.i]  # "killed or wounded since Tuesday"
        return None

    def _of_subject(self, verb: Token) -> TimeNote | None:
        """ "Friday's earthquake killed nine": what it did, it did on its day."""
        if verb.lemma_.lower() not in time_lexicon().effects:
            return None
        return next((self._direct[c.i] for c in verb.children if c.dep_ == "nsubj" and c.i in self._direct), None)

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
        for stretch in attribution.cue:
            candidates += self._between(*stretch)
        for stretch in attribution.source:  # "Monday's report", but not "the mayor, who ruled from 2011 to 2018"
            candidates += (note for note in self._between(*stretch) if full_day(note.value))
        for child in verb.children:  # "In a statement released on Sunday, the ministry said ..."
            if child.dep_ == "prep":
                candidates += self._between(child.left_edge.i, child.right_edge.i + 1)
        candidates.append(self._direct.get(reporting(verb).i))
        outside = (n for n in candidates if n and not any(n.stretch.start in c for c in attribution.content))
        return next(outside, None)

    def around(self, token: Token) -> TimeNote | None:
        """The date of the innermost dated, recent statement whose content holds `token`, as an inherited time."""
        if token.dep_ in ("advcl", "relcl") and token.tag_ == "VBD":
            return None  # "when I signed it, ...": what was before
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
        day = full_day(note.value)
        if day is None or self._today is None:
            return False
        return timedelta(0) <= self._today - day < timedelta(_RECENT)
