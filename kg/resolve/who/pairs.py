"""Pairs: the evidence for two atoms, or a short form and what it may stand for, being one thing, and its score."""

from __future__ import annotations

from math import exp, log2

import msgspec

from kg.resolve.who.atoms import Atom
from kg.resolve.who.persons import difference
from kg.resolve.words import gender, names


class Evidence(msgspec.Struct, frozen=True):
    """What was found, in numbers by the names of the weights, and in words."""

    found: dict[str, float]
    words: str

    def score(self, weights: msgspec.Struct) -> float:
        """How likely the two are one, from 0 to 1."""
        total = sum(getattr(weights, name) * value for name, value in self.found.items())
        return round(1 / (1 + exp(-total)), 3)


def named_alike(left: Atom, right: Atom, meet: bool) -> Evidence:
    """Two full names of one block; `meet` tells whether texts tell of both in the same stretch of time."""
    found, words = {"base": 1.0}, []
    if left.form == right.form:
        words.append(f"both are {left.family} {left.form!r}")
    else:
        words.append(f"{left.family} {left.form!r} against {right.form!r}")
        _differ(left, right, found, words)
    _mark(left, right, "later_office" if not meet else "other_office", found, words)
    return Evidence(found, "; ".join(words))


def _differ(left: Atom, right: Atom, found: dict[str, float], words: list[str]) -> None:
    """What the names themselves tell."""
    apart = difference(left.form, right.form)
    found["spelling"] = apart.spelling
    for name, holds, said in (
        ("fuller", apart.fuller, "one name is fuller"),
        ("middle", apart.agree, "middle names agree"),
        ("other_middle", apart.clash, "middle names differ"),
        ("other_suffix", apart.generation, "one is of another generation"),
    ):
        if holds:
            found[name] = 1.0
            words.append(said)
    if {gender(left.form), gender(right.form)} == {"m", "f"}:
        found["gender"] = 1.0
        words.append("a man's name and a woman's")


def short_for(left: Atom, right: Atom, company: tuple[str, ...], rivals: int) -> Evidence:
    """A short form and the name that it may stand for; `rivals` others have that short form too."""
    found = {"base": 1.0, "rivals": log2(1 + rivals)}
    words = [f"{right.form!r} may be called {left.form!r}" if left.form != right.form else f"both are {left.form!r}"]
    if left.loose and not left.alone:
        found["whole"] = 1.0
    if not left.loose:
        found["namesake"] = 1.0
    if company:
        found["company"] = float(len(company))
        words.append(f"both texts name {', '.join(token.partition(' ')[2] for token in company[:5])}")
    _mark(left, right, "other_office", found, words)
    if rivals:
        words.append(f"{rivals} others are called so too")
    return Evidence(found, "; ".join(words))


def _mark(left: Atom, right: Atom, clash: str, found: dict[str, float], words: list[str]) -> None:
    """Countries and offices, where both are told."""
    if left.country and right.country:
        same = left.country == right.country
        found["country" if same else "other_country"] = 1.0
        words.append(f"both of {left.country}" if same else f"one of {left.country}, the other of {right.country}")
    if left.office and right.office:
        same = left.office == right.office
        found["office" if same else clash] = 1.0
        order = sorted((left.office, right.office))
        words.append(f"both {left.office}" if same else f"one {order[0]}, the other {order[1]}")


def alike_score(left: Atom, right: Atom, meet: bool) -> tuple[float, Evidence]:
    """Score and evidence of two full names."""
    evidence = named_alike(left, right, meet)
    return evidence.score(names().weights.name), evidence


def short_score(left: Atom, right: Atom, company: tuple[str, ...], rivals: int) -> tuple[float, Evidence]:
    """Score and evidence of a short form."""
    evidence = short_for(left, right, company, rivals)
    return evidence.score(names().weights.short), evidence
