"""Fill the README's blocks with the real output of its commands: python -m docs.readme

A block stands between `<!-- NAME -->` and `<!-- end -->`.  A test checks that the README is what this writes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = "nobody was hurt"  # words of the statement that the worked example follows into the graph


def run(*words: str, output: Path) -> str:
    """What `kg WORDS` prints, in the width of a README."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", *words, "-o", str(output)]
    env = os.environ | {"COLUMNS": "108"}
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=env).stdout


def filled(text: str, output: Path) -> str:
    """`text` with every block renewed; `output` is a folder to build into."""
    built = run("build", "seeds/", output=output)
    turtle = (output / "graph.ttl").read_text("utf-8")
    blocks = {
        "build": built.split("page:")[0],
        "turtle": _resources(turtle),
        "query": run("ask", "who", "contradicts", "police", output=output),
        "questions": run("query", output=output),
    }
    for name, content in blocks.items():
        fence = "turtle" if name == "turtle" else "text"
        tidy = "\n".join(line.rstrip() for line in content.strip("\n").splitlines())
        block = f"<!-- {name} -->\n```{fence}\n{tidy}\n```\n<!-- end -->"
        text, count = re.subn(rf"<!-- {name} -->.*?<!-- end -->", lambda _, b=block: b, text, flags=re.DOTALL)  # type: ignore[misc]
        if count != 1:
            raise ValueError(f"README.md: {count} blocks named {name!r}, expected one")
    return text


def _resources(turtle: str) -> str:
    """The statement with the words `SHOWN`, and the first event that it reports and denies."""
    resources = re.split(r"\n(?=<)", turtle)
    statement = next(r for r in resources if "a kg:Statement" in r and SHOWN in r)
    reported = re.findall(r"<[^>]+>", statement.partition("kg:reports")[2].partition(";")[0])
    events = [r for iri in reported for r in resources if r.startswith(f"{iri} a ")]
    event = next(r for r in events if "kg:Negated" in r)
    return f"{statement.strip()}\n\n{event.strip()}"


def main() -> None:
    """Rewrite README.md."""
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(filled(README.read_text("utf-8"), Path(folder)), "utf-8")


if __name__ == "__main__":
    main()
