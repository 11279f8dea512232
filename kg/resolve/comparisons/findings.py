"""What makes two accounts conflict or agree, and why in words that a reader can check."""

from __future__ import annotations

import msgspec

from kg.model import Comparison, Ref
from kg.resolve.comparisons import amounts
from kg.resolve.comparisons.accounts import Account
from kg.resolve.comparisons.meeting import Meeting
from kg.resolve.comparisons.oppositions import Opposition
from kg.resolve.comparisons.parties import Party

COPIED = 4  # words in a row that two outlets share only where both print what an agency wrote


class Finding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A conflict or an agreement, with its reason."""

    conflict: bool
    reason: str
    places: tuple[int, int]  # where the two texts tell it

    def between(self, left: Ref, right: Ref) -> Comparison:
        """It as a comparison of two records."""
        return Comparison(left=left, right=right, conflict=self.conflict, reason=self.reason)


def weight(one: Finding) -> tuple[bool, tuple[int, int], str]:
    """Sorts what is found on two records: a conflict outweighs an agreement, and what is told first the rest."""
    return not one.conflict, one.places, one.reason


def finding(meeting: Meeting) -> Finding | None:
    """What the two accounts make of each other, if anything; a conflict goes before an agreement."""
    left, right = meeting.left, meeting.right
    if left.outer & right.outer:
        return None
    if not meeting.timely:
        return _characterised(meeting) if meeting.undated and meeting.same_name else None
    if meeting.one_event:
        return _of_one_event(meeting)
    if not (meeting.together or meeting.story or meeting.same_place or meeting.bound):
        return None
    return (
        _characterised(meeting)
        or _denied(meeting)
        or _counted(meeting)
        or _brought_about(meeting)
        or _placed_and_dated(meeting)
        or _agreed(meeting)
    )


def _of_one_event(meeting: Meeting) -> Finding | None:
    """Statements that meet at one event of their document."""
    left, right = meeting.left, meeting.right
    if left.negated != right.negated:
        return _denial(meeting) if meeting.both_actual else None
    if left.leading and right.leading and _independent(meeting) and _told(meeting):
        return _agreement(meeting)
    return None


def _characterised(meeting: Meeting) -> Finding | None:
    left, right = meeting.left, meeting.right
    if left.negated or right.negated or not (left.actual or right.actual):
        return None
    if left.sites.clashes(right.sites, meeting.together):
        return None
    for opposition in meeting.words.opposed(left.opposed, right.opposed):
        one_side = opposition.moves and left.nation and left.nation == right.nation
        told_together = meeting.together if opposition.moves else meeting.adjacent
        if not one_side and _coincide(meeting, opposition) and (told_together or meeting.same_place):
            return _conflict(meeting, f"told in opposite ways, {opposition.name}")
    return None


def _coincide(meeting: Meeting, opposition: Opposition) -> bool:
    """Whether the two accounts share what the opposition asks for; only forces are known by their country alone."""
    left, right = meeting.left, meeting.right
    movers = left.doers | left.targets, right.doers | right.targets
    if opposition.moves:
        return movers[0].beside(movers[1])
    match opposition.shared:
        case "doers":
            return left.doers.meets(right.doers)
        case "targets":
            return left.targets.meets(right.targets) or (meeting.adjacent and _struck(left, right))
        case "movers" | "any":
            return movers[0].meets(movers[1])
        case "place":
            return meeting.same_place


def _denied(meeting: Meeting) -> Finding | None:
    left, right = meeting.left, meeting.right
    if left.negated == right.negated or not (meeting.same_topic and meeting.both_actual) or meeting.clash:
        return None
    same_word = left.lemma == right.lemma or left.word == right.word
    if meeting.adjacent:
        shared = left.doers.meets(right.doers) or left.targets.meets(right.targets)
        bare = meeting.both_claimed and left.type in meeting.words.growing
        bare = bare and not (_parties(left) and _parties(right))
        answered = shared and (meeting.both_claimed or left.denying or right.denying)
        if bare or (answered and (same_word or left.type in meeting.words.growing)):
            return _denial(meeting)
    retold = meeting.story and left.doers.meets(right.doers) and left.targets.meets(right.targets)
    return _denial(meeting) if same_word and (meeting.bound or retold) else None


def _parties(account: Account) -> Party:
    return account.doers | account.targets


def _counted(meeting: Meeting) -> Finding | None:
    left, right = meeting.left, meeting.right
    if left.negated or right.negated or not (meeting.same_topic and meeting.both_actual) or meeting.clash:
        return None
    anchored = meeting.anchored or _at_one_place(meeting)
    if not (_same_whole(left, right) and (anchored or _answered(meeting))):
        return None
    numbers = amounts.different(left, right, meeting.words, measured=anchored)
    return _conflict(meeting, f"different numbers, {numbers}") if numbers else None


def _answered(meeting: Meeting) -> bool:
    """Whether one voice gives another's number anew."""
    return meeting.adjacent and meeting.both_claimed


def _same_whole(left: Account, right: Account) -> bool:
    """Whether both tell of the same place, or neither of any: a town's number is part of its country's."""
    if left.located or right.located:
        return bool((left.located or left.sites.keys) & (right.located or right.sites.keys))
    return True


def _at_one_place(meeting: Meeting) -> bool:
    return bool(meeting.left.sites.keys & meeting.right.sites.keys)


def _brought_about(meeting: Meeting) -> Finding | None:
    """One thing done to the same at the same place, by different hands or causes."""
    left, right = meeting.left, meeting.right
    if left.negated or right.negated or not (meeting.same_topic and meeting.both_actual):
        return None
    if _contested(meeting):
        return _conflict(meeting, "both claim it for themselves")
    if left.type not in meeting.words.single:
        return None
    one_day = meeting.adjacent or meeting.same_day
    if not (_struck(left, right) and (meeting.story or (one_day and _at_one_place(meeting)))):
        return None
    if left.doers.known and right.doers.known and left.doers.clashes(right.doers, together=False):
        return _conflict(meeting, "different doers")
    if left.causes and right.causes and not left.causes & right.causes:
        return _conflict(meeting, "different causes")
    return None


def _struck(left: Account, right: Account) -> bool:
    """Whether it was done to the same, or to what the same noun names."""
    return left.targets.meets(right.targets) or bool(left.targets.nouns & right.targets.nouns)


def _contested(meeting: Meeting) -> bool:
    """Whether two rivals, one after the other, each say that they have done what only one can have done."""
    left, right = meeting.left, meeting.right
    if not meeting.adjacent or left.lemma != right.lemma or left.type not in meeting.words.contested:
        return False
    own = left.voice in left.doers.keys and right.voice in right.doers.keys
    return own and left.doers.clashes(right.doers, together=False) and not left.sites.clashes(right.sites, True)


def _placed_and_dated(meeting: Meeting) -> Finding | None:
    """Where and when one story is told to have been; only of what was found to be one story."""
    left, right = meeting.left, meeting.right
    if not meeting.story or left.negated or right.negated or left.lemma != right.lemma:
        return None
    if not (left.doers.meets(right.doers) or left.targets.meets(right.targets)):
        return None
    if left.sites.clashes(right.sites, together=False):
        return _conflict(meeting, "different places")
    days = (left.spell, right.spell)
    if all(day is not None and day.certain and day.first == day.last for day in days) and days[0] != days[1]:
        return _conflict(meeting, "different days")
    return None


def _agreed(meeting: Meeting) -> Finding | None:
    left, right = meeting.left, meeting.right
    if left.negated != right.negated or meeting.clash or not _independent(meeting):
        return None
    if not (left.leading and right.leading) or amounts.of_other_things(left, right, meeting.words):
        return None
    alike = bool(left.steps & right.steps) and not left.negated
    same = _same_step(meeting)
    if not alike and not same:
        return None
    number = amounts.same(left, right, meeting.words) if same else ""
    if meeting.anchored or (alike and _on_one_side(meeting)):
        return _agreement(meeting, number)
    counted = number and (meeting.adjacent or _at_one_place(meeting))
    return _agreement(meeting, number) if counted else None


def _same_step(meeting: Meeting) -> bool:
    """Whether both tell of one kind of thing that has happened, or of one story alike, as happened or planned."""
    left, right = meeting.left, meeting.right
    if not meeting.words.slight.isdisjoint((left.type, right.type)):
        return False
    return (meeting.same_topic and meeting.both_actual) or (meeting.one_story and left.actual == right.actual)


def _on_one_side(meeting: Meeting) -> bool:
    """Whether one document tells it of the same side, and of no two places."""
    sites = meeting.left.sites, meeting.right.sites
    apart = all(site.known for site in sites) and not meeting.same_place
    return meeting.together and meeting.left.doers.beside(meeting.right.doers) and not apart


def _independent(meeting: Meeting) -> bool:
    """Whether both voices have names, neither is the outlet that passes the other on, and neither copies the other."""
    left, right = meeting.left, meeting.right
    if left.words == right.words and len(left.words.split()) >= COPIED:
        return False
    passed_on = meeting.together and not meeting.both_claimed
    return left.known and right.known and not passed_on


def _told(meeting: Meeting) -> bool:
    left = meeting.left
    return meeting.both_actual and left.type not in meeting.words.slight and bool(left.doers and left.targets)


def _denial(meeting: Meeting) -> Finding:
    return _conflict(meeting, "one affirms and the other denies it")


def _agreement(meeting: Meeting, number: str = "") -> Finding:
    what = f"both tell of {number}" if number else "both tell the same"
    return _finding(False, meeting, what)


def _conflict(meeting: Meeting, what: str) -> Finding:
    return _finding(True, meeting, what)


def _finding(conflict: bool, meeting: Meeting, what: str) -> Finding:
    left, right = meeting.left, meeting.right
    words = f"{left.teller} “{left.words}”, {right.teller} “{right.words}”"
    return Finding(conflict, f"{what}: {words}", (left.position, right.position))
