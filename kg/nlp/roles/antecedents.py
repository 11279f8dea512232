"""What the pronouns among the arguments stand for, where the same sentence names it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.model import MentionKind
from kg.nlp.annotations import clusters_of, mentions_of
from kg.nlp.roles.adjuncts import Argument
from kg.nlp.roles.phrases import phrase

_KNOWN = "kg_antecedents"  # key of the Doc's user data
_PRONOUNS = ("PRP", "PRP$")


def antecedents(doc: Doc, arguments: Iterable[Argument]) -> Iterator[Argument]:
    """ "Troops said they had fled": the noun that a pronoun refers to, the nearest before it in its sentence."""
    for argument in arguments:
        token = doc[argument.head]
        if token.tag_ not in _PRONOUNS:
            continue
        named = _named(doc).get(token.i, [])
        last = bisect_left(named, token.i) - 1
        if last >= 0 and named[last] >= token.sent.start:
            noun = doc[named[last]]
            yield replace(argument, head=noun.i, stretch=phrase(noun), function="antecedent", inherited=True)


def _named(doc: Doc) -> dict[int, list[int]]:
    """Head of each pronoun -> heads of the other mentions of its entity that are no pronouns; once a document."""
    known: dict[int, list[int]] | None = doc.user_data.get(_KNOWN)
    if known is None:
        known = doc.user_data[_KNOWN] = {}
        mentions = mentions_of(doc)
        for cluster in clusters_of(doc):
            pronouns = [mentions[m].head for m in cluster.mentions if mentions[m].form is MentionKind.PRONOUN]
            nouns = sorted(mentions[m].head for m in cluster.mentions if mentions[m].form is not MentionKind.PRONOUN)
            known |= dict.fromkeys(pronouns, nouns)
    return known
