"""The time of an event as a whole document tells it: the document's date, a text, a trigger, and what is expected.

Expected is a day, month or year, ``start/end`` for a stretch (one side may be open), or "" where no date is told.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import annotate
from kg.nlp.annotations import Happening

SUNDAY = "2022-09-11"
THURSDAY = "2024-02-29"
TUESDAY = "2019-11-05"
MONDAY = "2023-01-02"
FRIDAY = "2021-05-14"

CASES: dict[str, list[tuple[str, str, str, str]]] = {
    "days by date": [
        (SUNDAY, "The army captured the town on 2014-05-06.", "captured", "2014-05-06"),
        (SUNDAY, "The army captured the town on 6 May 2014.", "captured", "2014-05-06"),
        (SUNDAY, "The army captured the town on the 6th of May 2014.", "captured", "2014-05-06"),
        (SUNDAY, "The army captured the town on May 6, 2014.", "captured", "2014-05-06"),
        (SUNDAY, "The army captured the town on May 6th, 2014.", "captured", "2014-05-06"),
        (SUNDAY, "The army captured the town on 6 May, 2014.", "captured", "2014-05-06"),
        (SUNDAY, "On Sept. 3, police arrested the mayor.", "arrested", "2022-09-03"),
        (SUNDAY, "On 3 Sept police arrested the mayor.", "arrested", "2022-09-03"),
        (SUNDAY, "Police arrested the mayor on December 3.", "arrested", "2021-12-03"),
        (SUNDAY, "Police arrested the mayor on Tuesday, 6 September.", "arrested", "2022-09-06"),
        (SUNDAY, "Police arrested the mayor on Thursday, March 3, 2016.", "arrested", "2016-03-03"),
        (SUNDAY, "Police arrested the mayor on Friday 4 March.", "arrested", "2022-03-04"),
        (SUNDAY, "Police arrested the mayor on 25/12/2020.", "arrested", "2020-12-25"),
        (SUNDAY, "Police arrested the mayor on 12/25/2020.", "arrested", "2020-12-25"),
        (SUNDAY, "Police arrested the mayor on 25.12.2020.", "arrested", "2020-12-25"),
        (SUNDAY, "Police arrested the mayor on 03/04/2020.", "arrested", "2020"),
        (SUNDAY, "Police arrested the mayor on 5 May last year.", "arrested", "2021-05-05"),
        (SUNDAY, "Police arrested the mayor on January 5 this year.", "arrested", "2022-01-05"),
        (SUNDAY, "The rebels will attack the town on 12 January next year.", "attack", "2023-01-12"),
        (SUNDAY, "Rebels attacked the village on the 5th.", "attacked", "2022-09-05"),
        (SUNDAY, "Rebels attacked the village on the 25th.", "attacked", "2022-08-25"),
        (SUNDAY, "The rebels will attack the town on the 25th.", "attack", "2022-09-25"),
        (SUNDAY, "Rebels attacked the village on March 31 and then fled.", "attacked", "2022-03-31"),
        (THURSDAY, "A bomb exploded in the market on 29 February 2020.", "exploded", "2020-02-29"),
        (THURSDAY, "A bomb exploded in the market on New Year's Eve.", "exploded", "2023-12-31"),
        (THURSDAY, "A bomb exploded in the market on Christmas Day.", "exploded", "2023-12-25"),
        (FRIDAY, "A bomb exploded in the market at 04:30 on 9 May.", "exploded", "2021-05-09"),
        (FRIDAY, "The 12 March attack killed six people.", "attack", "2021-03-12"),
    ],
    "weekdays": [
        (SUNDAY, "Troops entered the city on Saturday.", "entered", "2022-09-10"),
        (SUNDAY, "Troops entered the city on Sunday.", "entered", "2022-09-11"),
        (SUNDAY, "Troops will enter the city on Monday.", "enter", "2022-09-12"),
        (SUNDAY, "Troops entered the city on Monday night.", "entered", "2022-09-05"),
        (SUNDAY, "Troops entered the city late on Friday.", "entered", "2022-09-09"),
        (SUNDAY, "Troops entered the city early Wednesday.", "entered", "2022-09-07"),
        (SUNDAY, "Troops entered the city in the early hours of Thursday.", "entered", "2022-09-08"),
        (SUNDAY, "Troops entered the city at dawn on Tuesday.", "entered", "2022-09-06"),
        (SUNDAY, "Troops entered the city at about 5 p.m. local time on Friday.", "entered", "2022-09-09"),
        (SUNDAY, "Troops entered the city last Sunday.", "entered", "2022-09-04"),
        (SUNDAY, "Troops entered the city on Tuesday of last week.", "entered", "2022-08-30"),
        (SUNDAY, "Troops entered the city on Friday last week.", "entered", "2022-09-02"),
        (SUNDAY, "Voters will elect a president on Tuesday next week.", "elect", "2022-09-13"),
        (SUNDAY, "Voters will elect a president this coming Friday.", "elect", "2022-09-16"),
        (SUNDAY, "Voters will elect a president next Friday.", "elect", "2022-09-16"),
        (SUNDAY, "Voters elect a new president on Wednesday.", "elect", "2022-09-14"),
        (SUNDAY, "Voters elect a new president on October 2.", "elect", "2022-10-02"),
        (SUNDAY, "The ministers are to meet in Oslo on Thursday.", "meet", "2022-09-15"),
        (SUNDAY, "The ministers are meeting in Oslo on Thursday.", "meeting", "2022-09-15"),
        (SUNDAY, "The ministers had met in Oslo on Thursday.", "met", "2022-09-08"),
        (SUNDAY, "The ministers plan to meet in Oslo on Thursday.", "meet", "2022-09-15"),
        (SUNDAY, "Police arrested two men ahead of Sunday's election.", "election", "2022-09-11"),
        (SUNDAY, "Police arrested two men ahead of Tuesday's election.", "election", "2022-09-13"),
        (SUNDAY, "Friday's earthquake killed nine people.", "earthquake", "2022-09-09"),
        (SUNDAY, "Friday's earthquake killed nine people.", "killed", "2022-09-09"),
        (SUNDAY, "The strike by dockers began on Monday and ended on Thursday.", "strike", "2022-09-05"),
        (MONDAY, "A gunman killed three people in a bar on Saturday night.", "killed", "2022-12-31"),
        (MONDAY, "On a Tuesday in spring the army attacked the village.", "attacked", ""),
        (MONDAY, "The council meets on Fridays.", "meets", ""),
        (FRIDAY, "Workers marched through Lyon on Friday morning.", "marched", "2021-05-14"),
        (FRIDAY, "On Wednesday, a judge jailed the banker and fined his firm.", "jailed", "2021-05-12"),
        (FRIDAY, "On Wednesday, a judge jailed the banker and fined his firm.", "fined", "2021-05-12"),
        (FRIDAY, "Helvex bought its rival on Tuesday, closing two factories.", "closing", "2021-05-11"),
    ],
    "today and around": [
        (THURSDAY, "Fighters seized the airport today.", "seized", "2024-02-29"),
        (THURSDAY, "Fighters seized the airport yesterday.", "seized", "2024-02-28"),
        (THURSDAY, "Fighters seized the airport yesterday evening.", "seized", "2024-02-28"),
        (THURSDAY, "Fighters seized the airport this morning.", "seized", "2024-02-29"),
        (THURSDAY, "Fighters seized the airport last night.", "seized", "2024-02-28"),
        (THURSDAY, "Fighters seized the airport overnight.", "seized", "2024-02-28/2024-02-29"),
        (THURSDAY, "Fighters seized the airport the day before yesterday.", "seized", "2024-02-27"),
        (THURSDAY, "The two leaders will meet tomorrow.", "meet", "2024-03-01"),
        (THURSDAY, "The two leaders will meet tonight.", "meet", "2024-02-29"),
        (THURSDAY, "The two leaders will meet the day after tomorrow.", "meet", "2024-03-02"),
        (THURSDAY, "Shelling killed four people over the past day.", "killed", "2024-02-28/2024-02-29"),
        (THURSDAY, "Shelling killed four people in the past 24 hours.", "killed", "2024-02-28/2024-02-29"),
        (THURSDAY, "Shelling killed four people in the last 48 hours.", "killed", "2024-02-27/2024-02-29"),
        (THURSDAY, "Shelling killed four people three days ago.", "killed", "2024-02-26"),
        (THURSDAY, "Shelling killed four people hours ago.", "killed", "2024-02-29"),
        (THURSDAY, "Shelling killed four people a few days ago.", "killed", ""),
        (THURSDAY, "Shelling killed four people years ago.", "killed", ""),
        (THURSDAY, "Shelling has killed four people recently.", "killed", ""),
    ],
    "weeks, months, years": [
        (TUESDAY, "The bank dismissed forty people last week.", "dismissed", "2019-10-28/2019-11-03"),
        (TUESDAY, "The bank dismissed forty people earlier this week.", "dismissed", "2019-11-04/2019-11-10"),
        (TUESDAY, "The bank will dismiss forty people next week.", "dismiss", "2019-11-11/2019-11-17"),
        (TUESDAY, "The bank dismissed forty people two weeks ago.", "dismissed", "2019-10-21/2019-10-27"),
        (TUESDAY, "The bank dismissed forty people last month.", "dismissed", "2019-10"),
        (TUESDAY, "The bank dismissed forty people earlier this month.", "dismissed", "2019-11"),
        (TUESDAY, "The bank dismissed forty people three months ago.", "dismissed", "2019-08"),
        (TUESDAY, "The bank dismissed forty people last year.", "dismissed", "2018"),
        (TUESDAY, "The bank dismissed forty people late last year.", "dismissed", "2018"),
        (TUESDAY, "The bank dismissed forty people this year.", "dismissed", "2019"),
        (TUESDAY, "The bank will dismiss forty people next year.", "dismiss", "2020"),
        (TUESDAY, "The bank will dismiss forty people later this year.", "dismiss", "2019"),
        (TUESDAY, "The bank dismissed forty people a year ago.", "dismissed", "2018"),
        (TUESDAY, "The bank dismissed forty people a decade ago.", "dismissed", "2009"),
        (TUESDAY, "The bank dismissed forty people two decades ago.", "dismissed", "1999"),
        (TUESDAY, "The bank dismissed forty people in March.", "dismissed", "2019-03"),
        (TUESDAY, "The bank dismissed forty people in December.", "dismissed", "2018-12"),
        (TUESDAY, "The bank will dismiss forty people in March.", "dismiss", "2020-03"),
        (TUESDAY, "The bank dismissed forty people in March 2017.", "dismissed", "2017-03"),
        (TUESDAY, "The bank dismissed forty people in March of 2017.", "dismissed", "2017-03"),
        (TUESDAY, "The bank dismissed forty people in March last year.", "dismissed", "2018-03"),
        (TUESDAY, "The bank dismissed forty people in May this year.", "dismissed", "2019-05"),
        (TUESDAY, "The bank dismissed forty people last March.", "dismissed", "2019-03"),
        (TUESDAY, "The bank dismissed forty people in late March.", "dismissed", "2019-03"),
        (TUESDAY, "The bank dismissed forty people in mid-April 2016.", "dismissed", "2016-04"),
        (TUESDAY, "The bank dismissed forty people at the end of May.", "dismissed", "2019-05"),
        (TUESDAY, "The bank dismissed forty people at the beginning of 2018.", "dismissed", "2018"),
        (TUESDAY, "The bank dismissed forty people in 2014.", "dismissed", "2014"),
        (TUESDAY, "The bank dismissed forty people in late 2014.", "dismissed", "2014"),
        (TUESDAY, "The bank dismissed forty people back in 1998.", "dismissed", "1998"),
        (TUESDAY, "The bank dismissed forty people in Q3 2016.", "dismissed", "2016-07/2016-09"),
        (TUESDAY, "The bank dismissed forty people in the third quarter of 2016.", "dismissed", "2016-07/2016-09"),
        (TUESDAY, "The bank dismissed forty people in the first half of 2016.", "dismissed", "2016-01/2016-06"),
        (TUESDAY, "The bank dismissed forty people last summer.", "dismissed", "2019-06/2019-08"),
        (TUESDAY, "The bank dismissed forty people in the summer of 2015.", "dismissed", "2015-06/2015-08"),
        (TUESDAY, "The bank dismissed forty people in the 1990s.", "dismissed", "1990/1999"),
        (TUESDAY, "The bank dismissed forty people last weekend.", "dismissed", "2019-11-02/2019-11-03"),
        (TUESDAY, "The bank dismissed forty people during Ramadan.", "dismissed", ""),
        (TUESDAY, "The bank dismissed forty people before Diwali.", "dismissed", ""),
        (TUESDAY, "The bank dismissed forty people after the Lunar New Year.", "dismissed", ""),
        (TUESDAY, "The bank dismissed forty people in the year of the dragon.", "dismissed", ""),
        (TUESDAY, "The 2011 tsunami destroyed the harbour.", "tsunami", "2011"),
        (TUESDAY, "The 2011 tsunami destroyed the harbour.", "destroyed", "2011"),
    ],
    "stretches": [
        (FRIDAY, "The rebels have occupied the province since 2014.", "occupied", "2014/"),
        (FRIDAY, "The rebels have occupied the province since March.", "occupied", "2021-03/"),
        (FRIDAY, "The rebels have occupied the province since Monday.", "occupied", "2021-05-10/"),
        (FRIDAY, "The rebels have occupied the province since last week.", "occupied", "2021-05-03/"),
        (FRIDAY, "The rebels have occupied the province since February 24.", "occupied", "2021-02-24/"),
        (FRIDAY, "The rebels occupied the province until 2019.", "occupied", "/2019"),
        (FRIDAY, "The rebels occupied the province until last month.", "occupied", "/2021-04"),
        (FRIDAY, "The rebels occupied the province from 2014 to 2019.", "occupied", "2014/2019"),
        (FRIDAY, "The rebels occupied the province between 2014 and 2019.", "occupied", "2014/2019"),
        (FRIDAY, "The rebels occupied the province from 2014 until 2019.", "occupied", "2014/2019"),
        (FRIDAY, "The rebels occupied the province between January and March.", "occupied", "2021-01/2021-03"),
        (FRIDAY, "The rebels occupied the province between March and May 2018.", "occupied", "2018-03/2018-05"),
        (FRIDAY, "The rebels occupied the province from November to January.", "occupied", "2020-11/2021-01"),
        (
            FRIDAY,
            "The rebels occupied the province from March 3 to April 9, 2020.",
            "occupied",
            "2020-03-03/2020-04-09",
        ),
        (FRIDAY, "The rebels occupied the province from 3 to 9 April 2020.", "occupied", "2020-04-03/2020-04-09"),
        (FRIDAY, "The rebels occupied the province on March 3-5, 2020.", "occupied", "2020-03-03/2020-03-05"),
        (FRIDAY, "The rebels occupied the province from Monday to Wednesday.", "occupied", "2021-05-10/2021-05-12"),
        (FRIDAY, "The rebels occupied the province between Monday and Wednesday.", "occupied", "2021-05-10/2021-05-12"),
        (FRIDAY, "The rebels killed 90 people over the past week.", "killed", "2021-05-07/2021-05-14"),
        (FRIDAY, "The rebels killed 90 people in the last three months.", "killed", "2021-02-14/2021-05-14"),
        (FRIDAY, "The rebels killed 90 people over the last decade.", "killed", "2011-05-14/2021-05-14"),
        (FRIDAY, "The rebels killed 90 people over the weekend.", "killed", "2021-05-08/2021-05-09"),
        (FRIDAY, "The army will withdraw from the province by Friday.", "withdraw", "/2021-05-14"),
        (FRIDAY, "The army will withdraw from the province by next Tuesday.", "withdraw", "/2021-05-18"),
        (FRIDAY, "The army will withdraw from the province by 2025.", "withdraw", "/2025"),
        (FRIDAY, "The army will withdraw from the province by the end of June.", "withdraw", "/2021-06"),
        (FRIDAY, "The army will withdraw from the province by the end of the year.", "withdraw", "/2021"),
        (FRIDAY, "The army will withdraw from the province before September 11.", "withdraw", "/2021-09-11"),
        (FRIDAY, "The army will withdraw from the province from Monday.", "withdraw", "2021-05-17/"),
        (
            FRIDAY,
            "The army will withdraw from the province in the next two weeks.",
            "withdraw",
            "2021-05-14/2021-05-28",
        ),
        (FRIDAY, "The army will withdraw from the province in the coming days.", "withdraw", ""),
        (FRIDAY, "The army will withdraw from the province within a month.", "withdraw", ""),
        (FRIDAY, "The army has fought the rebels for nine years.", "fought", ""),
    ],
    "what only looks like a date": [
        (FRIDAY, "The rebels attacked the town in 2018 and 2020.", "attacked", "2018"),
        (FRIDAY, "The rebels attacked the studio of the Tonight programme.", "attacked", ""),
        (FRIDAY, "The rebels attacked the town on the last day of the talks.", "attacked", ""),
        (FRIDAY, "The rebels attacked the town over the last year.", "attacked", "2020-05-14/2021-05-14"),
        (FRIDAY, "The rebels may attack the town.", "attack", ""),
        (FRIDAY, "It was the first attack on the town since 2017.", "attack", ""),
        (FRIDAY, "It was the deadliest attack on the town since March.", "attack", ""),
        (FRIDAY, "The rebels attacked 2014 houses.", "attacked", ""),
        (FRIDAY, "The rebels attacked the town on the 5th floor.", "attacked", ""),
    ],
    "neighbouring dates": [
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. The same day, police arrested a man.",
            "arrested",
            "2022-09-06",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. The next day, police arrested a man.",
            "arrested",
            "2022-09-07",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. Police arrested a man the following day.",
            "arrested",
            "2022-09-07",
        ),
        (SUNDAY, "A bomb exploded in Quetta on Tuesday. A day later, police arrested a man.", "arrested", "2022-09-07"),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. Two days earlier, police had arrested a man.",
            "arrested",
            "2022-09-04",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. The previous day, police had arrested a man.",
            "arrested",
            "2022-09-05",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. Later that day, police arrested a man.",
            "arrested",
            "2022-09-06",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. That evening, police arrested a man.",
            "arrested",
            "2022-09-06",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. Hours later, police arrested a man.",
            "arrested",
            "2022-09-06/2022-09-07",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta on Tuesday. Since then, police have arrested nine men.",
            "arrested",
            "2022-09-06/",
        ),
        (
            SUNDAY,
            "A bomb exploded in Quetta in May 2014. The following month, police arrested a man.",
            "arrested",
            "2014-06",
        ),
        (SUNDAY, "A bomb exploded in Quetta in 2014. Two years later, police arrested a man.", "arrested", "2016"),
        (SUNDAY, "A bomb exploded in Quetta in 2014. A year earlier, police had arrested a man.", "arrested", "2013"),
        (SUNDAY, "A bomb exploded in Quetta in 2014. The following year, police arrested a man.", "arrested", "2015"),
        (SUNDAY, "A bomb exploded in Quetta in 2014. In the same year police arrested a man.", "arrested", "2014"),
        (SUNDAY, "A bomb exploded in Quetta in 2014. Three days later, police arrested a man.", "arrested", ""),
        (SUNDAY, "A bomb exploded in Quetta on 3 May 2014. In June police arrested a man.", "arrested", "2022-06"),
        (
            SUNDAY,
            "A bomb exploded in Quetta on 3 May 2014. In June that year police arrested a man.",
            "arrested",
            "2014-06",
        ),
        (SUNDAY, "Police arrested a man a day earlier.", "arrested", ""),
        (SUNDAY, "The next day, police arrested a man.", "arrested", ""),
        (SUNDAY, "Later that year, police arrested a man.", "arrested", ""),
    ],
    "other events": [
        (
            SUNDAY,
            "The war began in 2014. France has imposed sanctions on Russia since the start of the war.",
            "sanctions",
            "2014/",
        ),
        (
            SUNDAY,
            "A missile strike hit Dnipro on Tuesday. A day after the strike, rescuers found two survivors.",
            "found",
            "2022-09-07",
        ),
        (
            SUNDAY,
            "A missile strike hit Dnipro on Tuesday. The mayor resigned two days after the strike.",
            "resigned",
            "2022-09-08",
        ),
        (
            SUNDAY,
            "A missile strike hit Dnipro on Tuesday. The mayor had resigned a week before the strike.",
            "resigned",
            "2022-08-29/2022-09-04",
        ),
        (
            SUNDAY,
            "A missile strike hit Dnipro on Tuesday. Hours after the strike, the mayor resigned.",
            "resigned",
            "2022-09-06",
        ),
        (
            SUNDAY,
            "A missile strike hit Dnipro on Tuesday. The mayor resigned on the day of the strike.",
            "resigned",
            "2022-09-06",
        ),
        (
            SUNDAY,
            "Voters elected a new mayor on 4 June 2019. Three days after the election, he resigned.",
            "resigned",
            "2019-06-07",
        ),
        (SUNDAY, "The war began in 2014. Two years after the war began, the mayor resigned.", "resigned", "2016"),
        (
            SUNDAY,
            "The earthquake struck in May 2015. A month after the earthquake, the minister resigned.",
            "resigned",
            "2015-06",
        ),
        (
            SUNDAY,
            "The war began in 2014. Russia has occupied the region since the start of the war.",
            "occupied",
            "2014/",
        ),
        (SUNDAY, "The mayor resigned a day after the strike.", "resigned", ""),
        (SUNDAY, "The mayor resigned years after the strike.", "resigned", ""),
    ],
    "clauses": [
        (FRIDAY, "On Monday the minister visited the town where rebels killed his father.", "killed", ""),
        (FRIDAY, "Protesters marched in Lima on Monday, where police arrested nine men.", "arrested", "2021-05-10"),
        (FRIDAY, "She fled to Oslo last year and teaches there.", "fled", "2020"),
        (FRIDAY, "The mayor attacked a guard and was jailed in April.", "attacked", ""),
        (FRIDAY, "Dozens of people, who were injured on Monday, left the hospital.", "injured", "2021-05-10"),
        (FRIDAY, "On Monday the president signed the law, ending a long dispute.", "ending", "2021-05-10"),
        (FRIDAY, "The firm, founded in 1987, dismissed its chairman on Monday.", "founded", "1987"),
        (FRIDAY, "The firm, founded in 1987, dismissed its chairman on Monday.", "dismissed", "2021-05-10"),
        (FRIDAY, "He was born in 1950 and died on Wednesday.", "born", "1950"),
        (FRIDAY, "He was born in 1950 and died on Wednesday.", "died", "2021-05-12"),
        (FRIDAY, "In 2003, when he was elected, the town had two schools.", "elected", "2003"),
        (FRIDAY, "Police arrested the man on Tuesday after he attacked a guard in April.", "arrested", "2021-05-11"),
        (FRIDAY, "Police arrested the man on Tuesday after he attacked a guard in April.", "attacked", "2021-04"),
        (FRIDAY, "The clashes in Accra on Tuesday killed two and wounded nine.", "wounded", "2021-05-11"),
    ],
}


def _case(group: str, number: int) -> str:
    day, text, trigger, _ = CASES[group][number]
    return f"{day}: {text} [{trigger}]"


ALL = [(group, number) for group, cases in CASES.items() for number in range(len(cases))]


@pytest.fixture(scope="module")
def docs(nlp: Language) -> dict[tuple[str, str], Doc]:
    """Every text of the table analysed once, by date and text."""
    asked = sorted({(day, text) for cases in CASES.values() for day, text, _, _ in cases})
    documents = (
        Document(
            id=f"d{number}",
            text=text,
            date=day,
            sections=(Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),),
        )
        for number, (day, text) in enumerate(asked)
    )
    return dict(zip(asked, annotate(nlp, documents, 64), strict=True))


def time_of(doc: Doc, trigger: str) -> str:
    """The time of the event that `trigger` names, as the table writes it."""
    events: list[Happening] = doc._.happenings
    named = [e for e in events if any(doc[i].text == trigger for i in e.triggers)]
    assert named, f"no event {trigger!r}; there are: {[doc[e.triggers[0]].text for e in events]}"
    time = named[0].time
    if time is None:
        return ""
    return time.value or f"{time.start}/{time.end}"


@pytest.mark.parametrize(("group", "number"), ALL, ids=[_case(*where) for where in ALL])
def test_time_of_an_event(docs: dict[tuple[str, str], Doc], group: str, number: int) -> None:
    day, text, trigger, expected = CASES[group][number]
    assert time_of(docs[day, text], trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Army shells Izmir on Saturday", "shells", "2022-09-10"),
        ("Minister to resign on Friday", "resign", "2022-09-16"),
        ("Ukraine, Russia to hold talks in Istanbul on Friday", "talks", "2022-09-16"),
        ("Two men killed in Leeds on Saturday", "killed", "2022-09-10"),
    ],
)
def test_time_in_a_heading(nlp: Language, text: str, trigger: str, expected: str) -> None:
    sections = (Section(kind=SectionKind.HEADLINE, span=Span(0, len(text))),)
    (doc,) = annotate(nlp, [Document(id="h", text=text, date=SUNDAY, sections=sections)], 1)
    assert time_of(doc, trigger) == expected


def test_the_table_is_broad() -> None:
    assert len(ALL) >= 150
