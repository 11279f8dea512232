"""What a finished graph must satisfy beyond what SHACL can say: characters, named graphs, reification.

Where a pattern names a hub (a person, a role), MINUS is a hash join; NOT EXISTS would visit the hub for each row.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Template
from typing import NamedTuple

import pyoxigraph as ox

from kg.graph import PREFIXES
from kg.ontology import load_vocabulary
from kg.store import Store, Term
from kg.validate.engines import Result

SHAPES = "https://w3id.org/newskg/shapes#"  # checks are named in the namespace of the shapes


class Check(NamedTuple):
    """A named rule.

    `query` selects ?focus, and ?value or ?path and ?value, for each breach; $ROLES and $RELATIONS stand for the
    properties below kg:role and kg:relation.
    """

    name: str
    words: str  # completes a sentence that begins with the focus
    query: str


CHECKS = (
    Check(
        "event-graph",
        "is an event, which the publisher asserts, and must stand in its document's narrative graph",
        """SELECT ?focus (STR(?graph) AS ?value) WHERE {
            GRAPH ?graph { ?focus a kg:Event } FILTER (!STRENDS(STR(?graph), "/narrative")) }""",
    ),
    Check(
        "claim-graph",
        "is known only from a claim and must stand in its document's claims graph",
        """SELECT ?focus (STR(?graph) AS ?value) WHERE {
            GRAPH ?graph { ?focus a kg:ClaimedEvent } FILTER (!STRENDS(STR(?graph), "/claims")) }""",
    ),
    Check(
        "nested-graph",
        "is a statement inside another and must stand in its document's claims graph",
        """SELECT ?focus (STR(?graph) AS ?value) WHERE {
            ?outer kg:reports ?focus .
            GRAPH ?graph { ?focus a kg:Statement } FILTER (!STRENDS(STR(?graph), "/claims")) }""",
    ),
    Check(
        "claimed-triple",
        "stands in a lasting relation asserted in a claims graph, where none may be",
        """SELECT ?focus ?path ?value WHERE {
            VALUES ?path { $RELATIONS } GRAPH ?graph { ?focus ?path ?value }
            FILTER (STRENDS(STR(?graph), "/claims")) }""",
    ),
    Check(
        "relation-evidence",
        "stands in a lasting relation without a kg:Relation beside it that holds and points at the words",
        """SELECT ?focus ?path ?value WHERE {
            VALUES ?path { $RELATIONS } GRAPH ?graph { ?focus ?path ?value }
            FILTER (STRENDS(STR(?graph), "/narrative"))
            FILTER NOT EXISTS { GRAPH ?graph {
                ?relation rdf:subject ?focus ; rdf:predicate ?path ; rdf:object ?value }
                FILTER NOT EXISTS { ?relation kg:polarity|kg:modality|kg:ended ?proviso } } }""",
    ),
    Check(
        "narrated-triple",
        "is a relation that holds, in a narrative graph, and must have its plain triple beside it",
        """SELECT ?focus ?path ?value WHERE {
            GRAPH ?graph { ?focus a kg:Relation ; rdf:subject ?s ; rdf:predicate ?path ; rdf:object ?value }
            FILTER (STRENDS(STR(?graph), "/narrative"))
            FILTER NOT EXISTS { ?focus kg:polarity|kg:modality|kg:ended ?proviso }
            FILTER NOT EXISTS { GRAPH ?graph { ?s ?path ?value } } }""",
    ),
    Check(
        "claimed-relation",
        "is not asserted by the publisher and must be reported by a statement",
        """SELECT ?focus WHERE {
            GRAPH ?graph { ?focus a kg:Relation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
            FILTER (STRENDS(STR(?graph), "/claims")
                || NOT EXISTS { ?focus kg:polarity|kg:modality|kg:ended ?proviso })
            FILTER NOT EXISTS { ?s ?p ?o } FILTER NOT EXISTS { ?statement kg:reports ?focus } }""",
    ),
    Check(
        "role-evidence",
        "has a role filler without a participation that points at the words",
        """SELECT ?focus ?path ?value WHERE {
            VALUES ?path { $ROLES } ?focus ?path ?value .
            MINUS { ?part kg:inEvent ?focus ; kg:roleProperty ?path ; kg:filler ?value } }""",
    ),
    Check(
        "role-triple",
        "is a participation whose event lacks the plain role",
        """SELECT ?focus ?path ?value WHERE {
            ?focus kg:inEvent ?event ; kg:roleProperty ?path ; kg:filler ?value .
            FILTER NOT EXISTS { ?event ?path ?value } }""",
    ),
    Check(
        "symmetry",
        "conflicts or agrees with something that does not say the same of it",
        """SELECT ?focus ?path ?value WHERE {
            VALUES ?path { kg:conflictsWith kg:agreesWith } ?focus ?path ?value .
            FILTER NOT EXISTS { ?value ?path ?focus } }""",
    ),
    Check(
        "comparison",
        "conflicts or agrees with something without a comparison that gives the reason",
        """SELECT ?focus ?path ?value WHERE {
            VALUES (?path ?outcome) { (kg:conflictsWith kg:Conflict) (kg:agreesWith kg:Agreement) }
            ?focus ?path ?value .
            FILTER NOT EXISTS { ?one kg:left ?focus ; kg:right ?value ; kg:outcome ?outcome }
            FILTER NOT EXISTS { ?two kg:left ?value ; kg:right ?focus ; kg:outcome ?outcome } }""",
    ),
)


def beyond_shacl(store: Store) -> Iterator[Result]:
    """Every breach of the checks in `store`."""
    lists = {"ROLES": _listed("role"), "RELATIONS": _listed("relation")}
    for check in CHECKS:
        for row in store.query(Template(check.query).substitute(lists), prefixes=PREFIXES):
            focus, *rest = map(_lexical, row)
            path, value = ("", "", *rest)[-2:]
            yield Result(focus, path, value, check.name, SHAPES + check.name, check.words)
    yield from _anchors(store)


def _lexical(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _anchors(store: Store) -> Iterator[Result]:
    """Spans whose words are not the slice of the text that their indices and IRI name."""
    texts = {row[0].value: row[1].value for row in store.query(_TEXTS, prefixes=PREFIXES)}
    for row in store.query(_SPANS, prefixes=PREFIXES):
        span, document, begin, end, anchor = (term.value for term in row)
        if not (begin.isdigit() and end.isdigit() and document in texts):
            continue  # the shapes complain of these
        if texts[document][int(begin) : int(end)] != anchor:
            yield Result(span, PREFIXES["nif"] + "anchorOf", anchor, "anchor", SHAPES + "anchor", _ANCHOR)
        if span != f"{document}#char={begin},{end}":
            yield Result(span, "", f"[{begin}, {end})", "span-iri", SHAPES + "span-iri", _SPAN_IRI)


def _listed(parent: str) -> str:
    return " ".join(f"kg:{name}" for name in load_vocabulary().below(parent))


_TEXTS = "SELECT ?document ?text WHERE { ?document nif:isString ?text }"
_SPANS = """SELECT ?span ?document ?begin ?end ?anchor WHERE {
    ?span nif:referenceContext ?document ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?anchor }"""
_ANCHOR = "must quote exactly the characters of the text from its begin to its end index"
_SPAN_IRI = "must be named by its document and its begin and end index"
