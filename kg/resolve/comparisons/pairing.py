"""Which accounts of one occurrence conflict or agree; precision before recall, and no verdict on who is right.

Accounts are compared only inside a block that shares what happened (a kind, a step, or one of two words that tell it
in opposite ways) and the document, a place, a named party or a story, and there only with those of about the same
time.  In a block each position (a voice with its words and numbers) counts once and meets a bounded number of
others, so that the work grows with the number of accounts and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Analysis, Comparison, Ref
from kg.resolve.comparisons import oppositions
from kg.resolve.comparisons.accounts import Account, accounts
from kg.resolve.comparisons.answers import answers
from kg.resolve.comparisons.estimates import estimates
from kg.resolve.comparisons.findings import finding
from kg.resolve.comparisons.meeting import Meeting
from kg.resolve.comparisons.oppositions import Oppositions
from kg.resolve.comparisons.spells import NEAR, WEEK

POSITIONS = 20  # later ones of a block with which each is compared

Block = tuple[str, str]


def compare(
    analyses: Sequence[Analysis], keys: Mapping[Ref, str], stories: Mapping[Ref, str] | None = None
) -> tuple[Comparison, ...]:
    """All conflicts and agreements of a batch, sorted, each pair once; a conflict outweighs an agreement.

    `stories` maps events that were found to be one occurrence across documents to one key.
    """
    words, one_story = oppositions.load(), stories or {}
    found: dict[tuple[Ref, Ref], Comparison] = {}
    for analysis in analyses:
        for answer in (*answers(analysis, keys, words), *estimates(analysis, keys, words)):
            found.setdefault((answer.left, answer.right), answer)
    told = [account for analysis in analyses for account in accounts(analysis, keys, words)]
    texts = {analysis.document.id for analysis in analyses} | set(one_story.values())
    for (_, anchor), members in sorted(_blocks(told, one_story).items()):
        for left, right in _pairs(members, anchor in texts):
            _note(left, right, words, one_story, found)
    return tuple(found[pair] for pair in sorted(found))


def _note(
    left: Account,
    right: Account,
    words: Oppositions,
    stories: Mapping[Ref, str],
    found: dict[tuple[Ref, Ref], Comparison],
) -> None:
    left, right = sorted((left, right), key=lambda account: account.ref)
    known = found.get((left.ref, right.ref))
    if known and known.conflict:
        return
    story = _story(left, stories)
    outcome = finding(Meeting(left, right, words, bool(story) and story == _story(right, stories)))
    if outcome and (known is None or outcome.conflict):
        found[left.ref, right.ref] = Comparison(
            left=left.ref, right=right.ref, conflict=outcome.conflict, reason=outcome.reason
        )


def _blocks(told: Iterable[Account], stories: Mapping[Ref, str]) -> dict[Block, list[Account]]:
    """Accounts that share what happened and the document, a place, a named party or a story."""
    blocks: dict[Block, list[Account]] = defaultdict(list)
    for account in told:
        told_in = (f"opposition {number}" for number, _ in account.opposed)
        topics = {*account.topics, *account.steps, *told_in}
        parties = account.doers.single | account.targets.single
        story = _story(account, stories)
        anchors = {account.ref.document, story, *account.sites.keys, *account.sites.wider, *parties} - {""}
        for topic in sorted(topics):
            for anchor in sorted(anchors):
                blocks[topic, anchor].append(account)
    return blocks


def _story(account: Account, stories: Mapping[Ref, str]) -> str:
    return stories.get(Ref(account.ref.document, account.event.id), "")


def _pairs(block: Sequence[Account], any_time: bool) -> Iterator[tuple[Account, Account]]:
    """Accounts of different voices in the order of time; of one time, each position once, unless at `any_time`."""
    positions: dict[object, Account] = {}
    for account in sorted(block, key=_order):
        telling = (account.voice, account.negated, account.event.quantities, account.word, account.spell)
        positions.setdefault((account.ref, account.position) if any_time else (account.ref.document, telling), account)
    ordered = list(positions.values())
    for at, left in enumerate(ordered):
        for right in ordered[at + 1 : at + 1 + POSITIONS]:
            if not any_time and _later(left, right):
                break
            if left.voice != right.voice and left.ref != right.ref and _both_told(left, right):
                yield left, right


def _both_told(left: Account, right: Account) -> bool:
    """Whether both voices are somebody's: what nobody is named for is held against another voice, not the outlet."""
    return bool(left.voice and right.voice) or bool(left.outer and right.outer)


def _order(account: Account) -> tuple[int, Ref, int]:
    return account.spell.first if account.spell else 0, account.ref, account.position


def _later(left: Account, right: Account) -> bool:
    """Whether no account from `right` on can be of the time of `left` and of another document."""
    if left.spell is None or right.spell is None:
        return False
    return right.spell.first - left.spell.first > WEEK + NEAR
