"""One node per real thing across documents, on ECB+: merging of events and of actors beside the lemma heuristic.

Chains run over all documents of the part together, single mentions included, and neither topic nor sub-topic is told
to the project; nor is a date to a text that names none, since a day that all shared would be evidence.  With gold
mentions, the project has an event at each of them and no other.  Events are merged where the graph merges them, which
is where wrong merges are rare, and, as "balanced", where CoNLL F1 on the train topics is highest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.alignment import Named, Reading, forced, readings
from benchmarks.coreference import Cluster, b_cubed, ceaf_e, conll, muc
from benchmarks.corpora import ecbplus
from benchmarks.corpora.ecbchains import ACTOR, EVENT, chains, subtopic
from benchmarks.documents import grouped
from benchmarks.measures.base import Measure, Request, Sheet
from benchmarks.report import Figure, f1, recall
from benchmarks.system import System, article
from kg.extract import extract
from kg.model import Analysis, Ref
from kg.resolve.identity import identify
from kg.resolve.stories.events import merge_events
from kg.resolve.stories.similarity import model

# What is measured: analyses in, the key of each record's node out.  A record without a key is a node of its own.
Resolve = Callable[[Sequence[Analysis]], Mapping[Ref, str]]

_RULES = {"MUC": muc, "B³": b_cubed, "CEAF-e": ceaf_e}
_CORPUS, _FOUND = "lemma within gold sub-topics", "lemma within found groups of documents"


def _keys(analyses: Sequence[Analysis]) -> Mapping[Ref, str]:
    return identify(analyses).keys


@dataclass(frozen=True, slots=True)
class Told:
    """The part as the project reads it, and the nodes of its records at each operating point."""

    readings: Sequence[Mapping[str, Reading]]
    keys: Mapping[Ref, str]
    balanced: Mapping[Ref, str]

    @classmethod
    def of(cls, readings: Sequence[Mapping[str, Reading]], analyses: Sequence[Analysis], resolve: Resolve) -> Told:
        """Records resolved; the balanced keys of events are those of `merge_events` at its other threshold."""
        keys = resolve(analyses)
        entities = {ref: key for ref, key in keys.items() if ref.record.startswith("entity/")}
        return cls(readings, keys, entities | merge_events(analyses, entities, model().balanced).keys)

    def kind(self, kind: str) -> list[Reading]:
        """The readings of one kind of mention."""
        return [found[kind] for found in self.readings]


# -- clusters ----------------------------------------------------------------------------------------------------


def clusters(labels: Mapping[tuple[str, object], Hashable]) -> list[Cluster]:
    """Mentions with one label are one cluster."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, label in labels.items():
        found[label].add(mention)
    return [frozenset(members) for members in found.values()]


def with_gold_mentions(reading: Reading, keys: Mapping[Ref, str]) -> dict[tuple[str, object], Hashable]:
    """The node of each gold mention: that of our record there, else one of its own."""
    pairs, name = reading.pairs(), reading.item.name
    return {
        (name, index): _node(reading.ours[pairs[index]], keys) if index in pairs else (name, index)
        for index in range(len(reading.gold))
    }


def with_own_mentions(reading: Reading, keys: Mapping[Ref, str]) -> dict[tuple[str, object], Hashable]:
    """The node of each of our mentions: one that pairs off with a gold mention is that mention, others are spurious."""
    return {mention: _node(given, keys) for mention, given in _own(reading)}


def _own(reading: Reading) -> list[tuple[tuple[str, object], Named]]:
    taken = {right: left for left, right in reading.pairs().items()}
    name = reading.item.name
    return [((name, taken.get(i, f"ours {i}")), given) for i, given in enumerate(reading.ours)]


def _node(given: Named, keys: Mapping[Ref, str]) -> Hashable:
    return given if given.ref is None else keys.get(given.ref, given.ref)


def by_lemma(reading: Reading, group: Hashable, own: bool) -> dict[tuple[str, object], Hashable]:
    """The lemma heuristic: the same head lemma in one group of documents is one thing."""
    given = _own(reading) if own else [((reading.item.name, i), gold) for i, gold in enumerate(reading.gold)]
    return {mention: (group, named.lemma) for mention, named in given}


def all_right(reading: Reading, kind: str) -> dict[tuple[str, object], Hashable]:
    """What merging can reach: the right node for each gold mention that has a record of ours, else one of its own."""
    pairs, name = reading.pairs(), reading.item.name
    gold = enumerate(reading.item.of(kind))
    return {(name, index): m.instance if index in pairs else (name, index) for index, m in gold}


# -- figures -----------------------------------------------------------------------------------------------------


def score(name: str, gold: Sequence[Cluster], given: Sequence[Cluster], sheet: Sheet, detail: bool = False) -> None:
    """CoNLL F1, and in `detail` below the line what it is the mean of."""
    counts = {rule: count(gold, given) for rule, count in _RULES.items()}
    mean = round(100 * conll(list(counts.values())), 2)
    sheet.figures.append(Figure(name=name, value=mean, unit="CoNLL F1", gold=len(gold), predicted=len(given)))
    sheet.figures += [f1(f"{name}, {rule}", counts[rule], detail=True) for rule in _RULES if detail]


def report(label: str, kind: str, gold_told: Told, own_told: Told, sheet: Sheet) -> None:
    """All figures of one kind: the project and the lemma heuristic, with gold mentions and with its own."""
    read = gold_told.kind(kind)
    gold = chains((r.item for r in read), kind)
    found = [str(group) for group in grouped([r.item.text for r in read])]
    groups = {_CORPUS: [subtopic(r.item) for r in read], _FOUND: found}
    for mentions, told, resolved in (("gold", gold_told, with_gold_mentions), ("own", own_told, with_own_mentions)):
        name, own, points = f"{label}, {mentions} mentions", mentions == "own", {"": told.keys}
        points |= {", balanced": told.balanced} if kind == EVENT else {}
        for point, keys in points.items():
            given = clusters({m: node for r in told.kind(kind) for m, node in resolved(r, keys).items()})
            score(f"{name}{point}", gold, given, sheet, detail=True)
        for heuristic, numbers in groups.items():
            each = zip(told.kind(kind), numbers, strict=True)
            labels = {m: node for r, group in each for m, node in by_lemma(r, group, own).items()}
            score(f"{name}, {heuristic}", gold, clusters(labels), sheet)
    best = {m: node for r in read for m, node in all_right(r, kind).items()}
    score(f"{label}, gold mentions, were every merge right", gold, clusters(best), sheet)
    held = sum(len(r.pairs()) for r in own_told.kind(kind))
    total = sum(len(r.gold) for r in read)
    sheet.figures.append(recall(f"{label}, gold mentions with a record of ours", held, total))


def note(label: str, read: Sequence[Reading], keys: Mapping[Ref, str], sheet: Sheet) -> None:
    """Gold mentions without a record of ours, and those that are with none of theirs or with others' mentions."""
    node = {m: n for r in read for m, n in with_gold_mentions(r, keys).items()}
    gold = {(r.item.name, i): m.instance for r in read for i, m in enumerate(r.item.of(_KINDS[label]))}
    sizes, held, shared = (defaultdict[Hashable, int](int) for _ in range(3))
    for mention, instance in gold.items():
        sizes[instance] += 1
        held[node[mention]] += 1
        shared[node[mention], instance] += 1
    for reading in read:
        pairs, text = reading.pairs(), reading.item.text
        for index, named in enumerate(reading.gold):
            mention = (reading.item.name, index)
            instance, place = gold[mention], node[mention]
            traits = (named.word_class, reading.item.of(_KINDS[label])[index].tag)
            if index not in pairs:
                sheet.note("missed", label, reading.item.name, text, named.head, instance, traits)
            elif shared[place, instance] == 1 and sizes[instance] > 1:
                sheet.note("missed", f"{label} link", reading.item.name, text, named.head, instance, traits)
            if held[place] > shared[place, instance]:
                sheet.note("spurious", f"{label} link", reading.item.name, text, named.head, instance, traits)


_KINDS = {"events": EVENT, "actors": ACTOR}


def measured(gold: Told, own: Told, sheet: Sheet) -> None:
    """Figures and findings of events, then of actors."""
    for label, kind in _KINDS.items():
        report(label, kind, gold, own, sheet)
        note(label, gold.kind(kind), gold.keys, sheet)


def run(system: System, request: Request, sheet: Sheet, resolve: Resolve = _keys) -> None:
    """Measure `resolve`; of a limit the first documents, since what belongs together stands together in the corpus."""
    gold = list(ecbplus.articles(request.part))[: request.limit]
    given: list[tuple[dict[str, Reading], Analysis]] = []
    own: list[tuple[dict[str, Reading], Analysis]] = []
    for item, doc in zip(gold, system.docs(article(g.name, g.text) for g in gold), strict=True):
        for analysis, kept in ((forced(doc, item.of(EVENT)), given), (extract(doc), own)):
            kept.append((readings(item, doc, analysis), analysis))
    at_gold, at_own = (Told.of([r for r, _ in kept], [a for _, a in kept], resolve) for kept in (given, own))
    measured(at_gold, at_own, sheet)


MEASURE = Measure("merging", "ECB+ validated sentences, across documents", run, ("dev", "train"))
