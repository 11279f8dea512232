"""The time of any predicate of one document: its own, that of its clause, or that of the saying around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Doc, Token

from kg.model import Quotation, SectionKind
from kg.nlp.annotations import Attribution, Stretch, TimeNote, attributions_of, cluster_at, document_of, sections_of
from kg.nlp.times.governors import climb, compared, governors
from kg.nlp.times.periods import full_day, time_lexicon
from kg.nlp.times.sharing import (
    SCENES,
    apart,
    before_when,
    beneath,
    clauses,
    continues,
    goes_on,
    going_on,
    moved_on,
    opened_by,
    perfect,
    reporting,
    scene,
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
        headings = (stretch for kind, stretch in sections_of(doc) if kind in _HEADINGS)
        self._headings = {i for stretch in headings for i in range(*stretch)}
        notes: list[TimeNote] = list(doc._.times)
        self._direct: dict[int, TimeNote] = {}
        self._starts = {note.stretch.start: note for note in notes}
        self._words = {i: note for note in notes for i in range(*note.stretch)}
        self._ends = {note.stretch.end - 1: note for note in notes}
        for note in notes:
            for governor in governors(doc, note):
                if self._stale(note, doc[governor]):
                    continue  # "rule 21 states, up from seven in 2014"
                if governor not in self._direct or _within(note, self._direct[governor]):
                    self._direct[governor] = note
        dated = list(self._dated(attributions_of(doc)))
        self._sayings = {id(attribution): note for attribution, note in dated}
        self._around = self._statement_times(dated)
        self._spoken = {
            i
            for a in attributions_of(doc)
            if a.quotation is Quotation.DIRECT
            for content in a.content
            for i in range(*content)
        }

    def _stale(self, note: TimeNote, verb: Token) -> bool:
        """Whether a clause in the present tense would be set in the past; headings tell news so."""
        if self._today is None or verb.tag_ not in ("VBZ", "VBP") or verb.i in self._headings:
            return False
        last = note.value or note.end
        return bool(last) and last < (self._today - timedelta(_RECENT)).isoformat()[: len(last)]

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
                return note
            last = before_when(clause)
            told = self._ends.get(last) if last is not None else None
            if told is not None:
                return unbounded(self.doc, told)
            if moved_on(clause):
                return None
            if clause.dep_ == "relcl" and clause.head.i in self._words:  # "on Monday, where police shot three"
                return self._words[clause.head.i] if scene(clause) else None
            happened = self._of_scene(clause)
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
            shared = self._of_clause_beneath(clause)
            if shared is not None:
                return shared
        return None

    def _of_clause_beneath(self, verb: Token) -> TimeNote | None:
        """ "Killed or wounded since Tuesday", "was killed when a mine exploded on Friday"."""
        for child in verb.children:
            if continues(child) and child.i in self._direct:
                return self._direct[child.i]
        for clause in (c for child in verb.children for c in beneath(child) if c.i in self._direct):
            note, since = self._direct[clause.i], opened_by(clause, "since")
            if since and note.value and perfect(verb) and not compared(verb, note):
                return replace(note, value="", start=note.value)
            if not since and not perfect(verb):
                return note
        return None

    def _of_scene(self, verb: Token) -> TimeNote | None:
        """ "Friday's earthquake killed nine", "nine died in Friday's earthquake": what it did, it did on its day."""
        effects = time_lexicon().effects
        if verb.lemma_.lower() not in effects:
            return None
        nouns = [c for c in verb.children if c.dep_ == "nsubj"]
        links = (c for c in verb.children if c.dep_ in ("prep", "agent") and c.lower_ in SCENES)
        nouns += [c for link in links for c in link.children if c.dep_ == "pobj" and c.i not in self._starts]
        for noun in nouns:
            clauses = (c for c in noun.rights if c.dep_ == "relcl" and c.lemma_.lower() in effects)
            told = next((self._direct[t.i] for t in (noun, *clauses) if t.i in self._direct), None)
            if told is not None:
                return told
        return None

    def of_saying(self, attribution: Attribution) -> TimeNote | None:
        """When the statement was made: as the text says, when the same speaker last spoke, or, if just now, today."""
        return self._sayings.get(id(attribution)) or self._just_said(attribution)

    def _just_said(self, attribution: Attribution) -> TimeNote | None:
        """The document's date for "says" and "is warning", which tell of the day's news.

        Headings say so of what may be a day old or more, and a speaker's own "we ask" is of the day he speaks.
        """
        if attribution.cue_head is None or attribution.cue_head in self._headings:
            return None
        verb = self.doc[attribution.cue_head]
        first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
        if first.lemma_ == "have" or first.tag_ not in ("VBZ", "VBP"):
            return None  # "has warned", on some day before
        return self._around[verb.i] if verb.i in self._around else None if verb.i in self._spoken else self.today()

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
                notes = self._between(child.left_edge.i, child.right_edge.i + 1)
                candidates += (note for note in notes if not _within_clause(self.doc[note.stretch.start], child))
        if verb.tag_ != "VB":  # "will meet to push for a deal, it was announced on Sunday"
            candidates.append(self._direct.get(reporting(verb).i))
        outside = (n for n in candidates if n and not any(n.stretch.start in c for c in attribution.content))
        return next(outside, None)

    def around(self, token: Token) -> TimeNote | None:
        """The date of the innermost dated, recent statement around `token`, as an inherited time.

        Only what was going on when it was said: "was withdrawing", not "had withdrawn" or "withdrew".
        """
        return self._around.get(token.i) if going_on(token) else None

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


def _within_clause(token: Token, top: Token) -> bool:
    """Whether a relative clause lies between `token` and the phrase under `top`: "to the one she wrote on Sunday"."""
    return any(t.dep_ == "relcl" for t in climb(token) if t.i in range(top.left_edge.i, top.right_edge.i + 1))


def _within(note: TimeNote, other: TimeNote) -> bool:
    """Whether `note` tells more exactly than `other`: "two weeks ago, on May 31"."""
    if not note.value or len(note.value) <= len(other.value):
        return False
    if other.value:
        return note.value.startswith(other.value)
    return bool(other.start and other.end) and other.start <= note.value <= other.end
