"""Accounts: each event as one voice tells it, with what it can be compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from kg.model import Analysis, Event, Modality, Polarity, Quantity, Ref, RoleName, Span, Statement, Time
from kg.resolve.comparisons.oppositions import Oppositions, Side
from kg.resolve.comparisons.parties import Cast, Party
from kg.resolve.comparisons.spells import Spell, assumed, spell

BEFORE, AFTER = 3, 6  # words of the text that are shown on either side of the one that tells the event

_WORD = re.compile(r"\S+")
_QUOTES = re.compile('[“”"]')
_COMPARABLE = (Modality.ACTUAL, Modality.FUTURE)
_PERFECT = ["to", "have"]  # "claimed to have won": put forward as past, whatever the mood of the infinitive
_DOERS = (RoleName.AGENT,)
_TARGETS = (RoleName.PATIENT, RoleName.RECIPIENT)
_OWN = "argument"
_SITES = (RoleName.PLACE, RoleName.ORIGIN)


class Account(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One voice's telling of one event."""

    ref: Ref  # of the event where the publisher narrates it, else of the statement
    event: str  # id of the event in its document
    type: str
    lemma: str
    numbers: tuple[Quantity, ...]  # those that count or measure something nameable
    voice: str  # canonical key of the speaker, or the outlet; "" where the text names no source
    teller: str  # the voice as a reader knows it
    known: bool  # whether the voice has a name, so that it can be told from another
    nation: str  # the country that the voice is or belongs to, "" when unknown
    topics: frozenset[str]  # what it counts as
    steps: frozenset[str]  # the groups of like words that its word is in
    opposed: frozenset[Side]  # the oppositions that its word is told in
    words: str  # the trigger with some words around it
    word: str  # the trigger alone, lower case
    negated: bool  # told as not having happened: negated, or put forward by one only to deny it
    denying: bool  # put forward by one who denies it
    actual: bool
    leading: bool  # the first event that the statement tells: what it is about, not a thing taken for granted
    spell: Spell | None  # when it happened: by the event, else the saying, else the document
    told: Spell | None  # when it was told
    sites: Party
    located: frozenset[str]  # the sites that its own clause names
    doers: Party
    targets: Party
    causes: frozenset[str]  # types of the events that brought it about
    position: int  # where the text tells it
    outer: frozenset[str]  # statements around this one, and this one
    story: str  # key of the occurrence that it was found to tell of, "" where it is told of only once


def accounts(
    analysis: Analysis, keys: Mapping[Ref, str], stories: Mapping[Ref, str], words: Oppositions
) -> Iterator[Account]:
    """Every account of what happened or is planned; `keys` are those of the entities, `stories` those of the events."""
    teller = _Teller(analysis, keys, stories, words)
    for event in analysis.events:
        if event.narrated:
            yield from teller.narrated(event)
        for identifier in event.within:
            yield from teller.claimed(event, teller.statements[identifier])


class _Teller:
    """Reads the accounts of one document."""

    def __init__(
        self, analysis: Analysis, keys: Mapping[Ref, str], stories: Mapping[Ref, str], words: Oppositions
    ) -> None:
        self.document = analysis.document
        self.stories = stories
        self.statements = {statement.id: statement for statement in analysis.statements}
        self.cast = Cast(analysis, keys)
        self.words = words
        self.types = {event.id: event.type for event in analysis.events}
        self.first = _first(analysis, words)

    def narrated(self, event: Event) -> Iterator[Account]:
        """What the outlet tells itself."""
        if event.modality in _COMPARABLE:
            yield self._account(event)

    def claimed(self, event: Event, statement: Statement) -> Iterator[Account]:
        """What one statement puts forward or denies."""
        words, trigger = self.words, _trigger(event, statement)
        if statement.polarity != Polarity.AFFIRMED or statement.stance not in words.stances or trigger is None:
            return
        around = [self.statements[i] for i in statement.within if i in self.statements]
        if self._borrowed(trigger, statement) or _passed_on(event, statement, self.statements):
            return
        content = statement.content[0].of(self.document.text)
        if words.answers.referring(content):
            return
        if words.stances[statement.stance] and not (_clause(content) or self._subject(event, statement, trigger)):
            return
        quoted = any(words.stances.get(outer.stance) for outer in around)  # put forward, for another to deny
        text = self.document.text
        asserted = quoted or statement.content[0].of(text).split()[:2] == _PERFECT
        if event.modality not in _COMPARABLE and not asserted:
            return
        negated = event.polarity == Polarity.NEGATED and not quoted
        speaker = self.cast.entities.get(statement.speaker)
        yield msgspec.structs.replace(
            self._account(event, statement, trigger),
            ref=Ref(self.document.id, statement.id),
            voice=self.cast.key(statement.speaker) if speaker else "",
            teller=speaker.label if speaker else "an unnamed source",
            known=speaker is not None and self.cast.known(speaker),
            nation=speaker.country if speaker else "",
            negated=negated or words.stances[statement.stance],
            denying=words.stances[statement.stance],
            actual=asserted or event.modality == Modality.ACTUAL,
            leading=self.first.get(statement.id) == trigger,
            outer=frozenset((statement.id, *statement.within)),
        )

    def _account(self, event: Event, statement: Statement | None = None, trigger: Span | None = None) -> Account:
        outlet, trigger = self.document.publisher or self.document.id, trigger or event.triggers[0]
        word = trigger.of(self.document.text).lower()
        holder = statement.content if statement else (event.sentence,)
        doers, targets = (self.cast.party(event, roles) for roles in (_DOERS, _TARGETS))
        told = (statement and spell(statement.time)) or spell(Time(value=self.document.date))
        ref = Ref(self.document.id, event.id)
        return Account(
            ref=ref,
            event=event.id,
            type=event.type,
            lemma=event.lemma,
            numbers=tuple(q for q in event.quantities if q.counts or q.unit),
            voice=outlet,
            teller=outlet,
            known=True,
            nation="",
            topics=self.words.topics_of(event, word),
            steps=self.words.steps(event, doers.forces or targets.forces),
            opposed=self.words.told_in(event),
            words=_shown(self.document.text, trigger, holder),
            word=word,
            negated=event.polarity == Polarity.NEGATED,
            denying=False,
            actual=event.modality == Modality.ACTUAL,
            leading=True,
            spell=spell(event.time, told) or assumed(told),
            told=told,
            sites=self.cast.places(event.roles, _SITES),
            located=self.cast.places((r for r in event.roles if r.basis == _OWN), _SITES).keys,
            doers=doers,
            targets=targets,
            causes=frozenset(self.types[r.filler] for r in event.roles if r.filler in self.types),
            position=trigger.begin,
            outer=frozenset(),
            story=self.stories.get(ref, ""),
        )

    def _subject(self, event: Event, statement: Statement, trigger: Span) -> bool:
        """Whether somebody stands before the trigger as its subject: "denied the guards had fired"."""
        begin = statement.content[0].begin
        before = self.document.text[begin : trigger.begin].replace("’", "'").split()
        bound = any(word == "of" or word.endswith(("'s", "s'")) for word in before)
        return not bound and any(begin <= r.span.begin and r.span.end <= trigger.begin for r in event.roles)

    def _borrowed(self, trigger: Span, statement: Statement) -> bool:
        """Whether the words are not the speaker's: what "called the retreat a regrouping" speaks of."""
        text = self.document.text
        if not statement.cue or statement.cue[0].of(text).lower() not in self.words.naming:
            return False
        begin = statement.content[0].begin
        before = text[begin : trigger.begin]
        named = " as " in f" {before.lower()} " if " as " in statement.content[0].of(text) else ""
        return not named and self.first.get(statement.id) == trigger


def _first(analysis: Analysis, words: Oppositions) -> dict[str, Span]:
    """The first trigger of each statement; what the outlet tells too, or what only leads to the next, comes last."""
    found: dict[str, tuple[bool, Span]] = {}
    statements = {statement.id: statement for statement in analysis.statements}
    for event in analysis.events:
        for identifier in event.within:
            trigger = _trigger(event, statements[identifier])
            if trigger is not None:
                rank = (event.narrated or event.type in words.light, trigger)
                found[identifier] = min(rank, found.get(identifier, rank))
    return {identifier: trigger for identifier, (_, trigger) in found.items()}


def _trigger(event: Event, statement: Statement) -> Span | None:
    """The word by which this statement tells of the event."""
    inside = (t for t in event.triggers if any(part.contains(t) for part in statement.content))
    return next(inside, None)


def _clause(content: str) -> bool:
    """Whether a content says what is denied, as "that it fell" and "hiding it" do and "the fall" does not."""
    first = next(iter(content.lower().split()), "").strip("“”\"'")
    return first == "that" or first.endswith("ing")


def _passed_on(event: Event, statement: Statement, statements: Mapping[str, Statement]) -> bool:
    """Whether a statement inside this one tells the event, so that this one only passes it on."""
    return any(statement.id in statements[i].within for i in event.within)


def _shown(text: str, trigger: Span, holder: tuple[Span, ...]) -> str:
    """The trigger with some words before and after, inside what is told, on one line."""
    part = next((span for span in holder if span.contains(trigger)), trigger)
    spoken = [(word.end() + part.begin, word.group()) for word in _WORD.finditer(part.of(text))]
    at = next((n for n, (end, _) in enumerate(spoken) if end > trigger.begin), 0)
    shown = " ".join(word for _, word in spoken[max(0, at - BEFORE) : at + AFTER + 1])
    return _QUOTES.sub("", shown).strip("',;: ")
