"""SHACL engines behind one signature: N-Triples in, results out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import shacl
from rdflib import SH, BNode, Graph, Literal
from rdflib.term import Node

from kg.errors import KgError
from kg.ontology import ontology_dir


class Result(NamedTuple):
    """One violation.  Terms are given by their lexical forms, "" where there is none."""

    focus: str  # an IRI; a blank node or literal as in N-Triples
    path: str  # IRI of the property, after "^" where it is followed backwards
    value: str  # "" also where it is the focus itself
    component: str  # local name of the constraint component, such as "MinCountConstraintComponent"
    shape: str  # IRI
    words: str  # the shape's message


Engine = Callable[[str], Iterator[Result]]


def fast(triples: str) -> Iterator[Result]:
    """The `shacl` engine, which compiles the shapes once."""
    for result in _compiled(_shapes()).validate_text(triples, "ntriples").results:
        yield Result(
            focus=_bare(result.focus_node) if result.focus_node.startswith("<") else result.focus_node,
            path=_bare(result.path or ""),
            value=(result.path and result.value_plain) or "",
            component=result.component,
            shape=_bare(result.source_shape or ""),
            words=result.message or "",
        )


def reference(triples: str) -> Iterator[Result]:
    """pySHACL: much slower; what the fast engine is compared with."""
    try:
        import pyshacl
    except ImportError as error:
        raise KgError("the engine 'pyshacl' is not installed; run: pip install pyshacl") from error
    data = Graph().parse(data=triples, format="nt")
    _, found, _ = pyshacl.validate(data, shacl_graph=Graph().parse(_shapes(), format="turtle"))
    for node in found.objects(None, SH.result):  # not those nested in sh:detail
        path = _path(found, found.value(node, SH.resultPath))
        yield Result(
            focus=_focus(found.value(node, SH.focusNode)),
            path=path,
            value=_text(found.value(node, SH.value)) if path else "",
            component=_text(found.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH)),
            shape=_text(found.value(node, SH.sourceShape)),
            words=_text(found.value(node, SH.resultMessage)),
        )


ENGINES: dict[str, Engine] = {"shacl": fast, "pyshacl": reference}


def _shapes() -> Path:
    return ontology_dir() / "shapes.ttl"


@cache
def _compiled(path: Path) -> shacl.Shapes:
    return shacl.Shapes.from_file(str(path))


def _bare(term: str) -> str:
    return term.replace("<", "").replace(">", "")


def _focus(term: Node | None) -> str:
    return term.n3() if isinstance(term, BNode | Literal) else _text(term)


def _text(term: Node | None) -> str:
    return "" if term is None else str(term)


def _path(found: Graph, path: Node | None) -> str:
    inverse = None if path is None else found.value(path, SH.inversePath)
    return _text(path) if inverse is None else f"^{inverse}"
