"""Third-person pronouns: the most salient compatible antecedent of this sentence or the few before it.

Salience after Lappin and Leass (1994), reduced to what news needs: recency by sentence, subjects over
objects over the rest, names over nominals, and the same grammatical role as the pronoun's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote
from kg.nlp.coref.view import Pronouns, View

SENTENCES_BACK = 3
MENTIONS_BACK = 40

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_PEOPLE = (EntityKind.PERSON,)
_THINGS = (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE, EntityKind.GPE, EntityKind.PLACE)
_MANY = (EntityKind.GROUP, EntityKind.ARMED_FORCE, EntityKind.ORGANIZATION)

# Weights in the spirit of the source; set by reading news, not fitted.
_BY_SENTENCE = -40.0
_SUBJECT, _OTHER_SUBJECT, _OBJECT = 45.0, 30.0, 15.0
_NAME, _PLACE, _NUMBER, _KIN = 6.0, -25.0, 20.0, -50.0
_WHERE = ("in", "at", "from", "near", "to", "across", "around", "outside")


def pronouns(view: View) -> None:
    """Join each third-person or relative pronoun with its antecedent, left to right, or leave it alone."""
    search = _Search(view)
    for index, note in enumerate(view.notes):
        if note.form != MentionKind.PRONOUN:
            continue
        token = view.doc[note.head]
        if token.lower_ in view.words.pronouns.relative:
            _join_relative(view, token, index)
        elif _third_person(token, view.words.pronouns) and not _pleonastic(token):
            search.join_best(index)


class _Search:
    """Antecedents by salience, with the sentences of one Doc looked up once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.owners: dict[tuple[str, str], int] = {}  # "her", "mother" -> the latest such "her"
        self.sentence_of = {token.i: n for n, sentence in enumerate(view.doc.sents) for token in sentence}

    def join_best(self, index: int) -> None:
        """Join the pronoun with the most salient mention that agrees; the nearer one on a tie.

        "Her mother" once more is the mother of the same one, also where the mother is now the most salient.
        """
        again = self.owners.get(self._owned(index))
        self.owners[self._owned(index)] = index
        if again is not None and self._take_up(index, again):
            return
        fitting = (other for other in self._candidates(index) if self._agrees(other, index))
        best = max(((self._salience(other, index), other) for other in fitting), default=None)
        if best is not None:
            self._take_up(index, best[1])

    def _take_up(self, index: int, other: int) -> bool:
        """Join the two; noted, so that it can be left again, unless syntax is sure: "itself", "X lost its way"."""
        view = self.view
        pronoun, antecedent = (view.doc[view.notes[i].head] for i in (index, other))
        joined = view.clusters.join(other, index)
        owner = pronoun.dep_ == "poss" and antecedent.dep_ in _SUBJECTS
        sure = owner and view.verb(view.notes[index]) == view.verb(view.notes[other])
        if joined and not sure and not _is_reflexive(pronoun):
            view.taken_up[index] = other
        return joined

    def _owned(self, index: int) -> tuple[str, str]:
        """The pronoun and the person that it owns, if it does: "her", "mother"."""
        pronoun = self.view.doc[self.view.notes[index].head]
        owned = self.view.by_head.get(pronoun.head.i) if pronoun.dep_ == "poss" else None
        if owned is None or self.view.notes[owned].kind != EntityKind.PERSON:
            return ("", str(index))
        return str(pronoun.lower_), self.view.lemma(self.view.notes[owned])

    def _candidates(self, index: int) -> Iterator[int]:
        """Mentions before `index`, near enough, in the same voice, and not barred by syntax."""
        doc, notes = self.view.doc, self.view.notes
        token = doc[notes[index].head]
        here = self.sentence_of[token.i]
        barred = self._speaking(index) | self._arguments(token)
        for other in range(index - 1, max(-1, index - MENTIONS_BACK), -1):
            note = notes[other]
            if here - self.sentence_of[note.head] > SENTENCES_BACK:
                return
            if other in barred or self.view.overheard(index, other) or token.i in note.stretch:
                continue
            if note.form != MentionKind.ADJECTIVAL:
                yield other

    def _speaking(self, index: int) -> frozenset[int]:
        """The mentions of the one whose quoted words hold the pronoun: whoever speaks calls another "he"."""
        quoter = self.view.quoter(index)
        return frozenset() if quoter is None else frozenset(self.view.clusters.profile(quoter).members)

    def _arguments(self, pronoun: Token) -> frozenset[int]:
        """The mentions of the other arguments of the pronoun's verb: "X's deputy, Y, replaced him".

        Two arguments of one verb are not the same thing unless the pronoun is reflexive or possessive.
        """
        if pronoun.dep_ == "poss" or _is_reflexive(pronoun):
            return frozenset()
        arguments = (child.i for child in pronoun.head.children if child.i != pronoun.i)
        found = (self.view.by_head[i] for i in arguments if i in self.view.by_head)
        return frozenset(member for other in found for member in self.view.clusters.profile(other).members)

    def _agrees(self, other: int, index: int) -> bool:
        words = self.view.words.pronouns
        note, word = self.view.notes[other], self.view.doc[self.view.notes[index].head].lower_
        profile = self.view.clusters.profile(other)
        if note.form == MentionKind.PRONOUN and not profile.names and len(profile.members) == 1:
            return False
        if word in words.masculine or word in words.feminine:
            wanted = "m" if word in words.masculine else "f"
            return profile.kind in _PEOPLE and not profile.plural and profile.gender in ("", wanted)
        if word == "it" and not self._carries_on(other, index):
            return False
        if word in words.neuter:
            return profile.kind in _THINGS and not note.plural and not _whereabouts(self.view.doc[note.head])
        return note.plural if note.plural else profile.kind in _MANY

    def _told_by_pronoun(self, note: MentionNote) -> bool:
        """ "Her mother", "his spokesman": the one whose "her" it is stays the topic."""
        owner = self.view.owner(note)
        person = note.kind == EntityKind.PERSON
        return person and owner is not None and self.view.notes[owner].form == MentionKind.PRONOUN

    def _carries_on(self, other: int, index: int) -> bool:
        """Whether "it" as a subject takes up the subject above it, or that of the sentence before.

        Most other uses of "it" in news mean a thing, an idea or a clause, which is no mention here.
        """
        doc, notes = self.view.doc, self.view.notes
        head, pronoun = doc[notes[other].head], doc[notes[index].head]
        if head.dep_ not in _SUBJECTS or pronoun.dep_ not in _SUBJECTS:
            return False
        distance = self.sentence_of[pronoun.i] - self.sentence_of[head.i]
        if distance != 1:
            return distance == 0 and head.head.is_ancestor(pronoun)
        return head.head.dep_ == pronoun.head.dep_ == "ROOT" and pronoun.head.lemma_ != "be"

    def _salience(self, other: int, index: int) -> float:
        note, pronoun = self.view.notes[other], self.view.doc[self.view.notes[index].head]
        head = self.view.doc[note.head]
        distance = self.sentence_of[pronoun.i] - self.sentence_of[head.i]
        score = _BY_SENTENCE * distance + _role_weight(head, pronoun, distance)
        score += _NAME if note.form == MentionKind.NAME else 0
        score += _PLACE if note.kind in (EntityKind.PLACE,) else 0
        score += _KIN if self._told_by_pronoun(note) else 0
        score += _NUMBER if note.plural and pronoun.lower_ in self.view.words.pronouns.plural else 0
        return score - 0.01 * (pronoun.i - head.i)


def _whereabouts(head: Token) -> bool:
    """Whether a place only says where: "in Bern", "from Izyum"."""
    return head.dep_ == "pobj" and head.ent_type_ in ("GPE", "LOC", "FAC") and head.head.lower_ in _WHERE


def _role_weight(head: Token, pronoun: Token, distance: int) -> float:
    if head.dep_ in _SUBJECTS:
        return _SUBJECT if distance or head.head.is_ancestor(pronoun) else _OTHER_SUBJECT
    return _OBJECT if head.dep_ in ("dobj", "attr") else 0


def _is_reflexive(token: Token) -> bool:
    return str(token.lower_).endswith(("self", "selves"))


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


def _join_relative(view: View, token: Token, index: int) -> None:
    clause = token.head.head if token.dep_ == "poss" else token.head
    while clause.dep_ in ("aux", "auxpass", "prep", "conj", "xcomp", "ccomp"):
        clause = clause.head
    if clause.dep_ == "relcl" and clause.head.i in view.by_head:
        view.clusters.join(view.by_head[clause.head.i], index)
