"""Statements: spans and whole attributions on PolNeAR, its passages, and CaRB's reported speech."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from benchmarks.corpora import carb, polnear
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.measures.slices import KINDS, kinds
from benchmarks.metrics import Counts, Offsets, Words, best_pairs, dice, exact, overlaps, soft, trim
from benchmarks.report import accuracy, f1
from benchmarks.system import System, article, passage
from kg.model import Analysis, Statement

HALF = 0.5
Weights = dict[tuple[int, int], float]  # (gold, given) -> how much they share


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


class _WholeScore:
    """Attributions whose source and content both reach token F1 of one half, one to one, over documents.

    Where the gold names no source, the prediction must name none either.  By kind of quotation and of source too:
    the gold's kind counts for what is found, the prediction's own for what is right.
    """

    def __init__(self) -> None:
        self.counts = Counts()
        self.kinds = {kind: Counts() for kind in KINDS}

    def add(self, item: polnear.Article, analysis: Analysis, sheet: Sheet) -> None:
        text, words = item.text, Words(item.text)
        gold = [a for a in item.attributions if a.content]
        given = [s for s in outermost(analysis) if s.content]
        contents = overlaps(
            [words.inside(a.content) for a in gold],
            [words.inside(spans_of(s, "content", text)) for s in given],
            dice,
        )
        pairs = _agreeing(contents, gold, given, words, text)
        self.counts += Counts.matched(len(gold), len(given), len(pairs))
        self._expected(item, gold, given, contents, {left for left, _ in pairs}, sheet)
        self._given(item, given, {right for _, right in pairs}, sheet)

    def _expected(
        self,
        item: polnear.Article,
        gold: Sequence[polnear.Attribution],
        given: Sequence[Statement],
        contents: Weights,
        found: Collection[int],
        sheet: Sheet,
    ) -> None:
        nearest = {left: right for (left, right), _ in sorted(contents.items(), key=lambda item: item[1])}
        for left, attribution in enumerate(gold):
            traits = kinds(attribution.source, attribution.content, item.text)
            for kind in traits:
                self.kinds[kind] += Counts(gold=1, found=left in found)
            if left not in found:
                rival = (contents[left, nearest[left]], given[nearest[left]]) if left in nearest else None
                note = _why(attribution, rival, item.text)
                sheet.note("missed", "whole", item.name, item.text, attribution.content[0], note, traits)

    def _given(self, item: polnear.Article, given: Sequence[Statement], right: Collection[int], sheet: Sheet) -> None:
        for number, statement in enumerate(given):
            content = spans_of(statement, "content", item.text)
            traits = kinds(spans_of(statement, "source", item.text), content, item.text)
            for kind in traits:
                self.kinds[kind] += Counts(predicted=1, right=number in right)
            if number not in right:
                note = _said(statement, item.text)
                sheet.note("spurious", "whole", item.name, item.text, content[0], note, traits)

    def report(self, sheet: Sheet) -> None:
        sheet.figures.append(f1("whole statements", self.counts))
        sheet.figures += [f1(f"whole, {kind}", self.kinds[kind], detail=True) for kind in KINDS]


def _articles(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(polnear.articles(request.part))
    score, whole = _SpanScore(), _WholeScore()
    for item, analysis in zip(gold, system.records(article(g.name, g.text) for g in gold), strict=True):
        spans = {role: {s for a in item.attributions for s in a.role(role)} for role in polnear.ROLES}
        score.add(item.name, analysis, spans, sheet)
        whole.add(item, analysis, sheet)
    score.report(sheet)
    whole.report(sheet)


def _agreeing(
    contents: Weights,
    gold: Sequence[polnear.Attribution],
    given: Sequence[Statement],
    words: Words,
    text: str,
) -> list[tuple[int, int]]:
    """One-to-one pairs of gold and given that agree on content and on source."""
    weights = {}
    for (left, right), content in contents.items():
        source = _same_source(words, gold[left].source, spans_of(given[right], "source", text))
        if content >= HALF and source >= HALF:
            weights[left, right] = content + source
    return best_pairs(weights)


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
    right = named = held = total = 0
    for item, analysis in zip(gold, system.records(passage(g.name, g.joined.text) for g in gold), strict=True):
        text = item.joined.text
        labels = {entity.id: entity.label for entity in analysis.entities}
        for claim in item.claims:
            holders = [s for s in analysis.statements if _holds(s, claim.words, text)]
            sources = [(s, " ".join(text[b:e] for b, e in spans_of(s, "source", text))) for s in holders]
            speakers = [(s, labels[s.speaker]) for s in holders if s.speaker in labels]
            good = any(_attributes(s, source, claim.attribution, text) for s, source in sources)
            called = good or any(_attributes(s, label, claim.attribution, text) for s, label in speakers)
            total, held, right, named = total + 1, held + bool(holders), right + good, named + called
            if not good:
                label = "speaker" if called else "attribution" if holders else "content"
                note = f"{' '.join(claim.attribution)} | {' '.join(claim.words)}"
                sheet.note("missed", label, item.name, text, (0, len(text)), note)
    sheet.figures += [
        accuracy("inside some content", held, total),
        accuracy("with the right source", right, total),
        accuracy("with the right source, or the speaker's name", named, total),
    ]


def _holds(statement: Statement, claim: tuple[str, ...], text: str) -> bool:
    """Whether most of the claim's words stand in the statement's content."""
    said = _bag(" ".join(span.of(text) for span in statement.content))
    wanted = _bag(" ".join(claim))
    return (said & wanted).total() > HALF * wanted.total()


def _attributes(statement: Statement, who: str, attribution: tuple[str, ...], text: str) -> bool:
    """Whether `who` and the cue together are, by half of their words, what the gold attribution says."""
    cue = " ".join(text[begin:end] for begin, end in spans_of(statement, "cue", text))
    given, wanted = _bag(f"{who} {cue}"), _bag(" ".join(attribution))
    both = given.total() + wanted.total()
    return bool(_bag(who) & wanted) and 2 * (given & wanted).total() >= HALF * both


def _bag(text: str) -> Counter[str]:
    return Counter("".join(c if c.isalnum() else " " for c in text.casefold()).split())


MEASURES = (
    Measure("statements", "PolNeAR articles", _articles, ("dev", "train")),
    Measure("passages", "PolNeAR dev passages as CofeNet scores them", _passages),
    Measure("carb", "CaRB sentences with reported speech", _carb),
)
