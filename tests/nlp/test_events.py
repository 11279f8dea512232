"""Events from sentences written for this test: type, participants, place, date, factuality, and their joining."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, Modality, Polarity, RoleName, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.annotations import Happening, clusters_of
from kg.nlp.events.anchors import anchor
from kg.nlp.events.words import event_lexicon, senses
from kg.ontology import load_event_types

SUNDAY = "2022-09-11"


def read(nlp: Language, *sections: tuple[SectionKind, str], day: str = SUNDAY) -> Doc:
    text, made = "", []
    for kind, words in sections:
        made.append(Section(kind=kind, span=Span(len(text), len(text) + len(words))))
        text += words + "\n\n"
    return nlp(make_doc(nlp, Document(id="d", text=text, sections=tuple(made), date=day)))


def told(nlp: Language, text: str, word: str) -> tuple[Doc, Happening]:
    doc = read(nlp, (SectionKind.PARAGRAPH, text))
    events: list[Happening] = doc._.happenings
    return doc, next(e for e in events if word in [doc[i].text for i in e.triggers])


def parts(doc: Doc, event: Happening) -> set[tuple[str, str]]:
    clusters = clusters_of(doc)
    return {(r.role.value, clusters[r.filler].label) for r in event.roles if not r.event}


def types(nlp: Language, text: str) -> set[str]:
    return {e.type for e in read(nlp, (SectionKind.PARAGRAPH, text))._.happenings}


def test_every_type_of_the_lexicon_is_in_the_ontology() -> None:
    known = set(load_event_types())
    words = event_lexicon()
    used = set(words.types) | {s.type for s in senses().senses if s.type} | words.weak | words.spoken
    assert used <= known


def test_the_lexicon_is_broad() -> None:
    entries = event_lexicon().types.values()
    assert sum(len(e.verbs) for e in entries) > 800
    assert sum(len(e.nouns) for e in entries) > 400


def test_no_word_has_two_types_without_a_sense_to_tell_them_apart() -> None:
    seen: dict[tuple[str, str], str] = {}
    for name, entry in event_lexicon().types.items():
        for pos, words in (("verb", entry.verbs), ("noun", entry.nouns)):
            for word in words:
                other = seen.setdefault((pos, word), name)
                assert other == name or (pos, word) in senses().by_word, f"{word}: {other} or {name}"


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Soldiers fired rockets at the harbour of Odessa.", "fired", "shoot"),
        ("The president fired the minister.", "fired", "leave-office"),
        ("An earthquake hit Chile on Monday.", "hit", "disaster"),
        ("Rebels hit the barracks in Mali.", "hit", "attack"),
        ("The province broke away from Sudan.", "broke", "secede"),
        ("The army pushed back the rebels.", "pushed", "advance"),
        ("The firm took over its rival.", "took", "acquire"),
        ("Police arrested a journalist in Cairo.", "arrested", "arrest"),
        ("Brazil imposed sanctions on Peru.", "sanctions", "sanction"),
        ("A teachers' strike in Lyon ended on Monday.", "strike", "strike-work"),
        ("Soldiers opened fire on the crowd.", "fire", "shoot"),
        ("A fire destroyed the market.", "fire", "fire-disaster"),
    ],
)
def test_types(nlp: Language, text: str, word: str, kind: str) -> None:
    assert told(nlp, text, word)[1].type == kind


@pytest.mark.parametrize("text", ["The company hit a record high.", "She said she was sorry.", "They broke a promise."])
def test_figures_of_speech_and_sayings_are_no_events(nlp: Language, text: str) -> None:
    assert not types(nlp, text) & {"attack", "disaster", "secede", "act"}


def test_a_passive(nlp: Language) -> None:
    doc, event = told(nlp, "The mayor was arrested by soldiers in Nairobi on Friday.", "arrested")
    assert {("patient", "The mayor"), ("agent", "soldiers"), ("place", "Nairobi")} <= parts(doc, event)
    assert event.time is not None
    assert event.time.value == "2022-09-09"


def test_a_light_verb_gives_its_arguments_to_the_noun(nlp: Language) -> None:
    doc, event = told(nlp, "Israel carried out strikes against Syria on Tuesday.", "strikes")
    assert event.type == "attack"
    assert {("agent", "Israel"), ("patient", "Syria")} <= parts(doc, event)
    assert [doc[i].text for i in event.triggers] == ["strikes"]


def test_an_event_noun_has_participants_of_its_own(nlp: Language) -> None:
    doc, event = told(nlp, "They welcomed France's withdrawal of troops from Mali.", "withdrawal")
    assert {("agent", "France"), ("patient", "troops"), ("origin", "Mali")} <= parts(doc, event)


def test_refusing_is_not_doing(nlp: Language) -> None:
    _, event = told(nlp, "Kenya refused to recognize the government of Somalia.", "recognize")
    assert event.polarity is Polarity.NEGATED


def test_a_plan_takes_no_date_from_the_document(nlp: Language) -> None:
    _, event = told(nlp, "Kenya plans to withdraw its troops from Somalia.", "withdraw")
    assert event.modality is Modality.FUTURE
    assert event.time is None


def test_a_quantity_belongs_to_the_event(nlp: Language) -> None:
    _, event = told(nlp, "A blast killed more than 30 miners in Chile.", "killed")
    assert [(q.minimum, q.counts) for q in event.quantities] == [(30, "miners")]


def test_one_event_told_twice_is_one_event(nlp: Language) -> None:
    doc = read(
        nlp,
        (SectionKind.HEADLINE, "Kenyan troops attack rebels in Somalia"),
        (SectionKind.PARAGRAPH, "Kenyan troops have attacked rebels in Somalia. The attack came on Friday."),
    )
    attacks = [e for e in doc._.happenings if e.type == "attack"]
    assert len(attacks) == 1
    assert attacks[0].time is not None
    assert attacks[0].time.value == "2022-09-09"


def test_different_victims_are_different_events(nlp: Language) -> None:
    doc = read(nlp, (SectionKind.PARAGRAPH, "Soldiers killed a farmer in Mali. Soldiers killed a priest in Chad."))
    assert len([e for e in doc._.happenings if e.type == "kill"]) == 2


@pytest.mark.parametrize(
    "kind", [SectionKind.BOILERPLATE, SectionKind.CAPTION, SectionKind.DATELINE, SectionKind.BYLINE]
)
def test_silent_sections_tell_of_nothing(nlp: Language, kind: SectionKind) -> None:
    assert read(nlp, (kind, "Kenyan troops attacked rebels in Somalia on Friday."))._.happenings == []


def test_an_event_may_be_dated_by_the_start_of_another(nlp: Language) -> None:
    text = (
        "Ruritania launched an invasion of Kenya on March 3. "
        "Since the start of the war, Norway has supplied weapons to Kenya."
    )
    doc, event = told(nlp, text, "supplied")
    assert event.time is not None
    assert event.time.start == "2022-03-03"
    anchor(doc, doc._.happenings, [])  # a second run changes nothing
    assert event.time.start == "2022-03-03"


def test_fillers_are_in_range(nlp: Language) -> None:
    doc = read(nlp, (SectionKind.PARAGRAPH, "The vote ended the strike, but the blast killed ten miners in Chile."))
    for event in doc._.happenings:
        for role in event.roles:
            assert role.filler < len(doc._.happenings if role.event else clusters_of(doc))
            assert role.role in RoleName


WORDS = ("who", "fled", "and", ",", "of", "the", "“", "attacked", "by", "”", "to", "be", "Chad", "on", "Monday", "5")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1))
def test_any_words_can_be_read(nlp: Language, words: list[str]) -> None:
    doc = read(nlp, (SectionKind.PARAGRAPH, " ".join(words).strip() or "x"))
    for event in doc._.happenings:
        assert all(0 <= i < len(doc) for i in event.triggers)
        assert len(set(event.triggers)) == len(event.triggers)


@pytest.mark.parametrize(
    ("text", "word", "part"),
    [
        ("Guards took land from rebel forces in Leeds.", "took", ("place", "Leeds")),
        ("Rescuers went to Bergen on Monday and found two children there.", "found", ("place", "Bergen")),
        ("Nine people were killed when a bridge collapsed in Leeds.", "killed", ("place", "Leeds")),
        ("A strong earthquake struck Chile on Monday.", "earthquake", ("place", "Chile")),
        ("The mayor was awarded a medal by the guild.", "awarded", ("recipient", "The mayor")),
        ("A court jailed the mayor for taking bribes.", "taking", ("agent", "the mayor")),
        ("The sentence of the Supreme Court angered villagers.", "sentence", ("agent", "Supreme Court")),
        (
            "Norway filed a complaint with the World Trade Organization.",
            "complaint",
            ("recipient", "World Trade Organization"),
        ),
    ],
)
def test_parts_told_beyond_the_clause(nlp: Language, text: str, word: str, part: tuple[str, str]) -> None:
    assert part in parts(*told(nlp, text, word))


def test_a_headline_leaves_the_auxiliary_out(nlp: Language) -> None:
    doc = read(nlp, (SectionKind.HEADLINE, "Over 900 sailors rescued off Norwegian coast"))
    event = doc._.happenings[0]
    assert {r.role for r in event.roles} == {RoleName.PATIENT, RoleName.PLACE}


def test_who_announces_a_decision_takes_it(nlp: Language) -> None:
    text = "“A decision was made to withdraw the soldiers from Leeds,” the Norwegian army said."
    assert ("agent", "Norwegian army") in {
        (r, name.removeprefix("the ")) for r, name in parts(*told(nlp, text, "withdraw"))
    }


def test_a_lead_without_a_place_happens_where_it_was_filed(nlp: Language) -> None:
    dateline, lead = (
        (SectionKind.DATELINE, "BERGEN, Norway"),
        (SectionKind.PARAGRAPH, "Firefighters rescued two children."),
    )
    doc = read(nlp, dateline, lead)
    assert [
        (r.basis, clusters_of(doc)[r.filler].label) for r in doc._.happenings[0].roles if r.role is RoleName.PLACE
    ] == [("dateline", "Bergen")]


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("The minister condemned the attack on the bridge on Friday.", "attack", ""),
        ("Drivers plan to join the strike on Friday.", "strike", ""),
        ("More than forty people were killed or wounded since Tuesday.", "killed", "2022-09-06"),
        ("The accident, which occurred yesterday afternoon, closed a road.", "accident", "2022-09-10"),
        ("On Monday the mayor met a man who had robbed a bank.", "robbed", ""),
    ],
)
def test_days_belong_to_what_they_are_told_of(nlp: Language, text: str, word: str, day: str) -> None:
    time = told(nlp, text, word)[1].time
    assert (time.value or time.start if time is not None else "") == day


@pytest.mark.parametrize(
    ("text", "word", "kind", "part"),
    [
        ("A sailor was found dead in Cork.", "dead", "die", ("patient", "A sailor")),
        ("The police questioned the bombing suspect in Cork.", "bombing", "bomb", None),
        ("The convicted smuggler met a priest in Cork.", "convicted", "convict", None),
        ("An attack on life shook Cork. Soldiers foiled an act of terror in Bern.", "act", "attack", None),
    ],
)
def test_events_that_no_clause_is_about(
    nlp: Language, text: str, word: str, kind: str, part: tuple[str, str] | None
) -> None:
    doc, event = told(nlp, text, word)
    assert event.type == kind
    assert part is None or part in parts(doc, event)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The attempted coup shook the island.", "attempted"),
        ("Nurses cared for the wounded in Bern.", "wounded"),
        ("The fire chief met a priest in Cork.", "fire"),
    ],
)
def test_words_that_only_describe(nlp: Language, text: str, word: str) -> None:
    doc = read(nlp, (SectionKind.PARAGRAPH, text))
    assert word not in [doc[i].text for e in doc._.happenings for i in e.triggers]


def test_the_bombing_suspect_is_of_the_bombing_told_before(nlp: Language) -> None:
    doc = read(
        nlp,
        (SectionKind.PARAGRAPH, "A bombing killed nine people in Cork. Police questioned the bombing suspect."),
    )
    assert [len(e.triggers) for e in doc._.happenings if e.type == "bomb"] == [2]


def test_a_general_verb_needs_somebody(nlp: Language) -> None:
    assert not types(nlp, "It drizzled all day.")
    assert types(nlp, "The crowd hugged the envoy.") == {"act"}
