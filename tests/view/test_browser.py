from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from kg import assets
from kg.config import Settings
from kg.store import Store
from kg.view import page, write_page
from tests.conftest import need
from tests.small_graph import small_store
from tests.view.browser import Browser, launched
from tests.view.hostile import STRINGS, hostile_store
from tests.view.world import world

pytestmark = pytest.mark.browser

THEME = "return document.documentElement.dataset.theme"
AXE = Path(__file__).parents[2] / "third_party" / "development" / "axe-core" / "axe.min.js"
ACTS = (
    "page.select(null)",
    "page.select({ node: 0 })",
    "page.select({ edge: 0 })",
    "page.open('timeline')",
    "page.open('map')",
    "page.open('sayings')",
    "page.views.sayings().part = 'all'; page.views.sayings().refresh(page.shown)",
    "page.open('reader')",
    "page.read(0, 0, 0)",
    "page.find('velden')",
    "byId('keys').showModal()",
)
FOREIGN = "script, img, iframe, object, a, style, title:not(svg title), [onload], [onerror], [href], [src]"


@pytest.fixture(scope="module")
def browser(chromium: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with launched(chromium, tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_page(world(12), folder / "small.html", Settings())
    write_page(world(160), folder / "large.html", Settings())
    write_page(world(12), folder / "cut.html", Settings(page_nodes=20))
    write_page(Store.memory(), folder / "empty.html", Settings())
    write_page(small_store(), folder / "placed.html", Settings())
    write_page(hostile_store(), folder / "hostile.html", Settings())
    return folder


@pytest.fixture
def small(browser: Browser, pages: Path) -> Browser:
    browser.open(pages / "small.html")
    return browser


def items(browser: Browser) -> int:
    return int(browser.text("#count").split()[0].replace(",", ""))


def toggle(browser: Browser, name: str, value: str) -> None:
    (box,) = (b for b in browser.all(f'input[name="{name}"]') if b.get_attribute("value") == value)
    browser.run("arguments[0].click()", box)


def drawn(browser: Browser) -> list[dict[str, str]]:
    """The nodes that vis-network itself shows."""
    found: list[dict[str, str]] = browser.run(
        "return page.drawing.nodes.get().filter((n) => !n.hidden).map((n) => page.data.nodes[n.id])"
    )
    return found


def quiet(browser: Browser) -> None:
    """Wait until no animation moves the drawing."""
    state = "return JSON.stringify([page.drawing.network.getScale(), page.drawing.network.getViewPosition()])"
    seen: list[str] = []

    def still(_: object) -> bool:
        seen.append(browser.run(state))
        return len(seen) > 3 and len(set(seen[-3:])) == 1

    WebDriverWait(browser.driver, 10, poll_frequency=0.15).until(still)


def test_the_page_asks_for_nothing_and_complains_of_nothing(browser: Browser, pages: Path) -> None:
    browser.requests(), browser.complaints()
    for name in ("small.html", "hostile.html"):
        browser.open(pages / name)
        browser.run("page.data.nodes.forEach((node) => page.select({ node: node.id }))")
        browser.run("page.data.edges.forEach((edge) => page.select({ edge: edge.id }))")
    assert set(browser.requests()) == {(pages / name).as_uri() for name in ("small.html", "hostile.html")}
    assert browser.complaints() == []


def test_everything_is_drawn_inside_the_view(small: Browser) -> None:
    assert items(small) == len(drawn(small))
    quiet(small)
    outside = small.run(
        "const box = page.drawing.container.getBoundingClientRect();"
        "return Object.values(page.drawing.network.getPositions()).map((p) => page.drawing.network.canvasToDOM(p))"
        ".filter((p) => p.x < 0 || p.y < 0 || p.x > box.width || p.y > box.height).length"
    )
    assert outside == 0


def test_labels_at_first_sight_do_not_overlap(small: Browser) -> None:
    boxes = small.run(
        "const boxes = []; const take = Room.prototype.take; const label = Drawing.prototype.label;"
        "page.drawing.label = function (canvas, id, box, view, rooms) {"
        "  rooms.texts.take = function (spot) { boxes.push(spot); take.call(this, spot); };"
        "  return label.call(this, canvas, id, box, view, rooms); };"
        "page.drawing.network.redraw(); delete page.drawing.label; return boxes"
    )
    assert len(boxes) > 0.6 * items(small)
    for number, a in enumerate(boxes):
        for b in boxes[:number]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_a_click_on_a_node_shows_its_evidence(small: Browser) -> None:
    node = small.run("return page.data.nodes.find((n) => n.family === 'statement')")
    quiet(small)
    small.click_at(node["x"], node["y"])
    WebDriverWait(small.driver, 5).until(lambda _: small.text("#panel h2") == node["name"])
    assert small.text("#panel blockquote mark.speaker") == node["name"].split(":")[0]
    assert small.text("#panel figcaption b") == node["outlets"][0]
    assert node["start"] in small.text("#panel figcaption")
    assert node["name"].split(": ")[1] in small.text("#panel blockquote")


def test_a_click_on_an_edge_shows_its_evidence(small: Browser) -> None:
    reason, (a, b) = small.run(
        "const e = page.data.edges.find((e) => e.family === 'conflict');"
        "return [page.data.reason(e), [page.data.nodes[e.from], page.data.nodes[e.to]]]"
    )
    quiet(small)
    small.click_at((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    WebDriverWait(small.driver, 5).until(lambda _: small.text("#panel h2") == "conflicts with")
    assert small.text("#panel .reason") == reason
    assert len(small.all("#panel blockquote")) == 2


def test_a_click_beside_everything_closes_the_panel(small: Browser) -> None:
    small.run("page.select({ node: 0 })")
    quiet(small)
    corner = small.run("return page.drawing.network.DOMtoCanvas({ x: 6, y: 6 })")
    small.click_at(corner["x"], corner["y"])
    WebDriverWait(small.driver, 5).until(lambda _: small.all("#panel .welcome"))


def test_neighbours_lead_on(small: Browser) -> None:
    small.run("page.select({ node: 0 })")
    link = small.one("#panel .links button")
    name = link.find_element(By.CSS_SELECTOR, ".to").text
    link.send_keys(Keys.ENTER)
    assert small.text("#panel h2") == name
    small.keys(Keys.TAB)
    assert small.run("return document.getElementById('panel').contains(document.activeElement)")


def test_search_by_keyboard(small: Browser) -> None:
    small.keys("/")
    small.keys("MARCHETTI")
    assert "Della Marchetti-Osei" in small.text("#results li")
    small.keys(Keys.ENTER)
    assert small.text("#panel h2") == "Della Marchetti-Osei"
    assert not small.one("#results").is_displayed()


def test_search_walks_down_and_says_when_nothing_is_found(small: Browser) -> None:
    small.keys("/")
    small.keys("velden", Keys.ARROW_DOWN)
    rows = small.all("#results [role=option]")
    assert [row.get_attribute("aria-selected") for row in rows[:3]] == ["false", "true", "false"]
    assert small.one("#search").get_attribute("aria-activedescendant") == rows[1].get_attribute("id")
    small.keys("xyzzy")
    assert small.text("#results .none") == "No label holds these words."
    small.keys(Keys.ESCAPE)
    assert not small.one("#search").get_attribute("value")


def test_filter_by_kind(small: Browser) -> None:
    toggle(small, "kind", "Statement")
    assert not [n for n in drawn(small) if n["kind"] == "Statement"]
    assert "of 83 items" in small.text("#count")


def test_filter_by_outlet(small: Browser) -> None:
    toggle(small, "outlet", "Harbour Post")
    assert all("Harbour Post" in n["outlets"] for n in drawn(small))


def test_filter_by_event_type(small: Browser) -> None:
    toggle(small, "type", "assault")
    assert {n["type"] for n in drawn(small) if n["family"] == "event"} == {"assault"}
    assert {n["family"] for n in drawn(small)} == {"actor", "place", "event", "statement"}


def test_filter_by_date(small: Browser) -> None:
    small.run(
        "for (const [id, day] of [['from', '2031-03-03'], ['to', '2031-03-05']]) {"
        "const field = document.getElementById(id); field.value = day;"
        "field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    days = {n["start"] for n in drawn(small) if n["start"]}
    assert days == {"2031-03-03", "2031-03-04", "2031-03-05"}


def test_claims_and_narrative_part_ways(small: Browser) -> None:
    toggle(small, "voice", "claims")
    claims = {n["kind"] for n in drawn(small)}
    assert {"ClaimedEvent", "Statement"} <= claims
    assert "Event" not in claims
    toggle(small, "voice", "narrative")
    narrative = {n["kind"] for n in drawn(small)}
    assert "Event" in narrative
    assert not narrative & {"ClaimedEvent", "Statement"}


def test_filters_combine_and_reset(small: Browser) -> None:
    toggle(small, "outlet", "Harbour Post")
    toggle(small, "type", "assault")
    kinds = {(n["type"], *n["outlets"]) for n in drawn(small) if n["family"] == "event"}
    assert kinds == {("assault", "Harbour Post")}
    small.one("#reset-filters").click()
    WebDriverWait(small.driver, 5).until(lambda _: items(small) == 83)


def test_nothing_left_says_so_and_offers_a_way_back(small: Browser) -> None:
    for box in small.all('input[name="kind"]'):
        small.run("arguments[0].click()", box)
    assert small.text("#nothing p") == "Nothing matches these filters."
    small.one("#nothing-reset").click()
    WebDriverWait(small.driver, 5).until(lambda _: items(small) == 83)
    assert not small.one("#nothing").is_displayed()


def test_only_the_neighbours_and_back(small: Browser) -> None:
    small.run("page.select({ node: 3 })")
    small.one("#panel .actions button:last-child").click()
    assert items(small) == small.run("return page.data.near(3).size")
    WebDriverWait(small.driver, 5).until(lambda _: small.one("#around button").is_displayed())
    small.one("#around button").click()
    assert items(small) == 83


def test_choosing_a_filtered_item_brings_it_back(small: Browser) -> None:
    toggle(small, "kind", "Person")
    small.keys("/")
    small.keys("Mira", Keys.ENTER)
    WebDriverWait(small.driver, 5).until(lambda _: items(small) == 83)
    assert small.text("#panel h2") == "Mira Oddsen"


def test_what_is_left_out_is_said(browser: Browser, pages: Path) -> None:
    browser.open(pages / "cut.html")
    assert "63 less connected items are left out" in browser.text("#count")


def test_an_empty_graph_says_so(browser: Browser, pages: Path) -> None:
    browser.open(pages / "empty.html")
    assert browser.text("#nothing") == "This graph is empty."
    assert browser.complaints() == []


def test_hostile_text_is_only_text(browser: Browser, pages: Path) -> None:
    browser.open(pages / "hostile.html")
    browser.run("window.alert = () => { window.struck = true; }; window.print = window.alert")
    count = browser.run("return page.data.nodes.length")
    for node in range(count):
        browser.run("page.select({ node: arguments[0] })", node)
        assert browser.run(f"return document.querySelectorAll('#panel :is({FOREIGN})').length") == 0
    seek(browser, STRINGS)
    for view in ("timeline", "map", "sayings", "reader"):
        browser.run("page.open(arguments[0])", view)
        assert browser.run(f"return document.querySelectorAll('#view-{view} :is({FOREIGN})').length") == 0
    for part in ("conflict", "agreement", "all"):
        browser.run("const v = page.views.sayings(); v.part = arguments[0]; v.refresh(page.shown)", part)
    browser.run("page.views.timeline().undated = true; page.views.timeline().refresh(page.shown); page.read(0, 40, 0)")
    assert browser.run(f"return document.querySelectorAll('main :is({FOREIGN})').length") == 0
    assert browser.text("#view-reader h2") == STRINGS[0]
    assert not browser.run("return Boolean(window.struck)")
    named = browser.run("return page.data.nodes.filter((n) => n.family === 'actor').map((n) => n.name)")
    assert {string for string in STRINGS if string.isprintable()} <= set(named)
    assert browser.complaints() == []


def seek(browser: Browser, strings: tuple[str, ...]) -> None:
    """Search for each string as a reader types it, and in the texts."""
    for string in strings:
        browser.run(
            "const field = page.search.input; field.value = arguments[0];"
            "field.dispatchEvent(new Event('input', { bubbles: true }))",
            string,
        )
        assert browser.run(f"return document.querySelectorAll('#results :is({FOREIGN})').length") == 0
        browser.run("page.find(arguments[0])", string)
        assert browser.run(f"return document.querySelectorAll('#view-found :is({FOREIGN})').length") == 0


def test_a_thousand_nodes_open_in_two_seconds(browser: Browser, pages: Path) -> None:
    browser.driver.execute_cdp_cmd("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    browser.driver.execute_cdp_cmd("Performance.enable", {})
    browser.open(pages / "large.html")
    metrics = browser.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    spent = {metric["name"]: metric["value"] for metric in metrics}
    browser.driver.execute_cdp_cmd("Performance.disable", {})
    assert items(browser) >= 1_000
    assert spent["TaskDuration"] < 2  # the page's own work; the clock on the wall depends on the machine's other work


def test_dark_and_light(small: Browser) -> None:
    def background(scheme: str) -> str:
        feature = {"name": "prefers-color-scheme", "value": scheme}
        small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        WebDriverWait(small.driver, 5).until(lambda _: small.run(THEME) == scheme)
        return str(small.run("return getComputedStyle(document.body).backgroundColor + theme.paper"))

    assert background("dark") != background("light")
    small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("width", [380, 900, 1440])
def test_nothing_hangs_over_the_edge(small: Browser, width: int) -> None:
    device = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    small.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    small.run("page.select({ node: 0 })")
    size = small.run("const e = document.documentElement; return [e.scrollWidth, e.scrollHeight]")
    small.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert size == [width, 800]


def test_a_choice_of_colours_outlasts_the_page(small: Browser, pages: Path) -> None:
    small.keys("t")
    chosen = small.run(THEME)
    small.open(pages / "small.html")
    assert small.run(THEME) == chosen
    small.run("localStorage.clear()")


def test_the_timeline_sets_what_is_reported_beside_what_is_said(small: Browser) -> None:
    small.one("#tab-timeline").click()
    first = small.one("#view-timeline .day")
    assert first.find_element(By.TAG_NAME, "time").text == "1 March 2031"
    lanes = first.find_elements(By.CLASS_NAME, "lane")
    assert "Harbour Post" in lanes[0].text
    assert "denies" in lanes[1].text
    said = [button for button in lanes[1].find_elements(By.TAG_NAME, "button") if "denies" in button.text]
    said[0].click()
    assert small.text("#panel .badge").startswith("Statement")


def test_the_timeline_follows_the_filters(small: Browser) -> None:
    toggle(small, "outlet", "Radio Meridian")
    small.one("#tab-timeline").click()
    outlets = {outlet.text for outlet in small.all("#view-timeline .outlet")}
    assert outlets == {"Radio Meridian"}


def test_both_sides_of_a_conflict_stand_beside_each_other(small: Browser) -> None:
    small.one("#tab-sayings").click()
    pair = small.one("#view-sayings .pair")
    sides = pair.find_elements(By.CLASS_NAME, "account")
    assert len(sides) == 2
    assert all(side.find_elements(By.CSS_SELECTOR, "mark.speaker") for side in sides)
    assert "One denies what the other asserts" in pair.text


def test_all_statements_by_speaker(small: Browser) -> None:
    small.one("#tab-sayings").click()
    small.one("#view-sayings .choice button:last-child").click()
    rows = small.all("#view-sayings td.stance")
    assert len(rows) == small.run("return page.data.nodes.filter((n) => n.family === 'statement').length")
    assert "Mira Oddsen" in [row.text for row in small.all("#view-sayings tbody .link")]


def test_the_article_opens_at_its_passage(small: Browser) -> None:
    node = small.run("return page.data.nodes.find((n) => n.family === 'statement').id")
    small.run("page.select({ node: arguments[0] })", node)
    small.one("#panel .passage .link").click()
    assert small.one("#view-reader").is_displayed()
    assert small.text("#view-reader mark.own.cue") == small.text("#panel blockquote mark.cue")
    small.one("#view-reader mark.own.cue").send_keys(Keys.ENTER)
    assert small.text("#panel .badge").startswith("Statement")
    small.one("#view-reader .chip.cue").click()
    assert small.one("#view-reader .chip.cue").get_attribute("aria-pressed") == "false"


def test_every_article_is_listed(small: Browser) -> None:
    small.one("#tab-reader").click()
    assert len(small.all("#view-reader .articles li")) == 12
    small.one("#view-reader .articles button").click()
    assert small.text("#view-reader h2") == "Day 1: tension in Skarhaven"
    assert small.all("#view-reader .article mark.trigger")


def test_the_texts_are_searched_too(small: Browser) -> None:
    small.keys("/")
    small.keys("gave no details", Keys.ENTER)
    WebDriverWait(small.driver, 5).until(lambda _: small.text("#view-found .note") == "3 places")
    assert {hit.text for hit in small.all("#view-found mark.hit")} == {"gave no details"}
    small.one("#view-found .line button").click()
    assert "gave no details" in small.text("#view-reader p.at")


def test_the_map_shows_places_and_says_what_is_missing(browser: Browser, pages: Path) -> None:
    browser.open(pages / "placed.html")
    browser.one("#tab-map").click()
    WebDriverWait(browser.driver, 5).until(lambda _: browser.all("#view-map .dot circle"))
    assert "Tolvik" in browser.text("#view-map .gazetteer")
    outlined = assets.there("world-atlas/countries-110m.json")
    assert bool(browser.all("#view-map .land")) == outlined
    assert ("no outlines are installed" in browser.text("#view-map .note")) != outlined
    browser.one("#view-map .places button").click()
    assert browser.all("#view-map .dot.selected")


def test_a_link_restores_view_selection_and_filters(small: Browser, pages: Path) -> None:
    toggle(small, "outlet", "Harbour Post")
    small.run("page.select({ node: 0 }); page.open('timeline')")
    WebDriverWait(small.driver, 5).until(lambda d: "view=timeline" in d.current_url)
    address, count, name = small.driver.current_url, items(small), small.text("#panel h2")
    small.driver.get("about:blank")
    small.driver.get(address)
    WebDriverWait(small.driver, 10).until(lambda d: d.execute_script("return document.documentElement.dataset.ready"))
    assert small.one("#view-timeline").is_displayed()
    assert (items(small), small.text("#panel h2")) == (count, name)


@pytest.mark.parametrize(
    "hash_", ["#node=nowhere&focus=[1", "#view=__proto__&article=99999.x", "#edge=[]&group=[{}]", "#%"]
)
def test_a_link_may_say_anything(browser: Browser, pages: Path, hash_: str) -> None:
    browser.driver.get("about:blank")
    browser.driver.get((pages / "small.html").as_uri() + hash_)
    WebDriverWait(browser.driver, 10).until(lambda d: d.execute_script("return document.documentElement.dataset.ready"))
    assert browser.complaints() == []


def test_the_trail_leads_back(small: Browser) -> None:
    small.run("page.select({ node: 0 })")
    first = small.text("#panel h2")
    WebDriverWait(small.driver, 5).until(lambda d: "node=" in d.current_url)
    address = small.driver.current_url
    small.run("page.select({ node: 1 })")
    assert len(small.all("#crumbs li")) == 2
    WebDriverWait(small.driver, 5).until(lambda d: d.current_url != address)
    small.one("#back").click()
    WebDriverWait(small.driver, 5).until(lambda _: small.text("#panel h2") == first)
    small.one("#crumbs li:last-child button").click()
    WebDriverWait(small.driver, 5).until(lambda _: small.text("#panel h2") != "")


def test_growing_from_a_node(small: Browser) -> None:
    small.run("page.select({ node: 5 }); page.filters.around([5])")
    before = items(small)
    other = small.run("return page.data.links(5).map((edge) => page.data.other(edge, 5).id)[0]")
    small.run("page.select({ node: arguments[0] })", other)
    small.keys("g")
    both = small.run("return new Set([...page.data.near(5), ...page.data.near(arguments[0])]).size", other)
    assert items(small) == both >= before


def test_a_chain_between_two_actors_is_told(small: Browser) -> None:
    small.run("page.select({ node: page.data.nodes.find((n) => n.name === 'Mira Oddsen').id })")
    field = small.one("#panel .seek input")
    field.send_keys("Pavo Lindqvist", Keys.ENTER)
    assert small.text("#panel h2") == "Mira Oddsen to Pavo Lindqvist"
    steps = small.all("#panel .chain li")
    assert steps[-1].text.endswith("Pavo Lindqvist")
    assert "links" in small.text("#panel .aliases")


def test_an_actor_is_told_among_the_others(small: Browser) -> None:
    small.run("page.select({ node: page.data.nodes.find((n) => n.name === 'Velden').id })")
    assert "other actors in events, statements or lasting relations" in small.text("#panel")


def test_arrows_walk_through_the_network(small: Browser) -> None:
    small.run("document.getElementById('network').focus()")
    small.keys(Keys.ARROW_RIGHT)
    seen = {small.text("#panel h2")}
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ARROW_UP, Keys.ARROW_DOWN):
        small.keys(key)
        seen.add(small.text("#panel h2"))
    assert len(seen) > 1
    small.keys(Keys.ENTER)
    assert small.run("return document.activeElement.id") == "panel"


def test_views_by_keyboard(small: Browser) -> None:
    for key, view in zip("12345", ("network", "timeline", "map", "sayings", "reader"), strict=True):
        small.keys(key)
        assert small.one(f"#view-{view}").is_displayed()
    small.one("#tab-reader").send_keys(Keys.ARROW_RIGHT)
    assert small.one("#view-network").is_displayed()
    small.keys("?")
    assert small.one("#keys").is_displayed()
    small.keys(Keys.ESCAPE)
    assert not small.one("#keys").is_displayed()


def test_of_many_items_the_best_connected_are_drawn(
    browser: Browser, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "DRAWN", 60)
    monkeypatch.setattr(page, "FIRST", 40)
    write_page(world(300), pages / "many.html", Settings(page_nodes=10_000))
    browser.open(pages / "many.html")
    before = len(drawn(browser))
    assert before <= 40 < items(browser)
    assert "drawn, the best connected" in browser.text("#part")
    missing = browser.run("return page.data.nodes.find((n) => !page.drawing.nodes.get(n.id)).id")
    browser.run("page.select({ node: arguments[0] }, true)", missing)
    assert missing in [node["id"] for node in drawn(browser)]
    places = browser.run("return Object.values(page.drawing.network.getPositions()).map((p) => `${p.x} ${p.y}`)")
    assert len(set(places)) == len(places)
    if assets.there(*page.OVERVIEW) and browser.run("return Overview.possible()"):
        browser.one("#toggle-overview").click()
        WebDriverWait(browser.driver, 10).until(lambda _: browser.all("#overview canvas"))
    assert not [line for line in browser.complaints() if "GL" not in line]


def test_without_the_bundled_files_the_page_does_without(
    browser: Browser, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "there", lambda *_: False)
    monkeypatch.setattr(page, "DRAWN", 60)
    write_page(small_store(), pages / "bare.html", Settings())
    browser.open(pages / "bare.html")
    browser.one("#tab-map").click()
    assert "no outlines are installed" in browser.text("#view-map .note")
    assert browser.all("#view-map .graticule")
    assert browser.complaints() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(small: Browser, scheme: str) -> None:
    need(AXE.is_file(), "axe-core: python third_party/fetch.py")
    small.run("page.setTheme(arguments[0])", scheme)
    small.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    faults: list[str] = []
    for act in ACTS:
        small.run(act)
        found = small.driver.execute_async_script(
            "const done = arguments[0]; const grave = (fault) => ['serious', 'critical'].includes(fault.impact);"
            "const told = (fault) => fault.id + ': ' + fault.nodes.map((node) => node.html.slice(0, 150)).join(' | ');"
            "axe.run().then(({ violations }) => done(violations.filter(grave).map(told)))"
        )
        faults += [f"{act}: {fault}" for fault in found]
    assert faults == []


def test_all_controls_have_names(small: Browser) -> None:
    small.run("page.select({ node: 0 })")
    nameless = small.run(
        "return [...document.querySelectorAll('button, input, [role]')].filter((e) => !e.closest('[hidden]')"
        " && !e.getAttribute('aria-label') && !e.labels?.length && !e.textContent.trim()).map((e) => e.outerHTML)"
    )
    assert [html for html in nameless if "role" not in html] == []
