"""Which mentions of a document name one event: headline and lead, the one event of its kind, two of a kind."""

from __future__ import annotations

from spacy.language import Language

from kg.model import Document, Section, SectionKind, Span
from kg.nlp import make_doc


def grouped(nlp: Language, headline: str, *paragraphs: str) -> list[list[str]]:
    """The trigger words of each event, in text order."""
    parts = [headline, *paragraphs]
    sections: list[Section] = []
    begin = 0
    for part in parts:
        kind = SectionKind.PARAGRAPH if sections else SectionKind.HEADLINE
        sections.append(Section(kind=kind, span=Span(begin, begin + len(part))))
        begin += len(part) + 2
    doc = nlp(make_doc(nlp, Document(id="d", text="\n\n".join(parts), sections=tuple(sections), date="2023-05-10")))
    return [[doc[t].text for t in sorted(event.triggers)] for event in doc._.happenings]


def test_the_lead_tells_again_of_what_the_headline_told(nlp: Language) -> None:
    found = grouped(
        nlp,
        "Strong earthquake shakes northern Peru",
        "A magnitude 6.1 earthquake struck northern Peru on Monday, the institute said.",
    )
    assert ["earthquake", "shakes", "earthquake", "struck"] in found


def test_the_one_event_of_its_kind_may_be_named_by_another_word(nlp: Language) -> None:
    found = grouped(
        nlp,
        "Life on the coast",
        "An earthquake shook the port of Callao on Tuesday.",
        "The quake cracked two walls.",
    )
    assert any({"earthquake", "quake"} <= set(words) for words in found)


def test_two_of_a_kind_stay_two(nlp: Language) -> None:
    found = grouped(
        nlp,
        "Fires in the south",
        "A fire destroyed a mill in Nice on Monday. A fire destroyed a school in Turin on Tuesday.",
    )
    assert [words for words in found if "destroyed" in words] == [["destroyed"], ["destroyed"]]
    assert sum("fire" in words for words in found) == 2


def test_deeds_done_in_words_are_events(nlp: Language) -> None:
    found = grouped(nlp, "Court news", "Prosecutors charged the broker Jan Holm with fraud on Friday.")
    assert any("charged" in words for words in found)


def test_a_compound_and_the_word_it_ends_in_are_alike(nlp: Language) -> None:
    found = grouped(
        nlp,
        "Hill towns cut off",
        "An earthquake struck the hills of Ayacucho on Saturday.",
        "Miners dug out a boy two days after the magnitude 6.1 quake.",
    )
    assert any({"earthquake", "quake"} <= set(words) for words in found)


def test_a_bare_noun_is_not_taken_for_the_nearest_of_several_events(nlp: Language) -> None:
    found = grouped(
        nlp,
        "Brewer buys rival",
        "Kestrel has agreed to buy the brewery Tarn for 90 million euros.",
        "Kestrel took over the cider maker Ostrava in 2016.",
        "The cartel office will study the takeover.",
    )
    assert not any({"took", "takeover"} <= set(words) for words in found)


def test_the_headline_may_call_those_concerned_by_another_word(nlp: Language) -> None:
    found = grouped(
        nlp,
        "Chad pulls troops from Abeche area",
        "Chad has withdrawn its soldiers from Abeche and Biltine, the army said.",
    )
    assert any({"pulls", "withdrawn"} <= set(words) for words in found)
