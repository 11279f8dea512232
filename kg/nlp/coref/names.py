"""Sieves over names: equal names, short forms, apposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.ids import fold
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote
from kg.nlp.coref.view import PLACES, View

Key = tuple[object, ...]

# From a phrase up to the noun that it describes.
_WITHIN = ("pobj", "dobj", "prep", "poss", "compound", "nmod", "conj", "acl", "relcl")
_UNSPOKEN = ("of", "the", "and", "for", "on")  # not in acronyms


def same_name(view: View) -> None:
    """Equal names of one kind, one gazetteer place, one entry of the knowledge file, one country."""
    first: dict[Key, int] = {}
    for index, note in enumerate(view.notes):
        for key in (*_name_keys(view, note), *_phrase_keys(view, note)):
            if key in first:
                view.clusters.join(first[key], index)
            else:
                first[key] = index


def _name_keys(view: View, note: MentionNote) -> Iterator[Key]:
    if note.form == MentionKind.PRONOUN:
        return
    if note.known:
        yield "known", note.known
    level = view.level(note)
    nominal = note.form == MentionKind.NOMINAL
    if note.kind == EntityKind.GPE and note.country and level in ("", "country") and not nominal:
        yield "country", note.country
    elif note.places and note.kind in PLACES and not (nominal and _is_within(view, note)):
        yield "geo", note.places[0].id or note.places[0].name
    if note.form == MentionKind.NAME and note.name:
        yield note.kind, fold(note.name)


def _is_within(view: View, note: MentionNote) -> bool:
    """ "A region of Russia" is not Russia, though "the city of Izyum" is Izyum."""
    return view.lemma(note) not in view.words.places.get(view.level(note), ())


def _phrase_keys(view: View, note: MentionNote) -> Iterator[Key]:
    """ "Russia's Defense Ministry" is "the Russian Defense Ministry"; "thousands of people" are themselves."""
    if note.form == MentionKind.NAME and note.kind == EntityKind.ORGANIZATION and note.country:
        yield "institution", note.country, view.bare_words(note)
    if note.form == MentionKind.NOMINAL and note.kind == EntityKind.ORGANIZATION and note.country:
        yield "body", note.country, note.plural, view.owner(note), view.bare_words(note)
    if note.form == MentionKind.NOMINAL and note.kind == EntityKind.GROUP and len(view.bare_words(note)) > 1:
        yield "group", view.bare_words(note)


def short_names(view: View) -> None:
    """ "Zelensky" for "Volodymyr Zelensky", "UN" for "United Nations", "Defense Ministry" for Russia's."""
    named = [(i, note) for i, note in enumerate(view.notes) if note.form == MentionKind.NAME]
    by_form: dict[str, list[int]] = {}
    for index, note in named:
        for form in _short_forms(fold(note.name).split(), note):
            by_form.setdefault(form, []).append(index)
    for index, note in named:
        if note.kind not in PLACES and note.name:
            _join_long(view, index, by_form)


def _short_forms(words: list[str], note: MentionNote) -> list[str]:
    """How a longer name may be called for short."""
    if len(words) < 2:
        return []
    if note.kind == EntityKind.PERSON:
        return [words[-1], words[0]]
    initials = "".join(word[0] for word in words if word not in _UNSPOKEN)
    return [initials, words[0], *(" ".join(words[i:]) for i in range(1, len(words)))]


def _join_long(view: View, index: int, by_form: dict[str, list[int]]) -> None:
    note = view.notes[index]
    longer = [
        other
        for other in by_form.get(fold(note.name), ())
        if len(view.notes[other].name) > len(note.name) and _may_shorten(note, view.notes[other])
    ]
    if len({view.clusters.find(other) for other in longer}) > 1:  # several bearers: the one named last before
        longer = [other for other in longer if other < index][-1:]
    for other in longer:
        view.clusters.join(index, other)


def _may_shorten(note: MentionNote, longer: MentionNote) -> bool:
    """One kind; a body that the knowledge file knows as "EU" is not every body whose name begins so."""
    first = fold(longer.name).split()[0] == fold(note.name)
    return note.kind == longer.kind and not (first and note.known and note.known != longer.known)


def appositions(view: View) -> None:
    """ "Gladkov, the governor", "the governor, Gladkov", "the minister Doe", "Doe is the governor"."""
    starts = {note.stretch.start: i for i, note in enumerate(view.notes) if note.form == MentionKind.NAME}
    for index, note in enumerate(view.notes):
        for other in (*_apposed(view, view.doc[note.head]), *_behind_comma(view, note, starts)):
            if _may_be_apposed(note, view.notes[other]) or _renamed(view, index, other):
                view.clusters.join(index, other)


def _apposed(view: View, head: Token) -> Iterable[int]:
    host = _host(view, head)
    if host is not None:
        yield host
    partners = [child for child in head.children if child.dep_ in ("appos", "nmod", "compound")]
    if head.dep_ == "nsubj" and head.head.lemma_ == "be" and not any(c.dep_ == "neg" for c in head.head.children):
        partners += [child for child in head.head.children if child.dep_ == "attr"]
    yield from (view.by_head[partner.i] for partner in partners if partner.i in view.by_head)


def _host(view: View, head: Token) -> int | None:
    """The person whom an apposition is about where a phrase stands between: "its envoy in Tbilisi, X"."""
    if head.dep_ != "appos" or not _is_person(view, head):
        return None
    above = head.head
    while above.dep_ in _WITHIN and not _is_person(view, above):
        above = above.head
    return view.by_head[above.i] if above.i != head.head.i and _is_person(view, above) else None


def _is_person(view: View, token: Token) -> bool:
    index = view.by_head.get(token.i)
    return index is not None and view.notes[index].kind == EntityKind.PERSON and not view.notes[index].plural


def _behind_comma(view: View, note: MentionNote, starts: dict[int, int]) -> Iterable[int]:
    """ "The governor of the region, X": the parser often hangs X on the region."""
    end = note.stretch.end
    if note.form != MentionKind.NOMINAL or end + 1 >= len(view.doc) or view.doc[end].text != ",":
        return ()
    other = starts.get(end + 1)
    apposed = other is not None and view.doc[view.notes[other].head].dep_ == "appos"
    return (other,) if other is not None and apposed and note.kind == EntityKind.PERSON else ()


def _renamed(view: View, index: int, other: int) -> bool:
    """ "A Russian official, the deputy governor": a second description, where no list goes on."""
    first, second = view.notes[min(index, other)], view.notes[max(index, other)]
    head = view.doc[second.head]
    if head.dep_ != "appos" or head.head.i != first.head or view.first_word(second) not in view.words.definite:
        return False
    listed = any(child.dep_ in ("cc", "conj") for child in (*head.children, *head.head.children))
    nominal = first.form == second.form == MentionKind.NOMINAL and not (first.plural or second.plural)
    return nominal and not listed and first.kind == second.kind == EntityKind.PERSON


def _may_be_apposed(left: MentionNote, right: MentionNote) -> bool:
    """A name and a nominal of one kind and number; not places: "Paris, Texas" is containment."""
    if left.kind != right.kind or left.plural != right.plural or left.kind in PLACES:
        return False
    return {left.form, right.form} == {MentionKind.NAME, MentionKind.NOMINAL}
