"""Every phrase against its candidate antecedents, as columns of small numbers: one table look-up scores a column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from spacy.tokens import Token

from kg.nlp.coref.matching import MATCHES, Codes, find_candidates, find_matches, match_codes
from kg.nlp.coref.phrases import Phrase
from kg.nlp.coref.traits import Traits, describe
from kg.nlp.coref.view import View

PAIR_VALUES: dict[str, tuple[str, ...]] = {
    "sentences": ("0", "1", "2", "3", "4", "6", "9", "15", "30"),  # at least so many sentences apart
    "between": ("1", "2", "3", "4", "6", "9", "13", "21", "41"),  # at least the how-manieth phrase before
    "match": MATCHES,
    "nesting": ("apart", "inside", "holds"),
    "clause": ("apart", "together", "reflexive"),
    "voice": ("narrated", "quote", "quoted-narrated", "speaker", "narrated-quoted", "other-quote"),
    "paragraphs": ("0", "1", "2", "3", "4", "9"),  # at least so many paragraphs apart
    "owners": ("none", "mine", "other", "differ", "same"),
    "complements": ("none", "mine", "other", "differ", "same"),
    "size": ("1", "2", "3", "4", "7", "12"),  # at least so many mentions of the antecedent so far, by name
    "rules": ("none", "elsewhere", "same", "clash"),  # what the rules for actors and places say of the pair
    "others": MATCHES,
    "rank": ("0", "1", "2", "3", "5", "9"),  # at least so many nearer phrases agree as well
    "agree": ("no", "yes"),
    "joined": ("no", "yes"),  # whether the rules have joined the phrase with one before
    "seen": MATCHES,
}
_ARGUMENTS = ("topic", "subject", "object", "oblique", "attribute")
_OPEN = ("Person", "open", "thing", "named")  # kinds that may be a person's
_GENDERS = {"m": 1, "he": 1, "f": 2, "she": 2}


class Grid:
    """The candidates of each phrase and what is told of each pair; `values` codes the traits' words."""

    def __init__(self, view: View, phrases: Sequence[Phrase], values: Mapping[str, Mapping[str, int]]) -> None:
        self.phrases = phrases
        self.traits = [describe(view, phrase) for phrase in phrases]
        matches = find_matches(self.traits)
        self.candidates = find_candidates(matches)
        self.known = self.candidates >= 0
        self._there = np.where(self.known, self.candidates, 0)
        self._traits = {
            name: np.array([codes.get(getattr(t, name), 0) for t in self.traits], dtype=np.int32)
            for name, codes in values.items()
        }
        self.roots = _roots(view, phrases)
        self.agree = self._agreement() & self.known
        self._pairs = {
            "match": match_codes(matches, self.candidates),
            "seen": np.array([[max(found.values(), default=0)] for found in matches], dtype=np.int32),
            **self._layout(view),
            **self._voices(view),
            **self._by_rules(view, matches),
        }
        fits = self.agree & ~self.disjoint
        speech = np.array([t.family == "speech" for t in self.traits], dtype=bool)
        speakers = speech[:, None] & speech[self._there] & (self.speaker[:, None] != self.speaker[self._there])
        # What the weights never outweigh: "she" and a ship, another speaker's "I".
        self.barred = speakers | ~self.agree
        self._pairs["agree"] = fits.astype(np.int32)
        self._pairs["rank"] = _bucket(np.cumsum(fits, axis=1) - fits, "rank")

    def column(self, name: str) -> Codes:
        """The codes of a trait of the anaphor ("i.kind"), of the antecedent ("j.kind") or of the pair."""
        if name.startswith("i."):
            return self._traits[name[2:]][:, None]
        return self._traits[name[2:]][self._there] if name.startswith("j.") else self._pairs[name]

    def _agreement(self) -> npt.NDArray[np.bool_]:
        """Whether the kinds, numbers and genders that the words show can be one entity's."""
        there = self._there
        persons = np.array([t.type in ("he", "she", "i") or t.kind == "Person" for t in self.traits], dtype=bool)
        others = np.array([t.type == "it" or t.kind not in _OPEN for t in self.traits], dtype=bool)
        kinds = (persons[:, None] & others[there]) | (others[:, None] & persons[there])
        genders = _clash([_GENDERS.get(t.gender) or _GENDERS.get(t.type, 0) for t in self.traits], there)
        plural = np.array([t.number == "plural" for t in self.traits], dtype=bool)
        free = np.array([t.type in ("they", "we", "you") for t in self.traits], dtype=bool)
        strict = np.array([t.family in ("third", "speech") and t.type != "you" for t in self.traits], dtype=bool)
        numbers = (plural[:, None] != plural[there]) & strict[:, None] & ~(free[:, None] | free[there])
        clash: npt.NDArray[np.bool_] = kinds | genders | numbers
        return ~clash

    def _by_rules(self, view: View, matches: Sequence[dict[int, int]]) -> dict[str, Codes]:
        """What the clusters that the rules made say of each pair, and how any phrase of the antecedent's matches."""
        roots, there = self.roots, self._there
        same = (roots[:, None] == roots[there]) & self.known
        joined = _sizes(roots) > 1
        profiles = [None if p.note is None else view.clusters.profile(p.note) for p in self.phrases]
        clash = np.zeros_like(same)
        for name in ("country", "known", "geo"):
            numbers: dict[object, int] = {"": 0, 0: 0}
            values = (getattr(profile, name) if profile else "" for profile in profiles)
            clash |= _clash([numbers.setdefault(v, len(numbers)) for v in values], there)
        elsewhere = np.broadcast_to(joined[:, None], same.shape)
        rules = np.select([same, clash & self.known, elsewhere], [2, 3, 1], default=0)
        return {
            "rules": rules.astype(np.int32),
            "joined": joined[:, None].astype(np.int32),
            "others": self._others(matches),
        }

    def _others(self, matches: Sequence[dict[int, int]]) -> Codes:
        """The best match with any phrase that the rules joined with the antecedent."""
        found = match_codes(matches, self.candidates)
        roots = self.roots.tolist()
        sizes = Counter(roots)
        for here, matched in enumerate(matches):
            best: dict[int, int] = {}
            for there, code in matched.items():
                if sizes[roots[there]] > 1:
                    best[roots[there]] = max(best.get(roots[there], 0), code)
            for root, code in best.items():
                found[here, (self.roots[self._there[here]] == root) & self.known[here]] = code
        return found

    def _described(self) -> Iterator[tuple[Phrase, Traits]]:
        return zip(self.phrases, self.traits, strict=True)

    def _layout(self, view: View) -> dict[str, Codes]:
        there, doc = self._there, view.doc
        sentence_of = np.zeros(len(doc), dtype=np.int32)
        for number, sentence in enumerate(doc.sents):
            sentence_of[sentence.start : sentence.end] = number
        heads = np.array([p.head for p in self.phrases], dtype=np.int32)
        starts, ends = (np.array([p.stretch[i] for p in self.phrases], dtype=np.int32) for i in (0, 1))
        sentences, order = sentence_of[heads], np.arange(len(heads))
        paragraphs = np.array(view.paragraphs, dtype=np.int32)[heads]
        inside = (starts[there] <= starts[:, None]) & (ends[there] >= ends[:, None])
        holds = (starts[there] >= starts[:, None]) & (ends[there] <= ends[:, None])
        governors = np.array(
            [_governor(doc[p.head], t.role, -1 - p.head) for p, t in self._described()], dtype=np.int32
        )
        together = governors[:, None] == governors[there]
        itself = np.array([doc[p.head].lower_.endswith(("self", "selves")) for p in self.phrases], dtype=bool)
        before = (starts[there] <= heads[:, None]) & (heads[:, None] <= heads[there])
        behind = (starts[:, None] <= heads[there]) & (heads[there] <= heads[:, None])
        # What syntax tells apart: arguments of one verb, and one that stands before the head of the other.
        self.disjoint = ((together & ~itself[:, None]) | before | behind) & self.known
        return {
            "sentences": _bucket(sentences[:, None] - sentences[there], "sentences"),
            "between": _bucket(order[:, None] - there, "between"),
            "nesting": (inside + 2 * (holds & ~inside)).astype(np.int32),
            "clause": (together * (1 + itself[:, None])).astype(np.int32),
            "paragraphs": _bucket(paragraphs[:, None] - paragraphs[there], "paragraphs"),
            "owners": self._alike([t.owner for t in self.traits]),
            "complements": self._alike([t.complement for t in self.traits]),
            "size": _bucket(_sizes(self.roots)[there], "size"),
        }

    def _alike(self, words: list[str]) -> Codes:
        """Whether both of a pair have such a word, and the same."""
        numbers: dict[str, int] = {"": 0}
        codes = np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int32)
        mine, other = codes[:, None], codes[self._there]
        return np.where(mine == other, 4 * (mine > 0), (mine > 0) + 2 * (other > 0)).astype(np.int32)

    def _voices(self, view: View) -> dict[str, Codes]:
        """Who speaks in a pair: the narrator, one quotation, or the antecedent itself the anaphor's quotation."""
        quote = np.array([view.quote_of.get(p.head, -1) for p in self.phrases], dtype=np.int32)
        speakers = (-1 if n < 0 else view.attributions[n].speaker for n in quote.tolist())
        roots = np.array([-1 if s is None or s < 0 else view.clusters.find(s) for s in speakers], dtype=np.int32)
        self.speaker = np.where(roots < 0, -2 - quote, roots)  # who says a phrase: a cluster, a quotation, the narrator
        here, there = quote[:, None], quote[self._there]
        voice = np.select([(here < 0) & (there < 0), here == there, there < 0, here < 0], [0, 1, 2, 4], default=5)
        voice[(here >= 0) & (here != there) & (roots[:, None] == self.roots[self._there])] = 3
        return {"voice": voice.astype(np.int32)}


def _roots(view: View, phrases: Sequence[Phrase]) -> Codes:
    """The cluster of each actor or place; a number of its own for each other phrase."""
    clusters, beyond = view.clusters, len(view.notes)
    numbers = [beyond + i if p.note is None else clusters.find(p.note) for i, p in enumerate(phrases)]
    return np.array(numbers, dtype=np.int32)


def _clash(values: Sequence[int], there: Codes) -> npt.NDArray[np.bool_]:
    """Pairs of two known values (not 0) that differ."""
    numbers = np.array(values, dtype=np.int32)
    here, other = numbers[:, None], numbers[there]
    clash: npt.NDArray[np.bool_] = (here != other) & (here > 0) & (other > 0)
    return clash


def _bucket(numbers: npt.NDArray[np.integer], name: str) -> Codes:
    floors = [int(label) for label in PAIR_VALUES[name]]
    return np.maximum(np.searchsorted(floors, numbers, side="right") - 1, 0).astype(np.int32)


def _governor(head: Token, role: str, otherwise: int) -> int:
    """The token that a phrase is an argument of; `otherwise` for members, owners and the rest."""
    return int(head.head.i) if role in _ARGUMENTS and head.dep_ != "conj" else otherwise


def _sizes(roots: Codes) -> Codes:
    """How many phrases up to and with each one are in its cluster."""
    counts: dict[int, int] = defaultdict(int)
    sizes = np.zeros(len(roots), dtype=np.int32)
    for place, root in enumerate(roots.tolist()):
        counts[root] += 1
        sizes[place] = counts[root]
    return sizes
