"""Statements: spans and whole attributions on PolNeAR, its passages, and CaRB's reported speech."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from benchmarks.corpora import carb, polnear
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, Words, best_pairs, dice, exact, overlaps, soft, trim
from benchmarks.report import accuracy, f1
from benchmarks.system import System, article, passage
from kg.model import Analysis, Statement

HALF = 0.5


def outermost(analysis: Analysis) -> list[Statement]:
    """Statements that stand in no other's content: the corpora annotate none inside another."""
    return [statement for statement in analysis.statements if not statement.within]


def spans_of(statement: Statement, role: str, text: str) -> list[Offsets]:
    """The statement's fragments of "source", "cue" or "content", trimmed of white space."""
    found = statement.cue if role == "cue" else statement.content
    if role == "source":
        found = (statement.speaker_span,) if statement.speaker_span else ()
    return [trim(text, (span.begin, span.end)) for span in found]


class _SpanScore:
    """Exact and overlap counts of the three roles, added up over documents."""

    def __init__(self) -> None:
        self.exact = {role: Counts() for role in polnear.ROLES}
        self.soft = {role: Counts() for role in polnear.ROLES}

    def add(self, name: str, analysis: Analysis, gold: dict[str, set[Offsets]], sheet: Sheet) -> None:
        text = analysis.document.text
        words = Words(text)
        statements = outermost(analysis)
        for role in polnear.ROLES:
            given = {span for statement in statements for span in spans_of(statement, role, text)}
            self.exact[role] += exact(gold[role], given)
            self.soft[role] += soft(
                [words.inside([span]) for span in sorted(gold[role])],
                [words.inside([span]) for span in sorted(given)],
            )
            sheet.differ(role, name, text, gold[role], given)

    def report(self, sheet: Sheet) -> None:
        sheet.figures += [f1(f"{role}, exact", self.exact[role]) for role in polnear.ROLES]
        sheet.figures += [f1(f"{role}, overlap", self.soft[role]) for role in polnear.ROLES]


def _articles(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(polnear.articles(request.part))
    score, whole = _SpanScore(), Counts()
    for item, analysis in zip(gold, system.records(article(g.name, g.text) for g in gold), strict=True):
        spans = {role: {s for a in item.attributions for s in a.role(role)} for role in polnear.ROLES}
        score.add(item.name, analysis, spans, sheet)
        whole += _whole(item, analysis, sheet)
    score.report(sheet)
    sheet.figures.append(f1("whole statements", whole))


def _whole(item: polnear.Article, analysis: Analysis, sheet: Sheet) -> Counts:
    """Attributions whose source and content both reach token F1 of one half, one to one.

    Where the gold names no source, the prediction must name none either.
    """
    text, words = item.text, Words(item.text)
    gold = [a for a in item.attributions if a.content]
    given = [s for s in outermost(analysis) if s.content]
    contents = overlaps(
        [words.inside(a.content) for a in gold],
        [words.inside(spans_of(s, "content", text)) for s in given],
        dice,
    )
    weights = {}
    for (left, right), content in contents.items():
        source = _same_source(words, gold[left].source, spans_of(given[right], "source", text))
        if content >= HALF and source >= HALF:
            weights[left, right] = content + source
    pairs = best_pairs(weights)
    nearest = {left: right for (left, right), _ in sorted(contents.items(), key=lambda item: item[1])}
    for left in sorted(set(range(len(gold))) - {left for left, _ in pairs}):
        rival = (contents[left, nearest[left]], given[nearest[left]]) if left in nearest else None
        sheet.note("missed", "whole", item.name, text, gold[left].content[0], _why(gold[left], rival, text))
    for right in sorted(set(range(len(given))) - {right for _, right in pairs}):
        span = given[right].content[0]
        sheet.note("spurious", "whole", item.name, text, (span.begin, span.end), _said(given[right], text))
    return Counts.matched(len(gold), len(given), len(pairs))


def _why(gold: polnear.Attribution, rival: tuple[float, Statement] | None, text: str) -> str:
    """Source and cue of a missed attribution, and those of the statement nearest to it."""
    expected = " … ".join(text[begin:end] for begin, end in (*gold.source, *gold.cue))
    if rival is None:
        return f"{expected}; no statement there"
    return f"{expected}; content {rival[0]:.2f} under {_said(rival[1], text)}"


def _said(statement: Statement, text: str) -> str:
    pieces = [text[begin:end] for role in ("source", "cue") for begin, end in spans_of(statement, role, text)]
    return " … ".join(pieces) or "nobody"


def _same_source(words: Words, gold: Iterable[Offsets], given: Iterable[Offsets]) -> float:
    expected, said = words.inside(gold), words.inside(given)
    return 1.0 if not expected and not said else dice(expected, said)


def _passages(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(polnear.passages())
    score = _SpanScore()
    for item, analysis in zip(gold, system.records(passage(g.name, g.text) for g in gold), strict=True):
        score.add(item.name, analysis, {role: set(spans) for role, spans in item.spans.items()}, sheet)
    score.report(sheet)


def _carb(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(carb.sentences())
    right = held = total = 0
    for item, analysis in zip(gold, system.records(passage(g.name, g.joined.text) for g in gold), strict=True):
        for claim in item.claims:
            holders = [s for s in analysis.statements if _holds(s, claim.words, item.joined.text)]
            good = any(_attributes(s, claim.attribution, item.joined.text) for s in holders)
            total, held, right = total + 1, held + bool(holders), right + good
            if not good:
                label = "attribution" if holders else "content"
                note = f"{' '.join(claim.attribution)} | {' '.join(claim.words)}"
                text = item.joined.text
                sheet.note("missed", label, item.name, text, (0, len(text)), note)
    sheet.figures += [
        accuracy("inside some content", held, total),
        accuracy("with the right source", right, total),
    ]


def _holds(statement: Statement, claim: tuple[str, ...], text: str) -> bool:
    """Whether most of the claim's words stand in the statement's content."""
    said = _bag(" ".join(span.of(text) for span in statement.content))
    wanted = _bag(" ".join(claim))
    return (said & wanted).total() > HALF * wanted.total()


def _attributes(statement: Statement, attribution: tuple[str, ...], text: str) -> bool:
    """Whether source and cue together are, by half of their words, what the gold attribution says."""
    pieces = [text[begin:end] for role in ("source", "cue") for begin, end in spans_of(statement, role, text)]
    given, wanted = _bag(" ".join(pieces)), _bag(" ".join(attribution))
    source = _bag(" ".join(text[begin:end] for begin, end in spans_of(statement, "source", text)))
    both = given.total() + wanted.total()
    return bool(source & wanted) and 2 * (given & wanted).total() >= HALF * both


def _bag(text: str) -> Counter[str]:
    return Counter("".join(c if c.isalnum() else " " for c in text.casefold()).split())


MEASURES = (
    Measure("statements", "PolNeAR articles", _articles, ("dev", "train")),
    Measure("passages", "PolNeAR dev passages as CofeNet scores them", _passages),
    Measure("carb", "CaRB sentences with reported speech", _carb),
)
