"""docs/questions.md says what the questions themselves declare; run this file to write it anew."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from kg.query import named_questions
from kg.query.question import Question

PAGE = Path(__file__).parent.parent.parent / "docs" / "questions.md"
HEAD = """# Named questions

`kg query NAME --parameter value` answers these from the built graph; `--format csv`, `tsv`, `json`, `jsonl` or `turtle`
prints the answer for other programs, row by row as it is found; `--limit` cuts it and `--timeout` ends it. Each is a
file in `ontology/queries/`, plain SPARQL under a header. `kg ask what happened in Kharkiv` asks in everyday words, and
`kg ask` alone lists which; `kg search WORDS` finds words in names, titles, statements and events.

Names of actors and places are compared without case and accents: "kharkiv" finds Kharkiv and, since it is a place,
Kharkiv region too; a name that nothing bears finds all that hold it ("lovelace"). An IRI stands for itself. Dates are
days, months or years (2022-09-11, 2022-09, 2022).

The index beside the store, `search.db`, lists what each question is about in the order of its answers; what it says
of the first items alone is then asked of the store. So the first hundred rows come at once however large the graph is,
and all others as they are read. Without the file every answer is the same, at the cost of the whole graph. Betweenness
and closeness are the exception: they look at every path between two actors.
"""


def section(question: Question) -> Iterator[str]:
    options = " ".join(f"--{name} {shlex.quote(value)}" for name, value in question.example.items())
    yield f"\n## {question.name}: {question.title[0].lower()}{question.title[1:]}\n\n{question.description}\n\n"
    yield f"    kg query {question.name} {options}".rstrip() + "\n"
    if question.parameters:
        yield "\n| parameter | what | |\n|---|---|---|\n"
    for parameter in question.parameters:
        extra = [", ".join(parameter.choices)] if parameter.choices else [parameter.kind.value]
        extra += ["required"] if parameter.required else []
        extra += [f"default {parameter.default}"] if parameter.default else []
        yield f"| `--{parameter.name}` | {parameter.help} | {'; '.join(extra)} |\n"


def page() -> str:
    return HEAD + "".join(part for question in named_questions() for part in section(question))


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
