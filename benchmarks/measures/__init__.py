"""The measures, by the name that the command line knows them by."""

from __future__ import annotations

from benchmarks.measures import coding, coreference, events, mentions, names, places, speed, statements, verbs
from benchmarks.measures.base import Measure

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        *statements.MEASURES,
        verbs.MEASURE,
        events.MEASURE,
        names.MEASURE,
        *places.MEASURES,
        coding.MEASURE,
        mentions.MEASURE,
        coreference.MEASURE,
        speed.MEASURE,
    )
}
