"""Keeps `docs/notebook.ipynb` as it is stored, without outputs: python -m docs.notebook

A test runs it from top to bottom, and checks that what is stored is what this writes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parent / "notebook.ipynb"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def cleaned(text: str) -> str:
    """The notebook without what running it adds: outputs, counts, and whose machine it was."""
    notebook: dict[str, Any] = json.loads(text)
    notebook["metadata"] = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook["cells"], 1):
        lines = "".join(cell["source"]).splitlines(keepends=True)
        cell |= {"id": f"cell-{number:02d}", "metadata": {}, "source": lines}
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(cleaned(NOTEBOOK.read_text("utf-8")), "utf-8", newline="\n")
