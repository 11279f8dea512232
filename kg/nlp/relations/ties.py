"""What relations are read from: mentions by their head, the words that own them, and the bonds between clusters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from spacy.tokens import Doc, Token

from kg import lexicon
from kg.model import MentionKind
from kg.nlp.annotations import Bond, MentionNote, Stretch, cluster_at, clusters_of, mentions_of

_NESTED = frozenset({"amod", "compound", "nmod"})
_LONGEST_NOUN = 3  # words in the longest listed office or body


class Composition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that join with a hyphen to the country that somebody sides with."""

    words: frozenset[str]
    prefixes: frozenset[str]


class RelationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `relations.toml`."""

    leads: frozenset[str]
    serves: frozenset[str]
    state_service: frozenset[str]
    spokesperson: frozenset[str]
    ally: frozenset[str]
    opponent: frozenset[str]
    past: frozenset[str]
    undoing: frozenset[str]
    speaking: frozenset[str]
    state: frozenset[str]
    state_heads: frozenset[str]
    based: frozenset[str]
    based_verbs: frozenset[str]
    located: frozenset[str]
    composed: dict[str, str]
    friendly: Composition


class Ties:
    """One document's mentions and clusters, with the questions that every kind of relation asks of them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = lexicon.load("relations", RelationWords)
        self.notes = mentions_of(doc)
        self.clusters = clusters_of(doc)
        self.cluster = cluster_at(doc)
        self.by_head: dict[int, int] = {}
        for index, note in enumerate(self.notes):
            known = self.by_head.get(note.head)
            if known is None or (note.form is MentionKind.NAME and self.notes[known].form is not MentionKind.NAME):
                self.by_head[note.head] = index

    def past(self, note: MentionNote) -> bool:
        """Whether the office is not held now: "former president", "president-elect", "candidate"."""
        start = self.title_stretch(note).start
        tokens = self.doc[max(0, start - 2) : note.stretch.end]
        return any(t.lower_ in self.words.past for t in tokens)

    def title_stretch(self, note: MentionNote) -> Stretch:
        """The mention with the title before it."""
        start = note.stretch.start - len(note.title.split())
        return Stretch(max(0, start), note.stretch.end)

    def noun(self, note: MentionNote, listed: Iterable[str]) -> str:
        """The listed noun that heads the mention, in the singular, of up to three words; "" when there is none."""
        head = self.doc[note.head]
        before = [t.lower_ for t in self.doc[max(note.stretch.start, note.head - _LONGEST_NOUN + 1) : note.head]]
        for form in (head.lower_, head.lemma_.lower()):
            for start in range(len(before) + 1):
                text = " ".join([*before[start:], form])
                if text in listed:
                    return text
        return ""

    def owners(self, note: MentionNote, extra: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
        """Mentions that the head's possessive, adjective, compound or "of" phrase names, with the link."""
        for child in self.doc[note.head].children:
            if child.dep_ == "poss":
                link, token = "poss", child
            elif child.dep_ in _NESTED and child.i < note.head:
                link, token = "adjective", child
            elif child.dep_ == "prep" and child.lower_ in {"of", "for", *extra}:
                pobj = next((t for t in child.children if t.dep_ == "pobj"), None)
                if pobj is None:
                    continue
                link, token = child.lower_, pobj
            else:
                continue
            owner = self.by_head.get(token.i)
            if owner is not None and self.notes[owner] is not note and not self.bygone(token):
                if token.lower_ in self.words.speaking:
                    continue
                yield owner, link

    def bygone(self, token: Token) -> bool:
        """Whether a prefix undoes the word: "ex-Soviet", "anti-Russian"."""
        i = token.i
        return i >= 2 and self.doc[i - 1].text == "-" and self.doc[i - 2].lower_ in self.words.undoing

    def bond(self, subject: int, predicate: str, other: int) -> Iterator[Bond]:
        """The relation between the clusters of two mentions, with both in its evidence; none within a cluster."""
        first, second = self.cluster.get(subject), self.cluster.get(other)
        if first is None or second is None or first == second:
            return
        one, two = self.notes[subject].stretch, self.notes[other].stretch
        yield Bond(first, predicate, Stretch(min(one.start, two.start), max(one.end, two.end)), second)

    def negated(self, token: Token) -> bool:
        """Whether a "not" hangs on the word."""
        return any(child.dep_ == "neg" for child in token.children)
