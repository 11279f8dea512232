"""From tokens to the entities they name: which cluster fills a role, and what kind of thing it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import MentionNote, Stretch, cluster_at, clusters_of, mentions_of
from kg.nlp.roles.words import role_lexicon

_KIND_WORDS: dict[EntityKind, tuple[str, ...]] = {
    EntityKind.PERSON: ("actor", "person", "human"),
    EntityKind.GROUP: ("actor", "person", "group"),
    EntityKind.ORGANIZATION: ("actor", "organization"),
    EntityKind.ARMED_FORCE: ("actor", "organization", "force"),
    EntityKind.GPE: ("actor", "country", "place"),
    EntityKind.PLACE: ("place",),
}
_PLACES = (EntityKind.GPE, EntityKind.PLACE)
_TELLING = 2  # words of a topic that a document uses when it is about it
_WHOLE = ("all", "both", "most")  # "most of them" are spoken of as they, "six of them" are not
_BACK = 60  # tokens within which "there" points back
_OWNERS = ("poss", "compound", "amod", "nmod")


class Fillers:
    """The mentions of one document by their head token, with their clusters."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.mentions: list[MentionNote] = mentions_of(doc)
        self._cluster = cluster_at(doc)
        self._clusters = clusters_of(doc)
        self._starts = [mention.stretch.start for mention in self.mentions]
        self._heads: dict[int, int] = {}
        self._named: set[int] = set()
        for index, mention in enumerate(self.mentions):
            self._heads.setdefault(mention.head, index)  # sorted: the widest first
            if mention.form is MentionKind.NAME:
                self._named.update(range(*mention.stretch))

    def is_about(self, words: frozenset[str]) -> bool:
        """Whether the document uses at least two of `words`: what it is about tells senses apart."""
        return len(words & self._lemmas) >= _TELLING

    @cached_property
    def _lemmas(self) -> set[str]:
        return {token.lemma_.lower() for token in self._doc}

    def in_name(self, token: Token) -> bool:
        """Whether `token` is part of a proper name."""
        return token.i in self._named

    def named(self, token: Token) -> bool:
        """Whether what `token` stands for is named somewhere."""
        cluster = self._cluster.get(self._heads.get(token.i, -1))
        notes = () if cluster is None else (self.mentions[m] for m in self._clusters[cluster].mentions)
        return any(note.form is MentionKind.NAME for note in notes)

    def at(self, token: Token) -> int | None:
        """The mention that `token` heads; for "thousands of people" the people where the count itself heads none."""
        found = self._heads.get(token.i)
        if found is None and token.lower_ == "there" and token.dep_ == "advmod":
            return self._place_before(token)
        if found is None and (token.lower_ in _WHOLE or _bundles(token)):
            inner = _after_of(token)
            found = self._heads.get(inner.i) if inner is not None else None
        elif found is None and token.dep_ == "pobj" and token.head.lower_ == "of":
            bundle = token.head.head  # "the number of refugees who fled": one mention, headed by the number
            held = self._heads.get(bundle.i)
            found = held if held is not None and token.i in self.mentions[held].stretch and _bundles(bundle) else None
        return found

    def _place_before(self, token: Token) -> int | None:
        """What "there" points back to: the place named last, a few sentences back at most."""
        for index in reversed(range(bisect_left(self._starts, token.i))):
            mention = self.mentions[index]
            if token.i - mention.stretch.start > _BACK:
                return None
            told = mention.form in (MentionKind.NAME, MentionKind.NOMINAL) and not mention.metonym
            if told and self.is_place(index) and not self._acts(mention):
                return index
        return None

    def _acts(self, mention: MentionNote) -> bool:
        """Whether a place is spoken of as somebody: "Ukraine said", "Ukraine's army"."""
        return self._doc[mention.head].dep_ in ("nsubj", "poss", "compound")

    def owner(self, token: Token) -> int | None:
        """Whose thing it is: the possessor, modifier, holder or "of" of a noun that names no actor itself."""
        for child in reversed(list(token.lefts)):
            if child.dep_ in _OWNERS:
                found = self._heads.get(child.i)
                if found is not None and (child.dep_ == "poss" or not self._mere_place(found)):
                    return found
        for child in token.rights:
            if child.dep_ == "acl":
                held = next((c for a in child.children if a.dep_ == "agent" for c in a.children), None)
                found = self._heads.get(held.i) if held is not None else None
                if found is not None:
                    return found
        inner = _after_of(token)
        found = self._heads.get(inner.i) if inner is not None else None
        return found if found is not None else self._party(token)

    def _party(self, noun: Token) -> int | None:
        """Who is on the other side of a thing: "relations with Chad", "rallies by the union", "power to the town"."""
        for prep in noun.rights:
            if prep.dep_ == "prep" and prep.lower_ in role_lexicon().parties:
                found = next((self._heads[c.i] for c in prep.children if c.dep_ == "pobj" and c.i in self._heads), None)
                if found is not None and self.is_actor(found):
                    return found
        return None

    def _mere_place(self, mention: int) -> bool:
        """Whether a modifier only says where: "Durban" in "Durban dockers", but not "Russian" or "army"."""
        return self.is_place(mention) and self.mentions[mention].form is not MentionKind.ADJECTIVAL

    def cluster(self, mention: int) -> int | None:
        """The cluster of a mention."""
        return self._cluster.get(mention)

    def kind(self, mention: int) -> EntityKind | None:
        """The kind of a mention's entity; a pronoun has that of its antecedent."""
        cluster = self._cluster.get(mention)
        return self._clusters[cluster].kind if cluster is not None else self.mentions[mention].kind

    def is_place(self, mention: int) -> bool:
        """Whether the mention's entity is somewhere."""
        return self.kind(mention) in _PLACES

    def places_in(self, stretch: Stretch) -> Iterator[int]:
        """Mentions of places by name within `stretch`."""
        for index in range(bisect_left(self._starts, stretch.start), bisect_left(self._starts, stretch.end)):
            if self.mentions[index].form is MentionKind.NAME and self.is_place(index):
                yield index

    def names_place(self, stretch: Stretch) -> bool:
        """Whether any place is named in `stretch`, adjectives ("Russian troops") included."""
        inside = range(bisect_left(self._starts, stretch.start), bisect_left(self._starts, stretch.end))
        return any(self.is_place(index) for index in inside)

    def is_country(self, mention: int) -> bool:
        """Whether the mention names a country, so that what is given to it is given to its government."""
        places = self.mentions[mention].places
        return bool(places) and places[0].level == "country"

    def is_actor(self, mention: int) -> bool:
        """Whether the mention's entity can act."""
        return self.kind(mention) is not EntityKind.PLACE

    def kinds(self, token: Token) -> tuple[str, ...]:
        """Class names of what `token` heads, for telling senses apart."""
        found = self.at(token)
        if found is None:
            return ()
        kind = self.kind(found)
        return _KIND_WORDS.get(kind, ()) if kind is not None else ()

    def head(self, mention: int) -> Token:
        """The head word of a mention."""
        return self._doc[self.mentions[mention].head]

    def stretch(self, mention: int) -> Stretch:
        """The words of a mention."""
        return self.mentions[mention].stretch


def _after_of(noun: Token) -> Token | None:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _bundles(noun: Token) -> bool:
    """Whether `noun` only tells how many there are of what follows "of"."""
    counts = noun.like_num or noun.ent_type_ in ("CARDINAL", "QUANTITY", "PERCENT", "MONEY")
    return (noun.tag_ == "NNS" and counts) or noun.lemma_.lower() in role_lexicon().portions
