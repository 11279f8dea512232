"""Events that begin or end relations: appointments, resignations, deaths, joining, purchases, weddings, moves.

What is planned or possible begins nothing yet and is told so; what is denied, or only planned to end, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.model import EntityKind, Modality, Polarity
from kg.nlp.annotations import Bond, TimeNote, document_of
from kg.nlp.modality import factuality
from kg.nlp.relations.clauses import KINDS, controlling, said_of
from kg.nlp.relations.nouns import holder_of
from kg.nlp.relations.offices import OFFICE_PREDICATES, named_inside
from kg.nlp.relations.standing import Standing
from kg.nlp.relations.ties import BODIES, PLACES, Ties
from kg.nlp.relations.words import Change
from kg.nlp.roles.clauses import is_passive, object_of, subject

_WITH_VERB = ("prt", "advmod", "prep", "dobj", "dative")
_OF_POST = ("as", "of")


def changes(ties: Ties, told: list[Bond]) -> Iterator[Bond]:
    """Relations that events begin, and those of `told` and others that they end."""
    by_subject: dict[int, list[Bond]] = {}
    for bond in told:
        by_subject.setdefault(bond.subject, []).append(bond)
    for token in ties.tokens:
        phrases = ties.words.change_verbs.get(token.lemma_.lower()) if token.pos_ == "VERB" else None
        for rest, change in phrases or ():
            if not rest or _with(token, rest) is not None:
                yield from _Changed(ties, token, rest, change, by_subject).bonds()
    yield from _deaths(ties, by_subject)


def _with(verb: Token, rest: str) -> Token | None:
    """The particle, preposition or object that makes the verb a phrase: "down" of "stepped down"."""
    return next((c for c in verb.children if c.lower_ == rest and c.dep_ in _WITH_VERB), None)


def _objects(verb: Token, prepositions: Iterable[str]) -> Iterator[Token]:
    """What stands behind the verb's prepositions."""
    for child in verb.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in prepositions:
            yield from (c for c in child.children if c.dep_ == "pobj")


class _Changed:
    """One verb read as one kind of change."""

    def __init__(self, ties: Ties, verb: Token, rest: str, change: Change, told: dict[int, list[Bond]]) -> None:
        self.ties, self.verb, self.rest, self.change, self.told = ties, verb, rest, change, told
        passive = is_passive(verb)
        found = subject(verb)
        by = next((c for a in verb.children if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj"), None)
        self.doer = by if passive else found[0] if found is not None else None
        self.undergoer = (found[0] if found is not None else None) if passive else object_of(verb)
        self.ends = change.effect == "end"

    def bonds(self) -> Iterator[Bond]:
        """What the change begins or ends; nothing where it did not or need not come about."""
        standing = self._standing()
        who = self.doer if self.change.who == "subject" else self.undergoer
        if standing is None:
            return
        if who is None and self.change.kind == "spouse":
            who = self.undergoer  # a bare "X and Y divorced" looks like a passive
        if who is None:
            return
        readers: dict[str, Callable[[Token, Standing], Iterator[Bond]]] = {
            "office": self._office,
            "member": self._member,
            "owner": self._owner,
            "spouse": self._spouse,
            "seat": self._seat,
        }
        yield from readers[self.change.kind](who, standing)

    # -- whether and when ------------------------------------------------------------------------------------------

    def _standing(self) -> Standing | None:
        told = factuality(self.verb)
        if told.negated or told.modality is Modality.GENERIC or (self.ends and told.modality is not Modality.ACTUAL):
            return None
        event = self.ties.happenings.get(self.verb.i)
        day = _day(self.ties.doc._.happenings[event].time if event is not None else self.ties.timeline.of(self.verb))
        today = document_of(self.ties.doc).date
        if day and today and day > today[: len(day)] and told.modality is Modality.ACTUAL:
            if self.ends:
                return None
            told = told._replace(modality=Modality.FUTURE)
        if self.ends:
            return Standing(ended=True, end=day, ended_by=event)
        return Standing(modality=told.modality, start=day, started_by=event)

    # -- the kinds -------------------------------------------------------------------------------------------------

    def _office(self, who: Token, standing: Standing) -> Iterator[Bond]:
        inside = named_inside(self.ties, who) if self.change.who == "object" else None
        nouns = list(self._office_nouns()) if inside is None else [who]
        holder = self.ties.mention(who) if inside is None else inside
        if holder is None:
            return
        for noun in nouns:
            yield from said_of(self.ties, holder, noun, standing)
        if self.ends and not nouns and self._from_office():
            sentence = self.verb.sent
            for bond in self.told.get(self.ties.cluster[holder], ()):
                if bond.predicate in OFFICE_PREDICATES and sentence.start <= bond.evidence.start < sentence.end:
                    yield _over(bond, standing)

    def _office_nouns(self) -> Iterator[Token]:
        """ "Became president", "elected as mayor", "named to be chief", "quit his post as chairman"."""
        for child in self.verb.children:
            if child.dep_ in ("oprd", "attr"):
                yield from (child, *child.conjuncts)
            elif child.dep_ == "prep" and child.lower_ == "as":
                yield from (t for c in child.children if c.dep_ == "pobj" for t in (c, *c.conjuncts))
            elif child.dep_ in ("xcomp", "ccomp") and child.lemma_ == "be":
                yield from (c for c in child.children if c.dep_ == "attr")
            elif child.dep_ == "dobj" and child.lemma_.lower() in self.ties.words.offices.posts:
                yield from _of_post(child)
        for post in _objects(self.verb, ("from", "to")):
            if post.lemma_.lower() in self.ties.words.offices.posts:
                yield from _of_post(post)

    def _from_office(self) -> bool:
        """Whether nothing else is what was left: not "quit the race", "resigned from the party"."""
        left = [c for c in self.verb.children if c.dep_ == "dobj" and self.change.who == "subject"]
        left += _objects(self.verb, ("from",))
        return all(c.lemma_.lower() in self.ties.words.offices.posts for c in left)

    def _member(self, who: Token, standing: Standing) -> Iterator[Bond]:
        ties = self.ties
        if self.rest:
            bodies = list(_objects(self.verb, (self.rest,)))
        else:
            bodies = [self.undergoer] if self.undergoer is not None else []
        for body in (b for token in bodies for b in ties.coordinated(token)):
            premises = ties.doc[ties.notes[body].stretch.end - 1].lower_ in ties.words.premises
            unnamed = self.ends and not ties.named(body)
            if ties.kind(body) is EntityKind.ORGANIZATION and not premises and not unnamed:
                for holder in ties.coordinated(who):
                    if ties.kind(holder) in KINDS["actor"] and not ties.notes[holder].plural:
                        yield from ties.bond(holder, "memberOf", body, standing)

    def _owner(self, who: Token, standing: Standing) -> Iterator[Bond]:
        ties, bought = self.ties, self._bought()
        owner = ties.mention(who)
        if bought is None or ties.kind(bought) not in BODIES or ties.notes[bought].plural:
            return
        if owner is not None and ties.kind(owner) in KINDS["actor"]:
            yield from ties.bond(owner, "owns", bought, standing)
        if self.ends:
            for buyer in (ties.mention(t) for t in _objects(self.verb, ("to",))):
                if buyer is not None and ties.kind(buyer) in KINDS["actor"]:
                    begun = Standing(start=standing.end, started_by=standing.ended_by)
                    yield from ties.bond(buyer, "owns", bought, begun)

    def _bought(self) -> int | None:
        """The company that was bought, whole or by a controlling stake."""
        token = self.undergoer
        if token is None:
            return None
        if token.lemma_.lower() not in self.ties.words.stakes.nouns:
            return holder_of(self.ties, token)
        into = (c for p in token.children if p.dep_ == "prep" and p.lower_ in ("in", "of") for c in p.children)
        return self.ties.mention(next(into, None)) if controlling(self.ties, token) and not self.ends else None

    def _spouse(self, who: Token, standing: Standing) -> Iterator[Bond]:
        couple = [m for m in self.ties.coordinated(who) if self.ties.kind(m) is EntityKind.PERSON]
        other = self.ties.mention(self.undergoer) if self.undergoer is not who else None
        if other is not None and self.ties.kind(other) is EntityKind.PERSON:
            couple = [*couple[:1], other]
        if len(couple) == 2 and not any(self.ties.notes[m].plural for m in couple):
            yield from self.ties.bond(couple[0], "spouseOf", couple[1], standing)

    def _seat(self, who: Token, standing: Standing) -> Iterator[Bond]:
        """ "Moved its headquarters from X to Y"."""
        if self.undergoer is None or self.undergoer.lemma_.lower() not in self.ties.words.offices.seats:
            return
        body = self.ties.mention(who)
        if body is None or self.ties.kind(body) not in BODIES:
            return
        over = Standing(ended=True, end=standing.start, ended_by=standing.started_by)
        settled = standing.modality is Modality.ACTUAL
        for link, told in (("to", standing), *((("from", over),) if settled else ())):
            for place in (self.ties.mention(t) for t in _objects(self.verb, (link,))):
                if place is not None and self.ties.kind(place) in PLACES:
                    yield from self.ties.bond(body, "basedIn", place, told)


def _of_post(post: Token) -> Iterator[Token]:
    """The office that a post is: "the post of chairman", "his role as mayor"."""
    for child in post.children:
        if child.dep_ == "prep" and child.lower_ in _OF_POST:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _over(bond: Bond, standing: Standing) -> Bond:
    return replace(bond, ended=True, end=standing.end, ended_by=standing.ended_by)


def _day(note: TimeNote | None) -> str:
    """The day, month or year of an event; of a longer stretch its start."""
    return "" if note is None else note.value or note.start


def _deaths(ties: Ties, told: dict[int, list[Bond]]) -> Iterator[Bond]:
    """Who has died holds no office and has no spouse."""
    for index, event in enumerate(ties.doc._.happenings):
        roles = ties.words.deaths.get(event.type, ())
        actual = event.polarity is Polarity.AFFIRMED and event.modality is Modality.ACTUAL
        if not roles or not actual:
            continue
        claimed = all(t in ties.claimed for t in event.triggers)
        for role in event.roles:
            if role.role.value in roles and not role.event and ties.clusters[role.filler].kind is EntityKind.PERSON:
                over = Standing(ended=True, end=_day(event.time), ended_by=index)
                for bond in told.get(role.filler, ()):
                    told_alike = not claimed or all(t in ties.claimed for t in range(*bond.evidence))
                    if told_alike and (bond.predicate in OFFICE_PREDICATES or bond.predicate == "spouseOf"):
                        yield _over(bond, over)
