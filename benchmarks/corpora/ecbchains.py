"""ECB+ across documents: the articles of one sub-topic, and which of their mentions are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from benchmarks.coreference import Cluster
from benchmarks.corpora.ecbplus import Article

EVENT, ACTOR = "ACTION", "HUMAN_PART"

MentionKey = tuple[str, int]  # an article's name and the mention's place among those of its kind there


def subtopic(article: Article) -> str:
    """The topic and which half of it: "ecb" tells of one seminal event, "ecbplus" of another of the same kind."""
    return f"{article.topic}{article.name.lstrip('0123456789_')}"


def chains(articles: Iterable[Article], kind: str) -> list[Cluster]:
    """The gold chains of one kind over all the articles together, single mentions included."""
    found: dict[str, set[MentionKey]] = defaultdict(set)
    for article in articles:
        for index, mention in enumerate(article.of(kind)):
            found[mention.instance].add((article.name, index))
    return [frozenset(chain) for chain in found.values()]
