"""What the trained model finds joined to what the rules know: spans are marked in the texts, no weights are needed."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Polarity, Quotation, Section, SectionKind, Span, Stance
from kg.nlp import make_doc
from kg.nlp.annotations import Attribution, attributions_of
from kg.nlp.statements import find_attributions
from kg.nlp.tagger.linking import Linked

_HEADLINE = (SectionKind.HEADLINE, SectionKind.PARAGRAPH)
Kinds = tuple[SectionKind, ...]


def document(text: str, kinds: Kinds) -> Document:
    """One section a line."""
    sections, begin = [], 0
    for number, line in enumerate(text.split("\n")):
        kind = kinds[number] if number < len(kinds) else SectionKind.PARAGRAPH
        sections.append(Section(kind=kind, span=Span(begin, begin + len(line))))
        begin += len(line) + 1
    return Document(id="test", text=text, sections=tuple(sections))


def marked(text: str) -> tuple[str, list[Linked]]:
    """The text without its marks, and the attribution that they show: <source>, [cue], {content}."""
    plain = ""
    opened = 0
    spans: dict[str, list[tuple[int, int]]] = {">": [], "]": [], "}": []}
    for piece in re.split(r"([<>\[\]{}])", text):
        if piece in spans:
            spans[piece].append((opened, len(plain)))
        elif piece in ("<", "[", "{"):
            opened = len(plain)
        else:
            plain += piece
    return plain, [Linked(spans["]"][0], next(iter(spans[">"]), None), spans["}"])]


def found(nlp: Language, text: str, kinds: Kinds = ()) -> tuple[Doc, list[Attribution]]:
    """Attributions of `text` as if the model had found the one that is marked in it."""
    plain, linked = marked(text)
    with nlp.select_pipes(
        enable=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner", "kg_entities"]
    ):
        doc = nlp(make_doc(nlp, document(plain, kinds)))
    return doc, find_attributions(doc, lambda _: linked)


def said(doc: Doc, note: Attribution) -> str:
    return " / ".join(doc[start:end].text for start, end in note.content)


def who(doc: Doc, note: Attribution) -> str:
    return "" if note.speaker is None else doc[slice(*doc._.mentions[note.speaker].stretch)].text


def test_the_models_extent_and_the_rules_reading_of_it(fast: Language) -> None:
    doc, (note,) = found(fast, "<Ana Lopez> [denied on Monday] {that the port was closed}, at least in May.")
    assert (said(doc, note), who(doc, note)) == ("that the port was closed", "Ana Lopez")
    assert (note.stance, note.quotation) == (Stance.DENIES, Quotation.INDIRECT)


def test_a_cue_that_no_rule_knows_has_speaker_and_addressee(fast: Language) -> None:
    doc, (note,) = found(fast, "<Ana Lopez> [was adamant to reporters] {that the port had closed in May}.")
    assert who(doc, note) == "Ana Lopez"
    assert note.polarity is Polarity.AFFIRMED


def test_what_stands_inside_anothers_words_is_kept(fast: Language) -> None:
    doc, notes = found(fast, "<Ana Lopez> [said] {the minister had denied that the port was closed}.")
    assert [(who(doc, note), said(doc, note)) for note in notes] == [
        ("Ana Lopez", "the minister had denied that the port was closed"),
        ("the minister", "that the port was closed"),
    ]


def test_what_only_the_rules_find_elsewhere_is_left_out(fast: Language) -> None:
    text = "<Ana Lopez> [said] {the port was closed}. The mayor believes that it will rain."
    doc, notes = found(fast, text)
    assert [who(doc, note) for note in notes] == ["Ana Lopez"]


def test_a_quoted_sentence_that_the_model_misses_is_somebodys_words(fast: Language) -> None:
    _, notes = found(fast, "<Ana Lopez> [said] {the port was closed}. “Nobody told us that it would happen.”")
    assert [note.quotation for note in notes] == [Quotation.INDIRECT, Quotation.DIRECT]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<The council> [imposed] {new tariffs on steel}.", False),
        ("<The council> [imposed] {“the cruellest of taxes”}.", True),
        ("<The council> [rejected] {new tariffs on steel}.", True),
    ],
)
def test_a_deed_is_no_saying(fast: Language, text: str, kept: bool) -> None:
    assert bool(found(fast, text)[1]) == kept


def test_the_next_deed_is_not_said(fast: Language) -> None:
    text = "<The president> [declared] {a state of emergency in two states and sent soldiers to the border}."
    doc, (note,) = found(fast, text)
    assert said(doc, note) == "a state of emergency in two states"


def test_what_is_expected_is_no_view_of_its_subject(fast: Language) -> None:
    doc, (note,) = found(fast, "<The court> [is expected] {to decide by next spring}.")
    assert (who(doc, note), note.source, note.vouched) == ("", [], True)


def test_who_trails_a_sentence_says_all_of_it(fast: Language) -> None:
    text = "<Helvex> agreed to buy Torrin, {the two firms} [announced] on Thursday."
    doc, (note,) = found(fast, text)
    assert said(doc, note) == "Helvex agreed to buy Torrin"
    assert [doc[start:end].text for start, end in note.source] == ["the two firms"]


def test_a_subheading_is_not_said_by_the_next_paragraphs_speaker(fast: Language) -> None:
    kinds = (SectionKind.SUBHEADING, SectionKind.PARAGRAPH)
    text = "{Millers fear losses\nPrices rose by a fifth in May}, [according to] <Ana Lopez>."
    doc, notes = found(fast, text, kinds)
    assert [said(doc, note) for note in notes if who(doc, note)] == ["Prices rose by a fifth in May"]


def test_the_name_behind_the_office_speaks_and_not_its_country(fast: Language) -> None:
    text = "<The charity's head in Mozambique, Dr Ana Lopez>, [said] {that the port was closed}."
    doc, (note,) = found(fast, text)
    assert who(doc, note) == "Ana Lopez"


def test_an_object_that_only_the_model_takes_for_content_is_told_by_the_publisher(fast: Language) -> None:
    assert [note.vouched for note in found(fast, "<The pupils> [shrugged at] {the closure of the port}.")[1]] == [True]
    assert [note.vouched for note in found(fast, "<The pupils> [announced] {the closure of the port}.")[1]] == [False]


def test_beside_a_headlines_colon_the_rules_tell_who_speaks(fast: Language) -> None:
    text = "Ports close, storm nears[:] <mayor>\n{The storm reached the coast on Monday}, and then it moved on."
    doc, (note,) = found(fast, text, _HEADLINE)
    assert said(doc, note) == "Ports close, storm nears"


def test_nothing_beside_a_colon_is_told_by_the_publisher(fast: Language) -> None:
    doc, (note,) = found(fast, "<Official>[:] {Thousands fleeing Kassel into Hesse}", _HEADLINE)
    assert (said(doc, note), note.vouched) == ("Thousands fleeing Kassel into Hesse", False)


@pytest.mark.parametrize("unread", [SectionKind.BOILERPLATE, SectionKind.CAPTION, SectionKind.BYLINE])
def test_content_stops_where_nothing_is_read(fast: Language, unread: SectionKind) -> None:
    text = "<Ana Lopez> [said] {that the port was closed.\nGet the latest news by mail every day}"
    doc, (note,) = found(fast, text, (SectionKind.PARAGRAPH, unread))
    assert said(doc, note) == "that the port was closed."


def test_a_source_that_the_model_misses_is_the_rules(fast: Language) -> None:
    doc, (note,) = found(fast, "Ana Lopez [said] {that the port was closed}.")
    assert who(doc, note) == "Ana Lopez"
    assert [doc[start:end].text for start, end in note.source] == ["Ana Lopez"]


def test_asides_of_the_publisher_are_cut_off(fast: Language) -> None:
    text = "<Ana Lopez> [said] {the port was closed, hours after the army claimed that it was open}."
    doc, notes = found(fast, text)
    assert said(doc, notes[0]) == "the port was closed,"


def test_the_fast_profile_needs_no_model(fast: Language) -> None:
    doc = fast(make_doc(fast, document("Ana Lopez said that the port was closed.", ())))
    assert [who(doc, note) for note in attributions_of(doc)] == ["Ana Lopez"]
