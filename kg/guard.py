"""Whether the text of a query or update would fetch something from elsewhere.

The evaluator takes any text apart by a grammar without a separate lexer, so a keyword may stand right behind what
comes before it, and strings, comments and IRIs cannot be told apart without parsing all of it.  So each place where
the letters of the keyword stand is looked at by itself, wherever it is: what must follow there for the keyword to
mean a fetch is fixed, and whatever stands before cannot change it.  This refuses more than it must (a string that
quotes such a clause), never less.  `kg.serve.confine` bars the network as well.
"""

from __future__ import annotations

import re

_GAP = r"(?:\s|\#[^\r\n]*+)*"  # white space and comments
_SERVICE = re.compile(
    # Not behind a colon: there it is the local part of a name.
    rf"(?<!:)SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^>]*>|[?$]\w+|[^\s{{}}<>]*:[^\s{{}}<>]*?){_GAP}\{{",
    re.IGNORECASE,
)
_LOAD = re.compile(
    # The beginning of an operation, and its end.
    rf"(?:^|(?<=[\s;>]))LOAD{_GAP}(?:SILENT{_GAP})?(?:<[^>]*>|[^\s{{}}<>]*:[^\s{{}}<>;]*?){_GAP}(?:INTO|;|\Z)",
    re.IGNORECASE,
)

# What must not count when a keyword is sought for a setting that is no danger: comments, IRIs, strings.
_OPAQUE = re.compile(
    r"""\#[^\r\n]* | <[^<>"{}|^`\\\x00-\x20]*>
      | '''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
      | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*" | [?$]\w+ | [\w.-]*:[\w.:%-]*""",
    re.VERBOSE | re.DOTALL,
)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)

_STAYS = "is refused: questions are answered from this graph alone, without the network"


def refusal(text: str, update: bool) -> str:
    """Why a query, or an update, may not run; empty where it may."""
    if _SERVICE.search(text):
        return f"SERVICE {_STAYS}"
    if update and _LOAD.search(text):
        return f"LOAD {_STAYS}"
    return ""


def names_graphs(text: str) -> bool:
    """Whether a query says by FROM itself which graphs it is put to."""
    return bool(_FROM.search(bare(text)))


def bare(text: str) -> str:
    """The text with blanks in place of comments, IRIs, strings, variables and names."""
    return _OPAQUE.sub(lambda found: " " * len(found[0]), text)
