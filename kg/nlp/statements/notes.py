"""Reports to attributions: who speaks, how it is said, and which reports are worth keeping."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.model import EntityKind, Quotation
from kg.nlp.annotations import Attribution, MentionNote, Stretch
from kg.nlp.statements import manner
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.quotes import Quote
from kg.nlp.statements.report import Report
from kg.nlp.statements.rules import read_sections
from kg.nlp.statements.sources import antecedent
from kg.nlp.statements.spans import mask, minus, union, wordless

_LOOK = 12  # mentions looked at within a source
_ENDS = frozenset({",", "(", "—", "–"})


def attributions(doc: Doc, reports: Iterable[Report], quoted: bytearray) -> list[Attribution]:
    """One attribution for each report that plainly is one, without murmurs inside another's words."""
    speakers = Speakers(doc)
    found = [note for report in reports if (note := _attribution(doc, report, quoted, speakers)) is not None]
    return _without_murmurs(doc, found)


def orphans(quotes: Iterable[Quote], found: Iterable[Attribution]) -> list[Attribution]:
    """Quoted sentences of which no attribution holds a word: somebody's words all the same."""
    taken = union(stretch for note in found for stretch in note.content)
    ends = [stretch.end for stretch in taken]
    notes = []
    for quote in quotes:
        after = bisect_right(ends, quote.stretch.start)
        held = after < len(taken) and taken[after].start < quote.stretch.end
        if not held and quote.verbal and quote.sentence:
            notes.append(Attribution(content=[quote.stretch], quotation=Quotation.DIRECT))
    return notes


def _attribution(doc: Doc, report: Report, quoted: bytearray, speakers: Speakers) -> Attribution | None:
    content = [piece for piece in _of_its_section(doc, report, quoted) if not wordless(doc, piece)]
    if not content or _of_people(doc, report, content):
        return None
    quotation = manner.quotation(doc, content, quoted)
    if not report.certain and not manner.clear(doc, report, quotation):
        return None
    return Attribution(
        content=content,
        cue=[report.cue],
        source=minus(report.source, [report.cue]),
        speaker=speakers.of(report),
        quotation=quotation,
        stance=manner.stance(doc, report, content),
        polarity=manner.polarity(doc, report, content),
        medium=manner.medium(doc, report),
        addressee=speakers.at(report.hearer),
        cue_head=report.head,
        vouched=manner.vouched(doc, report, content, quotation),
    )


def _of_its_section(doc: Doc, report: Report, quoted: bytearray) -> list[Stretch]:
    """The content without unquoted words of another paragraph or of the headline above."""
    here = next((stretch for _, stretch in read_sections(doc) if report.head in stretch), None)
    if here is None:
        return report.content
    return [piece for piece in report.content if piece.start in here or any(quoted[i] for i in range(*piece))]


def _without_murmurs(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """`found` without what adds nothing inside another's words: no source, an infinitive, an attitude or intention."""
    inside = mask(len(doc), (stretch for note in found if not note.vouched for stretch in note.content))
    return [
        note
        for note in found
        if note.cue_head is None
        or not inside[note.cue_head]
        or (note.source and not note.vouched and not _unsaid(doc, note.cue[0]))
    ]


def _unsaid(doc: Doc, cue: Stretch) -> bool:
    """ "to say that ...", but not "to have said that ..." """
    return doc[cue.start].tag_ == "TO" and doc[cue.start + 1].lower_ != "have"


def _of_people(doc: Doc, report: Report, content: list[Stretch]) -> bool:
    """ "Dismissed the claim" reports; "dismissed 120 workers" does not."""
    if report.word not in lexis().impersonal:
        return False
    heads = {mention.head for mention in doc._.mentions if mention.kind in (EntityKind.PERSON, EntityKind.GROUP)}
    return doc[content[0].start : content[0].end].root.i in heads


class Speakers:
    """Which mention a source or an addressee is."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._mentions: list[MentionNote] = list(doc._.mentions)
        self._heads: dict[int, int] = {}
        for index, mention in enumerate(self._mentions):
            self._heads.setdefault(mention.head, index)  # sorted by (start, -end): the longest comes first

    def at(self, head: Token | None) -> int | None:
        """The longest mention that `head` heads."""
        return None if head is None else self._heads.get(antecedent(head).i)

    def of(self, report: Report) -> int | None:
        """The mention that speaks: by the source's head, or else the one that its noun phrase ends in.

        The head fails where the parse does; "the firm's former adviser Ana Lopez" still ends in who she is.
        """
        found = self.at(report.speaker)
        if found is not None or not report.source:
            return found
        start = report.source[0].start
        end = self._phrase_end(report.source[0])
        first = bisect_left(self._mentions, start, key=lambda mention: mention.stretch.start)
        near = range(first, min(first + _LOOK, len(self._mentions)))
        ending = next((index for index in near if self._mentions[index].stretch.end == end), None)
        if ending is None or not self._governed(self._mentions[ending], start):
            return ending
        return next((index for index in near if self._apposed(self._mentions[index], end, report.source[0].end)), None)

    def _governed(self, mention: MentionNote, start: int) -> bool:
        """ "The charity's head in Kenya": what a preposition brings in is not who speaks."""
        return mention.stretch.start > start and self._doc[mention.stretch.start].left_edge.nbor(-1).pos_ == "ADP"

    def _apposed(self, mention: MentionNote, comma: int, end: int) -> bool:
        """ "The charity's head in Kenya, Ana Lopez": whom the words behind the comma name."""
        return mention.kind is EntityKind.PERSON and comma < mention.stretch.start and mention.stretch.end <= end

    def _phrase_end(self, source: Stretch) -> int:
        """Where the source's first noun phrase ends: before its first comma, bracket or relative pronoun."""
        for index in range(source.start + 1, source.end):
            token = self._doc[index]
            if token.text in _ENDS or token.tag_ in ("WP", "WDT"):
                return index
        return source.end
