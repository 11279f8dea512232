"""One occurrence told in several documents: merged where wording, participants and days allow it, and only there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from kg.model import Analysis, Decision, Document, Entity, EntityKind, Event, Ref, Role, RoleName, Span, Time
from kg.resolve.stories.events import Merged, merge_events
from kg.resolve.stories.linkage import average_link
from kg.resolve.stories.similarity import FEATURES, likelihood, model
from kg.resolve.stories.wording import affinity, bag, cosine, kin

QUAKE = "A magnitude 6.4 earthquake struck Arequipa on Monday. Rescuers searched the ruins of Camana hospital."
AGAIN = "The magnitude 6.4 earthquake struck Arequipa in southern Peru. Camana hospital lay in ruins, rescuers said."
OTHER = "A choir from Bergen won the Nordic song prize in Turku. The jury praised its folk tunes."


def told(name: str, text: str, word: str, type_: str, lemma: str, place: str = "", day: str = "") -> Analysis:
    """One report with one event, at a named place where one is given."""
    begin = text.index(word)
    entities, roles = [], []
    if place:
        at = text.index(place)
        span = Span(at, at + len(place))
        entities.append(Entity(id=f"entity/{at}", kind=EntityKind.PLACE, label=place, mentions=(), named=True))
        roles.append(Role(role=RoleName.PATIENT, filler=f"entity/{at}", span=span))
    event = Event(
        id=f"event/{begin}-{begin + len(word)}",
        type=type_,
        label=word,
        lemma=lemma,
        triggers=(Span(begin, begin + len(word)),),
        sentence=Span(0, text.index(".") + 1),
        roles=tuple(roles),
        time=Time(value=day) if day else None,
    )
    document = Document(id=name, text=text, sections=(), date=day)
    return Analysis(document=document, entities=tuple(entities), events=(event,))


def quakes(first_day: str = "", second_day: str = "") -> list[Analysis]:
    return [
        told("a", QUAKE, "struck", "disaster", "strike", "Arequipa", first_day),
        told("b", AGAIN, "struck", "disaster", "strike", "Arequipa", second_day),
        told("c", OTHER, "won", "win", "win", "Bergen"),
    ]


def merged(analyses: Sequence[Analysis], threshold: float | None = None) -> Merged:
    keys = {Ref(a.document.id, e.id): f"place/{e.label}" for a in analyses for e in a.entities}
    return merge_events(analyses, keys, threshold)


def test_two_reports_of_one_occurrence_are_accounts_of_one_story() -> None:
    found = merged(quakes())
    assert {ref.document for ref in found.keys} == {"a", "b"}
    (story,) = found.stories.values()
    assert set(found.keys.values()) == {story.key}
    assert story.key.startswith("event/struck-")
    assert (story.type, story.label, story.date) == ("disaster", "struck", "")
    (judgement,) = found.judgements
    assert judgement.decision is Decision.SAME
    assert judgement.score is not None
    assert judgement.score >= model().merged
    assert "Arequipa" in judgement.evidence


def test_the_order_of_documents_makes_no_difference() -> None:
    assert len({repr(merged(order)) for order in permutations(quakes())}) == 1


def test_days_far_apart_are_two_occurrences() -> None:
    assert merged(quakes("2021-03-01", "2021-03-01")).stories
    assert not merged(quakes("2021-03-01", "2021-03-09")).stories


def test_the_date_is_told_where_all_accounts_agree() -> None:
    (story,) = merged(quakes("2021-03-01", "2021-03-01")).stories.values()
    assert story.date == "2021-03-01"
    (story,) = merged(quakes("2021-03-01", "")).stories.values()
    assert story.date == "2021-03-01"


def test_other_participants_keep_events_apart() -> None:
    elsewhere = AGAIN.replace("Arequipa", "Moquegua")
    pair = [quakes()[0], told("b", elsewhere, "struck", "disaster", "strike", "Moquegua")]
    assert not merged(pair).stories


def test_nothing_is_merged_in_one_report_or_none() -> None:
    assert merged([]) == Merged({}, {}, ())
    assert not merged(quakes()[:1]).keys


def test_average_link_joins_what_is_alike_on_the_whole() -> None:
    a, b, c, d = (Ref(name, "event/1") for name in "abcd")
    chain = {(a, b): 0.9, (b, c): 0.8, (c, d): 0.9}
    assert average_link(chain, 0.5) == [[a, b], [c, d]]
    assert average_link({**chain, (a, c): 0.8, (a, d): 0.7, (b, d): 0.7}, 0.5) == [[a, b, c, d]]
    assert average_link(dict(reversed(chain.items())), 0.5) == [[a, b], [c, d]]
    assert average_link({}, 0.5) == []


def test_rare_words_weigh_more() -> None:
    one = bag(["volcano", "and", "people"])
    assert "and" not in one
    assert one["volcan"] > one.get("people", 0.0)
    assert cosine(one, one) == pytest.approx(1.0)
    assert cosine(one, bag([])) == 0.0


def test_words_of_one_sense_are_kin() -> None:
    near, far = affinity("kill", "murder"), affinity("kill", "sing")
    assert near is not None
    assert far is not None
    assert near > far
    assert affinity("zzzz", "kill") is None
    assert kin("kill", "murder")
    assert kin("murder", "kill")
    assert not kin("kill", "sing")
    assert not kin("zzzz", "kill")


def test_the_shipped_weights_fit_the_features() -> None:
    rows = [[0.0] * len(FEATURES), [1.0] * len(FEATURES)]
    together, alone = likelihood(rows), [likelihood([row])[0] for row in rows]
    assert together == alone
    assert all(0 <= score <= 1 for score in together)
    assert model().balanced < model().unsure < model().merged
