"""Sieves over speakers: who "a Russian official" turns out to be, and who says "I"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import EntityKind, MentionKind, Quotation
from kg.nlp.annotations import MentionNote
from kg.nlp.coref.view import View

_BODIES = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE)
WINDOW = 4  # speakers within which an unnamed one is named


def cataphora(view: View) -> None:
    """ "a Russian official said ..." explained by a speaker soon after: "..., said Jane Doe, the governor".

    A headline's bare "Official" is first of all the next speaker called so in the text.
    """
    speakers = list(dict.fromkeys(a.speaker for a in view.attributions if a.speaker is not None))
    for place, here in enumerate(speakers):
        later = speakers[place + 1 :]
        if view.bare(view.notes[here]):
            _join_first(view, here, (s for s in later if _same_head(view, here, s)))
        elif _introduces(view, view.notes[here]):
            _join_first(view, here, (s for s in later[:WINDOW] if _covers(view, here, s)))
    for here in speakers:
        if view.bare(view.notes[here]) and len(view.clusters.profile(here).members) == 1:
            _join_first(view, here, (s for s in speakers if s > here and _covers(view, here, s)))


def _join_first(view: View, index: int, others: Iterable[int]) -> None:
    any(view.clusters.join(index, other) for other in others)


def _same_head(view: View, left: int, right: int) -> bool:
    first, second = view.notes[left], view.notes[right]
    return view.lemma(first) == view.lemma(second) and first.plural == second.plural


def _introduces(view: View, note: MentionNote) -> bool:
    """ "A Russian official"; not "a company official", who serves somebody that the named one may not."""
    if any(child.dep_ == "compound" for child in view.doc[note.head].children):
        return False
    person = note.form == MentionKind.NOMINAL and note.kind == EntityKind.PERSON and not note.plural
    return person and view.first_word(note) in view.words.indefinite


def _covers(view: View, here: int, named: int) -> bool:
    """Whether the office of the person first named at `named` falls under the nominal's ("official": governor)."""
    profile = view.clusters.profile(named)
    if profile.kind != EntityKind.PERSON or not profile.names or min(profile.members) < here:
        return False
    offices = {word for m in profile.members for word in view.notes[m].title.lower().split()}
    offices |= {view.lemma(view.notes[m]) for m in profile.members}
    head = view.lemma(view.notes[here])
    return bool(offices & ({head} | view.words.covers.get(head, frozenset())))


def first_person(view: View) -> None:
    """ "I" in a direct quotation is its speaker; so is "we" where an institution speaks, or its officer does."""
    direct = [a for a in view.attributions if a.quotation == Quotation.DIRECT]
    spoken: set[int] = set()  # the outermost quotation's speaker says "I", also where it quotes or cites another
    for attribution in sorted(direct, key=lambda a: -sum(end - start for start, end in a.content)):
        tokens = [t for stretch in attribution.content for t in range(*stretch) if t not in spoken]
        spoken.update(tokens)
        if attribution.speaker is not None:
            _join_first_person(view, tokens, attribution.speaker)


def _join_first_person(view: View, tokens: Iterable[int], speaker: int) -> None:
    words = view.words.pronouns
    officer = view.clusters.profile(speaker).kind == EntityKind.PERSON
    body = _body_of(view, speaker) if officer else speaker
    for token in (t for t in tokens if t in view.by_head):
        word = view.doc[token].lower_
        if word in words.first:
            view.clusters.join(speaker, view.by_head[token])
        elif body is not None and word in words.first_plural:
            view.clusters.join(body, view.by_head[token])


def _body_of(view: View, person: int) -> int | None:
    """The organisation that a speaker is described as serving: "Acme's director, X", "X, a spokesman for Acme"."""
    for member in view.clusters.profile(person).members:
        note = view.notes[member]
        if note.form == MentionKind.PRONOUN or note.kind != EntityKind.PERSON:
            continue
        for owner in _owners(view, note):
            if view.clusters.profile(owner).kind in _BODIES:
                return owner
    return None


def _owners(view: View, note: MentionNote) -> Iterator[int]:
    for child in view.doc[note.head].children:
        tokens = [child] if child.dep_ == "poss" else []
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "at"):
            tokens = [t for t in child.children if t.dep_ == "pobj"]
        yield from (view.by_head[t.i] for t in tokens if t.i in view.by_head)
