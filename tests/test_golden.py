"""Golden reports: text in, records and Turtle out, compared as records, as graphs and as bytes.

`python -m tests.test_golden` writes what is expected anew; read the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
import rdflib
from spacy.language import Language

from kg import read
from kg.config import Settings
from kg.export import EXPORTERS
from kg.model import Analysis, Identity
from kg.pipeline import analyse, graph_of
from kg.resolve.identity import identify

CASES = sorted(path for path in (Path(__file__).parent / "golden" / "articles").iterdir() if path.is_dir())
SETTINGS = Settings(base="https://example.org/")


def analysed(case: Path, language: Language | None = None) -> tuple[Analysis, Identity]:
    (analysis,) = analyse([read.read(case / "report.txt", SETTINGS)], SETTINGS, language)
    return analysis, identify([analysis])


def as_json(analysis: Analysis) -> str:
    """The records without the document, whose text stands beside them."""
    records = msgspec.to_builtins(analysis)
    del records["document"]
    lines = (
        f" {json.dumps(kind)}: [\n  " + ",\n  ".join(map(_line, items)) + "\n ]" for kind, items in records.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _line(record: object) -> str:
    return json.dumps(record, ensure_ascii=False)


def write(case: Path, analysis: Analysis, identity: Identity, folder: Path) -> None:
    folder.joinpath("records.json").write_text(as_json(analysis), "utf-8")
    EXPORTERS["ttl"].write(graph_of([analysis], identity, SETTINGS), folder / "graph.ttl")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_gives_what_an_editor_agreed_to(case: Path, nlp: Language, tmp_path: Path) -> None:
    write(case, *analysed(case, nlp), tmp_path)
    expected = json.loads((case / "records.json").read_text("utf-8"))
    assert json.loads((tmp_path / "records.json").read_text("utf-8")) == expected
    graph, golden = (set(rdflib.Graph().parse(folder / "graph.ttl")) for folder in (tmp_path, case))
    assert graph == golden
    assert (tmp_path / "graph.ttl").read_bytes() == (case / "graph.ttl").read_bytes()


if __name__ == "__main__":
    for one in CASES:
        write(one, *analysed(one), one)
