"""What the modules that find reporting constructions hand to those that settle their extent."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.nlp.annotations import Stretch

_NEAR = 10  # tokens that may stand between cue and source in one "X said"


@dataclass(slots=True)
class Report:
    """A reporting construction as the grammar shows it, before quotes are linked to it.

    ``head`` is the token that heads the cue and ``word`` its entry in the lexicon.  ``content`` may be empty for a
    cue that can stand beside a quote (``quotable``).  ``speaker`` heads the source; ``hearer`` heads the addressee.
    ``impersonal`` marks passives and verbs of seeming, which report though they name nobody; ``certain`` what the
    trained model takes for a report; ``firm`` what its reading does not change.
    """

    head: int
    word: str
    cue: Stretch
    content: list[Stretch] = field(default_factory=list)
    source: list[Stretch] = field(default_factory=list)
    speaker: Token | None = None
    quotable: bool = False
    hearer: Token | None = None
    impersonal: bool = False
    certain: bool = False
    firm: bool = False

    @property
    def box(self) -> Stretch:
        """From the first to the last word of cue and source; a source elsewhere in the sentence is left out."""
        near = [part for part in self.source if max(part.start - self.cue.end, self.cue.start - part.end) <= _NEAR]
        parts = [self.cue, *near]
        return Stretch(min(part.start for part in parts), max(part.end for part in parts))

    def share_source(self, other: Report) -> None:
        """Take the source of `other`, for a participle or second verb of the same speaker."""
        if self.certain and self.source:
            return
        self.source, self.speaker = list(other.source), other.speaker
