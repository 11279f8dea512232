"""The gazetteer: names to places, ranking, context, and where the index is kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import gazetteer
from kg.errors import ConfigError
from kg.gazetteer import Context, Gazetteer, disambiguate, distance_km, inside, open_gazetteer
from kg.ids import fold
from kg.model import Geo


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("name", "english", "level", "country"),
    [
        ("Kharkov", "Kharkiv", "town", "UA"),
        ("Balakleya", "Balakliya", "town", "UA"),
        ("Izium", "Izyum", "town", "UA"),
        ("Lugansk", "Luhansk", "town", "UA"),
        ("Kharkiv Oblast", "Kharkiv Oblast", "region", "UA"),
        ("Belgorod region", "Belgorod Oblast", "region", "RU"),
        ("Bavaria", "Bavaria", "region", "DE"),
        ("Donbass", "Donbas", "region", "UA"),
        ("Calif.", "California", "region", "US"),
        ("U.S.", "United States", "country", "US"),
        ("Türkiye", "Turkey", "country", "TR"),
        ("Burma", "Myanmar", "country", "MM"),
        ("Washington", "Washington", "town", "US"),
    ],
)
def test_names_find_their_place(places: Gazetteer, name: str, english: str, level: str, country: str) -> None:
    best = places.lookup(name)[0]
    assert (best.name, best.level, best.country) == (english, level, country)


def test_a_country_goes_before_its_namesakes(places: Gazetteer) -> None:
    assert [geo.level for geo in places.lookup("Georgia")[:2]] == ["country", "region"]


def test_unknown_names_find_nothing(places: Gazetteer) -> None:
    assert places.lookup("Qwrtplonia") == ()
    assert places.lookup("") == ()
    assert places.lookup("'; DROP TABLE place; --") == ()


def test_towns_know_their_region(places: Gazetteer) -> None:
    assert places.lookup("Izyum")[0].region == "Kharkiv Oblast"


@pytest.mark.parametrize(
    ("word", "code"),
    [("Russian", "RU"), ("french", "FR"), ("Pole", "PL"), ("British", "GB"), ("European", ""), ("green", "")],
)
def test_demonyms(places: Gazetteer, word: str, code: str) -> None:
    assert places.demonym(word) == code


def test_peoples_of_areas(places: Gazetteer) -> None:
    europe = places.people("European")
    assert europe is not None
    assert (europe.geo.name, europe.governed) == ("Europe", False)


def test_capitals_under_any_spelling(places: Gazetteer) -> None:
    assert [places.capital_of(name) for name in ("Kyiv", "Kiev", "Moscow", "Kharkiv")] == ["UA", "UA", "RU", ""]


def test_the_countries_named_decide_between_namesakes(places: Gazetteer) -> None:
    candidates = places.candidates("tripoli")
    assert disambiguate("tripoli", candidates, Context())[0].geo.country == "LY"
    named = Context.of({"beirut": places.candidates("beirut"), "lebanon": places.candidates("lebanon")})
    assert disambiguate("tripoli", candidates, named)[0].geo.country == "LB"


def test_what_the_text_says_of_the_place_decides(places: Gazetteer) -> None:
    texas = places.lookup("Texas")[0]
    best = disambiguate("paris", places.candidates("paris"), Context(), texas)[0].geo
    assert (best.country, best.region) == ("US", "Texas")


@pytest.mark.parametrize(
    ("name", "others", "region"),
    [
        ("manchester", ("nashua", "concord"), "New Hampshire"),
        ("cambridge", ("kitchener", "guelph"), "Ontario"),
        ("moscow", ("latah county", "pullman"), "Idaho"),
        ("manchester", ("salford", "stockport"), "England"),
    ],
)
def test_names_that_lie_together_explain_each_other(
    places: Gazetteer, name: str, others: tuple[str, ...], region: str
) -> None:
    context = Context.of({each: places.candidates(each) for each in (name, *others)})
    assert disambiguate(name, places.candidates(name), context)[0].geo.region == region


def test_one_name_of_its_state_does_not_move_a_metropolis(places: Gazetteer) -> None:
    context = Context.of({name: places.candidates(name) for name in ("moscow", "london", "harrisburg")})
    assert disambiguate("moscow", places.candidates("moscow"), context)[0].geo.country == "RU"


def test_a_people_speaks_for_its_country(places: Gazetteer) -> None:
    names = {name: places.candidates(name) for name in ("georgia", "atlanta")}
    assert disambiguate("georgia", names["georgia"], Context.of(names))[0].geo.country == "US"
    assert disambiguate("georgia", names["georgia"], Context.of(names, ["GE"]))[0].geo.country == "GE"


def test_the_order_of_names_does_not_matter(places: Gazetteer) -> None:
    names = ("troy", "albany", "saratoga county", "paris")
    forward = Context.of({name: places.candidates(name) for name in names})
    backward = Context.of({name: places.candidates(name) for name in reversed(names)})
    for name in names:
        assert disambiguate(name, places.candidates(name), forward) == disambiguate(
            name, places.candidates(name), backward
        )


@pytest.mark.parametrize(
    ("name", "country"), [("Nile", ""), ("Heathrow", "GB"), ("Lake Baikal", "RU"), ("Bosphorus", "TR")]
)
def test_features_and_landmarks_are_known(places: Gazetteer, name: str, country: str) -> None:
    assert places.lookup(name)[0].country == country


def test_a_bare_name_is_the_town_that_its_region_is_called_after(places: Gazetteer) -> None:
    assert places.lookup("San Marcos")[0].level == "town"
    assert places.lookup("Quebec")[0].level == "region"


@pytest.mark.parametrize(
    ("word", "name"), [("Ohioan", "Ohio"), ("Virginian", "Virginia"), ("South Ossetian", "South Ossetia")]
)
def test_peoples_of_regions_are_those_of_the_largest(places: Gazetteer, word: str, name: str) -> None:
    found = places.people(word)
    assert found is not None
    assert (found.geo.name, found.geo.region) == (name, "")


def test_inside(places: Gazetteer) -> None:
    town, region, country = (places.lookup(name)[0] for name in ("Izyum", "Kharkiv Oblast", "Ukraine"))
    assert inside(town, region)
    assert inside(region, country)
    assert inside(town, country)
    assert not inside(country, town)
    assert not inside(town, town)


@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_distance_is_symmetric_and_bounded(one: tuple[float, float], other: tuple[float, float]) -> None:
    a, b = (Geo(id=0, name="", lat=lat, lon=lon, level="town", country="") for lat, lon in (one, other))
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) < 20_100


@given(st.text(max_size=30))
def test_any_text_can_be_looked_up(name: str) -> None:
    ranks = [candidate.rank for candidate in open_gazetteer().candidates(fold(name))]
    assert ranks == sorted(ranks, reverse=True)


def test_the_index_lies_in_the_folder_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(gazetteer.CACHE_VARIABLE, str(tmp_path / "kept"))
    path = gazetteer.index_path()
    assert path.parent == tmp_path / "kept"
    assert path.parent.is_dir()


def test_a_folder_that_cannot_be_made_is_an_error_that_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(gazetteer.CACHE_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(ConfigError, match=gazetteer.CACHE_VARIABLE):
        gazetteer.index_path()


def test_an_unwritable_cache_falls_back_to_a_private_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.delenv(gazetteer.CACHE_VARIABLE, raising=False)
    monkeypatch.setattr(gazetteer, "user_cache_path", lambda name: tmp_path / "file" / name)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    path = gazetteer.index_path()
    assert path.parent.parent == tmp_path
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Salisbury", "GB"),
        ("Kibera", "KE"),
        ("Siverskyi Donets", "UA"),
        ("Elysee Palace", "FR"),
        ("Galapagos", "EC"),
        ("Engels air base", "RU"),
        ("Kharg Island", "IR"),
    ],
)
def test_districts_landmarks_and_features_are_known(places: Gazetteer, name: str, country: str) -> None:
    assert places.lookup(name)[0].country == country


@pytest.mark.parametrize(
    ("word", "name"),
    [("Serbian", "Serbia"), ("Montenegrin", "Montenegro"), ("Londoner", "London"), ("Muscovite", "Moscow")],
)
def test_peoples_of_countries_and_towns(places: Gazetteer, word: str, name: str) -> None:
    people = places.people(word)
    assert people is not None
    assert people.geo.name == name


def test_a_country_by_its_code(places: Gazetteer) -> None:
    assert places.country("BR") is not None
    assert places.country("XX") is None
