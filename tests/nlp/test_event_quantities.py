"""Quantities of events: the text, the trigger of the event that the quantity belongs to, and what it says.

Expected is (value, minimum, maximum, unit, counted); "" as the trigger means that the text holds no quantity at all.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, RoleName, Section, SectionKind, Span
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
    ("The soldiers fought for three hours.", "fought", exactly(3, "", "h")),
    ("They met for two to three hours.", "met", between(2, 3, "", "h")),
    ("The judge sentenced him to 12 years in prison.", "sentenced", exactly(12, "", "year")),
    ("He spent two years in prison.", "spent", exactly(2, "", "year")),
    ("Workers walked out for 24 hours on Friday.", "walked", exactly(24, "", "h")),
    ("Kenya paid KES 300 million for the land.", "paid", exactly(3e8, "", "KES")),
    ("The bank signed a EUR 40 m loan with the firm.", "loan", exactly(4e7, "loan", "EUR")),
    ("The judge awarded $6.75 million to 21 painters.", "awarded", exactly(6.75e6, "", "USD")),
    ("The judge awarded $6.75 million to 21 painters.", "awarded", exactly(21, "painters")),
    ("Police detained 15 of the protesters.", "detained", exactly(15, "protesters")),
    ("Six of the seven hostages were freed.", "freed", exactly(6, "hostages")),
    ("Some 4,000 soldiers were killed or wounded.", "wounded", exactly(4000, "soldiers")),
    ("The troops failed to encircle a single one of them.", "", (None, None, None, "", "")),
    ("The police arrested him two days ago.", "", (None, None, None, "", "")),
    ("The police arrested him two days later.", "", (None, None, None, "", "")),
    ("Fighting has raged for the past ten days.", "", (None, None, None, "", "")),
    ("Spain beat France 3-1 on Sunday.", "", (None, None, None, "", "")),
    ("A 1-0 defeat sank the club.", "", (None, None, None, "", "")),
    ("The UFC 223 press conference ended.", "", (None, None, None, "", "")),
    ("Rebels attacked a town of 5,000 people.", "", (None, None, None, "", "")),
    ("Maria Lopez, 34, was killed in the crash.", "", (None, None, None, "", "")),
    ("Maria Lopez, aged 34, was killed in the crash.", "", (None, None, None, "", "")),
    ("A 34 year old man was killed in the crash.", "", (None, None, None, "", "")),
    ("The strike killed the two soldiers.", "", (None, None, None, "", "")),
    ("The strike killed him in 2019.", "", (None, None, None, "", "")),
    ("The strike killed the second soldier.", "", (None, None, None, "", "")),
    ("One of the soldiers died.", "", (None, None, None, "", "")),
    ("The strike killed the 40-year-old mayor on Monday.", "", (None, None, None, "", "")),
]


# Text, trigger, what the number counts, and the part that this plays in the event.
PARTS: list[tuple[str, str, str, RoleName | None]] = [
    ("The army killed more than 4,000 servicemen.", "killed", "servicemen", RoleName.PATIENT),
    ("More than 1.3 million people fled to Poland.", "fled", "people", RoleName.AGENT),
    ("Between 5 and 7 tourists were kidnapped.", "kidnapped", "tourists", RoleName.PATIENT),
    ("Families moved from two districts to Oslo.", "moved", "districts", RoleName.ORIGIN),
    ("Nearly 300 passengers were rescued from the ferry.", "rescued", "passengers", RoleName.PATIENT),
    ("A group of 20 gunmen attacked the bank.", "attacked", "gunmen", RoleName.AGENT),
    ("Thousands of workers struck and marched in Pretoria.", "marched", "workers", RoleName.AGENT),
    ("France expelled 35 Russian diplomats.", "expelled", "diplomats", RoleName.PATIENT),
    ("Police detained 15 of the protesters.", "detained", "protesters", RoleName.PATIENT),
    ("The army lost 30 soldiers and 12 tanks.", "lost", "soldiers", RoleName.PATIENT),
    ("The army lost 30 soldiers and 12 tanks.", "lost", "tanks", None),
    ("About 40 percent of residents fled the town.", "fled", "residents", None),
    ("The firm bought its rival for $3.5bn.", "bought", "", None),
    ("The soldiers fought for three hours.", "fought", "", None),
    ("Poland handed over ten tanks to Ukraine.", "handed", "tanks", None),
]


@pytest.fixture(scope="module")
def docs(nlp: Language) -> dict[str, Doc]:
    """Every text of the table analysed once."""
    texts = sorted({case[0] for case in CASES} | {part[0] for part in PARTS})
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


@pytest.mark.parametrize(("text", "trigger", "counts", "role"), PARTS, ids=[f"{t} [{c}]" for t, _, c, _ in PARTS])
def test_the_part_of_what_is_counted(
    docs: dict[str, Doc], text: str, trigger: str, counts: str, role: RoleName | None
) -> None:
    (event,) = (e for e in docs[text]._.happenings if any(docs[text][i].text == trigger for i in e.triggers))
    (note,) = (q for q in event.quantities if q.counts == counts)
    assert note.role is role
    assert (note.filler is None) == (role is None)
    if note.filler is not None:
        assert (role, note.filler) in {(r.role, r.filler) for r in event.roles}


def test_the_table_is_broad() -> None:
    assert len(CASES) >= 90
