"""spaCy components, one per file, and the module that assembles them."""

import gc
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.config import Settings
from kg.errors import ModelMissing
from kg.model import Document, SectionKind
from kg.nlp.annotations import sections_of
from kg.nlp.lemmas import correct_lemmas
from kg.nlp.ruler import quicken

COMPONENTS = ("kg_entities", "kg_statements", "kg_coref", "kg_times", "kg_events", "kg_relations")

# One character for one character, so that no offset moves: the models know straight quotes and plain spaces.
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000", " "),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("―", "—"),
        "\t": " ",
        "\r": "\n",
    }
)


def normalise(text: str) -> str:
    """`text` with typographic variants replaced one for one: same length, same offsets."""
    return text.translate(_SAME_LENGTH)


def load_pipeline(settings: Settings) -> Language:
    """The spaCy pipeline that the settings name, followed by this project's components."""
    try:
        nlp = spacy.load(settings.spacy_model)
    except OSError as error:
        raise ModelMissing(
            f"spaCy pipeline {settings.spacy_model!r} is not installed; "
            f"run: pip install {settings.spacy_model.replace('_', '-')}"
        ) from error
    correct_lemmas(nlp)
    quicken(nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"profile": settings.profile.value} if name == "kg_statements" else {})
    _settle()
    return nlp


def _settle() -> None:
    """Spare what stands now, models and word lists, from every later garbage collection: a tenth of the whole time.

    What is garbage already is collected first, so that nothing is kept that would have gone.
    """
    gc.collect()
    gc.freeze()


def make_doc(nlp: Language, document: Document) -> Doc:
    """Tokenise `document`, with a sentence start at each section so that none is glued to the next.

    A semicolon in a headline parts two headlines, which the parser would otherwise make one clause of.
    """
    doc = nlp.make_doc(normalise(document.text))
    doc._.document = document
    for kind, stretch in sections_of(doc):
        doc[stretch.start].is_sent_start = True
        if stretch.end < len(doc):
            doc[stretch.end].is_sent_start = True
        if kind == SectionKind.HEADLINE:
            for token in doc[stretch.start : stretch.end - 1]:
                if token.text == ";":
                    doc[token.i + 1].is_sent_start = True
    return doc


def annotate(nlp: Language, documents: Iterable[Document], batch_size: int) -> Iterator[Doc]:
    """Run the pipeline over `documents`, in order, streaming."""
    return nlp.pipe((make_doc(nlp, document) for document in documents), batch_size=batch_size)
