"""The file of a user's decisions: written so that it reads back, and refused in one line where it is faulty."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import RulingError
from kg.model import Decision
from kg.resolve.rulings import Ruling, Side, load, save

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SIDES = st.builds(Side, TEXT, TEXT, TEXT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(TEXT, SIDES, SIDES, st.sampled_from((Decision.SAME, Decision.DIFFERENT))), max_size=4))
def test_what_is_written_reads_back(tmp_path: Path, rows: list[tuple[str, Side, Side, Decision]]) -> None:
    found: dict[frozenset[object], Ruling] = {}
    for name, left, right, decision in rows:
        if left.ref != right.ref:
            found[frozenset((left.ref, right.ref))] = Ruling(name, decision, left, right)
    path = tmp_path / "rulings.toml"
    save(path, found.values())
    assert set(load(path)) == set(found.values())


def test_no_file_is_no_rulings(tmp_path: Path) -> None:
    assert load(tmp_path / "rulings.toml") == ()


ONE = """
[[ruling]]
id = "a"
decision = "Same"
left = { document = "d0", record = "entity/0-9" }
right = { document = "d1", record = "entity/0-9" }
"""


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("ruling = [", "mend"),
        ("[[ruling]]\nid = 'a'\n", "decision"),
        (ONE.replace("Same", "Perhaps"), "Perhaps"),
        (ONE.replace("Same", "Unsure"), "Same or Different"),
        (ONE.replace("d1", "d0"), "names one record twice"),
        (ONE + ONE.replace("Same", "Different"), "ruling 2"),
        (ONE + "why = 'x'\n", "why"),
        ("\x00", "mend"),
    ],
)
def test_a_faulty_file_is_one_line_that_names_it_and_the_place(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "rulings.toml"
    path.write_text(content)
    with pytest.raises(RulingError) as error:
        load(path)
    message = str(error.value)
    assert str(path) in message
    assert complaint in message
    assert "\n" not in message


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rulings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RulingError, match="rulings"):
        load(path)
    with pytest.raises(RulingError, match="cannot read"):
        load(tmp_path)
