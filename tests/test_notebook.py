"""The notebook runs from top to bottom, and is stored without what running it adds."""

from __future__ import annotations

import os

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from docs.notebook import NOTEBOOK, cleaned

TEXT = NOTEBOOK.read_text("utf-8")


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """The notebook with its outputs, run in its own folder; an error in a cell is raised."""
    folder = tmp_path_factory.mktemp("jupyter")
    notebook: NotebookNode = nbformat.reads(TEXT, 4)  # type: ignore[no-untyped-call]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setitem(os.environ, name, str(folder))
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    return notebook


def test_it_is_stored_without_outputs() -> None:
    assert cleaned(TEXT) == TEXT, "run: python -m docs.notebook"


def test_every_cell_shows_something(executed: NotebookNode) -> None:
    for cell in (cell for cell in executed.cells if cell.cell_type == "code"):
        assert cell.outputs, cell.source
        assert all(output.output_type != "stream" or output.name == "stdout" for output in cell.outputs), cell.outputs


def test_no_table_is_empty(executed: NotebookNode) -> None:
    shown = [
        output.data.get("text/html", "")
        for cell in executed.cells
        for output in cell.get("outputs", ())
        if "data" in output
    ]
    tables = [text for text in shown if "<table" in text]
    assert len(tables) >= 8
    assert all(text.count("<tr") > 1 for text in tables)


def test_the_page_is_drawn_last(executed: NotebookNode) -> None:
    (output,) = executed.cells[-1].outputs
    assert output.data["text/html"].startswith('<iframe title="graph" sandbox="allow-scripts"')
