"""Whether the saying itself is negated: "did not say", "no one confirmed", "declined to comment", "has yet to say"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.model import Polarity
from kg.nlp.annotations import Stretch
from kg.nlp.statements.lexis import lexis, verb_word
from kg.nlp.statements.report import Report

_ATTACHED = frozenset({"neg", "cc", "preconj", "advmod", "det"})
_SLACK = 3  # adverbs and auxiliaries that may stand between "without", "yet to" and the saying
_BY_DEGREES = frozenset({"a", "one", "single"})  # "not one of them said"


def polarity(doc: Doc, report: Report, content: list[Stretch]) -> Polarity:
    """Negated when the saying is; what negates twice affirms: "did not fail to mention"."""
    if unspoken(doc, report, content):
        return Polarity.NEGATED
    marked = _in_cue(doc, report) or _before(doc, report, content) or _subject_negates(doc, report)
    return Polarity.NEGATED if marked != _failed(doc, report) else Polarity.AFFIRMED


def unspoken(doc: Doc, report: Report, content: list[Stretch]) -> bool:
    """ "refused to comment": nothing is said; "refused to leave" denies a demand."""
    refusal = next((token for token in _cue(doc, report) if _word(token) in lexis().refusals), None)
    if refusal is None:
        return False
    if saying(doc[content[-1].start : content[-1].end].root):
        return True
    kept = lexis().untold | lexis().information
    return any(_word(token) in kept for token in doc[refusal.i + 1 : report.cue.end])


def saying(verb: Token) -> bool:
    """ "to admit that ...", "to comment", "to confirm the deal", but not "to recognise the council"."""
    word = verb_word(verb)
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if word in lexis().untold or (thing is not None and _word(thing) in lexis().information):
        return True
    return thing is None and (word in lexis().clause or word in lexis().prepositions)


def _cue(doc: Doc, report: Report) -> Iterator[Token]:
    return iter(doc[report.cue.start : report.cue.end])


def _word(token: Token) -> str:
    return token.lemma_.lower()


def _in_cue(doc: Doc, report: Report) -> bool:
    """A negative word of the cue; "said without elaborating" is said all the same."""
    for token in _cue(doc, report):
        if token.lower_ == "without" and token.i > report.head:
            return False
        if token.lower_ in lexis().negations and not _harmless(token):
            return True
        if _word(token) in lexis().silent or (token.pos_ == "VERB" and _phrased(token, lexis().unsaying_within)):
            return True
    return False


def _harmless(token: Token) -> bool:
    """ "no doubt", "not only", "made no secret of" """
    words = [word.lower_ for word in token.doc[max(0, token.i - 1) : token.i + 3]]
    starts = range(min(token.i, 1) + 1)
    return any(tuple(words[start : start + size]) in lexis().harmless for start in starts for size in (2, 3))


def _before(doc: Doc, report: Report, content: list[Stretch]) -> bool:
    """What negates from outside the cue: "nor did he say", "neither confirmed nor denied", "has yet to say"."""
    head = doc[report.head]
    outside = [
        child for child in head.lefts if child.i < report.cue.start and not any(child.i in part for part in content)
    ]
    if any(child.dep_ in _ATTACHED and _negates(child) for child in outside):
        return True
    if report.cue.start and doc[report.cue.start - 1].lower_ in ("nor", "neither") and head.pos_ in ("VERB", "AUX"):
        return True
    return _phrased(head, lexis().unsaying) or _nowhere(head)


def _negates(token: Token) -> bool:
    return token.lower_ in lexis().negations and not _harmless(token)


def _phrased(head: Token, phrases: frozenset[tuple[str, ...]]) -> bool:
    """One of `phrases` ("short of") before the head, with nothing but its own adverbs and auxiliaries between."""
    doc, end = head.doc, head.i
    for _ in range(_SLACK + 1):
        before = tuple(token.lower_ for token in doc[max(0, end - 2) : end])
        if before in phrases or before[1:] in phrases:
            return True
        last = doc[end - 1] if end else None
        if last is None or last.head != head or last.dep_ not in ("aux", "auxpass", "advmod", "neg"):
            return False
        end -= 1
    return False


def _nowhere(head: Token) -> bool:
    """ "At no point did she say ..." """
    phrases = (child for child in head.lefts if child.dep_ == "prep")
    objects = (noun for phrase in phrases for noun in phrase.rights if noun.dep_ == "pobj")
    return any(word.lower_ == "no" and word.dep_ == "det" for noun in objects for word in noun.lefts)


def _subject_negates(doc: Doc, report: Report) -> bool:
    """ "No one confirmed", "none of the officials said", "neither Rome nor Paris denied", but not "No. 10 said"."""
    if not report.source or report.speaker is None or report.speaker.dep_ == "poss":
        return False
    start = report.source[0].start
    first, after = doc[start], doc[start + 1] if start + 1 < len(doc) else None
    if first.lower_ == "not":
        return after is not None and after.lower_ in _BY_DEGREES
    if first.lower_ == "no" and (after is None or after.like_num or after.text == "."):
        return after is not None and after.lower_ == "one"
    if first.lower_ in lexis().negative_subjects:
        return not _harmless(first)
    return start > 0 and doc[start - 1].lower_ in ("neither", "nor") and doc[start - 1].head == report.speaker


def _failed(doc: Doc, report: Report) -> bool:
    """ "failed to mention", "refrained from saying": in the cue, or governing it."""
    head = doc[report.head]
    governor = head.head.head if head.dep_ == "pcomp" else head.head
    governed = head.dep_ in ("xcomp", "pcomp") and governor != head and _word(governor) in lexis().failing
    if governed and not any(child.dep_ == "neg" for child in governor.lefts):
        return True
    return any(token.pos_ == "VERB" and _word(token) in lexis().failing for token in _cue(doc, report))
