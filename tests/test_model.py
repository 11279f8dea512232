from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg.model import Analysis, Span, from_jsonl, to_jsonl

# Numbers read from text are finite, and decoded text holds no lone surrogates: JSON has neither.
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
analyses = st.from_type(Analysis)


@settings(max_examples=40, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(analyses, max_size=3))
def test_json_lines_lose_nothing(batch: list[Analysis]) -> None:
    lines = list(to_jsonl(batch))
    assert list(from_jsonl(lines)) == batch
    assert list(to_jsonl(from_jsonl(lines))) == lines
    assert all(line.count(b"\n") == 1 for line in lines)


def test_foreign_lines_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        list(from_jsonl([b'{"document": 1}\n']))


def test_span_geometry() -> None:
    assert Span(2, 5).of("abcdef") == "cde"
    assert Span(2, 5).overlaps(Span(4, 9))
    assert not Span(2, 5).overlaps(Span(5, 9))
    assert Span(2, 9).contains(Span(2, 5))
    assert len(Span(2, 5)) == 3
