"""Headless Chromium for the tests of the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--force-device-scale-factor=1",
    "--window-size=1440,900",
)


class Browser:
    """A page in Chromium, handled as a reader would handle it."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, path: Path) -> None:
        """Load a page and wait until its script says that it is ready."""
        self.driver.get(path.as_uri())
        WebDriverWait(self.driver, 30).until(
            lambda d: d.execute_script("return document.documentElement.dataset.ready")
        )

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a script."""
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> WebElement:
        """The first element that a CSS selector names."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """All elements that a CSS selector names."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        """The text that the first such element shows."""
        return self.one(selector).text

    def keys(self, *keys: str) -> None:
        """Type into whatever has the focus."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def click_at(self, x: float, y: float) -> None:
        """Click on the drawing, at a place given in its own coordinates."""
        spot = self.run(
            "const p = page.drawing.network.canvasToDOM({x: arguments[0], y: arguments[1]}); return p", x, y
        )
        box = self.one("#network").rect
        # Selenium's pointer is untyped.
        move: Any = ActionChains(self.driver)
        move.w3c_actions.pointer_action.move_to_location(round(box["x"] + spot["x"]), round(box["y"] + spot["y"]))
        move.w3c_actions.pointer_action.click()
        move.perform()

    def requests(self) -> list[str]:
        """The addresses of all requests since the last call; what is in a data: address is fetched from nowhere."""
        events = (json.loads(entry["message"])["message"] for entry in self._log("performance"))
        sent = (e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent")
        return [url for url in sent if not url.startswith("data:")]

    def complaints(self) -> list[str]:
        """What the console has shown since the last call."""
        return [entry["message"] for entry in self._log("browser")]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        driver: Any = self.driver  # Selenium leaves its logs untyped
        entries: list[dict[str, Any]] = driver.get_log(kind)
        return entries


@contextmanager
def launched(chromium: tuple[str, str], profile: Path) -> Iterator[Browser]:
    """A browser with an empty profile in the folder `profile`."""
    options = ChromeOptions()
    options.binary_location = chromium[0]
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(chromium[1]))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
