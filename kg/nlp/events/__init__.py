"""kg_events: what happens in a document, with who, where and when, told once however often it is mentioned."""

from __future__ import annotations

from itertools import compress

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import Modality, RoleName, SectionKind
from kg.nlp.annotations import (
    Attribution,
    Happening,
    RoleNote,
    Stretch,
    TimeNote,
    attributions_of,
    section_kinds,
    sections_of,
)
from kg.nlp.events.anchors import anchor
from kg.nlp.events.counting import count
from kg.nlp.events.fillers import Fillers
from kg.nlp.events.merge import merge
from kg.nlp.events.participants import WHERE, RoleFiller
from kg.nlp.events.triggers import Trigger, triggers
from kg.nlp.events.words import event_lexicon
from kg.nlp.events.worth import is_refused, worth_telling
from kg.nlp.modality import Factuality, carried, factuality, modality_lexicon
from kg.nlp.roles import arguments
from kg.nlp.roles.clauses import is_time
from kg.nlp.times import Timeline

_SILENT = (None, SectionKind.DATELINE, SectionKind.BYLINE, SectionKind.BOILERPLATE, SectionKind.CAPTION)


@Language.factory(
    "kg_events",
    assigns=["doc._.happenings"],
    requires=["doc._.document", "doc._.mentions", "doc._.attributions", "doc._.clusters", "doc._.times", "token.dep"],
)
def make_events(nlp: Language, name: str) -> Events:
    """The component that leaves the document's events in ``doc._.happenings``."""
    return Events()


class Events:
    """Finds triggers, fills roles, reads time and factuality, and joins mentions of one event."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.happenings``, by first trigger in text order."""
        doc._.happenings = _Extraction(doc).happenings()
        return doc


class _Extraction:
    """One document's events in the making."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._fillers = Fillers(doc)
        self._sections = section_kinds(doc)
        self._timeline = Timeline(doc)
        sections = list(sections_of(doc))
        lead = next((stretch for kind, stretch in sections if kind is SectionKind.PARAGRAPH), Stretch(0, 0))
        first = doc[lead.start].sent.end if lead.end else 0
        self._lead = Stretch(lead.start, min(lead.end, first))
        self._sayings: set[int] = set()
        self._speech = self._spoken()
        datelines = (stretch for kind, stretch in sections if kind is SectionKind.DATELINE)
        self._filed = next((p for stretch in datelines for p in self._fillers.places_in(stretch)), None)

    def happenings(self) -> list[Happening]:
        found = self._triggers()
        events = {t.token.i: index for index, t in enumerate(found)}
        filler = RoleFiller(self._fillers, events, self._speech)
        made = [self._happening(trigger, filler) for trigger in found]
        worth = [
            worth_telling(trigger, event, self._fillers, self._sayings)
            for trigger, event in zip(found, made, strict=True)
        ]
        count(self._doc, list(compress(zip(found, made, strict=True), worth)), self._fillers)
        told = merge(self._doc, found, made, worth)
        anchor(self._doc, told, found)
        return told

    def _triggers(self) -> list[Trigger]:
        """Triggers outside silent sections; of cues, what is told by saying, which must have a target, and deeds."""
        silent = {i for i, kind in enumerate(self._sections) if kind in _SILENT}
        heads = {a.cue_head for a in attributions_of(self._doc) if a.cue_head is not None}
        cues = {i for a in attributions_of(self._doc) for stretch in a.cue for i in range(*stretch)}
        self._sayings = cues | heads
        words = event_lexicon()
        said, deeds = words.spoken | words.deeds, words.deeds
        return [
            t
            for t in triggers(self._doc, self._fillers, silent)
            if t.token.i not in self._sayings
            or (is_refused(t.token) and t.token.head.i in self._sayings)
            or (t.token.i in heads and t.type in said)
            or (t.carrier is not None and t.carrier.i in heads and t.type in deeds)
        ]

    def _spoken(self) -> dict[int, Attribution]:
        """Token -> innermost statement whose content holds it; wide ones first, so that inner ones win."""
        around: dict[int, Attribution] = {}
        for attribution in sorted(attributions_of(self._doc), key=lambda a: -sum(c.end - c.start for c in a.content)):
            around |= {i: attribution for content in attribution.content for i in range(*content)}
        return around

    def _happening(self, trigger: Trigger, filler: RoleFiller) -> Happening:
        told = self._told(trigger)
        roles, time = filler.roles(trigger), self._time(trigger, told)
        if time is None or self._timeline.recent(time):  # a dateline says where the news is, not what came before it
            roles = roles + self._dateline(trigger, roles)
        return Happening(
            triggers=trigger.tokens,
            type=trigger.type,
            roles=roles,
            time=time,
            polarity=told.polarity,
            modality=told.modality,
        )

    def _dateline(self, trigger: Trigger, roles: list[RoleNote]) -> list[RoleNote]:
        """The place of the dateline, for what the lead tells in its main clause without naming any place."""
        verb = trigger.predicate
        main = verb.dep_ == "ROOT" and verb.i in self._lead and verb.i not in self._speech
        if self._filed is None or not main or any(role.role in WHERE for role in roles):
            return []
        if self._fillers.names_place(self._lead):
            return []
        cluster = self._fillers.cluster(self._filed)
        stretch = self._fillers.stretch(self._filed)
        return [] if cluster is None else [RoleNote(RoleName.PLACE, cluster, stretch, basis="dateline")]

    def _told(self, trigger: Trigger) -> Factuality:
        noun = trigger.noun
        told = carried(noun, trigger.carrier) if trigger.carrier is not None else factuality(noun)
        if trigger.shell is not None and trigger.shell.lemma_.lower() in modality_lexicon().words.tries:
            return told.under("possible")  # "a murder attempt"
        return told

    # --- time ---

    def _time(self, trigger: Trigger, told: Factuality) -> TimeNote | None:
        """Its own time or its clause's; for what is told as going on, the day of the saying or of the document.

        A heading dates nothing: what it tells may be a day old or more, which the text below says.
        """
        own = self._timeline.own(trigger.token) or self._timeline.own(trigger.predicate)
        verb = trigger.predicate
        if own is not None and _of_the_verb(trigger):
            own = None
        if own is not None or _timed_otherwise(verb):
            return own
        found = self._timeline.of(verb)
        if found is not None or told.modality is not Modality.ACTUAL:
            return found
        if verb.pos_ != "VERB" or _background(verb):
            return None
        if verb.i in self._speech:
            return self._timeline.around(verb)
        return self._timeline.today() if _present(verb, lead=verb.i in self._lead) else None


def _present(verb: Token, lead: bool) -> bool:
    """Whether the clause tells of what goes on, or, in the lead, of what has just come about."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lemma_ in ("have", "always") for c in verb.children if c.dep_ in ("aux", "advmod")):
        return False  # "has been falling for years", "has agreed" on some day before
    first = auxiliaries[0] if auxiliaries else verb
    return first.tag_ in ("VBZ", "VBP") and (lead or verb.tag_ == "VBG")


def _of_the_verb(trigger: Trigger) -> bool:
    """ "Plan to join the strike on Friday": the day belongs to what is planned, not to the strike that is on."""
    noun, verb = trigger.token, trigger.token.head
    if trigger.carrier is not None or noun.pos_ != "NOUN" or noun.dep_ != "dobj" or verb.pos_ != "VERB":
        return False
    after = any(c.dep_ in ("prep", "npadvmod") and is_time(_inner(c)) for c in noun.rights)
    definite = any(c.lower_ in ("the", "this", "that") for c in noun.lefts)
    return after and definite and factuality(verb).modality is not Modality.ACTUAL


def _inner(modifier: Token) -> Token:
    """The object of a preposition; any other word is itself."""
    return next((c for c in modifier.children if c.dep_ == "pobj"), modifier)


def _timed_otherwise(verb: Token) -> bool:
    """Whether the clause names a time that could not be resolved ("since the onset of the war")."""
    return any(a.role == "time" and a.function == "oblique" and not a.inherited for a in arguments(verb))


def _background(verb: Token) -> bool:
    """A relative clause in the past perfect tells of what came before."""
    return verb.dep_ == "relcl" and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
