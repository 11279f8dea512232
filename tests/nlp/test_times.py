"""Time expressions: what is found, what it resolves to, and what is left alone for want of a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.annotations import TimeNote
from kg.nlp.times import Timeline
from kg.nlp.times.periods import Period, Reference, Tense
from kg.nlp.times.timex import find

SUNDAY = date(2022, 9, 11)
PAST = Reference(SUNDAY, "2022-09-06", Tense.PAST)
FUTURE = Reference(SUNDAY, "2022-09-06", Tense.FUTURE)


def only(text: str, reference: Reference = PAST) -> Period | None:
    found = list(find(text))
    assert len(found) == 1, found
    return found[0].resolve(reference)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 2014-05-06", "2014-05-06"),
        ("on 5 March 2021", "2021-03-05"),
        ("on March 5, 2021", "2021-03-05"),
        ("the 3rd of May", "2022-05-03"),
        ("on Sept. 30", "2021-09-30"),
        ("in June 2019", "2019-06"),
        ("back in 2014", "2014"),
        ("today", "2022-09-11"),
        ("yesterday", "2022-09-10"),
        ("on Saturday", "2022-09-10"),
        ("on Sunday", "2022-09-11"),
        ("last Sunday", "2022-09-04"),
        ("next Friday", "2022-09-16"),
        ("Monday night", "2022-09-05"),
        ("three days ago", "2022-09-08"),
        ("hours ago", "2022-09-11"),
        ("the same day", "2022-09-06"),
        ("the next day", "2022-09-07"),
        ("two days earlier", "2022-09-04"),
        ("the following morning", "2022-09-07"),
        ("the previous night", "2022-09-05"),
        ("that March", "2022-03"),
        ("in 2010-08", "2010"),
        ("last month", "2022-08"),
        ("in November", "2021-11"),
        ("next year", "2023"),
    ],
)
def test_a_single_value(text: str, value: str) -> None:
    assert only(text) == Period(value=value)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since February 24", "2022-02-24", ""),
        ("until 2019", "", "2019"),
        ("between 2014 and 2019", "2014", "2019"),
        ("from Monday to Wednesday", "2022-09-05", "2022-09-07"),
        ("on March 3-5, 2020", "2020-03-03", "2020-03-05"),
        ("over the past day", "2022-09-10", "2022-09-11"),
        ("in the last three months", "2022-06-11", "2022-09-11"),
        ("last week", "2022-08-29", "2022-09-04"),
        ("this weekend", "2022-09-10", "2022-09-11"),
        ("in the third quarter of 2021", "2021-07", "2021-09"),
        ("last summer", "2022-06", "2022-08"),
        ("in winter 2020", "2020-12", "2021-02"),
        ("in the 1990s", "1990", "1999"),
        ("in 2018-19", "2018", "2019"),
        ("on Monday and Tuesday", "2022-09-05", "2022-09-06"),
        ("on Monday and early Tuesday", "2022-09-05", "2022-09-06"),
        ("in 2018 and 2019", "2018", "2019"),
        ("March 20-April 2", "2022-03-20", "2022-04-02"),
        ("December 30 to January 2", "2021-12-30", "2022-01-02"),
    ],
)
def test_a_stretch(text: str, start: str, end: str) -> None:
    assert only(text) == Period(start=start, end=end)


def test_days_that_do_not_follow_each_other_are_no_stretch() -> None:
    assert only("on Monday and Friday") == Period(value="2022-09-05")
    assert only("in 2014 and 2019") == Period(value="2014")


def test_a_month_beside_a_noun_is_the_nearest() -> None:
    near = Reference(date(2018, 4, 6), tense=Tense.FUTURE, nearest=True)
    assert only("in early March", near) == Period(value="2018-03")
    assert only("in October", near) == Period(value="2018-10")
    assert only("on November 3", near) == Period(value="2017-11-03")
    assert only("in March", Reference(date(2018, 4, 6), tense=Tense.FUTURE)) == Period(value="2019-03")


def test_tense_chooses_the_year_and_the_week() -> None:
    assert only("on December 5", PAST) == Period(value="2021-12-05")
    assert only("on December 5", FUTURE) == Period(value="2022-12-05")
    assert only("on Friday", PAST) == Period(value="2022-09-09")
    assert only("on Friday", FUTURE) == Period(value="2022-09-16")


@pytest.mark.parametrize("text", ["may go", "1,342 people", "$2014", "a 40-year-old", "the fall of the city"])
def test_no_time_is_seen_where_there_is_none(text: str) -> None:
    assert [e.resolve(PAST) for e in find(text)] in ([], [None])


@pytest.mark.parametrize("text", ["yesterday", "on Monday", "last week", "on May 3", "the same day", "two days ago"])
def test_nothing_is_invented_without_a_date(text: str) -> None:
    assert only(text, Reference(None)) is None


def test_what_the_calendar_lacks_is_no_date() -> None:
    assert only("on February 30, 2021") is None


@given(st.dates(date(1600, 1, 1), date(2099, 12, 31)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_full_dates_resolve_to_themselves(day: date, today: date) -> None:
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert only(text, Reference(today)) == Period(value=day.isoformat())


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(list(Tense)))
def test_a_weekday_is_within_a_week_of_the_document(today: date, tense: Tense) -> None:
    period = only("on Thursday", Reference(today, "", tense))
    assert period is not None
    day = date.fromisoformat(period.value)
    assert day.weekday() == 3
    assert abs(day - today) < timedelta(days=7)
    assert day <= today if tense is Tense.PAST else day >= today


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    end = 0
    for expression in find(text):
        assert end <= expression.begin < expression.end <= len(text)
        expression.resolve(PAST)
        end = expression.end


def timeline(nlp: Language, text: str, day: str = "2022-09-11") -> tuple[Timeline, dict[str, int]]:
    section = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text)))
    doc = nlp(make_doc(nlp, Document(id="d", text=text, sections=(section,), date=day)))
    return Timeline(doc), {token.text: token.i for token in doc}


def time_of(nlp: Language, text: str, word: str) -> TimeNote | None:
    line, places = timeline(nlp, text)
    return line.of(line.doc[places[word]])


def test_a_verb_has_the_time_that_stands_with_it(nlp: Language) -> None:
    found = time_of(nlp, "The council closed the bridge on Friday.", "closed")
    assert found is not None
    assert found.value == "2022-09-09"


def test_a_participle_shares_the_time_of_its_clause(nlp: Language) -> None:
    found = time_of(nlp, "In 2011 the island left the union, refusing to pay its debts.", "refusing")
    assert found is not None
    assert found.value == "2011"


def test_a_plan_looks_ahead(nlp: Language) -> None:
    found = time_of(nlp, "The council will close the bridge on Friday.", "close")
    assert found is not None
    assert found.value == "2022-09-16"


def test_the_year_of_an_event_noun_is_not_the_time_of_the_verb(nlp: Language) -> None:
    assert time_of(nlp, "The mayor praised the 2014 election.", "praised") is None


def test_statements_are_dated(nlp: Language) -> None:
    text = (
        "Anna Berg said on Friday that the quay was safe. Berg added that the cranes were old. "
        "The mayor says the bridge will open."
    )
    line, _ = timeline(nlp, text)
    assert [a.time.value for a in line.doc._.attributions if a.time] == ["2022-09-09", "2022-09-09", "2022-09-11"]


def test_what_a_speaker_calls_yesterday_counts_from_the_day_of_speaking(nlp: Language) -> None:
    text = "“They attacked us yesterday,” the commander said on Friday."
    sections = (Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),)
    doc = nlp(make_doc(nlp, Document(id="d", text=text, date=SUNDAY.isoformat(), sections=sections)))
    assert [note.value for note in doc._.times] == ["2022-09-08", "2022-09-09"]


def test_what_a_speaker_names_is_no_anchor_outside(nlp: Language) -> None:
    text = "Rebels fled on Monday. “We won in 1999,” he said. Police arrested a man the same day."
    sections = (Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),)
    doc = nlp(make_doc(nlp, Document(id="d", text=text, date=SUNDAY.isoformat(), sections=sections)))
    assert doc._.times[-1].value == "2022-09-05"
