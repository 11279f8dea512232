"""Who speaks where a text does, or where nobody is named: in paragraphs written for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp import make_doc
from kg.nlp.annotations import Attribution, attributions_of, mentions_of
from tests.nlp.test_statements import document


@pytest.fixture(scope="module")
def nlp(fast: Language) -> Language:
    """What the rules make of these texts."""
    return fast


def read(nlp: Language, text: str) -> Doc:
    with nlp.select_pipes(disable=["kg_coref", "kg_times", "kg_events", "kg_relations"]):
        return nlp(make_doc(nlp, document(text)))


def speaker(doc: Doc, note: Attribution) -> str:
    """The words of the mention that speaks; "" where nobody does."""
    if note.speaker is None:
        return ""
    start, end = mentions_of(doc)[note.speaker].stretch
    return doc[start:end].text


def last(nlp: Language, text: str) -> str:
    """The speaker of the last statement."""
    doc = read(nlp, text)
    return speaker(doc, attributions_of(doc)[-1])


class TestOwners:
    @pytest.mark.parametrize(
        ("text", "who"),
        [
            ("The ministry's statement said the dam was safe.", "The ministry"),
            ("The president's tweet said the war was over.", "The president"),
            ("The court's ruling said the law was void.", "The court"),
            ("His letter said he was sorry.", "His"),
            ("A statement from the Foreign Ministry said the talks had failed.", "Foreign Ministry"),
            ("A statement issued by the foreign ministry said the envoy was recalled.", "the foreign ministry"),
            ("The letter, signed by Senator Ruth Hale, says the fund is empty.", "Ruth Hale"),
            ("The letter, which the bishop wrote in May, says the church is poor.", "the bishop"),
            ("The report by Amnesty International says the jail is full.", "Amnesty International"),
            ("A poll by Gallup found that most voters were angry.", "Gallup"),
            ("The ruling by the Court of Appeal said the ban was void.", "Court of Appeal"),
            ("The video, posted by the rebels on Telegram, says the town has fallen.", "the rebels"),
            ("The memo from the chief of staff says no one may leave.", "the chief of staff"),
            ("The UN report says the well is dry.", "UN"),
            ("The Amnesty International report says the jail is full.", "Amnesty International"),
            ("The indictment, filed by federal prosecutors, says the banker lied.", "federal prosecutors"),
            ("The document, signed by both countries, says the border is open.", "both countries"),
        ],
    )
    def test_in_the_texts_own_phrase(self, nlp: Language, text: str, who: str) -> None:
        assert last(nlp, text) == who

    @pytest.mark.parametrize(
        "text",
        [
            "A report said the dam was unsafe.",
            "A survey of Nigerian farmers found that most had no seed.",
            "A survey of 1,000 nurses found that half were tired.",
            "A statement obtained by Reuters said the envoy was recalled.",
            "A report seen by the BBC says the reactor leaked.",
            "A document obtained by the Times of India says the mine is unsafe.",
            "The Mueller report found that the aides had lied.",
            "Footage from Kyiv showed that the bridge had fallen.",
            "An indictment unsealed on Friday said the banker lied.",
            "Leaked documents show that the firm knew.",
            "The footage released by the police shows that the road was empty.",
        ],
    )
    def test_who_got_it_or_is_its_topic_did_not_issue_it(self, nlp: Language, text: str) -> None:
        assert last(nlp, text) == ""


class TestTakenUp:
    @pytest.mark.parametrize(
        ("text", "who"),
        [
            ("The ministry issued a statement on Friday. The statement said the dam was safe.", "The ministry"),
            ("Police said in a statement that two men were held. The statement added that a third was hurt.", "Police"),
            (
                "Amnesty International published a report on Tuesday. The report found that 300 people had been held.",
                "Amnesty International",
            ),
            ("Prime Minister Anna Berg posted a tweet. “We will win,” the tweet said.", "Anna Berg"),
            ("The judge wrote a letter to Mayor Paul Dent. The letter reads: “You must go.”", "The judge"),
            (
                "The Indian army said in a statement that two soldiers died. The statement said the search went on.",
                "The Indian army",
            ),
            ("In its ruling, the High Court said the ban was unfair. The ruling said nobody was heard.", "High Court"),
            ("The Supreme Court handed down its ruling. “The law is void,” the ruling said.", "Supreme Court"),
            ("According to a report by the World Bank, growth will slow. The report said exports fell.", "World Bank"),
            ("The mayor received a letter from the union. The letter said buses would stop.", "the union"),
            ("The judge read a statement from the family. The statement said the boy was loved.", "the family"),
            (
                "Federal prosecutors filed an indictment on Tuesday. The indictment alleges that the banker lied.",
                "Federal prosecutors",
            ),
            ("Lawyers for the club sent an email to the league. The email said the ground was safe.", "Lawyers"),
            ("Researchers at Oxford University published a study. The study found that bees sleep.", "Researchers"),
            ("The letter was written by the bishop. The letter says the church is poor.", "the bishop"),
            ("In a speech in Pune, Mr Rao said the canal was dry. The speech said nothing new.", "Rao"),
            ("The documents were released by the Pentagon. The documents show that the base was hit.", "Pentagon"),
            ("A tweet by the president said the war was over. The post said troops would leave.", "the president"),
            (
                "The ministry of health said in a circular that masks were needed. The circular added that schools "
                "would stay open.",
                "The ministry",
            ),
            ("The ministry sent a 40-page report to MPs. The damning report said the fund was empty.", "The ministry"),
            ("The BBC broadcast a documentary. The programme said the fund was empty.", "BBC"),
            (
                "The World Health Organization issued new guidelines. The guidelines say that babies need milk.",
                "World Health Organization",
            ),
            (
                "The rights group's report said the camp was full. The ministry denied it. "
                "The report said children were ill.",
                "The rights group",
            ),
            (
                "Amnesty International published a report on prisons. A separate report by Human Rights Watch came in "
                "May. The report said guards beat inmates.",
                "Human Rights Watch",
            ),
            (
                "The company said in a statement that sales fell. A statement from the union said jobs were lost. "
                "The statement said the strike would go on.",
                "the union",
            ),
        ],
    )
    def test_by_the_same_word_or_one_of_its_class(self, nlp: Language, text: str, who: str) -> None:
        assert last(nlp, text) == who

    @pytest.mark.parametrize(
        "text",
        [
            "Two ministers resigned on Friday. The report said the money was wasted.",
            "The health agency published a study in March. A second study found that the drug failed.",
            "The opposition party released a video on Sunday. The letter said the vote was rigged.",
            "The union published a report on pay. A report on safety came in May. The report said roofs leaked.",
            "Police arrested a man with a letter. The letter said the mayor would die.",
            "The minister was quoted in a report. The report said he was ill.",
            "The ministry published a report. The autopsy report said he was poisoned.",
        ],
    )
    def test_nobody_where_the_text_is_another_or_nobodys(self, nlp: Language, text: str) -> None:
        assert last(nlp, text) == ""

    @pytest.mark.parametrize(
        ("text", "who"),
        [
            ("A report by the auditor general says the fund is empty. It added that nobody was charged.",
             "the auditor general"),
            ("Tesla's report on crashes said the car was safe. It also said the driver slept.", "Tesla"),
            ("The police issued a statement on Monday. It said a man had died.", "The police"),
            ("The club's owners wrote an open letter to fans. “We are sorry,” it said.", "The club's owners"),
            ("The ministry published a report. It is unclear whether the mine will open.", ""),
        ],
    )  # fmt: skip
    def test_by_it(self, nlp: Language, text: str, who: str) -> None:
        assert last(nlp, text) == who


class TestUnnamed:
    @pytest.mark.parametrize(
        ("text", "who"),
        [
            (
                "“The dam is safe,” said Maria Lopez, the mayor. It was raining.\n"
                "“We checked it twice. Nothing moved.”\nThe river rose.",
                "Maria Lopez",
            ),
            (
                "“We lost the harvest,” said Amina Yusuf, a farmer. The road was dry.\n"
                "“Nobody came to help us. Nobody called.”",
                "Amina Yusuf",
            ),
            ("Ms Rao said the price of rice had doubled. “It is a disaster for us.”", "Rao"),
        ],
    )
    def test_a_quote_goes_on_from_the_last_speaker(self, nlp: Language, text: str, who: str) -> None:
        assert last(nlp, text) == who

    @pytest.mark.parametrize(
        "text",
        [
            # somebody else is brought in
            "“The dam is safe,” said Maria Lopez, the mayor.\n“I do not believe it. Nobody checked.” "
            "Paul Obi shook his head.",
            # a new paragraph after reported speech is anybody's
            "The mayor said the dam was safe on Monday and then left.\n“Nobody believes her. We are leaving tonight.”\n"
            "A woman packed her bags.",
            # an answer
            "“Will you resign?” asked John Carter, a reporter. It was late.\n“No. I will not go.”",
            # nobody spoke before
            "Rahul Dravid, the coach, was calm. “We lost a match, not a war.”",
        ],
    )
    def test_not_where_somebody_else_may_speak(self, nlp: Language, text: str) -> None:
        assert last(nlp, text) == ""

    @pytest.mark.parametrize(
        ("text", "who"),
        [
            ("His claim that the vote was rigged angered the court.", "His"),
            ("The ministry's denial that troops had crossed the river came on Monday.", "The ministry"),
            ("There was anger at the firm's refusal to pay the men.", "the firm"),
            ("The army's threat to bomb the bridge worried the village.", "The army"),
            ("The claim that the vote was rigged is false.", ""),
        ],
    )
    def test_who_owns_a_nominal_cue(self, nlp: Language, text: str, who: str) -> None:
        assert last(nlp, text) == who


_PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "the statement said ",
        "it added ",
        "The report ",
        "by X ",
        "issued a statement. ",
        "its ruling ",
        "\n",
        "? ",
        ": ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=14))
def test_odd_texts_are_read_too(nlp: Language, pieces: list[str]) -> None:
    doc = read(nlp, "".join(pieces))
    speakers = [note.speaker for note in attributions_of(doc) if note.speaker is not None]
    assert all(0 <= index < len(mentions_of(doc)) for index in speakers)
