"""Places in a report, written as its words with those that are meant in brackets: "had [struck] reserves"."""

from __future__ import annotations

import re

from benchmarks.metrics import Offsets

_ANCHOR = re.compile(r"(?P<before>[^\[\]]*)\[(?P<words>[^\[\]]+)\](?P<after>[^\[\]]*)")


def find(anchor: str, text: str) -> Offsets:
    """Where the bracketed words stand; any white space may stand for a space.

    Raises `ValueError` saying what to mend where the anchor holds no brackets or stands not exactly once in `text`.
    """
    parts = _ANCHOR.fullmatch(anchor)
    if not parts:
        raise ValueError(f"{anchor!r} needs some words in brackets")
    before, words, after = (re.sub(r"(\\ )+", r"\\s+", re.escape(parts[n])) for n in ("before", "words", "after"))
    found = list(re.finditer(rf"(?<!\w){before}(?P<words>{words}){after}(?!\w)", text))
    if len(found) != 1:
        mend = "give it more words around" if found else "copy the words from the report"
        raise ValueError(f"{anchor!r} is found {len(found)} times: {mend}")
    return found[0].span("words")
