"""What relations are read from: mentions by their head, the words that own them, and the bonds between clusters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Bond, MentionNote, Stretch, cluster_at, clusters_of, mentions_of
from kg.nlp.relations.standing import HOLDS, Standing, of_clause
from kg.nlp.relations.words import relation_words
from kg.nlp.times import Timeline

NESTED = frozenset({"amod", "compound", "nmod"})
BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE})
PLACES = frozenset({EntityKind.PLACE, EntityKind.GPE})
LED = BODIES | PLACES
_NOUNS = ("NOUN", "PROPN", "ADJ")
_LONGEST_NOUN = 3  # words in the longest listed office or body
_RELATIVE = ("WDT", "WP")
_FOR_PLACES = frozenset(
    {"partOf", "locatedIn", "alliedWith"}
)  # what a mere place can stand in; the rest needs an actor
_AMONG_ACTORS = frozenset({"familyOf", "spouseOf", "childOf", "siblingOf"})

Owner = tuple[int, str]  # a mention, and the link: "poss", "adjective" or the preposition


class Ties:
    """One document's mentions and clusters, with the questions that every kind of relation asks of them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.tokens = list(doc)  # making Token objects costs more than looking at them
        self.words = relation_words()
        self.notes = mentions_of(doc)
        self.clusters = clusters_of(doc)
        self.cluster = cluster_at(doc)
        self.by_head: dict[int, int] = {}
        self.name_at: dict[int, int] = {}
        for index, note in enumerate(self.notes):
            known = self.by_head.get(note.head)
            if known is None or (note.form is MentionKind.NAME and self.notes[known].form is not MentionKind.NAME):
                self.by_head[note.head] = index
            if note.form is MentionKind.NAME:
                self.name_at.setdefault(self.title_stretch(note).start, index)

    @cached_property
    def timeline(self) -> Timeline:
        """The times of the document's predicates; made only where a verb asks."""
        return Timeline(self.doc)

    @cached_property
    def happenings(self) -> dict[int, int]:
        """Trigger token -> index of the event that it names."""
        return {t: i for i, happening in enumerate(self.doc._.happenings) for t in happening.triggers}

    @cached_property
    def claimed(self) -> frozenset[int]:
        """Tokens that stand inside what somebody else says."""
        said = (a for a in self.doc._.attributions if not a.vouched)
        return frozenset(i for a in said for stretch in a.content for i in range(*stretch))

    def clause(self, verb: Token, lasting: bool = False) -> Standing:
        """How a clause tells the relation that it states; within reported words the past tense may be the present."""
        return of_clause(verb, lasting or verb.i in self.claimed)

    # -- what words say -----------------------------------------------------------------------------------------

    def listed(self, head: Token, nouns: Iterable[str], start: int = 0) -> str:
        """The listed noun of up to three words that ends at `head`, in the singular; "" when there is none."""
        before = [t.lower_ for t in self.doc[max(start, head.i - _LONGEST_NOUN + 1, 0) : head.i]]
        after = "".join(t.lower_ for t in self.doc[head.i + 1 : self.noun_end(head)])
        after = "" if after[1:] in self.words.standing.all else after
        for form in (head.lower_, head.lemma_.lower()):
            for first in range(len(before) + 1):
                text = " ".join([*before[first:], form + after]).replace(" - ", "-")
                if text in nouns:
                    return text
        return ""

    def noun_end(self, head: Token) -> int:
        """Where the noun ends, past what a hyphen adds: "brother-in-law", "president-elect"."""
        end = head.i + 1
        while end + 1 < len(self.doc) and self.doc[end].text == "-" and not self.doc[end].whitespace_:
            end += 2
        return end

    def noun(self, note: MentionNote, nouns: Iterable[str]) -> str:
        """The listed noun that heads the mention; "" when there is none."""
        return self.listed(self.doc[note.head], nouns, note.stretch.start)

    def title_stretch(self, note: MentionNote) -> Stretch:
        """The mention with the title before it, which may hold hyphens: "Secretary-General"."""
        start = note.stretch.start
        for _ in note.title.split():
            start -= 1
            while start >= 2 and self.doc[start - 1].text == "-":
                start -= 2
        return Stretch(max(0, start), note.stretch.end)

    def standing(self, start: int, end: int, given: Standing = HOLDS) -> Standing:
        """What the words of a phrase, and the two before it, say of how its office or tie is held."""
        first = self.doc[start].sent.start
        before = [t.lower_ for t in self.doc[max(first, start - 2) : start] if t.is_alpha and t.pos_ in _NOUNS]
        whole = self.doc[start:end].text.lower().split()  # "would-be" is one word here, and three tokens
        return given.among(dict.fromkeys([*before, *whole, *(t.lower_ for t in self.doc[start:end])]))

    # -- who owns what ------------------------------------------------------------------------------------------

    def owners(self, head: Token, extra: Iterable[str] = ()) -> Iterator[Owner]:
        """Mentions that the head's possessive, adjective, compound or "of" phrase names, with the link."""
        for child in head.children:
            if child.dep_ == "poss":
                link, token = "poss", child
            elif child.dep_ in NESTED and child.i < head.i:
                link, token = "adjective", child
            elif child.dep_ == "prep" and child.lower_ in {"of", "for", *extra}:
                pobj = next((t for t in child.children if t.dep_ == "pobj"), None)
                if pobj is None:
                    continue
                link, token = child.lower_, pobj
            else:
                continue
            owner = self.by_head.get(token.i)
            unclear = token.lower_ in self.words.speaking or self.bygone(token)
            if owner is not None and self.notes[owner].head != head.i and not unclear:
                yield owner, link

    def bygone(self, token: Token) -> bool:
        """Whether a prefix undoes the word: "ex-Soviet", "anti-Russian"."""
        i = token.i
        return i >= 2 and self.doc[i - 1].text == "-" and self.doc[i - 2].lower_ in self.words.undoing

    def mention(self, token: Token | None) -> int | None:
        """The mention that the token heads; of a relative pronoun, that of its antecedent."""
        if token is None:
            return None
        if token.tag_ in _RELATIVE:
            clause = token.head
            while clause.dep_ in ("conj", "auxpass", "aux") and clause.head.i != clause.i:
                clause = clause.head
            token = clause.head if clause.dep_ == "relcl" else token
        return self.by_head.get(token.i)

    def anchor(self, noun: Token) -> int | None:
        """The mention that a noun stands in apposition to, also as the second of two: "X, mayor and son of Y"."""
        while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
            noun = noun.head
        return self.by_head.get(noun.head.i) if noun.dep_ == "appos" else None

    def coordinated(self, token: Token) -> Iterator[int]:
        """The mentions that the token and those coordinated with it head."""
        for one in (token, *token.conjuncts):
            found = self.mention(one) if one.i >= token.i else None
            if found is not None:
                yield found

    # -- bonds --------------------------------------------------------------------------------------------------

    def named(self, index: int) -> bool:
        """Whether the text names the one that the mention stands for."""
        members = self.clusters[self.cluster[index]].mentions
        return any(self.notes[m].form in (MentionKind.NAME, MentionKind.ADJECTIVAL) for m in members)

    def kind(self, index: int) -> EntityKind:
        """What the one that the mention stands for is."""
        return self.clusters[self.cluster[index]].kind

    def bond(
        self, subject: int, predicate: str, other: int, standing: Standing = HOLDS, through: int = 0
    ) -> Iterator[Bond]:
        """The relation between the clusters of two mentions; none within a cluster, nor one that cannot be.

        Both mentions are in its evidence, and so is what stands before token `through`.
        """
        first, second = self.cluster.get(subject), self.cluster.get(other)
        if first is None or second is None or first == second or not self._allowed(first, predicate, second):
            return
        one, two = self.notes[subject].stretch, self.notes[other].stretch
        evidence = Stretch(min(one.start, two.start), max(one.end, two.end, through))
        yield standing.of(Bond(first, predicate, evidence, second))

    def _allowed(self, subject: int, predicate: str, other: int) -> bool:
        """Whether the vocabulary has the relation between things of those kinds."""
        one, two = self.clusters[subject].kind, self.clusters[other].kind
        if one is EntityKind.PLACE and predicate not in _FOR_PLACES:
            return False
        if predicate in ("locatedIn", "basedIn"):
            return two in PLACES
        return predicate not in _AMONG_ACTORS or two is not EntityKind.PLACE
