"""The component kg_relations: lasting relations between clusters, each with the words that say so.

Read from titles, possessives, adjectives, "of" phrases, apposition (through the clusters) and places in a row.
Precision goes first: an office that somebody held once, or stands in for, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.gazetteer import inside
from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Bond, MentionNote
from kg.nlp.relations.ties import Ties

_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE})
_PLACES = frozenset({EntityKind.PLACE, EntityKind.GPE})
_LED = _BODIES | _PLACES
_HOLDING = ([","], ["in"], ["of"], ["in", "the"], ["of", "the"])  # what stands between a place and what holds it
_NESTED = frozenset({"amod", "compound", "nmod"})


@Language.factory("kg_relations", assigns=["doc._.bonds"], requires=["doc._.mentions", "doc._.clusters"])
def make_relations(nlp: Language, name: str) -> Relations:
    """The component, as spaCy asks for it."""
    return Relations()


class Relations:
    """Sets ``doc._.bonds``, each relation once, with its first evidence, in text order."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of `doc`."""
        reader = _Reader(doc)
        bonds: dict[tuple[int, str, int | None, str], Bond] = {}
        for bond in sorted(reader.bonds(), key=lambda b: (b.evidence, b.predicate, b.subject)):
            bonds.setdefault((bond.subject, bond.predicate, bond.object, bond.literal), bond)
        doc._.bonds = list(bonds.values())
        return doc


class _Reader(Ties):
    """Reads the relations of one document."""

    def bonds(self) -> Iterator[Bond]:
        """Every relation found, some more than once."""
        for index, note in enumerate(self.notes):
            if note.kind is EntityKind.PERSON and not note.plural:
                yield from self._person(index, note)
            elif note.kind in _BODIES:
                yield from self._body(index, note)
            elif note.kind in _PLACES and note.form is not MentionKind.ADJECTIVAL:
                yield from self._place(index, note)
            if note.form is MentionKind.NOMINAL:
                yield from self._sides(index, note)
        yield from self._composed()
        yield from self._contained()

    # -- who stands to whom ----------------------------------------------------------------------------------

    def _person(self, index: int, note: MentionNote) -> Iterator[Bond]:
        """Offices: the literal, and what they are held in."""
        office = (
            note.title.lower()
            if note.form is MentionKind.NAME
            else self.noun(note, self.words.leads | self.words.serves)
        )
        if not office or self.past(note):
            return
        named = any(self.notes[m].form is MentionKind.NAME for m in self.clusters[self.cluster[index]].mentions)
        if named:
            literal = note.title or self._office_text(note)
            if note.title or " " in literal:
                yield Bond(self.cluster[index], "position", self.title_stretch(note), literal=literal)
        elif not self._real(note):
            return
        short = self._suffix(office)
        for owner, link in self.owners(note):
            predicate = self._office_relation(short, link, self.notes[owner])
            anyone = not named and self.doc[note.stretch.start].lower_ in ("a", "an")  # "an FBI director would ..."
            if predicate and not (predicate == "leads" and anyone):
                yield from self.bond(index, predicate, owner)

    def _real(self, note: MentionNote) -> bool:
        """Whether an unnamed holder is somebody: not "to be president of X", "as the leader of X"."""
        head = self.doc[note.head]
        determined = any(t.dep_ in ("det", "poss", "amod", "compound", "nmod") for t in head.children)
        predicate = head.dep_ in ("attr", "oprd") or (head.dep_ == "pobj" and head.head.lower_ in ("as", "like"))
        return determined and not predicate

    def _suffix(self, office: str) -> str:
        """The longest listed office at the end of a title: "Russian Foreign Minister" -> "foreign minister"."""
        parts = office.split()
        listed = self.words.leads | self.words.serves
        return next((" ".join(parts[i:]) for i in range(len(parts)) if " ".join(parts[i:]) in listed), "")

    def _office_relation(self, office: str, link: str, owner: MentionNote) -> str:
        if owner.kind not in _LED and owner.form is not MentionKind.PRONOUN:
            return ""
        if office in self.words.spokesperson:
            return "spokespersonFor" if owner.kind in _LED else ""
        if link == "for" or owner.form is MentionKind.PRONOUN:
            return ""
        if owner.known and owner.form is MentionKind.ADJECTIVAL:
            return "memberOf"  # "the Republican mayor"
        if office in self.words.leads:
            return "leads"
        country = owner.metonym or bool(owner.places and owner.places[0].level == "country")
        offices = self.words.serves if owner.kind in _BODIES else self.words.state_service if country else ()
        return "memberOf" if office in offices else ""

    def _office_text(self, note: MentionNote) -> str:
        """The mention's words without articles and possessives before its head."""
        start = next(
            t.i
            for t in self.doc[note.stretch.start : note.head + 1]
            if t.i == note.head or (t.dep_ not in ("det", "poss", "case") and t.pos_ not in ("DET", "PRON", "PART"))
        )
        return " ".join(self.doc[start : note.stretch.end].text.split())

    # -- what belongs to what --------------------------------------------------------------------------------

    def _body(self, index: int, note: MentionNote) -> Iterator[Bond]:
        """Armies and ministries are part of their country, companies are based in theirs."""
        state = self.noun(note, self.words.state) or self.doc[note.stretch.end - 1].text in self.words.state_heads
        based = not state and self.noun(note, self.words.based)
        for owner, link in self.owners(note):
            other = self.notes[owner]
            if link == "for" or self.clusters[self.cluster[owner]].kind not in _LED:
                continue
            generic = note.plural and note.kind is not EntityKind.ARMED_FORCE
            if generic and self.doc[note.head].lower_ not in self.words.state:
                continue  # "the governments of Europe", "Wall Street banks"
            if state and (other.kind is not EntityKind.PLACE or other.form is MentionKind.NAME):
                yield from self.bond(index, "partOf", owner)
            elif based and link != "of" and self._home(other):
                yield from self.bond(index, "basedIn", owner)
        yield from self._based(index, note)

    def _home(self, other: MentionNote) -> bool:
        """Whether something can be based there: any named place, of adjectives only a country's."""
        named = other.kind in _PLACES and other.form is not MentionKind.ADJECTIVAL
        return named or (other.kind is EntityKind.GPE)

    def _based(self, index: int, note: MentionNote) -> Iterator[Bond]:
        """ "X, based in Y" and "Y-based X"."""
        for child in self.doc[note.head].children:
            if child.lemma_ not in self.words.based_verbs:
                continue
            for grand in child.children:
                pobj = next((t for t in grand.children if t.dep_ == "pobj"), grand) if grand.dep_ == "prep" else grand
                owner = self.by_head.get(pobj.i)
                if (
                    owner is not None
                    and self.notes[owner].kind in _PLACES
                    and (grand.dep_ != "prep" or grand.lower_ in ("in", "at"))
                ):
                    yield from self.bond(index, "basedIn", owner)

    def _place(self, index: int, note: MentionNote) -> Iterator[Bond]:
        """ "the region of X", "Y's capital", "Izyum in the Kharkiv region"."""
        nominal = note.form is MentionKind.NOMINAL and self.noun(note, self.words.located)
        for owner, link in self.owners(note, {"in"}):
            other = self.notes[owner]
            if other.kind not in _PLACES or other.metonym or note.metonym:
                continue
            named = note.form is MentionKind.NAME
            fits = (nominal and not note.plural and link != "in") or (link in ("in", "poss") and named)
            if fits and self._fits(note, other):
                yield from self.bond(index, "locatedIn", owner)

    def _fits(self, note: MentionNote, other: MentionNote) -> bool:
        """Whether the gazetteer does not speak against `note` lying in `other`."""
        if not (note.places and other.places) or note.form is not MentionKind.NAME:
            return True
        return any(inside(place, other.places[0]) for place in note.places)

    def _sides(self, index: int, note: MentionNote) -> Iterator[Bond]:
        """Allies, opponents, and who is backed by or friendly to whom."""
        for nouns, predicate in ((self.words.ally, "alliedWith"), (self.words.opponent, "opposes")):
            if self.noun(note, nouns):
                for owner, link in self.owners(note):
                    unclear = self.notes[owner].form is MentionKind.PRONOUN and self.notes[owner].plural
                    if link in ("poss", "of") and not self.past(note) and not unclear:
                        yield from self.bond(index, predicate, owner)
        for child in self.doc[note.head].children:
            if child.dep_ == "amod" and child.i in note.stretch:
                friend = self._friend(child)
                if friend is not None:
                    yield from self.bond(index, "alliedWith", friend)

    def _friend(self, modifier: Token) -> int | None:
        """The mention in "Western-backed" or "pro-Russian", whose head is `modifier`."""
        i = modifier.i
        if modifier.lower_ in self.words.friendly.words and i >= 2 and self.doc[i - 1].text == "-":
            return self.by_head.get(i - 2)
        if i >= 2 and self.doc[i - 1].text == "-" and self.doc[i - 2].lower_ in self.words.friendly.prefixes:
            return self.by_head.get(i)
        return None

    # -- parts and containment -------------------------------------------------------------------------------

    def _composed(self) -> Iterator[Bond]:
        """ "X, which is made up of A and B": A and B are part of X."""
        for token in self.doc:
            if token.pos_ != "VERB" or token.lemma_ not in self.words.composed or self.negated(token):
                continue
            preposition = self.words.composed[token.lemma_]
            whole = self._subject(token)
            for part in self._parts(token, preposition) if whole is not None else ():
                for index in self._members(part):
                    if whole is not None and self.notes[index].kind in _LED and self.notes[whole].kind in _LED:
                        yield from self.bond(index, "partOf", whole)

    def _subject(self, verb: Token) -> int | None:
        subject = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            subject = verb.head
        return self.by_head.get(subject.i) if subject is not None else None

    def _parts(self, verb: Token, preposition: str) -> list[Token]:
        if not preposition:
            return [t for t in verb.children if t.dep_ == "dobj"]
        passive = verb.lemma_ == "consist" or any(t.dep_ in ("auxpass", "nsubjpass") for t in verb.children)
        prepositions = [t for t in verb.children if t.lower_ == preposition] if passive else []
        return [t for p in prepositions for t in p.children if t.dep_ == "pobj"]

    def _members(self, part: Token) -> list[int]:
        """Mentions coordinated in a phrase, or inside it where its head is a common noun: "the A and B republics"."""
        inner = [i for i, n in enumerate(self.notes) if n.form is MentionKind.NAME and self._modifies(n, part)]
        if inner:
            return inner
        return [self.by_head[t.i] for t in (part, *part.conjuncts) if t.i in self.by_head]

    def _modifies(self, note: MentionNote, part: Token) -> bool:
        head = self.doc[note.head]
        while head.dep_ == "conj":
            head = head.head
        return head.dep_ in _NESTED and head.head == part

    def _contained(self) -> Iterator[Bond]:
        """ "Izyum, Kharkiv region", "Izyum in the Kharkiv region": the text says it and the gazetteer agrees."""
        names = [i for i, n in enumerate(self.notes) if n.form is MentionKind.NAME and n.places and not n.metonym]
        for index, outer in pairwise(names):
            note, other = self.notes[index], self.notes[outer]
            between = [t.lower_ for t in self.doc[note.stretch.end : other.stretch.start]]
            if between in _HOLDING and any(inside(note.places[0], place) for place in other.places):
                yield from self.bond(index, "locatedIn", outer)
