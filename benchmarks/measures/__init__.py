"""The measures, by the name that the command line knows them by."""

from __future__ import annotations

from benchmarks.measures import (
    coding,
    comparisons,
    coreference,
    crash,
    endpoint,
    events,
    growth,
    mentions,
    merging,
    names,
    page,
    places,
    relations,
    seeds,
    speed,
    statements,
    store,
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
        crash.MEASURE,
        store.MEASURE,
        endpoint.MEASURE,
        page.MEASURE,
        seeds.MEASURE,
        speed.MEASURE,
    )
}
