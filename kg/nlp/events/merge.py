"""Joining the mentions of one event within a document: conservative, since a wrong join makes two wrong events."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.model import RoleName, SectionKind
from kg.nlp.annotations import Happening, RoleNote, Stretch, sections_of
from kg.nlp.events.triggers import Trigger
from kg.nlp.events.types import GENERIC
from kg.nlp.events.words import event_lexicon
from kg.nlp.times import INHERITED

_STEM = 4  # letters that "meet" and "meeting" share; within one type they seldom mislead
_WINDOW = 12  # earlier events of the family that a mention is compared with
_CORE = (RoleName.AGENT, RoleName.PATIENT)
_POINTING = frozenset(("the", "this", "that", "these", "those"))
_HEADINGS = (SectionKind.HEADLINE, SectionKind.SUBHEADING)
_PLACES = (RoleName.PLACE, RoleName.ORIGIN, RoleName.DESTINATION)


def merge(doc: Doc, found: list[Trigger], made: list[Happening], worth: list[bool]) -> list[Happening]:
    """The events of `made` that can stand, mentions of one joined; event fillers are renumbered.

    `found`, `made` and `worth` run in parallel, one entry per trigger.
    """
    target = _targets(doc, found, made, worth)
    kept = sorted({t for t in target if t is not None})
    position = {old: new for new, old in enumerate(kept)}
    for old, new in enumerate(target):
        if new is not None and new != old:
            _absorb(made[new], made[old])
    renumber = {old: position[new] for old, new in enumerate(target) if new is not None}
    for old in kept:
        made[old].roles = _renumbered(made[old].roles, renumber, position[old])
    return [made[old] for old in kept]


class _Joining:
    """Which earlier event each trigger of one document names again."""

    def __init__(self, doc: Doc, found: list[Trigger], made: list[Happening]) -> None:
        self.doc = doc
        self.found = found
        self.made = made
        self.target: list[int | None] = []
        self.groups: dict[int, list[int]] = {}
        self._lead = _lead(doc)
        self._retold: set[int] = set()  # events of the headline that the text has told of

    def match(self, earlier: list[int], index: int) -> int | None:
        """The event that trigger `index` belongs to, of those that the triggers `earlier` of its kind belong to."""
        alone = len({self.target[i] for i in earlier} - {None}) == 1
        for other in reversed(earlier[-_WINDOW:]):
            joined = self.target[other]
            if joined is not None and self._same(other, index, alone):
                self._retold |= {joined} if self._headed(other) else set()
                return joined if self._all_join(joined, index, other) else None
        return self._only(earlier, index)

    def _all_join(self, joined: int, index: int, matched: int | None = None) -> bool:
        """A bare mention between must not join two events; the one that was found to match is not asked again."""
        others = (self.made[i] for i in self.groups[joined] if i != matched)
        return all(_may_join(self.doc, other, self.made[index]) for other in others)

    def _same(self, left: int, right: int, alone: bool) -> bool:
        """Whether trigger `right` names the event that `left` names, which may be `alone` of its kind so far."""
        one, other = self.made[left], self.made[right]
        if not _told_alike(one, other):
            return False
        alike = self._alike(left, right)
        if self._headed(left) and not self._headed(right) and self.target[left] not in self._retold:
            in_lead = self.found[right].token.i < self._lead.end
            if _told_again(self.doc, one, other, alike, in_lead):
                return True
        return _roles_agree(self.doc, one, other) and self._one(left, right, alike, alone)

    def _one(self, left: int, right: int, alike: bool, alone: bool) -> bool:
        """Whether words and participants are alike enough for one event."""
        one, other = self.made[left], self.made[right]
        token, earlier = self.found[right].token, self.found[left].token
        core = len(_core(one) & _core(other))
        pointing = token.pos_ == "NOUN" and _definite(token) and alike
        if pointing and (earlier.pos_ == "VERB" or token.tag_ == earlier.tag_):
            return _shared(one, other) > 0 or _bare(one) or (alone and not _core(other))
        matches = _matches(self.doc, one, other)
        if alike and core >= 1 and (matches >= 2 or earlier.pos_ != token.pos_):
            return True
        return core >= 2 and (alike or one.type != GENERIC)

    def _only(self, earlier: list[int], index: int) -> int | None:
        """ "The quake", "the stoppage": the one event of its kind told of so far, where nothing tells them apart."""
        token = self.found[index].token
        strong = self.found[index].type not in event_lexicon().weak
        if not (strong and token.pos_ == "NOUN" and _definite(token) and _bare(self.made[index])):
            return None
        told = {self.target[i] for i in earlier} - {None}
        joined = next(iter(told)) if len(told) == 1 else None
        if joined is None or self.found[joined].type != self.found[index].type:
            return None
        if not _told_alike(self.made[joined], self.made[index]):
            return None
        plural = {self.found[i].token.tag_ for i in self.groups[joined] if self.found[i].token.pos_ == "NOUN"}
        return joined if plural <= {token.tag_} and self._all_join(joined, index) else None

    def _alike(self, left: int, right: int) -> bool:
        """Whether both words have one stem, or one is a compound that ends in the other ("earthquake", "quake")."""
        one, other = sorted((self.found[i].token.lemma_.lower() for i in (left, right)), key=len)
        return one[:_STEM] == other[:_STEM] or (len(one) > _STEM and other.endswith(one))

    def _headed(self, index: int) -> bool:
        """Whether the headline, or what stands below it, tells of the event."""
        return self.found[index].token.i < self._lead.start


def _lead(doc: Doc) -> Stretch:
    """The first paragraph where headings stand before it, else nothing."""
    headed = False
    for kind, stretch in sections_of(doc):
        if kind is SectionKind.PARAGRAPH:
            return stretch if headed else Stretch(0, 0)
        headed = headed or kind in _HEADINGS
    return Stretch(0, 0)


def _targets(doc: Doc, found: list[Trigger], made: list[Happening], worth: list[bool]) -> list[int | None]:
    """For each trigger the index of the event it belongs to; ``None`` where it cannot stand."""
    families = event_lexicon().merging.families
    recent: dict[str, list[int]] = {}
    joining = _Joining(doc, found, made)
    for index, trigger in enumerate(found):
        joined = joining.match(recent.setdefault(trigger.type, []), index)
        chosen = joined if joined is not None else index if worth[index] else None
        joining.target.append(chosen)
        if chosen is not None:
            joining.groups.setdefault(chosen, []).append(index)
            types = {trigger.type}.union(*(f for f in families if trigger.type in f))
            for name in sorted(types):
                recent.setdefault(name, []).append(index)
    return joining.target


def _told_alike(one: Happening, other: Happening) -> bool:
    """Whether both are told as happening or not, and at times that agree."""
    return one.polarity is other.polarity and one.modality is other.modality and _times_agree(one, other)


def _told_again(doc: Doc, one: Happening, other: Happening, alike: bool, in_lead: bool) -> bool:
    """Whether the text tells of what its headline told, often in other words: "pulls troops", "withdrew soldiers"."""
    compared = [_compared(doc, one, other, role) for role in (*_CORE, *_PLACES)]
    apart, core = False in compared, True in compared[: len(_CORE)]
    if in_lead:
        return core or (not apart and (alike or one.type == other.type != GENERIC))
    return alike and not apart and (core or _bare(one))


def _may_join(doc: Doc, one: Happening, other: Happening) -> bool:
    """Whether times and doers allow it; places are often told once as the town and once as the region."""
    return _times_agree(one, other) and all(_compared(doc, one, other, role) is not False for role in _CORE)


def _definite(noun: Token) -> bool:
    """Whether a noun points back: "the strikes", "the bombing suspect", but not "the previous strikes"."""
    holder = noun.head if noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i else noun
    words = {c.lower_ for c in holder.lefts} | {holder.left_edge.lower_}  # "the magnitude 6.3 quake"
    return bool(words & _POINTING) and not words & event_lexicon().merging.distinguishing


def _times_agree(one: Happening, other: Happening) -> bool:
    if one.time is None or other.time is None:
        return True
    if INHERITED in (one.time.stretch, other.time.stretch):
        return not (one.time.value and other.time.value) or one.time.value[:7] == other.time.value[:7]
    left, right = ((t.value or t.start or t.end) for t in (one.time, other.time))
    return left.startswith(right) or right.startswith(left)


def _core(event: Happening) -> set[tuple[RoleName, int, bool]]:
    return {(r.role, r.filler, r.event) for r in event.roles if r.role in _CORE}


def _roles_agree(doc: Doc, one: Happening, other: Happening) -> bool:
    """No role is filled by different words for different things, and nobody plays opposite parts."""
    if any(_compared(doc, one, other, role) is False for role in (*_CORE, *_PLACES)):
        return False
    agents = {r.filler for r in one.roles if r.role is RoleName.AGENT and not r.event}
    patients = {r.filler for r in other.roles if r.role is RoleName.PATIENT and not r.event}
    return not agents & patients


def _matches(doc: Doc, one: Happening, other: Happening) -> int:
    """How many parts both fill, and fill alike."""
    return sum(_compared(doc, one, other, role) is True for role in (*_CORE, *_PLACES))


def _compared(doc: Doc, one: Happening, other: Happening, role: RoleName) -> bool | None:
    """Whether both fill `role` alike: with one entity, or in shared words; ``None`` where one does not fill it."""
    left, right = (
        [r for r in event.roles if r.role is role and not r.event and r.basis != "sentence"] for event in (one, other)
    )
    if not left or not right:
        return None
    if {r.filler for r in left} & {r.filler for r in right}:
        return True
    return bool(_words(doc, left) & _words(doc, right))


def _words(doc: Doc, roles: list[RoleNote]) -> set[str]:
    tokens = (token for role in roles for token in doc[role.stretch.start : role.stretch.end])
    return {token.lemma_.lower() for token in tokens if token.pos_ in ("NOUN", "PROPN")}


def _bare(event: Happening) -> bool:
    return all(role.basis == "sentence" for role in event.roles)


def _shared(one: Happening, other: Happening) -> int:
    left = {(r.role, r.filler) for r in one.roles if not r.event}
    return len(left & {(r.role, r.filler) for r in other.roles if not r.event})


def _absorb(event: Happening, mention: Happening) -> None:
    """Add what a further mention tells: its trigger, fillers of empty roles, a firmer time, quantities."""
    event.triggers += [t for t in mention.triggers if t not in event.triggers]
    filled = {r.role for r in event.roles if r.basis != "sentence"}
    better = {r.role for r in mention.roles if r.basis != "sentence"} - filled
    event.roles = [r for r in event.roles if r.role not in better or r.basis != "sentence"]
    event.roles += [r for r in mention.roles if r.role in better]
    firmer = mention.time is not None and (event.time is None or event.time.stretch == INHERITED)
    if firmer:
        event.time = mention.time
    known = {(q.value, q.minimum, q.maximum, q.counts) for q in event.quantities}
    event.quantities += [q for q in mention.quantities if (q.value, q.minimum, q.maximum, q.counts) not in known]


def _renumbered(roles: list[RoleNote], renumber: dict[int, int], own: int) -> list[RoleNote]:
    kept: list[RoleNote] = []
    for role in roles:
        if not role.event:
            kept.append(role)
        elif role.filler in renumber and renumber[role.filler] != own:
            kept.append(replace(role, filler=renumber[role.filler]))
    return kept
