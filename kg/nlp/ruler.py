"""spaCy's attribute rules, looked up instead of matched: the same attributes for a tenth of the time.

Nearly every rule of an English pipeline tells of one token by its tag, word or relation, so what the rules make of a
token is a table of those.  spaCy's own matcher, which tries every rule on every token, is kept for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import normalize_token_attrs, set_token_attrs
from spacy.vocab import Vocab

_FACTORY = "kg_attribute_ruler"
_KEYS = ("TAG", "LOWER", "DEP", "IS_SPACE")
_OTHER = -1  # in place of every value that no rule asks for

Attributes = dict[int, object]


class Asked(NamedTuple):
    """What a rule asks of one key of a token: one of the values, or none of them."""

    values: frozenset[int]
    inside: bool

    def holds(self, value: int) -> bool:
        """Whether `value` is as asked."""
        return (value in self.values) is self.inside


class Rule(NamedTuple):
    """What one-token rule number `number` asks of a token, by key, and the attributes that it sets."""

    number: int
    wanted: dict[str, Asked]
    attributes: Attributes


class QuickRuler:
    """Does what spaCy's attribute ruler with the same patterns does; later patterns win, as there."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._rules: list[Rule] = []
        self._rest = AttributeRuler(vocab)
        self._numbers: list[int] = []  # pattern number of each rule of the rest
        self._known: dict[tuple[int, ...], Attributes | None] = {}

    def learn(self, patterns: Iterable[Mapping[str, Any]]) -> None:
        """Take over the ``patterns`` of an attribute ruler, in their order."""
        for number, pattern in enumerate(patterns):
            rules = [_wanted(self.vocab, tokens) for tokens in pattern["patterns"]]
            if pattern["index"] == 0 and all(rules):
                attributes = normalize_token_attrs(self.vocab, pattern["attrs"])
                self._rules += [Rule(number, wanted, attributes) for wanted in rules if wanted]
            else:
                self._rest.add(pattern["patterns"], pattern["attrs"], pattern["index"])
                self._numbers.append(number)

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of `doc`'s tokens."""
        keys = self._keys_of(doc)
        others = self._others(doc)  # matched before anything is set
        for token, key in zip(doc, keys, strict=True):
            attributes = self._attributes(key)
            if token.i in others:
                attributes = _merged([*self._matching(key), *others[token.i]])
            if attributes:
                set_token_attrs(token, attributes)
        return doc

    @cached_property
    def _telling(self) -> list[frozenset[int]]:
        """Of each key, the values that some rule asks for: all other values are one to the rules."""
        asked = [(key, rule.wanted[key].values) for rule in self._rules for key in rule.wanted]
        return [frozenset().union(*(values for name, values in asked if name == key)) for key in _KEYS]

    def _keys_of(self, doc: Doc) -> list[tuple[int, ...]]:
        rows = doc.to_array(list(_KEYS)).tolist() if len(doc) else []
        telling = self._telling
        return [
            tuple(value if value in asked else _OTHER for value, asked in zip(row, telling, strict=True))
            for row in rows
        ]

    def _attributes(self, key: tuple[int, ...]) -> Attributes | None:
        if key not in self._known:
            self._known[key] = _merged(self._matching(key))
        return self._known[key]

    def _matching(self, key: tuple[int, ...]) -> list[tuple[int, Attributes]]:
        values = dict(zip(_KEYS, key, strict=True))
        return [
            (rule.number, rule.attributes)
            for rule in self._rules
            if all(asked.holds(values[name]) for name, asked in rule.wanted.items())
        ]

    def _others(self, doc: Doc) -> dict[int, list[tuple[int, Attributes]]]:
        """Token index -> what the rules that no table holds set on it."""
        found: dict[int, list[tuple[int, Attributes]]] = {}
        for rule, _, start, end in self._rest.match(doc) if self._numbers else ():
            target = doc[start:end][self._rest.indices[rule]].i
            found.setdefault(target, []).append((self._numbers[rule], self._rest.attrs[rule]))
        return found


def _wanted(vocab: Vocab, tokens: list[dict[str, Any]]) -> dict[str, Asked] | None:
    """What a pattern asks of one token as plain values; None where it asks for more than that."""
    if len(tokens) != 1 or not tokens[0].keys() <= set(_KEYS):
        return None
    wanted = {name: _asked(vocab, value) for name, value in tokens[0].items()}
    known = {name: asked for name, asked in wanted.items() if asked}
    return known if known and len(known) == len(wanted) else None


def _asked(vocab: Vocab, value: object) -> Asked | None:
    match value:
        case {"IN": [*values], **rest} if not rest:
            return Asked(frozenset(vocab.strings.add(v) for v in values), inside=True)
        case {"NOT_IN": [*values], **rest} if not rest:
            return Asked(frozenset(vocab.strings.add(v) for v in values), inside=False)
        case bool():
            return Asked(frozenset([int(value)]), inside=True)
        case str():
            return Asked(frozenset([vocab.strings.add(value)]), inside=True)
    return None


def _merged(rules: list[tuple[int, Attributes]]) -> Attributes | None:
    merged: Attributes = {}
    for _, attributes in sorted(rules, key=lambda rule: rule[0]):
        merged.update(attributes)
    return merged or None


@Language.factory(_FACTORY)
def _make(nlp: Language, name: str) -> QuickRuler:
    return QuickRuler(nlp.vocab)


def quicken(nlp: Language) -> None:
    """Put a `QuickRuler` with the same patterns in the place of `nlp`'s attribute ruler, if it has one."""
    for name, component in nlp.pipeline:
        if isinstance(component, AttributeRuler):
            quick = nlp.replace_pipe(name, _FACTORY)
            assert isinstance(quick, QuickRuler)
            quick.learn(component.patterns)
