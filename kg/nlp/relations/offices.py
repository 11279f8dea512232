"""Offices: what a person is called, and the body or country that the office is held in.

"President X of Y", "Y's governor, X", "X is the head of Y", "X was appointed minister of Y".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from spacy.tokens import Token

from kg.model import EntityKind, MentionKind
from kg.nlp.annotations import Bond, MentionNote, Stretch
from kg.nlp.relations.standing import HOLDS, Standing
from kg.nlp.relations.ties import BODIES, LED, NESTED, Owner, Ties
from kg.nlp.relations.words import relation_words

OFFICE_PREDICATES = frozenset({"position", "leads", "serves", "memberOf", "spokespersonFor"})
_POSSESSIVE = ("det", "poss", "case")
_SAYING_WHAT = ("as", "like", "at")  # "at the head of the march"
_DETERMINING = ("det", "poss", "amod", "compound", "nmod")


def offices(ties: Ties) -> Iterator[Bond]:
    """Offices told by titles and by nouns in apposition, or by which an unnamed person goes."""
    for index, note in enumerate(ties.notes):
        if note.kind is EntityKind.PERSON and not note.plural:
            if note.form is MentionKind.NAME:
                yield from _titled(ties, index, note) if note.title else _called(ties, index, note)
                yield from _of_body(ties, index, note)
            elif note.form is MentionKind.NOMINAL and not predicative(ties.doc[note.head]):
                yield from _nominal(ties, index, note)


def _titled(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    whole = ties.title_stretch(note)
    title, before = note.title, ties.doc[whole.start - 1].lower_ if whole.start else ""
    if before == "of" and whole.start >= 2 and ties.doc[whole.start - 2].lower_ in ties.words.held:
        return  # "former Minister of Justice X" is no judge
    if before == "-" and whole.start >= 2:
        whole = Stretch(whole.start - 2, whole.end)
        title = f"{ties.doc[whole.start].text}-{title}"  # "director-general"
    standing = ties.standing(whole.start, note.stretch.start)
    literal = _bare(ties, title)
    if literal:
        yield standing.of(Bond(ties.cluster[index], "position", whole, literal=literal))
    office = _suffix(ties, literal.lower())
    heads = [*ties.doc[whole.start : note.stretch.start], ties.doc[note.head]]
    owners = [owner for head in heads for owner in ties.owners(head)]
    if any(_narrowing(ties, c, whole.start, owners) for head in heads for c in head.children):
        standing = standing._replace(lesser=True)
    yield from _held(ties, index, office, owners, standing)


def _called(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    """An office that stands before a name as a common noun: "Tesla executive X"."""
    noun = ties.doc[note.stretch.start - 1] if note.stretch.start else None
    if noun is None or noun.dep_ not in NESTED or noun.i in ties.by_head or not ties.listed(noun, ties.words.held):
        return
    name = ties.doc[note.head]
    office = ties.listed(noun, ties.words.held)
    owners = [*ties.owners(noun), *(o for o in ties.owners(name) if ties.notes[o[0]].stretch.end <= noun.i)]
    first = noun.i - office.count(" ")
    while first > noun.sent.start and ties.doc[first - 1].lower_ in ties.words.standing.lesser:
        first -= 1
    standing = ties.standing(first, noun.i + 1)
    if any(_narrowing(ties, c, first, owners) for c in (*noun.children, *name.children)):
        standing = standing._replace(lesser=True)
    literal = ties.doc[first : noun.i + 1].text
    yield standing.of(
        Bond(ties.cluster[index], "position", Stretch(first, note.stretch.end), literal=" ".join(literal.split()))
    )
    yield from _held(ties, index, office, owners, standing)


def _of_body(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    """ "Jane Roe of the Harbour Union"; a title before it says more closely what she is there."""
    for owner, link in ties.owners(ties.doc[note.head]):
        named = ties.notes[owner].form is MentionKind.NAME and ties.notes[owner].kind is EntityKind.ORGANIZATION
        if link == "of" and named and not _suffix(ties, note.title.lower()):
            yield from ties.bond(index, "memberOf", owner)


def _nominal(ties: Ties, index: int, note: MentionNote) -> Iterator[Bond]:
    head, named = ties.doc[note.head], ties.named(index)
    if named_inside(ties, head) is not None:
        return
    beside = ties.anchor(head) if not named else None
    if beside is not None and ties.named(beside) and not ties.notes[beside].plural:
        index, named = beside, True  # "Hungary, a NATO member"
    if not named and not any(t.dep_ in _DETERMINING for t in head.children):
        return
    anyone = not named and ties.doc[note.stretch.start].lower_ in ("a", "an")  # "an FBI director would ..."
    for bond in held_by(ties, index, head, HOLDS):
        if bond.object is None:
            if named and " " in bond.literal:
                yield bond
        elif not (bond.predicate == "leads" and anyone) and (named or not bond.ended):
            yield bond


def held_by(ties: Ties, holder: int, head: Token, given: Standing) -> Iterator[Bond]:
    """The office that the noun phrase of `head` names, as held by the mention `holder`."""
    office = ties.listed(head, ties.words.held)
    if not office:
        return
    inside = named_inside(ties, head)
    start = phrase_start(head) if inside is None else ties.notes[inside].stretch.end
    standing = ties.standing(start, ties.noun_end(head), given)
    owners = list(ties.owners(head))
    standing = standing._replace(lesser=standing.lesser or _modified(ties, head, office, owners))
    evidence = Stretch(start, _phrase_end(ties, head, owners))
    if ties.kind(holder) is EntityKind.PERSON:
        yield standing.of(Bond(ties.cluster[holder], "position", evidence, literal=_literal(ties, head, evidence)))
    yield from _held(ties, holder, office, owners, standing, through=head.i + 1)


def _held(
    ties: Ties, holder: int, office: str, owners: list[Owner], standing: Standing, through: int = 0
) -> Iterator[Bond]:
    """The relations to what an office is held in; of bodies in a row before it, the first is that.

    The others say what it is concerned with: "the Star's White House correspondent", "Asia director of Acme".
    """
    adjectival = sorted(o for o, link in owners if link == "adjective" and ties.notes[o].kind in BODIES)
    after = any(link == "of" for _, link in owners)
    narrowing = adjectival if after else adjectival[1:]
    if narrowing:
        standing = standing._replace(lesser=True)
    for owner, link in owners:
        if owner in narrowing:
            continue
        predicate = _relation(ties, office, link, owner, standing.lesser)
        if predicate:
            yield from ties.bond(holder, predicate, owner, standing, through)


def _relation(ties: Ties, office: str, link: str, owner: int, lesser: bool) -> str:
    """What the holder of an office is to what it is held in, by the kind of that; "" when nothing can be said."""
    note, words = ties.notes[owner], ties.words
    kind = ties.kind(owner) if note.form is MentionKind.PRONOUN else note.kind
    if kind not in LED or not office:
        return ""
    if office in words.spokesperson:
        return "spokespersonFor"
    if link == "for":
        return ""
    if note.known and note.form is MentionKind.ADJECTIVAL:
        return "memberOf"  # "the Republican mayor"
    if kind in BODIES:
        return "leads" if office in words.leads and not lesser else "memberOf"
    if office in words.rules and not lesser:
        return "leads"
    country = note.metonym or bool(note.places and note.places[0].level == "country")
    return "serves" if country and office in words.state_service else ""


def named_inside(ties: Ties, head: Token) -> int | None:
    """The person whose name the parser takes for a part of the office: "elected Lena Fors mayor"."""
    for child in head.children:
        inner = ties.by_head.get(child.i) if child.dep_ in NESTED and child.i < head.i else None
        note = ties.notes[inner] if inner is not None else None
        if note is not None and note.kind is EntityKind.PERSON and note.form is MentionKind.NAME:
            return inner
    return None


def predicative(head: Token) -> bool:
    """Whether a noun says what somebody is or becomes: then its clause tells whether and when."""
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    return head.dep_ in ("attr", "oprd") or (head.dep_ == "pobj" and head.head.lower_ in _SAYING_WHAT)


def phrase_start(head: Token) -> int:
    """Where the noun phrase of `head` starts, what comes before a comma or a misread participle left out."""
    start = head.i
    for left in reversed(list(head.lefts)):
        if (left.dep_ in ("punct", "cc", "conj", "relcl", "appos") and left.text != "-") or choosing(left):
            break
        start = left.left_edge.i
    return start


def choosing(word: Token) -> bool:
    """ "Re-elected president": a verb that the parser takes for an adjective."""
    prefixed = word.i > 0 and word.doc[word.i - 1].text == "-"
    return word.dep_ == "amod" and prefixed and word.lower_ in relation_words().chosen


def _modified(ties: Ties, head: Token, office: str, owners: list[Owner]) -> bool:
    """Whether a further noun narrows the office: "opposition leader", "marketing chief"."""
    first = head.i - office.count(" ")
    return any(_narrowing(ties, c, first, owners) for c in head.children)


def _narrowing(ties: Ties, word: Token, first: int, owners: list[Owner]) -> bool:
    """Whether a word before the office at `first` is a noun that narrows it, and no owner's name."""
    if word.dep_ not in NESTED or word.i >= first or word.pos_ not in ("NOUN", "PROPN"):
        return False
    return not any(word.i in ties.notes[owner].stretch for owner, _ in owners) and word.i not in ties.by_head


def _suffix(ties: Ties, title: str) -> str:
    """The longest listed office at the end of a title: "Russian Foreign Minister" -> "foreign minister"."""
    parts = title.split()
    return next((" ".join(parts[i:]) for i in range(len(parts)) if " ".join(parts[i:]) in ties.words.held), "")


def _bare(ties: Ties, title: str) -> str:
    """The title without what says that it is held no more, or not yet; "" of a mere candidate."""
    dropped = ties.words.standing.all
    words = ("-".join(p for p in word.split("-") if p.lower() not in dropped) for word in title.split())
    return " ".join(word for word in words if word)


def _phrase_end(ties: Ties, head: Token, owners: list[Owner]) -> int:
    """Past the "of" phrase that names what the office is held in."""
    ends = [ties.notes[owner].stretch.end for owner, link in owners if link in ("of", "for")]
    office = " ".join(t.lower_ for t in head.doc[head.i : head.i + 3])
    return max([head.i + 1, *ends, *([head.i + 3] if office in ties.words.held else [])])


def _literal(ties: Ties, head: Token, phrase: Stretch) -> str:
    """The words of the phrase without articles, possessives and what tells how the office is held."""
    dropped = ties.words.standing.all
    first = next(t.i for t in ties.doc[phrase.start : head.i + 1] if t.i == head.i or not _pointing(t))
    words = ties.doc[first : phrase.end].text.split()
    return " ".join(dropwhile(lambda word: word.lower() in dropped, words))


def _pointing(token: Token) -> bool:
    """Whether the token is an article or stands in a possessive."""
    possessive = token.dep_ in _POSSESSIVE or (token.head.dep_ == "poss" and token.head.i > token.i)
    return possessive or token.pos_ in ("DET", "PRON", "PART")
