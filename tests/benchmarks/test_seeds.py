"""The gold of the demo reports: how it is read and what it is held against, on a report made for these tests."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from benchmarks.corpora import CorpusMalformed, seeds
from benchmarks.measures.base import Sheet
from benchmarks.measures.seeds import Score, date_of, score
from benchmarks.system import article
from kg.model import (
    Analysis,
    Document,
    Entity,
    EntityKind,
    Event,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    Role,
    RoleName,
    Span,
    Time,
)

TEXT = (
    "Ferry sinks off Arlen\n\nA ferry sank off Arlen on 3 May 2021 and forty people drowned. "
    "Divers may raise the\u00a0ferry, said the mayor. The band plays on."
)
GOLD = """
tolerated = ["may [raise] the ferry"]
not_events = ["band [plays]"]

[[event]]
at = ["ferry [sank]", "Ferry [sinks]"]
type = "crash|disaster"
date = "2021-05-03"
party = "?ferry"
place = "Arlen"

[[event]]
at = ["people [drowned]"]
type = "die"
date = "2021-05-03|none"
party = "people"
quantity = "40 people"
"""


def read(tmp_path: Path, gold: str = GOLD) -> seeds.Report:
    path = tmp_path / "made-up" / "events.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(gold, "utf-8")
    return seeds.load(path, article("made-up", TEXT))


def span(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


def entity(words: str) -> Entity:
    mention = Mention(span=span(words), head=span(words), kind=MentionKind.NAME)
    return Entity(id=words, kind=EntityKind.GROUP, label=words, mentions=(mention,))


def event(word: str, type: str, *roles: tuple[RoleName, str], time: Time | None = None) -> Event:
    return Event(
        id=word,
        type=type,
        label=word,
        triggers=(span(word),),
        sentence=span(word),
        roles=tuple(Role(role=role, filler=filler, span=span(filler)) for role, filler in roles),
        time=time,
    )


def judge(report: seeds.Report, *events: Event) -> tuple[Score, list[tuple[str, str]]]:
    entities = tuple(entity(words) for words in ("Arlen", "forty people", "Divers"))
    sheet = Sheet()
    total = score([report], [Analysis(document=report.document, entities=entities, events=events)], sheet)
    return total, [(f.kind, f.label) for f in sheet.findings]


DAY = Time(value="2021-05-03")
SANK = event("sank", "crash", (RoleName.PLACE, "Arlen"), time=DAY)
DROWNED = msgspec.structs.replace(
    event("drowned", "die", (RoleName.PATIENT, "forty people"), time=DAY),
    quantities=(Quantity(span=span("forty people"), value=40, counts="people"),),
)


def test_what_an_editor_would_write_is_right(tmp_path: Path) -> None:
    total, faults = judge(read(tmp_path), SANK, DROWNED)
    assert faults == []
    assert (total.gold, total.found, total.given, total.wanted) == (2, 2, 2, 2)
    assert {figure.name: figure.value for figure in total.figures()}["date"] == 100
    assert total.parts["roles"].f1 == total.parts["quantities"].f1 == 1


def test_every_attribute_is_judged(tmp_path: Path) -> None:
    wrong = msgspec.structs.replace(
        DROWNED,
        type="kill",
        time=Time(value="2021"),
        polarity=Polarity.NEGATED,
        modality=Modality.FUTURE,
        narrated=False,
        roles=(Role(role=RoleName.PATIENT, filler="Divers", span=span("Divers")),),
        quantities=(Quantity(span=span("forty people"), minimum=40, counts="people"),),
    )
    _, faults = judge(read(tmp_path), SANK, wrong)
    assert sorted(faults) == [
        ("missed", "party"),
        ("missed", "quantity"),
        ("spurious", "patient"),
        ("spurious", "quantity"),
        ("wrong", "date"),
        ("wrong", "modality"),
        ("wrong", "polarity"),
        ("wrong", "told"),
        ("wrong", "type"),
    ]


def test_words_that_may_be_events_are_not_counted_and_others_are(tmp_path: Path) -> None:
    total, faults = judge(read(tmp_path), SANK, DROWNED, event("raise", "rescue"), event("plays", "perform"))
    assert (total.given, total.wanted, total.unwanted) == (3, 2, 1)
    assert faults == [("unwanted", "event")]
    _, faults = judge(read(tmp_path), SANK, DROWNED, event("said", "publish"))
    assert faults == [("spurious", "event")]


def test_a_second_node_may_leave_the_date_open_but_not_give_another(tmp_path: Path) -> None:
    _, faults = judge(read(tmp_path), SANK, event("sinks", "crash"), DROWNED)
    assert faults == [("split", "event")]
    _, faults = judge(read(tmp_path), SANK, event("sinks", "crash", time=Time(value="2021-05-04")), DROWNED)
    assert faults == [("split", "event"), ("wrong", "date")]


def test_one_node_of_two_events_is_noted(tmp_path: Path) -> None:
    both = msgspec.structs.replace(SANK, triggers=(span("sank"), span("drowned")))
    total, faults = judge(read(tmp_path), both)
    assert ("merged", "event") in faults
    assert (total.found, total.given, total.alone) == (2, 1, 0)


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (None, "none"),
        (Time(), "none"),
        (Time(value="2021-05"), "2021-05"),
        (Time(start="2016", end="2019"), "2016/2019"),
        (Time(end="2024-05"), "/2024-05"),
    ],
)
def test_dates_are_written_as_in_the_gold(time: Time | None, written: str) -> None:
    assert date_of(time) == written


def test_amounts_have_values_or_bounds(tmp_path: Path) -> None:
    written = ("7 boats", "7..", "..7 boats", "2..7 boats", "4.5 per cent|5")
    gold = GOLD.replace('"40 people"', str(list(written)))
    amounts = read(tmp_path, gold).events[1].quantities
    assert [(a.value, a.minimum, a.maximum, a.counts) for one in amounts for a in one.choices] == [
        (7, None, None, "boats"),
        (None, 7, None, ""),
        (None, None, 7, "boats"),
        (None, 2, 7, "boats"),
        (4.5, None, None, "per cent"),
        (5, None, None, ""),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "mend"),
    [
        ("people [drowned]", "people [swam]", "found 0 times: copy the words from the report"),
        ("ferry [sank]", "[ferry]", "found 2 times: give it more words around"),
        ("ferry [sank]", "ferry sank", "needs some words in brackets"),
        ("band [plays]", "band [played]", "not_events: 'band [played]' is found 0 times"),
        ('type = "die"', 'type = "drown"', "type 'drown' is none of abduct, "),
        ("2021-05-03|none", "3 May 2021", "date '3 May 2021': write"),
        ("40 people", "forty people", "quantity 'forty people': write"),
        ('type = "die"', 'polarity = "No"', "polarity 'No' is none of Affirmed, Negated"),
        ('party = "people"', 'victim = "people"', "unknown field `victim`"),
        ('at = ["people [drowned]"]', "at = []", "has no words"),
    ],
)
def test_a_fault_names_file_event_and_mend(tmp_path: Path, right: str, wrong: str, mend: str) -> None:
    assert right in GOLD
    with pytest.raises(CorpusMalformed, match=re.escape(mend)) as caught:
        read(tmp_path, GOLD.replace(right, wrong))
    assert str(caught.value).startswith("made-up/events.toml: ")
    assert "\n" not in str(caught.value)


def test_any_white_space_stands_for_a_space(tmp_path: Path) -> None:
    document: Document = read(tmp_path).document
    (place,) = read(tmp_path).tolerated
    assert document.text[slice(*place)] == "raise"
