"""Town in region in country: a question about the larger place finds what happened in the smaller."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Profile, Settings
from kg.pipeline import Built, build

_TEXTS = {
    "germany.txt": """Flood closes roads in Germany

PASSAU, Germany, June 3, 2024 - Rescuers evacuated 200 people in Passau on Monday. Two people drowned in Rosenheim.
Bavaria asked for help. A fire destroyed a barn near Kassel.
""",
    "pakistan.txt": """Gunmen attack bus in Pakistan

LAHORE, June 4, 2024 - Gunmen killed three passengers in Rajanpur district on Tuesday, and Punjab sent troops.
Police arrested two suspects in Peshawar on the same day.
""",
    "brazil.txt": """Dam collapses in Brazil

ITABIRA, June 5, 2024 - A dam collapsed in Itabira on Wednesday and killed four workers. Minas Gerais declared an
emergency.
""",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in _TEXTS.items():
        (Path(folder) / name).write_text(text, "utf-8")
    return build([folder], Settings(profile=Profile.FAST))


@pytest.mark.parametrize(
    ("place", "found", "missed"),
    [
        ("Bavaria", {"Passau", "Rosenheim"}, {"Kassel"}),
        ("Germany", {"Passau", "Rosenheim", "Kassel"}, {"Itabira"}),
        ("Punjab", {"Rajanpur district"}, {"Peshawar"}),
        ("Pakistan", {"Rajanpur district", "Peshawar"}, {"Passau"}),
        ("Minas Gerais", {"Itabira"}, {"Passau"}),
        ("Brazil", {"Itabira"}, {"Peshawar"}),
        ("Hessen", {"Kassel"}, {"Passau"}),  # as the graph does not call it
        ("Hesse", {"Kassel"}, {"Passau"}),  # named in none of the texts
    ],
)
def test_a_larger_place_finds_what_happened_in_it(built: Built, place: str, found: set[str], missed: set[str]) -> None:
    where = " / ".join(str(row["where"]) for row in built.ask("happened", place=place).records())
    assert [name for name in sorted(found) if name not in where] == []
    assert [name for name in sorted(missed) if name in where] == []
