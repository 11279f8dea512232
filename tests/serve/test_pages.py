"""What a browser gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kg import assets
from tests.serve.client import Site

EDITOR = assets.there("yasgui/yasgui.min.js", "yasgui/yasgui.min.css")


def test_the_page_tells_where_to_ask_and_leads_to_the_explorer(site: Site) -> None:
    page = site.send("GET", "/")
    assert (page.status, page.kind) == (200, "text/html")
    assert 'href="/graph.html"' in page.text
    assert "PREFIX kg:" in page.text  # the named questions, ready to run
    assert "http" not in "".join(part for part in page.text.split('"') if part.startswith("//"))
    explorer = site.send("GET", "/graph.html")
    assert (explorer.status, explorer.kind) == (200, "text/html")
    assert "The graph" in explorer.text


def test_what_was_not_built_is_a_clear_404_and_nothing_else_is_served(site: Site) -> None:
    assert "run 'kg build' first" in site.send("GET", "/summary.json").text
    for path in ("/store/CURRENT", "/assets/..%2f..%2fcommand.py", "/assets/../app.py", "/serve.log", "/graph.ttl"):
        assert site.send("GET", path).status == 404


def test_asking_nothing_leads_a_browser_to_the_page(site: Site) -> None:
    answer = site.send("GET", "/sparql", headers={"Accept": "text/html"})
    assert (answer.status, answer.headers["location"]) == (303, "/")


@pytest.fixture
def browser(chromium: tuple[str, str], tmp_path: Path) -> webdriver.Chrome:
    """Chromium that finds no other machine."""
    program, driver = chromium
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(argument)
    options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))


@pytest.mark.browser
@pytest.mark.skipif(not EDITOR, reason="the editor is not installed")
def test_yasgui_asks_and_shows_rows(site: Site, browser: webdriver.Chrome) -> None:
    with browser:
        browser.get(site.address)
        wait = WebDriverWait(browser, 20)
        wait.until(lambda found: found.find_elements(By.CSS_SELECTOR, ".yasqe_queryButton"))
        browser.find_element(By.CSS_SELECTOR, ".yasqe_queryButton").click()
        wait.until(lambda found: found.find_elements(By.CSS_SELECTOR, ".yasr_results tbody tr"))
        assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]  # neither a fault nor anything that the policy stopped


@pytest.mark.browser
def test_the_page_asks_and_shows_rows_without_the_editor(site: Site, browser: webdriver.Chrome) -> None:
    with browser:
        browser.execute_cdp_cmd("Network.enable", {})
        browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*yasgui*"]})
        browser.get(site.address)
        field = browser.find_element(By.ID, "query")
        field.clear()
        field.send_keys("SELECT ('<img src=x onerror=alert(1)>' AS ?x) {}")
        browser.find_element(By.CSS_SELECTOR, "#plain button").click()
        WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.CSS_SELECTOR, "#answer td"))
        assert browser.find_element(By.CSS_SELECTOR, "#answer td").text == "<img src=x onerror=alert(1)>"
        assert not browser.find_elements(By.CSS_SELECTOR, "#answer img")
