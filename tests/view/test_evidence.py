from __future__ import annotations

from itertools import combinations
from math import hypot
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from kg.ids import Minter
from kg.model import EntityKind, Span
from kg.view.content import Content, PageNode, content
from kg.view.evidence import Library, shown
from kg.view.facts import Facts
from kg.view.marks import Mark
from tests.view.world import Report, identity_of, store_of, world


def node(page: Content, **wanted: object) -> PageNode:
    return next(n for n in page.nodes if all(getattr(n, name) == value for name, value in wanted.items()))


def marked(page: Content, found: PageNode) -> list[tuple[str, str]]:
    """(reason, text) of every mark of a node, the text cut from its passage as a browser cuts it."""
    result = []
    for excerpt in found.evidence.excerpts:
        units = page.passages[excerpt.passage][2].encode("utf-16-le")
        result += [(reason, units[2 * b : 2 * e].decode("utf-16-le")) for b, e, reason, _ in excerpt.marks]
    return result


def test_a_statement_shows_who_says_what_and_how() -> None:
    page = content(world(2), 100)
    found = next(n for n in page.nodes if n.family == "statement" and n.name.startswith("Mira Oddsen"))
    reasons = dict(marked(page, found))
    assert reasons["speaker"] == "Mira Oddsen"
    assert reasons["cue"] == "denied"
    assert reasons["content"] == "Dockworkers' Union blocked hundreds of commuters in Port Ellan"
    assert reasons["trigger"] == "blocked"
    assert ("Stance", "Denies") in found.facts


def test_an_event_shows_its_sentence_with_trigger_and_fillers() -> None:
    page = content(world(1), 100)
    found = node(page, family="event", claimed=False)
    excerpt = found.evidence.excerpts[0]
    assert page.passages[excerpt.passage][2].strip() == "Ministry of Fisheries seized Velden in Skarhaven."
    assert dict(marked(page, found))["trigger"] == "seized"
    named = {page.nodes[number].name for *_, number in excerpt.marks if number >= 0}
    assert named == {"Ministry of Fisheries", "Velden", "Skarhaven"}


def test_claimed_events_are_told_apart() -> None:
    page = content(world(1), 100)
    assert {n.kind: n.claimed for n in page.nodes if n.family == "event"} == {"Event": False, "ClaimedEvent": True}


def test_a_relation_shows_the_words_it_was_read_from() -> None:
    page = content(world(1), 100)
    edge = next(e for e in page.edges if e.family == "relation")
    assert page.nodes[edge.source].name == "Mira Oddsen"
    assert edge.readings == (("leads", "led by"),)
    excerpt = edge.evidence.excerpts[0]
    begin, end, _, _ = excerpt.marks[0]
    assert page.passages[excerpt.passage][2][begin:end] == "Mira Oddsen, head of the Third Coastal Brigade"


def test_a_conflict_gives_its_reason() -> None:
    page = content(world(2), 100)
    edge = next(e for e in page.edges if e.family == "conflict")
    assert edge.reason == "One denies what the other asserts of the same town."


def test_the_passages_of_a_hub_come_from_many_documents() -> None:
    page = content(world(40), 1_000)
    hub = node(page, name="Velden")
    sources = [page.passages[excerpt.passage][0] for excerpt in hub.evidence.excerpts]
    assert len(sources) == len(set(sources)) == 12
    assert hub.evidence.more > 0


def test_the_best_connected_stay_and_the_rest_is_counted() -> None:
    store = world(12)
    whole, cut = content(store, 1_000), content(store, 20)
    assert len(cut.nodes) == 20
    assert cut.total == whole.total == len(whole.nodes)
    assert [n.iri for n in cut.nodes] == [n.iri for n in whole.nodes[:20]]
    assert all(edge.source < 20 and edge.target < 20 for edge in cut.edges)


def test_marks_hold_beside_characters_outside_the_basic_plane() -> None:
    writer = Report(0)
    writer.write("\U0001f6a2\U0001f6a2 ")
    writer.clause(0, narrated=True)
    writer.write(" \U0001f6a2.")
    analysis = writer.analysis("Ships")
    page = content(store_of([analysis], identity_of([analysis])), 10)
    assert ("trigger", "seized") in marked(page, node(page, family="event"))


@given(st.text(alphabet="Ab. \n\"'", max_size=80), st.data())
def test_a_passage_holds_its_mark(text: str, data: st.DataObject) -> None:
    writer = Report(0)
    writer.write(f"{text}x")
    analysis = writer.analysis("")
    store = store_of([analysis], identity_of([analysis]))
    iri = Minter().document(analysis.document.id)
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin + 1, len(text) + 1))
    library = Library(Facts(store))
    (excerpt,) = library.evidence([Mark(iri, Span(begin, end), "mention")]).excerpts
    ((left, right, _, _),) = excerpt.marks
    assert library.passages[excerpt.passage][2][left:right] == f"{text}x"[begin:end]


def test_steering_characters_are_dropped_from_names_and_replaced_in_texts() -> None:
    assert shown("a\u202eb\x00") == "ab"
    assert shown("a\u202eb\x00", keep=True) == "a\ufffdb\ufffd"
    assert shown("a\tb\nc") == "a\tb\nc"


def test_what_one_document_tells_stands_together_though_nothing_joins_it() -> None:
    analyses = []
    for number in (0, 12, 24):
        writer = Report(number)
        writer.said(number)
        for aside in range(4):
            writer.name(f"Quayside {number + aside}", EntityKind.PLACE)
            writer.write(", ")
        analyses.append(writer.analysis(""))
    nodes = content(store_of(analyses), 100).nodes
    pairs = [(a, b, hypot(a.x - b.x, a.y - b.y)) for a, b in combinations(nodes, 2)]
    within = [distance for a, b, distance in pairs if a.documents == b.documents]
    between = [distance for a, b, distance in pairs if a.documents != b.documents]
    assert mean(within) < 0.6 * mean(between)
