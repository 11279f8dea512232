"""LGL and GeoWebNews: place names in news with their coordinates."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpora import locate, read_exact
from benchmarks.metrics import Offsets

# The categories that the corpus' authors count as toponyms when they score taggers; the others mark
# common nouns ("city", "province") and names that are no places.
TOPONYMS = frozenset(
    {
        "Literal",
        "Literal_Modifier",
        "Mixed",
        "Coercion",
        "Embedded_Literal",
        "Metonymic",
        "Non_Literal_Modifier",
        "Embedded_Non_Lit",
        "Demonym",
        "Homonym",
        "Language",
    }
)
Coordinates = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text; without coordinates where the gold gives none, with GeoNames id 0 likewise."""

    span: Offsets
    usage: str
    coordinates: Coordinates | None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its place names and, where known, its day (ISO)."""

    name: str
    text: str
    toponyms: tuple[Toponym, ...]
    date: str = ""


def lgl() -> Iterator[Article]:
    """The Local-Global Lexicon's articles."""
    for article in ET.parse(locate("geoparsing", "lgl.xml")).getroot().iterfind("article"):
        toponyms = []
        for entry in article.iterfind("toponyms/toponym"):
            span = int(_text(entry, "start")), int(_text(entry, "end"))
            tag = entry.find("gaztag")
            where = (float(_text(tag, "lat")), float(_text(tag, "lon"))) if tag is not None else None
            number = int(tag.get("geonameid", "0")) if tag is not None else 0
            toponyms.append(Toponym(span, "", where, number))
        name = f"lgl-{article.get('docid')}"
        yield Article(name, _text(article, "text"), tuple(toponyms), _text(article, "dltime")[:10])


def geowebnews() -> Iterator[Article]:
    """GeoWebNews' articles: spans from the brat files, coordinates by GeoNames id from GWN.xml.

    The first line ("TITLE: ... LINK: ...") belongs to the corpus and is not annotated: it is left out.
    """
    places = _coordinates()
    folder = locate("geoparsing", "GeoWebNews")
    for path in sorted(folder.glob("*.txt"), key=lambda p: int(p.stem)):
        text = read_exact(path)
        start = text.index("\n") + 1 if text.startswith("TITLE:") else 0
        notes = read_exact(path.with_suffix(".ann")).splitlines()
        yield Article(f"gwn-{path.stem}", text[start:], tuple(_toponyms(notes, places, start)))


def _toponyms(lines: list[str], places: dict[str, Coordinates], start: int) -> Iterator[Toponym]:
    fields = [line.split("\t") for line in lines]
    ids = {f[1].split()[1]: f[2].strip() for f in fields if f[0].startswith("#") and len(f) > 2}
    spans: list[tuple[Offsets, str, str]] = []
    for key, note, *_ in (field for field in fields if field[0].startswith("T")):
        usage, begin, end = note.split()
        if usage in TOPONYMS and int(begin) >= start:
            spans.append(((int(begin) - start, int(end) - start), usage, key))
    for span, usage, key in sorted(spans):
        number = ids.get(key, "")
        yield Toponym(span, usage, places.get(number), int(number) if number.isdigit() else 0)


def _coordinates() -> dict[str, Coordinates]:
    found = {}
    for entry in ET.parse(locate("geoparsing", "GWN.xml")).getroot().iter("toponym"):
        number = _text(entry, "geonamesID").strip()  # streets and buildings have none: they would share one place
        if number and entry.findtext("latitude") and entry.findtext("longitude"):
            where = float(_text(entry, "latitude")), float(_text(entry, "longitude"))
            found[number] = where
    return found


def _text(node: ET.Element, tag: str) -> str:
    return node.findtext(tag) or ""
