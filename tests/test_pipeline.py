"""The whole way from text to a sound graph, over hostile text; and that one bad document never costs the batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg import read
from kg.config import Settings
from kg.errors import GraphError, ReadError
from kg.extract import extract
from kg.model import Analysis, Document, Event, Span
from kg.pipeline import analyse, build, graph_of
from kg.resolve.identity import identify

SETTINGS = Settings(base="https://example.org/")
PLAIN = (
    "Army shells the port of Odesa\n\n"
    "ODESA, Ukraine (AP) — The army shelled the port of Odesa on Friday, the mayor said.\n"
    "“Nobody was hurt,” he told reporters. The ministry denied that it had fired.\n"
)

WORDS = (
    "the army mayor Odesa Kenya police said says told denied that killed 12 people on Friday in May 2021 he she it "
    "they President Maria Lopez of and , . ; : ? ! — - … \" ' “ ” ‘ ’ « » '' `` ( ) [ ] € $5 3,000 % & < > </p> <b> | "
    "* • – # @kg https://example.org/?a=1&b=2 a.b@c.org Mr. U.S. UN attack strike elected visited club Report POLICE "
    "according to 's n't \u200b \u200d \ufeff \u202e \u2066 \u2069 \u00ad \u0301 \x07 \x1b[31m 🙂 👩‍👩‍👧 ﬁ İ ß 東京 \t"
)
ENDS = (" ", " ", " ", " ", "", "\n", "\n\n", "\r\n", "\u2028", ".\n\n", "”\n", ": ", " | ", "\n- ", "\n* ")
PAIRS = st.tuples(st.sampled_from(WORDS.split(" ")), st.sampled_from(ENDS))
TEXTS = st.lists(PAIRS, min_size=1, max_size=120).map(lambda pairs: "".join(map("".join, pairs)))

HOSTILE = {
    "ends in a noun": "Report: Coach to leave club",
    "one word": "club",
    "punctuation": "a ... --- !!! ??? “” ‘’ :: ;; ((( )))",
    "quote marks": "“ said “ “ ” ‘ ’ \" ' " * 40,
    "colons": "Police: UN: Kenya: army: mayor: " * 30,
    "capitals": "POLICE SAY 12 KILLED IN KENYA ATTACK. PRESIDENT DENIES IT. " * 10,
    "one long sentence": "the mayor of Odesa said that the army shelled the port and " * 1_000,
    "one long word": "x" * 20_000,
    "no spaces": "police,said;that:the.army(attacked)Odesa" * 200,
    "bullets": "\n".join(f"* {n}. Kenya – police killed {n} people" for n in range(60)),
    "table": "\n".join(f"| Kenya | {n} | 1,000 km | $5m | 2021-05-{n:02} |" for n in range(1, 29)),
    "markup": "<p>The <b>army</b> said: &ldquo;We attacked Odesa&rdquo;</p><script>alert('x')</script>" * 10,
    "bidi and controls": "\u202eThe army\u202c said\u200b \u2066Odesa\u2069 was attacked\x1b[31m by\u00ad police. " * 9,
    "windows lines": "Kenya attacked\r\n\r\nPolice said 12 people were killed.\r\n“It was us,” said Maria Lopez.\r\n",
    "emoji": "🇺🇦🙂 The army 👩‍👩‍👧 attacked Odesa 💥💥, 🙂 said the mayor 🙂. " * 10,
    "nested quotes": "“He said ‘She said “They said ‘we attacked Odesa’ ” ’ ” on Friday, police said. " * 10,
    "open quotes": "“The army attacked Odesa\n\n“and then Kenya\n\n“and then, said the mayor, the port\n\n" * 5,
    "numbers": "1 2 3 4,5 6.7 8/9 10:11 12-13 1e400 99999999999999999999 km $0 ½ ٣ ² on 31 February 0000 " * 10,
    "iri-like": 'The <https://a.org/> army {?x} "^^xsd:date attacked ?s ?p ?o . } # Odesa \\u0000 %00 said the mayor. ',
}


def parsed(text: str, name: str = "t.txt") -> Document:
    return read.parse(text, name, {"language": "en", "date": "2021-05-07"}, SETTINGS)


def sound(documents: Sequence[Document], language: Language) -> list[Analysis]:
    """The analyses of `documents`, once their common graph has been found to conform."""
    analyses = list(analyse(documents, SETTINGS, language))
    assert [a.document.id for a in analyses] == [d.id for d in documents]
    graph_of(analyses, identify(analyses), SETTINGS)
    return analyses


@given(TEXTS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_sound_graph(nlp: Language, text: str) -> None:
    try:
        document = parsed(text)
    except ReadError as error:
        assert error.reason in {"empty", "binary", "metadata"}  # noqa: PT017 - the only texts that are no documents
        return
    sound([document], nlp)


def test_hostile_texts_together_give_a_sound_graph(nlp: Language) -> None:
    documents = [parsed(text, f"{name}.txt") for name, text in HOSTILE.items()]
    sound(sorted(documents, key=lambda document: document.id), nlp)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports; what goes wrong goes wrong with the one about Kenya."""
    for n, place in enumerate(("Odesa", "Kenya", "Lagos")):
        (tmp_path / f"{n}.txt").write_text(PLAIN.replace("Odesa", place))
    return tmp_path


class _Stumbling:
    """A pipeline component that cannot stand a word."""

    def __call__(self, doc: Doc) -> Doc:
        if "Kenya" in doc.text:
            raise IndexError("no such\ntoken")
        return doc


def _stumbling(nlp: Language) -> Callable[[Settings], Language]:
    """A loader of the shared pipeline with the stumbling component in front."""
    other = Language(nlp.vocab)
    for name in nlp.pipe_names:
        other.add_pipe(name, source=nlp)
    Language.component("stumbling", func=_Stumbling())
    other.add_pipe("stumbling")
    return lambda _settings: other


def test_a_document_that_cannot_be_analysed_is_left_out_and_named(
    folder: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.nlp.load_pipeline", _stumbling(nlp))
    built = build([folder], SETTINGS)
    assert [a.document.name for a in built.analyses].count("1.txt") == 0
    assert len(built.analyses) == 2
    ((path, reason, message),) = built.skipped
    assert (path.name, reason) == ("1.txt", "failed")
    assert message == f"{path}: the analysis failed: IndexError: no such token"


def test_without_anyone_to_tell_a_failure_goes_through(nlp: Language) -> None:
    with pytest.raises(IndexError):
        list(analyse([parsed("Kenya votes.")], SETTINGS, _stumbling(nlp)(SETTINGS)))


def _unreported(analysis: Analysis) -> Analysis:
    """With a claimed event that no statement reports, which the shapes forbid."""
    word = Span(0, 4)
    event = Event(
        id="event/0-4", type="assault", label="attack", triggers=(word,), sentence=word, narrated=False, within=()
    )
    return msgspec.structs.replace(analysis, events=(*analysis.events, event))


def _with_nobody(analysis: Analysis) -> Analysis:
    """With a statement by a speaker whom the document does not have."""
    first, *rest = analysis.statements
    return msgspec.structs.replace(analysis, statements=(msgspec.structs.replace(first, speaker="entity/9-9"), *rest))


@pytest.mark.parametrize("spoilt", [_unreported, _with_nobody])
def test_a_document_whose_graph_would_not_conform_is_left_out_and_named(
    folder: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch, spoilt: Callable[[Analysis], Analysis]
) -> None:
    monkeypatch.setattr("kg.nlp.load_pipeline", lambda _settings: nlp)
    monkeypatch.setattr(
        "kg.pipeline.extract", lambda doc: spoilt(extract(doc)) if "Kenya" in doc.text else extract(doc)
    )
    built = build([folder], SETTINGS)
    assert len(built.analyses) == 2
    ((path, reason, _message),) = built.skipped
    assert (path.name, reason) == ("1.txt", "invalid")
    analyses = [spoilt(a) if a.document.name == "0.txt" else a for a in built.analyses]
    with pytest.raises(GraphError):
        graph_of(analyses, identify(analyses), SETTINGS)
