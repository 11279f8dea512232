"""Speakers that the source's own words do not name: who issued the text that "says", who goes on speaking."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from kg.model import EntityKind, MentionKind, Quotation
from kg.nlp.annotations import Attribution, MentionNote
from kg.nlp.statements.sources import agent_of, owner_of
from kg.nlp.statements.texts import Texts, is_text, shows

_OTHERS = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE, EntityKind.GROUP, EntityKind.GPE)


def name_speakers(doc: Doc, notes: Sequence[Attribution]) -> None:
    """Set the speaker of those of `notes` (in text order) whose source is a text, or missing, where it is plain."""
    if not doc._.mentions:
        return
    texts, scene = Texts(doc), _Scene(doc)
    last: Attribution | None = None
    issued: Attribution | None = None  # the last that a text tells
    for note in notes:
        text = _text(doc, note)
        if text is not None:
            silent = note.cue_head is not None and shows(text, doc[note.cue_head])
            _issue(doc, note, None if silent else texts.issuer(text))
            issued = None if silent else note
        elif not note.source:
            _supply(scene, note, last)
        elif scene.is_it(note):
            _go_on(scene, note, texts, issued)
        else:
            issued = None
        if note.speaker is not None and not note.vouched:
            last = note


def _text(doc: Doc, note: Attribution) -> Token | None:
    """The noun of a source that is a text."""
    if not note.source:
        return None
    head = doc[note.source[0].start : note.source[0].end].root
    return head if is_text(head) else None


def _issue(doc: Doc, note: Attribution, issuer: int | None) -> None:
    """Let the issuer speak; whoever else stands in the text's phrase ("a survey of farmers") does not."""
    mentions: list[MentionNote] = doc._.mentions
    named = note.speaker is not None and is_text(doc[mentions[note.speaker].head])
    note.speaker = note.speaker if named and issuer is None else issuer


def _supply(scene: _Scene, note: Attribution, last: Attribution | None) -> None:
    """A speaker for a note without a source: the owner of its cue, or the last speaker of a quote that goes on."""
    if note.speaker is not None:
        return
    if note.cue_head is not None:
        note.speaker = scene.owner(note.cue_head)
    elif last is not None and note.quotation is Quotation.DIRECT and scene.continues(note, last):
        note.speaker = last.speaker


def _go_on(scene: _Scene, note: Attribution, texts: Texts, issued: Attribution | None) -> None:
    """ "The report said ... It added ..."; "The police issued a statement. It said ...": text or issuer, one speaks."""
    if issued is not None and scene.goes_on(note, issued):
        note.speaker = issued.speaker if issued.speaker is not None else note.speaker
    elif (before := scene.sentence_before(note)) is not None:
        announced = texts.announced(before)
        note.speaker = announced if announced is not None else note.speaker


class _Scene:
    """What stands around the statements of a Doc."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._mentions: list[MentionNote] = list(doc._.mentions)
        self._starts = [mention.stretch.start for mention in self._mentions]
        self._breaks = [token.i for token in doc if "\n" in token.text]
        self._heads: dict[int, int] = {}
        for index, mention in enumerate(self._mentions):
            self._heads.setdefault(mention.head, index)

    def owner(self, cue: int) -> int | None:
        """Whose "claim" or "denial" a nominal cue is; who did the saying of a passive one."""
        head = self._doc[cue]
        owner = owner_of(head) if head.pos_ == "NOUN" else agent_of(head)
        return None if owner is None else self._heads.get(owner.i)

    def is_it(self, note: Attribution) -> bool:
        """Whether the source is "it" and does the saying, unlike in "it is unclear"."""
        start, end = note.source[0]
        it = self._doc[start]
        return end - start == 1 and it.lower_ == "it" and it.head.i == note.cue_head and it.head.pos_ == "VERB"

    def goes_on(self, note: Attribution, issued: Attribution) -> bool:
        """Whether the last text speaks in this sentence or the one before."""
        if not issued.cue or issued.cue[0].start > note.source[0].start:
            return False
        last, before = self._doc[issued.cue[0].start].sent, self.sentence_before(note)
        return last == self._doc[note.source[0].start].sent or last == before

    def sentence_before(self, note: Attribution) -> Span | None:
        """The sentence before the source's, in the same paragraph."""
        start = self._doc[note.source[0].start].sent.start
        before = self._doc[start - 1].sent if start else None
        apart = before is None or self._breaks_between(before.start, start)
        return None if apart else before

    def continues(self, note: Attribution, last: Attribution) -> bool:
        """Whether a quote that nobody is named for goes on from the last speaker, with nobody else brought in."""
        start, end = note.content[0].start, note.content[-1].end
        before = max(stretch.end for stretch in (*last.content, *last.cue, *last.source))
        apart = self._breaks_between(before, start)
        if before > start or apart > 1 or (apart and (self._asks(last) or self._asks(note))):
            return False
        if apart and last.quotation is Quotation.INDIRECT:
            return False
        return not self._others(before, start, last) and not self._others(end, self._paragraph_end(end), last)

    def _others(self, start: int, end: int, last: Attribution) -> bool:
        """Whether tokens [start, end) bring in somebody other than the last speaker."""
        assert last.speaker is not None
        speaker = self._mentions[last.speaker]
        for index in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            mention = self._mentions[index]
            own = bool(mention.name) and mention.name.split()[-1] in speaker.name.split()
            if mention.kind in _OTHERS and mention.form in (MentionKind.NAME, MentionKind.NOMINAL) and not own:
                return True
        return False

    def _asks(self, note: Attribution) -> bool:
        """An interview's question and its answer stand in paragraphs of their own."""
        return any("?" in self._doc[max(0, end - 2) : end].text for _, end in note.content)

    def _breaks_between(self, start: int, end: int) -> int:
        return bisect_left(self._breaks, end) - bisect_right(self._breaks, start)

    def _paragraph_end(self, start: int) -> int:
        place = bisect_left(self._breaks, start)
        return self._breaks[place] if place < len(self._breaks) else len(self._doc)
