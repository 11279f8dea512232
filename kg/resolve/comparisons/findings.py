"""What makes two accounts conflict or agree, and why in words that a reader can check."""

from __future__ import annotations

import msgspec

from kg.resolve.comparisons import amounts
from kg.resolve.comparisons.accounts import Account
from kg.resolve.comparisons.meeting import Meeting
from kg.resolve.comparisons.oppositions import Opposition
from kg.resolve.comparisons.parties import Party

COPIED = 5  # words in a row that two outlets share only where both print what an agency wrote


class Finding(msgspec.Struct, frozen=True):
    """A conflict or an agreement, with its reason."""

    conflict: bool
    reason: str


def finding(meeting: Meeting) -> Finding | None:
    """What the two accounts make of each other, if anything; a conflict goes before an agreement."""
    left, right = meeting.left, meeting.right
    if left.outer & right.outer:
        return None
    if not meeting.timely:
        return _characterised(meeting) if meeting.undated and meeting.same_name else None
    if left.event is right.event:
        return _of_one_event(meeting)
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
            return Finding(True, f"told in opposite ways, {opposition.name}: {_words(meeting)}")
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
    same_word = left.event.lemma == right.event.lemma or left.word == right.word
    if meeting.adjacent:
        shared = left.doers.meets(right.doers) or left.targets.meets(right.targets)
        bare = meeting.both_claimed and left.event.type in meeting.words.growing
        bare = bare and not (_parties(left) and _parties(right))
        answered = shared and (meeting.both_claimed or left.denying or right.denying)
        if bare or (answered and (same_word or left.event.type in meeting.words.growing)):
            return _denial(meeting)
    return _denial(meeting) if same_word and meeting.anchored else None


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
    return Finding(True, f"different numbers, {numbers}: {_words(meeting)}") if numbers else None


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
        return Finding(True, f"both claim it for themselves: {_words(meeting)}")
    if left.event.type not in meeting.words.single:
        return None
    one_day = meeting.adjacent or meeting.same_day
    if not (_struck(left, right) and (meeting.story or (one_day and _at_one_place(meeting)))):
        return None
    if left.doers.known and right.doers.known and left.doers.clashes(right.doers, together=False):
        return Finding(True, f"different doers: {_words(meeting)}")
    if left.causes and right.causes and not left.causes & right.causes:
        return Finding(True, f"different causes: {_words(meeting)}")
    return None


def _struck(left: Account, right: Account) -> bool:
    """Whether it was done to the same, or to what the same noun names."""
    return left.targets.meets(right.targets) or bool(left.targets.nouns & right.targets.nouns)


def _contested(meeting: Meeting) -> bool:
    """Whether two rivals, one after the other, each say that they have done what only one can have done."""
    left, right = meeting.left, meeting.right
    if not meeting.adjacent or left.event.lemma != right.event.lemma or left.event.type not in meeting.words.contested:
        return False
    own = left.voice in left.doers.keys and right.voice in right.doers.keys
    return own and left.doers.clashes(right.doers, together=False) and not left.sites.clashes(right.sites, True)


def _placed_and_dated(meeting: Meeting) -> Finding | None:
    """Where and when one story is told to have been; only of what was found to be one story."""
    left, right = meeting.left, meeting.right
    if not meeting.story or left.negated or right.negated or left.event.lemma != right.event.lemma:
        return None
    if not (left.doers.meets(right.doers) or left.targets.meets(right.targets)):
        return None
    if left.sites.clashes(right.sites, together=False):
        return Finding(True, f"different places: {_words(meeting)}")
    days = (left.spell, right.spell)
    if all(day is not None and day.certain and day.first == day.last for day in days) and days[0] != days[1]:
        return Finding(True, f"different days: {_words(meeting)}")
    return None


def _agreed(meeting: Meeting) -> Finding | None:
    left, right = meeting.left, meeting.right
    if left.negated != right.negated or meeting.clash or not _independent(meeting):
        return None
    if not (left.leading and right.leading) or amounts.of_other_things(left, right, meeting.words):
        return None
    alike = bool(left.steps & right.steps) and not left.negated
    same = meeting.same_topic and meeting.both_actual and left.event.type not in meeting.words.slight
    if not alike and not same:
        return None
    number = amounts.same(left, right, meeting.words) if same else ""
    if meeting.anchored:
        return _agreement(meeting, number)
    counted = number and (meeting.adjacent or _at_one_place(meeting))
    return _agreement(meeting, number) if counted else None


def _independent(meeting: Meeting) -> bool:
    """Whether both voices have names, neither is the outlet that passes the other on, and neither copies the other."""
    left, right = meeting.left, meeting.right
    if left.words == right.words and len(left.words.split()) >= COPIED:
        return False
    passed_on = meeting.together and not meeting.both_claimed
    return left.known and right.known and not passed_on


def _told(meeting: Meeting) -> bool:
    left = meeting.left
    return meeting.both_actual and left.event.type not in meeting.words.slight and bool(left.doers and left.targets)


def _denial(meeting: Meeting) -> Finding:
    return Finding(True, f"one affirms and the other denies it: {_words(meeting)}")


def _agreement(meeting: Meeting, number: str = "") -> Finding:
    what = f"both tell of {number}" if number else "both tell the same"
    return Finding(False, f"{what}: {_words(meeting)}")


def _words(meeting: Meeting) -> str:
    left, right = meeting.left, meeting.right
    return f"{left.teller} “{left.words}”, {right.teller} “{right.words}”"
