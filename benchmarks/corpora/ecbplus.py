"""ECB+: mentions of events, times and places in news clustered by topic, in the sentences that were validated."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from benchmarks.corpora import locate
from benchmarks.corpora.tokens import Joined, join
from benchmarks.metrics import Offsets

DEV_TOPICS = frozenset({2, 5, 12, 18, 21, 23, 34, 35})
_NEGATED = "NEG_"
_CLASSES = ("ACTION", "TIME", "LOC", "HUMAN_PART")
_FINAL = ".?!”\"'’"
_ADDRESSES = ("http", "www")  # how a sentence starts that is the address of the page


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an event, a time, a place or an actor.

    `tag` is the corpus' own without "NEG_", which `negated` tells.  The spans are the pieces of a
    mention that other words break up; the instance is unique to the mention where the corpus names none.
    """

    tag: str
    spans: tuple[Offsets, ...]
    instance: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A text, its validated stretches, and the mentions in them."""

    name: str
    topic: int
    text: str
    validated: tuple[Offsets, ...]
    mentions: tuple[Mention, ...]

    def of(self, kind: str) -> list[Mention]:
        """The mentions whose tag starts with `kind`: "ACTION", "TIME", "LOC" or "HUMAN_PART"."""
        return [mention for mention in self.mentions if mention.tag.startswith(kind)]


def articles(part: str) -> Iterator[Article]:
    """Articles of the "train" or "dev" topics that have validated sentences."""
    validated = _validated()
    for folder in sorted(locate("ecbplus", "ECB+").iterdir(), key=lambda path: int(path.name)):
        topic = int(folder.name)
        if (topic in DEV_TOPICS) == (part == "dev"):
            for path in sorted(folder.glob("*.xml"), key=_order):
                sentences = validated.get((topic, path.stem.split("_", 1)[1]))
                if sentences:
                    yield _article(path, topic, sentences)


def _order(path: Path) -> tuple[str, int]:
    number, corpus = re.findall(r"_(\d+)(\w+)", path.stem)[0]
    return corpus, int(number)


def _validated() -> dict[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    with locate("ecbplus", "ECBplus_coreference_sentences.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[int(row["Topic"]), row["File"].strip()].add(int(row["Sentence Number"]))
    return found


def _article(path: Path, topic: int, sentences: set[int]) -> Article:
    root = ET.parse(path).getroot()
    text, places, sentence_of = _layout(root)
    stretches: dict[int, list[Offsets]] = defaultdict(list)
    for token, place in places.items():
        stretches[sentence_of[token]].append(place)
    validated = tuple((s[0][0], s[-1][1]) for n, s in sorted(stretches.items()) if n in sentences)
    instances = _instances(root)
    mentions = []
    for mark in root.find("Markables") or ():
        anchors = [anchor.attrib["t_id"] for anchor in mark.iter("token_anchor")]
        tag = mark.tag.removeprefix(_NEGATED)
        if anchors and tag.startswith(_CLASSES) and sentence_of[anchors[0]] in sentences:
            key = mark.attrib["m_id"]
            spans = _pieces([places[anchor] for anchor in anchors], text)
            instance = instances.get(key, f"{path.stem}#{key}")
            mentions.append(Mention(tag, spans, instance, tag != mark.tag))
    return Article(path.stem, topic, text, validated, tuple(mentions))


def _layout(root: ET.Element) -> tuple[str, dict[str, Offsets], dict[str, int]]:
    """Running text; a sentence that ends in no mark (a heading, a date) is followed by an empty line.

    The address of the page, which the corpus splits into words, is put together again.
    """
    sentences: dict[int, list[ET.Element]] = defaultdict(list)
    for token in root.iter("token"):
        sentences[int(token.attrib["sentence"])].append(token)
    text = ""
    places: dict[str, Offsets] = {}
    sentence_of: dict[str, int] = {}
    for number, tokens in sorted(sentences.items()):
        words = [token.text or "" for token in tokens]
        joined = _address(words) if words[0].startswith(_ADDRESSES) else join(words, hyphens=True)
        for token, (begin, end) in zip(tokens, joined.places, strict=True):
            places[token.attrib["t_id"]] = len(text) + begin, len(text) + end
            sentence_of[token.attrib["t_id"]] = number
        text += joined.text + (" " if joined.text[-1:] in _FINAL else "\n\n")
    return text.rstrip(), places, sentence_of


def _address(words: list[str]) -> Joined:
    """`words` without spaces between them."""
    ends = list(accumulate(len(word) for word in words))
    return Joined("".join(words), tuple((end - len(word), end) for word, end in zip(words, ends, strict=True)))


def _pieces(places: list[Offsets], text: str) -> tuple[Offsets, ...]:
    pieces: list[Offsets] = []
    for begin, end in sorted(places):
        if pieces and not text[pieces[-1][1] : begin].strip():
            pieces[-1] = pieces[-1][0], end
        else:
            pieces.append((begin, end))
    return tuple(pieces)


def _instances(root: ET.Element) -> dict[str, str]:
    """Mention id -> instance id, from the coreference relations."""
    found = {}
    for relation in root.find("Relations") or ():
        target = relation.find("target")
        name = relation.get("note") or f"{root.get('doc_name')}#{relation.get('r_id')}"
        if target is not None:
            found.update({source.attrib["m_id"]: name for source in relation.iter("source")})
    return found
