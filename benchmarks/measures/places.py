"""Places on LGL and GeoWebNews: mentions, their coordinates given the mention, and both end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import inf

from benchmarks.corpora.geoparsing import Article, Toponym, geowebnews, lgl
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, exact, kilometres
from benchmarks.report import accuracy, f1, recall
from benchmarks.resolution import people_named, resolve
from benchmarks.system import System, article
from kg.model import Analysis, EntityKind, Geo, MentionKind

NEAR_KM = 161.0
_PLACES = (EntityKind.GPE, EntityKind.PLACE)
_PEOPLE = (EntityKind.GROUP, EntityKind.PERSON)
_KINDS = (MentionKind.NAME, MentionKind.ADJECTIVAL)
_PEOPLES_KINDS = (MentionKind.NAME, MentionKind.NOMINAL)


def place_mentions(analysis: Analysis) -> dict[Offsets, Geo | None]:
    """Spans that name a place, with the gazetteer entry of their entity.

    Both corpora count "Russian" in "Russian troops" as a toponym, so adjectival mentions are in, and "Russians", so
    names of peoples are, with the place whose people it is.
    """
    return _peoples(analysis) | {
        (m.span.begin, m.span.end): entity.geo
        for entity in analysis.entities
        if entity.kind in _PLACES
        for m in entity.mentions
        if m.kind in _KINDS
    }


def _peoples(analysis: Analysis) -> dict[Offsets, Geo | None]:
    """Mentions of people that are a people's name alone."""
    text = analysis.document.text
    spans = [m.span for e in analysis.entities if e.kind in _PEOPLE for m in e.mentions if m.kind in _PEOPLES_KINDS]
    found = {(span.begin, span.end): people_named(span.of(text)) for span in spans}
    return {span: people.geo for span, people in found.items() if people is not None}


def innermost(given: dict[Offsets, Geo | None], span: Offsets) -> Geo | None:
    """Our entry for `span`, else for the longest place in it: "Alberta" for "University of Alberta"."""
    if span in given:
        return given[span]
    held = [(begin - end, begin) for begin, end in given if span[0] <= begin and end <= span[1]]
    for size, begin in sorted(held):
        if geo := given[begin, begin - size]:
            return geo
    return None


def off(geo: Geo | None, toponym: Toponym) -> float:
    """Kilometres from the entry to the gold coordinates; infinite where either is missing."""
    if geo is None or toponym.coordinates is None:
        return inf
    return kilometres((geo.lat, geo.lon), toponym.coordinates)


def near(geo: Geo | None, toponym: Toponym) -> bool:
    """Whether the entry lies within 161 km of the gold coordinates."""
    return off(geo, toponym) <= NEAR_KM


class _Score:
    """Counts of one run over a corpus."""

    def __init__(self) -> None:
        self.mentions = self.resolved = Counts()
        self.located = self.near = self.same = 0
        self.usage: dict[str, tuple[int, int]] = {}

    def add(self, item: Article, given: dict[Offsets, Geo | None], sheet: Sheet) -> None:
        gold = {toponym.span: toponym for toponym in item.toponyms}
        self.mentions += exact(set(gold), set(given))
        sheet.differ("mention", item.name, item.text, gold, given)
        placed = {span for span, toponym in gold.items() if toponym.coordinates}
        counted = {span for span in given if span in placed or span not in gold}
        right = {span for span in placed & counted if near(given[span], gold[span])}
        self.resolved += Counts.matched(len(placed), len(counted), len(right))
        for toponym in item.toponyms:
            found, total = self.usage.get(toponym.usage, (0, 0))
            self.usage[toponym.usage] = found + (toponym.span in given), total + 1

    def add_given(self, item: Article, given: dict[Offsets, Geo | None], sheet: Sheet) -> None:
        """Score the reading of the gold mentions."""
        names = [item.text[slice(*toponym.span)] for toponym in item.toponyms]
        own = [innermost(given, toponym.span) for toponym in item.toponyms]
        elsewhere = [geo for geo in given.values() if geo]
        for toponym, geo in zip(item.toponyms, resolve(names, own, elsewhere), strict=True):
            if toponym.coordinates is None:
                continue
            self.located += 1
            self.near += near(geo, toponym)
            self.same += near(geo, toponym) or (geo is not None and geo.id == toponym.id)
            if not near(geo, toponym):
                note = _where(geo, toponym) if geo else "not in the gazetteer"
                sheet.note("wrong", "coordinates", item.name, item.text, toponym.span, note)

    def report(self, sheet: Sheet) -> None:
        sheet.figures += [
            f1("mentions", self.mentions),
            accuracy("within 161 km, gold mentions", self.near, self.located),
            accuracy("within 161 km or the same entry, gold mentions", self.same, self.located),
            f1("mention and within 161 km", self.resolved),
        ]
        if len(self.usage) > 1:
            sheet.figures += [recall(f"mentions: {usage}", *self.usage[usage]) for usage in sorted(self.usage)]


def _where(geo: Geo, toponym: Toponym) -> str:
    same = ", the same entry" if geo.id == toponym.id else ""
    return f"{geo.name}, {geo.region or geo.country}, {off(geo, toponym):,.0f} km off{same}"


def _run(read: Callable[[], Iterator[Article]], system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(read())
    score = _Score()
    analyses = system.records(article(g.name, g.text, g.date) for g in gold)
    for item, analysis in zip(gold, analyses, strict=True):
        given = place_mentions(analysis)
        score.add(item, given, sheet)
        score.add_given(item, given, sheet)
    score.report(sheet)


MEASURES = (
    Measure("geowebnews", "GeoWebNews, all toponym categories", partial(_run, geowebnews)),
    Measure("lgl", "Local-Global Lexicon", partial(_run, lgl)),
)
