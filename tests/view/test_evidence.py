from __future__ import annotations

from itertools import combinations
from math import hypot
from statistics import mean

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import Minter
from kg.model import EntityKind, Ref, Span, Story
from kg.view.content import Content, PageNode, content
from kg.view.evidence import Library, Placed, shown
from kg.view.facts import Facts
from kg.view.marks import Mark
from tests.view.world import Report, identity_of, report, store_of, world


def node(page: Content, **wanted: object) -> PageNode:
    return next(n for n in page.nodes if all(getattr(n, name) == value for name, value in wanted.items()))


def cut(page: Content, document: int, begin: int, end: int) -> str:
    """A stretch of a text, cut as a browser cuts it."""
    text = page.texts[document]
    assert text is not None
    return text.text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def owned(page: Content, found: PageNode) -> list[tuple[int, Placed]]:
    """Every mark that is evidence of a node, with its document."""
    owner = page.nodes.index(found)
    texts = ((number, text) for number, text in enumerate(page.texts) if text)
    return [(number, mark) for number, text in texts for mark in text.marks if mark.owner == owner]


def marked(page: Content, found: PageNode) -> list[tuple[str, str]]:
    """(reason, text) of every mark of a node."""
    return [(mark.reason, cut(page, document, mark.begin, mark.end)) for document, mark in owned(page, found)]


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
    (passage,) = found.evidence.passages
    words = cut(page, passage.document, passage.begin, passage.end)
    assert words == "Ministry of Fisheries seized Velden in Skarhaven."
    assert dict(marked(page, found))["trigger"] == "seized"
    named = {page.nodes[mark.node].name for _, mark in owned(page, found) if mark.node >= 0}
    assert named == {"Ministry of Fisheries", "Velden", "Skarhaven"}


def test_claimed_events_are_told_apart() -> None:
    page = content(world(1), 100)
    assert {n.kind: n.claimed for n in page.nodes if n.family == "event"} == {"Event": False, "ClaimedEvent": True}


def test_a_relation_shows_the_words_it_was_read_from() -> None:
    page = content(world(1), 100)
    number, edge = next((n, e) for n, e in enumerate(page.edges) if e.family == "relation")
    assert page.nodes[edge.source].name == "Mira Oddsen"
    assert edge.readings == (("leads", "led by"),)
    (passage,) = edge.evidence.passages
    text = page.texts[passage.document]
    assert text is not None
    (mark,) = [mark for mark in text.marks if mark.owner == -1 - number]
    assert cut(page, passage.document, mark.begin, mark.end) == "Mira Oddsen, head of the Third Coastal Brigade"


def test_a_conflict_gives_its_reason() -> None:
    page = content(world(2), 100)
    edge = next(e for e in page.edges if e.family == "conflict")
    assert edge.reason == "One denies what the other asserts of the same town."


def test_the_passages_of_a_hub_come_from_many_documents() -> None:
    page = content(world(40), 1_000)
    hub = node(page, name="Velden")
    sources = [passage.document for passage in hub.evidence.passages]
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
    (passage,) = library.evidence([Mark(iri, Span(begin, end), "mention")], owner=0).passages
    (shown_,) = library.texts
    assert shown_ is not None
    (mark,) = shown_.marks
    assert passage.begin <= mark.begin < mark.end <= passage.end
    assert shown_.text[mark.begin : mark.end] == f"{text}x"[begin:end]


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


def test_a_text_that_only_a_hub_names_is_left_out() -> None:
    page = content(world(40), 12)
    evidence = [*(node.evidence for node in page.nodes), *(edge.evidence for edge in page.edges)]
    resting = {passage.document for found in evidence for passage in found.passages}
    held = {number for number, text in enumerate(page.texts) if text}
    assert held == resting
    assert len(held) < len(page.sources)


def test_the_accounts_of_one_event_know_each_other() -> None:
    analyses = [report(number) for number in range(3)]
    told = [Ref(analysis.document.id, analysis.events[0].id) for analysis in analyses[:2]]
    identity = identity_of(analyses)
    story = Story(key="event/one", label="seized", type="seize", date="2031-03-01")
    keys = identity.keys | dict.fromkeys(told, story.key)
    merged = msgspec.structs.replace(identity, keys=keys, stories={story.key: story})
    page = content(store_of(analyses, merged), 100)
    first, second = (n for n in page.nodes if n.accounts)
    assert [page.nodes[number] for number in first.accounts] == [second]
    assert [page.nodes[number] for number in second.accounts] == [first]
    edge = next(e for e in page.edges if e.family == "account")
    assert {page.nodes[edge.source], page.nodes[edge.target]} == {first, second}
