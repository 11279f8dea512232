"""Adjectives and names of peoples: "Russian" mentions Russia, "Ukrainians" are a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.gazetteer import Candidate, Gazetteer
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote, Stretch
from kg.nlp.entities.kinds import place_kind
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import KnownActor


def find_peoples(words: Words, gazetteer: Gazetteer, covered: set[int]) -> Iterator[MentionNote]:
    """Adjectival mentions of countries and areas, and groups named by a people's plural.

    Tokens in `covered` stand inside a name where they are no word of their own ("Russian River").
    """
    done = 0
    for index in words.capitals:
        if index < done or index in covered:
            continue
        for width in (2, 1):
            note = _people(words, index, width, gazetteer) if index + width <= len(words) else None
            if note is not None:
                yield note
                done = index + width
                break


def _people(words: Words, index: int, width: int, gazetteer: Gazetteer) -> MentionNote | None:
    text = " ".join(words.text[index : index + width])
    if width == 2 and not words.capital[index + 1]:
        return None
    place, plural = _place(text, gazetteer)
    if place is None:
        return None
    head = index + width - 1
    stretch = Stretch(index, index + width)
    country = place.geo.country
    if plural or _collective(words, head):
        return MentionNote(stretch, head, MentionKind.NAME, EntityKind.GROUP, text, country, plural=True)
    if _noun(words, head):
        return MentionNote(stretch, head, MentionKind.NOMINAL, EntityKind.PERSON, "", country)
    known = place.governed or place.located or words.text[head + 1 : head + 2] == ["-"]
    if not known or (_bygone(words, index) and not country):
        return None  # "Western officials", though "Western-backed" tells of a side; "ex-Soviet"
    places = (place.geo,) if place.located else ()
    name = "" if place.located else place.geo.name  # "Western" names the West, which lies nowhere
    return MentionNote(stretch, head, MentionKind.ADJECTIVAL, place_kind(place), name, country, places)


def _bygone(words: Words, index: int) -> bool:
    """Whether a prefix says that something is no more, of a state that is none the state: "ex-Soviet"."""
    return index > 1 and words.text[index - 1] == "-" and words.lower[index - 2] in {"ex", "post"}


def _place(text: str, gazetteer: Gazetteer) -> tuple[Candidate | None, bool]:
    """The place whose people `text` names, and whether in the plural."""
    place = gazetteer.people(text)
    if place is not None:
        return place, False
    if text.endswith("men"):
        return gazetteer.people(text.removesuffix("men") + "man"), True
    return (gazetteer.people(text[:-1]) if text.endswith("s") else None), True


def find_adjectives(words: Words, known: Mapping[str, KnownActor], covered: set[int]) -> Iterator[MentionNote]:
    """Adjectives of well-known bodies: "Republican" in "Republican senators" mentions the party."""
    for index, text in enumerate(words.text):
        actor = known.get(text)
        if (
            actor is not None
            and words.read[index]
            and index not in covered
            and words.dep[index] in {"amod", "compound"}
        ):
            stretch = Stretch(index, index + 1)
            form = MentionKind.ADJECTIVAL
            yield MentionNote(stretch, index, form, actor.kind, country=actor.country, known=actor.key)


_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "agent", "attr", "conj", "ROOT"})


def _noun(words: Words, head: int) -> bool:
    """Whether the word heads a phrase of its own under a determiner: "a Russian", "one American"."""
    determined = any(words.dep[i] in {"det", "nummod"} for i in words.lefts[head])
    return determined and words.dep[head] in _ARGUMENTS and words.pos[head] in {"NOUN", "PROPN"}


def _collective(words: Words, head: int) -> bool:
    """Whether an adjective without plural stands for its people: "the British said"."""
    articles = [words.lower[i] for i in words.lefts[head] if words.dep[i] == "det"]
    return (
        articles == ["the"]
        and words.dep[head] in {"nsubj", "dobj", "pobj", "nsubjpass"}
        and words.tag[head] in {"NNPS", "JJ"}
    )
