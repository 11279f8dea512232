"""Name spans to mentions: kinds settled, titles and countries filled in, places put in their likeliest order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg import lexicon
from kg.gazetteer import Candidate, Context, Gazetteer, disambiguate
from kg.ids import fold
from kg.model import EntityKind, Geo, MentionKind
from kg.nlp.annotations import MentionNote, Stretch
from kg.nlp.entities.kinds import Roster, mend_heading, place_kind, settle
from kg.nlp.entities.namespans import NameSpan, Origin
from kg.nlp.entities.persons import find_missed_persons
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.toponyms import find_missed, governing_region, region_named, region_noun, stands_for_government
from kg.nlp.entities.wordlists import Names, Titles, given_names

_INNER_RANK = 6.0  # of a country or region that a body's name may hold
_INNER_TOWN_RANK = 7.5  # of a town
_KEPT_PLACES = 5  # candidates kept with a mention
_PLACES = frozenset({EntityKind.PLACE, EntityKind.GPE})
_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE})


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

    def notes(self, names: list[NameSpan]) -> Iterator[MentionNote]:
        """Name mentions, those inside others included, in no particular order."""
        settled = self._settle(names)
        context = self._context(settled)
        within = self._within(settled)
        for one in settled:
            yield from self._note(one, context, within)

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

    def _people(self, text: str) -> bool:
        """Whether the name is a people's or its adjective, which `kg.nlp.entities.peoples` reads."""
        people = self.gazetteer.people
        return (people(text) or people(text.removesuffix("s"))) is not None

    def _context(self, settled: list[Settled]) -> Context:
        peoples = {
            self.gazetteer.demonym(self.words.text[i]) for i, label in enumerate(self.words.label) if label == "NORP"
        }
        return Context.of({one.folded: one.candidates for one in settled}, peoples - {""})

    def _within(self, settled: list[Settled]) -> dict[str, Geo]:
        """For a name that "X, Y" places somewhere in the document, that Y."""
        found: dict[str, Geo] = {}
        for one, other in pairwise(settled):
            comma = other.name.start == one.name.end + 1 and self.words.text[one.name.end] == ","
            if comma and one.candidates and other.candidates:
                inner, outer = one.candidates[0].geo, other.candidates[0].geo
                if outer.level != "town" and (inner.level != outer.level or bool(inner.region) > bool(outer.region)):
                    found.setdefault(one.folded, outer)
        return found

    def _note(self, one: Settled, context: Context, within: dict[str, Geo]) -> Iterator[MentionNote]:
        words, name = self.words, one.name
        stretch = Stretch(name.start, name.end)
        note = MentionNote(stretch, words.head_of(stretch), MentionKind.NAME, one.kind, words.surface(*stretch))
        if one.candidates:
            ranked = disambiguate(one.folded, one.candidates, context, within.get(one.folded))
            note.places = tuple(c.geo for c in ranked[:_KEPT_PLACES] if c.located)
            note.country = ranked[0].geo.country
            note.kind = place_kind(ranked[0]) if one.kind in _PLACES else one.kind
        if name.known is not None:
            note.known, note.country, note.gender = name.known.key, name.known.country, name.known.gender
        if note.kind is EntityKind.PERSON:
            self._person(note, name)
        elif note.kind in _BODIES:
            yield from self._inner(note, context)
        self._metonym(note, name)
        yield note

    def _person(self, note: MentionNote, name: NameSpan) -> None:
        titles = lexicon.load("titles", Titles)
        parts = name.title.split()
        honorific = next((titles.honorifics[p.lower()] for p in parts if p.lower() in titles.honorifics), "")
        given = given_names().get(self.words.text[name.start], "") if len(name) > 1 else ""  # "Clinton" is a surname
        note.gender = note.gender or honorific or given
        note.title = " ".join(p for p in parts if p.lower() not in titles.honorifics)

    def _inner(self, note: MentionNote, context: Context) -> Iterator[MentionNote]:
        """The country or region inside a body's name is a mention of its own: "Russia's Defense Ministry", "Texas
        Department of Health", "Supreme Court of India".
        """
        words = self.words
        start, end = note.stretch
        for low, high in self._places_inside(start, end):
            text = words.surface(low, high)
            candidates = disambiguate(fold(text), self.gazetteer.candidates(fold(text)), context)[:1]
            least = _INNER_RANK if candidates and candidates[0].geo.level != "town" else _INNER_TOWN_RANK
            if candidates and candidates[0].rank > least:
                geo, kind = candidates[0].geo, place_kind(candidates[0])
                note.country = note.country or geo.country
                places = (geo,) if candidates[0].located else ()
                inner = MentionNote(Stretch(low, high), high - 1, MentionKind.NAME, kind, text, geo.country, places)
                self._metonym(inner, NameSpan(low, high, Origin.PATTERN))
                yield inner
                return
        note.country = note.country or self.gazetteer.demonym(words.text[start])

    def _places_inside(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a body's name may hold a place: before "'s"; of a public body also in front and behind "of"."""
        words = self.words
        mark = next((i for i in range(start, end) if words.text[i] in {"'s", "'"}), -1)
        if mark > start:
            yield start, mark
            return
        names = lexicon.load("names", Names)
        if not any(words.text[i] in names.public for i in range(start, end)):
            return
        preposition = next((i for i in range(end - 1, start, -1) if words.text[i] == "of"), -1)
        if preposition > start:
            yield (preposition + 2 if words.text[preposition + 1] == "the" else preposition + 1), end
        if words.lower[start] not in names.places.kinds_before:  # "East African Court"
            yield from ((start, stop) for stop in range(min(end - 1, start + 3), start, -1))

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
