"""What servers do differently where the standard leaves it open, told by the name that they give themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pyoxigraph as ox

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Dialect(NamedTuple):
    """How one kind of server is asked; the defaults suit any."""

    options: Mapping[str, str] = _NOTHING  # which make the default graph the union of all
    every: str = "GRAPH ?g { ?s ?p ?o }"  # binds ?g to the names of all graphs
    whole: bool = False  # an update of many operations is one transaction, of any size
    cuts: bool = False  # what a CONSTRUCT gives may be cut short without a word
    excludes: bool = False  # graphs can be left out of the union
    mend: str = "set it up so that its default graph is the union of all graphs"

    def without(self, graphs: Iterable[str]) -> str:
        """What a query begins with that is not to see these graphs."""
        kinds = ("default", "named")
        return "".join(f"define input:{kind}-graph-exclude {ox.NamedNode(name)}\n" for name in graphs for kind in kinds)


ANY = Dialect()
_KNOWN = {
    "oxigraph": Dialect(
        options=MappingProxyType({"union-default-graph": ""}),
        every="GRAPH ?g {} FILTER EXISTS { GRAPH ?g { ?s ?p ?o } }",  # emptied ones are remembered
        whole=True,
        mend="start it with --union-default-graph",
    ),
    "virtuoso": Dialect(cuts=True, excludes=True),
}


def dialect(software: str) -> Dialect:
    """The dialect of a server that calls itself so, in lower case."""
    return next((known for name, known in _KNOWN.items() if name in software), ANY)


_GEOMETRY = ox.NamedNode("http://www.openlinksw.com/schemas/virtrdf#Geometry")
_WKT = ox.NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")


def restored(term: Any) -> Any:
    """A term as it was written: Virtuoso gives geometries a type of its own."""
    if isinstance(term, ox.Literal) and term.datatype == _GEOMETRY:
        return ox.Literal(term.value, datatype=_WKT)
    return term
