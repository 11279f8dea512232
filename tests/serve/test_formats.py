import pyoxigraph as ox
import pytest

from kg.serve import formats


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ("*/*",)),
        ("text/csv", ("text/csv",)),
        ("text/csv;q=0.2, application/json ; q=0.9", ("application/json", "text/csv")),
        ("text/csv;q=0, */*", ("*/*",)),
        ("text/csv;q=much, text/turtle", ("text/turtle",)),
        ("TEXT/CSV;charset=utf-8", ("text/csv",)),
    ],
)
def test_the_best_of_an_accept_header_comes_first(header: str, expected: tuple[str, ...]) -> None:
    assert formats.accepted(header) == expected


def test_the_first_form_that_there_is_counts() -> None:
    assert formats.results(("text/html", "text/csv", "*/*")) == ox.QueryResultsFormat.CSV
    assert formats.results(("text/*",)) == ox.QueryResultsFormat.CSV
    assert formats.results(("*/*",)) == ox.QueryResultsFormat.JSON
    assert formats.graph(("*/*",)) == ox.RdfFormat.TURTLE
    assert formats.results(("image/png",)) is None
    assert formats.graph(("image/*",)) is None
