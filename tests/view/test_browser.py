from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from kg.config import Settings
from kg.store import Store
from kg.view import write_page
from tests.view.browser import Browser, launched
from tests.view.hostile import STRINGS, hostile_store
from tests.view.world import world

pytestmark = pytest.mark.browser


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
    write_page(hostile_store(), folder / "hostile.html", Settings())
    return folder


@pytest.fixture
def small(browser: Browser, pages: Path) -> Browser:
    browser.open(pages / "small.html")
    return browser


def items(browser: Browser) -> int:
    return int(browser.text("#count").split()[0])


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
    edge, (a, b) = small.run(
        "const e = page.data.edges.find((e) => e.family === 'conflict');"
        "return [e, [page.data.nodes[e.from], page.data.nodes[e.to]]]"
    )
    quiet(small)
    small.click_at((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    WebDriverWait(small.driver, 5).until(lambda _: small.text("#panel h2") == "conflicts with")
    assert small.text("#panel .reason") == edge["reason"]
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
    assert small.text("#results") == "No label holds these words."
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
        foreign = "script, img, iframe, object, a, style, title:not(svg title), [onload], [onerror], [href], [src]"
        assert browser.run("return document.querySelectorAll(`#panel :is(${arguments[0]})`).length", foreign) == 0
    for string in STRINGS:
        browser.run(
            "const field = page.search.input; field.value = arguments[0];"
            "field.dispatchEvent(new Event('input', { bubbles: true }))",
            string,
        )
        assert browser.run("return document.querySelectorAll('#results :is(script, img, a, [onload])').length") == 0
    assert not browser.run("return Boolean(window.struck)")
    named = browser.run("return page.data.nodes.filter((n) => n.family === 'actor').map((n) => n.name)")
    assert {string for string in STRINGS if string.isprintable()} <= set(named)
    assert browser.complaints() == []


def test_a_thousand_nodes_open_in_two_seconds(browser: Browser, pages: Path) -> None:
    browser.driver.execute_cdp_cmd("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    browser.driver.execute_cdp_cmd("Performance.enable", {})
    browser.open(pages / "large.html")
    metrics = browser.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    spent = {metric["name"]: metric["value"] for metric in metrics}
    browser.driver.execute_cdp_cmd("Performance.disable", {})
    assert items(browser) == 1_000
    assert spent["TaskDuration"] < 2  # the page's own work; the clock on the wall depends on the machine's other work


def test_dark_and_light(small: Browser) -> None:
    def background(scheme: str) -> str:
        feature = {"name": "prefers-color-scheme", "value": scheme}
        small.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
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


def test_all_controls_have_names(small: Browser) -> None:
    small.run("page.select({ node: 0 })")
    nameless = small.run(
        "return [...document.querySelectorAll('button, input, [role]')].filter((e) => !e.closest('[hidden]')"
        " && !e.getAttribute('aria-label') && !e.labels?.length && !e.textContent.trim()).map((e) => e.outerHTML)"
    )
    assert [html for html in nameless if "role" not in html] == []
