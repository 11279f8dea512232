"""Front matter and sidecars."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import ReadError
from kg.model import Document, SectionKind
from kg.read import parse, read

STORY = "Mayor reopens bridge\n\nBaltic Herald – 12 September 2022\n\nThe mayor of Tartu reopened the bridge on Monday."


def with_sidecar(folder: Path, content: str, name: str = "story.meta.json") -> Document:
    (folder / "story.txt").write_text(STORY)
    (folder / name).write_text(content)
    return read(folder / "story.txt", Settings())


def test_front_matter_goes_before_what_the_text_says_and_is_in_no_section() -> None:
    known = 'publisher: The Riga Post\ndate: 11 September 2022\ntitle: "Bridge: open"\n'
    front = f"---\n{known}tags:\n  - roads\nlayout: post\n---\n"
    document = parse(front + STORY)
    assert (document.publisher, document.date, document.title) == ("The Riga Post", "2022-09-11", "Bridge: open")
    assert document.text.startswith("---")
    assert document.sections[0].span.begin == len(front)


@pytest.mark.parametrize("text", ["---\nnot a table\n---\n" + STORY, "---\ntitle: x\n" + STORY, STORY])
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert parse(text).publisher == "Baltic Herald"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("story.meta.json", '{"author": "Mari Tamm", "date": "2022-09-10", "url": "https://herald.example/bridge"}'),
        (
            "story.txt.meta.json",
            '{"author": "Mari Tamm", "date": "10 Sept 2022", "url": "https://herald.example/bridge"}',
        ),
        ("story.meta.toml", 'author = "Mari Tamm"\ndate = 2022-09-10\nurl = "https://herald.example/bridge"\n'),
    ],
)
def test_sidecars(tmp_path: Path, name: str, content: str) -> None:
    document = with_sidecar(tmp_path, content, name)
    assert (document.author, document.date) == ("Mari Tamm", "2022-09-10")
    assert (document.publisher, document.url) == ("Baltic Herald", "https://herald.example/bridge")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"publsher": "x"}', "publsher"),
        ('{"date": "last week"}', "2022-09-11"),
        ('{"date": "9/11/2022"}', "one full day"),
        ('{"title": 3}', "title"),
        ('{"url": "https://x.example/<script>"}', "url"),
        ('{"url": "no scheme"}', "url"),
        ("[1, 2]", "one table"),
        ("{", "cannot read"),
    ],
)
def test_a_wrong_sidecar_names_the_fault(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        with_sidecar(tmp_path, content)
    assert caught.value.reason == "metadata"
    assert told in str(caught.value)
    assert "story.meta.json" in str(caught.value)


def test_two_sidecars_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "story.meta.toml").write_text("")
    with pytest.raises(ReadError, match=r"story\.meta\.json, story\.meta\.toml"):
        with_sidecar(tmp_path, "{}")


def test_metadata_from_python() -> None:
    document = parse(STORY, name="x.txt", metadata=json.loads('{"place": "Riga"}'))
    assert (document.place, document.name) == ("Riga", "x.txt")
    with pytest.raises(ReadError, match="colour"):
        parse(STORY, metadata={"colour": "red"})


def test_a_body_of_front_matter_only_is_empty() -> None:
    with pytest.raises(ReadError) as caught:
        parse("---\ntitle: x\n---\n")
    assert caught.value.reason == "empty"


def test_a_dateline_in_the_foot_counts_only_with_its_cue() -> None:
    body = "Mayor reopens bridge\n\nThe mayor of Tartu reopened the bridge on Monday.\n\nIt was built in 1784.\n\n"
    assert parse(body + "Published: 12 September 2022").date == "2022-09-12"
    assert parse(body + "Friday, May 3, 2019.").date == ""
    assert parse(body + "Published: 12 September 2022").sections[-1].kind is SectionKind.DATELINE
