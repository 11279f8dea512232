"""Writes docs/ontology.md from ontology/kg.ttl:  python docs/generate.py"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.graph import PREFIXES
from kg.ontology import Class, Property, Vocabulary, load_vocabulary

PAGE = Path(__file__).parent / "ontology.md"

HEAD = """# The vocabulary

Generated from `ontology/kg.ttl` by `python docs/generate.py`; edit that file, not this page.

Names without a prefix are in `kg:`, <https://w3id.org/newskg#>. Event types are concepts of the scheme in
`ontology/types.ttl`, in `kgt:`, <https://w3id.org/newskg/type#>.

## Where things stand

| named graph | what it holds |
|---|---|
| `<doc>/source` | the document, its sections and spans, the actors and places in it, the activity that read it |
| `<doc>/narrative` | what the publisher asserts in its own voice: events, statements, relations with their plain triples |
| `<doc>/claims` | what stands only in attributed words: claimed events, statements inside statements, claimed relations |
| `<base>identity` | what was decided across documents: canonical names, coordinates, judgements, comparisons |

| resource | IRI |
|---|---|
| document | `<base>doc/<id>` |
| span | `<doc>#char=<begin>,<end>` |
| event, statement, relation | `<doc>/<kind>/<offsets>` |
| participation, quantity | `<event>/<role>/<filler>`, `<event>/quantity/<offsets>` |
| actor, place | `<base><kind>/<name>`, shared by documents; `<doc>/entity/<offsets>` where its name does not tell it from others |
| judgement, comparison | `<base>judgement/<hash>`, `<base>conflict/<hash>` or `<base>agreement/<hash>` |
| activity | `<base>activity/<hash of version and settings>` |

## Terms of other vocabularies

| term | said of | meaning |
|---|---|---|
| `rdf:type` | everything | its class; actors and places have their most special one only |
| `rdfs:label` | document, event, statement, relation, quantity, comparison, activity | a readable name |
| `skos:prefLabel`, `skos:altLabel` | actor, place | the canonical name; other names as seen |
| `skos:exactMatch` | place | its GeoNames IRI |
| `wgs84_pos:lat`, `wgs84_pos:long`, `geo:asWKT` | place | where it lies |
| `nif:isString` | document | the text, unchanged |
| `nif:beginIndex`, `nif:endIndex` | span | code points before its first and before its end |
| `nif:anchorOf`, `nif:referenceContext` | span | its characters; its document |
| `schema:identifier`, `schema:headline`, `schema:publisher`, `schema:author`, `schema:dateline` | document | its id; what the source says in words |
| `schema:datePublished`, `schema:url`, `schema:inLanguage` | document | `xsd:date` or coarser; `xsd:anyURI`; language code |
| `schema:value`, `schema:minValue`, `schema:maxValue`, `schema:unitText` | quantity | the number or its bounds; the unit |
| `rdf:subject`, `rdf:predicate`, `rdf:object` | relation | the triple that is told or claimed |
| `rdfs:comment` | judgement, comparison | the evidence or reason in words |
| `prov:wasDerivedFrom` | event, statement, relation, participation, quantity | the spans that say so |
| `prov:wasDerivedFrom` | actor, place | the documents that mention it |
| `prov:wasGeneratedBy` | document, actor, place, event, statement, relation | the activity that extracted it |
| `prov:used`, `schema:softwareVersion` | activity | the documents that it read; the version of the program |
"""  # noqa: E501 - a row of a Markdown table is one line


def page(vocabulary: Vocabulary) -> str:
    """The whole page."""
    named = [term for term in vocabulary.classes.values() if not term.members]
    closed = [term for term in vocabulary.classes.values() if term.members]
    return "\n".join(
        [
            HEAD,
            *_table("Classes", ("class", "kind of", "what it is"), map(_class_row, named)),
            *_table(
                "Properties",
                ("property", "from", "to", "kind of", "meaning"),
                map(_property_row, vocabulary.properties.values()),
            ),
            *_table("Values", ("class", "value", "meaning"), _value_rows(vocabulary, closed)),
            *_table("Prefixes", ("prefix", "namespace"), ((f"`{p}:`", f"<{n}>") for p, n in PREFIXES.items())),
        ]
    )


def _class_row(term: Class) -> tuple[str, ...]:
    return f"`{term.name}`", _names(term.parents), term.comment


def _property_row(term: Property) -> tuple[str, ...]:
    near = f" (near {_names(term.see_also)})" if term.see_also else ""
    return f"`{term.name}`", _names(term.domain), _names(term.range), _names(term.parents), term.comment + near


def _value_rows(vocabulary: Vocabulary, closed: list[Class]) -> Iterator[tuple[str, ...]]:
    for group in closed:
        for name in group.members:
            yield f"`{group.name}`", f"`{name}`", vocabulary.individuals[name].comment


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield _line(head)
    yield _line("---" for _ in head)
    yield from (_line(cell.replace("|", "\\|") for cell in row) for row in rows)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(load_vocabulary()), "utf-8")
