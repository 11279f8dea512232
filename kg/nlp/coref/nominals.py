"""Sieves over nominals: "the ministry", "the city", "its forces", one country's troops."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.ids import fold
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote
from kg.nlp.coref.view import PLACES, View

NEAR = 15  # mentions after a headline's noun that it may be: the first sentences of the text
WINDOW = 60  # mentions that a definite nominal looks back over: about twelve sentences of news prose

_TELLING = 4  # letters from which a noun at the end of a longer word is hardly chance
_BODIES = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE)


def country_forces(view: View) -> None:
    """All plain names for one country's forces are one actor."""
    first: dict[str, int] = {}
    for index, note in enumerate(view.notes):
        if note.kind == EntityKind.ARMED_FORCE and note.country and view.plain_forces(note):
            view.clusters.join(first.setdefault(note.country, index), index)


def nominals(view: View) -> None:
    """A definite nominal takes the latest antecedent whose head, or class, it repeats."""
    for index, note in enumerate(view.notes):
        if note.form == MentionKind.NOMINAL and _points_back(view, note):
            _join_latest(view, index)


def headlines(view: View) -> None:
    """A bare noun of a headline is what the text first calls so: "Minister quits" - "the transport minister, X"."""
    bare = {index: view.lemma(note) for index, note in enumerate(view.notes) if view.bare(note)}
    for index, head in bare.items():
        for other in range(index + 1, min(len(view.notes), index + NEAR)):
            if other not in bare and _is_called(view, view.notes[index], view.notes[other], head):
                view.clusters.join(index, other)
                break


def _is_called(view: View, note: MentionNote, other: MentionNote, head: str) -> bool:
    """Whether the text calls `other` so, with the headline's words or more, and as one thing."""
    if other.plural or other.form not in (MentionKind.NAME, MentionKind.NOMINAL) or other.kind != note.kind:
        return False
    if view.lemma(other) == head:
        return view.modifiers(note) <= view.modifiers(other)
    return head in other.title.lower().split() and view.modifiers(note) <= _office(view, other)


def _points_back(view: View, note: MentionNote) -> bool:
    if view.owner(note) is not None:
        return False  # "its forces" are whoever's "it" is: see `possessed`
    if note.kind in PLACES and _names_place(view, note):
        return False  # "the eastern region of Donbas" says itself which
    if view.first_word(note) in view.words.definite or view.bare(note):
        return True
    return view.lemma(note) in view.words.singular and note.stretch.end - note.stretch.start == 1


def _names_place(view: View, note: MentionNote) -> bool:
    inside = (view.by_head[token] for token in range(*note.stretch) if token in view.by_head)
    return any(view.notes[i].form == MentionKind.NAME and view.notes[i].kind in PLACES for i in inside)


def _join_latest(view: View, index: int) -> None:
    here = view.notes[index].stretch
    for other in range(index - 1, max(-1, index - WINDOW), -1):
        there = view.notes[other].stretch
        nested = there.start < here.end and here.start < there.end
        if nested or not _named_by(view, view.notes[index], view.notes[other]) or _adds_country(view, index, other):
            continue
        if _in_one_clause(view, index, other) or view.overheard(index, other):
            continue
        if view.clusters.join(other, index):
            return


def _in_one_clause(view: View, index: int, other: int) -> bool:
    """ "Russia attacked the republic": two noun phrases under one verb are two things."""
    return view.verb(view.notes[index]) == view.verb(view.notes[other])


def _adds_country(view: View, index: int, other: int) -> bool:
    """ "The Russian army" after "the army" is a new actor: what points back does not say more than was said."""
    return bool(view.notes[index].country) and not view.clusters.profile(other).country


def _named_by(view: View, note: MentionNote, candidate: MentionNote) -> bool:
    """Whether `note` can be a shorter way to say `candidate`."""
    if candidate.form in (MentionKind.PRONOUN, MentionKind.ADJECTIVAL) or candidate.metonym:
        return False
    if note.plural != candidate.plural or not view.words.fresh.isdisjoint(view.modifiers(candidate)):
        return False
    modifiers, head = view.modifiers(note), view.lemma(note)
    if candidate.kind in PLACES and candidate.form == MentionKind.NAME:
        modifiers -= view.words.descriptive
    if head == view.lemma(candidate):
        return modifiers <= view.modifiers(candidate)
    if head in candidate.title.lower().split():
        office = _office(view, candidate)
        return modifiers <= office and view.words.lesser.isdisjoint(office - modifiers)
    if candidate.form != MentionKind.NAME:
        return False
    if candidate.kind in PLACES:
        return not modifiers and head in view.words.places.get(view.level(candidate), ())
    return not modifiers and note.kind == candidate.kind and _classed(view, head, candidate)


def _office(view: View, note: MentionNote) -> frozenset[str]:
    """The words before a name, and of its title: "former", "Nigerian", "president"."""
    before = view.doc[view.doc[note.head].left_edge.i : note.stretch.start]
    return frozenset((*(token.lemma_.lower() for token in before), *note.title.lower().split()))


def _classed(view: View, head: str, candidate: MentionNote) -> bool:
    """ "the company" for Acme Corp, "the union" for the Dockers' Union."""
    if candidate.kind not in _BODIES:
        return False
    marks = set(fold(candidate.name).split())
    if len(head) >= _TELLING and any(word.endswith(head) for word in marks):
        return True  # "the bank" for Nordbank
    if head in view.words.firms and not candidate.known and marks.isdisjoint(view.words.institutions):
        return candidate.kind == EntityKind.ORGANIZATION
    return any(
        head in heads and not marks.isdisjoint(view.words.organization_marks.get(kind, ()))
        for kind, heads in view.words.organizations.items()
    )


def same_owner(view: View) -> None:
    """ "Her mother" is her mother: one owner, one noun, the same words with it."""
    first: dict[tuple[object, ...], int] = {}
    for index, note in enumerate(view.notes):
        owner = view.owner(note)
        if owner is not None and note.form == MentionKind.NOMINAL:
            counted = any(child.dep_ == "nummod" for child in view.doc[note.head].children)
            if not (counted or view.modifiers(note) & view.words.fresh):
                key = view.clusters.find(owner), view.lemma(note), note.plural, view.modifiers(note)
                view.clusters.join(first.setdefault(key, index), index)


def possessed(view: View) -> None:
    """ "his country", "its forces": resolved through the possessor, once that is known.

    Shorter phrases first: "his country's army" waits for "his country".
    """
    for index in sorted(range(len(view.notes)), key=lambda i: len(range(*view.notes[i].stretch))):
        note = view.notes[index]
        owner = view.owner(note)
        if owner is None or note.form != MentionKind.NOMINAL:
            continue
        country = view.clusters.profile(owner).country or _served(view, owner)
        if country and not view.clusters.profile(index).country:
            _join_possessed(view, index, country)


def _served(view: View, person: int) -> str:
    """The country that a person's title names: "President X of Ukraine", "the Ukrainian president, X"."""
    for member in view.clusters.profile(person).members:
        for token in _title_words(view.doc[view.notes[member].head]):
            country = view.notes[view.by_head[token.i]].country if view.names_country(token) else ""
            if country:
                return country
    return ""


def _title_words(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss"):
            yield child
            yield from _title_words(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            yield from (grandchild for grandchild in child.children if grandchild.dep_ == "pobj")


def _join_possessed(view: View, index: int, country: str) -> None:
    note = view.notes[index]
    for other, candidate in enumerate(view.notes):
        if other != index and view.clusters.profile(other).country == country and _is_ours(view, note, candidate):
            view.clusters.join(other, index)
            return
    if note.kind == EntityKind.ARMED_FORCE:
        view.clusters.profile(index).country = country


def _is_ours(view: View, note: MentionNote, candidate: MentionNote) -> bool:
    """Whether `candidate` is the country, or its forces, that the possessed `note` speaks of."""
    if view.lemma(note) in view.words.places["country"]:
        return candidate.kind == EntityKind.GPE and view.level(candidate) == "country"
    forces = candidate.kind == note.kind == EntityKind.ARMED_FORCE
    return forces and view.plain_forces(note) and view.plain_forces(candidate)
