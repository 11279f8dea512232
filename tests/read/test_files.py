"""Files and folders to Documents: what is found, what is skipped and why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import ReadError
from kg.model import SectionKind
from kg.read import discover, parse, read

STORY = "Mayor reopens bridge\n\nThe mayor of Tartu reopened the old bridge on Monday after two years of repairs.\n"
SETTINGS = Settings()


def write(folder: Path, name: str, data: str | bytes = STORY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def reason(path: Path, settings: Settings = SETTINGS) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, settings)
    assert str(path.name) in str(caught.value)
    return caught.value.reason


def test_discover_walks_folders_in_order_without_hidden_files_and_sidecars(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/x.txt", "b.meta.json", "b.txt.meta.toml", "c.pdf"):
        write(tmp_path, name)
    found = [path.relative_to(tmp_path).as_posix() for path in discover([tmp_path])]
    assert found == ["a/z.md", "b.txt", "c.pdf"]


def test_discover_gives_each_file_once_whatever_the_order(tmp_path: Path) -> None:
    first, second = write(tmp_path, "one.txt"), write(tmp_path, "two.txt")
    assert list(discover([second, tmp_path, first, first])) == [first, second]


def test_discover_takes_a_hidden_file_that_is_named(tmp_path: Path) -> None:
    hidden = write(tmp_path, ".draft.txt")
    assert list(discover([hidden])) == [hidden]


def test_discover_names_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt") as caught:
        list(discover([tmp_path / "gone.txt"]))
    assert caught.value.reason == "missing"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t \r\n", "empty"),
        ("a.txt", b"*** --- ***", "empty"),
        ("a.txt", b"PK\x03\x04\x00\x00\x00", "binary"),
        ("a.txt", bytes(range(1, 32)) * 20 + b"words", "binary"),
        ("a.pdf", b"%PDF-1.7", "unsupported"),
        ("a.txt", b"\xff\xfea", "encoding"),
        ("a.txt", b"word " * 2000, "too-long"),
        ("a.txt", b"word " * 300, "too-long"),
        (
            "a.txt",
            (
                "Die Regierung will im Herbst über neue Regeln für den Verkehr auf der Elbe beraten. Das teilte ein "
                "Sprecher des Ministeriums am Montag in Dresden mit. Die Reeder lehnen den Plan ab, weil er nach ihrer "
                "Ansicht viele kleine Häfen schließen würde."
            ).encode(),
            "language",
        ),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    assert reason(write(tmp_path, name, data), Settings(max_characters=1000)) == expected


def test_missing_folders_and_pipes_say_why(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.txt") == "missing"
    (tmp_path / "folder.txt").mkdir()
    assert reason(tmp_path / "folder.txt") == "unreadable"
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "unreadable"
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    assert reason(tmp_path / "dangling.txt") == "missing"


@pytest.mark.parametrize("suffix", [".txt", ".TXT", ".text", ".md", ""])
def test_plain_text_suffixes(tmp_path: Path, suffix: str) -> None:
    document = read(write(tmp_path, "story" + suffix), SETTINGS)
    assert document.title == "Mayor reopens bridge"
    assert document.name == "story" + suffix
    assert document.text == STORY


def test_short_texts_pass_in_any_language_and_a_given_language_is_trusted() -> None:
    assert parse("Der Zug fährt.").language == "en"
    with pytest.raises(ReadError, match="'de'") as caught:
        parse(STORY, metadata={"language": "de"})
    assert caught.value.reason == "language"


def test_line_ends_stay_as_they_are() -> None:
    text = STORY.replace("\n", "\r\n")
    document = parse(text)
    assert document.text == text
    kinds = [section.kind for section in document.sections]
    assert kinds == [SectionKind.HEADLINE, SectionKind.PARAGRAPH]
    assert document.sections[0].span.of(text) == "Mayor reopens bridge"


def test_the_same_article_has_the_same_id_whatever_its_file_is_called(tmp_path: Path) -> None:
    one, two = read(write(tmp_path, "one.txt"), SETTINGS), read(write(tmp_path, "x/two.md"), SETTINGS)
    assert one.id == two.id
    assert parse(STORY, metadata={"publisher": "Tartu Herald"}).id != one.id
