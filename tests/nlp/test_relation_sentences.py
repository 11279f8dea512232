"""Sentences with the lasting relations that a careful reader takes from them, and how each is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from kg.extract import extract
from kg.model import Document, Modality, Polarity, Relation, Section, SectionKind, Span
from kg.nlp import annotate

Told = set[tuple[str, str, str, str]]
Read = Callable[[str], Told]


def state(relation: Relation) -> str:
    """How a relation is told, in a word or two: "holds", "ended 2021", "claimed"."""
    if not relation.narrated:
        return "claimed"
    if relation.polarity is Polarity.NEGATED:
        return "denied"
    if relation.modality is not Modality.ACTUAL:
        return relation.modality.value.lower()
    word, day = ("ended", relation.end) if relation.ended else ("holds", relation.start)
    return f"{word} {day}".strip()


@pytest.fixture(scope="module")
def read(fast: Language) -> Read:
    """Text to relations, with how each is told; the document is of Wednesday 12 June 2024."""

    def find(text: str) -> Told:
        sections = (Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text))),)
        document = Document(id="test", text=text, date="2024-06-12", sections=sections)
        analysis = extract(next(annotate(fast, [document], 1)))
        labels = {entity.id: entity.label for entity in analysis.entities}
        return {(labels[r.subject], r.predicate, r.literal or labels[r.object], state(r)) for r in analysis.relations}

    return find


TOLD = [
    # titles, apposition, possessives
    ("Queen Maud of Norway opened the session.", "Maud leads Norway: holds"),
    ("Bolivian President Rosario Quispe condemned it.", "Rosario Quispe leads Bolivia: holds"),
    ("Somchai Prasert, the Thai foreign minister, flew home.", "Somchai Prasert serves Thailand: holds"),
    ("Lagos State Governor Tunde Bello closed the markets.", "Tunde Bello leads Lagos: holds"),
    ("Iceland's prime minister, Birna Jonsdottir, agreed.", "Birna Jonsdottir leads Iceland: holds"),
    ("The mayor of Medellin, Luis Arango, agreed.", "Luis Arango leads Medellin: holds"),
    ("UN Secretary-General Pedro Lima called for calm.", "Pedro Lima position Secretary-General: holds"),
    ("Acting President Juma Odera signed the bill.", "Juma Odera position Acting President: holds"),
    (
        "Petra Novak, a spokeswoman for the Czech health ministry, confirmed it.",
        "Petra Novak spokespersonFor the Czech health ministry: holds",
    ),
    ("Harbour Bank economist Tim Rowe expects growth.", "Tim Rowe memberOf Harbour Bank: holds"),
    ("Harbour Bank's marketing chief Tim Rowe left.", "Tim Rowe memberOf Harbour Bank: holds"),
    ("Brigitte Lang, deputy leader of the Alpine Party, rose.", "Brigitte Lang memberOf Alpine Party: holds"),
    ("Hungary, a NATO member, voted against it.", "Hungary memberOf NATO: holds"),
    ("Leila Haddad of the National Party won.", "Leila Haddad memberOf National Party: holds"),
    # offices not held, or not yet
    ("Former Peruvian president Alberto Salas was extradited.", "Alberto Salas leads Peru: ended"),
    ("Ex-president Hamid Rahimi returned.", "Hamid Rahimi position president: ended"),
    ("The then prime minister of Malta, Carmen Vella, spoke.", "Carmen Vella leads Malta: ended"),
    ("The late Venezuelan president Hugo Marin built it.", "Hugo Marin leads Venezuela: ended"),
    ("Indian President-elect Ravi Menon spoke.", "Ravi Menon leads India: future"),
    ("Keiko Mori, the would-be leader of the Reform Party, lost.", "Keiko Mori leads Reform Party: possible"),
    ("Leila Haddad may become leader of the National Party.", "Leila Haddad leads National Party: possible"),
    ("Leila Haddad wants to be leader of the National Party.", "Leila Haddad leads National Party: possible"),
    ("Leila Haddad is not the leader of the National Party.", "Leila Haddad leads National Party: denied"),
    ("Leila Haddad is no longer a member of the National Party.", "Leila Haddad memberOf National Party: ended"),
    ("Leila Haddad was a member of the National Party until 2012.", "Leila Haddad memberOf National Party: ended 2012"),
    (
        "Leila Haddad said Nikola Ilic was the leader of the National Party.",
        "Nikola Ilic leads National Party: claimed",
    ),
    # clauses
    ("Leila Haddad heads the National Party.", "Leila Haddad leads National Party: holds"),
    ("Leila Haddad, who leads the National Party, abstained.", "Leila Haddad leads National Party: holds"),
    ("The National Party, led by Leila Haddad, abstained.", "Leila Haddad leads National Party: holds"),
    ("Leila Haddad led the National Party from 2004 to 2011.", "Leila Haddad leads National Party: ended 2011"),
    ("Leila Haddad is the leader of the National Party.", "Leila Haddad leads National Party: holds"),
    ("Zambia has been a member of the African Union since 2002.", "Zambia memberOf African Union: holds 2002"),
    ("Ecuador and Peru are members of the Andean Community.", "Peru memberOf Andean Community: holds"),
    ("Scotland is part of the United Kingdom.", "Scotland partOf United Kingdom: holds"),
    ("Kosovo is not part of Serbia.", "Kosovo partOf Serbia: denied"),
    ("Canberra is the capital of Australia.", "Canberra locatedIn Australia: holds"),
    ("Australia's capital is Canberra.", "Canberra locatedIn Australia: holds"),
    ("The plant is located in Gujarat.", "The plant locatedIn Gujarat: holds"),
    ("Kestrel Motors is headquartered in Birmingham.", "Kestrel Motors basedIn Birmingham: holds"),
    ("Kestrel Motors, based in Birmingham, cut jobs.", "Kestrel Motors basedIn Birmingham: holds"),
    ("Belarus is allied with Russia.", "Belarus alliedWith Russia: holds"),
    # bodies, places, sides
    ("The Kenyan army shelled the camp.", "The Kenyan army partOf Kenya: holds"),
    ("Norway's Finance Ministry cut its forecast.", "Norway's Finance Ministry partOf Norway: holds"),
    ("About 300 Polish soldiers arrived in Riga.", "About 300 Polish soldiers serves Poland: holds"),
    ("A Portuguese airline cancelled flights.", "A Portuguese airline basedIn Portugal: holds"),
    ("A Nairobi-based firm won.", "A Nairobi-based firm basedIn Nairobi: holds"),
    ("The storm hit Trieste, Italy, on Monday.", "Trieste locatedIn Italy: holds"),
    ("Shells fell on Kupiansk in the Kharkiv region.", "Kupiansk locatedIn Kharkiv region: holds"),
    ("The Saudi-led coalition bombed the port.", "Saudi Arabia leads The Saudi-led coalition: holds"),
    ("Iran-backed Hezbollah fired rockets.", "Hezbollah alliedWith Iran: holds"),
    ("Pro-Russian militias seized the hall.", "Pro-Russian militias alliedWith Russia: holds"),
    ("Belarus, an ally of Russia, closed the border.", "Belarus alliedWith Russia: holds"),
    ("Russia's ally Belarus agreed.", "Belarus alliedWith Russia: holds"),
    ("Nikola Ilic, a critic of the government, was jailed.", "Nikola Ilic opposes the government: holds"),
    # family
    ("Omar Sy's daughter Fatou runs a bakery.", "Fatou childOf Omar Sy: holds"),
    ("Pablo Vega, son of Lucia Vega, was injured.", "Pablo Vega childOf Lucia Vega: holds"),
    ("Eva Quist is the daughter of Nils Quist.", "Eva Quist childOf Nils Quist: holds"),
    ("Anton Weiss and his sister Clara Weiss inherited it.", "Clara Weiss siblingOf Anton Weiss: holds"),
    ("Tom Hale, brother-in-law of Nils Quist, was charged.", "Tom Hale familyOf Nils Quist: holds"),
    ("Diego Luna, a cousin of Pablo Vega, was arrested.", "Diego Luna familyOf Pablo Vega: holds"),
    ("Prime Minister Nils Quist and his wife Sara came.", "Sara spouseOf Nils Quist: holds"),
    ("Lars Holm is married to Ingrid Dahl.", "Lars Holm spouseOf Ingrid Dahl: holds"),
    ("Hana Suzuki, the widow of Kenji Suzuki, accepted it.", "Hana Suzuki spouseOf Kenji Suzuki: ended"),
    ("Sofia Lind married Erik Holm in 2015.", "Sofia Lind spouseOf Erik Holm: holds 2015"),
    ("Sofia Lind and Erik Holm divorced last year.", "Sofia Lind spouseOf Erik Holm: ended 2023"),
    # owners and founders
    ("Andes Media, a subsidiary of Grupo Sol, was sold.", "Grupo Sol owns Andes Media: holds"),
    ("Grupo Sol, the owner of Banco Andino, lost money.", "Grupo Sol owns Banco Andino: holds"),
    ("Andes Media, owned by Grupo Sol, closed.", "Grupo Sol owns Andes Media: holds"),
    ("Orion Group, which owns Zenith Air, reported a loss.", "Orion Group owns Zenith Air: holds"),
    ("Bonmart is not owned by Piet Kramer.", "Piet Kramer owns Bonmart: denied"),
    ("Orion Group holds a 64 per cent stake in Zenith Air.", "Orion Group owns Zenith Air: holds"),
    ("Orion Group owns 61 percent of Zenith Air.", "Orion Group owns Zenith Air: holds"),
    ("Orion Group acquired Zenith Air in 2018.", "Orion Group owns Zenith Air: holds 2018"),
    ("Orion Group plans to acquire Zenith Air.", "Orion Group owns Zenith Air: future"),
    ("Orion Group sold Zenith Air to Polar Capital in March 2021.", "Orion Group owns Zenith Air: ended 2021-03"),
    ("Orion Group sold Zenith Air to Polar Capital in March 2021.", "Polar Capital owns Zenith Air: holds 2021-03"),
    ("Viktor Hale founded Orion Group in 1999.", "Viktor Hale founded Orion Group: holds"),
    ("Mira Patel, co-founder of Orion Group, spoke.", "Mira Patel founded Orion Group: holds"),
    # what begins and what ends
    (
        "Nadia Karim was appointed chairwoman of Orion Group on 4 June 2024.",
        "Nadia Karim leads Orion Group: holds 2024-06-04",
    ),
    ("Nadia Karim became chairwoman of Orion Group in 2019.", "Nadia Karim leads Orion Group: holds 2019"),
    (
        "Parliament elected Nadia Karim as president of Tunisia on Tuesday.",
        "Nadia Karim leads Tunisia: holds 2024-06-11",
    ),
    ("Nadia Karim will become president of Tunisia next month.", "Nadia Karim leads Tunisia: future"),
    ("Pedro Alva was sworn in as president of Peru on Sunday.", "Pedro Alva leads Peru: holds 2024-06-09"),
    ("Ana Ruiz was re-elected president of Chile.", "Ana Ruiz leads Chile: holds"),
    ("Nadia Karim resigned as chairwoman of Orion Group on Monday.", "Nadia Karim leads Orion Group: ended 2024-06-10"),
    (
        "The governor of the Bank of Ghana, Kofi Asante, resigned on Thursday.",
        "Kofi Asante leads Bank of Ghana: ended 2024-06-06",
    ),
    ("President Nadia Karim was ousted on Friday.", "Nadia Karim position President: ended 2024-06-07"),
    ("President Nadia Karim died on Saturday.", "Nadia Karim position President: ended 2024-06-08"),
    ("The junta dismissed Interior Minister Boris Daw.", "Boris Daw position Interior Minister: ended"),
    ("Sweden joined NATO on 7 March 2024.", "Sweden memberOf NATO: holds 2024-03-07"),
    ("Britain left the European Union in 2020.", "Britain memberOf European Union: ended 2020"),
    ("Ivo Pap was expelled from the National Party in May.", "Ivo Pap memberOf National Party: ended 2024-05"),
    (
        "Kestrel Motors moved its headquarters from Birmingham to Dublin in 2021.",
        "Kestrel Motors basedIn Dublin: holds 2021",
    ),
    (
        "Kestrel Motors moved its headquarters from Birmingham to Dublin in 2021.",
        "Kestrel Motors basedIn Birmingham: ended 2021",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_a_sentence_tells(read: Read, text: str, expected: str) -> None:
    found = read(text)
    assert expected in {f"{one} {predicate} {other}: {told}" for one, predicate, other, told in found}


NOT_TOLD = [
    ("Orion Group did not buy Zenith Air.", "owns"),
    ("Orion Group failed to buy Zenith Air.", "owns"),
    ("Orion Group holds a 12 per cent stake in Zenith Air.", "owns"),
    ("The Chinese-owned carmaker Volta raised prices.", "owns"),
    ("Croatia has not joined the Arab League.", "memberOf"),
    ("Russian opposition leader Pavel Orlov was jailed.", "leads"),
    ("A candidate for president of Austria spoke.", "leads"),
    ("The Pechenga district was quiet.", "locatedIn"),
    ("The city of Lima was quiet.", "locatedIn"),
    ("The former minister of justice was there.", "position"),
    ("Nadia Karim left the Hotel Bristol.", "memberOf"),
    ("Nadia Karim left the Royal Hospital on Friday.", "memberOf"),
    ("An anti-Russian crowd marched.", "alliedWith"),
    ("Rosa Diaz marched at the head of the Civic Party.", "leads"),
    ("The winner thanked my wife.", "spouseOf"),
]


@pytest.mark.parametrize(("text", "predicate"), NOT_TOLD)
def test_what_a_sentence_does_not_tell(read: Read, text: str, predicate: str) -> None:
    assert predicate not in {name for _, name, _, _ in read(text)}


def test_a_minister_who_will_not_go_is_not_gone(read: Read) -> None:
    found = read("Defence Minister Nadia Karim refused to resign on Monday.")
    assert ("Nadia Karim", "position", "Defence Minister", "holds") in found


def test_leaving_a_party_ends_no_office(read: Read) -> None:
    found = read("President Nadia Karim resigned from the National Party on Monday.")
    assert ("Nadia Karim", "position", "President", "holds") in found
    assert ("Nadia Karim", "memberOf", "National Party", "ended 2024-06-10") in found


def test_the_publisher_counts_for_more_than_a_speaker(read: Read) -> None:
    text = "Leila Haddad leads the National Party. Tom Hale said Leila Haddad was the leader of the National Party."
    assert ("Leila Haddad", "leads", "National Party", "holds") in read(text)


def test_what_ends_later_has_ended(read: Read) -> None:
    text = "Leila Haddad, the leader of the National Party, spoke. Haddad resigned as leader of the party on Monday."
    states = {told for _, name, other, told in read(text) if name == "leads"}
    assert "ended 2024-06-10" in states
    assert "holds" not in states
