"""Measures against a made-up corpus and a stand-in pipeline: the rules, not the project, are under test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from benchmarks.corpora import carb, crossner, ecbplus, geoparsing, plover, polnear, wikievents
from benchmarks.corpora.tokens import join
from benchmarks.measures import MEASURES, coding, coreference, events, names, places, statements, verbs
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure, Outcome
from benchmarks.system import System
from kg.config import Settings
from kg.model import (
    Analysis,
    Document,
    Entity,
    EntityKind,
    Event,
    Geo,
    Mention,
    MentionKind,
    Role,
    RoleName,
    Span,
    Stance,
    Statement,
    Time,
)

Make = Callable[[Document], Analysis]


def run(measure: Measure, make: Make) -> Outcome:
    """The measure's outcome with a pipeline that answers what `make` says."""

    def analyse(documents: Iterable[Document], settings: Settings) -> Iterator[Analysis]:
        for document in documents:
            yield make(document)

    return measure.measure(System(Settings(), analyse), Request())


def figures(outcome: Outcome) -> dict[str, Figure]:
    return {figure.name: figure for figure in outcome.figures}


def find(text: str, words: str) -> Span:
    begin = text.index(words)
    return Span(begin, begin + len(words))


def pair(text: str, words: str) -> tuple[int, int]:
    span = find(text, words)
    return span.begin, span.end


def entity(text: str, kind: EntityKind, *words: str, geo: Geo | None = None, id: str = "") -> Entity:
    spans = [find(text, w) for w in words]
    found = tuple(Mention(span=s, head=s, kind=MentionKind.NAME) for s in spans)
    return Entity(id=id or words[0], kind=kind, label=words[0], mentions=found, named=True, geo=geo)


SPEECH = "The mayor of Arlen said that the bridge would open. The bridge is old, Ana Bode wrote."


def speech() -> polnear.Article:
    first = polnear.Attribution(
        source=(pair(SPEECH, "The mayor of Arlen"),),
        cue=(pair(SPEECH, "said"),),
        content=(pair(SPEECH, "that the bridge would open"),),
    )
    second = polnear.Attribution(
        source=(pair(SPEECH, "Ana Bode"),),
        cue=(pair(SPEECH, "wrote"),),
        content=(pair(SPEECH, "The bridge is old"),),
    )
    return polnear.Article("speech", SPEECH, (first, second))


def said(text: str, source: str, cue: str, content: str, within: tuple[str, ...] = ()) -> Statement:
    return Statement(
        id=f"statement/{cue}",
        content=(find(text, content),),
        cue=(find(text, cue),),
        speaker=source,
        speaker_span=find(text, source),
        within=within,
    )


def test_statement_spans_and_whole_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polnear, "articles", lambda part: iter([speech()]))

    def make(document: Document) -> Analysis:
        text = document.text
        right = said(text, "The mayor", "said", "that the bridge would open")
        wrong = said(text, "The mayor of Arlen", "wrote", "The bridge is old")
        inner = said(text, "Ana Bode", "open", "would", within=(right.id,))
        return Analysis(document=document, statements=(right, wrong, inner))

    outcome = run(statements.MEASURES[0], make)
    got = figures(outcome)
    # sources given: "The mayor" (wrong), "The mayor of Arlen" (right); the inner statement is not counted
    assert (got["source, exact"].precision, got["source, exact"].recall) == (50.0, 50.0)
    assert got["content, exact"].value == 100.0
    # "The mayor" shares two of four words: token F1 is 2/3; the second has the wrong source
    assert (got["whole statements"].gold, got["whole statements"].value) == (2, 50.0)
    assert {(f.kind, f.label) for f in outcome.findings} == {
        ("missed", "source"),
        ("spurious", "source"),
        ("missed", "whole"),
        ("spurious", "whole"),
    }


def test_whole_statements_by_kind_of_quotation_and_source(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "She called it “a fine bridge” to cross. “It will open,” the engineer said."
    first = polnear.Attribution(
        source=(pair(text, "She"),), cue=(pair(text, "called"),), content=(pair(text, "it “a fine bridge” to cross"),)
    )
    second = polnear.Attribution(
        source=(pair(text, "the engineer"),), cue=(pair(text, "said"),), content=(pair(text, "“It will open,”"),)
    )
    monkeypatch.setattr(polnear, "articles", lambda part: iter([polnear.Article("a", text, (first, second))]))

    def make(document: Document) -> Analysis:
        right = said(text, "She", "called", "it “a fine bridge” to cross")
        # the same words under nobody: a direct quotation again, but another kind of source
        wrong = Statement(id="statement/2", content=(find(text, "“It will open,”"),), cue=(find(text, "said"),))
        return Analysis(document=document, statements=(right, wrong))

    outcome = run(statements.MEASURES[0], make)
    slices = {f.name: (f.gold, f.predicted, f.recall, f.precision) for f in outcome.figures if f.detail}
    assert slices == {
        "whole, direct": (1, 1, 0.0, 0.0),
        "whole, mixed": (1, 1, 100.0, 100.0),
        "whole, indirect": (0, 0, 0.0, 0.0),
        "whole, pronoun": (1, 1, 100.0, 100.0),
        "whole, named": (0, 0, 0.0, 0.0),
        "whole, nominal": (1, 0, 0.0, 0.0),
        "whole, no source": (0, 1, 0.0, 0.0),
    }
    traits = {f.kind: f.traits for f in outcome.findings if f.label == "whole"}
    assert traits == {"missed": ("direct", "nominal"), "spurious": ("direct", "no source")}


def test_a_statement_without_source_needs_a_prediction_without_source(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Reports say that it rained."
    gold = polnear.Attribution(source=(), cue=(pair(text, "say"),), content=(pair(text, "that it rained"),))
    monkeypatch.setattr(polnear, "articles", lambda part: iter([polnear.Article("a", text, (gold,))]))
    bare = Statement(id="statement/1", content=(find(text, "that it rained"),), cue=(find(text, "say"),))
    assert (
        figures(run(statements.MEASURES[0], lambda d: Analysis(document=d, statements=(bare,))))[
            "whole statements"
        ].value
        == 100.0
    )
    named = said(text, "Reports", "say", "that it rained")
    assert (
        figures(run(statements.MEASURES[0], lambda d: Analysis(document=d, statements=(named,))))[
            "whole statements"
        ].value
        == 0.0
    )


def test_carb_wants_the_right_source(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = join(["A", "Bode", "spokesman", "said", "it", "is", "too", "early", "."])
    claim = carb.Claim(("it", "is", "too", "early"), ("A", "Bode", "spokesman", "said"))
    monkeypatch.setattr(carb, "sentences", lambda: iter([carb.Sentence("c", joined, (claim,))]))

    def make(document: Document) -> Analysis:
        return Analysis(
            document=document,
            statements=(said(document.text, "A Bode spokesman", "said", "it is too early"),),
        )

    got = figures(run(statements.MEASURES[2], make))
    assert got["with the right source"].value == 100.0


def test_carb_takes_the_speakers_name_for_a_long_source(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = join(
        ["Bode", ",", "who", "leads", "the", "glaziers", "of", "Arlen", ",", "said", "it", "is", "too", "early"]
    )
    claim = carb.Claim(("it", "is", "too", "early"), ("Bode", "said"))
    monkeypatch.setattr(carb, "sentences", lambda: iter([carb.Sentence("c", joined, (claim,))]))
    source = "Bode, who leads the glaziers of Arlen,"

    def make(document: Document) -> Analysis:
        statement = said(document.text, source, "said", "it is too early")
        mention = Mention(span=find(document.text, "Bode"), head=find(document.text, "Bode"), kind=MentionKind.NAME)
        speaker = Entity(id=source, kind=EntityKind.PERSON, label="Bode", mentions=(mention,))
        return Analysis(document=document, statements=(statement,), entities=(speaker,))

    got = figures(run(statements.MEASURES[2], make))
    assert got["with the right source"].value == 0.0
    assert got["with the right source, or the speaker's name"].value == 100.0


def test_names_leave_out_what_has_no_counterpart(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ana Bode of the Green Union won the Arlen primary in Bost."
    labels = (
        ("politician", pair(text, "Ana Bode")),
        ("politicalparty", pair(text, "Green Union")),
        ("election", pair(text, "Arlen primary")),
        ("location", pair(text, "Bost")),
    )
    monkeypatch.setattr(crossner, "sentences", lambda part: iter([crossner.Sentence("s", text, labels)]))

    def make(document: Document) -> Analysis:
        return Analysis(
            document=document,
            entities=(
                entity(text, EntityKind.PERSON, "Ana Bode", "Bode"),  # the nested name is not counted
                entity(text, EntityKind.PERSON, "Green Union"),  # right span, wrong kind
                entity(text, EntityKind.GPE, "Arlen"),  # inside an election
                entity(text, EntityKind.GPE, "Bost"),
            ),
        )

    got = figures(run(names.MEASURE, make))
    assert (got["span alone"].value, got["span and type"].gold, got["span and type"].predicted) == (100.0, 3, 3)
    assert got["span and type"].value == pytest.approx(66.67)


def test_places_count_mentions_and_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Floods hit Paris and Rome."
    toponyms = (
        geoparsing.Toponym(pair(text, "Paris"), "Literal", (48.85, 2.35)),
        geoparsing.Toponym(pair(text, "Rome"), "Metonymic", (41.9, 12.5)),
    )
    monkeypatch.setattr(places, "resolve", lambda names, own, elsewhere: own)
    texas = Geo(id=1, name="Paris", lat=33.66, lon=-95.55, level="town", country="US")
    rome = Geo(id=2, name="Rome", lat=41.89, lon=12.48, level="town", country="IT")
    score = places._Score()
    sheet = Sheet()
    given: dict[tuple[int, int], Geo | None] = {toponyms[0].span: texas, toponyms[1].span: rome}
    score.add(geoparsing.Article("g", text, toponyms), given, sheet)
    score.add_given(geoparsing.Article("g", text, toponyms), given, sheet)
    score.report(sheet)
    got = {figure.name: figure.value for figure in sheet.figures}
    assert got["mentions"] == 100.0
    assert got["mention and within 161 km"] == 50.0
    assert got["within 161 km, gold mentions"] == 50.0
    assert got["mentions: Metonymic"] == 100.0


ATTACK = "Rebels bombed a depot near Arlen. The army said the attack failed."


def attack_article() -> wikievents.Article:
    bombing = wikievents.Event(
        "Conflict.Attack.DetonateExplode",
        pair(ATTACK, "bombed"),
        (
            wikievents.Argument("Attacker", pair(ATTACK, "Rebels")),
            wikievents.Argument("Target", pair(ATTACK, "depot")),
            wikievents.Argument("Place", pair(ATTACK, "Arlen")),
        ),
    )
    saying = wikievents.Event(
        "Contact.Contact.Broadcast",
        pair(ATTACK, "said"),
        (wikievents.Argument("Communicator", pair(ATTACK, "army")),),
    )
    death = wikievents.Event("Life.Die.Unspecified", pair(ATTACK, "failed"), ())
    return wikievents.Article("w", ATTACK, (bombing, saying, death))


def attack_analysis(document: Document) -> Analysis:
    text = document.text
    rebels = entity(text, EntityKind.GROUP, "Rebels")
    army = entity(text, EntityKind.ARMED_FORCE, "The army")
    depot = entity(text, EntityKind.PLACE, "a depot")
    bombed = Event(
        id="event/1",
        type="bomb",
        label="",
        triggers=(find(text, "bombed"), find(text, "attack")),
        sentence=Span(0, len(text)),
        roles=(
            Role(role=RoleName.AGENT, filler="Rebels", span=find(text, "Rebels")),
            Role(role=RoleName.PLACE, filler="a depot", span=find(text, "a depot")),
        ),
    )
    statement = said(text, "The army", "said", "the attack failed")
    return Analysis(document=document, entities=(rebels, army, depot), events=(bombed,), statements=(statement,))


def test_events_and_their_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wikievents, "articles", lambda: iter([attack_article()]))
    got = figures(run(events.MEASURE, attack_analysis))
    assert got["triggers, events and statements"].value == pytest.approx(66.67)
    assert got["triggers, events alone"].value == pytest.approx(33.33)
    # triggers given: bombed (right), attack (spurious); expected: three
    assert (got["typed triggers"].predicted, got["typed triggers"].precision) == (2, 50.0)
    # found: the bombing (3 arguments) and the saying (1); given: rebels, depot, army
    identified = got["arguments of found triggers, identified"]
    assert (identified.gold, identified.predicted, identified.precision) == (4, 3, 100.0)
    # the depot is a place here, a patient there
    assert got["arguments of found triggers, classified"].recall == 50.0


def test_coding_wants_type_source_and_target_together(monkeypatch: pytest.MonkeyPatch) -> None:
    record = plover.Record(
        "r", ATTACK, "fight", (pair(ATTACK, "Rebels"),), (pair(ATTACK, "depot"),), (pair(ATTACK, "bombed"),)
    )
    other = plover.Record("q", ATTACK, "aid", (pair(ATTACK, "Rebels"),), (), ())
    monkeypatch.setattr(plover, "records", lambda: iter([record, other]))
    got = figures(run(coding.MEASURE, attack_analysis))
    assert got["type, source and target together"].value == 50.0
    assert got["source, of some event"].value == 100.0


def test_demands_and_threats_may_be_statements() -> None:
    text = "Arlen demanded that Bost pay."
    statement = Statement(
        id="statement/1",
        content=(find(text, "that Bost pay"),),
        cue=(find(text, "demanded"),),
        speaker="Arlen",
        speaker_span=find(text, "Arlen"),
        addressee="Bost",
        stance=Stance.DEMANDS,
    )
    document = Document(id="d", text=text, sections=())
    analysis = Analysis(
        document=document,
        entities=(entity(text, EntityKind.GPE, "Arlen"), entity(text, EntityKind.GPE, "Bost")),
        statements=(statement,),
    )
    record = plover.Record("r", text, "demand", (pair(text, "Arlen"),), (pair(text, "Bost"),), ())
    ((told, codes),) = coding._coded(analysis)
    assert coding._judge(told, codes, record) == (True, True, True)


def test_chains_leave_out_single_mentions() -> None:
    text = "Ana saw Bo. Ana left."
    second = Mention(span=Span(12, 15), head=Span(12, 15), kind=MentionKind.NAME)
    ana = entity(text, EntityKind.PERSON, "Ana")
    ana = Entity(id="ana", kind=ana.kind, label="Ana", mentions=(*ana.mentions, second))
    analysis = Analysis(
        document=Document(id="d", text=text, sections=()),
        entities=(ana, entity(text, EntityKind.PERSON, "Bo")),
    )
    assert coreference.chains(analysis) == [frozenset({(0, 3), (12, 15)})]


def test_mentions_pair_off_inside_validated_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    mentions = tuple(ecbplus.Mention("ACTION", (pair(ATTACK, word),), word) for word in ("bombed", "said", "failed"))
    whole = ((0, ATTACK.index(" The army")),)
    gold = [ecbplus.Article("one", 2, ATTACK, whole, mentions[:1])]
    monkeypatch.setattr(ecbplus, "articles", lambda part: iter(gold))
    only = figures(run(MEASURES["mentions"], attack_analysis))["event mentions"]
    assert (only.gold, only.predicted, only.value) == (1, 1, 100.0)  # "attack" and "said" lie outside
    gold[0] = ecbplus.Article("one", 2, ATTACK, ((0, len(ATTACK)),), mentions)
    both = figures(run(MEASURES["mentions"], attack_analysis))["event mentions"]
    assert (both.gold, both.predicted, both.recall) == (3, 3, 66.67)


def test_times_places_and_polarity_of_mentions(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels who fled to Arlen on Monday did not speak to Bost Radio on Sunday."
    whole = Span(0, len(text))
    role = Role(role=RoleName.DESTINATION, filler="Arlen", span=find(text, "Arlen"))
    when = Time(value="2022-09-05", span=find(text, "Monday"))
    told = (
        Event(id="1", type="move", label="", sentence=whole, triggers=(find(text, "fled"),), time=when, roles=(role,)),
        Event(id="2", type="consult", label="", sentence=whole, triggers=(find(text, "speak"),), time=when),
    )
    names = (
        entity(text, EntityKind.GPE, "Arlen"),
        entity(text, EntityKind.PLACE, "Bost"),
        entity(text, EntityKind.ORGANIZATION, "Bost Radio"),
    )
    marks = {"fled": "ACTION", "speak": "ACTION", "Monday": "TIME_DATE", "Sunday": "TIME_DATE", "Arlen": "LOC_GEO"}
    mentions = tuple(ecbplus.Mention(tag, (pair(text, word),), word, word == "speak") for word, tag in marks.items())
    gold = ecbplus.Article("one", 2, text, ((0, len(text)),), mentions)
    monkeypatch.setattr(ecbplus, "articles", lambda part: iter([gold]))
    got = figures(run(MEASURES["mentions"], lambda d: Analysis(document=d, entities=names, events=told)))
    assert (got["time mentions"].precision, got["time mentions"].recall) == (100.0, 50.0)
    assert (got["place mentions"].predicted, got["place mentions"].value) == (1, 100.0)  # "Bost" is within a name
    assert (got["negated, of found"].value, got["affirmed, of found"].value) == (0.0, 100.0)


def test_answers_of_one_verb_are_found_once_each() -> None:
    answers = [frozenset({0, 1}), frozenset({4, 5, 6})]
    given = [frozenset({0, 1}), frozenset({0}), frozenset({9})]
    counts = verbs.by_answer(answers, given)
    # {0} matches only the answer that {0, 1} took: neither right nor wrong
    assert (counts.gold, counts.predicted, counts.right) == (2, 2, 1)


def test_a_question_is_answered_by_any_of_its_answers() -> None:
    questions = [[frozenset({0, 1}), frozenset({7, 8})], [frozenset({4})]]
    counts = verbs.by_question(questions, [frozenset({7, 8}), frozenset({0, 1}), frozenset({5})])
    assert (counts.found, counts.right, counts.predicted) == (1, 2, 3)


def test_a_pipeline_that_drops_a_document_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Document(id="other", text="x", sections=())
    monkeypatch.setattr(polnear, "articles", lambda part: iter([speech()]))
    with pytest.raises(ValueError, match="in its place"):
        run(statements.MEASURES[0], lambda document: Analysis(document=other))


def test_measures_are_known_by_their_names() -> None:
    assert all(name == measure.name and measure.parts[0] == "dev" for name, measure in MEASURES.items())
