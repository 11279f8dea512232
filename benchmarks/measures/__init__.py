"""The measures, by the name that the command line knows them by."""

from __future__ import annotations

from benchmarks.measures import (
    coding,
    comparisons,
    coreference,
    events,
    growth,
    mentions,
    merging,
    names,
    places,
    relations,
    seeds,
    speed,
    statements,
    verbs,
)
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
        relations.MEASURE,
        mentions.MEASURE,
        coreference.MEASURE,
        merging.MEASURE,
        *comparisons.MEASURES,
        growth.MEASURE,
        seeds.MEASURE,
        speed.MEASURE,
    )
}
