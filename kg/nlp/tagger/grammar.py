"""What the parse says of each token, as small numbers: its part of speech, its relation, and the clauses it is in.

How far a reported clause reaches is a matter of grammar, which a small encoder sees only dimly.  So each token brings
the relation of the innermost clause that it stands in and of the outermost one below the main clause, and which
words govern those two ("said" for all that was said).
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from kg.nlp.tagger.labels import Ints

# The schemes of spaCy's English pipelines; whatever else a pipeline says counts as "other" (0).
TAGS = (
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ", "JJR",
    "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM",
    "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``",
)  # fmt: skip
RELATIONS = (
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta",
    "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj",
    "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
SUBORDINATE = ("acl", "advcl", "ccomp", "csubj", "csubjpass", "parataxis", "pcomp", "relcl", "xcomp")
_CLAUSES = ("ROOT", "conj", *SUBORDINATE)
_TAG_IDS, _RELATION_IDS, _CLAUSE_IDS = (
    {name: i for i, name in enumerate(names, 1)} for names in (TAGS, RELATIONS, _CLAUSES)
)

FIELDS = 4  # part of speech, relation, innermost clause, outermost clause
SIZES = (len(TAGS) + 1, len(RELATIONS) + 1, len(_CLAUSES) + 1, len(_CLAUSES) + 1)
GOVERNORS = 2  # of the innermost and of the outermost clause


class Grammar:
    """Of each token of a Doc `FIELDS` numbers, each below its size in `SIZES`, and `GOVERNORS` tokens (-1 for none)."""

    def __init__(self, doc: Doc) -> None:
        tags, relations = [token.tag_ for token in doc], [token.dep_ for token in doc]
        heads = [token.head.i for token in doc]
        clauses = _clauses(heads, relations, tags)
        kinds = [[_id(_CLAUSE_IDS, relations[head]) if head >= 0 else 0 for head in pair] for pair in clauses]
        words = [[_id(_TAG_IDS, tag), _id(_RELATION_IDS, rel)] for tag, rel in zip(tags, relations, strict=True)]
        governors = [[heads[head] if head >= 0 and heads[head] != head else -1 for head in pair] for pair in clauses]
        self.begins: Ints = np.asarray([token.idx for token in doc], dtype=np.int64)
        fields = [w + k for w, k in zip(words, kinds, strict=True)]
        self.fields: Ints = np.asarray(fields, dtype=np.int64).reshape(-1, FIELDS)
        self.governors: Ints = np.asarray(governors, dtype=np.int64).reshape(-1, GOVERNORS)


def _clauses(heads: list[int], relations: list[str], tags: list[str]) -> list[tuple[int, int]]:
    """Of each token the head of its innermost clause, and of the outermost one below the main clause (-1 for none).

    A verb joined to another begins a clause of its own, but not a deeper one.
    """
    found: list[tuple[int, int] | None] = [None] * len(heads)
    for start in range(len(heads)):
        path = []
        at = start
        while found[at] is None and heads[at] != at:
            path.append(at)
            at = heads[at]
        above = found[at] or (at, -1)
        found[at] = above
        for step in reversed(path):
            inner, outer = above
            if relations[step] in SUBORDINATE:
                inner, outer = step, step if outer < 0 else outer
            elif relations[step] == "conj" and tags[step].startswith(("V", "MD")):
                inner = step
            above = (inner, outer)
            found[step] = above
    return [pair or (-1, -1) for pair in found]


def _id(ids: dict[str, int], name: str) -> int:
    return ids.get(name, 0)
