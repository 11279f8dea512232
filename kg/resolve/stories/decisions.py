"""Which events are accounts of one story, and the judgements that say why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from kg.model import Decision, Ref, Story
from kg.resolve.decided import Decided
from kg.resolve.stories.bonds import Bonds
from kg.resolve.stories.linkage import Pair
from kg.resolve.stories.similarity import model
from kg.resolve.stories.tellings import Telling
from kg.resolve.stories.verdicts import METHOD, compared, ruled, story
from kg.shelf import Shelf

_Verdict = tuple[Decision, float | None]  # without a likelihood where the user says so


class Decisions:
    """Keeps accounts, stories and judgements as the bonds between events have it."""

    def __init__(self, shelf: Shelf, bonds: Bonds) -> None:
        decided = Decided(shelf)
        self.accounts, self.stories, self.judgements = decided.accounts, decided.stories, decided.of_events
        self._bonds = bonds

    def settle(self, stirred: set[Ref], retold: Set[str]) -> None:
        """Decide anew on events that hang together with those `stirred`, some of which may be gone.

        Documents `retold` may tell of theirs in other words than when they were last judged.
        """
        beside = stirred.union(*(self._bonds.rulings(ref) for ref in stirred))
        components = list(self._bonds.components(ref for ref in beside if ref in self._bonds))
        members = beside.union(*components)
        self.accounts.load(members)
        groups = [group for component in components for group in self._bonds.groups(component)]
        self._tell(members, groups, retold)
        self._judge(members, groups, retold)

    def _tell(self, members: Set[Ref], groups: Iterable[Sequence[Ref]], retold: Set[str]) -> None:
        """Keep the stories of all `members`, which have them between themselves."""
        former = Counter(self.accounts[ref] for ref in members if ref in self.accounts)
        stories, accounts = dict[str, Story](), dict[Ref, str]()
        for group in groups:
            found = self._as_before(group, former, retold) or story([self._told(ref) for ref in group])
            stories[found.key] = found
            accounts |= dict.fromkeys(group, found.key)
        for key in former.keys() - stories.keys():
            del self.stories[key]
        self.stories.update(stories)
        for ref in members - accounts.keys():
            if ref in self.accounts:
                del self.accounts[ref]
        self.accounts.update(accounts)

    def _as_before(self, group: Sequence[Ref], former: Mapping[str, int], retold: Set[str]) -> Story | None:
        """The story of the group, where these were its accounts before and are told in the same words."""
        keys = {self.accounts.get(ref, "") for ref in group}
        same = len(keys) == 1 and former.get(min(keys)) == len(group)
        return self.stories[min(keys)] if same and retold.isdisjoint(ref.document for ref in group) else None

    def _judge(self, members: Set[Ref], groups: Iterable[Sequence[Ref]], retold: Set[str]) -> None:
        """Keep the judgements whose left side is a member, and those that leave open what is the same as a member."""
        before = {o for ref in members for o, score in self._bonds.ties(ref) if o < ref and score >= model().unsure}
        known = {left: self.judgements.under(left) for left in before | members}
        wanted = dict[Pair, _Verdict]()
        for left in known:
            wanted.update(self._unsure(left))
        for group in groups:
            wanted.update(self._same(group))
        for left in members:
            wanted.update(self._by_hand(left))
        for left, pairs in known.items():
            for pair in pairs:
                theirs = left in members or self.judgements[pair].decision is Decision.UNSURE
                if theirs and pair not in wanted:
                    del self.judgements[pair]
        for pair, verdict in wanted.items():
            self._keep(pair, verdict, retold)

    def _unsure(self, left: Ref) -> Iterator[tuple[Pair, _Verdict]]:
        """The likeliest of the events after it that an event was not merged with, where it is likely."""
        after = [(-score, other) for other, score in self._bonds.ties(left) if left < other]
        likely = [found for found in after if -found[0] >= model().unsure]
        if likely:
            key, decided = self.accounts.get(left, ""), self._bonds.rulings(left)
            open_ = [f for f in likely if f[1] not in decided and (not key or key != self.accounts.get(f[1]))]
            for score, right in sorted(open_)[:1]:
                yield (left, right), (Decision.UNSURE, -score)

    def _same(self, group: Sequence[Ref]) -> Iterator[tuple[Pair, _Verdict]]:
        """For each further account the one before it that it is likest to, where no ruling tells of the two."""
        for place, ref in enumerate(group[1:], start=1):
            earlier = set(group[:place])
            if Decision.SAME in {d for other, d in self._bonds.rulings(ref).items() if other in earlier}:
                continue
            likely = [(-score, other) for other, score in self._bonds.ties(ref) if other in earlier]
            for score, other in sorted(likely)[:1]:
                yield (other, ref), (Decision.SAME, -score)

    def _by_hand(self, left: Ref) -> Iterator[tuple[Pair, _Verdict]]:
        """What the user has decided of an event and others after it."""
        if left in self._bonds:
            for right, decision in self._bonds.rulings(left).items():
                if left < right:
                    yield (left, right), (decision, None)

    def _keep(self, pair: Pair, verdict: _Verdict, retold: Set[str]) -> None:
        """Set the judgement, unless it is there and the two are still told of in the same words."""
        (left, right), (decision, score), known = pair, verdict, self.judgements.get(pair)
        if score is None:
            self.judgements[pair] = ruled(self._told(left), self._told(right), decision)
        elif (
            known is None
            or (known.decision, known.score, known.method) != (decision, score, METHOD)
            or not retold.isdisjoint((left.document, right.document))
        ):
            self.judgements[pair] = compared(self._told(left), self._told(right), decision, score)

    def _told(self, ref: Ref) -> Telling:
        found = self._bonds.telling(ref)
        assert found is not None, "only events that are there are decided on"
        return found
