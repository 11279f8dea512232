"""The project under measurement: documents in, records out, with words and CPU time counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from kg import __version__, nlp, pipeline
from kg.config import Profile, Settings
from kg.ids import digest, slug
from kg.model import Analysis, Document, Section, SectionKind, Span
from kg.read import parse

T = TypeVar("T")
Analyse = Callable[[Iterable[Document], Settings], Iterator[Analysis]]


def article(name: str, text: str, date: str = "") -> Document:
    """A news article, read as the product reads a text file; `date` stands in where the text names none."""
    document = parse(text)
    return msgspec.structs.replace(document, id=_id(name), name=name, date=document.date or date)


def passage(name: str, text: str) -> Document:
    """A bare sentence or passage: one paragraph, nothing to recognise around it."""
    whole = Section(kind=SectionKind.PARAGRAPH, span=Span(0, len(text)))
    return Document(id=_id(name), text=text, sections=(whole,), name=name)


def _id(name: str) -> str:
    return f"{slug(name)}-{digest(name, 8)}"


@dataclass(slots=True)
class Tally:
    """What was run, and the CPU seconds it took."""

    documents: int = 0
    words: int = 0
    seconds: float = 0.0

    @property
    def speed(self) -> float:
        """Words per CPU second over everything run so far."""
        return self.words / self.seconds if self.seconds else 0.0


class System:
    """Runs the project and keeps count; `analyse` stands in for the pipeline in tests."""

    def __init__(self, settings: Settings, analyse: Analyse | None = None, tally: Tally | None = None) -> None:
        self.settings = settings
        self.tally = tally or Tally()
        self._analyse = analyse

    def under(self, profile: Profile) -> System:
        """The same system with another profile, counted together with this one."""
        return System(msgspec.structs.replace(self.settings, profile=profile), self._analyse, self.tally)

    @cached_property
    def language(self) -> Language:
        """The full spaCy pipeline, loaded at the first use and outside the clock."""
        return nlp.load_pipeline(self.settings)

    def records(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """One analysis per document, in order; raises `ValueError` when the pipeline drops or reorders one."""
        given = list(documents)
        if self._analyse:
            results = self._analyse(given, self.settings)
        else:
            results = pipeline.analyse(given, self.settings, self.language)
        for document, analysis in zip(given, self._timed(given, results), strict=True):
            if analysis.document.id != document.id:
                raise ValueError(f"{document.name}: the pipeline gave {analysis.document.id} in its place")
            yield analysis

    def docs(self, documents: Iterable[Document]) -> Iterator[Doc]:
        """The annotated spaCy Doc of each document, in order, for what the records leave out."""
        given = list(documents)
        return self._timed(given, nlp.annotate(self.language, given, self.settings.batch_size))

    def spent_in(self, components: Collection[str], documents: Iterable[Document]) -> float:
        """CPU seconds that the named spaCy components take for `documents`; none with a stand-in."""
        if self._analyse:
            return 0.0
        present = [name for name in components if self.language.has_pipe(name)]
        stage = [self.language.get_pipe(name) for name in present]
        seconds = 0.0
        with self.language.select_pipes(disable=present):
            for doc in nlp.annotate(self.language, list(documents), self.settings.batch_size):
                start = time.process_time()
                for component in stage:
                    component(doc)
                seconds += time.process_time() - start
        return seconds

    def configuration(self) -> dict[str, str]:
        """What the run was made with."""
        return {
            "kg": __version__,
            "profile": self.settings.profile.value,
            "spacy_model": self.settings.spacy_model,
        }

    def _timed(self, documents: Sequence[Document], results: Iterator[T]) -> Iterator[T]:
        """`results` with the CPU time of this process that each took to come."""
        self.tally.documents += len(documents)
        self.tally.words += sum(len(document.text.split()) for document in documents)
        while True:
            start = time.process_time()
            try:
                result = next(results)
            except StopIteration:
                return
            finally:
                self.tally.seconds += time.process_time() - start
            yield result
