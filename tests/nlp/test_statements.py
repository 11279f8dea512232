"""Statements: who is found to say what, in words written for these tests."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.config import Settings
from kg.model import Document, EntityKind, MentionKind, Polarity, Quotation, Section, SectionKind, Span, Stance
from kg.nlp import make_doc
from kg.nlp.annotations import Attribution, MentionNote, Stretch, attributions_of
from kg.nlp.statements import find_attributions
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.quotes import find_quotes
from kg.nlp.statements.spans import minus, union


@cache
def pipeline() -> Language:
    """The bare spaCy pipeline with the one component under test."""
    nlp = spacy.load(Settings().spacy_model)
    nlp.add_pipe("kg_statements")
    return nlp


def document(text: str, kinds: tuple[SectionKind, ...] = ()) -> Document:
    """One section a line; paragraphs unless `kinds` says otherwise."""
    sections, begin = [], 0
    for n, line in enumerate(text.split("\n")):
        kind = kinds[n] if n < len(kinds) else SectionKind.PARAGRAPH
        if line.strip():
            sections.append(Section(kind=kind, span=Span(begin, begin + len(line))))
        begin += len(line) + 1
    return Document(id="test", text=text, sections=tuple(sections))


def read(text: str, *kinds: SectionKind) -> Doc:
    nlp = pipeline()
    return nlp(make_doc(nlp, document(text, kinds)))


def words(doc: Doc, stretches: list[Stretch]) -> str:
    return " | ".join(doc[start:end].text for start, end in stretches)


def told(text: str, *kinds: SectionKind) -> list[tuple[str, str, str]]:
    """(source, cue, content) of each attribution, with the document's marks made straight."""
    doc = read(text, *kinds)
    return [(words(doc, a.source), words(doc, a.cue), words(doc, a.content)) for a in attributions_of(doc)]


def only(text: str) -> Attribution:
    (attribution,) = attributions_of(read(text))
    return attribution


class TestIndirectSpeech:
    @pytest.mark.parametrize(
        ("text", "source", "cue", "content"),
        [
            ("The bridge will reopen, officials said.", "officials", "said", "The bridge will reopen"),
            (
                "The mayor told reporters on Monday that the bridge would reopen.",
                "The mayor",
                "told",
                "that the bridge would reopen",
            ),
            (
                "The airline announced the same week that it was closing its hub.",
                "The airline",
                "announced",
                "that it was closing its hub",
            ),
            ("The army claimed to have seized two villages.", "The army", "claimed", "to have seized two villages"),
            ("The bank warned of a slowdown.", "The bank", "warned of", "a slowdown"),
            (
                "Prosecutors accused Ms. Ortega of lying to investigators.",
                "Prosecutors",
                "accused",
                "Ms. Ortega of lying to investigators",
            ),
            (
                "The company was accused by regulators of hiding losses.",
                "regulators",
                "was accused",
                "The company | hiding losses",
            ),
            (
                "According to the police, three men broke into the museum.",
                "the police",
                "According to",
                "three men broke into the museum",
            ),
            (
                "She was quoted as saying that the talks had failed.",
                "She",
                "was quoted as saying",
                "that the talks had failed",
            ),
            (
                "The rebels are said to have taken the airport.",
                "",
                "are said",
                "The rebels | to have taken the airport",
            ),
            ("Villagers fear the river will flood again.", "Villagers", "fear", "the river will flood again"),
            ("There is speculation that she will resign.", "", "speculation", "that she will resign"),
            (
                "The court ordered the firm to pay $2 million.",
                "The court",
                "ordered",
                "the firm to pay $2 million",
            ),
        ],
    )
    def test_spans(self, text: str, source: str, cue: str, content: str) -> None:
        assert told(text) == [(source, cue, content)]

    def test_participle_takes_the_subject_of_its_governor(self) -> None:
        found = told("The firm said it had made a profit, adding that sales had doubled.")
        assert ("The firm", "adding", "that sales had doubled") in found
        assert ("The firm", "said", "it had made a profit") in found

    def test_second_verb_takes_the_first_ones_subject_and_is_no_part_of_its_content(self) -> None:
        found = told("The union threatened to strike and called for the manager's resignation.")
        assert found == [
            ("The union", "threatened", "to strike"),
            ("The union", "called for", "the manager's resignation"),
        ]

    def test_statements_nest(self) -> None:
        found = told("The governor said the ministry had denied reports that the plant was closed.")
        assert found[0][2] == "the ministry had denied reports that the plant was closed"
        assert found[1][:2] == ("the ministry", "had denied")

    def test_what_the_publisher_adds_of_another_speaker_is_not_content(self) -> None:
        found = told("The army said rebels raided the post at dawn, hours after the rebels claimed to have left.")
        assert found[0] == ("The army", "said", "rebels raided the post at dawn")
        assert found[1] == ("the rebels", "claimed", "to have left")

    def test_intentions_are_reported_once(self) -> None:
        assert told("The envoy refused to confirm the deal.") == [("The envoy", "refused", "to confirm the deal")]

    def test_murmurs_inside_anothers_words_are_not_told(self) -> None:
        assert told("The mayor said that residents want to go home.") == [
            ("The mayor", "said", "that residents want to go home")
        ]
        assert told("The envoy said there was fear of famine.") == [("The envoy", "said", "there was fear of famine")]

    def test_without_a_source_only_hearsay_and_passives_report(self) -> None:
        assert told("There were reports that the army had shelled the port.") == [
            ("", "reports", "that the army had shelled the port")
        ]
        assert not told("Nobody answered questions about the budget.")
        assert not told("The club was called the Tigers.")

    def test_who_is_asked_does_not_ask(self) -> None:
        assert told("Asked about the strike, Smith said it was necessary.") == [
            ("", "Asked about", "the strike"),
            ("Smith", "said", "it was necessary"),
        ]

    def test_a_resolution_speaks_for_whoever_passed_it(self) -> None:
        assert told("The Senate passed a resolution calling for a pause.") == [("The Senate", "calling for", "a pause")]

    def test_source_keeps_its_apposition(self) -> None:
        ((source, _, _),) = told("Ana Lopes, the head of the agency, said on Friday that the rain would stop.")
        assert source == "Ana Lopes, the head of the agency,"


class TestDirectSpeech:
    def test_every_sentence_of_a_quote_is_content(self) -> None:
        found = told("“The harvest failed. The road is gone. Nobody came,” the elder said.")
        assert found == [("the elder", "said", '"The harvest failed. The road is gone. Nobody came,"')]

    def test_a_cue_in_the_middle(self) -> None:
        found = told("“If the rains fail,” said Amina Yusuf, a farmer, “we will have nothing to eat.”")
        assert found == [("Amina Yusuf, a farmer,", "said", '"If the rains fail," | "we will have nothing to eat."')]

    def test_a_quote_goes_on_after_its_cue_and_in_the_next_paragraphs(self) -> None:
        text = (
            "“We were promised water,” said Tomas Vek, a farmer. “We got dust.\n"
            "“My father dug this well. It never failed before.”\nThe province has 40 wells."
        )
        ((source, cue, content),) = told(text)
        assert (source, cue) == ("Tomas Vek, a farmer", "said")
        assert content == (
            '"We were promised water," | "We got dust. | "My father dug this well. It never failed before."'
        )

    def test_a_quoted_paragraph_before_its_speaker_is_named(self) -> None:
        ((source, _, content),) = told("“This court has heard enough.\n“There can be no doubt,” she said.")
        assert source == "she"
        assert content == '"This court has heard enough. | "There can be no doubt,"'

    def test_a_quoted_paragraph_after_its_speaker(self) -> None:
        found = told("“Nobody came,” the elder said.\n“They forgot about us in May.”\nIt rained.")
        assert found[0] == ("the elder", "said", '"Nobody came," | "They forgot about us in May."')

    def test_a_colon_belongs_to_the_cue(self) -> None:
        found = told("He said: “We will win.” She said: “They will lose.”")
        assert found == [("He", "said:", '"We will win."'), ("She", "said:", '"They will lose."')]

    def test_single_marks_and_apostrophes(self) -> None:
        found = told("‘It is a disgrace,’ the coach said. ‘We played like children.’ He didn’t stay.")
        assert found == [("the coach", "said", "'It is a disgrace,' | 'We played like children.'")]

    def test_nested_marks(self) -> None:
        assert told("“I told him ‘go home’ and he left,” the nurse said.")[0][2] == (
            "\"I told him 'go home' and he left,\""
        )

    @pytest.mark.parametrize(
        "text",
        [
            "The “green belt” around the city is shrinking.",
            "Troops began a “redeployment” on Friday.",
            "The film “The Last Train” opens in May.",
        ],
    )
    def test_scare_quotes_and_titles_are_no_statements(self, text: str) -> None:
        assert told(text) == []

    def test_unattributed_quoted_sentences_are_somebodys_words(self) -> None:
        attribution = only("The wall bore a message. “The river will take it all back one day.”")
        assert attribution.source == []
        assert attribution.speaker is None
        assert attribution.quotation is Quotation.DIRECT

    def test_a_missing_mark_does_not_swallow_the_speaker(self) -> None:
        assert told("“We saw smoke, the pilot said.") == [("the pilot", "said", '"We saw smoke,')]


class TestManner:
    @pytest.mark.parametrize(
        ("text", "stance", "polarity"),
        [
            ("The clerk denied taking bribes.", Stance.DENIES, Polarity.AFFIRMED),
            ("The minister declined to comment.", Stance.ASSERTS, Polarity.NEGATED),
            ("Peru refused to recognise the council.", Stance.DENIES, Polarity.AFFIRMED),
            ("The firm failed to disclose that it had lost money.", Stance.ASSERTS, Polarity.NEGATED),
            ("The minister asked the army to leave the city.", Stance.DEMANDS, Polarity.AFFIRMED),
            ("Kenya agreed to send 1,000 officers to Haiti.", Stance.PROMISES, Polarity.AFFIRMED),
            ("The union called the strike ban unlawful.", Stance.ASSERTS, Polarity.AFFIRMED),
            ("The minister blasted the ruling.", Stance.ACCUSES, Polarity.AFFIRMED),
            ("“The dam is unsafe,” the farmer concluded.", Stance.ASSERTS, Polarity.AFFIRMED),
            ("Engineers warned that it would be hard for crews to reach the dam.", Stance.WARNS, Polarity.AFFIRMED),
            ("The ministry did not say how many soldiers had died.", Stance.ASSERTS, Polarity.NEGATED),
            ("The union threatened to strike.", Stance.WARNS, Polarity.AFFIRMED),
            ("The premier vowed revenge.", Stance.PROMISES, Polarity.AFFIRMED),
            ("The opposition called for an inquiry.", Stance.DEMANDS, Polarity.AFFIRMED),
            ("The judge asked whether the treaty was valid.", Stance.ASKS, Polarity.AFFIRMED),
            ("Farmers believe that the dam is unsafe.", Stance.BELIEVES, Polarity.AFFIRMED),
            ("Regulators accused the bank of fraud.", Stance.ACCUSES, Polarity.AFFIRMED),
        ],
    )
    def test_stance_and_polarity(self, text: str, stance: Stance, polarity: Polarity) -> None:
        attribution = only(text)
        assert (attribution.stance, attribution.polarity) == (stance, polarity)

    @pytest.mark.parametrize(
        ("text", "vouched"),
        [
            ("Leaders condemned the attack on the embassy.", True),
            ("Lawmakers opposed the text.", True),
            ("The minister refused to concede.", True),
            ("The minister refused to admit guilt.", False),
            ("The court is expected to decide by spring.", True),
            ("The minister is said to have resigned.", False),
            ("A panel backs a pause in the fighting.", True),
            ("Peru refused to recognise the council.", True),
            ("Lawyers blamed the owner for starting the fire.", False),
            ("The general declined to confirm that the troops had crossed the border.", False),
            ("Rebels accused the army of shelling the market.", False),
        ],
    )
    def test_what_the_publisher_tells_itself(self, text: str, vouched: bool) -> None:
        assert only(text).vouched is vouched

    @pytest.mark.parametrize(
        ("text", "quotation"),
        [
            ("“The dam is safe,” the engineer said.", Quotation.DIRECT),
            ("The engineer said the dam was safe.", Quotation.INDIRECT),
            ("The engineer said the dam was “perfectly safe.”", Quotation.MIXED),
        ],
    )
    def test_quotation(self, text: str, quotation: Quotation) -> None:
        assert only(text).quotation is quotation

    @pytest.mark.parametrize(
        ("text", "medium"),
        [
            ("“We will stay,” the commander wrote on Telegram.", "Telegram"),
            ("In a statement, the embassy said the road was closed.", "statement"),
            ("“The road is closed,” said Ivan Brok, the chief of the guard, in a radio interview.", "radio interview"),
            ("The engineer said the dam was safe.", ""),
        ],
    )
    def test_medium(self, text: str, medium: str) -> None:
        assert only(text).medium == medium


class TestSections:
    def test_speakers_beside_colons_of_a_headline(self) -> None:
        found = told("Ministry: 12 killed in blast; Rebels leave the town: official", SectionKind.HEADLINE)
        assert found == [
            ("Ministry", ":", "12 killed in blast"),
            ("official", ":", "Rebels leave the town"),
        ]

    def test_a_topic_before_a_colon_is_no_speaker(self) -> None:
        assert told("Flood: What we know so far", SectionKind.HEADLINE) == []

    @pytest.mark.parametrize(
        "kind", [SectionKind.BOILERPLATE, SectionKind.CAPTION, SectionKind.DATELINE, SectionKind.BYLINE]
    )
    def test_frames_of_an_article_say_nothing(self, kind: SectionKind) -> None:
        assert told("The mayor said it would rain.", kind) == []

    def test_contents_stay_within_their_paragraph(self) -> None:
        doc = read("The mayor said\nThe road is closed.")
        assert all(stretch.end <= 3 for a in attributions_of(doc) for stretch in a.content)


def hand_built() -> Doc:
    """ "Ana Lopes , who runs Acme , said that sales fell ." with its parse."""
    rows = [
        ("Ana", 1, "compound", "PROPN", "NNP"),
        ("Lopes", 7, "nsubj", "PROPN", "NNP"),
        (",", 1, "punct", "PUNCT", ","),
        ("who", 4, "nsubj", "PRON", "WP"),
        ("runs", 1, "relcl", "VERB", "VBZ"),
        ("Acme", 4, "dobj", "PROPN", "NNP"),
        (",", 1, "punct", "PUNCT", ","),
        ("said", 7, "ROOT", "VERB", "VBD"),
        ("that", 10, "mark", "SCONJ", "IN"),
        ("sales", 10, "nsubj", "NOUN", "NNS"),
        ("fell", 7, "ccomp", "VERB", "VBD"),
        (".", 7, "punct", "PUNCT", "."),
    ]
    lemmas = {"runs": "run", "said": "say", "fell": "fall", "sales": "sale"}
    return Doc(
        Vocab(),
        words=[row[0] for row in rows],
        heads=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        pos=[row[3] for row in rows],
        tags=[row[4] for row in rows],
        lemmas=[lemmas.get(row[0], row[0]) for row in rows],
    )


def test_speaker_is_the_mention_that_the_source_is_headed_by() -> None:
    doc = hand_built()
    doc._.mentions = [
        MentionNote(Stretch(0, 2), 1, MentionKind.NAME, EntityKind.PERSON, name="Ana Lopes"),
        MentionNote(Stretch(5, 6), 5, MentionKind.NAME, EntityKind.ORGANIZATION, name="Acme"),
    ]
    (attribution,) = find_attributions(doc)
    assert attribution.speaker == 0
    assert attribution.cue_head == 7
    assert words(doc, attribution.source) == "Ana Lopes , who runs Acme ,"
    assert words(doc, attribution.content) == "that sales fell"


def test_without_mentions_the_source_still_stands() -> None:
    (attribution,) = find_attributions(hand_built())
    assert attribution.speaker is None
    assert attribution.source == [Stretch(0, 7)]


def test_empty_document() -> None:
    assert find_attributions(Doc(Vocab())) == []


MARKS = st.sampled_from(["“", "”", '"', "'", "‘", "’", "''", "«", "»", ",", ".", ":", ";", "—", "\n", "?"])
WORDS = st.sampled_from(
    ["he", "said", "that", "the", "army", "left", "saying", "Ana", "Lopes", "told", "them", "to", "stay", "according",
     "claim", "in", "a", "statement", "was", "accused", "by", "of", "lying", "and", "it", "clear", "made"]
)  # fmt: skip


def check_shape(doc: Doc, found: list[Attribution]) -> None:
    for attribution in found:
        assert attribution.content
        for stretches in (attribution.content, attribution.cue, attribution.source):
            assert all(0 <= start < end <= len(doc) for start, end in stretches)
            assert all(a.end <= b.start for a, b in pairwise(stretches))
        assert not set(indices(attribution.content)) & set(indices(attribution.cue + attribution.source))
        assert attribution.cue_head is None or 0 <= attribution.cue_head < len(doc)


def indices(stretches: list[Stretch]) -> list[int]:
    return [i for start, end in stretches for i in range(start, end)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(MARKS, WORDS), max_size=40), st.booleans())
def test_any_placement_of_marks_gives_well_formed_attributions(tokens: list[str], spaced: bool) -> None:
    doc = read((" " if spaced else "").join(tokens) if spaced else "".join(f"{token} " for token in tokens))
    check_shape(doc, attributions_of(doc))


@st.composite
def parses(draw: st.DrawFn) -> Doc:
    """Docs with random words under a random projective-or-not tree."""
    tokens = draw(st.lists(st.one_of(MARKS.filter(lambda mark: mark != "\n"), WORDS), min_size=1, max_size=14))
    deps = st.sampled_from(
        ["nsubj", "ccomp", "xcomp", "advcl", "prep", "pobj", "dobj", "conj", "acl", "relcl", "mark", "parataxis",
         "agent", "nsubjpass", "auxpass", "appos", "acomp", "poss", "pcomp", "punct", "aux"]
    )  # fmt: skip
    tags = st.sampled_from(["VBD", "VBZ", "VBG", "VBN", "NN", "NNP", "IN", "TO", "POS", ".", "WDT"])
    pos = st.sampled_from(["VERB", "NOUN", "PROPN", "AUX", "ADJ", "ADP", "PUNCT", "PRON"])
    size = len(tokens)
    return Doc(
        Vocab(),
        words=tokens,
        heads=[0, *(draw(st.integers(0, i - 1)) for i in range(1, size))],
        deps=["ROOT", *(draw(deps) for _ in range(1, size))],
        tags=[draw(tags) for _ in tokens],
        pos=[draw(pos) for _ in tokens],
        lemmas=[{"said": "say", "told": "tell", "made": "make"}.get(token, token) for token in tokens],
    )


@settings(max_examples=300, deadline=None)
@given(parses())
def test_any_parse_gives_well_formed_attributions(doc: Doc) -> None:
    check_shape(doc, find_attributions(doc))


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))),
)
def test_union_and_minus_agree_with_sets(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    parts = union(Stretch(start, start + size) for start, size in some)
    holes = [Stretch(start, start + size) for start, size in others]
    assert indices(parts) == sorted({i for start, size in some for i in range(start, start + size)})
    assert set(indices(minus(parts, holes))) == set(indices(parts)) - set(indices(holes))


def test_quotes_never_overlap_and_stay_in_their_paragraph() -> None:
    doc = read("“A” and “b “c” d” and “e\n“f ” g” h")
    paragraphs = [Stretch(0, 15), Stretch(16, len(doc))]
    quotes = [quote.stretch for quote in find_quotes(doc, paragraphs)]
    assert all(a.end <= b.start for a, b in pairwise(quotes))
    assert all(any(p.start <= q.start < q.end <= p.end for p in paragraphs) for q in quotes)


def test_the_lexicon_knows_every_verb_it_gives_a_stance_or_preposition() -> None:
    lex = lexis()
    assert {word for word in lex.prepositions if word not in lex.verbs} == set()
    assert lex.stances["deny"] is Stance.DENIES


def test_two_runs_give_the_same() -> None:
    text = "“Stop,” the guard said, adding that the gate was shut. According to Ana, it rained."
    assert attributions_of(read(text)) == attributions_of(read(text))


@pytest.mark.shared
def test_the_article_the_project_began_with(shared: Path) -> None:
    (path,) = sorted((shared / "seeds").glob("*.txt"))
    text = path.read_text("utf-8")
    headline = text.split("\n", 1)[0]
    doc = read(text, SectionKind.HEADLINE)
    found = [(words(doc, a.source), words(doc, a.content)) for a in attributions_of(doc)]
    assert sum(end <= len(headline) for a in attributions_of(doc) for end in [doc[a.content[0].start].idx]) >= 2
    long = next(content for source, content in found if source.startswith("Vyacheslav Gladkov"))
    assert long.count(".") >= 2
    assert not any("emailed" in content for _, content in found)
