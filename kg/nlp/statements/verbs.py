"""Reporting verbs: the verb group is the cue, complements are the content, the subject is the source."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.annotations import Stretch
from kg.nlp.statements.complements import active_content, has_to, passive_content
from kg.nlp.statements.hearers import hearer_of
from kg.nlp.statements.lexis import lexis, verb_word
from kg.nlp.statements.report import Report
from kg.nlp.statements.sources import is_passive, source_of, source_stretch, trails

_GROUP = frozenset({"aux", "auxpass", "neg", "advmod"})
_OPENERS = frozenset({"as", "when", "how", "why", "where"})  # adverbs that begin a clause, not a verb group
_NO_HEADS = frozenset({"aux", "auxpass", "amod", "compound"})


def verb_report(verb: Token) -> Report | None:
    """The report that `verb` makes, if it is a reporting verb in one of its frames."""
    word = verb_word(verb)
    lex = lexis()
    if word not in lex.verbs or verb.dep_ in _NO_HEADS or _intended(verb):
        return None
    passive = is_passive(verb)
    if passive and _carries(verb, word):
        return None
    firm = trails(verb) and word in lex.fronted
    parts = [] if firm else passive_content(verb, word) if passive else active_content(verb, word)
    quotable = word in lex.quoted and not passive
    if not parts and not quotable:
        return None
    link = next((part.preposition for part in parts if part.preposition is not None), None)
    report = Report(verb.i, word, _cue(verb, link), [part.stretch for part in parts], quotable=quotable, firm=firm)
    speaker = None if word in lex.predicate else source_of(verb)
    if speaker is not None:
        report.speaker = speaker
        limit = min((part.stretch.start - 1 for part in parts if part.stretch.start > speaker.i), default=len(verb.doc))
        report.source = [source_stretch(speaker, report.cue, limit if passive else len(verb.doc))]
    report.hearer = hearer_of(verb, word)
    report.impersonal = passive or word in lex.predicate
    return report


def _intended(verb: Token) -> bool:
    """ "refused to say", "wants to announce": the governing verb reports; this saying is only meant."""
    return verb.dep_ == "xcomp" and has_to(verb) and verb_word(verb.head) in lexis().infinitive


def _carries(verb: Token, word: str) -> bool:
    """ "was quoted as saying": the report is the participle's."""
    return word in lexis().carrier and any(
        grandchild.dep_ == "pcomp" and verb_word(grandchild) in lexis().clause
        for child in verb.rights
        if child.dep_ == "prep"
        for grandchild in child.rights
    )


def _cue(verb: Token, link: Token | None) -> Stretch:
    """The verb group around the verb, with the carrier verbs before it and the preposition after it."""
    start = group_start(verb, verb.i)
    governor = verb
    while governor.dep_ in ("xcomp", "pcomp", "advcl"):
        carrier = governor.head
        if governor.dep_ == "pcomp" and carrier.dep_ == "prep":
            carrier = carrier.head
        if verb_word(carrier) not in lexis().carrier or not 0 < start - carrier.i <= 2:
            break
        governor = carrier
        start = group_start(carrier, carrier.i)
    end = _group_end(verb)
    return Stretch(start, end + 1 if link is not None and link.i == end else end)


def group_start(verb: Token, start: int) -> int:
    """Where the auxiliaries and adverbs right before `verb` begin, going back from `start`."""
    while start > 0:
        before = verb.doc[start - 1]
        if before.head != verb or before.dep_ not in _GROUP or before.lower_ in _OPENERS:
            break
        start = before.left_edge.i
    return start


def _group_end(verb: Token) -> int:
    """After particles, adverbs and days that follow the verb at once."""
    end = verb.i + 1
    for child in verb.rights:
        if child.left_edge.i != end:
            break
        particle = child.dep_ in ("prt", "neg", "advmod") and child.tag_ != "WRB"
        if child.right_edge.i - end >= (2 if particle else 1) or not (particle or child.dep_ == "npadvmod"):
            break
        end = child.right_edge.i + 1
    return end
