"""Who did what, where and when, for every verb of QA-SRL's Wikinews sentences.

The records keep arguments of events alone, so this reads the same step that fills them, for all verbs:
``kg.nlp.roles.arguments``.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from benchmarks.corpora import qasrl
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.metrics import Counts, Offsets, Tokens, jaccard, most_pairs, overlaps
from benchmarks.report import f1, recall
from benchmarks.system import System, passage
from kg.nlp.roles import Argument, arguments

HALF = 0.5
# Which of our roles answer "where" and "when".
_LABELS = {"where": frozenset({"place", "origin", "destination", "path"}), "when": frozenset({"time"})}


def by_answer(answers: Sequence[Tokens], given: Sequence[Tokens]) -> Counts:
    """Every distinct answer of a verb is to be found once; predictions pair off with answers at IoU of one half.

    As the corpus' own scorer has it, a prediction that matches only answers that others have taken is
    neither right nor wrong.
    """
    good = [pair for pair, weight in overlaps(answers, given).items() if weight >= HALF]
    pairs = most_pairs(good)
    loose = {right for _, right in good} - set(pairs.values())
    return Counts.matched(len(answers), len(given) - len(loose), len(pairs))


def by_question(questions: Sequence[Sequence[Tokens]], given: Sequence[Tokens]) -> Counts:
    """Every question is to be answered by one prediction at least; a prediction answers some question or is wrong."""
    hits = [
        (left, right)
        for left, answers in enumerate(questions)
        for right, tokens in enumerate(given)
        if any(jaccard(answer, tokens) >= HALF for answer in answers)
    ]
    answered, right = {left for left, _ in hits}, {right for _, right in hits}
    return Counts(len(questions), len(given), len(answered), len(right))


def _predictions(verb: Token | None, sentence: qasrl.Sentence) -> list[tuple[str, Tokens]]:
    """Role and gold-token indices of each argument; arguments with the same words count once, by their first role."""
    if verb is None:
        return []
    found: dict[Tokens, str] = {}
    for argument in arguments(verb):
        begin, end = _characters(argument, verb.doc)
        tokens = frozenset(i for i, (b, e) in enumerate(sentence.joined.places) if b < end and begin < e)
        found.setdefault(tokens, argument.role)
    return [(role, tokens) for tokens, role in sorted(found.items(), key=lambda item: sorted(item[0])) if tokens]


def _characters(argument: Argument, doc: Doc) -> Offsets:
    last = doc[argument.stretch.end - 1]
    return doc[argument.stretch.start].idx, last.idx + len(last)


def _token_at(doc: Doc, place: Offsets) -> Token | None:
    """The token that holds the last character of the gold verb."""
    return next((t for t in doc if t.idx < place[1] <= t.idx + len(t)), None)


class _Score:
    """Counts over the corpus."""

    def __init__(self) -> None:
        self.answers = self.questions = Counts()
        self.spans = dict.fromkeys(_LABELS, 0)
        self.labelled = dict.fromkeys(_LABELS, 0)
        self.asked = dict.fromkeys(_LABELS, 0)

    def add(self, sentence: qasrl.Sentence, verb: qasrl.Verb, doc: Doc, sheet: Sheet) -> None:
        given = _predictions(_token_at(doc, sentence.joined.places[verb.index]), sentence)
        tokens = [t for _, t in given]
        distinct = sorted({answer for question in verb.questions for answer in question.answers}, key=sorted)
        self.answers += by_answer(distinct, tokens)
        self.questions += by_question([question.answers for question in verb.questions], tokens)
        for question in verb.questions:
            hits = [role for role, t in given if any(jaccard(a, t) >= HALF for a in question.answers)]
            if question.wh in _LABELS:
                self.asked[question.wh] += 1
                self.spans[question.wh] += bool(hits)
                self.labelled[question.wh] += any(role in _LABELS[question.wh] for role in hits)
            if not hits:
                _note(sheet, "missed", question.wh, sentence, verb, question.answers[0], question.text)
        for role, t in given:
            if not any(jaccard(answer, t) >= HALF for answer in distinct):
                _note(sheet, "spurious", role, sentence, verb, t, "")

    def report(self, sheet: Sheet) -> None:
        sheet.figures += [
            f1("arguments, each answer counted", self.answers),
            f1("arguments, each question counted", self.questions),
        ]
        for wh in _LABELS:
            sheet.figures.append(recall(f"{wh}, found", self.spans[wh], self.asked[wh]))
            sheet.figures.append(recall(f"{wh}, found as such", self.labelled[wh], self.asked[wh]))


def _note(
    sheet: Sheet, kind: str, label: str, sentence: qasrl.Sentence, verb: qasrl.Verb, tokens: Tokens, question: str
) -> None:
    joined = sentence.joined
    span = joined.span(min(tokens), max(tokens) + 1)
    word = joined.text[slice(*joined.places[verb.index])]
    sheet.note(kind, label, sentence.name, joined.text, span, f"{word}: {question}" if question else word)


def _run(system: System, request: Request, sheet: Sheet) -> None:
    gold = request.take(qasrl.sentences())
    score = _Score()
    docs = system.docs(passage(s.name, s.joined.text) for s in gold)
    for sentence, doc in zip(gold, docs, strict=True):
        for verb in sentence.verbs:
            score.add(sentence, verb, doc, sheet)
    score.report(sheet)


MEASURE = Measure("verbs", "QA-SRL Wikinews dev", _run)
