"""Which event carries a time, and which share it: every event of a sentence, and what is not to be dated.

Expected is a day, month or year, ``start/end`` for a stretch (one side may be open), or "" where no date is told.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import annotate
from kg.nlp.annotations import Happening

WEDNESDAY = "2023-06-14"
SATURDAY = "2020-02-01"
MONDAY = "2024-07-01"
UNDATED = ""

SENTENCES: list[tuple[str, str, dict[str, str]]] = [
    (WEDNESDAY, "A day after the bridge collapsed, the transport minister resigned.", {"resigned": ""}),
    (
        WEDNESDAY,
        "The bridge collapsed on Monday. A day after the collapse, the transport minister resigned.",
        {"collapsed": "2023-06-12", "resigned": "2023-06-13"},
    ),
    (
        WEDNESDAY,
        "Gunmen raided a bank in Recife on Monday. Hours later, police arrested three men.",
        {"raided": "2023-06-12", "arrested": "2023-06-12/2023-06-13"},
    ),
    (WEDNESDAY, "Since Tuesday, dockers have blocked the port of Durban.", {"blocked": "2023-06-13/"}),
    (WEDNESDAY, "The company will close the plant by December.", {"close": "/2023-12"}),
    (WEDNESDAY, "Ruiz governed the province from 2011 to 2018, when he was convicted of fraud.", {"convicted": "2018"}),
    (
        WEDNESDAY,
        "The council was dissolved last year, when Mayor Ana Torres resigned.",
        {"resigned": "2022", "dissolved": "2022"},
    ),
    (WEDNESDAY, "In the past three weeks, police have arrested 40 smugglers.", {"arrested": "2023-05-24/2023-06-14"}),
    (WEDNESDAY, "On the eve of the election, gunmen killed a candidate.", {"killed": ""}),
    (
        WEDNESDAY,
        "Voters elected a president on 4 June. On the eve of the election, gunmen killed a candidate.",
        {"killed": "2023-06-03"},
    ),
    (
        WEDNESDAY,
        "Rebels attacked the camp on Monday. The following morning, soldiers evacuated the wounded.",
        {"attacked": "2023-06-12", "evacuated": "2023-06-13"},
    ),
    (
        WEDNESDAY,
        "Rebels attacked the camp on Monday. Two days earlier, the army had withdrawn from the valley.",
        {"withdrawn": "2023-06-10"},
    ),
    (WEDNESDAY, "The river flooded 300 homes this spring.", {"flooded": "2023-03/2023-05"}),
    (WEDNESDAY, "The central bank raised interest rates in late 2019.", {"raised": "2019"}),
    (WEDNESDAY, "Thousands of people were killed in the 1990s.", {"killed": "1990/1999"}),
    (WEDNESDAY, "The ship sank in mid-March.", {"sank": "2023-03"}),
    (WEDNESDAY, "A fire destroyed the warehouse on Monday night.", {"destroyed": "2023-06-12"}),
    (WEDNESDAY, "Drones attacked the refinery overnight.", {"attacked": "2023-06-13/2023-06-14"}),
    (WEDNESDAY, "Drones attacked the refinery overnight on Monday.", {"attacked": "2023-06-12"}),
    (WEDNESDAY, "Police shot two protesters during Ramadan.", {"shot": ""}),
    (WEDNESDAY, "The two presidents met on Wednesday for the first time since 2009.", {"met": "2023-06-14"}),
    (WEDNESDAY, "The two presidents met for the first time since 2009.", {"met": ""}),
    (WEDNESDAY, "Iran signed the 2015 deal with six powers.", {"signed": "2015"}),
    (WEDNESDAY, "The president abandoned the 2015 deal.", {"abandoned": ""}),
    (WEDNESDAY, "On Monday the president abandoned the 2015 deal.", {"abandoned": "2023-06-12"}),
    (WEDNESDAY, "Every year smugglers kill dozens of rangers.", {"kill": ""}),
    (UNDATED, "Police arrested a journalist on Monday.", {"arrested": ""}),
    (UNDATED, "Police arrested a journalist on 3 May 2020.", {"arrested": "2020-05-03"}),
    (UNDATED, "Police arrested a journalist last month.", {"arrested": ""}),
    (WEDNESDAY, "The court sentenced him to five years in prison in 2017.", {"sentenced": "2017"}),
    (
        WEDNESDAY,
        "The court sentenced him on Tuesday to five years in prison for a murder in 2011.",
        {"sentenced": "2023-06-13", "murder": "2011"},
    ),
    (WEDNESDAY, "Lee was arrested in April and charged two weeks later.", {"arrested": "2023-04", "charged": ""}),
    (
        WEDNESDAY,
        "Lee was arrested on 2 April and charged two weeks later.",
        {"arrested": "2023-04-02", "charged": "2023-04-10/2023-04-16"},
    ),
    (WEDNESDAY, "Floods that hit the region in May killed 12 people.", {"hit": "2023-05", "killed": "2023-05"}),
    (
        WEDNESDAY,
        "The trial of the men who attacked a church in 2020 opens on Thursday.",
        {"attacked": "2020", "trial": "2023-06-15"},
    ),
    (
        WEDNESDAY,
        "Workers began a strike on Tuesday after talks collapsed last week.",
        {"strike": "2023-06-13", "collapsed": "2023-06-05/2023-06-11"},
    ),
    (
        WEDNESDAY,
        "The rebels, who seized the town in March, released 12 hostages on Tuesday.",
        {"seized": "2023-03", "released": "2023-06-13"},
    ),
    (
        WEDNESDAY,
        "Police said on Monday they had arrested a man who stabbed two women.",
        {"arrested": "", "stabbed": ""},
    ),
    (WEDNESDAY, "The minister said on Tuesday that troops had captured the village.", {"captured": ""}),
    (WEDNESDAY, "The minister said on Tuesday that troops captured the village on Sunday.", {"captured": "2023-06-11"}),
    (WEDNESDAY, "Three people died in a fire on Friday, the mayor told reporters on Monday.", {"died": "2023-06-09"}),
    (
        WEDNESDAY,
        "Two miners were killed at dawn on Tuesday when a tunnel collapsed.",
        {"killed": "2023-06-13", "collapsed": "2023-06-13"},
    ),
    (WEDNESDAY, "The airline cancelled 40 flights on Monday and Tuesday.", {"cancelled": "2023-06-12/2023-06-13"}),
    (WEDNESDAY, "The airline cancelled 40 flights between Friday and Sunday.", {"cancelled": "2023-06-09/2023-06-11"}),
    (WEDNESDAY, "The parliament is due to vote on the bill on Thursday.", {"vote": "2023-06-15"}),
    (WEDNESDAY, "The parliament votes on the bill next week.", {"votes": "2023-06-19/2023-06-25"}),
    (WEDNESDAY, "The attack came a week after rebels bombed a market.", {"bombed": ""}),
    (WEDNESDAY, "The attack on Saturday came a week after rebels bombed a market.", {"attack": "2023-06-10"}),
    (WEDNESDAY, "It was the second attack in the city this month.", {"attack": "2023-06"}),
    (
        WEDNESDAY,
        "Rescuers found a child alive four days after the quake struck the island on Friday.",
        {"struck": "2023-06-09", "found": "2023-06-13"},
    ),
    (WEDNESDAY, "The army shelled the port for three days in February.", {"shelled": "2023-02"}),
    (WEDNESDAY, "The firm bought Calvex for $2bn in 2016 and sold it in 2021.", {"bought": "2016", "sold": "2021"}),
    (WEDNESDAY, "The club won the cup in 1998, 2003 and 2011.", {"won": "1998"}),
    (WEDNESDAY, "Until last year, the base hosted American troops.", {"hosted": "/2022"}),
    (
        WEDNESDAY,
        "Protesters, angered by last week's killing of a student, burned a police station on Tuesday.",
        {"killing": "2023-06-05/2023-06-11", "burned": "2023-06-13"},
    ),
    (
        WEDNESDAY,
        "A court on Monday acquitted Pinto of the 2004 murder of his wife.",
        {"acquitted": "2023-06-12", "murder": "2004"},
    ),
    (WEDNESDAY, "Earlier on Tuesday, a drone struck a fuel depot.", {"struck": "2023-06-13"}),
    (WEDNESDAY, "Earlier, a drone struck a fuel depot.", {"struck": ""}),
    (WEDNESDAY, "The volcano last erupted in 1963.", {"erupted": "1963"}),
    (WEDNESDAY, "More than 200 people have drowned so far this year.", {"drowned": "2023"}),
    (WEDNESDAY, "In January alone, 60 migrants drowned.", {"drowned": "2023-01"}),
    (WEDNESDAY, "The president will visit Ghana on June 20-22.", {"visit": "2023-06-20/2023-06-22"}),
    (WEDNESDAY, "The president will visit Ghana later this month.", {"visit": "2023-06"}),
    (WEDNESDAY, "The factory, which opened in 1972, will close in September.", {"opened": "1972", "close": "2023-09"}),
    (WEDNESDAY, "Okafor, 54, won the election in February with 51% of the vote.", {"won": "2023-02"}),
    (WEDNESDAY, "The strike, now in its third week, has closed 40 schools.", {"closed": ""}),
    (WEDNESDAY, "Nine people were injured in Monday's train crash.", {"injured": "2023-06-12", "crash": "2023-06-12"}),
    (
        WEDNESDAY,
        "The victims of Monday's crash were buried on Wednesday.",
        {"buried": "2023-06-14", "crash": "2023-06-12"},
    ),
    (
        WEDNESDAY,
        "Prosecutors have charged four men over the crash, which killed nine people on 2 May.",
        {"charged": "", "killed": "2023-05-02"},
    ),
    (WEDNESDAY, "The mayor said by telephone that two people died.", {"died": ""}),
    (WEDNESDAY, "Kofi Mensah was killed by a mob on the night of 3 June.", {"killed": "2023-06-03"}),
    (
        WEDNESDAY,
        "The army retook the town on June 3, nearly a month after militants captured it.",
        {"retook": "2023-06-03", "captured": ""},
    ),
    (WEDNESDAY, "Officials expect the dam to collapse within days.", {"collapse": ""}),
    (
        WEDNESDAY,
        "The journalist disappeared in Juba in 2018. He was released in 2020 after a campaign.",
        {"released": "2020"},
    ),
    (WEDNESDAY, "The suspect, arrested on Saturday, appeared in court on Tuesday.", {"arrested": "2023-06-10"}),
    (
        WEDNESDAY,
        "A suicide bomber killed 20 people on Tuesday in the deadliest attack since 2014.",
        {"killed": "2023-06-13", "attack": ""},
    ),
    (WEDNESDAY, "In a 2012 attack, gunmen killed eight guards.", {"killed": "2012", "attack": "2012"}),
    (WEDNESDAY, "The election, scheduled for October, was postponed.", {"election": "2023-10", "postponed": ""}),
    (WEDNESDAY, "Last month's election was marred by violence.", {"election": "2023-05"}),
    (WEDNESDAY, "Next month's election will be held under guard.", {"election": "2023-07"}),
    (WEDNESDAY, "The bank collapsed in the early 2000s.", {"collapsed": "2000/2009"}),
    (WEDNESDAY, "The bank was robbed three times between 2005 and 2007.", {"robbed": "2005/2007"}),
    (WEDNESDAY, "Two weeks ago, on May 31, a judge jailed the singer.", {"jailed": "2023-05-31"}),
    (
        WEDNESDAY,
        "The singer was jailed on Monday, a year after he attacked a fan.",
        {"jailed": "2023-06-12", "attacked": "2022"},
    ),
    (WEDNESDAY, "The 27-year-old was stabbed at 11.30pm on Saturday.", {"stabbed": "2023-06-10"}),
    (WEDNESDAY, "The 3 June derailment killed 288 people.", {"derailment": "2023-06-03"}),
    (WEDNESDAY, "The firm dismissed 90 workers at the start of the year.", {"dismissed": "2023"}),
    (WEDNESDAY, "On Tuesday night and early Wednesday, jets bombed the harbour.", {"bombed": "2023-06-13/2023-06-14"}),
    (WEDNESDAY, "Troops withdrew a day before the vote on Sunday.", {"withdrew": "2023-06-10"}),
    (WEDNESDAY, "By Monday evening, rebels had seized the airport.", {"seized": "/2023-06-12"}),
    (
        WEDNESDAY,
        "The pandemic struck in 2020, and the theatre closed that March.",
        {"struck": "2020", "closed": "2020-03"},
    ),
    (WEDNESDAY, "The law was passed under the 1995 constitution.", {"passed": ""}),
    (WEDNESDAY, "The army recruited 4,000 men in 2022-23.", {"recruited": "2022/2023"}),
    (
        SATURDAY,
        "The company said on Friday it had fired its chief executive, who took office in 2015.",
        {"fired": "", "took": "2015"},
    ),
    (
        SATURDAY,
        "Officials said on Friday that nine people were killed in a landslide on Thursday.",
        {"killed": "2020-01-30", "landslide": "2020-01-30"},
    ),
    (
        SATURDAY,
        "The minister, who resigned on Thursday, was arrested at the airport.",
        {"resigned": "2020-01-30", "arrested": ""},
    ),
    (SATURDAY, "Since 2011, the war has killed 400,000 people.", {"killed": "2011/"}),
    (SATURDAY, "The ban, imposed in March, expires in June.", {"imposed": "2019-03"}),
    (
        SATURDAY,
        "Police on Friday arrested a man suspected of murdering a student in 1998.",
        {"arrested": "2020-01-31", "murdering": "1998"},
    ),
    (SATURDAY, "He was jailed on Friday for killing his wife.", {"jailed": "2020-01-31", "killing": ""}),
    (SATURDAY, "He killed the guard by setting fire to the hut on Friday.", {"killed": "2020-01-31"}),
    (SATURDAY, "The team beat Spain on Friday to win the cup for the first time since 1966.", {"beat": "2020-01-31"}),
    (SATURDAY, "Her brother was murdered two years ago.", {"murdered": "2018"}),
    (SATURDAY, "Smoke rose over the port early on Saturday after jets bombed a depot.", {"bombed": ""}),
    (
        SATURDAY,
        "Thousands marched on Friday against a law that parliament passed last month.",
        {"marched": "2020-01-31", "passed": "2020-01"},
    ),
    (SATURDAY, "The law, which was passed last month and takes effect in April, bans protests.", {"passed": "2020-01"}),
    (SATURDAY, "The mayor promised in December to build 500 homes by 2025.", {"build": "/2025"}),
    (
        SATURDAY,
        "On Thursday, a day after being elected, the president dismissed the army chief.",
        {"dismissed": "2020-01-30", "elected": "2020-01-29"},
    ),
    (
        SATURDAY,
        "The president dismissed the army chief on Thursday, hours after being sworn in.",
        {"dismissed": "2020-01-30"},
    ),
    (SATURDAY, "Hundreds of people have fled the town in recent days.", {"fled": ""}),
    (
        SATURDAY,
        "Hundreds of people have fled the town since the rebels attacked it on Tuesday.",
        {"fled": "2020-01-28/", "attacked": "2020-01-28"},
    ),
    (SATURDAY, "Flights will resume on Monday, the airport said on Friday.", {"resume": "2020-02-03"}),
    (SATURDAY, "Flights were to resume on Monday.", {"resume": "2020-02-03"}),
    (
        SATURDAY,
        "Parliament will debate the bill when it meets on Tuesday.",
        {"debate": "2020-02-04", "meets": "2020-02-04"},
    ),
    (SATURDAY, "If the union rejects the offer on Monday, drivers will strike.", {"rejects": "2020-02-03"}),
    (
        SATURDAY,
        "The two leaders, who last met in Oslo in 2017, signed the accord on Friday.",
        {"met": "2017", "signed": "2020-01-31"},
    ),
    (
        SATURDAY,
        "The rebels freed the hostages on Friday, ending a siege that began on Monday.",
        {"freed": "2020-01-31", "ending": "2020-01-31", "siege": "2020-01-27"},
    ),
    (
        SATURDAY,
        "Ali, who was born in 1980 and emigrated to Canada in 2001, was shot dead on Friday.",
        {"born": "1980", "emigrated": "2001", "shot": "2020-01-31"},
    ),
    (SATURDAY, "In 2019 alone, 300 journalists were jailed, up from 250 in 2018.", {"jailed": "2019"}),
    (SATURDAY, "Sales fell 3% in January from a year earlier.", {"fell": "2020-01"}),
    (SATURDAY, "The strike, the third since October, grounded 200 flights on Friday.", {"grounded": "2020-01-31"}),
    (SATURDAY, "Police have arrested 12 people since the beginning of the year.", {"arrested": "2020/"}),
    (
        SATURDAY,
        "Fighting between the two groups, which broke out in mid-January, has displaced 9,000 people.",
        {"broke": "2020-01"},
    ),
    (SATURDAY, "The cathedral was destroyed during World War II.", {"destroyed": ""}),
    (
        SATURDAY,
        "The cathedral was destroyed in 1943 and rebuilt ten years later.",
        {"destroyed": "1943", "rebuilt": "1953"},
    ),
    (SATURDAY, "The explosion happened at around 3 p.m. on Thursday, January 30.", {"explosion": "2020-01-30"}),
    (SATURDAY, "In the night from Thursday to Friday, thieves robbed the museum.", {"robbed": "2020-01-30/2020-01-31"}),
    (SATURDAY, "Thieves robbed the museum between 2 and 4 a.m. on Friday.", {"robbed": "2020-01-31"}),
    (
        MONDAY,
        "A hurricane struck the island on Monday morning, a week after another storm killed six.",
        {"struck": "2024-07-01", "killed": "2024-06-24/2024-06-30"},
    ),
    (MONDAY, "The factory burned down on Christmas Day 2022.", {"burned": "2022-12-25"}),
    (
        MONDAY,
        "He was arrested on Thursday morning. By the evening, he had been released.",
        {"arrested": "2024-06-27", "released": ""},
    ),
    (
        MONDAY,
        "A ferry sank off Sulawesi on Sunday. At least 15 people drowned, police said on Monday.",
        {"sank": "2024-06-30"},
    ),
    (MONDAY, "The war, now in its third year, has killed thousands.", {"killed": ""}),
    (MONDAY, "Brazil last won the cup in 2002.", {"won": "2002"}),
    (MONDAY, "The previous attack, on May 3, wounded 11 people.", {"attack": "2024-05-03", "wounded": "2024-05-03"}),
    (MONDAY, "Jailed in 2016 for fraud, Berg was released in 2020.", {"Jailed": "2016", "released": "2020"}),
    (MONDAY, "Born in Lagos in 1975, Ade moved to London in 1990.", {"moved": "1990"}),
    (MONDAY, "The ceasefire that took effect on Friday was broken within hours.", {"broken": ""}),
    (
        MONDAY,
        "US forces invaded Iraq in 2003, and Saddam Hussein was captured that December.",
        {"invaded": "2003", "captured": "2003-12"},
    ),
    (MONDAY, "NATO bombed Serbia for 78 days in 1999.", {"bombed": "1999"}),
    (MONDAY, "The talks are scheduled to resume in Doha next week.", {"resume": "2024-07-08/2024-07-14"}),
    (MONDAY, "It is two years since rebels captured the city.", {"captured": ""}),
    (MONDAY, "The company plans to open a plant in 2026.", {"open": "2026"}),
    (MONDAY, "The company had planned to open a plant in 2020.", {"open": "2020"}),
    (MONDAY, "She was killed on her birthday.", {"killed": ""}),
    (
        MONDAY,
        "The gunman killed six people at a mosque in Quebec in January 2017, months after threatening a judge.",
        {"killed": "2017-01", "threatening": ""},
    ),
    (MONDAY, "Investigators believe the fire started on Saturday evening.", {"fire": "2024-06-29"}),
    (
        MONDAY,
        "The airlines met on June 17, 2015 and agreed to work together on safety.",
        {"met": "2015-06-17", "work": ""},
    ),
    (MONDAY, "The announcement follows a visit by inspectors in 2017.", {"visit": "2017"}),
    (MONDAY, "The firm created 900 jobs in the year to March 31.", {"created": "/2024-03-31"}),
    (MONDAY, "The vote was postponed to Friday.", {"postponed": ""}),
    (MONDAY, "On Monday he began to withdraw his troops.", {"withdraw": "2024-07-01"}),
    (MONDAY, "The army said on Sunday rebels attacked a convoy.", {"attacked": ""}),
    (MONDAY, "The army announced Sunday it had captured the town.", {"captured": ""}),
    (
        MONDAY,
        "Gunmen abducted 30 pupils from a school in Kaduna on Friday and later released two of them.",
        {"abducted": "2024-06-28"},
    ),
    (MONDAY, "Two people died on Sunday after eating mushrooms.", {"died": "2024-06-30"}),
    (
        MONDAY,
        "She said her son had been killed in 2016 while fighting in Syria.",
        {"killed": "2016", "fighting": "2016"},
    ),
    (MONDAY, "The country has seen eight coups since independence in 1960.", {"coups": ""}),
    (MONDAY, "The prime minister flew to Rabat on Sunday for talks with the king.", {"flew": "2024-06-30"}),
    (MONDAY, "By 2030 the company wants to close all its mines.", {"close": "/2030"}),
    (MONDAY, "The accord ended a war that had killed 60,000 people between 1983 and 2009.", {"killed": "1983/2009"}),
    (MONDAY, "“We attacked them at dawn on Saturday,” the commander said on Sunday.", {"attacked": "2024-06-29"}),
    (MONDAY, "“They attacked us yesterday,” the commander said on Sunday.", {"attacked": "2024-06-29"}),
    (MONDAY, "The minister is to visit Ankara on Thursday and Friday.", {"visit": "2024-07-04/2024-07-05"}),
]


@pytest.fixture(scope="module")
def docs(nlp: Language) -> dict[str, Doc]:
    """Every sentence analysed once, under its own date."""
    documents = (
        Document(
            id=f"d{number}",
            text=text,
            date=day,
            sections=(Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),),
        )
        for number, (day, text, _) in enumerate(SENTENCES)
    )
    return {doc._.document.text: doc for doc in annotate(nlp, documents, 64)}


def times(doc: Doc) -> dict[str, str]:
    """The time of each event by its trigger words, as the table writes it; the first event of a word counts."""
    found: dict[str, str] = {}
    happenings: list[Happening] = doc._.happenings
    for event in happenings:
        time = event.time
        told = "" if time is None else time.value or f"{time.start}/{time.end}"
        for trigger in event.triggers:
            found.setdefault(doc[trigger].text, told)
    return found


@pytest.mark.parametrize(("day", "text", "expected"), SENTENCES, ids=[text for _, text, _ in SENTENCES])
def test_who_carries_the_time(docs: dict[str, Doc], day: str, text: str, expected: dict[str, str]) -> None:
    found = times(docs[text])
    assert {trigger: found.get(trigger, "no event") for trigger in expected} == expected
