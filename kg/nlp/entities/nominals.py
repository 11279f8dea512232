"""Nouns and pronouns that stand for actors and places: "Russian troops", "the ministry", "thousands of people"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg import lexicon
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote, Stretch
from kg.nlp.entities.tokens import Words
from kg.nlp.entities.wordlists import Actors, Noun, noun_forms

_INSIDE = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nummod",
        "poss",
        "predet",
        "quantmod",
        "nmod",
        "advmod",
        "npadvmod",
        "case",
        "punct",
        "neg",
    }
)
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})  # what a noun of the lists may be tagged
_OFFICE = 3  # words in "secretary of state" and its like
_BREAKS = frozenset({'"', ",", "(", ":"})
_MODIFIER = frozenset({"compound", "amod", "nmod"})
_ALONE = frozenset({"nsubj", "nsubjpass", "ROOT", "dobj"})
_COLLECTIVE = frozenset({EntityKind.ARMED_FORCE, EntityKind.ORGANIZATION, EntityKind.GROUP})


def find_nominals(words: Words, names: Mapping[int, MentionNote]) -> Iterator[MentionNote]:
    """Nominal mentions; `names` maps each token of a name or people's adjective to its mention."""
    forms = noun_forms()
    counted: set[int] = set()
    quantities = _actors().quantity.nouns
    for index, pos in enumerate(words.pos):
        if pos not in _NOUNS and words.lemma[index] not in quantities and words.lower[index] not in quantities:
            continue
        if index in counted or not words.plain[index] or (index in names and names[index].form is MentionKind.NAME):
            continue
        noun = _noun_at(words, index, forms)
        if noun is not None and _heads_phrase(words, index, names) and _referring(words, index, noun, names):
            yield _nominal(words, index, noun, names)
            continue
        quantified = _quantified(words, index, forms, names)
        if quantified is not None:
            counted.add(quantified.stretch.end - 1)
            yield quantified


def _noun_at(words: Words, index: int, forms: Mapping[str, Noun]) -> Noun | None:
    """What the noun at `index` names, together with the word or two before it ("prime minister") if listed."""
    if words.pos[index] not in {"NOUN", "PROPN"} and not (
        words.pos[index] == "ADJ" and words.lower[index] in _actors().guarded.adjectives
    ):
        return None
    if words.pos[index] == "PROPN" and not (words.titled[index] or words.lower[index] in forms):
        return None
    whole = forms.get(" ".join(words.lower[index : index + _OFFICE]))
    if whole is not None:
        return whole
    for width in (3, 2):
        text = " ".join(words.lower[max(0, index - width + 1) : index + 1])
        if text in forms:  # of "secretary of state" the first word is the noun, not the last
            return None if " of " in text or " in " in text else forms[text]
    return forms.get(words.lower[index])


def _heads_phrase(words: Words, index: int, names: Mapping[int, MentionNote]) -> bool:
    """Whether the noun is not just a modifier of the next ("government officials") nor a name's title."""
    if words.dep[index] in _MODIFIER and words.head[index] > index:
        return False
    after = index + 1
    return not (after in names and names[after].title and words.text[index] in names[after].title.split())


def _referring(words: Words, index: int, noun: Noun, names: Mapping[int, MentionNote]) -> bool:
    """Whether the noun can point at something: guarded nouns need a determiner or the like."""
    guarded = _actors().guarded
    determiners = [words.lower[i] for i in words.lefts[index] if words.dep[i] in {"det", "poss", "predet"}]
    if noun.lemma in guarded.led and words.text[index + 1 : index + 2] != ["of"]:
        return False
    people = any(i in names for i in words.lefts[index])
    if noun.lemma in guarded.named:
        return people
    if noun.lemma in guarded.definite:
        return people or any(d not in {"a", "an", "no", "any", "each"} for d in determiners)
    return noun.lemma not in guarded.nouns or bool(determiners) or noun.plural or people


def _nominal(words: Words, index: int, noun: Noun, names: Mapping[int, MentionNote]) -> MentionNote:
    start = phrase_start(words, index)
    kind = noun.kind
    if noun.plural and kind is EntityKind.PERSON:
        kind = EntityKind.GROUP
    end = _of_end(words, index, noun, names)
    office = words.lower[index : index + _OFFICE]
    if end == index + 1 and " ".join(office) == noun.lemma:
        end = index + len(office)  # fewer at the end of the text
    country = _country_inside(words, start, index, names)
    note = MentionNote(
        Stretch(start, end), index, MentionKind.NOMINAL, kind, "", country, plural=noun.plural, gender=_gender(noun)
    )
    if end > index + 1 and noun.kind in {EntityKind.PLACE, EntityKind.GPE} and end - 1 in names:
        note.places, note.country = names[end - 1].places, names[end - 1].country or country
    elif not country and end > index + 1:
        note.country = next((names[i].country for i in range(index + 1, end) if i in names), "")
    return note


def _country_inside(words: Words, start: int, end: int, names: Mapping[int, MentionNote]) -> str:
    """The country of the first name or adjective in the phrase that is not hyphened to a word: not "pro-Russian"."""
    for index in range(start, end):
        note = names.get(index)
        hyphened = "-" in (words.text[max(0, index - 1)], words.text[index + 1])
        if note is not None and note.country and not hyphened:
            return note.country
    return ""


def phrase_start(words: Words, index: int) -> int:
    """The first token of the noun phrase that `index` heads, clauses and quote marks before it left out."""
    start = index
    for left in reversed(words.lefts[index]):
        if words.dep[left] not in _INSIDE or (words.dep[left] == "punct" and words.text[left] != "-"):
            break
        edge = words.left_edge(left)
        if any(words.text[i] in _BREAKS or words.text[i].isspace() or words.dash(i) for i in range(edge, start)):
            break
        start = edge
    return start


def _of_end(words: Words, index: int, noun: Noun, names: Mapping[int, MentionNote]) -> int:
    """Past a short "of" phrase that ends in a name: "the governor of the Belgorod region", "the region of Donbas"."""
    if noun.kind not in {EntityKind.PERSON, EntityKind.PLACE, EntityKind.GPE} or noun.plural:
        return index + 1
    if index + 2 >= len(words) or words.text[index + 1] != "of":
        return index + 1
    after = index + 3 if words.text[index + 2] == "the" else index + 2
    name = names.get(after)
    if name is None or name.form is not MentionKind.NAME or name.stretch.start > after:
        return index + 1
    if name.stretch.end < len(words) and words.text[name.stretch.end] == "'s":
        return index + 1
    place = name.kind in {EntityKind.PLACE, EntityKind.GPE}
    if noun.kind is EntityKind.PERSON:
        return name.stretch.end if place or name.kind in _COLLECTIVE else index + 1
    return name.stretch.end if place else index + 1


def _quantified(
    words: Words, index: int, forms: Mapping[str, Noun], names: Mapping[int, MentionNote]
) -> MentionNote | None:
    """ "thousands of people": a quantity whose "of" phrase names a group."""
    if words.lemma[index] not in _actors().quantity.nouns and words.lower[index] not in _actors().quantity.nouns:
        return None
    bare = not any(words.text[i] == "of" for i in words.rights[index])
    if bare and words.lower[index] in _actors().quantity.alone and words.dep[index] in _ALONE:
        stretch = Stretch(phrase_start(words, index), index + 1)
        return MentionNote(stretch, index, MentionKind.NOMINAL, EntityKind.GROUP, plural=True)
    for preposition in words.rights[index]:
        if words.text[preposition] != "of":
            continue
        for inner in words.rights[preposition]:
            noun = _noun_at(words, inner, forms)
            if (
                noun is not None
                and inner not in names
                and (noun.plural or noun.kind is EntityKind.GROUP)
                and inner - index < 6
            ):
                one = noun.kind is EntityKind.PERSON and words.lower[index] == "one"  # "one of the prosecutors"
                kind = EntityKind.GROUP if noun.kind is EntityKind.PERSON and not one else noun.kind
                country = _country_inside(words, index, inner, names)
                start = phrase_start(words, index)
                return MentionNote(
                    Stretch(start, inner + 1), index, MentionKind.NOMINAL, kind, "", country, plural=not one
                )
    return None


def _gender(noun: Noun) -> str:
    if noun.plural:
        return ""
    for gender in ("m", "f"):
        if noun.lemma in _actors().gender[gender]:
            return gender
    return "" if noun.kind in {EntityKind.PERSON, EntityKind.GROUP} else "n"


def _actors() -> Actors:
    return lexicon.load("actors", Actors)


@cache
def _pronouns() -> dict[str, str]:
    return {word: part for part, listed in _actors().pronouns.items() for word in sorted(listed)}


def find_pronouns(words: Words) -> Iterator[MentionNote]:
    """Personal and possessive pronouns; "it" not where it stands for nothing ("it is clear that")."""
    pronouns = _pronouns()
    for index, lower in enumerate(words.lower):
        part = pronouns.get(lower)
        if (
            part is None
            or not words.plain[index]
            or words.pos[index] not in {"PRON", "DET"}
            or _expletive(words, index)
        ):
            continue
        kind = EntityKind.PERSON if part in {"m", "f", "speaker"} else None
        gender = part if part in {"m", "f", "n"} else ""
        plural = part == "plural"
        yield MentionNote(Stretch(index, index + 1), index, MentionKind.PRONOUN, kind, plural=plural, gender=gender)


def _expletive(words: Words, index: int) -> bool:
    if words.text[index] == "US" or words.dep[index] == "expl":
        return True
    if words.lower[index] != "it" or words.dep[index] not in {"nsubj", "nsubjpass"}:
        return False
    verb = words.head[index]
    clause = any(words.dep[i] in {"ccomp", "csubj", "xcomp", "advcl"} for i in words.rights[verb])
    adjective = any(words.dep[i] == "acomp" for i in words.rights[verb])
    return (words.lemma[verb] == "be" and clause and adjective) or (
        words.lemma[verb] in _actors().impersonal and clause
    )
