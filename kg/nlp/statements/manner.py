"""How it is said: stance, negation, directness and medium."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model import Polarity, Quotation, Stance
from kg.nlp.annotations import Stretch
from kg.nlp.statements.complements import has_to
from kg.nlp.statements.lexis import lexis, verb_word
from kg.nlp.statements.report import Report
from kg.nlp.statements.sources import medium_noun
from kg.nlp.statements.spans import is_word


def stance(doc: Doc, report: Report, content: list[Stretch]) -> Stance:
    """What the cue does, by its word in the lexicon.

    With its preposition ("call for"), with the infinitive that it governs ("ask X to leave"), with its particle, or
    alone.
    """
    stances = lexis().stances
    phrase = f"{report.word}_{doc[report.cue.end - 1].lower_}"
    bidden = f"{report.word}_to" if _bidden(doc, report, content[-1]) else ""
    if _unspoken(doc, report, content):
        return Stance.ASSERTS
    for word in (phrase, bidden, report.word, report.word.partition("_")[0]):
        if word in stances:  # who is quoted speaks: "..., she concluded"
            spoken = doc[content[0].start].text in ('"', "''") and stances[word] is Stance.BELIEVES
            return Stance.ASSERTS if spoken else stances[word]
    return Stance.ASSERTS


def _bidden(doc: Doc, report: Report, content: Stretch) -> bool:
    """Whether the content is an infinitive, with the object that is to do it or without."""
    words = doc[content.start : content.end]
    governors = (report.head, words.root.i) if words.root.pos_ in ("NOUN", "PROPN", "PRON") else (report.head,)
    return content.start > report.head and any(token.head.i in governors and has_to(token) for token in words)


def polarity(doc: Doc, report: Report, content: list[Stretch]) -> Polarity:
    """Negated when the saying is: "did not say", "declined to comment", "failed to mention"."""
    negated = any(token.lower_ in lexis().negations for token in doc[report.cue.start : report.cue.end])
    verb = doc[report.head]
    failed = verb.dep_ == "xcomp" and verb.head.lemma_ in lexis().failing
    return Polarity.NEGATED if negated or failed or _unspoken(doc, report, content) else Polarity.AFFIRMED


def _unspoken(doc: Doc, report: Report, content: list[Stretch]) -> bool:
    """ "refused to comment": nothing is said; "refused to leave" denies a demand."""
    return report.word in lexis().refusals and _saying(doc[content[-1].start : content[-1].end].root)


def quotation(doc: Doc, content: list[Stretch], quoted: bytearray) -> Quotation:
    """Direct when every word is in quote marks, mixed when some are."""
    words = [i for start, end in content for i in range(start, end) if is_word(doc[i])]
    inside = sum(quoted[i] for i in words)
    if not inside:
        return Quotation.INDIRECT
    return Quotation.DIRECT if inside == len(words) else Quotation.MIXED


def vouched(doc: Doc, report: Report, content: list[Stretch], direct: Quotation) -> bool:
    """Whether the publisher itself tells the content: an act or intention, or what an attitude is about.

    Not so what is said within it: "refused to admit that ...", "blamed Y for starting the fire".
    """
    if direct == Quotation.DIRECT:
        return False
    lex = lexis()
    word = report.word.partition("_")[0]
    words = doc[content[0].start : content[0].end]
    if words[0].tag_ == "TO":
        return word in lex.acts and not _saying(words.root)
    charged = any(token.dep_ in ("pcomp", "ccomp") for start, end in content for token in doc[start:end])
    return word in lex.attitudes and words.root.pos_ in ("NOUN", "PROPN", "PRON") and not charged


def _saying(verb: Token) -> bool:
    """ "to admit that ...", "to comment", but not "to recognise the council" """
    word = verb_word(verb)
    reports = word in lexis().clause or word in lexis().prepositions
    return reports and not any(child.dep_ == "dobj" for child in verb.rights)


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
    return ""


def _phrase(noun: Token) -> str:
    left = [child for child in noun.lefts if child.dep_ in ("compound", "amod", "nmod")]
    start = left[0].left_edge.i if left else noun.i
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ == "prep" and child.i == end and child.lower_ == "on" and not _timely(child):
            end = child.right_edge.i + 1
    return noun.doc[start:end].text


def _timely(preposition: Token) -> bool:
    return any(child.ent_type_ in ("DATE", "TIME") for child in preposition.rights)
