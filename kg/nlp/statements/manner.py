"""How it is said: stance, directness and medium; `negation` tells whether it is said at all."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from kg.model import Quotation, Stance
from kg.nlp.annotations import Stretch
from kg.nlp.statements.complements import has_to
from kg.nlp.statements.lexis import lexis
from kg.nlp.statements.negation import polarity, saying, unspoken
from kg.nlp.statements.report import Report
from kg.nlp.statements.sources import medium_noun
from kg.nlp.statements.spans import is_word

__all__ = ["clear", "medium", "polarity", "quotation", "stance", "vouched"]

_MARKS = frozenset({'"', "''", "``"})
_MEANINGFUL = frozenset({"NOUN", "ADJ", "PROPN"})
_GOVERNED = frozenset({"dobj", "acomp", "oprd"})
_DEEP = 8  # steps up the parse; cues are short


def stance(doc: Doc, report: Report, content: list[Stretch]) -> Stance:
    """What the cue does, by the lexicon's words in it, the most telling first.

    A phrase ("cast doubt on"), the head with its preposition ("call for") or the infinitive that it governs ("ask X to
    leave"), the head alone; then, where the head does not simply say, whatever else has a meaning in the cue.
    """
    if unspoken(doc, report, content):
        return Stance.ASSERTS
    found = _phrase_stance(doc, report, content) or _head_stance(doc, report)
    if found in (None, Stance.BELIEVES):
        found = _stance_within(doc, report, found) or found
    if found is Stance.BELIEVES and _spoken(doc, report, content[0]):
        return Stance.ASSERTS
    return found or Stance.ASSERTS


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], Stance]]]:
    """Entries of several words by their first, the longest first."""
    entries = [(tuple(word.split("_")), stance) for word, stance in lexis().stances.items() if "_" in word]
    by_first: dict[str, list[tuple[tuple[str, ...], Stance]]] = {}
    for words, stance in sorted(entries, key=lambda entry: -len(entry[0])):
        by_first.setdefault(words[0], []).append((words, stance))
    return by_first


def _phrase_stance(doc: Doc, report: Report, content: list[Stretch]) -> Stance | None:
    """The stance of the longest entry whose words all stand, in order, in the cue or right under its head."""
    cue = _with_complements(doc, report)
    infinitive = _bidden(doc, report, content[-1])
    bidden = ("to", _lemma(infinitive)) if infinitive is not None else ()
    best: tuple[tuple[str, ...], Stance] | None = None
    for place, token in enumerate(cue):
        for words, stance in _phrases().get(_lemma(token), ()):
            if (best is None or len(words) > len(best[0])) and _stand(words[1:], cue[place + 1 :], bidden):
                best = (words, stance)
    return best[1] if best else None


@cache
def _objects() -> frozenset[str]:
    """The words that may follow the first in an entry of several words."""
    return frozenset(word for entries in _phrases().values() for words, _ in entries for word in words[1:])


def _with_complements(doc: Doc, report: Report) -> list[Token]:
    """The cue's words, and what goes with them where the cue is the verb alone: "pointed [the] finger at"."""
    cue = list(doc[report.cue.start : report.cue.end])
    end = report.cue.end
    for child in doc[report.head].rights:
        adjacent = child.dep_ in ("prep", "prt") and child.i == end
        if child.i >= end and (adjacent or (child.dep_ in _GOVERNED and _lemma(child) in _objects())):
            cue.append(child)
            cue += [word for word in child.rights if word.dep_ == "prep" and word.i == child.i + 1]
            end = child.right_edge.i + 1
    return cue


def _stand(words: tuple[str, ...], cue: list[Token], bidden: tuple[str, ...]) -> bool:
    """Whether `words` follow one another in `cue` and what it governs."""
    rest = iter([*((token.lower_, _lemma(token)) for token in cue), *((word, word) for word in bidden)])
    return all(any(word in forms for forms in rest) for word in words)


def _head_stance(doc: Doc, report: Report) -> Stance | None:
    stances = lexis().stances
    for word in (report.word, report.word.partition("_")[0]):
        if word in stances:
            return stances[word]
    return _word_stance(doc[report.head])


def _stance_within(doc: Doc, report: Report, found: Stance | None) -> Stance | None:
    """The stance of another word: of a verb that the head introduces, else of the noun or adjective nearest to it."""
    others = [token for token in doc[report.cue.start : report.cue.end] if token.i != report.head]
    verbs = [token for token in reversed(others) if token.pos_ == "VERB" and token.dep_ not in ("conj", "relcl")]
    told = [stance for token in verbs if (stance := _word_stance(token)) is not None]
    if found is None and not _says(doc[report.head], report.word):
        told = [*told, *_nominal_stances(doc, report, others)]
    strong = next((stance for stance in told if stance is not Stance.BELIEVES), None)
    return strong or (told[0] if told and found is None else None)


def _nominal_stances(doc: Doc, report: Report, words: list[Token]) -> list[Stance]:
    """Of nouns and adjectives, nearest to the head first; with the object of a light verb: "voiced concern"."""
    if report.word in lexis().light:
        words = words + [child for child in doc[report.head].rights if child.dep_ == "dobj" and child not in words]
    nominal = sorted((token for token in words if token.pos_ in _MEANINGFUL), key=lambda token: _depth(token, report))
    return [stance for token in nominal if (stance := _word_stance(token)) is not None]


def _says(head: Token, word: str) -> bool:
    """Whether the head is a verb that says something by itself: "answered questions" asks nothing."""
    lex = lexis()
    bare = word.partition("_")[0]
    return head.pos_ == "VERB" and bare in lex.clause and bare not in lex.light and bare not in lex.carrier


def _depth(token: Token, report: Report) -> int:
    """How far below the cue's head a word hangs."""
    for depth in range(_DEEP):
        if token.i == report.head or token.head == token:
            return depth
        token = token.head
    return _DEEP


def _word_stance(token: Token) -> Stance | None:
    """By the lemma, or by what a tagger makes of a form that it does not know: "hop" for "hoping"."""
    stances = lexis().stances
    lemma = _lemma(token)
    forms = (lemma, token.lower_, lemma + "e", lemma.removesuffix("e"), token.lower_.removesuffix("ed"))
    return next((stances[form] for form in forms if form in stances), None)


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _spoken(doc: Doc, report: Report, first: Stretch) -> bool:
    """Whether the words are quoted as spoken, not as a phrase of the clause: "..., she concluded"."""
    opened = doc[first.start].text in _MARKS
    if opened or first.start == 0:
        return opened and (first.start < report.head or doc[first.start - 1].is_punct)
    return doc[first.start - 1].text in _MARKS and first.start < report.head


def _bidden(doc: Doc, report: Report, content: Stretch) -> Token | None:
    """The infinitive that is the content, with the object that is to do it or without."""
    if content.start <= report.head:
        return None
    words = doc[content.start : content.end]
    governors = (report.head, words.root.i) if words.root.pos_ in ("NOUN", "PROPN", "PRON") else (report.head,)
    return next((token for token in words if token.head.i in governors and has_to(token)), None)


def quotation(doc: Doc, content: list[Stretch], quoted: bytearray) -> Quotation:
    """Direct when every word is in quote marks, mixed when some are."""
    words = [i for start, end in content for i in range(start, end) if is_word(doc[i])]
    inside = sum(quoted[i] for i in words)
    if not inside:
        return Quotation.INDIRECT
    return Quotation.DIRECT if inside == len(words) else Quotation.MIXED


def vouched(doc: Doc, report: Report, content: list[Stretch], direct: Quotation) -> bool:
    """Whether the publisher itself tells the content: an act or intention, or what an attitude is about.

    Not so what is said within it: "refused to admit that ...", "blamed Y for starting the fire".  So too the object of
    a cue that only the trained model takes for one: "ignored the order".
    """
    lex = lexis()
    if direct == Quotation.DIRECT or report.word in lex.hearsay:
        return False
    word = report.word.partition("_")[0]
    words = doc[content[0].start : content[0].end]
    infinitive = doc[content[-1].start : content[-1].end]
    if infinitive[0].tag_ == "TO" and report.impersonal and not report.source:
        return word in lex.passives
    if words[0].tag_ == "TO":
        return word in lex.acts and not (saying(words.root) and _says_something(words.root))
    charged = any(token.dep_ in ("pcomp", "ccomp") for start, end in content for token in doc[start:end])
    attitude = word in lex.attitudes or not any(_reports(token) for token in doc[report.cue.start : report.cue.end])
    return attitude and words.root.pos_ in ("NOUN", "PROPN", "PRON") and not charged


def _says_something(verb: Token) -> bool:
    """ "Refused to admit guilt"; not "refused to concede" """
    return any(child.dep_ != "punct" for child in verb.rights)


def _reports(token: Token) -> bool:
    """Whether the lexicon knows a word of a cue."""
    lex = lexis()
    lemma = _lemma(token)
    return lemma in lex.verbs or lemma in lex.nouns or lemma in lex.fronted or _word_stance(token) is not None


def clear(doc: Doc, report: Report, quotation: Quotation) -> bool:
    """Whether this is plainly a report; one without a source must quote, be a passive, or use a word of hearsay."""
    if quotation != Quotation.INDIRECT:
        return True
    if report.source:  # "it is safe to say that ..."
        expletive = report.speaker is not None and report.speaker.lower_ == "it"
        return not (expletive and doc[report.cue.start].tag_ == "TO")
    return report.impersonal or report.word in lexis().hearsay


def medium(doc: Doc, report: Report) -> str:
    """What carried the words: "video statement on social media", "Telegram"; "" when not said."""
    head = doc[report.head]
    if head.dep_ == "acl" and head.head.lemma_.lower() in lexis().media:
        return _phrase(head.head)
    behind = max((part.end for part in report.source), default=0)
    after_source = [token for token in doc[behind : behind + 2] if token.i > report.head]
    for token in [*head.children, *after_source]:
        noun = medium_noun(token)
        if noun is not None:
            return _phrase(noun)
    for thing in head.rights:  # "told a news conference", "issued a statement saying"
        if thing.dep_ == "dobj" and thing.pos_ == "NOUN" and thing.lemma_.lower() in lexis().media:
            return _phrase(thing) if thing.i in report.cue or report.word in lexis().addressed else ""
    return ""


def _phrase(noun: Token) -> str:
    left = [child for child in noun.lefts if child.dep_ in ("compound", "amod", "nmod")]
    start = left[0].left_edge.i if left else noun.i
    end = _place_end(noun)
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.i == noun.i + 1:  # "a video posted on Telegram"
            end = max(end, _place_end(child)) if _place_end(child) > child.i + 1 else end
    return " ".join(noun.doc[start:end].text.split())


def _place_end(word: Token) -> int:
    """After what follows `word` at once and names the place or the other side: "on Facebook", "with the BBC"."""
    for child in word.rights:
        noun = next((noun for noun in child.rights if noun.dep_ == "pobj"), None)
        if child.dep_ == "prep" and child.i == word.i + 1 and noun is not None and _carries(word, child, noun):
            return noun.i + 1
    return word.i + 1


def _carries(word: Token, preposition: Token, noun: Token) -> bool:
    """Whether "on" names where a text appeared, not its day or topic; "with", the other side of a conversation."""
    if preposition.lower_ == "with":
        return word.lemma_.lower() in lexis().conversations
    timely = noun.ent_type_ in ("DATE", "TIME")
    return (
        preposition.lower_ == "on" and not timely and (noun.pos_ == "PROPN" or noun.lemma_.lower() in lexis().carriers)
    )
