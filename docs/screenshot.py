"""Takes the pictures of the page that the README shows: `python -m docs.screenshot [PATH...]`, from the root."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from kg.pipeline import build
from kg.view import write_page
from tests.view.browser import launched

FOLDER = Path(__file__).parent
SEEDS = FOLDER.parent / "seeds"

# What conflicts is what the page is for; where nothing does, a statement of the best connected speaker.
CHOOSE = """
const of = (family) => page.data.edges.filter((edge) => edge.family === family).sort((a, b) => a.to - b.to)[0];
const chosen = (of("conflict") || of("speaker")).from;
"""
# Pictures by name: the colours, and what a reader does before each.
PICTURES = {
    "page": ("light", "page.select({ node: chosen }, true)"),
    "page-sayings": ("light", "page.open('sayings')"),
    "page-timeline": ("light", "page.open('timeline')"),
    "page-map": ("dark", "page.open('map')"),
    "page-article": ("dark", "page.readEvidence(chosen)"),
}


def main(paths: Sequence[str]) -> None:
    """Build the graph of `paths` (the seeds by default), open its page and save what a reader sees of each view."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        raise SystemExit("needs chromium and chromedriver")
    with TemporaryDirectory() as folder:
        page = Path(folder) / "graph.html"
        write_page(build(paths or [SEEDS]).store, page)
        with launched((chromium, driver), Path(folder) / "profile") as browser:
            browser.driver.set_window_size(1440, 1000)
            for name, (colours, act) in PICTURES.items():
                browser.open(page)
                browser.run(f"page.setTheme('{colours}'); {CHOOSE} {act}")
                sleep(1)  # until the drawing has come to rest
                browser.driver.save_screenshot(str(FOLDER / f"{name}.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
