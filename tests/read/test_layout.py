"""Lines joined into blocks."""

from __future__ import annotations

import pytest

from kg.read.layout import blocks


def wrap(*lines: str) -> str:
    return "\n".join(lines)


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text)]


def test_blank_lines_and_rules_part_blocks() -> None:
    assert texts("One.\n\nTwo.\n-----\nThree.\n \t\nFour.") == ["One.", "Two.", "Three.", "Four."]


def test_lines_of_whole_paragraphs_stay_apart() -> None:
    lines = [
        "The ferry left the harbour at noon on Monday.",
        "It reached the island two hours later.",
        "Nobody was hurt.",
    ]
    assert texts("\n".join(lines)) == lines


def test_hard_wrapped_lines_are_joined() -> None:
    first = wrap(
        "The ferry left the harbour at noon on Monday and",
        "reached the island two hours later, after a storm",
        "had passed.",
    )
    second = wrap(
        "The company said it would check the engine. It",
        "did not say when the next ferry would sail from",
        "the harbour.",
    )
    assert texts(first + "\n\n" + second) == [first, second]


def test_a_wrapped_line_that_happens_to_end_a_sentence_is_joined() -> None:
    paragraphs = [
        wrap(
            "The ferry left the harbour at noon on Monday.",
            "The crossing took two hours longer than the",
            "company had planned for.",
        ),
        wrap("The captain blamed the weather and the tide,", "and he refused to answer any questions."),
        wrap("The next ferry is expected to sail tomorrow", "if the wind drops."),
    ]
    assert texts("\n\n".join(paragraphs)) == paragraphs


def test_a_list_of_links_is_not_a_wrapped_paragraph() -> None:
    links = ["Why the bridge had to close", "Ten years of ferries on the lake", "Map: where the new road will run"]
    assert texts("\n".join(links)) == links


def test_a_headline_in_capitals_is_not_joined_to_the_next_line() -> None:
    wrapped = wrap(
        "The mayor said that the bridge would open again",
        "in spring, once the steel from Sweden had come",
        "and the rivets had been set.",
    )
    header = "BRIDGE TO OPEN IN SPRING AFTER STEEL ARRIVES\nMayor promises free ferry until then"
    assert texts(header + "\n\n" + wrapped) == [*header.split("\n"), wrapped]


def test_list_items_stay_apart_and_lose_their_marks() -> None:
    assert texts("- first item of the list\n- second item\n• third") == [
        "first item of the list",
        "second item",
        "third",
    ]


def test_markdown_headings_and_images() -> None:
    found = blocks("# Bridge opens\n## Mayor is glad\n![The bridge at night](night.jpg)\n> Quoted line.")
    assert [(block.text, block.level, block.image) for block in found] == [
        ("Bridge opens", 1, False),
        ("Mayor is glad", 2, False),
        ("The bridge at night", 0, True),
        ("Quoted line.", 0, False),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left.", 1),
        ("He left. She stayed.", 2),
        ("Mr. Tamm of P.A. Systems met Gov. Lill in the U.S. Senate.", 1),
        ("“He left.” Nobody asked why.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert blocks(text)[0].sentences == count
