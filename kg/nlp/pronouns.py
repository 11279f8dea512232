"""Third-person pronouns: the most salient compatible antecedent of this sentence or the few before it.

Salience after Lappin and Leass (1994), reduced to what news needs: recency by sentence, subjects over
objects over the rest, names over nominals, and the same grammatical role as the pronoun's own.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from spacy.tokens import Doc, Token

from kg.model import EntityKind, MentionKind, Quotation
from kg.nlp.annotations import Attribution, MentionNote
from kg.nlp.clusters import Clusters

SENTENCES_BACK = 3
MENTIONS_BACK = 40

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_PEOPLE = {EntityKind.PERSON}
_THINGS = {EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE, EntityKind.GPE, EntityKind.PLACE}
_MANY = {EntityKind.GROUP, EntityKind.ARMED_FORCE, EntityKind.ORGANIZATION}


class Pronouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pronoun forms by what they agree with, in lower case."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    neuter: frozenset[str]
    plural: frozenset[str]
    first: frozenset[str]
    first_plural: frozenset[str]
    relative: frozenset[str]
    reflexive: frozenset[str]


def resolve_pronouns(
    doc: Doc, notes: list[MentionNote], clusters: Clusters, attributions: list[Attribution], words: Pronouns
) -> None:
    """Join each third-person or relative pronoun with its antecedent, left to right, or leave it alone."""
    sentence_of = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
    quote_of = _quotes(attributions)
    by_head = {note.head: i for i, note in enumerate(notes)}
    for index, note in enumerate(notes):
        if note.form != MentionKind.PRONOUN:
            continue
        token = doc[note.head]
        if token.lower_ in words.relative:
            _join_relative(token, index, by_head, clusters)
            continue
        if not _third_person(token, words) or _pleonastic(token):
            continue
        best = max(
            (
                (_salience(doc, notes[other], token, sentence_of), other)
                for other in _candidates(doc, notes, clusters, index, sentence_of, quote_of)
                if _agrees(clusters, notes, other, token, words)
            ),
            default=None,
        )
        if best is not None:
            clusters.join(best[1], index)


def _candidates(
    doc: Doc,
    notes: list[MentionNote],
    clusters: Clusters,
    index: int,
    sentence_of: dict[int, int],
    quote_of: dict[int, int],
) -> Iterator[int]:
    """Mentions before `index`, near enough, in the same voice, and not barred by syntax."""
    token = doc[notes[index].head]
    here = sentence_of[token.i]
    for other in range(index - 1, max(-1, index - MENTIONS_BACK), -1):
        note = notes[other]
        if here - sentence_of[note.head] > SENTENCES_BACK:
            return
        quoted = quote_of.get(note.head)
        if quoted is not None and quoted != quote_of.get(token.i):
            continue  # what stands in another's quotation is not salient outside it
        if note.form == MentionKind.ADJECTIVAL or _coargument(doc[note.head], token) or token.i in note.stretch:
            continue
        yield other


def _agrees(clusters: Clusters, notes: list[MentionNote], other: int, token: Token, words: Pronouns) -> bool:
    profile, note, word = clusters.profile(other), notes[other], token.lower_
    if note.form == MentionKind.PRONOUN and not (profile.names or len(profile.members) > 1):
        return False
    if word in words.masculine or word in words.feminine:
        wanted = "m" if word in words.masculine else "f"
        return profile.kind in _PEOPLE and not profile.plural and profile.gender in ("", wanted)
    if word in words.neuter:
        return profile.kind in _THINGS and not note.plural
    if note.plural:
        return profile.kind not in (EntityKind.PLACE,)
    return profile.kind in _MANY


def _salience(doc: Doc, note: MentionNote, pronoun: Token, sentence_of: dict[int, int]) -> float:
    head = doc[note.head]
    distance = sentence_of[pronoun.i] - sentence_of[note.head]
    score = -40.0 * distance
    if head.dep_ in _SUBJECTS:
        score += 45 if head.head.is_ancestor(pronoun) or distance else 30
    elif head.dep_ in ("dobj", "attr"):
        score += 15
    elif head.dep_ in ("pobj", "poss", "compound"):
        score += 5
    if note.form == MentionKind.NAME:
        score += 6
    if note.kind == EntityKind.PLACE:
        score -= 25
    if pronoun.lower_ in ("they", "them", "their") and note.plural:
        score += 20
    return score - 0.01 * (pronoun.i - note.head)  # nearer wins a tie


def _coargument(antecedent: Token, pronoun: Token) -> bool:
    """Two arguments of one verb are not the same thing unless the pronoun is reflexive or possessive."""
    if pronoun.dep_ == "poss" or pronoun.lower_.endswith(("self", "selves")):
        return False
    return antecedent.head.i == pronoun.head.i


def _third_person(token: Token, words: Pronouns) -> bool:
    return token.lower_ in words.masculine | words.feminine | words.neuter | words.plural


def _pleonastic(token: Token) -> bool:
    """ "It is likely that", "it rained": no antecedent."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.lower_ != "it" or token.dep_ not in _SUBJECTS:
        return False
    copular = verb.lemma_ in ("be", "seem", "appear", "remain", "become")
    return copular and any(child.dep_ in ("ccomp", "xcomp", "advcl", "csubj") for child in verb.children)


def _join_relative(token: Token, index: int, by_head: dict[int, int], clusters: Clusters) -> None:
    clause = token.head if token.dep_ != "poss" else token.head.head
    while clause.dep_ in ("aux", "auxpass", "prep", "conj", "xcomp", "ccomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ == "relcl" and clause.head.i in by_head:
        clusters.join(by_head[clause.head.i], index)


def _quotes(attributions: list[Attribution]) -> dict[int, int]:
    """Token -> number of the direct quotation that it stands in."""
    inside: dict[int, int] = {}
    for number, attribution in enumerate(attributions):
        if attribution.quotation == Quotation.DIRECT:
            for stretch in attribution.content:
                inside.update(dict.fromkeys(range(stretch.start, stretch.end), number))
    return inside
