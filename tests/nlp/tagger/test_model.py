"""The shipped weights: checked when loaded, and at work on texts of other countries than they were trained on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import ModelMissing
from kg.nlp import make_doc
from kg.nlp.annotations import attributions_of
from kg.nlp.tagger import model
from tests.nlp.test_statements import document


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The weights in a folder of their own, which `shipped` is made to read."""
    folder = tmp_path / "weights"
    shutil.copytree(model.FOLDER, folder)
    monkeypatch.setattr(model, "FOLDER", folder)
    return folder


def test_a_damaged_file_is_named(copied: Path) -> None:
    damaged = copied / "linker.json"
    damaged.write_text(damaged.read_text("utf-8") + " ", "utf-8")
    with pytest.raises(ModelMissing, match=r"linker\.json: damaged; install the package again"):
        model.shipped.__wrapped__()


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "statements.onnx").unlink()
    with pytest.raises(ModelMissing, match=r"statements\.onnx: missing .* 'fast'"):
        model.shipped.__wrapped__()


def test_weights_for_other_labels_are_refused(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "LABELS", ("O", "X"))
    with pytest.raises(ValueError, match="made for other labels"):
        model.Tagger(copied)


def test_the_card_stands_beside_the_weights_and_names_their_hashes() -> None:
    card = (model.FOLDER / "MODEL_CARD.md").read_text("utf-8")
    for name, digest in model.hashes().items():
        assert f"- `{name}` sha256 `{digest}`" in card


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The dam is safe, the water ministry said on Monday.",
            [("the water ministry", "The dam is safe")],
        ),
        (
            "“We lost the harvest,” said Amina Bello, a farmer near Kano. “Nobody came to help us.”",
            [("Amina Bello, a farmer near Kano", "“We lost the harvest,” … “Nobody came to help us.”")],
        ),
        (
            "Analysts expect the rupee to fall further.",
            [("Analysts", "the rupee to fall further")],
        ),
        ("The ferry left Piraeus at noon and sank off Naxos an hour later.", []),
    ],
)
def test_who_says_what(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    doc = nlp(make_doc(nlp, document(text)))
    found = [
        (" … ".join(doc[s:e].text for s, e in note.source), " … ".join(doc[s:e].text for s, e in note.content))
        for note in attributions_of(doc)
    ]
    straight = str.maketrans("“”", '""')
    assert found == [(source, content.translate(straight)) for source, content in expected]


def test_a_speech_goes_on_in_the_next_paragraph(nlp: Language) -> None:
    text = "“We will rebuild the bridge,” the mayor told reporters.\n“It will take two years and a lot of money.”"
    doc = nlp(make_doc(nlp, document(text)))
    speakers = {note.speaker for note in attributions_of(doc)}
    assert [doc[slice(*doc._.mentions[speaker].stretch)].text for speaker in speakers] == ["the mayor"]
