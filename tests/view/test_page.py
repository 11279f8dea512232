from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.config import Settings
from kg.store import Store
from kg.view import page_html, write_page
from kg.view.page import ASSETS
from tests.view.hostile import STRINGS, hostile_store
from tests.view.world import world


class Reader(HTMLParser):
    """Collects the tags of a page and what stands in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = dict(attrs).get("id") or "" if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.scripts[self._in] = self.scripts.get(self._in, "") + data

    def json(self, name: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.scripts[name])
        return found


@pytest.fixture(scope="module")
def html() -> str:
    return page_html(world(6), Settings())


def test_no_tag_points_anywhere(html: str) -> None:
    for tag, attributes in Reader(html).tags:
        assert not attributes.keys() & {"src", "href", "srcset", "action", "data", "poster", "integrity"}, tag
        assert tag not in {"link", "iframe", "object", "embed", "base", "img", "a"}


def test_own_code_names_no_address() -> None:
    for path in sorted(ASSETS.iterdir()):
        addresses = re.findall(r"\bhttps?://[^\"'`\s]+", path.read_text("utf-8"))
        assert set(addresses) <= {"http://www.w3.org/2000/svg"}, path.name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", path.read_text("utf-8")
        )


def test_the_policy_allows_only_named_code(html: str) -> None:
    (policy,) = (tag["content"] for name, tag in Reader(html).tags if name == "meta" and "http-equiv" in tag)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert all(source.startswith("'sha256-") for source in rules["script-src"].split() + rules["style-src"].split())


def test_no_source_map_is_asked_for(html: str) -> None:
    assert "sourceMappingURL" not in html


def test_nodes_stand_still_where_the_layout_put_them(html: str) -> None:
    reader = Reader(html)
    assert json.loads(reader.scripts["options"])["physics"] == {"enabled": False}
    assert all({"x", "y"} <= node.keys() for node in reader.json("nodes"))


def test_pyvis_gets_no_titles(html: str) -> None:
    """pyvis and vis-network read titles as HTML."""
    assert not any("title" in item for name in ("nodes", "edges") for item in Reader(html).json(name))


def test_hostile_text_stays_inside_its_block() -> None:
    html = page_html(hostile_store(), Settings())
    reader, plain = Reader(html), Reader(page_html(world(1), Settings()))
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in plain.tags]
    assert {"nodes", "edges", "graph", "reasons", "details-0", "texts-0", "outlines"} <= reader.scripts.keys()
    for text in reader.scripts.values():
        assert not re.search("[<>&\u2028\u2029]", text)
    names = set(json.loads(reader.scripts["graph"])["nodes"]["name"])
    assert {text for text in STRINGS if text.isprintable()} <= names


def test_an_empty_graph_is_a_page_too() -> None:
    assert Reader(page_html(Store.memory(), Settings())).json("nodes") == []


def test_writing_gives_utf8_with_unix_line_ends(tmp_path: Path) -> None:
    write_page(world(1), tmp_path / "graph.html", Settings())
    data = (tmp_path / "graph.html").read_bytes()
    assert data.decode("utf-8").startswith("<!DOCTYPE html>")
    assert b"\r" not in data


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "from hashlib import sha256; from kg.config import Settings; from kg.view import page_html;"
        "from tests.view.world import world; print(sha256(page_html(world(9), Settings()).encode()).hexdigest())"
    )
    root = str(Path(__file__).parents[2])
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
