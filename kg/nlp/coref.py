"""Coreference within a document: sieves from the surest to the least sure, after Lee et al. (2013).

Names first (over the whole document), then apposition and titles, then nominals, then pronouns, and last
the nominals that a pronoun had to explain ("his country's army").  Each sieve only joins clusters that do not
clash in kind, country, gender or place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg import lexicon
from kg.ids import fold
from kg.model import EntityKind, MentionKind, Quotation, SectionKind
from kg.nlp.annotations import Attribution, Cluster, MentionNote, Stretch, attributions_of, mentions_of, section_kinds
from kg.nlp.clusters import Clusters
from kg.nlp.pronouns import Pronouns, resolve_pronouns


class Nominals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word list `coref.toml`; its comments say what each entry is for."""

    definite: frozenset[str]
    indefinite: frozenset[str]
    neutral: frozenset[str]
    forces: frozenset[str]
    places: dict[str, frozenset[str]]
    organizations: dict[str, frozenset[str]]
    organization_marks: dict[str, frozenset[str]]
    covers: dict[str, frozenset[str]]
    pronouns: Pronouns


_HEADLINES = (SectionKind.HEADLINE, SectionKind.SUBHEADING)

NOMINAL_WINDOW = 60  # mentions that a definite nominal looks back over: about twelve sentences of news prose


class Coreference:
    """The component: joins `doc._.mentions` and sets `doc._.clusters`."""

    def __init__(self) -> None:
        self.words = lexicon.load("coref", Nominals)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.clusters`, every mention being in exactly one cluster."""
        doc._.clusters = _Resolution(doc, self.words).run()
        return doc


@Language.factory("kg_coref", assigns=["doc._.clusters"], requires=["doc._.mentions", "token.dep"])
def make_coref(nlp: Language, name: str) -> Coreference:
    """spaCy factory for `Coreference`."""
    return Coreference()


class _Resolution:
    """The sieves over one Doc."""

    def __init__(self, doc: Doc, words: Nominals) -> None:
        self.doc = doc
        self.words = words
        self.notes = mentions_of(doc)
        self.attributions = attributions_of(doc)
        self.sections = section_kinds(doc)
        self.by_head = {note.head: i for i, note in enumerate(self.notes)}
        self.clusters = Clusters(self.notes, [fold(note.name) for note in self.notes])

    def run(self) -> list[Cluster]:
        sieves: tuple[Callable[[], None], ...] = (
            self.same_name,
            self.short_names,
            self.appositions,
            self.country_forces,
            self.nominals,
            self.cataphora,
            self.pronouns,
            self.possessed,
        )
        for sieve in sieves:
            sieve()
        return [self._cluster(group) for group in self.clusters.groups()]

    # -- names ---------------------------------------------------------------------------------------------

    def same_name(self) -> None:
        """Equal names of one kind, one gazetteer place, one entry of the knowledge file, one country."""
        first: dict[tuple[str, object], int] = {}
        for index, note in enumerate(self.notes):
            for key in _name_keys(note):
                if key in first:
                    self.clusters.join(first[key], index)
                else:
                    first[key] = index

    def short_names(self) -> None:
        """ "Zelensky" for "Volodymyr Zelensky", "UN" for "United Nations", "Defense Ministry" for Russia's."""
        by_word: dict[str, list[int]] = {}
        for index, note in enumerate(self.notes):
            if note.form != MentionKind.NAME:
                continue
            words = fold(note.name).split()
            for key in _long_form_keys(words, note):
                by_word.setdefault(key, []).append(index)
        for index, note in enumerate(self.notes):
            if note.form == MentionKind.NAME:
                self._join_short(index, by_word)

    def _join_short(self, index: int, by_word: dict[str, list[int]]) -> None:
        note = self.notes[index]
        words = fold(note.name).split()
        if not words or note.kind in (EntityKind.GPE, EntityKind.PLACE):
            return
        longer = [
            other
            for other in by_word.get(_short_key(words, note), ())
            if len(self.notes[other].name) > len(note.name) and self.notes[other].kind == note.kind
        ]
        roots = {self.clusters.find(other) for other in longer}
        if len(roots) > 1:  # two bearers: the one named last before this mention
            longer = [other for other in longer if other < index][-1:]
        for other in longer:
            self.clusters.join(index, other)

    # -- apposition, copula, title --------------------------------------------------------------------------

    def appositions(self) -> None:
        """ "Gladkov, the governor", "the governor, Gladkov", "the minister Doe", "Doe is the governor"."""
        for index, note in enumerate(self.notes):
            if note.form == MentionKind.PRONOUN:
                continue
            for other in self._apposed(self.doc[note.head]):
                if self._may_apposed(index, other):
                    self.clusters.join(index, other)

    def _apposed(self, head: Token) -> Iterable[int]:
        partners = [child for child in head.children if child.dep_ in ("appos", "nmod", "compound")]
        if head.dep_ in ("nsubj", "attr") and head.head.lemma_ == "be" and not _negated(head.head):
            partners += [child for child in head.head.children if child.dep_ == "attr" and child.i != head.i]
        return [self.by_head[partner.i] for partner in partners if partner.i in self.by_head]

    def _may_apposed(self, left: int, right: int) -> bool:
        first, second = self.notes[left], self.notes[right]
        if first.kind != second.kind or first.plural != second.plural:
            return False
        if first.kind in (EntityKind.GPE, EntityKind.PLACE):
            return False  # "Paris, Texas": containment, not identity
        forms = {first.form, second.form}
        return forms == {MentionKind.NAME, MentionKind.NOMINAL}

    # -- nominals ----------------------------------------------------------------------------------------------

    def country_forces(self) -> None:
        """All plain names for one country's forces are one actor."""
        first: dict[str, int] = {}
        for index, note in enumerate(self.notes):
            if note.kind == EntityKind.ARMED_FORCE and note.country and self._plain_forces(note):
                self.clusters.join(first.setdefault(note.country, index), index)

    def _plain_forces(self, note: MentionNote) -> bool:
        head = self.doc[note.head]
        return head.lemma_.lower() in self.words.forces and not self._modifiers(note)

    def nominals(self) -> None:
        """A definite nominal takes the latest antecedent whose head, or class, it repeats."""
        for index, note in enumerate(self.notes):
            if note.form == MentionKind.NOMINAL and self._points_back(note):
                self._join_latest(index)

    def _points_back(self, note: MentionNote) -> bool:
        return self.doc[note.stretch.start].lower_ in self.words.definite or self._bare(note)

    def _bare(self, note: MentionNote) -> bool:
        """A singular without determiner, as headlines have it, may be anybody the text names."""
        bare = not any(child.dep_ in ("det", "poss") for child in self.doc[note.head].children)
        return bare and not note.plural and self.sections[note.head] in _HEADLINES

    def _join_latest(self, index: int) -> None:
        for other in range(index - 1, max(-1, index - NOMINAL_WINDOW), -1):
            if self._nests(index, other) or not self._named_by(index, other):
                continue
            if self.clusters.join(other, index):
                return

    def _nests(self, index: int, other: int) -> bool:
        """A phrase never refers to something that stands inside it."""
        outer, inner = self.notes[index].stretch, self.notes[other].stretch
        return inner.start < outer.end and outer.start < inner.end

    def _named_by(self, index: int, other: int) -> bool:
        note, candidate = self.notes[index], self.notes[other]
        if candidate.form in (MentionKind.PRONOUN, MentionKind.ADJECTIVAL) or candidate.metonym:
            return False
        if note.plural != candidate.plural:
            return False
        modifiers = self._modifiers(note)
        head, other_head = self._lemma(note), self._lemma(candidate)
        if head == other_head or (candidate.title and head in candidate.title.lower().split()):
            return modifiers <= self._modifiers(candidate)
        return not modifiers and self._class_names(head, note, candidate)

    def _class_names(self, head: str, note: MentionNote, candidate: MentionNote) -> bool:
        """ "the city" for Izyum, "the company" for Acme Corp, "the country" for Ukraine."""
        if candidate.form != MentionKind.NAME:
            return False
        if candidate.kind in (EntityKind.GPE, EntityKind.PLACE):
            level = candidate.places[0].level if candidate.places else ""
            return head in self.words.places.get(level, ())
        if candidate.kind in (EntityKind.ORGANIZATION, EntityKind.ARMED_FORCE) and note.kind == candidate.kind:
            marks = set(fold(candidate.name).split())
            return any(
                head in heads and marks & self.words.organization_marks.get(kind, frozenset())
                for kind, heads in self.words.organizations.items()
            )
        return False

    def cataphora(self) -> None:
        """ "a Russian official said ..." explained by the next speaker: "..., said Jane Doe, the governor"."""
        speakers = [a.speaker for a in self.attributions if a.speaker is not None]
        for here, there in pairwise(speakers):
            if here < there and self._covers(self.notes[here], there):
                self.clusters.join(here, there)
        for index, note in enumerate(self.notes):
            if note.form == MentionKind.NOMINAL and index in speakers and self._bare(note):
                self._join_covered(index, [s for s in speakers if s > index])

    def _join_covered(self, index: int, later: list[int]) -> None:
        for other in later:
            same_head = self._lemma(self.notes[index]) == self._lemma(self.notes[other])
            if (same_head and not self.notes[other].plural) or self._covers(self.notes[index], other):
                self.clusters.join(index, other)
                return

    def _covers(self, note: MentionNote, named: int) -> bool:
        """Whether the indefinite or bare nominal `note` may introduce the named person of cluster `named`."""
        if note.form != MentionKind.NOMINAL or note.kind != EntityKind.PERSON or note.plural:
            return False
        if not (self._bare(note) or self.doc[note.stretch.start].lower_ in self.words.indefinite):
            return False
        profile = self.clusters.profile(named)
        if profile.kind != EntityKind.PERSON or not profile.names:
            return False
        offices = {w for m in profile.members for w in self.notes[m].title.lower().split()}
        offices |= {self._lemma(self.notes[m]) for m in profile.members}
        head = self._lemma(note)
        return bool(offices & ({head} | self.words.covers.get(head, frozenset())))

    # -- pronouns and what they explain ------------------------------------------------------------------

    def pronouns(self) -> None:
        """Third-person pronouns by salience; "I" in a direct quotation is its speaker."""
        for attribution in self.attributions:
            if attribution.quotation == Quotation.DIRECT and attribution.speaker is not None:
                self._first_person(attribution, attribution.speaker)
        resolve_pronouns(self.doc, self.notes, self.clusters, self.attributions, self.words.pronouns)

    def _first_person(self, attribution: Attribution, speaker: int) -> None:
        kind = self.clusters.profile(speaker).kind
        words = self.words.pronouns.first
        if kind != EntityKind.PERSON:
            words = words | self.words.pronouns.first_plural  # a ministry's "we" is the ministry
        for index, note in enumerate(self.notes):
            inside = any(note.head in stretch for stretch in attribution.content)
            if inside and self.doc[note.head].lower_ in words:
                self.clusters.join(speaker, index)

    def possessed(self) -> None:
        """ "his country", "its forces": resolved through the possessor, once that is known."""
        for index, note in enumerate(self.notes):
            owner = self._owner(note)
            if owner is None or note.form != MentionKind.NOMINAL:
                continue
            country = self.clusters.profile(owner).country
            if country and not self.clusters.profile(index).country:
                self._join_possessed(index, country)

    def _owner(self, note: MentionNote) -> int | None:
        for child in self.doc[note.head].children:
            if child.dep_ == "poss" and child.i in self.by_head:
                return self.by_head[child.i]
        return None

    def _join_possessed(self, index: int, country: str) -> None:
        note = self.notes[index]
        for other, candidate in enumerate(self.notes):
            if other == index or self.clusters.profile(other).country != country:
                continue
            if self._is_country_of(note, candidate) or self._is_force_of(note, candidate):
                self.clusters.join(other, index)
                return
        self.clusters.profile(index).country = country

    def _is_country_of(self, note: MentionNote, candidate: MentionNote) -> bool:
        level = candidate.places[0].level if candidate.places else ""
        return (
            candidate.kind == EntityKind.GPE
            and level == "country"
            and self._lemma(note) in self.words.places["country"]
        )

    def _is_force_of(self, note: MentionNote, candidate: MentionNote) -> bool:
        forces = candidate.kind == note.kind == EntityKind.ARMED_FORCE
        return forces and self._plain_forces(note) and self._plain_forces(candidate)

    # -- shared ------------------------------------------------------------------------------------------------

    def _lemma(self, note: MentionNote) -> str:
        return str(self.doc[note.head].lemma_.lower())

    def _modifiers(self, note: MentionNote) -> frozenset[str]:
        """Content words of the phrase that restrict the head: not determiners, countries or possessors."""
        head = self.doc[note.head]
        restricting = (t for t in head.children if t.i in note.stretch and t.dep_ in ("amod", "compound", "nmod"))
        lemmas = (t.lemma_.lower() for t in restricting if not self._names_country(t))
        return frozenset(lemma for lemma in lemmas if lemma not in self.words.neutral)

    def _names_country(self, token: Token) -> bool:
        index = self.by_head.get(token.i)
        return index is not None and self.notes[index].kind == EntityKind.GPE

    def _cluster(self, group: list[int]) -> Cluster:
        profile = self.clusters.profile(group[0])
        return Cluster(group, profile.kind or EntityKind.GROUP, self._label(group, profile.kind))

    def _label(self, group: list[int], kind: EntityKind | None) -> str:
        """The gazetteer's name for a country, else the fullest name, else the first nominal's words."""
        notes = [self.notes[i] for i in group]
        names = [note for note in notes if note.form == MentionKind.NAME and note.name and not note.metonym]
        if names:
            return max(names, key=lambda note: (len(note.name.split()), len(note.name), -note.stretch.start)).name
        for note in notes:
            if kind == EntityKind.GPE and note.places:
                return note.places[0].name
        nominals = [note for note in notes if note.form == MentionKind.NOMINAL] or notes
        return _text(self.doc, nominals[0].stretch)


def _name_keys(note: MentionNote) -> list[tuple[str, object]]:
    """Keys under which two mentions are surely one: the gazetteer id, the knowledge key, the country, the name."""
    if note.form == MentionKind.PRONOUN:
        return []
    keys: list[tuple[str, object]] = []
    if note.known:
        keys.append(("known", note.known))
    place = note.places[0] if note.places else None
    if note.kind == EntityKind.GPE and note.country and (place is None or place.level == "country"):
        keys.append(("country", note.country))
    elif place is not None and note.kind in (EntityKind.GPE, EntityKind.PLACE):
        keys.append(("geo", place.id or place.name))
    if note.form == MentionKind.NAME and note.name:
        keys.append((str(note.kind), fold(note.name)))
    return keys


def _long_form_keys(words: list[str], note: MentionNote) -> list[str]:
    """Under what short forms a longer name may be looked up."""
    if len(words) < 2:
        return []
    initials = "".join(word[0] for word in words if word not in ("of", "the", "and", "for", "on"))
    if note.kind == EntityKind.PERSON:
        return [words[-1], words[0]]
    return [initials, words[0], *(" ".join(words[i:]) for i in range(1, len(words)))]


def _short_key(words: list[str], note: MentionNote) -> str:
    return "".join(words) if note.name.isupper() and len(words) == 1 else " ".join(words)


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _text(doc: Doc, stretch: Stretch) -> str:
    return " ".join(doc[stretch.start : stretch.end].text.split())
