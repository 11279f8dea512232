"""Search and lists: what is found by words or names, and in which order the answers to questions begin.

`Index` is the file, `catch_up` brings it up to date with a shelf.
"""

from kg.search.catching import Catching, canonical_rows, catch_up, document_rows
from kg.search.index import EVENT, FILE, KINDS, NAME, STATEMENT, TITLE, Hit, Index, Row
from kg.search.lists import Wanted

__all__ = [
    "EVENT",
    "FILE",
    "KINDS",
    "NAME",
    "STATEMENT",
    "TITLE",
    "Catching",
    "Hit",
    "Index",
    "Row",
    "Wanted",
    "canonical_rows",
    "catch_up",
    "document_rows",
]
