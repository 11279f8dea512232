"""How a relation is told: as holding, ended, planned, possible or denied, and since and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Token

from kg.model import Modality, Polarity
from kg.nlp.annotations import Bond, TimeNote
from kg.nlp.modality import factuality
from kg.nlp.relations.words import relation_words


class Standing(NamedTuple):
    """What is told of a relation besides who stands in it; `lesser` offices do not lead."""

    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    ended: bool = False
    lesser: bool = False
    start: str = ""
    end: str = ""
    started_by: int | None = None
    ended_by: int | None = None

    def of(self, bond: Bond) -> Bond:
        """`bond` told so."""
        return replace(
            bond,
            polarity=self.polarity,
            modality=self.modality,
            ended=self.ended,
            start=self.start,
            end=self.end,
            started_by=self.started_by,
            ended_by=self.ended_by,
        )

    @property
    def plain(self) -> bool:
        """Whether it is told as a fact."""
        return self.polarity is Polarity.AFFIRMED and self.modality is Modality.ACTUAL

    def among(self, words: Iterable[str]) -> Standing:
        """The same with what `words` before a noun add: "former", "designate", "would-be", "deputy"."""
        listed = relation_words().standing
        result = self
        for word in words:
            if word in listed.ended:
                result = result._replace(ended=True)
            elif word in listed.future:
                result = result._replace(modality=Modality.FUTURE)
            elif word in listed.possible:
                result = result._replace(modality=Modality.POSSIBLE)
            elif word in listed.lesser:
                result = result._replace(lesser=True)
        return result

    def since(self, note: TimeNote | None) -> Standing:
        """The same with the bounds of a stretch of time: "since 2010", "from 1999 to 2005"."""
        if note is None:
            return self
        return self._replace(start=note.start or self.start, end=note.end if self.ended else "")


HOLDS = Standing()


def of_clause(verb: Token, lasting: bool = False) -> Standing:
    """How the clause of a verb that states a relation tells it; what was, has ended unless it is `lasting`."""
    told = factuality(verb)
    habit = told.modality is Modality.GENERIC  # "X heads Y" is as good as done
    standing = Standing(told.polarity, Modality.ACTUAL if habit else told.modality)
    if any(c.lower_ == "longer" for c in verb.children) and told.polarity is Polarity.NEGATED:
        return Standing(ended=True)
    return standing if lasting or not past(verb) else standing._replace(ended=True)


def past(verb: Token) -> bool:
    """Whether a finite clause stands in the past tense: "led", "had led", but not "has led" nor "led by"."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if auxiliaries:
        return auxiliaries[0].tag_ == "VBD" or auxiliaries[0].lower_ == "used"
    return verb.tag_ == "VBD"
