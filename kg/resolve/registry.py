"""The registry: all that is known of who is who, kept so that one document more or less costs what that document costs.

A document touches its atoms, their blocks and, of the days around it, the short forms that its names are called by.
What is decided is a function of the documents held and the rulings alone, whatever the order they came in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Analysis, Decision, Ref
from kg.resolve.atoms import Atom, Page, Sighting, page
from kg.resolve.blocks import Outcome, Pair, decide
from kg.resolve.knowledge import Knowledge
from kg.resolve.profiles import Profile
from kg.resolve.rulings import Ruling
from kg.resolve.shorts import Placed, Scene, place, window


class Registry:
    """Documents in and out; after `settle`, the group of every record."""

    def __init__(self, rulings: Sequence[Ruling] = (), knowledge: Knowledge | None = None) -> None:
        self.rulings, self.knowledge = tuple(rulings), knowledge or Knowledge()
        self.pages: dict[str, Page] = {}
        self.profiles: dict[Atom, Profile] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.placed: dict[Ref, Placed] = {}
        self.open: set[Atom] = set()
        self.groups: dict[Atom, tuple[Atom, ...]] = {}  # by their first atom
        self._home: dict[Atom, Atom] = {}
        self._blocks: dict[str, set[Atom]] = defaultdict(set)
        self._bearers: dict[str, Counter[Atom]] = defaultdict(Counter)
        self._calls: dict[Atom, Counter[str]] = defaultdict(Counter)
        self._seen: dict[tuple[str, str], dict[str, Counter[Atom]]] = defaultdict(dict)
        self._lone: dict[str, dict[str, dict[Ref, Atom]]] = defaultdict(lambda: defaultdict(dict))
        self._stale_blocks: set[str] = set()
        self._stale: set[tuple[str, str]] = set()  # short form and day
        self._stale_shorts: set[str] = set()
        self._parted: dict[str, set[str]] = defaultdict(set)
        self._foes: dict[Ref, set[Ref]] = defaultdict(set)
        for ruling in self.rulings:
            if ruling.decision is Decision.DIFFERENT:
                self._parted[ruling.right.document].add(ruling.right.record)
                self._foes[ruling.left.ref].add(ruling.right.ref)
                self._foes[ruling.right.ref].add(ruling.left.ref)

    # -- documents ---------------------------------------------------------------------------------------------------

    def add(self, analysis: Analysis) -> None:
        """Take a document in; one with the same id is replaced."""
        name = analysis.document.id
        if name in self.pages:
            self.remove(name)
        self.pages[name] = found = page(analysis, self.knowledge.link, self._parted.get(name, ()))
        for sighting in found.sightings:
            self._enter(found, sighting)
            self._touch(Ref(name, sighting.record))

    def remove(self, document: str) -> None:
        """Take a document out, with all that rested on it alone; raises `KeyError` where it is not held."""
        gone = self.pages[document]
        for sighting in gone.sightings:
            self._touch(Ref(document, sighting.record))
            self._leave(gone, sighting)
        del self.pages[document]

    def _enter(self, found: Page, sighting: Sighting) -> None:
        atom, ref = sighting.atom, Ref(found.document, sighting.record)
        profile = self.profiles.get(atom)
        if profile is None:
            profile = self.profiles[atom] = Profile()
            self._new(atom)
        elif atom.office and found.day not in profile.days:
            self._stale_blocks.add(atom.block)
        profile.add(ref, sighting.face, found.day)
        if atom.loose or atom in self.open:
            self._wait(ref, atom, sighting.shorts[:1], found.day)
        if atom.loose:
            return
        for short in sighting.shorts:
            self._calls[atom][short] += 1
            self._bearers[short][atom] += 1
            if self._bearers[short][atom] == 1:
                self._recall(short)
            self._seen[short, found.day].setdefault(found.document, Counter())[atom] += 1
            self._stale |= {(short, day) for day in window(found.day)}

    def _leave(self, gone: Page, sighting: Sighting) -> None:
        atom, ref = sighting.atom, Ref(gone.document, sighting.record)
        profile = self.profiles[atom]
        profile.remove(ref, sighting.face, gone.day)
        self.placed.pop(ref, None)
        for short in sighting.shorts[:1]:
            self._lone[short][gone.day].pop(ref, None)
        if atom.office and gone.day not in profile.days:
            self._stale_blocks.add(atom.block)
        if not atom.loose:
            for short in sighting.shorts:
                self._uncall(atom, short, gone)
        if not profile.records:
            del self.profiles[atom]
            self._old(atom)

    def _uncall(self, atom: Atom, short: str, gone: Page) -> None:
        for counts, key in ((self._calls[atom], short), (self._bearers[short], atom)):
            counts[key] -= 1  # type: ignore[index]  # each counts its own kind
            if not counts[key]:  # type: ignore[index]
                del counts[key]
                self._stale_shorts.add(short)
        seen = self._seen[short, gone.day]
        seen.pop(gone.document, None)
        if not seen:
            del self._seen[short, gone.day]
        self._stale |= {(short, day) for day in window(gone.day)}

    def _touch(self, ref: Ref) -> None:
        """A record that a ruling keeps from another comes or goes: both are decided anew."""
        foes = self._foes.get(ref, ())
        for each in (ref, *foes) if foes else ():
            here = self.pages.get(each.document)
            for sighting in here.sightings if here else ():
                if sighting.record == each.record:
                    self._stale_blocks.add(sighting.atom.block)
                    self._stale_shorts |= set(sighting.shorts)

    def _new(self, atom: Atom) -> None:
        self._home[atom] = atom
        self.groups[atom] = (atom,)
        if not atom.loose and atom.family != "doc":
            self._blocks[atom.block].add(atom)
            self._stale_blocks.add(atom.block)

    def _old(self, atom: Atom) -> None:
        group = self._home.pop(atom)
        self.groups.pop(group, None)
        self.open.discard(atom)
        self._calls.pop(atom, None)
        if not atom.loose and atom.family != "doc":
            self._blocks[atom.block].discard(atom)
            self._stale_blocks.add(atom.block)

    def _recall(self, short: str) -> None:
        """Another bears a short form: what is placed by all bearers, not by those of its days, is placed anew."""
        if not short.startswith("person "):
            self._stale_shorts.add(short)

    def _wait(self, ref: Ref, atom: Atom, shorts: Iterable[str], day: str) -> None:
        """Put a record among those to be placed."""
        for short in shorts:
            self._lone[short][day][ref] = atom
            self._stale.add((short, day))

    # -- decisions -----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Decide anew what the documents since the last time touch."""
        apart = list(self._apart())
        for block in sorted(self._stale_blocks):
            self._decide(block, apart)
        self._stale_blocks.clear()
        self._stale |= {(short, day) for short in self._stale_shorts for day in self._lone.get(short, ())}
        self._stale_shorts.clear()
        scene = self.scene()
        for short, day in sorted(self._stale):
            for ref, atom in self._lone.get(short, {}).get(day, {}).items():
                self._place(ref, atom, short, scene, apart)
        self._stale.clear()

    def scene(self) -> Scene:
        """What short forms are placed by."""
        return Scene(self.pages, self._seen, self._bearers, self._settled)

    def waiting(self) -> Iterator[tuple[str, Ref, Atom]]:
        """Every record that is placed by its short form."""
        for short, days in self._lone.items():
            for found in days.values():
                yield from ((short, ref, atom) for ref, atom in found.items())

    def _decide(self, block: str, apart: Sequence[Pair]) -> None:
        atoms = self._blocks.get(block)
        if not atoms:
            self._blocks.pop(block, None)
            self.outcomes.pop(block, None)
            return
        before = {atom: (self._home.get(atom), self.groups.get(self._home[atom]), atom in self.open) for atom in atoms}
        outcome = decide(atoms, self.profiles, apart)
        self.outcomes[block] = outcome
        for atom in atoms:
            self.groups.pop(atom, None)
        for group in outcome.groups:
            self.groups[group[0]] = group
            self._home |= dict.fromkeys(group, group[0])
        for atom in atoms:
            self._opened(atom, atom in outcome.open)
            if before[atom] != (self._home[atom], self.groups[self._home[atom]], atom in self.open):
                near = {other for day in self.profiles[atom].days for other in window(day)}
                for short in self._calls[atom]:
                    self._recall(short)
                    self._stale |= {(short, day) for day in near}

    def _opened(self, atom: Atom, is_open: bool) -> None:
        """An atom's records are to be placed one by one from now on, or no longer."""
        if is_open == (atom in self.open):
            return
        (self.open.add if is_open else self.open.discard)(atom)
        for ref in self.profiles[atom].records:
            here = self.pages[ref.document]
            shorts = self.sighting(ref).shorts[:1]
            if is_open:
                self._wait(ref, atom, shorts, here.day)
            else:
                self.placed.pop(ref, None)
                for short in shorts:
                    self._lone[short][here.day].pop(ref, None)

    def _settled(self, atom: Atom) -> Atom | None:
        return None if atom in self.open else self._home[atom]

    def _place(self, ref: Ref, atom: Atom, short: str, scene: Scene, apart: Sequence[Pair]) -> None:
        foes = {other for pair in apart for other in pair if atom in pair and other != atom}
        found = place(ref, atom, short, scene, frozenset(self._home[foe] for foe in foes if foe in self._home))
        if found is None:
            self.placed.pop(ref, None)
        else:
            self.placed[ref] = found

    def _apart(self) -> Iterator[Pair]:
        """The atoms that the rulings keep apart, of records that are here."""
        for ruling in self.rulings:
            if ruling.decision is Decision.DIFFERENT:
                left, right = self.atom(ruling.left.ref), self.atom(ruling.right.ref)
                if left is not None and right is not None:
                    yield left, right

    # -- answers -------------------------------------------------------------------------------------------------------

    def sighting(self, ref: Ref) -> Sighting:
        """A record; raises `KeyError` where it is not held."""
        found = (s for s in self.pages[ref.document].sightings if s.record == ref.record)
        sighting = next(found, None)
        if sighting is None:
            raise KeyError(ref)
        return sighting

    def atom(self, ref: Ref) -> Atom | None:
        """The atom of a record; None where the record is not held."""
        try:
            return self.sighting(ref).atom
        except KeyError:
            return None

    def group(self, ref: Ref, atom: Atom) -> Atom:
        """The first atom of the group that a record goes with; after `settle`."""
        placed = self.placed.get(ref)
        return self._home[placed.atom if placed is not None and placed.sure else atom]
