"""Spans to attributions, with weights that can be read."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.tagger.linking import REACH, Choice, Linked, Span, Weights, choices, link

_ROLES = {"S": "source", "C": "cue", "K": "content"}

# Sources beside their cue, before it for choice; contents to the cue that nothing else parts them from.
NEAR = {"none": 0.5, "C<|": 2.0, "C>|": 1.0, "K<|": 2.0, "K<S|": 2.0, "K>S|": 1.5, "K>|": 1.5}


def marked(text: str) -> tuple[str, list[Span]]:
    """A text without its marks, and the spans they set: [S Ann] [C said] [K it rained]."""
    spans, plain = [], ""
    for piece in re.split(r"(\[[SCK] [^]]*])", text):
        if piece.startswith("["):
            spans.append(Span(len(plain), len(plain) + len(piece) - 4, _ROLES[piece[1]]))
            piece = piece[3:-1]
        plain += piece
    return plain, spans


def linked(text: str, weights: Weights = NEAR) -> list[tuple[str, str, str]]:
    """(source, cue, contents) of each attribution."""
    plain, spans = marked(text)

    def words(offsets: tuple[int, int] | None) -> str:
        return "" if offsets is None else plain[slice(*offsets)]

    return [(words(a.source), words(a.cue), " | ".join(map(words, a.content))) for a in link(plain, spans, weights)]


def test_content_after_its_cue() -> None:
    assert linked("[S Ann] [C said] [K it rained].") == [("Ann", "said", "it rained")]


def test_content_before_its_cue_and_source_after_it() -> None:
    assert linked("[K “It rained,”] [C said] [S Ann].") == [("Ann", "said", "“It rained,”")]


def test_broken_content_is_one_attribution() -> None:
    found = linked("[K “It rained,”] [S Ann] [C said], [K “and then”] it [K “snowed”].", NEAR | {"K<K|": 1.0})
    assert found == [("Ann", "said", "“It rained,” | “and then” | “snowed”")]


def test_a_cue_may_have_no_source() -> None:
    assert linked("It was [C said] that [K it rained].") == [("", "said", "it rained")]
    assert linked("[S Ann] [C said] [K it rained].", NEAR | {"none|word=said": 9.0}) == [("", "said", "it rained")]


def test_two_cues_keep_their_own() -> None:
    text = "[S Ann] [C said] [K it rained]. [K “It snowed,”] [S Bo] [C told] us."
    assert linked(text) == [("Ann", "said", "it rained"), ("Bo", "told", "“It snowed,”")]


def test_two_cues_may_share_a_source() -> None:
    weights = NEAR | {"C<CK|": 1.0, "C<KC|": 1.0}
    text = "[S Ann] [C said] [K it rained] and [C denied] [K it snowed]."
    assert linked(text, weights) == [("Ann", "said", "it rained"), ("Ann", "denied", "it snowed")]


def test_what_has_no_partner_is_left_out() -> None:
    assert linked("[K It rained]. [S Ann] left.") == []
    assert linked("[S Ann] [C spoke].") == []
    assert linked("") == []


def test_spans_may_come_in_any_order() -> None:
    text, spans = marked("[S Ann] [C said] [K it rained]. [K “It snowed,”] [S Bo] [C told] us.")
    assert link(text, spans[::-1], NEAR) == link(text, spans, NEAR)


def test_of_equals_the_first_is_taken() -> None:
    assert linked("[C a] [K x] [C b]", {}) == [("", "a", "x")]


def choice(text: str, dependent: int) -> tuple[str, Choice]:
    plain, spans = marked(text)
    (found,) = [c for c in choices(plain, spans) if c.dependent == dependent]
    return plain, found


def test_candidates_are_the_nearest_on_either_side() -> None:
    cues = "[C c] " * (REACH + 2)
    _, found = choice(f"{cues}[K x] {cues}", REACH + 2)
    assert found.candidates == (*range(2, REACH + 2), *range(REACH + 3, 2 * REACH + 3))


def test_a_source_is_offered_to_cues_and_none_of_them_too() -> None:
    _, found = choice("[S a] [K x] [C c] [S b]", 2)
    assert found.candidates == (0, 3, None)
    assert len(found.features) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[C said] [K it]", {"", "breaks=00", "gap=0", "edges=lw", "outer=--", "link=", "word=said", "dependent=it"}),
        ("[C said] that, [K “It,”]", {"breaks=00", "gap=2", "edges=q,q", "link=that ,", "dependent=”"}),
        ("[C said]. But one day\n[K It]", {"breaks=11", "gap=3", "edges=Uw", "link=. … day"}),
        ("[C said.”] A. B.\n[K it]", {"breaks=21", "outer=--,breaks=21"}),
        ("[S A] [C said] [K it]. [K so]", {"outer=Sk", "edges=lw,outer=Sk"}),
        ("[S A]. [C said] [K it] [K so]", {"outer=sK"}),
    ],
)
def test_features_tell_how_two_spans_stand(text: str, expected: set[str]) -> None:
    dependent = text.count("[", 0, text.index("[K"))
    _, found = choice(text, dependent)
    (features,) = found.features
    assert {f"K<|{feature}" for feature in expected} <= set(features)


@pytest.mark.parametrize(
    ("between", "pattern"), [("", ""), ("[S a]", "S"), ("[S a] [K b]", "SK"), ("[K a] [S b] [K c] [K d]", "KS+")]
)
def test_features_tell_what_stands_between(between: str, pattern: str) -> None:
    _, found = choice(f"[C said] {between} [K x]", 1 + between.count("["))
    assert found.features[0][0] == f"K<{pattern}|"


@st.composite
def scenes(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Any text with spans of one character or more that do not overlap."""
    text = draw(st.text(alphabet=st.sampled_from('abZ9_ .!?,"“”’)\n日\u0301'), max_size=80))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=24)))
    roles = st.sampled_from((None, "source", "cue", "content"))
    return text, [Span(a, b, role) for a, b in pairwise(cuts) if (role := draw(roles)) is not None]


@settings(deadline=None)
@given(scenes(), st.dictionaries(st.sampled_from([*NEAR, "none|word=a", "K<|breaks=00"]), st.floats(-2, 2)))
def test_attributions_are_made_of_the_given_spans(scene: tuple[str, list[Span]], weights: dict[str, float]) -> None:
    text, spans = scene
    of = {role: [span[:2] for span in spans if span.role == role] for role in _ROLES.values()}
    found: list[Linked] = link(text, spans, weights)
    cues, contents = [a.cue for a in found], [piece for a in found for piece in a.content]
    assert all(a.content == sorted(a.content) != [] for a in found)
    assert cues == sorted(set(cues))
    assert set(cues) <= set(of["cue"])
    assert sorted(contents) == (of["content"] if of["cue"] else [])  # each content once, none lost
    assert all(a.source is None or a.source in of["source"] for a in found)


@settings(deadline=None)
@given(scenes())
def test_features_of_a_gap_are_those_of_its_characters(scene: tuple[str, list[Span]]) -> None:
    text, spans = scene
    stop, word = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)"), re.compile(r"\w+|[^\w\s]")
    for found in choices(text, spans):
        for other, features in zip(found.candidates, found.features, strict=True):
            if other is None:
                continue
            left, right = sorted((spans[other], spans[found.dependent]))
            gap = text[left.end : right.begin]
            stops = len(stop.findall(text[max(left.begin, left.end - 2) : left.end])) + len(stop.findall(gap))
            words = word.findall(gap.lower())
            shown = words if len(words) <= 2 else [words[0], "…", words[-1]]
            assert features[1].endswith(f"|breaks={min(2, stops)}{int(chr(10) in gap)}")
            assert features[2].endswith(f"|gap={len(words).bit_length()}")
            assert features[8].endswith(f"|link={' '.join(shown)}")


@pytest.mark.parametrize("where", [2, 130_000])
def test_a_text_of_contents_with_a_single_cue_is_no_trouble(where: int) -> None:
    text = "word " * 30_000  # no sentence ends: every gap would be read to its end
    spans = [Span(begin, begin + 4, "content") for begin in range(5, len(text) - 5, 30)]
    spans.append(Span(where, where + 1, "cue"))
    begun = time.process_time()
    (found,) = link(text, spans, {})
    assert len(found.content) == 5000
    assert time.process_time() - begun < 5  # a quarter of a second; half a minute where gaps are read through
