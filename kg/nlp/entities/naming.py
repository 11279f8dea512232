"""Name spans to mentions: kinds settled, titles and countries filled in, places put in their likeliest order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg import lexicon
from kg.gazetteer import Candidate, Context, Gazetteer, disambiguate
from kg.ids import fold
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote, Stretch
from kg.nlp.entities.containment import Containment, contained
from kg.nlp.entities.inner import place_inside
from kg.nlp.entities.kinds import Roster, mend_heading, place_kind, settle
from kg.nlp.entities.namespans import NameSpan
from kg.nlp.entities.persons import find_missed_persons
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.toponyms import find_missed, governing_region, region_named, region_noun, stands_for_government
from kg.nlp.entities.wordlists import Names, Titles, given_names

_KEPT_PLACES = 5  # candidates kept with a mention
_PLACES = frozenset({EntityKind.PLACE, EntityKind.GPE})
_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE})
_HOLDERS = _PLACES | _BODIES  # whose names may hold a place's name


@dataclass(slots=True)
class Settled:
    """A name whose kind is known, with its place candidates."""

    name: NameSpan
    kind: EntityKind
    candidates: tuple[Candidate, ...]
    folded: str


class Naming:
    """Turns the name spans of one document into mentions."""

    def __init__(self, words: Words, gazetteer: Gazetteer) -> None:
        self.words = words
        self.gazetteer = gazetteer
        self._contained = Containment()

    def notes(self, names: list[NameSpan]) -> Iterator[MentionNote]:
        """Name mentions, those inside others included, in no particular order."""
        settled = self._settle(names)
        self._contained = contained(self.words, settled)
        inner = self._inner(settled)
        context = self._context([*settled, *inner.values()])
        for one in settled:
            note = self._note(one, context)
            place = inner.get(one.name.start)
            if place is not None:
                held = self._note(place, context)
                note.country = note.country or held.country
                yield held
            elif note.kind in _BODIES:
                note.country = note.country or self.gazetteer.demonym(self.words.text[one.name.start])
            yield note

    def _settle(self, names: list[NameSpan]) -> list[Settled]:
        words, gazetteer = self.words, self.gazetteer
        roster = Roster.of(words, names, gazetteer)
        settled = [one for name in names if (one := self._settled(name, roster))]
        taken = {i for one in settled for i in range(one.name.start, one.name.end)}
        seen = {one.folded for one in settled if one.candidates}
        missed = list(find_missed(words, gazetteer, taken, roster, seen))
        taken |= {i for name in missed for i in range(name.start, name.end)}
        missed += find_missed_persons(words, taken, roster)
        settled += [one for name in missed if (one := self._settled(name, roster))]
        return sorted(settled, key=lambda one: one.name.start)

    def _settled(self, name: NameSpan, roster: Roster) -> Settled | None:
        mend_heading(self.words, name, roster)
        self._bare(name)
        text = self.words.surface(name.start, name.end)
        kind, candidates = settle(self.words, name, roster, self.gazetteer)
        if kind is None or (name.known is None and self._people(text)):
            return None
        noun = region_noun(self.words, name.end) if candidates else ""
        start, end = name.start, name.end
        governing = noun or (governing_region(self.words, start, end) if candidates else "")
        regions = region_named(self.words, start, end, governing, self.gazetteer) if governing else ()
        if regions:
            kind, candidates = EntityKind.GPE, regions
            name.end += bool(noun)
        roster.placed |= set(range(start, end)) if candidates else set()
        return Settled(name, kind, candidates, fold(text))

    def _bare(self, name: NameSpan) -> None:
        """Cut "City of", "Northern" and "East" off a place's name where the gazetteer knows only the rest."""
        words, places = self.words, lexicon.load("names", Names).places
        if name.known is not None or name.kind not in {None, EntityKind.PLACE} or name.label == "PERSON":
            return
        first = words.text[name.start]
        formal = first in places.of and words.text[name.start + 1] == "of"
        cut = 2 if formal else 1 if first in places.directions | places.compass else 0
        while not formal and 0 < cut < len(name) and words.text[name.start + cut] in places.compass:
            cut += 1  # "North West Bicester"
        known = self.gazetteer.candidates
        if not 0 < cut < len(name) or not known(words.folded(name.start + cut, name.end)):
            return
        if formal or not known(words.folded(name.start, name.end)):
            name.start += cut

    def _people(self, text: str) -> bool:
        """Whether the name is a people's or its adjective, which `kg.nlp.entities.peoples` reads."""
        people = self.gazetteer.people
        return (people(text) or people(text.removesuffix("s"))) is not None

    def _context(self, settled: list[Settled]) -> Context:
        words, demonym = self.words, self.gazetteer.demonym
        peoples = {demonym(words.text[i]) for i in words.capitals if words.label[i] != "PERSON"}
        names = {one.folded: one.candidates for one in settled}
        return Context.of(names, peoples - {""}, self._contained.within)

    def _note(self, one: Settled, context: Context) -> MentionNote:
        words, name = self.words, one.name
        stretch = Stretch(name.start, name.end)
        note = MentionNote(stretch, words.head_of(stretch), MentionKind.NAME, one.kind, words.surface(*stretch))
        if one.candidates:
            ranked = self._ranked(one, context)
            note.places = tuple(c.geo for c in ranked[:_KEPT_PLACES] if c.located)
            note.country = ranked[0].geo.country
            note.kind = place_kind(ranked[0]) if one.kind in _PLACES else one.kind
        if name.known is not None:
            note.known, note.country, note.gender = name.known.key, name.known.country, name.known.gender
        if note.kind is EntityKind.PERSON:
            self._person(note, name)
        self._metonym(note, name)
        return note

    def _ranked(self, one: Settled, context: Context) -> list[Candidate]:
        ranked = disambiguate(one.folded, one.candidates, context, self._contained.within.get(one.folded))
        spelt = self._contained.spelt.get(one.name.start)
        return ranked if spelt is None else sorted(ranked, key=lambda candidate: candidate.geo != spelt)

    def _person(self, note: MentionNote, name: NameSpan) -> None:
        titles = lexicon.load("titles", Titles)
        parts = name.title.split()
        honorific = next((titles.honorifics[p.lower()] for p in parts if p.lower() in titles.honorifics), "")
        given = given_names().get(self.words.text[name.start], "") if len(name) > 1 else ""  # "Clinton" is a surname
        note.gender = note.gender or honorific or given
        note.title = " ".join(p for p in parts if p.lower() not in titles.honorifics)

    def _inner(self, settled: list[Settled]) -> dict[int, Settled]:
        """By the first token of a body's or building's name, the place inside it, a mention of its own."""
        seen = {one.folded for one in settled if one.candidates}
        found: dict[int, Settled] = {}
        for one in settled:
            if one.candidates or one.name.seat or one.kind not in _HOLDERS or len(one.name) < 2:
                continue
            body = one.kind in _BODIES
            inner = place_inside(self.words, one.name.start, one.name.end, self.gazetteer, seen, body)
            if inner is not None:
                name, candidates = inner
                folded = self.words.folded(name.start, name.end)
                found[one.name.start] = Settled(name, place_kind(candidates[0]), candidates, folded)
        return found

    def _metonym(self, note: MentionNote, name: NameSpan) -> None:
        """A palace always stands for its government, a capital where the grammar says so."""
        code = name.seat
        if not code and note.kind in _PLACES and note.places and note.places[0].level != "country":
            capital = self.gazetteer.capital_of(note.name)
            if capital == note.places[0].country and stands_for_government(self.words, name.start, name.end):
                code = capital
        country = self.gazetteer.country(code) if code else None
        if country is not None:
            note.kind, note.metonym, note.country, note.places = EntityKind.GPE, True, code, (country,)
