"""Quantities of events: the text, the trigger of the event that the quantity belongs to, and what it says.

Expected is (value, minimum, maximum, unit, counted); "" as the trigger means that the text holds no quantity at all.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import annotate
from kg.nlp.annotations import Happening, QuantityNote

Expected = tuple[float | None, float | None, float | None, str, str]


def exactly(value: float, counts: str = "", unit: str = "") -> Expected:
    return value, None, None, unit, counts


def at_least(value: float, counts: str = "", unit: str = "") -> Expected:
    return None, value, None, unit, counts


def at_most(value: float, counts: str = "", unit: str = "") -> Expected:
    return None, None, value, unit, counts


def between(low: float, high: float, counts: str = "", unit: str = "") -> Expected:
    return None, low, high, unit, counts


CASES: list[tuple[str, str, Expected]] = [
    ("The blast killed twelve people.", "killed", exactly(12, "people")),
    ("The blast killed at least 12 people and wounded 30.", "killed", at_least(12, "people")),
    ("The blast killed at least 12 people and wounded 30.", "wounded", exactly(30, "people")),
    ("The blast killed 12 people and wounded at least 30 others.", "wounded", at_least(30, "others")),
    ("Twelve people were killed and 30 injured in the blast.", "killed", exactly(12, "people")),
    ("Twelve people were killed and 30 injured in the blast.", "injured", exactly(30, "people")),
    ("Some 200 miners were rescued.", "rescued", exactly(200, "miners")),
    ("About 1,500 residents fled the town.", "fled", exactly(1500, "residents")),
    ("More than 1,300 residents fled the town.", "fled", at_least(1300, "residents")),
    ("Over 1,300 residents fled the town.", "fled", at_least(1300, "residents")),
    ("No fewer than 40 residents fled the town.", "fled", at_least(40, "residents")),
    ("Upwards of 40 residents fled the town.", "fled", at_least(40, "residents")),
    ("Fewer than 40 residents fled the town.", "fled", at_most(40, "residents")),
    ("Up to 40 residents fled the town.", "fled", at_most(40, "residents")),
    ("As many as 40 residents fled the town.", "fled", at_most(40, "residents")),
    ("Nearly 40 residents fled the town.", "fled", at_most(40, "residents")),
    ("Between 50 and 60 residents fled the town.", "fled", between(50, 60, "residents")),
    ("From 50 to 60 residents fled the town.", "fled", between(50, 60, "residents")),
    ("Fifty to sixty residents fled the town.", "fled", between(50, 60, "residents")),
    ("50-60 residents fled the town.", "fled", between(50, 60, "residents")),
    ("Two or three residents fled the town.", "fled", between(2, 3, "residents")),
    ("Dozens of residents fled the town.", "fled", at_least(12, "residents")),
    ("Scores of residents fled the town.", "fled", at_least(20, "residents")),
    ("Hundreds of residents fled the town.", "fled", at_least(100, "residents")),
    ("Thousands of residents fled the town.", "fled", at_least(1000, "residents")),
    ("Tens of thousands of residents fled the town.", "fled", at_least(10000, "residents")),
    ("Hundreds of thousands of residents fled the town.", "fled", at_least(100000, "residents")),
    ("A dozen residents fled the town.", "fled", exactly(12, "residents")),
    ("Two dozen residents fled the town.", "fled", exactly(24, "residents")),
    ("Several thousand residents fled the town.", "fled", at_least(2000, "residents")),
    ("A million residents fled the town.", "fled", exactly(1e6, "residents")),
    ("Half a million residents fled the town.", "fled", exactly(5e5, "residents")),
    ("One and a half million residents fled the town.", "fled", exactly(1.5e6, "residents")),
    ("An estimated 1.2 million residents fled the town.", "fled", exactly(1.2e6, "residents")),
    ("5 to 7 million residents fled the town.", "fled", between(5e6, 7e6, "residents")),
    ("One in five residents fled the town.", "fled", exactly(0.2, "residents", "share")),
    ("Two-thirds of the residents fled the town.", "fled", exactly(2 / 3, "residents", "share")),
    ("Two thirds of the residents fled the town.", "fled", exactly(2 / 3, "residents", "share")),
    ("A third of the residents fled the town.", "fled", exactly(1 / 3, "residents", "share")),
    ("A quarter of the residents fled the town.", "fled", exactly(0.25, "residents", "share")),
    ("Three quarters of the residents fled the town.", "fled", exactly(0.75, "residents", "share")),
    ("Half of the residents fled the town.", "fled", exactly(0.5, "residents", "share")),
    ("Nearly half of the residents fled the town.", "fled", at_most(0.5, "residents", "share")),
    ("More than half of the residents fled the town.", "fled", at_least(0.5, "residents", "share")),
    ("About 40 percent of residents fled the town.", "fled", exactly(40, "residents", "%")),
    ("Some 40% of residents fled the town.", "fled", exactly(40, "residents", "%")),
    ("40 per cent of residents fled the town.", "fled", exactly(40, "residents", "%")),
    ("The firm bought its rival for $3.5bn.", "bought", exactly(3.5e9, "", "USD")),
    ("The firm bought its rival for $3.5 billion.", "bought", exactly(3.5e9, "", "USD")),
    ("The firm bought its rival for €300m in cash.", "bought", exactly(3e8, "", "EUR")),
    ("The firm bought its rival for £40,000.", "bought", exactly(40000, "", "GBP")),
    ("The firm bought its rival for 300 million euros.", "bought", exactly(3e8, "", "EUR")),
    ("The firm bought its rival for US$50 million.", "bought", exactly(5e7, "", "USD")),
    ("The firm bought its rival for between $5 million and $7 million.", "bought", between(5e6, 7e6, "", "USD")),
    ("Egypt imported 1.2 million tonnes of wheat.", "imported", exactly(1.2e6, "wheat", "t")),
    ("Troops captured 2,000 square kilometres of territory.", "captured", exactly(2000, "territory", "km²")),
    ("Troops captured 2,000 sq km of territory.", "captured", exactly(2000, "territory", "km²")),
    ("Troops captured more than twenty villages.", "captured", at_least(20, "villages")),
    ("Troops captured twenty-one villages.", "captured", exactly(21, "villages")),
    ("Troops captured 21 villages and 300 soldiers.", "captured", exactly(300, "soldiers")),
    ("Germany raised its tariffs 12 percent.", "raised", exactly(12, "", "%")),
    ("Germany raised its tariffs by 2.5% in May.", "raised", exactly(2.5, "", "%")),
    ("A magnitude 6.1 earthquake struck the island.", "struck", exactly(6.1, "", "magnitude")),
    ("Poland handed over ten tanks to Ukraine.", "handed", exactly(10, "tanks")),
    ("Police arrested one man.", "arrested", exactly(1, "man")),
    ("The strike killed a woman and her two children.", "killed", exactly(2, "children")),
    ("The strike killed 100 to 150 soldiers.", "killed", between(100, 150, "soldiers")),
    ("The strike killed 3 or more soldiers.", "killed", at_least(3, "soldiers")),
    ("The strike killed 30 soldiers or so.", "killed", exactly(30, "soldiers")),
    ("Ninety-nine soldiers died.", "died", exactly(99, "soldiers")),
    ("The strike killed the two soldiers.", "", (None, None, None, "", "")),
    ("The strike killed him in 2019.", "", (None, None, None, "", "")),
    ("The strike killed the second soldier.", "", (None, None, None, "", "")),
    ("One of the soldiers died.", "", (None, None, None, "", "")),
    ("The strike killed the 40-year-old mayor on Monday.", "", (None, None, None, "", "")),
]


@pytest.fixture(scope="module")
def docs(nlp: Language) -> dict[str, Doc]:
    """Every text of the table analysed once."""
    texts = sorted({text for text, _, _ in CASES})
    documents = (
        Document(
            id=f"d{n}", text=t, date="2022-09-11", sections=(Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(t))),)
        )
        for n, t in enumerate(texts)
    )
    return dict(zip(texts, annotate(nlp, documents, 64), strict=True))


def told(note: QuantityNote) -> Expected:
    """A quantity as the table writes it, fractions rounded."""
    value = round(note.value, 3) if note.value is not None else None
    return value, note.minimum, note.maximum, note.unit, note.counts


def quantities_of(doc: Doc, trigger: str) -> list[Expected]:
    """The quantities of the event that `trigger` names; of every event where that is empty."""
    events: list[Happening] = doc._.happenings
    named = [e for e in events if not trigger or any(doc[i].text == trigger for i in e.triggers)]
    assert named, f"no event {trigger!r}; there are: {[doc[e.triggers[0]].text for e in events]}"
    return [told(note) for event in named for note in event.quantities]


@pytest.mark.parametrize(("text", "trigger", "expected"), CASES, ids=[f"{t} [{w}]" for t, w, _ in CASES])
def test_quantity_of_an_event(docs: dict[str, Doc], text: str, trigger: str, expected: Expected) -> None:
    given = quantities_of(docs[text], trigger)
    if trigger:
        value, *rest = expected
        assert (round(value, 3) if value is not None else None, *rest) in given
    else:
        assert given == []


def test_the_table_is_broad() -> None:
    assert len(CASES) >= 60
