"""Sieves on hand-built Docs: what each joins, and what it must leave apart."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document, EntityKind, Geo, MentionKind, Quotation, Section, SectionKind, Span
from kg.nlp import make_doc
from kg.nlp.annotations import Attribution, Cluster, MentionNote, Stretch, chains_of
from kg.nlp.coref import Coreference

NAME, NOMINAL, PRONOUN, ADJECTIVAL = (
    MentionKind.NAME,
    MentionKind.NOMINAL,
    MentionKind.PRONOUN,
    MentionKind.ADJECTIVAL,
)
VOCAB = spacy.blank("en").vocab  # knows lower case and stop words
RUSSIA = Geo(id=2017370, name="Russia", lat=60, lon=100, level="country", country="RU")
IZYUM = Geo(id=707292, name="Izyum", lat=49, lon=37, level="town", country="UA")


def built(text: str, heads: list[int], deps: list[str], notes: list[MentionNote], **layers: object) -> Doc:
    """A Doc of white-space separated words, one sentence per root, in one section."""
    words = text.split()
    doc = Doc(VOCAB, words=words, heads=heads, deps=deps, lemmas=[w.lower() for w in words])
    kind = layers.pop("section", SectionKind.PARAGRAPH)
    assert isinstance(kind, SectionKind)
    section = Section(kind=kind, span=Span(0, len(doc.text)))
    doc._.document = Document(id="d", text=doc.text, sections=(section,))
    doc._.mentions = notes
    doc._.attributions = layers.pop("attributions", [])
    return Coreference()(doc)


def note(start: int, end: int, form: MentionKind, kind: EntityKind | None, **more: object) -> MentionNote:
    head = more.pop("head", end - 1)
    return MentionNote(Stretch(start, end), head, form, kind, **more)  # type: ignore[arg-type]


def groups(doc: Doc) -> list[list[int]]:
    clusters: list[Cluster] = doc._.clusters
    return [cluster.mentions for cluster in clusters]


def flat(words: int) -> tuple[list[int], list[str]]:
    """Every word hangs on the first: enough where syntax does not matter."""
    return [0] * words, ["ROOT", *["dep"] * (words - 1)]


def test_a_surname_is_the_only_bearer_of_it() -> None:
    notes = [
        note(0, 2, NAME, EntityKind.PERSON, name="Ada Okoro"),
        note(3, 4, NAME, EntityKind.PERSON, name="Okoro"),
    ]
    doc = built("Ada Okoro met Okoro", *flat(4), notes)
    assert groups(doc) == [[0, 1]]
    assert doc._.clusters[0].label == "Ada Okoro"


def test_two_bearers_of_a_surname_stay_two_and_the_last_named_takes_it() -> None:
    notes = [
        note(0, 2, NAME, EntityKind.PERSON, name="Ada Okoro"),
        note(3, 5, NAME, EntityKind.PERSON, name="Ben Okoro"),
        note(6, 7, NAME, EntityKind.PERSON, name="Okoro"),
    ]
    assert groups(built("Ada Okoro met Ben Okoro . Okoro", *flat(7), notes)) == [[0], [1, 2]]


def test_an_acronym_is_its_long_form() -> None:
    notes = [
        note(0, 4, NAME, EntityKind.ORGANIZATION, name="Board of Maritime Trade"),
        note(5, 6, NAME, EntityKind.ORGANIZATION, name="BMT"),
    ]
    assert groups(built("Board of Maritime Trade . BMT", *flat(6), notes)) == [[0, 1]]


def test_capital_adjective_and_name_are_one_country_but_a_republic_in_it_is_not() -> None:
    notes = [
        note(0, 1, NAME, EntityKind.GPE, name="Moscow", country="RU", places=(RUSSIA,), metonym=True),
        note(1, 2, ADJECTIVAL, EntityKind.GPE, country="RU", places=(RUSSIA,)),
        note(2, 4, NOMINAL, EntityKind.GPE, country="RU", plural=True),
    ]
    doc = built("Moscow Russian two republics", *flat(4), notes)
    assert groups(doc) == [[0, 1], [2]]
    assert doc._.clusters[0].label == "Russia"


def test_an_institution_is_found_again_whatever_way_its_country_is_put() -> None:
    notes = [
        note(0, 1, NAME, EntityKind.GPE, name="Russia", country="RU", places=(RUSSIA,)),
        note(0, 4, NAME, EntityKind.ORGANIZATION, name="Russia 's Defence Ministry", country="RU"),
        note(5, 6, ADJECTIVAL, EntityKind.GPE, country="RU", places=(RUSSIA,)),
        note(5, 8, NAME, EntityKind.ORGANIZATION, name="Russian Defence Ministry", country="RU"),
    ]
    heads, deps = flat(8)
    assert groups(built("Russia 's Defence Ministry . Russian Defence Ministry", heads, deps, notes)) == [
        [0, 2],
        [1, 3],
    ]


def test_the_city_is_the_town_named_last_but_no_ministry_is() -> None:
    notes = [
        note(0, 1, NAME, EntityKind.PLACE, name="Izyum", country="UA", places=(IZYUM,)),
        note(2, 4, NOMINAL, EntityKind.PLACE),
        note(5, 7, NOMINAL, EntityKind.ORGANIZATION),
    ]
    heads, deps = [0, 0, 3, 3, 3, 6, 6], ["ROOT", "punct", "det", "ROOT", "punct", "det", "ROOT"]
    assert groups(built("Izyum . the city . the ministry", heads, deps, notes)) == [[0, 1], [2]]


def test_what_points_back_does_not_say_more_than_was_said() -> None:
    notes = [
        note(0, 2, NOMINAL, EntityKind.ARMED_FORCE),
        note(3, 6, NOMINAL, EntityKind.ARMED_FORCE, country="RU"),
        note(4, 5, ADJECTIVAL, EntityKind.GPE, country="RU", places=(RUSSIA,)),
    ]
    heads, deps = [1, 1, 1, 5, 5, 5], ["det", "ROOT", "punct", "det", "amod", "ROOT"]
    assert [0] in groups(built("the army . the Russian army", heads, deps, notes))


def test_an_indefinite_never_points_back() -> None:
    notes = [note(0, 2, NOMINAL, EntityKind.ORGANIZATION), note(3, 5, NOMINAL, EntityKind.ORGANIZATION)]
    heads, deps = [1, 1, 1, 4, 4], ["det", "ROOT", "punct", "det", "ROOT"]
    assert groups(built("the court . a court", heads, deps, notes)) == [[0], [1]]


def test_an_unnamed_official_is_the_governor_who_speaks_next() -> None:
    notes = [
        note(0, 2, NOMINAL, EntityKind.PERSON),
        note(4, 6, NAME, EntityKind.PERSON, name="Jo Lind", title="governor"),
    ]
    spoken = [
        Attribution([Stretch(3, 4)], speaker=0, cue_head=2),
        Attribution([Stretch(3, 4)], speaker=1, cue_head=6),
    ]
    heads, deps = [1, 2, 2, 2, 5, 6, 6], ["det", "nsubj", "ROOT", "punct", "compound", "nsubj", "ROOT"]
    text = "an official said . Jo Lind said"
    assert groups(built(text, heads, deps, notes, attributions=spoken)) == [[0, 1]]
    notes[1].title = "poet"
    assert groups(built(text, heads, deps, notes, attributions=spoken)) == [[0], [1]]


def test_i_in_a_quotation_is_its_speaker() -> None:
    notes = [note(1, 2, PRONOUN, None), note(5, 7, NAME, EntityKind.PERSON, name="Jo Lind")]
    spoken = [Attribution([Stretch(0, 4)], speaker=1, quotation=Quotation.DIRECT)]
    heads, deps = [2, 2, 4, 2, 4, 6, 4], ["punct", "nsubj", "ccomp", "punct", "ROOT", "compound", "nsubj"]
    assert groups(built('" I won " said Jo Lind', heads, deps, notes, attributions=spoken)) == [[0, 1]]


@pytest.mark.parametrize(("pronoun", "taken"), [("her", "Ada"), ("its", "Acme")])
def test_a_pronoun_takes_what_it_agrees_with(nlp: Language, pronoun: str, taken: str) -> None:
    clusters = joined(nlp, f"Ada Okoro runs Acme Corp. Her sons own {pronoun} shares.")
    assert any(pronoun in cluster and any(taken in word for word in cluster) for cluster in clusters)


def test_it_takes_up_the_subject_before_and_no_object() -> None:
    heads, deps = [1, 1, 1, 1, 5, 5], ["nsubj", "ROOT", "dobj", "punct", "nsubj", "ROOT"]
    acme, ada = EntityKind.ORGANIZATION, EntityKind.PERSON
    for first, second, expected in ((acme, ada, [[0, 2], [1]]), (ada, acme, [[0], [1], [2]])):
        notes = [note(0, 1, NAME, first, name="Acme"), note(2, 3, NAME, second, name="Ada"), note(4, 5, PRONOUN, None)]
        assert groups(built("Acme left Ada . it lost", heads, deps, notes)) == expected


def test_two_arguments_of_one_verb_are_two_things() -> None:
    notes = [note(0, 1, NAME, EntityKind.ORGANIZATION, name="Acme"), note(2, 3, PRONOUN, None)]
    assert groups(built("Acme bought it", [1, 1, 1], ["nsubj", "ROOT", "dobj"], notes)) == [[0], [1]]


def test_who_speaks_calls_another_he() -> None:
    notes = [
        note(0, 1, NAME, EntityKind.PERSON, name="Okoro", gender="m"),
        note(3, 4, NAME, EntityKind.PERSON, name="Idris", gender="m"),
        note(6, 7, PRONOUN, None),
        note(9, 10, PRONOUN, None),
    ]
    words = "Okoro spoke of Idris yesterday “ He lied ” he said"
    spoken = Attribution([Stretch(5, 9)], speaker=3, quotation=Quotation.DIRECT)
    heads = [1, 1, 1, 2, 1, 7, 7, 7, 7, 10, 7]
    deps = ["nsubj", "ROOT", "prep", "pobj", "npadvmod", "punct", "nsubj", "ROOT", "punct", "nsubj", "ccomp"]
    assert groups(built(words, heads, deps, notes, attributions=[spoken])) == [[0, 2, 3], [1]]
    spoken.speaker = 0
    assert groups(built(words, heads, deps, notes, attributions=[spoken])) == [[0, 3], [1, 2]]


def test_its_forces_are_the_forces_of_its_country() -> None:
    notes = [
        note(0, 1, NAME, EntityKind.GPE, name="Russia", country="RU", places=(RUSSIA,)),
        note(2, 4, NOMINAL, EntityKind.ARMED_FORCE, plural=True),
        note(2, 3, PRONOUN, None),
        note(5, 6, ADJECTIVAL, EntityKind.GPE, country="RU", places=(RUSSIA,)),
        note(5, 7, NOMINAL, EntityKind.ARMED_FORCE, country="RU", plural=True),
    ]
    heads = [1, 1, 3, 1, 1, 6, 6]
    deps = ["nsubj", "ROOT", "poss", "dobj", "punct", "amod", "ROOT"]
    assert [1, 4] in groups(built("Russia moved its forces . Russian troops", heads, deps, notes))


def test_on_real_parses(nlp: Language) -> None:
    text = (
        "Finance Minister Ruta Kalve of Latvia resigned on Monday. She told the parliament that her party had lost "
        "its majority. A day later, Kalve met the prime minister in Riga, where the city council also convened."
    )
    section = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text)))
    doc = nlp(make_doc(nlp, Document(id="d", text=text, sections=(section,), date="2023-05-02")))
    notes = doc._.mentions
    spelled = [[doc[slice(*notes[m].stretch)].text for m in cluster.mentions] for cluster in doc._.clusters]
    assert ["Ruta Kalve", "She", "her", "Kalve"] in spelled
    assert sorted(m for cluster in doc._.clusters for m in cluster.mentions) == list(range(len(notes)))


def annotated(nlp: Language, text: str) -> Doc:
    """`text` as one paragraph through the whole pipeline."""
    section = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text)))
    return nlp(make_doc(nlp, Document(id="d", text=text, sections=(section,))))


def joined(nlp: Language, text: str) -> list[set[str]]:
    """The words of each cluster of two mentions or more."""
    doc = annotated(nlp, text)
    words = [[doc[n.stretch.start : n.stretch.end].text for n in map(doc._.mentions.__getitem__, c.mentions)]
             for c in doc._.clusters]  # fmt: skip
    return [set(cluster) for cluster in words if len(cluster) > 1]


def test_the_company_and_we_of_its_officer(nlp: Language) -> None:
    text = 'Brenkov, a brewing company, will close two plants. "We must," said Ines Olt, a spokeswoman for Brenkov. '
    clusters = joined(nlp, text + "The company employs 90 people.")
    assert any({"Brenkov", "The company", "We"} <= cluster for cluster in clusters)


def test_police_are_the_police(nlp: Language) -> None:
    clusters = joined(nlp, "Police closed the bridge. Drivers waited for hours. Police said that nobody was hurt.")
    assert {"Police"} in clusters


def test_a_name_behind_a_long_office(nlp: Language) -> None:
    clusters = joined(nlp, "The road is shut, said the governor of the Belgorod region, Pavel Ostrin.")
    assert {"the governor of the Belgorod region", "Pavel Ostrin"} in clusters


def test_two_bearers_of_a_surname_are_not_joined_by_it() -> None:
    words = ["Ada Okoro", "Okoro", "Ben Okoro", "Okoro"]
    notes = [note(i, i + 1, NAME, EntityKind.PERSON, name=name) for i, name in enumerate(words)]
    clusters = groups(built("Ada Okoro Ben Okoro", *flat(4), notes))
    assert not any({0, 2} <= set(cluster) for cluster in clusters)


def test_things_have_chains_and_no_clusters(nlp: Language) -> None:
    doc = annotated(nlp, "The two sides signed a ceasefire on Monday. The ceasefire held for a week.")
    chains = [{doc[slice(*stretch)].text for stretch in chain} for chain in chains_of(doc)]
    assert {"a ceasefire", "The ceasefire"} in chains
    assert "The ceasefire" not in {doc[slice(*n.stretch)].text for n in doc._.mentions}


def test_actors_are_in_chains_too(nlp: Language) -> None:
    doc = annotated(nlp, "Ada Okoro runs a brewery in Lagos. She has just opened a second one.")
    chains = [{doc[slice(*stretch)].text for stretch in chain} for chain in chains_of(doc)]
    assert {"Ada Okoro", "She"} in chains


@pytest.mark.parametrize(
    "text",
    [
        "Ada Okoro praised the city of Riga. It has changed much, the minister said.",
        "Ben Lind saw his son at the harbour in Bergen. His son waved and left with Ida Moen.",
        "Sara Diaz beat Lucia Prado in the final in Quito. Prado said that Diaz had served better than ever.",
        'Omar Haddad sued the port of Tyre. "I lost my ship," said Haddad. "I lost mine as well," said Rami Nasser.',
        "Judge Anil Rao fined Meera Iyer and her brother Dev Iyer. Iyer will appeal, she said; her brother will not.",
    ],
)
def test_two_named_persons_stay_two(nlp: Language, text: str) -> None:
    doc = annotated(nlp, text)
    for cluster in doc._.clusters:
        names = {doc._.mentions[m].name for m in cluster.mentions if doc._.mentions[m].form == NAME}
        full = {name for name in names if " " in name}
        assert len(full) < 2, full


def test_nobody_is_a_city(nlp: Language) -> None:
    clusters = joined(nlp, "Ada Okoro praised the city of Riga. It has changed much, the minister said.")
    assert not any({"Ada Okoro", "It"} <= cluster for cluster in clusters)


def test_what_is_before_a_head_is_another(nlp: Language) -> None:
    clusters = joined(nlp, "Ben Lind saw his son. His son waved.")
    assert not any({"his", "his son"} <= cluster or {"Ben Lind", "his son"} <= cluster for cluster in clusters)


def test_it_in_an_object_is_left_alone(nlp: Language) -> None:
    clusters = joined(nlp, "The ministry published a long list. Reporters read it at once.")
    assert not any("it" in cluster for cluster in clusters)


def test_labels_are_written_out() -> None:
    place = Geo(id=703448, name="Kyiv", lat=50, lon=30, level="town", country="UA")
    notes = [note(0, 1, NAME, EntityKind.PLACE, name="KYIV", places=(place,))]
    assert built("KYIV fell", *flat(2), notes)._.clusters[0].label == "Kyiv"
    notes = [note(0, 1, NAME, EntityKind.ORGANIZATION, name="UN", known="united-nations")]
    assert built("UN met", *flat(2), notes)._.clusters[0].label == "United Nations"
    possessive = note(0, 3, NAME, EntityKind.ORGANIZATION, name="Kenya's Health Ministry", country="KE", head=2)
    plain = note(4, 7, NAME, EntityKind.ORGANIZATION, name="Kenyan Health Ministry", country="KE", head=6)
    doc = built("Kenya's Health Ministry ; Kenyan Health Ministry", *flat(7), [possessive, plain])
    assert "Kenyan Health Ministry" in [cluster.label for cluster in doc._.clusters]


def test_two_full_names_are_never_one_person() -> None:
    notes = [
        note(0, 2, NAME, EntityKind.PERSON, name="Ada Okoro"),
        note(2, 4, NAME, EntityKind.PERSON, name="Bo Lind"),
        note(4, 5, PRONOUN, EntityKind.PERSON),
    ]
    said = [Attribution(content=[Stretch(4, 5)], speaker=i, quotation=Quotation.DIRECT) for i in (0, 1)]
    doc = built("Ada Okoro Bo Lind I", *flat(5), notes, attributions=said)
    assert not any({0, 1} <= set(group) for group in groups(doc))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its envoy in Riga, Pieter Vos, said no.", {"Its envoy", "Pieter Vos"}),
        ("A spokeswoman for the hospital in the capital, Lena Brandt, said no.", {"A spokeswoman", "Lena Brandt"}),
        ("One of the prosecutors, Abel Kariuki, resigned.", {"One of the prosecutors", "Abel Kariuki"}),
    ],
)
def test_a_phrase_between_an_office_and_its_bearer(nlp: Language, text: str, expected: set[str]) -> None:
    assert expected in joined(nlp, text)


def test_an_office_is_named_by_all_its_words(nlp: Language) -> None:
    text = "Prime minister Samir Fawzi met Vice President Nora Blum. The prime minister left. The president did not."
    clusters = joined(nlp, text)
    assert {"Samir Fawzi", "The prime minister"} in clusters
    assert not any({"Nora Blum", "The president"} <= cluster for cluster in clusters)


def test_a_bare_noun_of_a_headline_is_who_is_named_so_below(nlp: Language) -> None:
    headline, text = "Minister quits over ferry", "Peru's transport minister, Luz Paz, resigned on Monday."
    body = Span(len(headline) + 1, len(headline) + 1 + len(text))
    sections = (
        Section(kind=SectionKind.HEADLINE, span=Span(0, len(headline))),
        Section(kind=SectionKind.PARAGRAPH, span=body),
    )
    doc = nlp(make_doc(nlp, Document(id="d", text=f"{headline}\n{text}", sections=sections)))
    assert any(c.label == "Luz Paz" and doc._.mentions[c.mentions[0]].head == 0 for c in doc._.clusters)


def test_her_mother_is_her_mother(nlp: Language) -> None:
    text = "The court freed Grace Otieno. Her mother, Mary Otieno, wept. Her mother said that she would pray."
    clusters = joined(nlp, text)
    assert any({"Her mother", "Mary Otieno"} <= cluster for cluster in clusters)
    assert not any({"Grace Otieno", "Her mother"} <= cluster for cluster in clusters)


def test_who_replaces_another_is_not_that_one(nlp: Language) -> None:
    clusters = joined(nlp, "Budi Santoso resigned. His deputy, Agus Wijaya, will replace him.")
    assert not any({"Agus Wijaya", "him"} <= cluster for cluster in clusters)


def test_the_bank_is_the_one_named_so(nlp: Language) -> None:
    clusters = joined(nlp, "The regulator fined Nordbank on Tuesday. The bank will pay.")
    assert any({"Nordbank", "The bank"} <= cluster for cluster in clusters)
