"""Dates, datelines and bylines."""

from __future__ import annotations

import pytest

from kg.model import Span
from kg.read.byline import Byline, byline
from kg.read.dateline import line_dateline, prefix_dateline
from kg.read.dates import parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Sept 11, 2022", "2022-09-11"),
        ("Sept. 11, 2022", "2022-09-11"),
        ("11 September 2022", "2022-09-11"),
        ("the 3rd of May 2021", "2021-05-03"),
        ("MAY 3, 2021", "2021-05-03"),
        ("Sunday, 28 May 2023, 14:05 GMT", "2023-05-28"),
        ("2022-09-11T08:30:00Z", "2022-09-11"),
        ("11.9.2022", "2022-09-11"),
        ("25/12/2022", "2022-12-25"),
        ("12/25/2022", "2022-12-25"),
        ("5/5/2022", "2022-05-05"),
        ("9/11/2022", ""),  # November or September
        ("Sept 11", ""),
        ("31 February 2022", ""),
        ("September 2022", ""),
        ("the mayor", ""),
        ("May 5", ""),
    ],
)
def test_dates_are_read_whole_or_not_at_all(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("line", "publisher", "place", "date"),
    [
        ("Baltic Herald – Sept 11, 2022", "Baltic Herald", "", "2022-09-11"),
        ("Baltic Herald | Tartu | 11 September 2022", "Baltic Herald", "Tartu", "2022-09-11"),
        ("TARTU, Estonia, 11 September 2022", "", "TARTU, Estonia", "2022-09-11"),
        ("Tartu, 11 September 2022", "", "Tartu", "2022-09-11"),
        ("TARTU — Sept. 11, 2022", "", "TARTU", "2022-09-11"),
        ("Published: 11 September 2022, 14:05 GMT | Updated: 12 September 2022", "", "", "2022-09-11"),
        ("Sunday, 11 September 2022", "", "", "2022-09-11"),
        ("BBC – 11 September 2022", "BBC", "", "2022-09-11"),
        ("TARTU (Reuters) —", "Reuters", "TARTU", ""),
    ],
)
def test_datelines_of_their_own(line: str, publisher: str, place: str, date: str) -> None:
    found = line_dateline("x\n" + line, Span(2, 2 + len(line)))
    assert found is not None
    assert (found.publisher, found.place, found.date) == (publisher, place, date)


@pytest.mark.parametrize(
    "line",
    [
        "Mayor to resign on 11 September 2022, officials say",
        "The bridge opened on 11 September 2022.",
        "EXCLUSIVE –",
        "Mayor reopens bridge",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    assert line_dateline(line, Span(0, len(line))) is None


@pytest.mark.parametrize(
    ("prefix", "publisher", "place", "day"),
    [
        ("TARTU, Sept 11 (Baltic Wire) —", "Baltic Wire", "TARTU", "09-11"),
        ("TARTU, Estonia, Sept. 11 (Baltic Wire) --", "Baltic Wire", "TARTU, Estonia", "09-11"),
        ("TARTU, September 11. /BALTIC WIRE/.", "BALTIC WIRE", "TARTU", "09-11"),
        ("NASHUA, N.H. (AP) —", "AP", "NASHUA, N.H.", ""),
        ("ORLANDO, Fla. -", "", "ORLANDO, Fla.", ""),
        ("TARTU —", "", "TARTU", ""),
        ("Tartu, Estonia –", "", "Tartu, Estonia", ""),
        ("Tartu (Baltic Wire) -", "Baltic Wire", "Tartu", ""),
    ],
)
def test_datelines_before_a_paragraph(prefix: str, publisher: str, place: str, day: str) -> None:
    text = "\n" + prefix + " The mayor reopened the bridge on Monday."
    found = prefix_dateline(text, Span(1, len(text)))
    assert found is not None
    assert found.span.of(text) == prefix
    assert (found.publisher, found.place, found.day) == (publisher, place, day)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The mayor — who had been ill — reopened the bridge.",
        "Moscow says its troops — about 3,000 — have left.",
        "EXCLUSIVE — The mayor reopened the bridge.",
        "“NO” — that was the mayor’s answer.",
        "In 2019 (Monday) - the mayor left.",
        "A well-known mayor reopened the bridge.",
        "Mari Tamm (Reform) — the mayor — reopened the bridge.",
        "SEP 0, 2022 (Baltic Wire) - :",
    ],
)
def test_dashes_that_end_no_dateline(paragraph: str) -> None:
    assert prefix_dateline(paragraph, Span(0, len(paragraph))) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Mari Tamm", Byline("Mari Tamm")),
        ("By Mari Tamm in Tartu", Byline("Mari Tamm", "Tartu")),
        ("By Mari Tamm and Jaan O’Neill, Staff Writers", Byline("Mari Tamm, Jaan O’Neill")),
        ("BY MARI TAMM", Byline("MARI TAMM")),
        ("Mari Tamm, Political Correspondent", Byline("Mari Tamm")),
        ("Written by Mari Tamm", Byline("Mari Tamm")),
        ("By Mari Tamm | Sept 11, 2022", Byline("Mari Tamm")),
        ("By Monday, the bridge was open", None),
        ("By midnight the bridge was open", None),
        ("By Mari Tamm’s own account, the bridge was never closed.", None),
        ("Mari Tamm, the editor of the paper, said the bridge was closed.", None),
        ("From Russia with love", None),
    ],
)
def test_bylines(line: str, expected: Byline | None) -> None:
    assert byline(line) == expected
